package shell

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/widgets"
)

// openAccount goes to My account, and into its first field.
func (o *office) openAccount() *widgets.Entry {
	o.t.Helper()
	o.window.menu.account.Action()
	o.until("my account", func() bool { return o.shows("Username: asmith") })
	o.press("Return")
	return o.focused().(*widgets.Entry)
}

func TestMyAccountIsInTheMenu(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.at(routeSignIn)
		if !o.window.menu.account.Disabled {
			t.Error("nobody is signed in whose account it could be")
		}
		o.window.menu.account.Action()
		o.at(routeSignIn)

		o.signIn()
		if o.window.menu.account.Disabled {
			t.Fatal("it can't be chosen")
		}
		name := o.openAccount()
		test.Type(name, "Dr ")
		o.window.menu.settings.Action()
		o.window.menu.account.Action()
		o.press("Return") // into the pane
		if o.focused() != fyne.Focusable(name) || name.Text != "Dr Anna Smith" {
			t.Errorf("what was typed is gone: %q", name.Text)
		}
	})
}

// TestTheNewNameIsKnown where the window shows who is there.
func TestTheNewNameIsKnown(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.signIn()
		test.Type(o.openAccount(), "Dr ")
		o.press("Return")
		o.until("it to be saved", func() bool { return o.shows("Saved.") })
		o.press("Escape")
		o.at(routeFrontDesk)
		o.until("the new name", func() bool {
			return o.window.nav.at.session.name == "Dr Anna Smith" && o.shows("Dr Anna Smith")
		})
	})
}

func TestOwnPasswordIsChanged(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.signIn()
		o.openAccount()
		o.window.window.Canvas().FocusNext() // to Change password…
		o.press("Return")
		o.at(routePassword)
		const another = "nine loud otters swim"
		o.fill(password, another, another)
		o.until("my account", func() bool { return o.shows("Your password is changed. Everywhere else you are signed out.") })
		if err := o.window.nav.at.session.session.Check(t.Context()); err != nil {
			t.Errorf("the session here: %v", err)
		}
		o.window.menu.signOut.Action()
		o.at(routeSignIn)
		o.fill("asmith", password)
		o.until("the old one to be refused", func() bool { return o.shows("Username or password is wrong") })
		o.fill(another)
		o.at(routeFrontDesk)
	})
}

// TestEndedWhileInTheAccount leads back to the sign-in.
func TestEndedWhileInTheAccount(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.signIn()
		name := o.openAccount()
		session := o.window.nav.at.session.session
		if err := session.SignOut(t.Context()); err != nil && !errors.Is(err, auth.ErrSessionEnded) {
			t.Fatal(err)
		}
		test.Type(name, "Dr ")
		o.press("Return")
		o.at(routeSignIn)
	})
}
