//go:build !darwin

package shell

import (
	"testing"

	"fyne.io/fyne/v2"
)

// moving is an app that counts the animations that were begun in it.
type moving struct {
	fyne.App
	driver *movingDriver
}

func (m moving) Driver() fyne.Driver { return m.driver }

type movingDriver struct {
	fyne.Driver
	begun int
}

func (d *movingDriver) StartAnimation(*fyne.Animation) { d.begun++ }
func (d *movingDriver) StopAnimation(*fyne.Animation)  {}

// TestNothingMovesByItself: a field that has the focus, as one has on most screens,
// begins no animation.
func TestNothingMovesByItself(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		counted := moving{o.app, &movingDriver{Driver: o.app.Driver()}}
		o.app = counted
		fyne.SetCurrentApp(counted)
		o.open()
		o.at(routeSetUp)
		o.fill("Brook Street", "Anna Smith")
		if o.focused() == nil || counted.driver.begun > 0 {
			t.Errorf("%d animations; the focus is in %T", counted.driver.begun, o.focused())
		}
	})
}
