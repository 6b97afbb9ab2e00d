package auth_test

import (
	"slices"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/totp"
)

// ranAhead has one event stored while the clock is ahead, and puts it right.
func (c *clinic) ranAhead(d time.Duration) {
	c.t.Helper()
	c.clock.Advance(d)
	_, err := c.practice.NewAttempt().Password(c.ctx, "nobody", "x")
	c.refused(err, auth.ErrCredentials)
	c.clock.Advance(-d)
}

// TestClockBehind: over two minutes it is named, and no trust counts; in between
// nothing is said.
func TestClockBehind(t *testing.T) {
	c := newClinicAsking(t, auth.Monthly)
	c.in(c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)) // trusted
	newest := c.clock.Now()
	for _, tc := range []struct {
		behind time.Duration
		named  bool
	}{
		{0, false},
		{2 * time.Minute, false},
		{2*time.Minute + time.Millisecond, true},
		{23 * time.Hour, true},
		{2*time.Minute + time.Millisecond, true},
		{time.Minute, false},
	} {
		c.clock.Advance(newest.Add(-tc.behind).Sub(c.clock.Now()))
		if got := c.practice.ClockBehind(); got > 0 != tc.named || tc.named && got != tc.behind {
			t.Fatalf("%v behind: it says %v", tc.behind, got)
		}
		state, err := c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)
		c.must(err)
		if got := state.Step == auth.StepCode; got != tc.named {
			t.Fatalf("%v behind: asked for a code: %v", tc.behind, got)
		}
	}
}

// TestLostClock: over a day behind, only an admin with an Auth Code signs in,
// which resets the reference; then everybody does.
func TestLostClock(t *testing.T) {
	c := newClinicAsking(t, auth.Monthly)
	c.ranAhead(24*time.Hour + totp.Period)
	c.clock.Advance(totp.Period) // a day behind to the second
	c.signInBen()
	c.clock.Advance(-time.Millisecond)

	before := c.clock.Now()
	ben := c.practice.NewAttempt()
	_, err := ben.Password(c.ctx, "bjones", benPassword)
	c.refused(err, auth.ErrClockBehind)
	_, err = ben.Code(c.ctx, c.benPhone.code(before))
	c.refused(err, auth.ErrAttemptOver)

	// Nothing is told to who does not know a password.
	for _, username := range []string{"bjones", "asmith", "nobody"} {
		_, err := c.practice.NewAttempt().Password(c.ctx, username, "wrong")
		c.refused(err, auth.ErrCredentials)
	}

	// The admin is trusted here, but now asked; and it takes the phone.
	anna := c.practice.NewAttempt()
	state, err := anna.Password(c.ctx, "asmith", annaPassword)
	c.must(err)
	if state.Step != auth.StepCode {
		t.Fatalf("%+v", state)
	}
	_, err = anna.OtherCode(c.ctx, "0000 0000")
	c.refused(err, auth.ErrClockBehind)
	if c.practice.ClockBehind() == 0 {
		t.Fatal("not named")
	}
	_, err = anna.Password(c.ctx, "asmith", annaPassword)
	c.must(err)
	c.anna = c.in(anna.Code(c.ctx, c.annaPhone.code(c.clock.Now()))).Session
	c.told(auth.NewsClockReset, "Anna Smith (asmith)", "reception")
	for n, event := range map[int]auth.Event{3: auth.EventClockReset, 12: auth.EventClockRefused} {
		if !slices.Contains(c.logged(n), string(event)) {
			t.Fatalf("%q", c.logged(n))
		}
	}
	if behind := c.practice.ClockBehind(); behind != 0 {
		t.Fatalf("%v behind", behind)
	}
	c.clock.Advance(time.Millisecond) // Ben's last code is not of the future any more
	c.in(c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword))
}

// TestClockLostMeanwhile: who had passed the password when the clock was lost gets
// no further than who comes then, whatever code fits.
func TestClockLostMeanwhile(t *testing.T) {
	const lost = 25 * time.Hour
	c := newClinic(t)
	c.clock.Advance(3 * 24 * time.Hour) // so that Ben's next code of a day ago is not used up
	c.prove()
	a := c.asked(auth.StepCode)
	c.clock.Advance(-lost)
	_, err := a.Code(c.ctx, c.benPhone.code(c.clock.Now()))
	c.refused(err, auth.ErrClockBehind)
	if c.practice.ClockBehind() == 0 {
		t.Fatal("Staff set the reference anew")
	}
	c.clock.Advance(lost)

	_, err = c.anna.ResetTwoFactor(c.ctx, c.benID, "a new phone")
	c.must(err)
	a = c.asked(auth.StepEnrol)
	e, err := a.Enrolment(c.ctx)
	c.must(err)
	c.clock.Advance(-lost)
	_, err = a.Confirm(c.ctx, scan(t, e).code(c.clock.Now()))
	c.refused(err, auth.ErrClockBehind)
}

