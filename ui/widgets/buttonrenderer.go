package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// CreateRenderer implements fyne.Widget. In Fyne's own a plain button has no edge, and the focus is not to be seen on a
// primary one.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{
		button: b, face: &canvas.Rectangle{}, tint: &canvas.Rectangle{}, mark: &canvas.Rectangle{}, label: &canvas.Text{},
		sign: newSign(), arrow: newSign(), line: newUnderline(), ring: newRing(),
	}
	r.Renderer = Renderer{
		Of: b, Parts: parts(r.face, r.tint, r.mark, r.sign, r.label, r.arrow, r.line, r.ring), Look: r.look, Arrange: r.arrange, Least: r.least,
	}
	return r.looking()
}

func newSign() *canvas.Image { return &canvas.Image{FillMode: canvas.ImageFillContain} }

type buttonRenderer struct {
	Renderer
	button           *Button
	face, tint, ring *canvas.Rectangle
	mark             *canvas.Rectangle // under the words of a tab that is on
	sign, arrow      *canvas.Image
	label            *canvas.Text
	line             *canvas.Line // under the words of a link
}

const (
	signGap   = 6   // between a sign and its words
	signSize  = 1.3 // of a sign, times that of text
	markWidth = 3
)

func (r *buttonRenderer) isLink() bool { return r.button.Importance == widget.LowImportance }

// content is the size of the sign, the words and the arrow, and of each but the words.
func (r *buttonRenderer) content() (size fyne.Size, sign, arrow float32) {
	size = r.label.MinSize()
	if r.button.words() == "" {
		size.Width = 0
	}
	if r.button.Sign != nil {
		sign = theme.TextSize() * signSize
		size = fyne.NewSize(size.Width+sign, max(size.Height, sign))
		if r.button.words() != "" {
			size.Width += signGap
		}
	}
	if r.button.shape == drop {
		arrow = theme.TextSize() * signSize
		size.Width += arrow
	}
	return size, sign, arrow
}

func (r *buttonRenderer) least() fyne.Size {
	size, _, _ := r.content()
	pad := theme.InnerPadding()
	switch {
	case r.isLink():
		return size.AddWidthHeight(0, pad)
	case r.button.words() == "":
		return size.AddWidthHeight(2*pad, 2*pad)
	case r.button.Narrow:
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
	layouts.Place(r.mark, gap/2, size.Height-markWidth, size.Width-gap, markWidth)
	placeRingAround(r.ring, size)

	content, sign, arrow := r.content()
	label := r.label.MinSize()
	left := (size.Width - content.Width) / 2
	if r.isLink() {
		left = 0
	}
	layouts.Place(r.sign, left, (size.Height-sign)/2, sign, sign)
	if sign > 0 {
		left += sign + signGap
	}
	layouts.Place(r.label, left, (size.Height-label.Height)/2, label.Width, label.Height)
	layouts.Place(r.arrow, left+label.Width, (size.Height-arrow)/2, arrow, arrow)
	placeUnderline(r.line, r.label)
}

func (r *buttonRenderer) look() {
	b := r.button
	face, text := b.colors()
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
	r.mark.FillColor = theme.Color(theme.ColorNamePrimary)
	r.mark.CornerRadius = markWidth / 2
	r.mark.Hidden = b.shape != tab || !b.on

	r.label.Text = b.words()
	r.label.Color = theme.Color(text)
	r.label.TextSize = theme.TextSize()
	r.label.TextStyle = fyne.TextStyle{Bold: !r.isLink()}
	lookSign(r.sign, b.Sign, text)
	var arrow fyne.Resource
	if b.shape == drop {
		arrow = theme.Icon(theme.IconNameArrowDropDown)
	}
	lookSign(r.arrow, arrow, text)
	r.line.Hidden = !r.isLink() || b.Disabled()
	refreshRing(r.ring, b.focused && !b.Disabled())
}

// lookSign shows a sign in a colour; nil: none.
func lookSign(image *canvas.Image, sign fyne.Resource, name fyne.ThemeColorName) {
	image.Hidden = sign == nil
	if sign != nil {
		image.Resource = theme.NewColoredResource(sign, name)
	}
}

// colors are those of what lies behind the words, "" if nothing does, and of the words.
func (b *Button) colors() (face, text fyne.ThemeColorName) {
	isBare := b.shape == flat || b.shape == drop || b.shape == tab
	switch {
	case b.Disabled() && (isBare || b.Importance == widget.LowImportance):
		return "", theme.ColorNameDisabled
	case b.Disabled():
		return theme.ColorNameDisabledButton, theme.ColorNameDisabled
	case b.on:
		return theme.ColorNameSelection, theme.ColorNameForeground
	case isBare:
		return "", theme.ColorNameForeground
	}
	return buttonColors(b.Importance)
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
