package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// Version is one of what a Pick offers.
type Version struct {
	Caption string // whose it is
	Text    string // may be long
}

// leastVersion is the least width of a version, for text at 100 %; with less the versions are below each other.
const leastVersion = 200

// Pick shows versions of a text beside each other, of which exactly one is chosen: by the arrow keys, or by a click.
type Pick struct {
	widget.BaseWidget
	OnChanged func(version int)
	OnSubmit  func() // for Enter; where it is nil, the pane around has the key

	cells   []*versionCell
	chosen  int
	focused bool
	off     bool
}

// NewPick offers versions, the first or another of them chosen.
func NewPick(versions []Version, chosen int) *Pick {
	p := &Pick{chosen: chosen}
	for i, v := range versions {
		p.cells = append(p.cells, newVersionCell(p, i, v))
	}
	p.ExtendBaseWidget(p)
	return p
}

// Chosen is the number of the version chosen.
func (p *Pick) Chosen() int { return p.chosen }

// Choose chooses a version and reports it, if it was not the chosen one already.
func (p *Pick) Choose(version int) {
	if p.off || version == p.chosen || version < 0 || version >= len(p.cells) {
		return
	}
	p.chosen = version
	p.Refresh()
	if p.OnChanged != nil {
		p.OnChanged(version)
	}
}

// Disable implements fyne.Disableable: what is chosen stays.
func (p *Pick) Disable() { p.off = true }

// Enable implements fyne.Disableable.
func (p *Pick) Enable() { p.off = false }

// Disabled implements fyne.Disableable.
func (p *Pick) Disabled() bool { return p.off }

// TypedKey implements fyne.Focusable.
func (p *Pick) TypedKey(key *fyne.KeyEvent) {
	touched()
	if isEnter(key) && p.OnSubmit != nil {
		p.OnSubmit()
		return
	}
	switch key.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		p.Choose(p.chosen - 1)
	case fyne.KeyRight, fyne.KeyDown:
		p.Choose(p.chosen + 1)
	case fyne.KeySpace:
		p.Choose((p.chosen + 1) % len(p.cells))
	default:
		PassKey(p, key)
	}
}

// TypedRune implements fyne.Focusable.
func (p *Pick) TypedRune(r rune) { PassRune(p, r) }

// FocusGained implements fyne.Focusable.
func (p *Pick) FocusGained() {
	p.focused = true
	p.Refresh()
	Reveal(p)
}

// FocusLost implements fyne.Focusable.
func (p *Pick) FocusLost() {
	p.focused = false
	p.Refresh()
}

// AccessibilityLabel implements fyne.Accessible.
func (p *Pick) AccessibilityLabel() string {
	v := p.cells[p.chosen]
	return v.caption.Text() + " " + v.text.Text()
}

// AccessibilityRole implements fyne.Accessible.
func (p *Pick) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (p *Pick) CreateRenderer() fyne.WidgetRenderer {
	r := &pickRenderer{p}
	r.applyLooks()
	return r
}

type pickRenderer struct{ pick *Pick }

func (r *pickRenderer) Destroy() {}

func (r *pickRenderer) Objects() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, c := range r.pick.cells {
		objects = append(objects, c)
	}
	return objects
}

// columns is how many versions go beside each other.
func (r *pickRenderer) columns(width float32) int {
	n := len(r.pick.cells)
	if width < float32(n)*layouts.Scaled(leastVersion)+float32(n-1)*gap {
		return 1
	}
	return n
}

func (r *pickRenderer) Layout(size fyne.Size) {
	columns := r.columns(size.Width)
	width := (size.Width - float32(columns-1)*gap) / float32(columns)
	y, tallest := float32(0), float32(0)
	for _, c := range r.pick.cells {
		tallest = max(tallest, layouts.FitHeight(c, width))
	}
	for i, c := range r.pick.cells {
		if columns == 1 {
			height := layouts.FitHeight(c, width)
			layouts.Place(c, 0, y, width, height)
			y += height + gap
			continue
		}
		layouts.Place(c, float32(i)*(width+gap), 0, width, tallest)
	}
}