// TestLostClockRecovery: no recovery code and no one-time code resets it.
func TestLostClockRecovery(t *testing.T) {
	c := newClinic(t)
	cara := c.addAdmin()
	codes, err := c.anna.NewRecoveryCodes(c.ctx)
	c.must(err)
	c.must(c.anna.KeptRecoveryCodes(c.ctx))
	oneTime, err := cara.NewOneTimeCode(c.ctx, c.idOf("Anna Smith"))
	c.must(err)
	c.ranAhead(25 * time.Hour)
	for _, code := range []string{codes[0], oneTime.Code} {
		a := c.practice.NewAttempt()
		_, err := a.Password(c.ctx, "asmith", annaPassword)
		c.must(err)
		_, err = a.OtherCode(c.ctx, code)
		c.refused(err, auth.ErrClockBehind)
	}
	c.clock.Advance(totp.Period)
	c.signInAnna(c.annaPhone) // they cost nothing
	a := c.practice.NewAttempt()
	_, err = a.Password(c.ctx, "asmith", annaPassword)
	c.must(err)
	c.in(a.OtherCode(c.ctx, codes[0]))
}

// TestLostClockWithoutPhone: an admin without an authenticator can't vouch for a
// clock; with one, the code is asked for although two-factor is off. The kit can.
func TestLostClockWithoutPhone(t *testing.T) {
	w := newWorld(t)
	c := &clinic{world: w}
	c.ranAhead(25 * time.Hour)
	_, err := w.practice.NewAttempt().Password(w.ctx, "asmith", annaPassword)
	w.refused(err, auth.ErrClockBehind)
	w.must(w.anna.Check(w.ctx)) // a session that goes on, goes on
	w.practice = w.rescued(false)
	if behind := w.practice.ClockBehind(); behind != 0 {
		t.Fatalf("with the kit: %v behind", behind)
	}
	w.signInAnna(nil)
	w.told(auth.NewsClockReset, "", "reception")

	phone := w.turnOn(auth.EverySignIn)
	w.signInAnna(phone)
	w.must(w.anna.SaveSettings(w.ctx, auth.SettingsForm{
		Name: w.practice.Name(), Policy: auth.Policy{Idle: auth.DefaultIdle, Frequency: auth.EverySignIn}, Was: w.policy(),
	}))
	w.asks(false)
	c.ranAhead(25 * time.Hour)
	w.clock.Advance(totp.Period)
	w.asks(true)
	w.signInAnna(phone)
	w.asks(false)
}

// TestFlatBattery: in 1970 nobody gets in and nothing is forgotten; once the
// clock is right, everything is as before.
func TestFlatBattery(t *testing.T) {
	c := newClinicAsking(t, auth.Weekly)
	now := c.clock.Now()
	c.clock.Advance(time.Unix(7, 0).Sub(now))
	_, err := c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)
	c.refused(err, auth.ErrClockBehind)
	var r *auth.Refusal
	if !asRefusal(err, &r) || r.Now.Year() != 1970 {
		t.Fatalf("%+v", r)
	}
	anna := c.practice.NewAttempt()
	_, err = anna.Password(c.ctx, "asmith", annaPassword)
	c.must(err)
	_, err = anna.Code(c.ctx, c.annaPhone.code(now)) // the phone knows better
	c.refused(err, auth.ErrCodeWrong)
	_, err = anna.TwoCodes(c.ctx, c.annaPhone.code(now), c.annaPhone.code(now.Add(totp.Period)))
	c.refused(err, auth.ErrTwoCodes)
	c.reopened()
	c.clock.Advance(now.Add(time.Minute).Sub(c.clock.Now()))
	c.in(c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)) // trusted as before
	if behind := c.practice.ClockBehind(); behind != 0 {
		t.Fatalf("%v behind", behind)
	}
}

