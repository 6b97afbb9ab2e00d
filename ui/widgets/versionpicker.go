package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// Version is one of what a VersionPicker offers.
type Version struct {
	Caption string // whose it is
	Text    string // may be long
}

// leastVersion is the least width of a version, for text at 100 %; with less the versions are below each other.
const leastVersion = 200

// VersionPicker shows versions of a text beside each other, of which exactly one is chosen: by the arrow keys, or by a click.
type VersionPicker struct {
	widget.DisableableWidget
	Control
	OnChanged func(version int)
	OnSubmit  func() // for Enter; where it is nil, the pane around has the key

	cells   []*versionCell
	chosen  int
	content *fyne.Container
}

// NewVersionPicker offers versions, the first or another of them chosen.
func NewVersionPicker(versions []Version, chosen int) *VersionPicker {
	side := layouts.Fixed(gap)
	p := &VersionPicker{chosen: chosen, content: container.New(&layouts.Grid{Least: leastVersion, Columns: len(versions), GapX: side, GapY: side})}
	for i, v := range versions {
		p.cells = append(p.cells, newVersionCell(p, i, v))
		p.content.Add(p.cells[i])
	}
	p.Init(p)
	p.ExtendBaseWidget(p)
	return p
}

// Chosen is the number of the version chosen.
func (p *VersionPicker) Chosen() int { return p.chosen }

// Choose chooses a version and reports it, if it was not the chosen one already.
func (p *VersionPicker) Choose(version int) {
	if p.Disabled() || version == p.chosen || version < 0 || version >= len(p.cells) {
		return
	}
	p.chosen = version
	p.Refresh()
	if p.OnChanged != nil {
		p.OnChanged(version)
	}
}

// TypedKey implements fyne.Focusable.
func (p *VersionPicker) TypedKey(key *fyne.KeyEvent) {
	touched()
	switch key.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		p.Choose(p.chosen - 1)
	case fyne.KeyRight, fyne.KeyDown:
		p.Choose(p.chosen + 1)
	case fyne.KeySpace:
		p.Choose((p.chosen + 1) % len(p.cells))
	default:
		if !p.submit(key, p.OnSubmit) {
			p.Control.TypedKey(key)
		}
	}
}

// AccessibilityLabel implements fyne.Accessible.
func (p *VersionPicker) AccessibilityLabel() string {
	v := p.cells[p.chosen]
	return v.caption.Text() + " " + v.text.Text()
}

// CreateRenderer implements fyne.Widget.
func (p *VersionPicker) CreateRenderer() fyne.WidgetRenderer {
	p.applyLooks()
	return widget.NewSimpleRenderer(p.content)
}

// Refresh takes over the theme's looks, and what is chosen.
func (p *VersionPicker) Refresh() {
	p.applyLooks()
	p.BaseWidget.Refresh()
}

func (p *VersionPicker) applyLooks() {
	for i, c := range p.cells {
		c.look(i == p.chosen, p.focused)
	}
}

// versionCell is one version in its box.
type versionCell struct {
	widget.BaseWidget
	of            *VersionPicker
	number        int
	box, ring     *canvas.Rectangle
	sign          *canvas.Image
	caption, text *Text
}

func newVersionCell(of *VersionPicker, number int, v Version) *versionCell {
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
	c.sign.Refresh()
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
