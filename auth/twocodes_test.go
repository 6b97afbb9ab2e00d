package auth_test

import (
	"slices"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
	"anteroom/auth/totp"
)

// TestTwoCodes: they set an offset of at most half an hour, for that user at that
// computer.
func TestTwoCodes(t *testing.T) {
	const limit = 30 * time.Minute
	for _, off := range []time.Duration{
		-limit - totp.Period, -limit, -10 * time.Minute, -time.Minute, -totp.Period, 0,
		totp.Period, time.Minute, 10 * time.Minute, limit, limit + totp.Period,
	} {
		c := newClinic(t)
		c.clock.Advance(2 * time.Hour)
		phone := func() time.Time { return c.clock.Now().Add(off) }
		two := func() (auth.State, error) {
			return c.asked(auth.StepCode).TwoCodes(c.ctx, c.benPhone.code(phone().Add(-totp.Period)), c.benPhone.code(phone()))
		}
		state, err := two()
		if off.Abs() > limit {
			c.refused(err, auth.ErrTwoCodes)
			continue
		}
		c.in(state, err)
		c.clock.Advance(totp.Period)
		c.must(state.Session.StepUp(c.ctx, benPassword, c.benPhone.code(phone())))
		if told := slices.Contains(c.news(), auth.NewsClockOffset); told != (off.Abs() > totp.Period) {
			t.Fatalf("%v off: told %v", off, told)
		}
		if off.Abs() <= totp.Period {
			continue
		}
		c.told(auth.NewsClockOffset, "Ben Jones (bjones)", "reception")
		if !slices.Contains(c.logged(5), "clock offset set: "+off.String()) {
			t.Fatalf("%q", c.logged(5))
		}

		// Nobody else's, nowhere else, and no other time.
		a := c.practice.NewAttempt()
		_, err = a.Password(c.ctx, "asmith", annaPassword)
		c.must(err)
		if _, err := a.Code(c.ctx, c.annaPhone.code(phone())); err == nil {
			t.Fatalf("%v off: Anna's code counted", off)
		}
		c.signInAnna(c.annaPhone)
		c.clock.Advance(totp.Period)
		c.prove()
		desk := c.linkedByCode()
		there := desk.practice.NewAttempt()
		_, err = there.Password(c.ctx, "bjones", benPassword)
		c.must(err)
		if _, err := there.Code(c.ctx, c.benPhone.code(phone())); err == nil {
			t.Fatalf("%v off: a code counted at another computer", off)
		}
		if behind := c.practice.ClockBehind(); behind != 0 {
			t.Fatalf("%v behind", behind)
		}

		// Here it goes on, over restarts, until a code fits without.
		c.practice = c.reopened()
		c.clock.Advance(totp.Period)
		c.in(c.asked(auth.StepCode).Code(c.ctx, c.benPhone.code(phone())))
		c.clock.Advance(max(off, 0) + totp.Period)
		c.signInBen()
		c.clock.Advance(2 * time.Hour)
		if _, err := c.asked(auth.StepCode).Code(c.ctx, c.benPhone.code(phone())); err == nil {
			t.Fatalf("%v off: the offset outlived a clock that was right", off)
		}
	}
}

// TestTwoCodesOnAServer: its clock is the one that codes are checked by, so what they set is
// good at each computer, and of no other clock.
func TestTwoCodesOnAServer(t *testing.T) {
	c := newClinic(t)
	c.prove()
	desk := c.linkedByCode()
	c.clock.Advance(2 * time.Hour)
	phone := func() time.Time { return c.clock.Now().Add(10 * time.Minute) }
	attempt := func(w *world, location auth.Location) *auth.Attempt {
		deps := w.deps()
		deps.Location = location
		p, err := auth.Open(c.ctx, deps)
		c.must(err)
		a := p.NewAttempt()
		_, err = a.Password(c.ctx, "bjones", benPassword)
		c.must(err)
		return a
	}
	server := authtest.NewServer()
	server.Location, server.Time = c.memory, c.clock.Now
	c.in(attempt(c.world, server).TwoCodes(c.ctx, c.benPhone.code(phone().Add(-totp.Period)), c.benPhone.code(phone())))
	c.clock.Advance(totp.Period)
	there := attempt(desk, server)
	used := c.benPhone.code(phone())
	ben := c.in(there.Code(c.ctx, used)).Session
	need, err := ben.StepUpNeed(c.ctx)
	c.must(err)
	account, err := ben.Account(c.ctx)
	c.must(err)
	for what, next := range map[string]time.Time{"step-up": need.NextCode, "account": account.NextCode} { // by the server's clock
		if wait := next.Sub(c.clock.Now()); wait <= 0 || wait > totp.Period {
			t.Errorf("%s: the next code comes in %v", what, wait)
		}
	}
	c.clock.Advance(totp.Period)
	_, err = attempt(c.world, c.memory).Code(c.ctx, c.benPhone.code(phone()))
	c.refused(err, auth.ErrCodeWrong)
}