// MinSize is as high as the versions need at the width of the last layout.
func (r *pickRenderer) MinSize() fyne.Size {
	columns, height, tallest := r.columns(r.pick.Size().Width), float32(-gap), float32(0)
	for _, c := range r.pick.cells {
		need := c.MinSize().Height
		height += need + gap
		tallest = max(tallest, need)
	}
	if columns > 1 {
		height = tallest
	}
	return fyne.NewSize(layouts.Scaled(leastVersion), height)
}

func (r *pickRenderer) Refresh() {
	r.applyLooks()
	r.Layout(r.pick.Size())
	for _, c := range r.pick.cells {
		c.Refresh()
	}
	canvas.Refresh(r.pick)
}

func (r *pickRenderer) applyLooks() {
	for i, c := range r.pick.cells {
		c.look(i == r.pick.chosen, r.pick.focused)
	}
}

// versionCell is one version in its box.
type versionCell struct {
	widget.BaseWidget
	of            *Pick
	number        int
	box, ring     *canvas.Rectangle
	sign          *canvas.Image
	caption, text *Text
}

func newVersionCell(of *Pick, number int, v Version) *versionCell {
	c := &versionCell{
		of: of, number: number, box: canvas.NewRectangle(color.Transparent), ring: newRing(),
		sign: &canvas.Image{FillMode: canvas.ImageFillContain}, caption: Small(v.Caption), text: Paragraph(v.Text),
	}
	c.ExtendBaseWidget(c)
	return c
}

// Tapped implements fyne.Tappable.
func (c *versionCell) Tapped(*fyne.PointEvent) {
	touched()
	FocusUnderMouse(c.of)
	c.of.Choose(c.number)
}

func (c *versionCell) look(chosen, focused bool) {
	icon, mark, edge, face := theme.IconNameRadioButton, theme.ColorNameInputBorder, theme.ColorNameInputBorder, theme.ColorNameInputBackground
	if chosen {
		icon, mark, edge, face = theme.IconNameRadioButtonChecked, theme.ColorNamePrimary, theme.ColorNamePrimary, theme.ColorNameSelection
	}
	c.sign.Resource = theme.NewColoredResource(theme.Icon(icon), mark)
	c.box.FillColor, c.box.StrokeColor = theme.Color(face), theme.Color(edge)
	c.box.StrokeWidth = theme.Size(theme.SizeNameInputBorder)
	c.box.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	name := theme.ColorNamePlaceHolder
	if chosen { // quiet text is too weak on the colour of what is chosen
		name = theme.ColorNameForeground
	}
	c.caption.inColor(name)
	refreshRing(c.ring, chosen && focused)
}

// CreateRenderer implements fyne.Widget.
func (c *versionCell) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&fyne.Container{
		Layout:  versionLayout{},
		Objects: []fyne.CanvasObject{c.box, c.sign, c.caption, c.text, c.ring},
	})
}

type versionLayout struct{}

func (versionLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	side := theme.IconInlineSize()
	left := side + 2*gap
	width := size.Width - left - gap
	layouts.Place(objects[0], 0, 0, size.Width, size.Height)
	caption := layouts.FitHeight(objects[2], width)
	layouts.Place(objects[1], gap, gap+(caption-side)/2, side, side)
	layouts.Place(objects[2], left, gap, width, caption)
	layouts.Place(objects[3], left, gap+caption+gap/2, width, layouts.FitHeight(objects[3], width))
	placeRingOn(objects[4].(*canvas.Rectangle), size)
}

func (versionLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(layouts.Scaled(minButtonWidth), objects[2].MinSize().Height+objects[3].MinSize().Height+2*gap+gap/2)
}
