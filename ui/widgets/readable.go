package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"anteroom/ui/layouts"
)

// Readable is an object with, beside it, what a screen reader is to find in it. Fyne's support for screen readers
// (internal/driver/glfw/accessibility_*.go) enters nothing but a *fyne.Container: no scroll, no theme of its own, no pane
// of ours. So what those hold stands, unseen, in a container that it enters. That is brought up to date in each frame,
// when Fyne asks everything on the window for its least size.
func Readable(o fyne.CanvasObject) *fyne.Container {
	beside := &fyne.Container{}
	beside.Layout = readLayout{of: o, in: beside}
	return container.NewStack(o, beside)
}

// readLayout lays nothing out: it is asked in each frame, and looks then what there is to read.
type readLayout struct {
	of fyne.CanvasObject
	in *fyne.Container
}

func (readLayout) Layout([]fyne.CanvasObject, fyne.Size) {}

func (l readLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	found := readIn(l.of, nil)
	for i, was := range l.in.Objects[:min(len(l.in.Objects), len(found))] {
		if slices.Equal(was.(*read).path, found[i].(*read).path) {
			found[i] = was // Fyne keeps a note about each object for a minute
		}
	}
	l.in.Objects = found
	return fyne.Size{}
}

// readIn lists what is to be read in o, in the order of the Tab key. above is what o lies in, outermost first.
func readIn(o fyne.CanvasObject, above []fyne.CanvasObject) (found []fyne.CanvasObject) {
	if o == nil || !o.Visible() {
		return nil
	}
	path := append(slices.Clip(above), o)
	if e := (&read{path}); e.isWorth() {
		found = append(found, e)
	}
	for _, part := range partsOf(o) {
		found = append(found, readIn(part, path)...)
	}
	return found
}

// partsOf is childrenOf with what has only to be read.
func partsOf(o fyne.CanvasObject) []fyne.CanvasObject {
	if whole, ok := o.(interface{ parts() []fyne.CanvasObject }); ok {
		return whole.parts()
	}
	return layouts.Children(o)
}

func (d *Dialog) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{d.title, d.body, d.message, d.busy, d.footer}
}

// parts are without the label: it is the name of the input.
func (f *Field) parts() []fyne.CanvasObject { return []fyne.CanvasObject{f.input, f.help, f.err} }

func (b *BarChart) parts() []fyne.CanvasObject { return []fyne.CanvasObject{b.content} }

// read stands for a widget, where that is now: it draws nothing, and the mouse passes through it.
type read struct {
	path []fyne.CanvasObject // the widget is the last
}

func (r *read) widget() fyne.CanvasObject { return r.path[len(r.path)-1] }

// isWorth says that there is something to read, or to use.
func (r *read) isWorth() bool {
	if _, ok := r.widget().(fyne.Focusable); ok {
		return true
	}
	a, ok := r.widget().(fyne.Accessible)
	return ok && a.AccessibilityRole() != fyne.AccessibleRoleContainer && a.AccessibilityLabel() != ""
}

// AccessibilityLabel implements fyne.Accessible: the name that the widget has by itself, by the field around it, or by
// what it says while it is empty.
func (r *read) AccessibilityLabel() string {
	if a, ok := r.widget().(fyne.Accessible); ok && a.AccessibilityLabel() != "" {
		return a.AccessibilityLabel()
	}
	for _, around := range slices.Backward(r.path) {
		if field, ok := around.(*Field); ok {
			return field.label.Text()
		}
	}
	if field, ok := r.widget().(interface{ hint() string }); ok {
		return field.hint()
	}
	return ""
}

// AccessibilityRole implements fyne.Accessible. Fyne has none for a field, a tick box or a list.
func (r *read) AccessibilityRole() fyne.AccessibleRole {
	if a, ok := r.widget().(fyne.Accessible); ok {
		return a.AccessibilityRole()
	}
	return fyne.AccessibleRoleText
}

// Visible implements fyne.CanvasObject. What has left the window since the last frame, or is behind the privacy screen by now,
// is not to be read.
func (r *read) Visible() bool {
	for i, o := range r.path {
		if !o.Visible() || i > 0 && !slices.Contains(partsOf(r.path[i-1]), o) {
			return false
		}
	}
	return true
}

// Position implements fyne.CanvasObject.
func (r *read) Position() (at fyne.Position) {
	for _, o := range r.path {
		at = at.Add(o.Position())
	}
	return at
}

// Size implements fyne.CanvasObject.
func (r *read) Size() fyne.Size { return r.widget().Size() }

// MinSize implements fyne.CanvasObject.
func (r *read) MinSize() fyne.Size { return fyne.Size{} }

// The widget goes its own ways.

// Move implements fyne.CanvasObject.
func (r *read) Move(fyne.Position) {}

// Resize implements fyne.CanvasObject.
func (r *read) Resize(fyne.Size) {}

// Hide implements fyne.CanvasObject.
func (r *read) Hide() {}

// Show implements fyne.CanvasObject.
func (r *read) Show() {}

// Refresh implements fyne.CanvasObject.
func (r *read) Refresh() {}
