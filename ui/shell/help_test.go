package shell

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/ui/help"
	"anteroom/ui/uitest"
	"anteroom/ui/widgets"
)

// helps is the title of what lies on top; "": nothing does.
func (o *office) helps() string {
	list := o.window.nav.at.proxy.Canvas().Overlays().List()
	if len(list) == 0 {
		return ""
	}
	d, ok := list[len(list)-1].(*widgets.Dialog)
	if !ok {
		return ""
	}
	return d.Title()
}

// wantHelp presses F1, which is to show a topic, and then F1 again, or Esc.
func (o *office) wantHelp(id string, away fyne.KeyName) {
	o.t.Helper()
	before := o.focused()
	o.press(fyne.KeyF1)
	topic, ok := help.Of(id)
	if want(o.t, "there is a topic "+id, ok, true); o.helps() != topic.Title || !o.shows(topic.Groups[0].Keys[0].Does) {
		o.t.Errorf("F1 shows %q, want %q", o.helps(), topic.Title)
	}
	uitest.SeeRead(o.t, o.window.window)
	o.press(away)
	if o.helps() == topic.Title || o.focused() != before {
		o.t.Errorf("%s leaves %q, and the focus on %T; it was on %T", away, o.helps(), o.focused(), before)
	}
}

func TestF1OnEveryScreen(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.at(routeSignIn)
		o.wantHelp(help.SignIn, fyne.KeyF1) // the username has the focus
		o.signIn()
		o.pass(time.Second)
		o.wantHelp(help.Today, fyne.KeyF1) // nothing has
		o.desk().Find()
		o.wantHelp(help.Today, fyne.KeyEscape)
		o.desk().ShowPatients()
		o.wantHelp(help.Patients, fyne.KeyF1)
		o.desk().NewPatient()
		o.wantHelp(help.Form, fyne.KeyF1)
		o.settings()
		o.wantHelp("general", fyne.KeyEscape)
		o.press(fyne.KeyDown)
		o.wantHelp("recovery", fyne.KeyF1)
		o.press(fyne.KeyReturn) // into the pane
		o.wantHelp("recovery", fyne.KeyF1)
	})
}

func TestF1OverADialog(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		note := widgets.NewEntry()
		closed := false
		widgets.ShowDialog(o.window.nav.at.proxy, widgets.DialogOptions{
			Title: "A dialog", Content: widgets.NewField("Note", note), Cancel: "Cancel", OnCancel: func() { closed = true },
		})
		note.SetText("typed")
		o.wantHelp(help.Today, fyne.KeyF1)
		o.wantHelp(help.Today, fyne.KeyEscape)
		want(t, "the dialog below", o.helps(), "A dialog")
		want(t, "the dialog was cancelled", closed, false)
		want(t, "in its field", note.Text, "typed")
	})
}

// Under what stands over all workspaces, and behind the privacy screen, there is no help.
func TestNoHelpOnceTheTimeHasCome(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.pass(idleTime - warnTime + time.Second)
		want(t, "the warning", o.shows("Anteroom locks in"), true)
		o.press(fyne.KeyF1)
		want(t, "help", o.helps(), "")
	})
}

func TestHelpAtTheLock(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.press(fyne.KeyF1)
		o.window.menu.lock.Action()
		o.pass(time.Second)
		o.at(routeLock)
		o.wantHelp(help.Lock, fyne.KeyF1)
		o.window.help.showKeys()
		want(t, "instead of all keys", o.helps(), "Locked")
		o.press(fyne.KeyEscape)
		o.fill(password)
		o.at(routeFrontDesk)
		want(t, "help that was there before", o.helps(), "Today")
		o.press(fyne.KeyF1)
		want(t, "help", o.helps(), "")
	})
}

func TestAllKeysAreFound(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.at(routeSignIn)
		o.window.help.showKeys()
		want(t, "title", o.helps(), "All keys")
		want(t, "a key of the form", o.shows("Walk-in: somebody without an appointment"), true)
		test.Type(o.focused(), "week print")
		want(t, "what was looked for", o.shows("Print the day"), true)
		want(t, "another key", o.shows("Walk-in: somebody without an appointment"), false)
		test.Type(o.focused(), " xyz")
		want(t, "nothing", o.shows("No key is about that."), true)
		o.press(fyne.KeyEscape)
		want(t, "it asks about what was typed", o.helps(), "")
		o.window.help.isShift = func() bool { return true }
		o.press(fyne.KeyF1)
		want(t, "Shift+F1", o.helps(), "All keys")
		o.press(fyne.KeyF1)
		want(t, "Shift+F1 again", o.helps(), "")
	})
}

// TestShortcutsStandInTheHelp sees that no key of the main menu is missing there.
func TestShortcutsStandInTheHelp(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.open()
		known := func(name string) bool {
			for _, topic := range help.All() {
				if topic.Has(name) {
					return true
				}
			}
			return false
		}
		var see func(items []*fyne.MenuItem)
		see = func(items []*fyne.MenuItem) {
			for _, i := range items {
				s, ok := i.Shortcut.(fyne.KeyboardShortcut)
				if ok && !known(help.NameOfShortcut(s)) {
					t.Errorf("%q has the key %s, which no topic in package help names", i.Label, help.NameOfShortcut(s))
				}
				if i.ChildMenu != nil {
					see(i.ChildMenu.Items)
				}
			}
		}
		for _, m := range o.window.menu.main.Items {
			see(m.Items)
		}
	})
}

func TestAbout(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		o.open()
		o.at(routeSignIn)
		o.window.help.about()
		want(t, "a version", strings.Contains(strings.Join(o.texts(), " "), "Version"), true)
	})
}
