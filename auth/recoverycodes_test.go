package auth_test

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/totp"
)

// TestRecoveryCodes: ten, in four groups of four, each once.
func TestRecoveryCodes(t *testing.T) {
	c := newClinic(t)
	shape := regexp.MustCompile(`^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$`)
	sorted := slices.Sorted(slices.Values(c.codes))
	if len(slices.Compact(sorted)) != 10 {
		t.Fatalf("%d codes", len(sorted))
	}
	for i, code := range c.codes {
		if !shape.MatchString(code) {
			t.Fatalf("%q", code)
		}
		state := c.in(c.other(code))
		o, err := state.Session.Overview(c.ctx)
		c.must(err)
		if o.RecoveryLeft != 9-i || !o.RecoveryOffer {
			t.Fatalf("after %d: %+v", i+1, o)
		}
		if got := c.logged(2); got[0] != string(auth.EventSignIn) || got[1] != string(auth.EventRecoveryUsed) {
			t.Fatalf("the log ends with %q", got)
		}
		_, err = c.other(code)
		c.refused(err, auth.ErrRecoveryUsed)
		if i%4 == 3 {
			c.clock.Advance(time.Hour)
		}
	}
}

// TestRecoveryTyped: as people type them.
func TestRecoveryTyped(t *testing.T) {
	c := newClinic(t)
	for i, typed := range []func(string) string{
		strings.ToUpper,
		func(s string) string { return strings.ReplaceAll(s, "-", "") },
		func(s string) string { return " " + strings.ReplaceAll(s, "-", " – ") + "\n" },
		func(s string) string { return strings.NewReplacer("0", "O", "1", "l").Replace(s) },
		func(s string) string { return strings.NewReplacer("0", "o", "1", "I").Replace(s) },
		fullWidth,
	} {
		c.in(c.other(typed(c.codes[i])))
	}
}

// fullWidth writes letters and digits as some keyboards do.
func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r + 0xfee0
		}
		return r
	}, s)
}

// TestRecoveryRefused: each that does not count has its own answer, and is
// counted; what can't be a code is not.
func TestRecoveryRefused(t *testing.T) {
	c := newClinic(t)
	own := c.codes
	c.prove()
	annas, err := c.anna.NewRecoveryCodes(c.ctx)
	c.must(err)
	mistyped := "z" + own[1][1:]
	if own[1][0] == 'z' {
		mistyped = "y" + own[1][1:]
	}
	c.in(c.other(own[0]))

	a := c.asked(auth.StepCode)
	for _, text := range []string{"", "   ", own[1][:18], own[1] + "a", "uuuu-uuuu-uuuu-uuuu", "1234 567", "1234 5678 9", "ÄÖÜ"} {
		_, err := a.OtherCode(c.ctx, text)
		c.refused(err, auth.ErrCodeShape)
	}
	for i, bad := range []struct {
		name, code string
		want       error
	}{
		{"used", own[0], auth.ErrRecoveryUsed},
		{"mistyped", mistyped, auth.ErrRecoveryWrong},
		{"another user's", annas[0], auth.ErrRecoveryWrong},
		{"nobody's", "0000-0000-0000-0000", auth.ErrRecoveryWrong},
	} {
		_, err := a.OtherCode(c.ctx, bad.code)
		if !errors.Is(err, bad.want) || waitOf(err) != 0 {
			t.Fatalf("%s: %v, %v", bad.name, err, waitOf(err))
		}
		if got := c.logged(1)[0]; got != "code refused: "+bad.want.Error() {
			t.Fatalf("%s: the log ends with %q after %d", bad.name, got, i+1)
		}
	}
	_, err = a.OtherCode(c.ctx, own[0])
	c.refused(err, auth.ErrAttemptOver)
	if waitOf(err) != 30*time.Second { // four were counted, nothing else
		t.Fatalf("a wait of %v", waitOf(err))
	}
	for _, code := range annas[:1] {
		c.clock.Advance(totp.Period)
		a := c.practice.NewAttempt()
		_, err := a.Password(c.ctx, "asmith", annaPassword)
		c.must(err)
		c.in(a.OtherCode(c.ctx, code))
	}
}

// TestRecoveryIsForTheStep: it is asked for after the password, and only of who
// has an authenticator.
func TestRecoveryIsForTheStep(t *testing.T) {
	c := newClinic(t)
	_, err := c.practice.NewAttempt().OtherCode(c.ctx, c.codes[0])
	c.refused(err, auth.ErrAttemptOver)
	c.prove()
	_, err = c.anna.ResetTwoFactor(c.ctx, c.benID, "phone lost")
	c.must(err)
	_, err = c.asked(auth.StepEnrol).OtherCode(c.ctx, c.codes[0])
	c.refused(err, auth.ErrAttemptOver)
	c.confirm(c.asked(auth.StepEnrol))
	c.clock.Advance(totp.Period)
	a := c.asked(auth.StepCode)
	c.clock.Advance(5 * time.Minute)
	_, err = a.OtherCode(c.ctx, c.codes[0])
	c.refused(err, auth.ErrAttemptOver)
}

// TestRecoveryEnables: a recovery code makes a disabled authenticator work again.
func TestRecoveryEnables(t *testing.T) {
	c := newClinic(t)
	c.failBen(100)
	_, err := c.other(c.codes[0])
	c.refused(err, auth.ErrWait)
	c.clock.Advance(time.Hour)
	c.in(c.other(c.codes[0]))
	if c.seen().Disabled {
		t.Fatal("still disabled")
	}
	c.signInBen()
}

