package shell

import (
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

const dayEnds = "24 hours after you signed in. What you are doing is kept"

// A session that is touched now and then ends all the same: ten minutes before, the
// window says so below every screen, and then it locks, for a full sign-in.
func TestADayAtTheDesk(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.window.lock.idle.limit = func() time.Duration { return 0 } // somebody touches it
		ws, session := o.window.nav.at, o.window.nav.at.session.session
		o.settings()
		time.Sleep(session.Left() - dayWarning - 10*time.Second)
		o.Settle()
		want(t, "said too early", o.shows(dayEnds), false)
		o.pass(10 * time.Second)
		ends := words.Clock(time.Now().Add(dayWarning))
		want(t, "said when", o.shows("Anteroom locks at "+ends), true)
		widgets.ShowDialog(ws.proxy, widgets.DialogOptions{Title: "Note", Content: widgets.NewEntry(), Cancel: "Close"})
		want(t, "said under a dialog", o.shows(dayEnds), true)
		o.press("Escape")
		ws.goTo(routeFrontDesk)
		want(t, "said at the front desk", o.shows(dayEnds), true)
		ws.openSettings("")
		o.pass(time.Second)
		field := all[*widgets.Entry](o)[0]
		test.Type(field, "Last ")
		text := field.Text

		o.pass(dayWarning - 4*time.Second)
		want(t, "desk", o.window.nav.at, ws)
		ws.session.desk.SetDraft("booking", "typed last")
		o.pass(3 * time.Second)
		o.at(routeSignIn)
		want(t, "unsaved", ws.session.desk.Unsaved(), false)
		want(t, "why", o.shows("You signed in a day ago. Sign in again, and your work is as you left it."), true)
		want(t, "who", o.shows("asmith"), true)
		o.fill(password)
		o.until("the desk", func() bool { return o.window.nav.at == ws })
		o.pass(2 * time.Second)
		want(t, "draft", field.Text, text)
		want(t, "booking", ws.session.desk.Draft("booking"), "typed last")
		want(t, "still said", o.shows(dayEnds), false)
		want(t, "session", session.Left() > 23*time.Hour, true)
	})
}

// The day is counted by what others store, too: this computer's clock may stand.
func TestADayByWhatOthersStore(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		others := func(later time.Duration) {
			t.Helper()
			d := o.deps()
			d.Now = func() time.Time { return time.Now().Add(later) }
			practice, err := auth.Open(t.Context(), d)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := practice.NewAttempt().Password(t.Context(), "nobody", "x"); !errors.Is(err, auth.ErrCredentials) {
				t.Fatal(err)
			}
			o.pass(2 * checkTime)
		}
		others(23*time.Hour + 55*time.Minute)
		want(t, "said", o.shows(dayEnds), true)
		o.at(routeFrontDesk)
		others(24 * time.Hour)
		o.at(routeSignIn)
		want(t, "why", o.shows("You signed in a day ago."), true)
	})
}

// Who was signed out by an admin is told by whom, there and at the next sign-in.
func TestSignedOutByAnAdmin(t *testing.T) {
	inSharedOffice(t, 1, func(t *testing.T, o *office) {
		o.signInBeside("Person A")
		practice, err := auth.Open(t.Context(), o.deps())
		if err != nil {
			t.Fatal(err)
		}
		state, err := practice.NewAttempt().Password(t.Context(), "asmith", password)
		if err != nil {
			t.Fatal(err)
		}
		err = errors.Join(
			state.Session.StepUp(t.Context(), password, ""),
			state.Session.SignOutUser(t.Context(), o.window.nav.at.session.session.User()),
		)
		if err != nil {
			t.Fatal(err)
		}
		o.pass(2 * checkTime)
		o.at(routeSignIn)
		want(t, "by whom", o.shows("You were signed out by Anna Smith ("), true)
		o.fill("persona", password)
		o.at(routeFrontDesk)
		o.pass(time.Second)
		want(t, "by whom, at the desk", o.shows("Anna Smith (asmith) signed you out everywhere on "), true)
	})
}
