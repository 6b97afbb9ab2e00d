package shell

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/ui/widgets"
)

// tapLast presses the last button on the window that says so: the bar has places of the same names.
func (o *office) tapLast(text string) {
	o.t.Helper()
	var last *widgets.Button
	for _, b := range all[*widgets.Button](o) {
		if b.Text == text {
			last = b
		}
	}
	if last == nil {
		o.t.Fatalf("there is no %q: %q", text, o.texts())
	}
	last.OnTapped()
}

func TestFirstSteps(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.pass(10 * time.Second)
		want(t, "an admin of a new practice sees them", o.shows("First steps"), true)
		for text, heading := range map[string]string{
			"Practitioners and hours": "Add practitioner…", "People who work here": "Add user…", "Two-factor sign-in": "Enable Two-Factor Authentication",
			"Patients": "Import patients", "First backup": "Back up now",
		} {
			o.tapLast(text)
			o.pass(time.Second)
			o.at(routeSettings)
			want(t, text+" leads to "+heading, o.shows(heading), true)
			o.press(fyne.KeyEscape)
			o.at(routeFrontDesk)
			o.pass(10 * time.Second)
		}
		o.tap("Hide")
		want(t, "hidden, they are there", o.shows("First steps"), false)
		o.window.menu.signOut.Action()
		o.signIn()
		o.pass(10 * time.Second)
		want(t, "they come back", o.shows("First steps"), false)
	})
}

func TestFirstStepsLeadToTheKit(t *testing.T) {
	inOffice(t, func(_ *testing.T, o *office) {
		o.pass(10 * time.Second)
		o.tap("Recovery kit")
		o.pass(time.Second)
		o.at(routeKit)
	})
}

// In a demonstration there is nothing to be set up.
func TestNoFirstStepsInADemo(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.window.params.About = "Demo"
		o.window.menu.signOut.Action()
		o.signIn()
		o.pass(10 * time.Second)
		want(t, "they are there", o.shows("First steps"), false)
	})
}
