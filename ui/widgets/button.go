package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

const minButtonWidth = 96

// Button is a widget.Button with words only, which Enter presses as well as Space, and which keeps the focus when it
// is pressed, so that a dialog it opens can give it back.
type Button struct {
	widget.Button

	// Narrow makes it as wide as its words only, for a sign such as ‹ in a row of buttons; Spoken is then what it is
	// called by who can't see it. Set them before it is shown.
	Narrow bool
	Spoken string

	focused, hovered, pressed bool
}

var _ desktop.Mouseable = (*Button)(nil)

// NewButton returns a plain button.
func NewButton(text string, tapped func()) *Button {
	return newButton(text, widget.MediumImportance, tapped)
}

// NewPrimaryButton returns the one button of a screen that goes on.
func NewPrimaryButton(text string, tapped func()) *Button {
	return newButton(text, widget.HighImportance, tapped)
}

// NewDangerButton returns a button for what cannot be taken back; its text names the act.
func NewDangerButton(text string, tapped func()) *Button {
	return newButton(text, widget.DangerImportance, tapped)
}

// NewLink returns a button that looks like a link.
func NewLink(text string, tapped func()) *Button {
	return newButton(text, widget.LowImportance, tapped)
}

func newButton(text string, importance widget.Importance, tapped func()) *Button {
	b := &Button{}
	b.Text, b.Importance, b.OnTapped = text, importance, tapped
	b.ExtendBaseWidget(b)
	return b
}

// AccessibilityLabel implements fyne.Accessible.
func (b *Button) AccessibilityLabel() string {
	if b.Spoken != "" {
		return b.Spoken
	}
	return b.Text
}

// Tapped presses the button.
func (b *Button) Tapped(*fyne.PointEvent) {
	touched()
	if b.Disabled() {
		return
	}
	FocusUnderMouse(b)
	if b.OnTapped != nil {
		b.OnTapped()
	}
}

// TypedKey implements fyne.Focusable.
func (b *Button) TypedKey(key *fyne.KeyEvent) {
	touched()
	if isEnter(key) || key.Name == fyne.KeySpace {
		b.Tapped(nil)
		return
	}
	PassKey(b, key)
}

// TypedRune implements fyne.Focusable.
func (b *Button) TypedRune(r rune) { PassRune(b, r) }

// FocusGained implements fyne.Focusable.
func (b *Button) FocusGained() {
	b.set(&b.focused, true)
	Reveal(b)
}

// FocusLost implements fyne.Focusable.
func (b *Button) FocusLost() { b.set(&b.focused, false) }

// MouseIn implements desktop.Hoverable.
func (b *Button) MouseIn(*desktop.MouseEvent) { b.set(&b.hovered, true) }

// MouseOut implements desktop.Hoverable.
func (b *Button) MouseOut() {
	b.pressed = false
	b.set(&b.hovered, false)
}

// MouseDown implements desktop.Mouseable.
func (b *Button) MouseDown(*desktop.MouseEvent) { b.set(&b.pressed, true) }

// MouseUp implements desktop.Mouseable.
func (b *Button) MouseUp(*desktop.MouseEvent) { b.set(&b.pressed, false) }

func (b *Button) set(flag *bool, value bool) {
	*flag = value
	b.Refresh()
}

// CreateRenderer implements fyne.Widget. It replaces Fyne's own, in which a plain button has no edge and the focus is
// not to be seen on a primary one.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	r := &buttonRenderer{
		button: b,
		face:   canvas.NewRectangle(color.Transparent),
		tint:   canvas.NewRectangle(color.Transparent),
		label:  canvas.NewText("", color.Transparent),
		line:   newUnderline(),
		ring:   newRing(),
	}
	r.applyLooks()
	return r
}

type buttonRenderer struct {
	button           *Button
	face, tint, ring *canvas.Rectangle
	label            *canvas.Text
	line             *canvas.Line // under the words of a link
}

func (r *buttonRenderer) Destroy() {}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.face, r.tint, r.label, r.line, r.ring}
}

func (r *buttonRenderer) isLink() bool { return r.button.Importance == widget.LowImportance }

func (r *buttonRenderer) MinSize() fyne.Size {
	size := r.label.MinSize()
	pad := theme.InnerPadding()
	if r.isLink() {
		return size.AddWidthHeight(0, pad)
	}
	if r.button.Narrow {
		return size.AddWidthHeight(2*pad+gap*gap/layouts.Scaled(gap), 2*pad) // large text needs the room itself
	}
	size = size.AddWidthHeight(4*pad, 2*pad)
	return fyne.NewSize(max(size.Width, layouts.Scaled(minButtonWidth)), size.Height)
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	if r.isLink() { // a column makes it wide, but only its words are the link
		size.Width = r.MinSize().Width
	}
	r.face.Resize(size)
	r.tint.Resize(size)
	placeRingAround(r.ring, size)

	label := r.label.MinSize()
	left := (size.Width - label.Width) / 2
	if r.isLink() {
		left = 0
	}
	layouts.Place(r.label, left, (size.Height-label.Height)/2, label.Width, label.Height)
	placeUnderline(r.line, r.label)
}

func (r *buttonRenderer) Refresh() {
	r.applyLooks()
	r.Layout(r.button.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.button)
}

func (r *buttonRenderer) applyLooks() {
	b := r.button
	face, text := buttonColors(b.Importance)
	if b.Disabled() {
		text = theme.ColorNameDisabled
		if !r.isLink() {
			face = theme.ColorNameDisabledButton
		}
	}
	r.face.FillColor = color.Transparent
	if face != "" {
		r.face.FillColor = theme.Color(face)
	}
	r.face.StrokeWidth = 0
	if face == theme.ColorNameInputBackground { // white on a white card: only the edge shows that it is a button
		r.face.StrokeWidth = theme.Size(theme.SizeNameInputBorder)
		r.face.StrokeColor = theme.Color(theme.ColorNameInputBorder)
	}
	r.tint.FillColor = color.Transparent
	if (b.hovered || b.pressed) && !b.Disabled() && !r.isLink() {
		r.tint.FillColor = theme.Color(theme.ColorNamePressed)
	}
	radius := theme.Size(theme.SizeNameButtonRadius)
	r.face.CornerRadius, r.tint.CornerRadius = radius, radius

	r.label.Text = b.Text
	r.label.Color = theme.Color(text)
	r.label.TextSize = theme.TextSize()
	r.label.TextStyle = fyne.TextStyle{Bold: !r.isLink()}
	r.line.Hidden = !r.isLink() || b.Disabled()
	refreshRing(r.ring, b.focused && !b.Disabled())
}

func buttonColors(importance widget.Importance) (face, text fyne.ThemeColorName) {
	switch importance {
	case widget.HighImportance:
		return theme.ColorNamePrimary, theme.ColorNameForegroundOnPrimary
	case widget.DangerImportance:
		return theme.ColorNameError, theme.ColorNameForegroundOnError
	case widget.LowImportance:
		return "", theme.ColorNameHyperlink
	default:
		return theme.ColorNameInputBackground, theme.ColorNameForeground
	}
}
