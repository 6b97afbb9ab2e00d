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

// Button has words only. Enter presses it as well as Space, and it keeps the focus when it is pressed, so that a dialog it
// opens can give it back.
type Button struct {
	widget.DisableableWidget
	Control
	pointer

	Text       string
	Importance widget.Importance
	OnTapped   func()

	// Narrow makes it as wide as its words only, for a sign such as ‹ in a row of buttons, which then needs to be Spoken.
	// Set it before it is shown.
	Narrow bool
}

var (
	_ fyne.Focusable    = (*Button)(nil)
	_ fyne.Tappable     = (*Button)(nil)
	_ desktop.Hoverable = (*Button)(nil)
	_ desktop.Mouseable = (*Button)(nil)
)

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
	b := &Button{Text: text, Importance: importance, OnTapped: tapped}
	b.Init(b)
	b.pointer.changed = b.Refresh
	b.ExtendBaseWidget(b)
	return b
}

// SetText changes its words.
func (b *Button) SetText(text string) {
	b.Text = text
	b.Refresh()
}

// AccessibilityLabel implements fyne.Accessible.
func (b *Button) AccessibilityLabel() string {
	if b.Spoken != "" {
		return b.Spoken
	}
	return b.Text
}

// AccessibilityRole implements fyne.Accessible.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

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
	if isEnter(key) || key.Name == fyne.KeySpace {
		b.Tapped(nil)
		return
	}
	b.Control.TypedKey(key)
}

// CreateRenderer implements fyne.Widget. In Fyne's own a plain button has no edge, and the focus is not to be seen on a
// primary one.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{button: b, face: &canvas.Rectangle{}, tint: &canvas.Rectangle{}, label: &canvas.Text{}, line: newUnderline(), ring: newRing()}
	r.Renderer = Renderer{Of: b, Parts: parts(r.face, r.tint, r.label, r.line, r.ring), Look: r.look, Arrange: r.arrange, Least: r.least}
	return r.looking()
}

type buttonRenderer struct {
	Renderer
	button           *Button
	face, tint, ring *canvas.Rectangle
	label            *canvas.Text
	line             *canvas.Line // under the words of a link
}

func (r *buttonRenderer) isLink() bool { return r.button.Importance == widget.LowImportance }

func (r *buttonRenderer) least() fyne.Size {
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

func (r *buttonRenderer) arrange(size fyne.Size) {
	if r.isLink() { // a column makes it wide, but only its words are the link
		size.Width = r.least().Width
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

func (r *buttonRenderer) look() {
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
