package widgets

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// ChoiceEntry is a field for any text, with a few to choose from below it: Down and Up in the field go through those
// that begin with what was typed, a click takes one.
type ChoiceEntry struct {
	widget.BaseWidget
	entry   *Entry
	links   *fyne.Container
	choices []string
	typed   string // by the person, not by Down and Up
	filling bool
	changed func(string)
}

// NewChoiceEntry returns an empty field.
func NewChoiceEntry(changed func(string)) *ChoiceEntry {
	c := &ChoiceEntry{entry: NewEntry(), links: &fyne.Container{Layout: lineLayout{}}, changed: changed}
	c.entry.OnChanged = func(text string) {
		if !c.filling {
			c.typed = text
		}
		c.changed(text)
	}
	c.entry.Keys = map[fyne.KeyName]func(){
		fyne.KeyDown: func() { c.step(1) },
		fyne.KeyUp:   func() { c.step(-1) },
	}
	c.ExtendBaseWidget(c)
	return c
}

// SetChoices offers others.
func (c *ChoiceEntry) SetChoices(choices []string) {
	if slices.Equal(c.choices, choices) {
		return
	}
	c.choices = choices
	c.links.Objects = nil
	for _, choice := range choices {
		c.links.Add(newMouseLink(choice, func() {
			if c.entry.Disabled() {
				return
			}
			c.fill(choice)
			if canvas := canvasOf(c); canvas != nil {
				canvas.Focus(c.entry)
			}
		}))
	}
	c.Refresh()
}

// Text returns what the field has.
func (c *ChoiceEntry) Text() string { return c.entry.Text }

// SetText fills the field.
func (c *ChoiceEntry) SetText(text string) { c.entry.SetText(text) }

// Focusable is the part that takes the focus and the keys.
func (c *ChoiceEntry) Focusable() fyne.Focusable { return c.entry }

// Children implements layouts.Parent.
func (c *ChoiceEntry) Children() []fyne.CanvasObject { return []fyne.CanvasObject{c.entry} }

// step goes to the next choice that begins with what was typed, and from the last back to that.
func (c *ChoiceEntry) step(by int) {
	ring := []string{c.typed}
	for _, choice := range c.choices {
		if len(choice) > len(c.typed) && strings.EqualFold(choice[:len(c.typed)], c.typed) {
			ring = append(ring, choice)
		}
	}
	at := max(0, slices.Index(ring, c.entry.Text))
	c.fill(ring[(at+by+len(ring))%len(ring)])
}

func (c *ChoiceEntry) fill(text string) {
	c.filling = true
	c.entry.SetText(text)
	c.entry.CursorColumn = len([]rune(text))
	c.entry.Refresh()
	c.filling = false
}

// CreateRenderer implements fyne.Widget.
func (c *ChoiceEntry) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(layouts.Column{Gap: gap / 2}, c.entry, c.links))
}

// lineLayout puts small things beside each other; those that there is no room for are left out. It keeps its line also
// while there are none.
type lineLayout struct{}

func (lineLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for _, o := range objects {
		need := o.MinSize()
		o.Show()
		if x+need.Width > size.Width {
			o.Hide()
			continue
		}
		layouts.Place(o, x, 0, need.Width, need.Height)
		x += need.Width + 2*gap
	}
}

func (lineLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, layouts.LineHeight())
}
