package uitest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/looks"
	"anteroom/ui/widgets"
)

const (
	usualHeight = 700 // of the windows that galleries show
	smallHeight = 532 // of a screen of 600 without its title bar and the menu
)

// SeeSmall sees that the main buttons of a window of the usual size are in sight on a small
// screen too, with text of up to 150 %.
func SeeSmall(t *testing.T, w fyne.Window, name string) {
	t.Helper()
	if theme.TextSize() > looks.New(looks.Light, 1.5).Size(theme.SizeNameText) {
		return
	}
	made := w.Canvas().Size()
	w.Resize(made.SubtractWidthHeight(0, usualHeight-smallHeight))
	seeMain(t, w, name)
	w.Resize(made)
}

// seeMain sees that no main button lies below what is in sight. What lies above was scrolled
// past.
func seeMain(t *testing.T, w fyne.Window, name string) {
	t.Helper()
	root := w.Canvas().Overlays().Top()
	if root == nil {
		root = w.Canvas().Content()
	}
	size := w.Canvas().Size()
	walkInSight(root, fyne.Position{}, fyne.NewPos(size.Width, size.Height), func(o fyne.CanvasObject, at, end fyne.Position) {
		b, ok := o.(*widgets.Button)
		if !ok || b.Importance != widget.HighImportance && b.Importance != widget.DangerImportance {
			return
		}
		if at.X+b.Size().Width > end.X || at.Y+b.Size().Height > end.Y {
			t.Errorf("%s: %q, of %v at %v, is out of sight, which ends at %v", name, b.Text, b.Size(), at, end)
		}
	})
}

// walkInSight is Walk that knows where what is in sight ends.
func walkInSight(o fyne.CanvasObject, at, end fyne.Position, see func(o fyne.CanvasObject, at, end fyne.Position)) {
	if o == nil || !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	see(o, at, end)
	switch o.(type) {
	case *container.Scroll, *widgets.InnerScroll:
		end = fyne.NewPos(min(end.X, at.X+o.Size().Width), min(end.Y, at.Y+o.Size().Height))
	}
	for _, child := range drawnIn(o) {
		walkInSight(child, at, end, see)
	}
}
