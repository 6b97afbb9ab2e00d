package widgets

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// ChipSet is a few offers in a row, each of them taken or not. The arrow keys, Home and End go through them; Space, or a
// click, taps one. Where only one can be taken, going to it takes it.
type ChipSet struct {
	widget.BaseWidget
	Control
	IsRadio bool // only one can be taken
	HasMore bool // the last one asks for others: only a press taps it

	tap   func(i int)
	texts []string
	on    []bool
	at    int // which the keys are at
	row   *fyne.Container
}

// NewChipSet returns one without offers. tap hears which was tapped; what is on then, Set says.
func NewChipSet(spoken string, tap func(i int)) *ChipSet {
	c := &ChipSet{tap: tap, row: NewFlow()}
	c.Spoken = spoken
	c.Keys = map[fyne.KeyName]func(){
		fyne.KeyLeft: func() { c.goTo(c.at - 1) }, fyne.KeyUp: func() { c.goTo(c.at - 1) },
		fyne.KeyRight: func() { c.goTo(c.at + 1) }, fyne.KeyDown: func() { c.goTo(c.at + 1) },
		fyne.KeyHome: func() { c.goTo(0) }, fyne.KeyEnd: func() { c.goTo(len(c.texts) - 1) },
		fyne.KeySpace: func() { c.press(c.at) },
	}
	c.Init(c)
	c.ExtendBaseWidget(c)
	return c
}

// Set shows offers, and which of them are taken.
func (c *ChipSet) Set(texts []string, on []bool) {
	if slices.Equal(c.texts, texts) && slices.Equal(c.on, on) {
		return
	}
	isNew := len(c.texts) != len(texts)
	c.texts, c.on = slices.Clone(texts), slices.Clone(on)
	c.at = max(0, min(c.at, len(texts)-1))
	if i := slices.Index(on, true); c.IsRadio && i >= 0 {
		c.at = i
	}
	if isNew {
		c.row.Objects = nil
		for i := range texts {
			c.row.Objects = append(c.row.Objects, newSetChip(c, i))
		}
	}
	c.Refresh()
}

// Len is how many there are.
func (c *ChipSet) Len() int { return len(c.texts) }

func (c *ChipSet) goTo(i int) {
	if i < 0 || i >= len(c.texts) {
		return
	}
	c.at = i
	if c.IsRadio && !(c.HasMore && i == len(c.texts)-1) {
		c.tap(i)
	}
	c.Refresh()
}

func (c *ChipSet) press(i int) {
	if i >= 0 && i < len(c.texts) {
		c.at = i
		c.tap(i)
		c.Refresh()
	}
}

// AccessibilityLabel implements fyne.Accessible.
func (c *ChipSet) AccessibilityLabel() string {
	var taken []string
	for i, text := range c.texts {
		if c.on[i] {
			taken = append(taken, text)
		}
	}
	if len(taken) == 0 {
		return c.Spoken
	}
	return c.Spoken + ": " + strings.Join(taken, ", ")
}

// CreateRenderer implements fyne.Widget.
func (c *ChipSet) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.row) }

// Refresh takes over the theme's looks, and what is taken.
func (c *ChipSet) Refresh() {
	for _, o := range c.row.Objects {
		o.Refresh()
	}
	c.row.Refresh()
	c.BaseWidget.Refresh()
}

// setChip is one of them. Only all of them together take the focus.
type setChip struct {
	widget.BaseWidget
	pointer
	of   *ChipSet
	i    int
	down string // what it said when the mouse's button went down; "": it did not
}

var _ fyne.Tappable = (*setChip)(nil)

func newSetChip(of *ChipSet, i int) *setChip {
	c := &setChip{of: of, i: i}
	c.pointer.changed = c.Refresh
	c.ExtendBaseWidget(c)
	return c
}

// MouseDown implements desktop.Mouseable.
func (c *setChip) MouseDown(e *desktop.MouseEvent) {
	c.down = c.of.texts[c.i]
	c.pointer.MouseDown(e)
}

// Tapped implements fyne.Tappable. Another offer that came under the mouse meanwhile is not meant.
func (c *setChip) Tapped(*fyne.PointEvent) {
	touched()
	FocusUnderMouse(c.of)
	isOther := c.down != "" && c.down != c.of.texts[c.i]
	if c.down = ""; isOther {
		return
	}
	c.of.press(c.i)
}

// CreateRenderer implements fyne.Widget.
func (c *setChip) CreateRenderer() fyne.WidgetRenderer {
	return newChipRenderer(c, fyne.NewSize(2*gap+gap/2, gap), func() chipLook {
		return chipLook{text: c.of.texts[c.i], isOn: c.of.on[c.i], isHovered: c.hovered, hasFocus: c.of.focused && c.of.at == c.i}
	})
}
