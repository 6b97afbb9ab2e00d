package signin

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
)

// codeTime is how long a screen waits for a code: time to fetch a phone.
const codeTime = 5 * time.Minute

// check has what was typed judged, as a step of a sign-in.
type check func(ctx context.Context, typed []string) (auth.State, error)

// codeView is what a screen that asks for a code shows.
type codeView struct {
	Help      string // when the app shows a code that is not used up
	Error     string
	Asked     string // that the admins know that help is needed
	ClockLink bool   // a wrong clock may be why a code was refused
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
	now     func() time.Time

	task      task
	countdown countdown
	next      time.Time // when the app shows a code that is not used up
	failed    failure
	clockLink bool

	askHelp func(context.Context) (since time.Time, err error)
	asked   time.Time // since when the admins know; zero: nobody asked
}

// newCode makes the presenter for a step of a sign-in.
func newCode(host Host, step auth.Step, check check, ways Ways, state auth.State) *code {
	c := &code{step: step, check: check, ways: ways, now: host.Runner.Now}
	if step == auth.StepCode {
		c.asked = state.Help
	}
	c.task = newTask(host, c.refresh)
	c.countdown = newCountdown(host, c.refresh)
	return c
}

// says shows when the next code comes, and why one would be refused unseen.
func (c *code) says(state auth.State) *code {
	c.next, c.failed = state.NextCode, failedAt(c.now(), state.Refused)
	return c
}

// begin shows the screen for the first time.
func (c *code) begin(display codeDisplay) {
	c.display = display
	c.countdown.run(max(c.failed.counts(), c.next.Sub(c.now())))
	c.task.runner.After(c.task.ctx, codeTime, c.giveUp)
	c.refresh()
}

// giveUp goes back to the password when nobody typed a code. One that is being
// checked was typed in time.
func (c *code) giveUp() {
	if c.task.waiting == idle {
		c.ways.OnOver(ErrNoCode)
	}
}

func (c *code) refresh() { c.display.show(c.view()) }

func (c *code) view() codeView {
	now := c.now()
	v := codeView{
		Error:     c.failed.text(now),
		ClockLink: c.clockLink,
		Waiting:   c.task.waiting,
		CanSubmit: c.task.waiting == idle && c.failed.Wait(now) <= 0 && !cannotPass(c.failed.Err),
	}
	if wait := c.next.Sub(now); wait > 0 {
		v.Help = lang.L("Your last code is used up. The next one comes in {{.Wait}}.", map[string]any{"Wait": words.Wait(wait)})
	}
	if !c.asked.IsZero() {
		v.Asked = lang.L("A Practice Admin was told at {{.Clock}}. They can give you a one-time code: type it under “Use a recovery code”.",
			map[string]any{"Clock": words.Clock(c.asked)})
	}
	return v
}

// cannotPass says that after this error nothing typed here would count.
func cannotPass(err error) bool {
	return errors.Is(err, auth.ErrAuthenticatorDisabled) || errors.Is(err, auth.ErrResetLapsed)
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
	c.clockLink = c.clockLink || errors.Is(err, auth.ErrCodeWrong) || errors.Is(err, auth.ErrCodeExpired)
	c.refresh()
	if errors.As(err, new(*auth.Refusal)) && !errors.Is(err, auth.ErrCodeFormat) && !errors.Is(err, auth.ErrCodeShape) {
		c.display.retype()
	}
}

func (c *code) fail(err error) {
	c.failed = failedAt(c.now(), err)
	c.countdown.run(max(c.failed.counts(), c.next.Sub(c.now())))
}

// ask tells the admins that help is needed, unless something else goes on.
func (c *code) ask() {
	var since time.Time
	c.task.start(func(ctx context.Context) (err error) {
		since, err = c.askHelp(ctx)
		return err
	}, func(err error) {
		switch {
		case err == nil:
			c.asked = since
		case Shuts(err):
			c.ways.OnShut(err)
			return
		case errors.Is(err, auth.ErrAttemptOver):
			c.ways.OnOver(err)
			return
		default:
			c.fail(err)
		}
		c.refresh()
	})
}
