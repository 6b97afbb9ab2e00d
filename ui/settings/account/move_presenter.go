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
	Busy      bool
	CanSubmit bool
}

// moveDialog shows it.
type moveDialog interface {
	show(moveView)
	retype() // empties the field and gives it the focus
	Close()  // also wipes what was typed
}

// phoneMove decides what the dialog does: it takes a code of the old phone.
type phoneMove struct {
	account *account
	task    *screen.Act
	dialog  moveDialog
	stop    context.CancelFunc // of the countdowns
	begun   *auth.Move

	shown  moveView
	busy   bool
	failed words.Failure
	over   bool // the dialog was cancelled
}

func (a *account) newMove(d moveDialog) *phoneMove {
	ctx, stop := context.WithCancel(a.Ctx)
	m := &phoneMove{account: a, dialog: d, stop: stop}
	m.task = screen.NewAct(a.Scope, m, m.done, a.refresh)
	a.Runner.Every(ctx, time.Second, m.refresh)
	return m
}

// submit begins the move, unless that goes on already or a wait is running.
func (m *phoneMove) submit(oldCode string) {
	if !m.view().CanSubmit {
		return
	}
	m.task.Start(func(ctx context.Context) (err error) {
		m.begun, err = m.account.session.MovePhone(ctx, oldCode)
		return err
	})
}

// cancel takes it back when the dialog is closed, also when that comes late:
// nothing is moved yet.
func (m *phoneMove) cancel() {
	m.over = true
	m.task.Cancel()
}

func (m *phoneMove) done() {
	if m.over {
		m.account.refresh() // the code is used up
		return
	}
	m.account.pane.enrol(m.begun)
}

// ShowProgress implements screen.Form.
func (m *phoneMove) ShowProgress(p screen.Progress) {
	m.busy, m.failed = p.Busy, words.Failure{Err: p.Err, At: m.account.Runner.Now()}
	m.refresh()
	if p.Err != nil && !errors.Is(p.Err, auth.ErrCodeFormat) {
		m.dialog.retype()
	}
}

// Close implements screen.Form.
func (m *phoneMove) Close() { m.dialog.Close() }

func (m *phoneMove) refresh() {
	if v := m.view(); v != m.shown {
		m.shown = v
		m.dialog.show(v)
	}
}

func (m *phoneMove) view() moveView {
	now := m.account.Runner.Now()
	return moveView{
		NextCode:  words.NextCode(m.account.now.NextCode, now),
		Error:     m.refused(now),
		Busy:      m.busy,
		CanSubmit: !m.busy && m.failed.Wait(now) <= 0,
	}
}

// refused says why the last code was refused, counting down.
func (m *phoneMove) refused(now time.Time) string {
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
func (a *account) confirmMove(ctx context.Context, m *auth.Move, code string) error {
	err := a.session.ConfirmMove(ctx, m, code)
	if errors.Is(err, auth.ErrConflict) {
		return errMoveOver
	}
	return err
}

// moved says that the new phone counts.
func (a *account) moved() {
	a.part, a.outcome = partPhone, outcome{Said: lang.L("Moved. The old phone's codes count no more.")}
	a.show()
	a.refresh()
}

// moveFailed says why the move came to nothing.
func (a *account) moveFailed(err error) {
	a.part, a.outcome = partPhone, outcome{}
	if errors.Is(err, errMoveOver) {
		a.outcome.Error = lang.L("It took too long, or your authenticator was changed meanwhile. Nothing was moved: begin again.")
		a.show()
		a.refresh()
		return
	}
	a.failed(err)
}