// TestTwoCodesRefused: codes that don't follow each other; used ones; each one
// attempt.
func TestTwoCodesRefused(t *testing.T) {
	c := newClinic(t)
	c.clock.Advance(2 * time.Hour)
	at := func(steps int) string { return c.benPhone.code(c.clock.Now().Add(time.Duration(steps) * totp.Period)) }
	a := c.asked(auth.StepCode)
	for _, pair := range [][2]string{{"", at(0)}, {at(0), "12345"}, {"abcdef", at(0)}} {
		_, err := a.TwoCodes(c.ctx, pair[0], pair[1])
		c.refused(err, auth.ErrCodeFormat)
	}
	for i, pair := range [][2]string{{at(20), at(22)}, {at(21), at(20)}, {at(20), at(20)}, {at(20), wrongCode(c.benPhone.secret, c.clock.Now())}} {
		_, err := a.TwoCodes(c.ctx, pair[0], pair[1])
		c.refused(err, auth.ErrTwoCodes)
		if waitOf(err) != 0 {
			t.Fatalf("%d: a wait of %v", i, waitOf(err))
		}
	}
	_, err := a.TwoCodes(c.ctx, at(20), at(22))
	c.refused(err, auth.ErrAttemptOver)
	c.clock.Advance(30 * time.Second)

	// Used up are both, and all before; the second alone has to be new.
	c.in(c.asked(auth.StepCode).TwoCodes(c.ctx, at(20), at(21)))
	a = c.asked(auth.StepCode)
	for _, pair := range [][2]string{{at(20), at(21)}, {at(19), at(20)}, {at(-20), at(-19)}} {
		_, err := a.TwoCodes(c.ctx, pair[0], pair[1])
		c.refused(err, auth.ErrCodeUsed)
	}
	c.in(c.asked(auth.StepCode).TwoCodes(c.ctx, at(21), at(22)))
	_, err = c.asked(auth.StepCode).Code(c.ctx, at(22))
	c.refused(err, auth.ErrCodeUsed)
	var r *auth.Refusal
	if !asRefusal(err, &r) || r.Next.Sub(r.Now) != totp.Period { // by this computer's clock
		t.Fatalf("%+v", r)
	}
	need, err := c.ben.StepUpNeed(c.ctx)
	c.must(err)
	if need.NextCode.Sub(c.clock.Now()) != totp.Period {
		t.Fatalf("%+v", need)
	}
	c.clock.Advance(totp.Period)
	if need, err = c.ben.StepUpNeed(c.ctx); err != nil || !need.NextCode.IsZero() {
		t.Fatalf("%+v, %v", need, err)
	}
	_, err = c.asked(auth.StepCode).Code(c.ctx, at(22))
	c.must(err)
}

// TestTwoCodesTrust: they count as a code does.
func TestTwoCodesTrust(t *testing.T) {
	c := newClinicAsking(t, auth.Daily)
	c.clock.Advance(25 * time.Hour)
	at := c.clock.Now().Add(10 * time.Minute)
	state := c.in(c.asked(auth.StepCode).TwoCodes(c.ctx, c.benPhone.code(at), c.benPhone.code(at.Add(totp.Period))))
	need, err := state.Session.StepUpNeed(c.ctx)
	c.must(err)
	if !need.Fresh {
		t.Fatalf("%+v", need)
	}
	c.in(c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword))
}

// TestTwoCodesForARun: a run that the kit opened keeps no offset.
func TestTwoCodesForARun(t *testing.T) {
	c := newClinic(t)
	c.clock.Advance(2 * time.Hour)
	c.keyring = authtest.NewKeyring()
	c.keyring.Fail = func(string, string) error { return keyring.ErrNoService }
	c.practice = c.rescued(false)
	if !c.practice.ForThisRun() {
		t.Fatal("not for this run")
	}
	off := func() time.Time { return c.clock.Now().Add(10 * time.Minute) }
	c.in(c.asked(auth.StepCode).TwoCodes(c.ctx, c.benPhone.code(off()), c.benPhone.code(off().Add(totp.Period))))
	c.clock.Advance(2 * totp.Period)
	if _, err := c.asked(auth.StepCode).Code(c.ctx, c.benPhone.code(off())); err == nil {
		t.Fatal("an offset was kept")
	}
	c.clock.Advance(time.Hour)
	c.signInBen()
}
