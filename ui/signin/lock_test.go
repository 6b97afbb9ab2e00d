package signin

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/auth/keyring"
)

type fakeLock struct {
	view    lockView
	retyped int
}

func (f *fakeLock) show(v lockView) { f.view = v }

func (f *fakeLock) retype() { f.retyped++ }

// lockCase is the presenter of the screen "Locked" in a bubble of time.
type lockCase struct {
	*queue
	presenter *lock
	display   *fakeLock
	leave     func()
	answers   answers
	done      []error
	relocked  int
}

func inLock(t *testing.T, list []answer, test func(*testing.T, *lockCase)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		c := &lockCase{queue: &queue{}, display: &fakeLock{}, answers: answers{list: list}}
		host, leave := newHost(t, c.queue)
		defer leave()
		c.leave = leave
		c.presenter = newLock(host, LockParams{
			Unlock: func(ctx context.Context, _ string) error {
				_, err := c.answers.next(ctx)
				return err
			},
			Lock: func() { c.relocked++ },
			Done: func(err error) { c.done = append(c.done, err) },
		})
		c.presenter.begin(c.display)
		test(t, c)
	})
}

func TestLockWaits(t *testing.T) {
	inLock(t, []answer{{err: refused(auth.ErrCredentials, 0)}, {err: refused(auth.ErrCredentials, 30*time.Second)}, {}}, func(t *testing.T, c *lockCase) {
		c.presenter.submit("")
		want(t, "asked with nothing typed", c.answers.asked, 0)
		c.presenter.submit("wrong")
		c.pass(time.Second)
		want(t, "error", c.display.view.Error, "That password is wrong. Try again.")
		want(t, "retyped", c.display.retyped, 1)

		c.presenter.submit("wrong")
		c.pass(time.Second)
		want(t, "can submit", c.display.view.CanSubmit, false)
		c.presenter.submit("right")
		want(t, "asked during the wait", c.answers.asked, 2)
		c.pass(9 * time.Second)
		want(t, "error", c.display.view.Error, "That password is wrong. Wait 20 s, then try again.")
		c.pass(21 * time.Second)
		want(t, "can submit", c.display.view.CanSubmit, true)
		c.presenter.submit("right")
		c.pass(time.Second)
		want(t, "unlocked", len(c.done) == 1 && c.done[0] == nil, true)
	})
}

// What can't be tried again is for the window; anything else is said here.
func TestLockLeadsOn(t *testing.T) {
	for err, leads := range map[error]bool{
		auth.ErrFullSignIn: true, auth.ErrSessionEnded: true, auth.ErrRolledBack: true,
		keyring.ErrNoAnswer: false, auth.ErrDiskFull: false, errors.New("other"): false,
		auth.ErrServer: false, auth.ErrUnknown: false, auth.ErrBusy: false,
	} {
		inLock(t, []answer{{err: err}}, func(t *testing.T, c *lockCase) {
			c.presenter.submit("right")
			c.pass(time.Second)
			want(t, err.Error()+" leads on", len(c.done) == 1, leads)
			want(t, err.Error()+" is said", c.display.view.Error != "", !leads)
			want(t, err.Error()+": typed anew", c.display.retyped == 1, !leads)
		})
	}
}

// Only who called the try off is still there.
func TestLockCalledOff(t *testing.T) {
	inLock(t, []answer{{after: time.Minute}}, func(t *testing.T, c *lockCase) {
		c.presenter.submit("right")
		c.presenter.task.cancel()
		c.pass(time.Second)
		want(t, "error", c.display.view.Error, "")
		want(t, "retyped", c.display.retyped, 0)
	})
}

func TestLockTooLate(t *testing.T) {
	inLock(t, []answer{{after: time.Second}}, func(t *testing.T, c *lockCase) {
		c.presenter.unlock = func(context.Context, string) error { time.Sleep(time.Second); return nil }
		c.presenter.submit("right")
		c.leave()
		c.pass(2 * time.Second)
		want(t, "unlocked", len(c.done), 0)
		want(t, "locked again", c.relocked, 1)
	})
}

func TestLockScreen(t *testing.T) {
	d := newDesk(t)
	var unlocked, switched int
	var typed string
	s := NewLock(LockParams{
		Host: d.host, Practice: "Brook Street", Name: "Anna Smith", Since: time.Now(),
		Unlock:   func(_ context.Context, password string) error { typed = password; return nil },
		Done:     func(error) { unlocked++ },
		OnSwitch: func() { switched++ },
	})
	d.show(s)
	want(t, "focus", d.window.Canvas().Focused(), fyne.Focusable(s.password))
	d.press(fyne.KeyReturn)
	d.run()
	want(t, "unlocked with nothing typed", unlocked, 0)
	d.typeText("half")
	d.press(fyne.KeyEscape)
	want(t, "password after Esc", s.password.Text, "")
	d.typeText(testPassword)
	d.press(fyne.KeyReturn)
	d.runUntil(t, "unlocking", func() bool { return unlocked == 1 })
	want(t, "typed", typed, testPassword)
	s.Close()
	want(t, "password after leaving", s.password.Text, "")
}
