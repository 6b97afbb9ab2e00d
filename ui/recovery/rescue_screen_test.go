package recovery

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/signin"
)

type rescueDesk struct {
	*desk
	screen *RescueScreen
	opened []bool
	done   []bool
	back   int
}

func newRescueDesk(w *desk, r auth.Report) *rescueDesk {
	d := &rescueDesk{desk: w}
	d.screen = NewRescue(RescueParams{
		Scope: d.Scope, Window: d.Window, Report: r,
		Open: func(_ context.Context, anyHistory bool) error {
			d.opened = append(d.opened, anyHistory)
			return nil
		},
		Done:      func(admin bool) { d.done = append(d.done, admin) },
		OnRestore: func() {},
		OnBack:    func() { d.back++ },
	})
	d.Show(d.screen)
	return d
}

func (d *rescueDesk) waitUntilDone(t *testing.T) {
	t.Helper()
	d.Until(t, "the practice", func() bool { return len(d.done) == 1 })
}

func TestRescueScreenByKeyboard(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newRescueDesk(w, auth.Report{Opens: true, Linked: true, History: rolledBack()})
		want(t, "focus", d.Focused(), fyne.Focusable(d.screen.word))
		d.Type("olde")
		d.Press(fyne.KeyReturn)
		want(t, "opened before the word", len(d.opened), 0)
		want(t, "button before the word", d.screen.footer.Primary.Disabled(), true)
		want(t, "admin before the word", d.screen.links[0].Disabled(), true)
		want(t, "restore before the word", d.screen.links[1].Disabled(), false)
		d.Type("r")
		d.Press(fyne.KeyReturn)
		d.waitUntilDone(t)
		if len(d.opened) != 1 || !d.opened[0] || d.done[0] {
			t.Errorf("opened %v, done %v", d.opened, d.done)
		}
	})
}

func TestRescueScreenEnterAndEscape(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newRescueDesk(w, auth.Report{Opens: true, Linked: true})
		d.Press(fyne.KeyEscape)
		want(t, "back", d.back, 1)
		d.Press(fyne.KeyReturn)
		d.waitUntilDone(t)
		want(t, "for an admin", d.done[0], false)
	})
}

func TestRescueScreenForAnAdmin(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newRescueDesk(w, auth.Report{Opens: true, Linked: true})
		test.Tap(d.screen.links[0])
		d.waitUntilDone(t)
		want(t, "for an admin", d.done[0], true)
	})
}

// What went wrong gives way to what goes on: they have one and the same room.
func TestFooterSaysOneThing(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newRescueDesk(w, auth.Report{Opens: true, Linked: true})
		button := fyne.CurrentApp().Driver().AbsolutePositionForObject(d.screen.footer.Primary)
		d.screen.presenter.failed = signin.FailedAt(time.Now(), keyring.ErrNoAnswer)
		d.screen.presenter.refresh()
		want(t, "says what went wrong", d.screen.footer.Message.Text() != "", true)
		want(t, "place of the button", fyne.CurrentApp().Driver().AbsolutePositionForObject(d.screen.footer.Primary), button)
		d.screen.show(rescueView{Error: "It failed.", Stage: screen.Lasting})
		want(t, "message", d.screen.footer.Message.Text(), "")
	})
}

// At a desk no backup is restored: the page says where, and leads back.
func TestRescueWithoutRestore(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := w
		back := 0
		s := NewRescue(RescueParams{Scope: d.Scope, Window: d.Window, Report: auth.Report{Practice: "Brook Street"}, OnBack: func() { back++ }})
		d.Show(s)
		s.enter()
		want(t, "primary", s.footer.Primary == nil, true)
		want(t, "says", s.presenter.text.Next, "Only a backup helps here. It is restored at the computer that is the practice's server.")
		d.Press(fyne.KeyReturn)
		want(t, "back", back, 1)
		opens := NewRescue(RescueParams{Scope: d.Scope, Window: d.Window, Report: auth.Report{Practice: "Brook Street", Opens: true}, OnBack: func() {}})
		want(t, "links", len(opens.links), 1)
	})
}
