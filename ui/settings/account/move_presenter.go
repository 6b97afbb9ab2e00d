package account

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// moveView is what the first dialog of "Move to a new phone" shows.
type moveView struct {
	NextCode  string // when the old phone shows a code that is not used up
	Error     string
	IsBusy    bool
	CanSubmit bool
}

// move decides what the dialog does: it takes a code of the old phone.
type move struct {
	dialog *screen.View[moveView]
	retype func() // empties the field and gives it the focus
	close  func() // also wipes what was typed

	account     *presenter
	act         *screen.Act
	stop        context.CancelFunc // of the countdowns
	begun       *auth.Move
	isBusy      bool
	failed      words.Failure
	isCancelled bool // the dialog was closed
}

// newMove begins what the dialog is for.
func (p *presenter) newMove(m move) *move {
	scope, stop := p.Child()
	m.account, m.stop = p, stop
	m.act = screen.NewAct(p.Scope, &m, m.done, p.refresh)
	scope.Every(time.Second, m.show)
	return &m
}

// submit begins the move, unless that goes on already or a wait is running.
func (m *move) submit(oldCode string) {
	if !m.view().CanSubmit {
		return
	}
	m.act.Start(func(ctx context.Context) (err error) {
		m.begun, err = m.account.session.MovePhone(ctx, oldCode)
		return err
	})
}

// cancel takes it back when the dialog is closed, also when that comes late:
// nothing is moved yet.
func (m *move) cancel() {
	m.isCancelled = true
	m.act.Cancel()
}

func (m *move) done() {
	if m.isCancelled {
		m.account.refresh() // the code is used up
		return
	}
	m.account.enrol(m.begun)
}

// ShowProgress implements screen.Form.
func (m *move) ShowProgress(p screen.Progress) {
	m.isBusy, m.failed = p.Busy, words.Failure{Err: p.Err, At: m.account.Now()}
	m.show()
	if p.Err != nil && !errors.Is(p.Err, auth.ErrCodeFormat) {
		m.retype()
	}
}

// Close implements screen.Form.
func (m *move) Close() { m.close() }

func (m *move) show() { m.dialog.Show(m.view()) }

func (m *move) view() moveView {
	now := m.account.Now()
	return moveView{
		NextCode:  words.NextCode(m.account.now.NextCode, now),
		Error:     m.refused(now),
		IsBusy:    m.isBusy,
		CanSubmit: !m.isBusy && m.failed.Wait(now) <= 0,
	}
}

// refused says why the last code was refused, counting down.
func (m *move) refused(now time.Time) string {
	refusal := m.failed.AsOf(now)
	switch {
	case m.failed.Err == nil:
		return ""
	case refusal == nil:
		return words.Error(m.failed.Err)
	case refusal.Reason == auth.ErrWait && refusal.Wait <= 0:
		return lang.L("You can try again now.")
	}
	return words.Error(refusal)
}

// errMoveOver says that no code confirms the move any more.
var errMoveOver = fmt.Errorf("the move lapsed: %w", auth.ErrAttemptOver)

// confirmMove moves to the phone that shows a code. It may work for a while: it
// belongs off the UI goroutine.
func (p *presenter) confirmMove(ctx context.Context, m *auth.Move, code string) error {
	err := p.session.ConfirmMove(ctx, m, code)
	if errors.Is(err, auth.ErrConflict) {
		return errMoveOver
	}
	return err
}

// moved says that only the new phone's codes are valid.
func (p *presenter) moved() {
	p.part, p.outcome = partPhone, outcome{Said: lang.L("Moved. The old phone's codes count no more.")}
	p.show()
	p.refresh()
}

// moveFailed says why the move came to nothing.
func (p *presenter) moveFailed(err error) {
	p.part, p.outcome = partPhone, outcome{}
	if errors.Is(err, errMoveOver) {
		p.outcome.Error = lang.L("It took too long, or your authenticator was changed meanwhile. Nothing was moved: begin again.")
		p.show()
		p.refresh()
		return
	}
	p.failed(err)
}
