package shell

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"pgregory.net/rapid"

	"anteroom/ui/widgets"
)

// lockAndCompare waits out the idle time without a timer, then with, and unlocks
// again. settled says that nothing is under way, so that all must be as before.
func (o *office) lockAndCompare(what string, settled bool) {
	o.t.Helper()
	ws, before := o.window.nav.at, o.texts()
	menus := len(all[*widget.PopUpMenu](o)) // which the lock closes
	dialogs := len(ws.proxy.canvas.overlays.all) - menus
	time.Sleep(idleTime)
	if left := o.texts(); len(left) > 0 {
		o.t.Errorf("%s: after the deadline the window shows %q", what, left)
	}
	o.pass(idleTick)
	if !slices.Contains(o.window.nav.workspaces, ws) { // what was under way ended the session
		o.at(routeSignIn)
		return
	}
	o.at(routeLock)
	o.showsNothingOf(before)
	o.unlock()
	want(o.t, what+": desk", o.window.nav.at, ws)
	if !settled {
		return
	}
	o.Settle() // a search begins anew where the cursor is in its field
	want(o.t, what+": dialogs", len(ws.proxy.canvas.overlays.all), dialogs)
	if menus == 0 {
		want(o.t, what+": texts", lasting(o.texts()), lasting(before))
	}
}

// lasting are the texts that no lock and no clock changes. A Cancel comes once
// something takes long. Below a new password stands how long it is and how strong
// or, once the lock has wiped it, how long it has to be: sentences with a number, of
// which the longer one has a second line.
func lasting(texts []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(texts), func(text string) bool {
		return text == "Cancel" || isStrength.MatchString(text) || isBullets.MatchString(text) || hasNumber.MatchString(text)
	}), "|")
}

var (
	isBullets  = regexp.MustCompile(`^•+$`)
	isStrength = regexp.MustCompile(`^Strength: |easy to guess|^expect together\.$`)
	hasNumber  = regexp.MustCompile(`[0-9]`)
)

// isWayOut says that a button leads off the desk.
func isWayOut(b *widgets.Button) bool {
	return slices.Contains([]string{"Sign out", "Restore", "Turn on", "Unlink", "Today", "Patients", "Lock"}, b.AccessibilityLabel())
}

// rows is a list, or a table of whatever kind.
type rows interface {
	fyne.CanvasObject
	Len() int
	Select(row int)
}

// pane opens a pane of the settings by its row, with the last row of what it
// lists; false if there is none.
func (o *office) pane(row int) bool {
	o.t.Helper()
	o.window.nav.at.openSettings("")
	o.Settle()
	lists := all[rows](o)
	if row >= lists[0].Len() {
		return false
	}
	lists[0].Select(row)
	o.Settle()
	for _, list := range all[rows](o)[1:] {
		list.Select(list.Len() - 1)
	}
	o.Settle()
	return true
}

// TestNothingDelaysTheLock opens what every button of the settings opens, types
// there, and waits out the idle time: with all at rest, and with what it asks for
// still under way.
func TestNothingDelaysTheLock(t *testing.T) {
	opened := map[string]bool{}
	for _, settled := range []bool{true, false} {
		t.Run(fmt.Sprintf("settled=%v", settled), func(t *testing.T) {
			inSharedOffice(t, 1, func(t *testing.T, o *office) {
				o.lockAndCompare("front desk", true)
				for row := 0; o.pane(row); row++ {
					o.lockAndCompare(fmt.Sprintf("pane %d", row), true)
					for i := range all[*widgets.Button](o) {
						o.pane(row)
						buttons := all[*widgets.Button](o)
						if i >= len(buttons) {
							break // some come only when all is read
						}
						b := buttons[i]
						if isWayOut(b) || b.Disabled() {
							continue
						}
						b.Tapped(nil)
						if settled {
							o.pass(time.Second)
						}
						if len(all[*widgets.Dialog](o)) > 0 {
							opened[b.Text] = true
						}
						if focused := o.focused(); focused != nil {
							test.Type(focused, "abc")
						}
						o.lockAndCompare(fmt.Sprintf("%q of pane %d", b.Text, row), settled)
						if len(o.window.nav.workspaces) == 0 {
							o.signIn()
						}
					}
				}
			})
		})
	}
	for _, button := range []string{
		"Add user…", "Change folder…", "Deactivate…", "Edit…", "Linking code…", "Make the kit…", "Rename…", "Reset password…", "Restore…",
	} {
		want(t, "a dialog of "+button, opened[button], true)
	}
}

// monkey does anything that a person at the window can do, as a number says.
func (o *office) monkey(n uint16) string {
	kind, which := n%8, int(n/8)
	pick := func(count int) int { return which % max(count, 1) }
	switch kind {
	case 0, 1, 2:
		buttons := slices.DeleteFunc(all[*widgets.Button](o), isWayOut)
		if len(buttons) > 0 {
			b := buttons[pick(len(buttons))]
			b.Tapped(nil)
			return "press " + b.Text
		}
	case 3:
		if lists := all[rows](o); len(lists) > 0 {
			l := lists[pick(len(lists))]
			l.Select(which / 4 % max(l.Len(), 1))
			return "choose"
		}
	case 4:
		if focused := o.focused(); focused != nil {
			test.Type(focused, []string{"abc", password, "1234567", "  "}[which%4])
			return "type"
		}
	case 5:
		keys := []fyne.KeyName{fyne.KeyReturn, fyne.KeyEscape, fyne.KeySpace, fyne.KeyDown, fyne.KeyPageDown}
		o.press(keys[pick(len(keys))])
		return "key " + string(keys[pick(len(keys))])
	case 6:
		o.window.window.Canvas().FocusNext()
		return "tab"
	case 7:
		o.pass(time.Duration(which%4) * 700 * time.Millisecond)
		return "wait"
	}
	return "nothing"
}

// Whatever somebody did before they walked away, it is gone at the deadline and
// back after the password.
func TestWhateverIsOpenGoes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		acts := rapid.SliceOfN(rapid.Uint16(), 1, 25).Draw(rt, "acts")
		settled := rapid.Bool().Draw(rt, "settled")
		failed := false
		synctest.Test(t, func(t *testing.T) {
			o := newOffice(t)
			o.setUp()
			o.open()
			o.signIn()
			o.settings()
			var done []string
			for _, act := range acts {
				if o.window.nav.at.session == nil {
					break
				}
				done = append(done, o.monkey(act))
				if settled {
					o.Settle() // else an answer could come to what is typed over meanwhile, and go with it
				}
			}
			if settled {
				o.pass(6 * time.Second) // by then all is said that only time says
			}
			if o.window.nav.at.session != nil {
				o.lockAndCompare(strings.Join(done, ", "), settled)
			}
			o.close()
			failed = t.Failed()
		})
		if failed {
			rt.Fatal("see above")
		}
	})
}