// TestRecoveryGivesLittle: no trust, no step-up, no move to another phone.
func TestRecoveryGivesLittle(t *testing.T) {
	c := newClinicAsking(t, auth.Monthly)
	c.must(c.ben.SignOut(c.ctx))
	c.clock.Advance(30 * 24 * time.Hour)
	c.signInAnna(c.annaPhone)
	for name, code := range map[string]string{"recovery code": c.codes[0], "one-time code": c.oneTimeCode()} {
		ben := c.in(c.other(code)).Session
		need, err := ben.StepUpNeed(c.ctx)
		c.must(err)
		if need.Fresh || !need.Code {
			t.Fatalf("%s: %+v", name, need)
		}
		_, err = ben.NewRecoveryCodes(c.ctx)
		c.refused(err, auth.ErrStepUp)
		c.refused(ben.StepUp(c.ctx, benPassword, code), auth.ErrCodeFormat)
		_, err = ben.MovePhone(c.ctx, code)
		c.refused(err, auth.ErrCodeFormat)
		c.asked(auth.StepCode) // no trust
		c.must(ben.SignOut(c.ctx))
	}
	c.signInBen()
	a := c.practice.NewAttempt()
	c.in(a.Password(c.ctx, "bjones", benPassword)) // a code of the phone gives it
}

// TestRecoveryNotKept: until somebody says that they have put them away, each
// sign-in with an Auth Code shows ten new ones, and the old ones are void.
func TestRecoveryNotKept(t *testing.T) {
	c := newClinic(t)
	first := c.codes
	second := c.signInBen()
	if len(second.Recovery) != 10 || slices.Equal(first, second.Recovery) {
		t.Fatalf("%q", second.Recovery)
	}
	_, err := c.other(first[0])
	c.refused(err, auth.ErrRecoveryWrong)
	if state := c.in(c.other(second.Recovery[0])); state.Recovery != nil {
		t.Fatalf("a recovery code shows %q", state.Recovery)
	}
	if state := c.in(c.other(c.oneTimeCode())); state.Recovery != nil {
		t.Fatalf("a one-time code shows %q", state.Recovery)
	}
	c.clock.Advance(totp.Period)
	third := c.signInBen()
	c.must(third.Session.KeptRecoveryCodes(c.ctx))
	c.clock.Advance(totp.Period)
	if state := c.signInBen(); state.Recovery != nil {
		t.Fatalf("codes that were kept, and then %q", state.Recovery)
	}
	c.in(c.other(third.Recovery[0]))
}

// TestRecoveryOffered: new ones are offered after one was used for this sign-in,
// and once two are left.
func TestRecoveryOffered(t *testing.T) {
	c := newClinic(t)
	c.must(c.ben.KeptRecoveryCodes(c.ctx))
	offered := func(s *auth.Session, left int, want bool) {
		t.Helper()
		o, err := s.Overview(c.ctx)
		c.must(err)
		if o.RecoveryLeft != left || o.RecoveryOffer != want {
			t.Fatalf("%+v", o)
		}
	}
	offered(c.ben, 10, false)
	for i := range 7 {
		offered(c.in(c.other(c.codes[i])).Session, 9-i, true)
	}
	offered(c.ben, 3, false)
	by := c.in(c.other(c.codes[7])).Session
	offered(c.ben, 2, true)
	c.clock.Advance(totp.Period)
	c.must(by.StepUp(c.ctx, benPassword, c.benPhone.code(c.clock.Now())))
	made, err := by.NewRecoveryCodes(c.ctx)
	c.must(err)
	offered(by, 10, false)
	offered(c.ben, 10, false)
	_, err = c.other(c.codes[8])
	c.refused(err, auth.ErrRecoveryWrong)
	account, err := by.Account(c.ctx)
	c.must(err)
	if account.RecoveryLeft != 10 || !account.RecoveryMade.Equal(c.clock.Now()) {
		t.Fatalf("%+v", account)
	}
	c.in(c.other(made[0]))
}

// TestRecoveryNeedsAuthenticator: there is nothing they could stand for.
func TestRecoveryNeedsAuthenticator(t *testing.T) {
	w := newWorld(t)
	w.stepUp(w.anna, annaPassword, nil)
	_, err := w.anna.NewRecoveryCodes(w.ctx)
	w.refused(err, auth.ErrEnrolmentNeeded)
}

// TestRecoveryChanges: a reset takes them away, a password change does not.
func TestRecoveryChanges(t *testing.T) {
	c := newClinic(t)
	c.must(c.ben.KeptRecoveryCodes(c.ctx))
	const next = "copper lantern by the sea"
	c.must(c.ben.ChangePassword(c.ctx, benPassword, next))
	a := c.practice.NewAttempt()
	_, err := a.Password(c.ctx, "bjones", next)
	c.must(err)
	c.in(a.OtherCode(c.ctx, c.codes[0]))
	c.prove()
	_, err = c.anna.ResetTwoFactor(c.ctx, c.benID, "phone lost")
	c.must(err)
	old := c.codes
	c.enrol(next, "")
	c.clock.Advance(totp.Period)
	_, err = a.Password(c.ctx, "bjones", next)
	c.must(err)
	_, err = a.OtherCode(c.ctx, old[1])
	c.refused(err, auth.ErrRecoveryWrong)
}

// TestCodesAreHashed: nothing that is given out lies in the register.
func TestCodesAreHashed(t *testing.T) {
	c := newClinic(t)
	code := c.oneTimeCode()
	plain, err := auth.OpenedRegister(c.ctx, c.practice)
	c.must(err)
	for _, given := range append(c.codes, code) {
		for _, text := range []string{given, strings.NewReplacer("-", "", " ", "").Replace(given)} {
			if strings.Contains(string(plain), text) {
				t.Fatalf("%q lies in the register", text)
			}
		}
	}
}
