//go:build !linux && !darwin && !windows

package keyring

import "context"

// ready has nothing to ask here.
func ready(context.Context) error { return nil }

// platformClass has nothing to add here: go-keyring's own errors say it all.
func platformClass(error) error { return nil }
