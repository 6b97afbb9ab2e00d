package auth_test

import (
	"encoding/base32"
	"errors"
	"fmt"
	"net/url"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/totp"
)

// reasonOf is why an attempt was refused; nil: it was not.
func reasonOf(err error) error {
	var r *auth.Refusal
	if errors.As(err, &r) {
		return r.Reason
	}
	return nil
}

// asRefusal gives what a refusal says.
func asRefusal(err error, r **auth.Refusal) bool { return errors.As(err, r) }

// asField gives which input was refused.
func asField(err error, f **auth.FieldError) bool { return errors.As(err, f) }

// waitOf is how long a refusal says to wait.
func waitOf(err error) time.Duration {
	var r *auth.Refusal
	if errors.As(err, &r) {
		return r.Wait
	}
	return 0
}

// readSecret reads the barcode's content as an authenticator app does.
func readSecret(t testing.TB, uri string) totp.Secret {
	t.Helper()
	u, err := url.Parse(uri)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(u.Query().Get("secret"))
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// wrongCode is a code that the app shows neither now nor lately.
func wrongCode(secret totp.Secret, now time.Time) string {
	for i := 0; ; i++ {
		code := fmt.Sprintf("%06d", i)
		if verdict, _ := totp.Judge(secret, code, now, 0); verdict == totp.Wrong {
			return code
		}
	}
}
