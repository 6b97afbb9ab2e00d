package screen

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

// ErrNotProven says that the person took back what they had asked for. It is a
// context.Canceled.
var ErrNotProven = fmt.Errorf("not proven: %w", context.Canceled)

// errNoPassword says that the field is empty, which is no failed attempt.
var errNoPassword = errors.New("no password")

// StepUp is step-up authentication: it runs what may need a fresh proof of who is at the
// computer, and asks for it.
type StepUp struct {
	session  *auth.Session
	runner   work.Runner
	open     func(*Proof) ProofDialog // on the UI goroutine
	isAsking bool                     // likewise: the dialog is open
}

// NewStepUp makes the step-up of a session. open shows a proof: Dialogs.OpenProof does.
func NewStepUp(session *auth.Session, runner work.Runner, open func(*Proof) ProofDialog) *StepUp {
	return &StepUp{session: session, runner: runner, open: open}
}

// Do runs an act; where that gives auth.ErrStepUp it asks who is there, and runs it again. An
// answer that is taken back is ErrNotProven. The dialog closes when ctx ends. Do waits for the
// answer: it belongs off the UI goroutine.
func (s *StepUp) Do(ctx context.Context, act func(context.Context) error) error {
	err := act(ctx)
	for errors.Is(err, auth.ErrStepUp) {
		if err = s.ask(ctx); err == nil {
			err = act(ctx)
		}
	}
	return err
}

// ask has the person prove who they are.
func (s *StepUp) ask(ctx context.Context) error {
	need, err := s.session.StepUpNeed(ctx)
	if err != nil {
		return err
	}
	ctx, end := context.WithCancel(ctx)
	defer end() // stops what the proof began
	answers := make(chan error, 1)
	p := &Proof{ctx: ctx, session: s.session, runner: s.runner, need: need, answers: answers}
	s.runner.Dispatch(func() {
		s.isAsking = true
		p.begin(s.open)
	})
	defer s.runner.Dispatch(func() {
		s.isAsking = false
		p.close()
	})
	select {
	case err := <-answers:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ProofView is what the dialog "Confirm it is you" shows.
type ProofView struct {
	NextCode  string // when the app shows a code that is not used up
	Error     string
	Busy      bool
	CanSubmit bool
}

// ProofDialog shows a proof.
type ProofDialog interface {
	Show(ProofView)
	// Retype empties both fields, whatever was wrong, and gives the first the focus: nobody
	// knows who sits there when it can be tried again.
	Retype()
	// Close also wipes what was typed.
	Close()
}

// Proof decides what the dialog "Confirm it is you" does, once.
type Proof struct {
	ctx     context.Context
	session *auth.Session
	runner  work.Runner
	need    auth.StepUpNeed
	answers chan<- error
	dialog  ProofDialog
	display *View[ProofView] // of dialog

	busy   bool
	failed words.Failure
}

func (p *Proof) begin(open func(*Proof) ProofDialog) {
	if p.ctx.Err() != nil {
		return
	}
	p.dialog = open(p)
	p.display = NewView(p.dialog.Show)
	p.refresh()
	p.runner.Every(p.ctx, time.Second, p.refresh) // the countdowns
}

func (p *Proof) close() {
	if p.dialog != nil {
		p.dialog.Close()
	}
}

// Submit proves it with what was typed. While that goes on, or a wait is
// running, it does nothing.
func (p *Proof) Submit(password, code string) {
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

func (p *Proof) judged(err error) {
	p.busy = false
	if err == nil || errors.Is(err, auth.ErrSessionEnded) {
		p.answer(err)
		return
	}
	p.failed = words.Failure{Err: err, At: p.runner.Now()}
	p.refresh()
	p.dialog.Retype()
}

// Cancel takes back what it was asked for.
func (p *Proof) Cancel() { p.answer(ErrNotProven) }

// answer gives the first answer; later ones come too late.
func (p *Proof) answer(err error) {
	select {
	case p.answers <- err:
	default:
	}
}

func (p *Proof) refresh() { p.display.Show(p.view()) }

func (p *Proof) view() ProofView {
	text, wait := p.refused()
	v := ProofView{Error: text, Busy: p.busy, CanSubmit: !p.busy && wait <= 0}
	if p.need.Code {
		v.NextCode = words.NextCode(p.need.NextCode, p.runner.Now())
	}
	return v
}

// refused says why the last try failed, and how long to wait before the next.
func (p *Proof) refused() (text string, wait time.Duration) {
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
