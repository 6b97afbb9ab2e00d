package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// listRows is the part of a List that scrolls and has the keys. It does without the highlight of widget.List: here the
// row the arrows go to is the chosen one.
type listRows struct {
	fyneList
	Control
	owner    *List
	selected int
	chosen   string // id of the selected row
	presses  Presses
	passive  bool // never has the focus
}

type fyneList struct{ widget.List }

func newListRows(owner *List) *listRows {
	r := &listRows{owner: owner, selected: -1}
	r.Length = func() int { return owner.count }
	r.CreateItem = func() fyne.CanvasObject { return owner.newItem() }
	r.UpdateItem = func(row int, item fyne.CanvasObject) { item.(listItem).show(row) }
	r.Init(r)
	r.DrawFocus(r.drawFocus)
	r.ExtendBaseWidget(r)
	return r
}

// drawFocus shows it at the chosen row.
func (r *listRows) drawFocus() {
	r.owner.Refresh()
	if r.focused {
		Reveal(r)
	}
}

// CreateRenderer implements fyne.Widget.
func (r *listRows) CreateRenderer() fyne.WidgetRenderer {
	return withWheel(r.List.CreateRenderer(), r)
}

// Resize implements fyne.CanvasObject. Where a row was chosen before the list had a height, Fyne scrolled past it.
func (r *listRows) Resize(size fyne.Size) {
	isFirst := r.Size().Height <= 0
	r.List.Resize(size)
	if isFirst && size.Height > 0 && r.selected >= 0 {
		r.ScrollToTop()
		r.ScrollTo(r.selected)
	}
}

func (r *listRows) choose(row int) {
	if row < 0 || row >= r.owner.count || row == r.selected {
		return
	}
	r.selected, r.chosen = row, r.owner.idOf(row)
	r.Select(row)
	if r.owner.OnSelected != nil {
		r.owner.OnSelected(row)
	}
}

// press chooses the row under a mouse. It stays under it: a second press would hit another one.
func (r *listRows) press(row int) {
	r.presses.Add(r.owner.idOf(row))
	r.still(func() { r.choose(row) })
}

// double opens what both presses of a double click hit, if it is still chosen.
func (r *listRows) double() {
	if id := r.presses.Double(); id != "" && r.selected >= 0 && id == r.chosen {
		r.activate()
	}
}

// still does something without scrolling, which Fyne does when a row is selected.
func (r *listRows) still(do func()) {
	offset := r.GetScrollOffset()
	do()
	if r.GetScrollOffset() != offset {
		r.ScrollToOffset(offset)
	}
}

// follow keeps the chosen row chosen where the rows are others.
func (r *listRows) follow() {
	if r.selected < 0 || r.selected < r.owner.count && r.owner.idOf(r.selected) == r.chosen {
		return
	}
	for row := range r.owner.count {
		if r.owner.idOf(row) == r.chosen {
			r.selected = row
			r.still(func() { r.Select(row) })
			return
		}
	}
	r.unchoose()
}

func (r *listRows) unchoose() {
	r.selected = -1
	r.UnselectAll()
}

func (r *listRows) activate() {
	if r.selected >= 0 && r.owner.OnActivated != nil {
		r.owner.OnActivated(r.selected)
	}
}

// TypedKey implements fyne.Focusable.
func (r *listRows) TypedKey(key *fyne.KeyEvent) {
	touched()
	step, ok := r.step(key)
	switch {
	case ok && !r.passive:
		r.choose(min(max(r.selected+step, 0), r.owner.count-1))
	case isEnter(key) && r.selected >= 0 && r.owner.OnActivated != nil && !r.passive:
		r.activate()
	case isMenuKey(key) && r.selected >= 0 && r.owner.Menu != nil && !r.passive:
		r.showMenuAtRow()
	default:
		PassKey(r, key)
	}
}

// step is how far a key goes.
func (r *listRows) step(key *fyne.KeyEvent) (rows int, ok bool) {
	switch key.Name {
	case fyne.KeyDown:
		return 1, true
	case fyne.KeyUp:
		return -1, true
	case fyne.KeyPageDown:
		return r.rowsInSight(), true
	case fyne.KeyPageUp:
		return -r.rowsInSight(), true
	case fyne.KeyHome:
		return -r.owner.count, true
	case fyne.KeyEnd:
		return r.owner.count, true
	}
	return 0, false
}

// lineHeight is that of a line of text with its padding, and of the line under it.
func lineHeight() float32 {
	return layouts.LineHeight() + 2*theme.InnerPadding() + theme.Size(theme.SizeNameSeparatorThickness)
}

func (r *listRows) rowsInSight() int { return max(1, int(r.Size().Height/r.owner.rowHeight())) }

// Disabled implements fyne.Disableable: the focus passes by a list whose keys come from elsewhere.
func (r *listRows) Disabled() bool { return r.passive }

// Enable implements fyne.Disableable.
func (r *listRows) Enable() { r.passive = false }

// Disable implements fyne.Disableable.
func (r *listRows) Disable() { r.passive = true }

// denseTheme is the app's theme without the gap that Fyne leaves between rows.
type denseTheme struct{ appTheme }

func (t denseTheme) Size(name fyne.ThemeSizeName) float32 {
	if name == theme.SizeNamePadding {
		return 1
	}
	return t.app().Size(name)
}

// AccessibilityLabel implements fyne.Accessible: what the list is called, and the row chosen.
func (r *listRows) AccessibilityLabel() string {
	l := r.owner
	if r.selected < 0 || r.selected >= l.count {
		return l.name()
	}
	return l.name() + ": " + l.say(r.selected)
}
