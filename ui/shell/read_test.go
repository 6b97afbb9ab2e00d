package shell

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/ui/uitest"
	"anteroom/ui/widgets"
)

// inReadOffice is inOffice with a screen reader.
func inReadOffice(t *testing.T, run func(t *testing.T, o *office)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.isRead = true
		o.setUp()
		o.open()
		o.signIn()
		o.pass(time.Second)
		run(t, o)
		o.window.end()
		o.pass(closeTime + time.Second)
	})
}

// read are the names that a screen reader finds on the window.
func (o *office) read() (names []string) {
	o.t.Helper()
	c := o.window.window.Canvas()
	for _, root := range append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...) {
		uitest.SeeReadIn(o.t, root)
		for _, found := range uitest.Read(root) {
			names = append(names, found.Name)
		}
	}
	return names
}

func (o *office) reads(text string) bool { return strings.Contains(strings.Join(o.read(), "\n"), text) }

// Fyne's walk finds, on the window as it is, what can be used and what is said.
func TestAScreenReaderFindsWhatIsThere(t *testing.T) {
	inReadOffice(t, func(t *testing.T, o *office) {
		want(t, "a button of the front desk", o.reads("Settings"), true)
		o.settings()
		for _, name := range []string{"Practice name", "Enable Two-Factor Authentication", "Ask for an Auth Code", "Save"} {
			want(t, name, slices.Contains(o.read(), name), true)
		}
		note := widgets.NewEntry()
		widgets.ShowDialog(o.window.nav.at.proxy, widgets.DialogOptions{
			Title: "Proof", Content: widgets.NewField("Reason", note), Cancel: "Close",
		}).SetError("It is too short.")
		note.SetText("typed")
		for _, name := range []string{"Proof", "Reason", "Close", "It is too short."} {
			want(t, name, slices.Contains(o.read(), name), true)
		}
		want(t, "what was typed", o.reads("typed"), false)
		o.pass(idleTime - 15*time.Second)
		want(t, "the warning", o.reads("Anteroom locks in"), true)
	})
}

// Behind the privacy screen nothing is read, though Fyne walks what it found a frame before.
func TestTheCurtainKeepsScreenReadersOut(t *testing.T) {
	inReadOffice(t, func(t *testing.T, o *office) {
		showSecret(o.window.nav.at, "Patient")
		want(t, "before", len(o.read()) > 3, true)
		c := o.window.window.Canvas()
		time.Sleep(idleTime)
		for _, root := range []fyne.CanvasObject{c.Content(), c.Overlays().Top()} {
			want(t, "left in the frame before", len(uitest.Read(root)), 0)
		}
		want(t, "after", len(o.read()), 0)
		o.pass(idleTick)
		o.at(routeLock)
		want(t, "a secret on the lock screen", o.reads("Mia Okafor"), false)
		want(t, "the field", slices.Contains(o.read(), "Password"), true)
	})
}
