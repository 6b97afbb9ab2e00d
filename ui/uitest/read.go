package uitest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/ui/widgets"
)

// SeeRead sees that a screen reader would find all that takes the focus on a window, each with a name
// and where it is, and that who sees only a sign on a button is told what that does.
func SeeRead(t *testing.T, w fyne.Window) {
	t.Helper()
	SeeReadIn(t, widgets.Readable(w.Canvas().Content()))
	for _, o := range w.Canvas().Overlays().List() {
		SeeReadIn(t, widgets.Readable(o))
	}
}

// SeeReadIn is SeeRead for what lies on a window.
func SeeReadIn(t *testing.T, root fyne.CanvasObject) {
	t.Helper()
	measure(root)
	found := Read(root)
	Walk(root, fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
		if b, ok := o.(*widgets.Button); ok && b.Text == "" && b.Sign != nil && (b.Tip == "" || b.Spoken == "") {
			t.Errorf("the button with the sign %s at %v has the tip %q, and is called %q: it needs both", b.Sign.Name(), at, b.Tip, b.Spoken)
		}
		if _, ok := o.(fyne.Focusable); !ok {
			return
		}
		for _, f := range found {
			if f.At == at && f.Size == o.Size() {
				if f.Name == "" {
					t.Errorf("a screen reader finds no name for the %T at %v", o, at)
				}
				return
			}
		}
		t.Errorf("a screen reader finds no %T at %v", o, at)
	})
}

// Found is what a screen reader finds.
type Found struct {
	Name string
	Role fyne.AccessibleRole
	At   fyne.Position
	Size fyne.Size
}

// Read walks as Fyne 2.8.1 does for Windows: collectAccessibleElements in
// internal/driver/glfw/accessibility_windows.go. That for macOS differs in that it
// enters only what is Accessible itself, as every *fyne.Container is.
func Read(root fyne.CanvasObject) (found []Found) {
	var collect func(fyne.CanvasObject, fyne.Position)
	collect = func(obj fyne.CanvasObject, pos fyne.Position) {
		if obj == nil || !obj.Visible() {
			return
		}
		objPos := pos.Add(obj.Position())
		if a, ok := obj.(fyne.Accessible); ok && a.AccessibilityRole() != fyne.AccessibleRoleContainer {
			found = append(found, Found{a.AccessibilityLabel(), a.AccessibilityRole(), objPos, obj.Size()})
		}
		if cont, ok := obj.(*fyne.Container); ok {
			for _, child := range cont.Objects {
				collect(child, objPos)
			}
		}
	}
	collect(root, fyne.Position{})
	return found
}

// measure asks each visible container for its least size, as Fyne does in each frame:
// EnsureMinSize in internal/driver/common/canvas.go.
func measure(root fyne.CanvasObject) {
	Walk(root, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if c, ok := o.(*fyne.Container); ok {
			c.MinSize()
		}
	})
}

// Walk goes through what is drawn on a window, as Fyne's painter does.
func Walk(o fyne.CanvasObject, at fyne.Position, see func(fyne.CanvasObject, fyne.Position)) {
	if o == nil || !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	see(o, at)
	for _, child := range drawnIn(o) {
		Walk(child, at, see)
	}
}

func drawnIn(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}
