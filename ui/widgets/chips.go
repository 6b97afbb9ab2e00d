package widgets

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// Chips are a few words in a row, of which one or none is taken: by the arrow keys, by its first letter, or by a click.
// Backspace, or a click on the one taken, takes none. The last chip leads to a field for any other word.
type Chips struct {
	widget.DisableableWidget
	Control

	choices []string
	text    string
	isOther bool // the field is open
	changed func(string)
	row     *fyne.Container
	entry   *Entry
	ring    *canvas.Rectangle
	content *fyne.Container
}

// NewChips returns chips without any choice but other, which names the last chip. changed hears what is taken by now.
func NewChips(spoken, other string, changed func(string)) *Chips {
	c := &Chips{changed: changed, entry: NewEntry(), ring: newRing()}
	c.Spoken = spoken
	c.row = NewFlow(newChipCell(c, other, true))
	c.entry.Spoken = spoken
	c.entry.OnChanged = func(text string) {
		if c.isOther {
			c.take(text, true)
		}
	}
	c.entry.Hide()
	ringed := &fyne.Container{Layout: chipsLayout{}, Objects: []fyne.CanvasObject{c.row, c.ring}}
	c.content = NewColumn(ringed, c.entry)
	c.Init(c)
	c.ExtendBaseWidget(c)
	return c
}

// SetChoices offers others. What is taken stays so, and has a chip in any case.
func (c *Chips) SetChoices(choices []string) {
	if slices.Equal(c.choices, choices) {
		return
	}
	c.choices = choices
	c.makeCells()
}

func (c *Chips) makeCells() {
	all := slices.Clone(c.choices)
	if c.text != "" && !c.isOther && !slices.Contains(all, c.text) {
		all = append(all, c.text)
	}
	other := c.row.Objects[len(c.row.Objects)-1]
	c.row.Objects = nil
	for _, choice := range all {
		c.row.Objects = append(c.row.Objects, newChipCell(c, choice, false))
	}
	c.row.Objects = append(c.row.Objects, other)
	c.Refresh()
}

// Text is what is taken, or was typed; "": nothing.
func (c *Chips) Text() string { return c.text }

// SetText takes a word, whether or not there is a chip of it yet.
func (c *Chips) SetText(text string) {
	c.take(text, false)
	c.makeCells()
}

func (c *Chips) take(text string, isOther bool) {
	if c.isOther != isOther {
		c.isOther = isOther
		SetVisible(c.entry, isOther)
		if isOther {
			c.entry.SetText(text)
		}
	}
	isChanged := c.text != text
	c.text = text
	c.Refresh()
	if isChanged {
		c.changed(text)
	}
}

func (c *Chips) cells() (all []*chipCell) {
	for _, o := range c.row.Objects {
		all = append(all, o.(*chipCell))
	}
	return all
}

// at is the number of the cell taken, or -1.
func (c *Chips) at() int { return slices.IndexFunc(c.cells(), (*chipCell).isOn) }

func (c *Chips) choose(cell int) {
	all := c.cells()
	if c.Disabled() || cell < 0 || cell >= len(all) {
		return
	}
	if all[cell].isOther {
		c.take("", true)
		return
	}
	c.take(all[cell].text, false)
}

// toEntry goes on in the field for another word.
func (c *Chips) toEntry() {
	if canvas := canvasOf(c); canvas != nil && c.isOther {
		canvas.Focus(c.entry)
	}
}

// TypedKey implements fyne.Focusable.
func (c *Chips) TypedKey(key *fyne.KeyEvent) {
	touched()
	switch key.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		c.choose(max(0, c.at()-1))
	case fyne.KeyRight, fyne.KeyDown:
		c.choose(c.at() + 1)
	case fyne.KeyBackspace, fyne.KeyDelete:
		if !c.Disabled() {
			c.take("", false)
		}
	case fyne.KeySpace:
		c.choose(max(0, c.at()))
		c.toEntry()
	default:
		c.Control.TypedKey(key)
	}
}

// TypedRune implements fyne.Focusable: a letter takes the next word that begins with it.
func (c *Chips) TypedRune(r rune) {
	touched()
	all, from := c.cells(), c.at()
	for i := range all {
		cell := (from + 1 + i) % len(all)
		if letters := []rune(all[cell].text); strings.EqualFold(string(letters[:min(1, len(letters))]), string(r)) {
			c.choose(cell)
			return
		}
	}
}

// Disable implements fyne.Disableable.
func (c *Chips) Disable() {
	c.entry.Disable()
	c.DisableableWidget.Disable()
}

// Enable implements fyne.Disableable.
func (c *Chips) Enable() {
	c.entry.Enable()
	c.DisableableWidget.Enable()
}

func (c *Chips) value() string { return c.text }

// AccessibilityLabel implements fyne.Accessible.
func (c *Chips) AccessibilityLabel() string {
	if c.text == "" {
		return c.Spoken
	}
	return c.Spoken + ": " + c.text
}

// Children implements layouts.Parent.
func (c *Chips) Children() []fyne.CanvasObject { return []fyne.CanvasObject{c.entry} }

// CreateRenderer implements fyne.Widget.
func (c *Chips) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.content) }

// Refresh takes over the theme's looks, and what is taken.
func (c *Chips) Refresh() {
	for _, cell := range c.cells() {
		cell.Refresh()
	}
	refreshRing(c.ring, c.focused && !c.Disabled())
	c.BaseWidget.Refresh()
}

// chipsLayout has the ring around the chips.
type chipsLayout struct{}

func (chipsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	layouts.Place(objects[0], 0, 0, size.Width, size.Height)
	placeRingAround(objects[1].(*canvas.Rectangle), size)
}

func (chipsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// chipCell is one of the chips. Only all of them together take the focus.
type chipCell struct {
	widget.BaseWidget
	pointer
	of      *Chips
	text    string
	isOther bool
}

var _ fyne.Tappable = (*chipCell)(nil)

func newChipCell(of *Chips, text string, isOther bool) *chipCell {
	c := &chipCell{of: of, text: text, isOther: isOther}
	c.pointer.changed = c.Refresh
	c.ExtendBaseWidget(c)
	return c
}

func (c *chipCell) isOn() bool {
	if c.isOther {
		return c.of.isOther
	}
	return !c.of.isOther && c.of.text == c.text
}

// Tapped implements fyne.Tappable.
func (c *chipCell) Tapped(*fyne.PointEvent) {
	touched()
	if c.of.Disabled() {
		return
	}
	FocusUnderMouse(c.of)
	if c.isOn() {
		c.of.take("", false)
		return
	}
	c.of.choose(slices.Index(c.of.cells(), c))
	c.of.toEntry()
}

// CreateRenderer implements fyne.Widget.
func (c *chipCell) CreateRenderer() fyne.WidgetRenderer {
	return newChipRenderer(c, fyne.NewSize(3*gap, gap+gap/2), func() chipLook {
		return chipLook{text: c.text, isOn: c.isOn(), isHovered: c.hovered, isOff: c.of.Disabled()}
	})
}
