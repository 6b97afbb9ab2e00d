package shell

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/ui/widgets"
)

// TestTheTickOutlivesTheWayToTheKit: what was changed in General and not saved
// is there again, once.
func TestTheTickOutlivesTheWayToTheKit(t *testing.T) {
	inOffice(t, func(t *testing.T, o *office) {
		o.settings()
		tick := all[*widgets.Check](o)[0]
		o.window.window.Canvas().Focus(tick)
		tick.SetChecked(true)
		o.press(fyne.KeyReturn)
		o.pass(time.Second)
		o.press(fyne.KeyReturn) // "Make the kit"
		o.pass(time.Second)
		o.fill(password) // "Confirm it is you"
		o.at(routeKit)
		o.pass(time.Second)
		o.press(fyne.KeyEscape)
		o.at(routeSettings)
		o.pass(time.Second)
		if !all[*widgets.Check](o)[0].Checked {
			t.Error("the tick is lost")
		}
		o.window.nav.at.goTo(routeFrontDesk)
		o.settings()
		if all[*widgets.Check](o)[0].Checked {
			t.Error("the tick is there again after it was given up")
		}
	})
}
