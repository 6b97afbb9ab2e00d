package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// onTouch hears of the keys and clicks that widgets here get.
var onTouch = func() {}

// touched is called for each of them. What a tip says has been read by then, or is not wanted.
func touched() {
	hideTip()
	onTouch()
}

// OnTouch has f told of the keys and clicks that widgets of this package get. It hears neither a mouse that only moves
// over them nor its wheel, no modifier alone, no Tab, and nothing of widgets that others made.
func OnTouch(f func()) { onTouch = f }

// Touched is what a widget of another package calls for a key or a click that it gets, so that OnTouch hears of it.
func Touched() { touched() }

// WipePasswords empties the password fields in root, and hides what was shown in them.
func WipePasswords(root fyne.CanvasObject) {
	if root == nil {
		return
	}
	if p, ok := root.(*PasswordEntry); ok {
		p.SetText("")
		p.SetShown(false)
	}
	for _, child := range layouts.Children(root) {
		WipePasswords(child)
	}
}

// AnyKey is a line over everything on a window, which any key or click takes away. No button is pressed by that key, but
// the letter it types goes where it would have gone.
type AnyKey struct {
	widget.BaseWidget
	canvas fyne.Canvas
	text   *Text
	onKey  func()
}

// ShowAnyKey shows it; onKey is called for each key, click and movement of the mouse.
func ShowAnyKey(window fyne.Window, text string, onKey func()) *AnyKey {
	a := &AnyKey{canvas: window.Canvas(), text: Subheading(text).Centered(), onKey: onKey}
	a.ExtendBaseWidget(a)
	a.Show()
	return a
}

// Show puts it over everything that is on the window now.
func (a *AnyKey) Show() {
	a.canvas.Overlays().Add(a)
	a.canvas.Focus(a)
}

// Text is what it says.
func (a *AnyKey) Text() string { return a.text.Text() }

// SetText shows another text.
func (a *AnyKey) SetText(text string) { a.text.SetText(text) }

// IsShown says that it is on the window.
func (a *AnyKey) IsShown() bool {
	return slices.Contains(a.canvas.Overlays().List(), fyne.CanvasObject(a))
}

// Close takes it off the window. Closing twice does nothing.
func (a *AnyKey) Close() {
	if a.IsShown() {
		a.canvas.Overlays().Remove(a)
	}
}

// AccessibilityLabel implements fyne.Accessible.
func (a *AnyKey) AccessibilityLabel() string { return a.Text() }

// AccessibilityRole implements fyne.Accessible.
func (a *AnyKey) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget. Like a dialog it covers the whole window.
func (a *AnyKey) CreateRenderer() fyne.WidgetRenderer {
	return &anyKeyRenderer{owner: a, shade: canvas.NewRectangle(theme.Color(theme.ColorNameShadow)), surface: newSurface()}
}

type anyKeyRenderer struct {
	owner          *AnyKey
	shade, surface *canvas.Rectangle
}

func (r *anyKeyRenderer) Destroy() {}

func (r *anyKeyRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.shade, r.surface, r.owner.text}
}

// MinSize is nothing, or the window would grow.
func (r *anyKeyRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *anyKeyRenderer) Layout(window fyne.Size) {
	r.shade.Resize(window)
	width := min(layouts.Scaled(dialogWidth), window.Width-2*dialogMargin)
	text := layouts.FitHeight(r.owner.text, width-2*cardPad)
	left, top := (window.Width-width)/2, (window.Height-text)/2
	layouts.Place(r.surface, left, top-cardPad, width, text+2*cardPad)
	layouts.Place(r.owner.text, left+cardPad, top, width-2*cardPad, text)
}

func (r *anyKeyRenderer) Refresh() {
	r.shade.FillColor = theme.Color(theme.ColorNameShadow)
	applySurfaceLooks(r.surface)
	r.Layout(r.owner.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.owner)
}

// Tapped implements fyne.Tappable.
func (a *AnyKey) Tapped(*fyne.PointEvent) { a.onKey() }

// MouseIn implements desktop.Hoverable.
func (a *AnyKey) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (a *AnyKey) MouseMoved(*desktop.MouseEvent) { a.onKey() }

// MouseOut implements desktop.Hoverable.
func (a *AnyKey) MouseOut() {}

// FocusGained implements fyne.Focusable.
func (a *AnyKey) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (a *AnyKey) FocusLost() {}

// TypedRune implements fyne.Focusable.
func (a *AnyKey) TypedRune(rune) { a.onKey() }

// TypedKey implements fyne.Focusable.
func (a *AnyKey) TypedKey(*fyne.KeyEvent) { a.onKey() }

// AcceptsTab implements fyne.Tabbable: Tab is a key like any other here.
func (a *AnyKey) AcceptsTab() bool { return true }
