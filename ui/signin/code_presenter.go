package signin

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// codeTime is how long a sign-in waits for a code: time to fetch a phone.
const codeTime = 5 * time.Minute

// check checks what was typed, as a step of a sign-in.
type check func(ctx context.Context, typed []string) (auth.State, error)

// codeView is what a screen that asks for a code shows.
type codeView struct {
	Help      string // when the app shows a code that is not used up
	Error     string
	Lapsed    bool   // nothing typed here can help, Error says why
	Asked     string // that the admins know that help is needed
	ClockLink bool   // a wrong clock may be why a code was refused
	Clock     string // names a clock that is behind
	Stage     screen.Stage
	CanSubmit bool
}

// code decides what a screen does that asks for a code: the Auth Code, two in a
// row, a recovery or one-time code, a hand-over code.
type code struct {
	params  CodeParams
	step    auth.Step
	check   check
	display *screen.View[codeView]
	retype  func() // empties the fields and gives the first the focus
	clock   *clockWatch

	task      *screen.Task
	countdown countdown
	failed    Failure

	// isIssued is for a code that somebody got from the practice: it stays typed while it has
	// to wait, and a disabled authenticator does not matter to it.
	isIssued bool
}

// newCode makes the presenter for a step of a sign-in.
func newCode(p CodeParams, step auth.Step, check check) *code {
	c := &code{params: p, step: step, check: check}
	c.task = screen.NewTask(p.Scope, c.refresh)
	c.countdown = newCountdown(p.Scope, c.refresh)
	c.clock = newClockWatch(p.Scope, p.ClockBehind, nil, c.refresh)
	return c
}

// begin shows the screen for the first time.
func (c *code) begin(display *screen.View[codeView], retype func()) {
	c.display, c.retype = display, retype
	now := c.params.Now()
	c.failed = c.params.Challenge.refusal(now, c.isIssued)
	c.countDown()
	c.params.After(c.params.Challenge.left(now), c.giveUp)
	c.refresh()
}

// giveUp goes back to the password when nobody typed a code. One that is being
// checked was typed in time.
func (c *code) giveUp() {
	if !c.task.IsBusy() {
		c.params.OnOver(ErrNoCode)
	}
}

func (c *code) countDown() {
	c.countdown.run(max(c.failed.countsDown(), c.params.Challenge.next.Sub(c.params.Now())))
}

func (c *code) refresh() { c.display.Show(c.view()) }

func (c *code) view() codeView {
	now := c.params.Now()
	v := codeView{
		Error:     c.failed.Text(now),
		Lapsed:    errors.Is(c.failed.Err, auth.ErrResetLapsed),
		ClockLink: c.params.Challenge.clockLink,
		Clock:     c.clock.text,
		Stage:     c.task.Stage(),
		CanSubmit: !c.task.IsBusy() && c.failed.Wait(now) <= 0 && !isFinal(c.failed.Err),
	}
	v.Help = words.NextCode(c.params.Challenge.next, now)
	if at := c.params.Challenge.help; !at.IsZero() {
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
	startStep(c.task, func(ctx context.Context) (auth.State, error) { return c.check(ctx, typed) }, c.checked)
}

func (c *code) checked(state auth.State, err error) {
	if c.params.follow(c.step, state, err) {
		return
	}
	c.fail(err)
	c.params.Challenge.noteFailure(c.failed)
	c.refresh()
	if !c.stays(err) {
		c.retype()
	}
}

// stays says that what was typed can still be accepted after an error.
func (c *code) stays(err error) bool {
	switch {
	case errors.Is(err, auth.ErrCodeFormat), errors.Is(err, auth.ErrCodeShape), isCancelled(err):
		return true
	}
	return c.isIssued && errors.Is(err, auth.ErrWait)
}

func (c *code) fail(err error) {
	c.failed = FailedAt(c.params.Now(), err)
	c.countDown()
}

// ask tells the admins that help is needed, unless something else goes on. An
// error ends the sign-in.
func (c *code) ask() {
	var since time.Time
	c.task.Start(func(ctx context.Context) (err error) {
		since, err = c.params.Attempt.AskForHelp(ctx)
		return err
	}, func(err error) {
		if err != nil {
			c.params.follow(c.step, auth.State{}, err)
			return
		}
		c.params.Challenge.help = since
		c.refresh()
	})
}

// leave goes to another screen of this sign-in, unless something goes on: the
// sign-in would end with it.
func (c *code) leave(to func()) {
	if !c.task.IsBusy() {
		to()
	}
}

// back goes back to another screen of this sign-in. What goes on is called
// off first, which may end the sign-in.
func (c *code) back(to func()) {
	c.leave(to)
	c.task.Cancel()
}
