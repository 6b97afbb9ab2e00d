package signin

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
)

// codeTime is how long the screen waits for an Auth Code: time to fetch a phone.
const codeTime = 5 * time.Minute

// codeChecker is the second step of a sign-in. *auth.Attempt is one.
type codeChecker interface {
	Code(ctx context.Context, code string) (auth.State, error)
}

// codeView is what the screen "Enter Auth Code" shows.
type codeView struct {
	Help      string // when the app shows a code that is not used up
	Error     string
	Waiting   waiting
	CanSubmit bool
}

type codeDisplay interface {
	show(codeView)
	retype() // empties the field and gives it the focus
}

// code decides what the screen "Enter Auth Code" does.
type code struct {
	attempt codeChecker
	ways    Ways
	display codeDisplay
	now     func() time.Time

	task      task
	countdown countdown
	next      time.Time // when the app shows a code that is not used up
	failed    failure
}

func newCode(host Host, attempt codeChecker, ways Ways, state auth.State) *code {
	c := &code{attempt: attempt, ways: ways, now: host.Runner.Now, next: state.NextCode}
	c.failed = failedAt(c.now(), state.Refused)
	c.task = newTask(host, c.refresh)
	c.countdown = newCountdown(host, c.refresh)
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
		Waiting:   c.task.waiting,
		CanSubmit: c.task.waiting == idle && c.failed.Wait(now) <= 0,
	}
	if wait := c.next.Sub(now); wait > 0 {
		v.Help = lang.L("Your last code is used up. The next one comes in {{.Wait}}.", map[string]any{"Wait": words.Wait(wait)})
	}
	return v
}

// submit checks a code, unless that goes on already or a wait is running.
func (c *code) submit(text string) {
	if !c.view().CanSubmit {
		return
	}
	c.fail(nil)
	c.task.step(func(ctx context.Context) (auth.State, error) {
		return c.attempt.Code(ctx, text)
	}, c.judged)
}

func (c *code) judged(state auth.State, err error) {
	if c.ways.lead(auth.StepCode, state, err) {
		return
	}
	c.fail(err)
	c.refresh()
	if errors.As(err, new(*auth.Refusal)) && !errors.Is(err, auth.ErrCodeFormat) {
		c.display.retype()
	}
}

func (c *code) fail(err error) {
	c.failed = failedAt(c.now(), err)
	c.countdown.run(max(c.failed.counts(), c.next.Sub(c.now())))
}