// TestYear2036: one event of a clock that ran years ahead. After an admin has
// reset the reference, nothing of that time stands in anybody's way.
func TestYear2036(t *testing.T) {
	c := newClinicAsking(t, auth.Monthly)
	link := c.linkingCode()
	const years = 10 * 365 * 24 * time.Hour
	c.clock.Advance(years)
	c.failBen(6) // with a wait of a minute
	for range 6 {
		c.practice.NewAttempt().Password(c.ctx, "nobody", "x")
	}
	c.asksForHelp()
	c.clock.Advance(-years + time.Hour)
	_, err := c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)
	c.refused(err, auth.ErrClockBehind)
	c.signInAnna(c.annaPhone)
	c.told(auth.NewsClockReset, "Anna Smith (asmith)", "reception")

	if behind := c.practice.ClockBehind(); behind != 0 {
		t.Fatalf("%v behind", behind)
	}
	c.must(c.ben.Check(c.ctx))
	c.in(c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)) // trusted as before
	c.clock.Advance(31 * 24 * time.Hour)
	c.signInAnna(c.annaPhone)
	_, err = auth.LinkWithCode(c.ctx, c.depsAs("surgery"), link)
	c.refused(err, auth.ErrLinkCode)
	if since := c.asksForHelp(); !since.Equal(c.clock.Now()) {
		t.Fatalf("help since %v", since)
	}
	if wait := c.seen().WaitUntil.Sub(c.clock.Now()); wait > time.Minute {
		t.Fatalf("a wait of %v", wait)
	}
	_, err = c.practice.NewAttempt().Password(c.ctx, "nobody", "x")
	if wait := waitOf(err); wait > time.Minute {
		t.Fatalf("a wait of %v", wait)
	}
	c.in(c.other(c.oneTimeCode()))
	c.signInBen()
	c.in(c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)) // trusted
	c.logIntact()
}

// TestZones: time zones and daylight saving change nothing, whichever the
// computer is set to in between.
func TestZones(t *testing.T) {
	for _, start := range []time.Time{
		time.Date(2027, 3, 28, 0, 30, 0, 0, time.UTC),  // Berlin goes from 2 to 3
		time.Date(2027, 10, 31, 0, 30, 0, 0, time.UTC), // and from 3 to 2
		time.Date(2027, 11, 7, 5, 30, 0, 0, time.UTC),  // New York from 2 to 1
	} {
		c := newClinicAsking(t, auth.Daily)
		zone := time.UTC
		d := c.deps()
		d.Now = func() time.Time { return c.clock.Now().In(zone) }
		p, err := auth.Open(c.ctx, d)
		c.must(err)
		c.practice = p
		c.clock.Advance(start.Sub(c.clock.Now()))
		c.signInBen()
		given := c.clock.Now()
		c.signInAnna(c.annaPhone)
		for i, name := range []string{"Europe/Berlin", "America/New_York", "Pacific/Auckland", "Pacific/Honolulu", "Asia/Kathmandu"} {
			zone, err = time.LoadLocation(name)
			c.must(err)
			if i > 0 {
				c.clock.Advance(time.Minute)
			}
			c.in(p.NewAttempt().Password(c.ctx, "bjones", benPassword))
			if behind := p.ClockBehind(); behind != 0 {
				t.Fatalf("%s: %v behind", name, behind)
			}
		}
		c.clock.Advance(given.Add(24*time.Hour - time.Millisecond).Sub(c.clock.Now()))
		c.in(p.NewAttempt().Password(c.ctx, "bjones", benPassword))
		c.clock.Advance(time.Millisecond)
		c.asked(auth.StepCode)
	}
}

// TestUsedStaysUsed: a clock that is put back never makes a used code good, nor
// an older one.
func TestUsedStaysUsed(t *testing.T) {
	c := newClinic(t)
	c.clock.Advance(time.Hour)
	used := c.clock.Now()
	c.signInBen()
	for _, back := range []time.Duration{0, totp.Period, 2 * time.Minute, 20 * time.Minute, 20 * time.Hour} {
		for _, at := range []time.Time{used, used.Add(-back)} {
			c.clock.Advance(used.Add(-back).Sub(c.clock.Now()))
			a := c.asked(auth.StepCode)
			if _, err := a.Code(c.ctx, c.benPhone.code(at)); err == nil {
				t.Fatalf("%v back: a code of %v counted", back, at)
			}
			c.clock.Advance(time.Hour) // a wait
		}
	}
}
