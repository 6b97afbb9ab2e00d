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
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest/practice"
)

// lockCase is the presenter of the screen "Locked", before Ben's work.
type lockCase struct {
	*screentest.Bubble
	all       *practice.Practice
	ben       *practice.Window
	presenter *lock
	shown     lockView
	retyped   int
	done      []error
	said      string // of the server
}

func inLock(t *testing.T, fn func(t *testing.T, c *lockCase)) {
	t.Helper()
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		all := newPractice(t)
		c := &lockCase{Bubble: b, all: all, ben: all.Ben}
		c.ben.Session.Lock()
		c.presenter = newLock(LockParams{
			Scope: b.Scope, Unlock: c.ben.Session.Unlock, Lock: c.ben.Session.Lock,
			Done:   func(err error) { c.done = append(c.done, err) },
			Server: func() string { return c.said },
		})
		c.presenter.begin(screentest.View(&c.shown), func() { c.retyped++ })
		fn(t, c)
		c.ben.Answer()
	})
}

func (c *lockCase) submit(password string) {
	c.presenter.submit(password)
	c.Settle()
}

// isLocked says that the session opens no record.
func (c *lockCase) isLocked(t *testing.T) bool {
	t.Helper()
	err := c.ben.Session.ReadRecords(t.Context(), func(*auth.RecordReader) error { return nil })
	return errors.Is(err, auth.ErrLocked)
}

func TestLockWaits(t *testing.T) {
	inLock(t, func(t *testing.T, c *lockCase) {
		asked := c.ben.Asked()
		c.submit("")
		want(t, "asked with nothing typed", c.ben.Asked(), asked)
		c.submit(wrongPassword)
		want(t, "error", c.shown.Error, "That password is wrong. Try again.")
		want(t, "retyped", c.retyped, 1)
		for range 4 {
			c.submit(wrongPassword)
		}
		want(t, "can submit", c.shown.CanSubmit, false)
		asked = c.ben.Asked()
		c.submit(testPassword)
		want(t, "asked during the wait", c.ben.Asked(), asked)
		c.Pass(10 * time.Second)
		want(t, "error", c.shown.Error, "That password is wrong. Wait 20 s, then try again.")
		c.Pass(21 * time.Second)
		want(t, "can submit", c.shown.CanSubmit, true)
		c.submit(testPassword)
		want(t, "unlocked", len(c.done) == 1 && c.done[0] == nil && !c.isLocked(t), true)
	})
}

// What can't be tried again is for the window; anything else is said here.
func TestLockLeadsOn(t *testing.T) {
	for name, prepare := range map[string]func(t *testing.T, c *lockCase){
		"a day later": func(_ *testing.T, c *lockCase) { c.Pass(25 * time.Hour) },
		"signed out":  func(t *testing.T, c *lockCase) { must(t, c.ben.Session.SignOut(t.Context())) },
		"rolled back": func(_ *testing.T, c *lockCase) {
			old := c.all.Memory.Rows()
			c.all.MakeKit()
			c.all.Memory.Put(old)
		},
	} {
		inLock(t, func(t *testing.T, c *lockCase) {
			prepare(t, c)
			c.submit(testPassword)
			want(t, name+" leads on", len(c.done) == 1 && c.done[0] != nil, true)
			want(t, name+" is said", c.shown.Error, "")
		})
	}
	for _, err := range []error{keyring.ErrNoAnswer, auth.ErrDiskFull, auth.ErrServer, auth.ErrUnknown, auth.ErrBusy} {
		inLock(t, func(t *testing.T, c *lockCase) {
			c.ben.Stop(err)
			c.submit(testPassword)
			want(t, err.Error()+" leads on", len(c.done), 0)
			want(t, err.Error()+" is said", c.shown.Error != "", true)
			want(t, err.Error()+": typed anew", c.retyped, 1)
		})
	}
}

// Only who called the try off is still there.
func TestLockCalledOff(t *testing.T) {
	inLock(t, func(t *testing.T, c *lockCase) {
		c.ben.Delay(time.Minute)
		c.submit(testPassword)
		c.presenter.task.Cancel()
		c.Settle()
		want(t, "error", c.shown.Error, "")
		want(t, "retyped", c.retyped, 0)
	})
}

// TestLockTooLate: an unlocking that comes when the screen was left opens nothing.
func TestLockTooLate(t *testing.T) {
	inLock(t, func(t *testing.T, c *lockCase) {
		c.presenter.submit(testPassword)
		synctest.Wait()
		want(t, "locked meanwhile", c.isLocked(t), false)
		c.Leave()
		c.Settle()
		want(t, "unlocked", len(c.done), 0)
		want(t, "locked again", c.isLocked(t), true)
	})
}

// TestLockSaysOneThingOfTheServer: beside the field or below it, and nothing once it answers.
func TestLockSaysOneThingOfTheServer(t *testing.T) {
	const away = "The practice's server does not answer."
	inLock(t, func(t *testing.T, c *lockCase) {
		c.said = away
		c.Pass(time.Second)
		want(t, "below", [...]string{c.shown.Server, c.shown.Error}, [...]string{away, ""})
		c.ben.Stop(&auth.AwayError{Since: time.Now()})
		c.submit(testPassword)
		want(t, "both", [...]string{c.shown.Server, c.shown.Error}, [...]string{"", away})
		c.said = ""
		c.Pass(time.Second)
		want(t, "once it answers", [...]string{c.shown.Server, c.shown.Error}, [2]string{})
	})
}

func TestLockScreen(t *testing.T) {
	inWindow(t, func(t *testing.T, w *desk) {
		var unlocked int
		var typed string
		s := NewLock(LockParams{
			Scope: w.Scope, Window: w.Window, Practice: "Brook Street", Name: "Anna Smith", Since: time.Now(),
			Unlock: func(_ context.Context, password string) error { typed = password; return nil },
			Done:   func(error) { unlocked++ },
		})
		w.Show(s)
		isFocused(t, w, "first", s.password)
		w.Press(fyne.KeyReturn)
		w.Settle()
		want(t, "unlocked with nothing typed", unlocked, 0)
		w.Type("half")
		w.Press(fyne.KeyEscape)
		want(t, "password after Esc", s.password.Text, "")
		w.Type(testPassword)
		w.Press(fyne.KeyReturn)
		w.Settle()
		want(t, "unlocked", unlocked, 1)
		want(t, "typed", typed, testPassword)
		s.Close()
		want(t, "password after leaving", s.password.Text, "")
	})
}
