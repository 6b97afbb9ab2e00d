package settings

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
	"anteroom/ui/work"
)

// errCancelled says that the person took back what they had asked for.
var errCancelled = fmt.Errorf("not proven: %w", context.Canceled)

// errNoPassword keeps an empty field from counting as a failed attempt.
var errNoPassword = errors.New("no password")

// stepUp runs what may need a fresh proof of who is at the computer, and asks
// for it. Its methods wait for the answer: they belong off the UI goroutine.
type stepUp struct {
	session prover
	runner  work.Runner
	open    func(*proof) proofDialog // on the UI goroutine
	asking  bool                     // likewise: the dialog is open
}

// do runs an action; where it gives ErrStepUp it asks and runs it again.
func (s *stepUp) do(ctx context.Context, action func(context.Context) error) error {
	err := action(ctx)
	for errors.Is(err, auth.ErrStepUp) {
		if err = s.ask(ctx); err == nil {
			err = action(ctx)
		}
	}
	return err
}

// ask has the person prove who they are.
func (s *stepUp) ask(ctx context.Context) error {
	need, err := s.session.StepUpNeed(ctx)
	if err != nil {
		return err
	}
	ctx, end := context.WithCancel(ctx)
	defer end() // stops what the proof began
	answers := make(chan error, 1)
	p := &proof{ctx: ctx, session: s.session, runner: s.runner, need: need, answers: answers}
	s.runner.Dispatch(func() {
		s.asking = true
		p.begin(s.open)
	})
	defer s.runner.Dispatch(func() {
		s.asking = false
		p.close()
	})
	select {
	case err := <-answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// proofView is what the dialog "Confirm it is you" shows.
type proofView struct {
	NextCode  string // when the app shows a code that is not used up
	Error     string
	Busy      bool
	CanSubmit bool
}

// proofDialog shows a proof.
type proofDialog interface {
	show(proofView)
	// retype empties both fields, whatever was wrong, and gives the first the focus: nobody
	// knows who sits there when it can be tried again.
	retype()
	// close also wipes what was typed.
	close()
}

// proof decides what the dialog "Confirm it is you" does, once.
type proof struct {
	ctx     context.Context
	session prover
	runner  work.Runner
	need    auth.StepUpNeed
	answers chan<- error
	dialog  proofDialog

	shown  proofView
	busy   bool
	failed words.Failure
}

func (p *proof) begin(open func(*proof) proofDialog) {
	if p.ctx.Err() != nil {
		return
	}
	p.dialog = open(p)
	p.refresh()
	p.runner.Every(p.ctx, time.Second, p.refresh) // the countdowns
}

func (p *proof) close() {
	if p.dialog != nil {
		p.dialog.close()
	}
}

// submit proves it with what was typed. While that goes on, or a wait is
// running, it does nothing.
func (p *proof) submit(password, code string) {
	if !p.view().CanSubmit {
		return
	}
	if password == "" {
		p.judged(errNoPassword)
		return
	}
	p.failed, p.busy = words.Failure{}, true
	p.refresh()
	prove := func(ctx context.Context) error { return p.session.StepUp(ctx, password, code) }
	p.runner.Go(p.ctx, prove, p.judged)
}

func (p *proof) judged(err error) {
	p.busy = false
	if err == nil || errors.Is(err, auth.ErrSessionEnded) {
		p.answer(err)
		return
	}
	p.failed = words.Failure{Err: err, At: p.runner.Now()}
	p.refresh()
	p.dialog.retype()
}

func (p *proof) cancel() { p.answer(errCancelled) }

// answer counts once.
func (p *proof) answer(err error) {
	select {
	case p.answers <- err:
	default:
	}
}

func (p *proof) refresh() {
	if v := p.view(); v != p.shown {
		p.shown = v
		p.dialog.show(v)
	}
}

func (p *proof) view() proofView {
	text, wait := p.refused()
	v := proofView{Error: text, Busy: p.busy, CanSubmit: !p.busy && wait <= 0}
	if p.need.Code {
		v.NextCode = words.NextCode(p.need.NextCode, p.runner.Now())
	}
	return v
}

// refused says why the last try failed, and how long to wait before the next.
func (p *proof) refused() (text string, wait time.Duration) {
	now := p.failed.AsOf(p.runner.Now())
	switch {
	case p.failed.Err == nil:
		return "", 0
	case errors.Is(p.failed.Err, errNoPassword):
		return lang.L("Type your password."), 0
	case now == nil:
		return cmp.Or(words.NoAnswerSince(p.failed.Err), words.Error(p.failed.Err)), 0
	}
	switch {
	case now.Reason == auth.ErrCredentials && now.Wait > 0:
		text = lang.L("That password is wrong. Wait {{.Wait}}, then try again.", map[string]any{"Wait": words.Wait(now.Wait)})
	case now.Reason == auth.ErrCredentials:
		text = lang.L("That password is wrong. Try again.")
	case now.Reason == auth.ErrWait && now.Wait <= 0:
		text = lang.L("You can try again now.")
	default:
		text = words.Error(now)
	}
	return text, now.Wait
}
