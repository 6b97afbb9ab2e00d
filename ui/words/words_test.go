package words

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/keyring"
)

// TestEveryErrorSays what happened and what to do, also when it is wrapped.
func TestEveryErrorSays(t *testing.T) {
	neutral := Error(errors.New("unforeseen"))
	for _, err := range []error{
		auth.ErrNotFound, auth.ErrExists, auth.ErrConflict, auth.ErrImporting, auth.ErrDamaged, auth.ErrRolledBack, auth.ErrOtherHistory,
		auth.ErrAnchor, auth.ErrDiskFull, auth.ErrReadOnly, auth.ErrDisk, auth.ErrBusy, auth.ErrSessionEnded, auth.ErrForbidden,
		auth.ErrLastAdmin, keyring.ErrNoAnswer, keyring.ErrNoService, keyring.ErrLocked, keyring.ErrDismissed, keyring.ErrDamaged,
	} {
		text := Error(fmt.Errorf("wrapped: %w", err))
		if text == neutral || strings.Count(text, ".") < 1 || strings.Contains(text, "!") {
			t.Errorf("%v: %q", err, text)
		}
	}
	seen := map[string]error{neutral: nil}
	for _, err := range []error{
		auth.ErrCredentials, auth.ErrWait, auth.ErrCodeFormat, auth.ErrCodeWrong, auth.ErrCodeUsed, auth.ErrCodeExpired,
		auth.ErrAuthenticatorDisabled, auth.ErrAttemptOver,
	} {
		text := Error(&auth.Refusal{Reason: err, Now: time.Now()})
		if other, twice := seen[text]; twice {
			t.Errorf("%v and %v: both %q", err, other, text)
		}
		seen[text] = err
	}
}

func TestRefusalsCount(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 5, 0, 0, time.Local)
	for _, c := range []struct {
		refusal auth.Refusal
		want    string
	}{
		{auth.Refusal{Reason: auth.ErrCodeUsed, Next: now.Add(12 * time.Second)}, "That code was used already. Wait 12 s for the next one."},
		{auth.Refusal{Reason: auth.ErrCredentials, Wait: 30 * time.Second}, "Username or password is wrong. Wait 30 s, then try again."},
		{auth.Refusal{Reason: auth.ErrWait, Wait: 15 * time.Minute}, "Too many failed attempts. Wait 15 min, then try again."},
		{auth.Refusal{Reason: auth.ErrCodeExpired}, "That code has expired. Type the one your app shows now. If it is this one, a clock is off: this computer says 9:05."},
	} {
		c.refusal.Now = now
		if got := Error(&c.refusal); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestTimes(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 5, 0, 0, time.Local)
	for at, want := range map[time.Time]string{
		now:                      "today 9:05",
		now.Add(-9 * time.Hour):  "today 0:05",
		now.Add(-10 * time.Hour): "yesterday 23:05",
		now.AddDate(0, 0, -2):    "22 Nov 2026",
	} {
		if got := Moment(at, now); got != want {
			t.Errorf("%v: got %q, want %q", at, got, want)
		}
	}
	for at, want := range map[time.Time]string{now: "9:05", now.Add(-10 * time.Hour): "yesterday 23:05", now.AddDate(0, 0, -2): "22 Nov 2026"} {
		if got := Since(at, now); got != want {
			t.Errorf("since %v: got %q, want %q", at, got, want)
		}
	}
	for d, want := range map[time.Duration]string{
		0: "1 s", 400 * time.Millisecond: "1 s", 12 * time.Second: "12 s", 60 * time.Second: "60 s", 16 * time.Minute: "16 min",
	} {
		if got := Wait(d); got != want {
			t.Errorf("%v: got %q, want %q", d, got, want)
		}
	}
}

func TestFailureCountsDown(t *testing.T) {
	now := time.Now()
	f := Failure{Err: &auth.Refusal{Reason: auth.ErrWait, Wait: 30 * time.Second, Now: now}, At: now}
	for passed, want := range map[time.Duration]time.Duration{0: 30 * time.Second, 12 * time.Second: 18 * time.Second, time.Hour: 0} {
		if got := f.Wait(now.Add(passed)); got != want {
			t.Errorf("after %v: got %v, want %v", passed, got, want)
		}
	}
	if (Failure{Err: errors.New("other"), At: now}).Wait(now) != 0 {
		t.Error("an error without a wait has one")
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 12_345: "12,345", 1_234_567: "1,234,567", -999: "-999", -1000: "-1,000"} {
		if got := Number(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
