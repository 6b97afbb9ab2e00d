package signin

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
)

// codeTime is how long a sign-in waits for a code: time to fetch a phone.
const codeTime = 5 * time.Minute

// check has what was typed judged, as a step of a sign-in.
type check func(ctx context.Context, typed []string) (auth.State, error)

// codeView is what a screen that asks for a code shows.
type codeView struct {
	Help      string // when the app shows a code that is not used up
	Error     string
	Lapsed    bool   // nothing typed here can help, Error says why
	Asked     string // that the admins know that help is needed
	ClockLink bool   // a wrong clock may be why a code was refused
	Clock     string // names a clock that is behind
	Waiting   waiting
	CanSubmit bool
}

type codeDisplay interface {
	show(codeView)
	retype() // empties the fields and gives the first the focus
}

// code decides what a screen does that asks for a code: the Auth Code, two in a
// row, a recovery or one-time code, a hand-over code.
type code struct {
	step    auth.Step
	check   check
	ways    Ways
	display codeDisplay
	asking  *Asking
	clock   *clockWatch
	now     func() time.Time

	task      task
	countdown countdown
	failed    failure

	askHelp func(context.Context) (since time.Time, err error)

	// given is for a code that somebody was given: it stays typed while it has to
	// wait, and a disabled authenticator does not matter to it.
	given bool
}

// newCode makes the presenter for a step of a sign-in.
func newCode(p CodeParams, step auth.Step, check check) *code {
	c := &code{step: step, check: check, ways: p.Ways, asking: p.Asking, now: p.Runner.Now}
	c.task = newTask(p.Host, c.refresh)
	c.countdown = newCountdown(p.Host, c.refresh)
	c.clock = newClockWatch(p.Host, p.ClockBehind, nil, c.refresh)
	return c
}

// begin shows the screen for the first time.
func (c *code) begin(display codeDisplay) {
	c.display = display
	now := c.now()
	c.failed = c.asking.refuses(now, c.given)
	c.countDown()
	c.task.runner.After(c.task.ctx, c.asking.left(now), c.giveUp)
	c.refresh()
}

// giveUp goes back to the password when nobody typed a code. One that is being
// checked was typed in time.
func (c *code) giveUp() {
	if c.task.waiting == idle {
		c.ways.OnOver(ErrNoCode)
	}
}

func (c *code) countDown() { c.countdown.run(max(c.failed.counts(), c.asking.next.Sub(c.now()))) }

func (c *code) refresh() { c.display.show(c.view()) }

func (c *code) view() codeView {
	now := c.now()
	v := codeView{
		Error:     c.failed.text(now),
		Lapsed:    errors.Is(c.failed.Err, auth.ErrResetLapsed),
		ClockLink: c.asking.clockLink,
		Clock:     c.clock.text,
		Waiting:   c.task.waiting,
		CanSubmit: c.task.waiting == idle && c.failed.Wait(now) <= 0 && !cannotPass(c.failed.Err),
	}
	v.Help = words.NextCode(c.asking.next, now)
	if at := c.asking.help; !at.IsZero() {
		v.Asked = lang.L("A Practice Admin was told at {{.Clock}}. They can give you a one-time code: type it under “Use a recovery code”.",
			map[string]any{"Clock": words.Clock(at)})
	}
	return v
}

// submit has what was typed checked, unless that goes on already or a wait runs.
func (c *code) submit(typed ...string) {
	if !c.view().CanSubmit {
		return
	}
	c.fail(nil)
	c.task.step(func(ctx context.Context) (auth.State, error) { return c.check(ctx, typed) }, c.judged)
}

func (c *code) judged(state auth.State, err error) {
	if c.ways.lead(c.step, state, err) {
		return
	}
	c.fail(err)
	c.asking.failedWith(c.failed)
	c.refresh()
	if !c.stays(err) {
		c.display.retype()
	}
}

// stays says that what was typed is still worth something after an error.
func (c *code) stays(err error) bool {
	switch {
	case errors.Is(err, auth.ErrCodeFormat), errors.Is(err, auth.ErrCodeShape), calledOff(err):
		return true
	}
	return c.given && errors.Is(err, auth.ErrWait)
}

func (c *code) fail(err error) {
	c.failed = failedAt(c.now(), err)
	c.countDown()
}

// ask tells the admins that help is needed, unless something else goes on. An
// error ends the sign-in.
func (c *code) ask() {
	var since time.Time
	c.task.start(func(ctx context.Context) (err error) {
		since, err = c.askHelp(ctx)
		return err
	}, func(err error) {
		if err != nil {
			c.ways.lead(c.step, auth.State{}, err)
			return
		}
		c.asking.help = since
		c.refresh()
	})
}

// leave goes to another screen of this sign-in, unless something goes on: the
// sign-in would end with it.
func (c *code) leave(to func()) {
	if c.task.waiting == idle {
		to()
	}
}

// back goes back to another screen of this sign-in. What goes on ends first, and
// the sign-in with it.
func (c *code) back(to func()) {
	c.leave(to)
	c.task.cancel()
}
