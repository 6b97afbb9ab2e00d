package shell

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth/authtest"
	"anteroom/data/demo"
	"anteroom/ui/settings/pane"
)

// everyPlace is what a desk may show, and how to get there.
var everyPlace = map[string]func(o *office){
	"day":           func(o *office) { o.desk().ShowToday() },
	"week":          func(o *office) { o.tap("Week") },
	"next free":     func(o *office) { test.TypeOnCanvas(o.window.window.Canvas(), "n") },
	"booking":       func(o *office) { o.tap("Book") },
	"walk-in":       func(o *office) { o.tap("Walk-in") },
	"figures":       func(o *office) { o.desk().ShowFigures() },
	"print":         func(o *office) { o.desk().PrintDay() },
	"patients":      func(o *office) { o.desk().ShowPatients() },
	"a new patient": func(o *office) { o.desk().NewPatient() },
	"search": func(o *office) {
		o.desk().Find()
		test.Type(o.focused(), "an")
	},
	"a patient": func(o *office) {
		o.desk().Find()
		test.Type(o.focused(), "an")
		o.Settle()
		o.press(fyne.KeyReturn)
	},
	"settings: general":       func(o *office) { o.window.nav.at.openSettings(pane.General) },
	"settings: recovery":      func(o *office) { o.window.nav.at.openSettings(pane.Recovery) },
	"settings: practitioners": func(o *office) { o.window.nav.at.openSettings(pane.Practitioners) },
	"settings: appointments":  func(o *office) { o.window.nav.at.openSettings(pane.Appointments) },
	"settings: users":         func(o *office) { o.window.nav.at.openSettings(pane.Users) },
	"settings: computers":     func(o *office) { o.window.nav.at.openSettings(pane.Computers) },
	"settings: activity":      func(o *office) { o.window.nav.at.openSettings(pane.Activity) },
	"settings: backup":        func(o *office) { o.window.nav.at.openSettings(pane.Backup) },
	"settings: exchange":      func(o *office) { o.window.nav.at.openSettings(pane.Exchange) },
	"my account":              func(o *office) { o.window.nav.at.openSettings(pane.Account) },
	"lock":                    func(o *office) { o.window.menu.lock.Action() },
	"switch user":             func(o *office) { o.window.menu.switchUser.Action() },
	"sign-in":                 func(o *office) { o.window.nav.signOut(o.window.nav.at) },
}

var digits = regexp.MustCompile(`[0-9]+`)

// TestSilentServer: whatever is shown, or being gone to, while the server says nothing, the UI
// goroutine never waits for it, the window says so, and once the server answers it shows
// what it would have without that.
func TestSilentServer(t *testing.T) {
	var all demo.Data
	for name, goThere := range everyPlace {
		shown := func(when string) (texts []string) {
			inOfficeOnServer(t, func(t *testing.T, o *office, server *authtest.Server) {
				if len(all.Patients) == 0 {
					all = someDemo()
				}
				o.fillDeskWith(all)
				silent := func(is string) {
					if when == is {
						server.Hang()
						time.AfterFunc(time.Minute, server.Answer) // for who waits for it
					}
				}
				silent("before")
				began := time.Now()
				goThere(o)
				want(t, name+": waited for the server", time.Since(began), 0)
				o.pass(time.Second)
				silent("after")
				o.pass(12 * time.Second)
				if when != "" && name != "sign-in" { // where nobody asks the server
					want(t, name+", silent "+when+": says so", o.shows("has not answered since") || o.shows("does not answer"), true)
				}
				began = time.Now()
				o.window.window.Canvas().FocusNext()
				o.press(fyne.KeyDown)
				o.press(fyne.KeyUp)
				want(t, name+": a key waited for the server", time.Since(began), 0)
				server.Answer()
				o.pass(time.Minute) // until what was said has gone, too
				for _, text := range o.texts() {
					texts = append(texts, digits.ReplaceAllString(text, "#"))
				}
			})
			return texts
		}
		calm := shown("")
		for _, when := range []string{"before", "after"} {
			got := shown(when)
			if name == "next free" {
				continue // which comes too late to move somebody who goes on: TestLateNextFree
			}
			if more, less := without(got, calm), without(calm, got); len(more)+len(less) > 0 {
				t.Errorf("%s, silent %s: shows %q instead of %q", name, when, more, less)
			}
		}
	}
}

func without(texts, others []string) []string {
	return slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return slices.Contains(others, text) })
}
