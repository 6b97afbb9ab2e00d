package widgets

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// ToolbarItem is a part of a Toolbar.
type ToolbarItem struct {
	Object fyne.CanvasObject

	// Rank says what gives way first where the bar is short: the lower, the sooner. A button with a sign gives up its
	// words, and then goes into the menu at the end. 0 stays as it is.
	Rank int

	Stays bool // it never goes into the menu, but gives up its words all the same

	// Most is how wide it becomes where there is room, for text at 100 %, beside its least size. 0: it has that.
	Most float32

	Right bool // it, and what comes after it, stands at the right
}

// Toolbar is a line of what leads on and of what is done there. What it has no room for as it is shows its sign alone, and
// what it has no room for at all is in a menu at its end.
type Toolbar struct {
	widget.BaseWidget
	items []ToolbarItem
	more  *Button
	inset float32
}

// barGap is between two parts of it.
const barGap = 4

// NewToolbar returns one with these parts, with some room at both ends.
func NewToolbar(inset float32, items ...ToolbarItem) *Toolbar {
	b := &Toolbar{items: items, inset: inset}
	b.more = NewFlatButton(theme.MoreHorizontalIcon(), "", b.showMore)
	b.more.Spoken, b.more.Tip = lang.L("More"), lang.L("More")
	b.more.Hide()
	b.ExtendBaseWidget(b)
	return b
}

// SetItems shows other parts.
func (b *Toolbar) SetItems(items ...ToolbarItem) {
	for _, i := range b.items {
		if button, ok := i.Object.(*Button); ok {
			button.setShort(false, false)
		}
	}
	b.items = items
	b.Refresh()
}

// Children implements layouts.Parent, in the order of the Tab key.
func (b *Toolbar) Children() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, i := range b.shown() {
		objects = append(objects, i.Object)
	}
	return objects
}

// CreateRenderer implements fyne.Widget.
func (b *Toolbar) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{Of: b, Parts: b.Children, Arrange: b.arrange, Least: b.least}
}

// least is next to nothing in width, or what gives way would make the window grow instead.
func (b *Toolbar) least() (size fyne.Size) {
	for _, i := range b.items {
		if i.Object.Visible() {
			size.Height = max(size.Height, i.Object.MinSize().Height)
		}
		if i.Rank == 0 || i.Stays {
			size.Width += barGap
		}
	}
	return size
}

// arrange gives up words, and then buttons, until there is room for the rest.
func (b *Toolbar) arrange(size fyne.Size) {
	for _, i := range b.items {
		if button, ok := i.Object.(*Button); ok {
			button.setShort(false, false)
		}
	}
	room := size.Width - 2*b.inset
	ranked := slices.Clone(b.items)
	ranked = slices.DeleteFunc(ranked, func(i ToolbarItem) bool {
		_, ok := i.Object.(*Button)
		return !ok || i.Rank == 0 || !i.Object.Visible()
	})
	slices.SortStableFunc(ranked, func(a, b ToolbarItem) int { return cmp.Compare(a.Rank, b.Rank) })
	hadRoom := b.more.Hidden
	b.more.Hidden = true
	for at := 0; at < len(ranked) && b.needed() > room; {
		for rank := ranked[at].Rank; at < len(ranked) && ranked[at].Rank == rank; at++ {
			ranked[at].Object.(*Button).setShort(true, false)
		}
	}
	for _, i := range ranked {
		if b.needed() <= room {
			break
		}
		if !i.Stays {
			i.Object.(*Button).setShort(true, true)
			b.more.Hidden = false
		}
	}
	b.place(size, room)
	if hadRoom != b.more.Hidden {
		canvas.Refresh(b) // it has other parts now
	}
}

// shown are the parts that are not in the menu, and the button of the menu.
func (b *Toolbar) shown() (items []ToolbarItem) {
	for _, i := range b.items {
		button, ok := i.Object.(*Button)
		if i.Object.Visible() && !(ok && button.inMenu) {
			items = append(items, i)
		}
	}
	if !b.more.Hidden {
		items = append(items, ToolbarItem{Object: b.more})
	}
	return items
}

func (b *Toolbar) needed() float32 {
	width := float32(-barGap)
	for _, i := range b.shown() {
		width += i.Object.MinSize().Width + barGap
	}
	return width
}

func (b *Toolbar) place(size fyne.Size, room float32) {
	spare := max(0, room-b.needed())
	x, isRight := b.inset, false
	for _, i := range b.shown() {
		width, height := i.Object.MinSize().Width, i.Object.MinSize().Height
		if most := layouts.Scaled(i.Most); most > width {
			more := min(spare, most-width)
			width, spare = width+more, spare-more
		}
		if i.Right && !isRight {
			x, isRight = x+spare, true
		}
		layouts.Place(i.Object, x, (size.Height-height)/2, width, height)
		x += width + barGap
	}
}

// showMore lets the menu down.
func (b *Toolbar) showMore() {
	var items []MenuItem
	for _, i := range b.items {
		if button, ok := i.Object.(*Button); ok && button.inMenu && button.Visible() {
			items = append(items, MenuItem{Text: button.AccessibilityLabel(), Sign: button.Sign, Off: button.Disabled(), Act: func() { button.Tapped(nil) }})
		}
	}
	ShowMenuBelow(b.more, items...)
}
