//go:build postgres

package host

import (
	"errors"
	"testing"

	"anteroom/auth/scram"
)

// password is the owner's of all clusters but those that get another one.
const password = "any-password"

// verifier is what a server keeps of a password.
func verifier(password string) string {
	text, err := scram.Verifier(password)
	if err != nil {
		panic(err)
	}
	return text
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}
