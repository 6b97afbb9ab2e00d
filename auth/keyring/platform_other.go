//go:build !linux && !darwin

package keyring

import "context"

// ready has nothing to ask here: the Credential Manager of Windows is open while
// its user is signed in.
func ready(context.Context) error { return nil }

// platformClass has nothing to add here: go-keyring's own errors say it all.
func platformClass(error) error { return nil }
