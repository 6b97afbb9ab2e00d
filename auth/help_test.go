package auth_test

import (
	"slices"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/totp"
)

// asksForHelp gives what a request comes back with.
func (c *clinic) asksForHelp() time.Time {
	c.t.Helper()
	since, err := c.asked(auth.StepCode).AskForHelp(c.ctx)
	c.must(err)
	return since
}

// requests are who waits for help, as the front desk shows them to Anna.
func (c *clinic) requests() []auth.HelpRequest {
	c.t.Helper()
	o, err := c.anna.Overview(c.ctx)
	c.must(err)
	return o.Help
}

// TestHelp: who can't give a code asks; every admin sees who, where and when.
func TestHelp(t *testing.T) {
	c := newClinic(t)
	at := c.clock.Now()
	if since := c.asksForHelp(); !since.Equal(at) {
		t.Fatalf("since %v", since)
	}
	want := auth.HelpRequest{User: c.benID, Name: "Ben Jones (bjones)", Computer: "reception", At: at}
	if got := c.requests(); len(got) != 1 || got[0] != want {
		t.Fatalf("%+v", got)
	}
	if !c.seen().Help.Equal(at) {
		t.Fatalf("%+v", c.seen())
	}
	a := c.practice.NewAttempt()
	state, err := a.Password(c.ctx, "bjones", benPassword)
	c.must(err)
	if !state.Help.Equal(at) {
		t.Fatalf("the code screen says %v", state.Help)
	}
	o, err := c.ben.Overview(c.ctx)
	c.must(err)
	if len(o.Help) != 0 {
		t.Fatalf("Staff see %+v", o.Help)
	}
	c.refused(c.ben.DismissHelp(c.ctx, c.benID, c.clock.Now()), auth.ErrForbidden)
}

// TestHelpNeedsPassword: it is where the code is asked for, so nobody learns or
// says anything with a name alone.
func TestHelpNeedsPassword(t *testing.T) {
	c := newClinic(t)
	for username, password := range map[string]string{"bjones": "wrong", "nobody": benPassword} {
		a := c.practice.NewAttempt()
		_, err := a.Password(c.ctx, username, password)
		c.refused(err, auth.ErrCredentials)
		_, err = a.AskForHelp(c.ctx)
		c.refused(err, auth.ErrAttemptOver)
	}
	_, err := c.practice.NewAttempt().AskForHelp(c.ctx)
	c.refused(err, auth.ErrAttemptOver)

	late := c.asked(auth.StepCode)
	c.clock.Advance(5 * time.Minute)
	_, err = late.AskForHelp(c.ctx)
	c.refused(err, auth.ErrAttemptOver)
	cut := c.asked(auth.StepCode)
	c.prove()
	c.must(c.anna.Deactivate(c.ctx, c.benID))
	_, err = cut.AskForHelp(c.ctx)
	c.refused(err, auth.ErrAttemptOver)
	if got := c.requests(); len(got) != 0 {
		t.Fatalf("%+v", got)
	}
}

// TestHelpFlood: of a thousand requests one is kept, and the log has one line,
// and how many were dropped with the next.
func TestHelpFlood(t *testing.T) {
	c := newClinic(t)
	at := c.clock.Now()
	a := c.asked(auth.StepCode)
	for i := range 1000 {
		since, err := a.AskForHelp(c.ctx)
		c.must(err)
		if !since.Equal(at) {
			t.Fatalf("request %d: since %v", i, since)
		}
	}
	asked := func() (lines []string) {
		for _, line := range c.logged(2000) {
			if len(line) >= len(auth.EventHelpAsked) && line[:len(auth.EventHelpAsked)] == string(auth.EventHelpAsked) {
				lines = append(lines, line)
			}
		}
		return lines
	}
	if got := asked(); len(got) != 1 || len(c.requests()) != 1 {
		t.Fatalf("%q, %+v", got, c.requests())
	}
	c.clock.Advance(10*time.Minute - time.Millisecond)
	if since := c.asksForHelp(); !since.Equal(at) {
		t.Fatalf("since %v", since)
	}
	c.clock.Advance(time.Millisecond)
	if since := c.asksForHelp(); !since.Equal(c.clock.Now()) {
		t.Fatalf("since %v", since)
	}
	if got, want := asked(), []string{"help asked for: 1000 dropped", "help asked for"}; !slices.Equal(got, want) {
		t.Fatalf("%q", got)
	}
	if got := c.requests(); len(got) != 1 || !got[0].At.Equal(c.clock.Now()) {
		t.Fatalf("%+v", got)
	}
}

// TestHelpPerUser: one user's requests don't stand in another's way.
func TestHelpPerUser(t *testing.T) {
	c := newClinic(t)
	c.asksForHelp()
	c.clock.Advance(time.Minute)
	a := c.practice.NewAttempt()
	_, err := a.Password(c.ctx, "asmith", annaPassword)
	c.must(err)
	_, err = a.AskForHelp(c.ctx)
	c.must(err)
	if got := c.requests(); len(got) != 2 || got[0].Name != "Ben Jones (bjones)" || got[1].Name != "Anna Smith (asmith)" {
		t.Fatalf("%+v", got)
	}
}

// TestHelpAnswered: what helps puts the request aside; the log says how many
// were dropped by then.
func TestHelpAnswered(t *testing.T) {
	for name, answer := range map[string]func(c *clinic) error{
		"one-time code": func(c *clinic) error { _, err := c.anna.NewOneTimeCode(c.ctx, c.benID); return err },
		"reset":         func(c *clinic) error { _, err := c.anna.ResetTwoFactor(c.ctx, c.benID, "phone lost"); return err },
		"deactivated":   func(c *clinic) error { return c.anna.Deactivate(c.ctx, c.benID) },
		"put aside":     func(c *clinic) error { return c.anna.DismissHelp(c.ctx, c.benID, c.seen().Help) },
		"found the phone": func(c *clinic) error {
			_, err := c.asked(auth.StepCode).Code(c.ctx, c.benPhone.code(c.clock.Now()))
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClinic(t)
			c.asksForHelp()
			c.asksForHelp()
			c.prove()
			c.must(answer(c))
			if i := slices.Index(c.logged(9), string(auth.EventHelpDone)); i >= 0 {
				t.Fatalf("two entries of one: %q", c.logged(9))
			}
			if got := c.requests(); len(got) != 0 {
				t.Fatalf("%+v", got)
			}
			if !slices.Contains(c.logged(5), "help request put aside: 1 dropped") {
				t.Fatalf("%q", c.logged(5))
			}
			c.refused(c.anna.DismissHelp(c.ctx, c.benID, c.seen().Help), auth.ErrNotFound)
		})
	}
}

// TestHelpAgain: once it was answered, the next request is a new one.
func TestHelpAgain(t *testing.T) {
	c := newClinic(t)
	c.asksForHelp()
	c.must(c.anna.DismissHelp(c.ctx, c.benID, c.seen().Help))
	c.clock.Advance(totp.Period)
	if since := c.asksForHelp(); !since.Equal(c.clock.Now()) {
		t.Fatalf("since %v", since)
	}
}
