package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// Check is a widget.Check that Space ticks, while Enter submits the form it is in.
type Check struct {
	fyneCheck
	Control
	OnSubmit func() // for Enter; where it is nil, the pane around has the key
}

type fyneCheck struct{ widget.Check }

// NewCheck returns a tick box with its text.
func NewCheck(text string, changed func(bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = text, changed
	c.Init(c)
	c.inner = &c.Check
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey implements fyne.Focusable. Space arrives as a rune.
func (c *Check) TypedKey(key *fyne.KeyEvent) {
	if !c.submit(key, c.OnSubmit) {
		c.Control.TypedKey(key)
	}
}

// TypedRune implements fyne.Focusable.
func (c *Check) TypedRune(r rune) {
	if r == ' ' {
		touched()
		c.Check.TypedRune(r)
		return
	}
	c.Control.TypedRune(r)
}

// AccessibilityLabel implements fyne.Accessible.
func (c *Check) AccessibilityLabel() string { return c.Text }

// AccessibilityRole implements fyne.Accessible.
func (c *Check) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements fyne.Widget. It replaces Fyne's own, whose focus is a tint behind the box.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	r := &checkRenderer{check: c, box: &canvas.Rectangle{}, tick: &canvas.Image{FillMode: canvas.ImageFillContain}, label: &canvas.Text{}, ring: newRing()}
	r.Renderer = Renderer{Of: c, Parts: parts(r.box, r.tick, r.label, r.ring), Look: r.look, Arrange: r.arrange, Least: r.least}
	return r.looking()
}

type checkRenderer struct {
	Renderer
	check     *Check
	box, ring *canvas.Rectangle
	tick      *canvas.Image
	label     *canvas.Text
}

func (r *checkRenderer) least() fyne.Size {
	return r.label.MinSize().AddWidthHeight(theme.IconInlineSize()+gap+ringGap, theme.InnerPadding())
}

func (r *checkRenderer) arrange(size fyne.Size) {
	side := theme.IconInlineSize()
	top := (size.Height - side) / 2
	layouts.Place(r.box, 1, top+1, side-2, side-2)
	layouts.Place(r.tick, 2, top+2, side-4, side-4)
	layouts.Place(r.label, side+gap, 0, size.Width-side-gap, size.Height)
	placeRingAround(r.ring, r.least()) // not the width a column gives it
}

func (r *checkRenderer) look() {
	c := r.check
	face, edge, text := theme.ColorNameInputBackground, theme.ColorNameInputBorder, theme.ColorNameForeground
	if c.Checked {
		face, edge = theme.ColorNamePrimary, theme.ColorNamePrimary
	}
	mark := theme.ColorNameForegroundOnPrimary
	if c.Disabled() {
		face, edge, text = theme.ColorNameDisabledButton, theme.ColorNameDisabled, theme.ColorNameDisabled
		mark = theme.ColorNameDisabled
	}
	r.box.FillColor, r.box.StrokeColor = theme.Color(face), theme.Color(edge)
	r.box.StrokeWidth = 1.5
	r.box.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	r.tick.Resource = theme.NewColoredResource(theme.Icon(theme.IconNameConfirm), mark)
	r.tick.Hidden = !c.Checked
	r.label.Text = c.Text
	r.label.TextSize = theme.TextSize()
	r.label.Color = theme.Color(text)
	refreshRing(r.ring, c.focused && !c.Disabled())
}
