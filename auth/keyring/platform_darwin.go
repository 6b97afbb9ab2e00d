package keyring

import (
	"context"
	"errors"
	"os/exec"
)

// ready has nothing to ask on macOS: /usr/bin/security, which go-keyring runs,
// unlocks the keychain and shows the prompt itself.
func ready(context.Context) error { return nil }

// Exit codes of /usr/bin/security are the low byte of the OSStatus (SecBase.h).
const (
	exitItemNotFound          = 44  // errSecItemNotFound, -25300
	exitInteractionNotAllowed = 36  // errSecInteractionNotAllowed, -25308
	exitUserCanceled          = 128 // errSecUserCanceled, -128
)

// platformClass returns the error of this package that err stands for, or nil.
func platformClass(err error) error {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return nil
	}
	switch exit.ExitCode() {
	case exitItemNotFound: // go-keyring looks for English words
		return ErrNotFound
	case exitInteractionNotAllowed:
		return ErrLocked
	case exitUserCanceled:
		return ErrDismissed
	}
	return nil
}
