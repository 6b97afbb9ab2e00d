package keyring

import (
	"context"
	"errors"

	"golang.org/x/sys/windows"
)

// ready has nothing to ask here: the Credential Manager is open while its user is signed in.
func ready(context.Context) error { return nil }

// platformClass returns the error of this package that err stands for, or nil. Who was not
// signed in with a password, as a task or a service, has no credentials.
// https://learn.microsoft.com/windows/win32/api/wincred/nf-wincred-credreadw
func platformClass(err error) error {
	if errors.Is(err, windows.ERROR_NO_SUCH_LOGON_SESSION) {
		return ErrNoService
	}
	return nil
}
