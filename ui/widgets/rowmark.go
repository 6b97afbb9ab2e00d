package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// rowMark shows at a row of a list that it is the chosen one, and that the keys go there.
type rowMark struct{ bar, ring *canvas.Rectangle }

func newRowMark() rowMark { return rowMark{canvas.NewRectangle(color.Transparent), newRing()} }

// show has the ring at the first row where none is chosen: the arrows begin there.
func (m rowMark) show(rows *listRows, row int) {
	m.bar.FillColor = theme.Color(theme.ColorNamePrimary)
	m.bar.Hidden = row != rows.selected
	m.bar.Refresh()
	refreshRing(m.ring, rows.focused && row == max(0, rows.selected))
}

func (m rowMark) place(size fyne.Size) {
	layouts.Place(m.bar, 0, 0, gap/2, size.Height)
	const in = gap / 2 // inside the ground of a chosen row
	layouts.Place(m.ring, in, in, size.Width-2*in, size.Height-2*in)
}

// rowMenu is the "…" at the end of the chosen row. Tab passes it by: the row has the focus, and the Menu key.
type rowMenu struct {
	widget.BaseWidget
	pointer
	rows *listRows
	sign *canvas.Image
	tint *canvas.Rectangle
	face *canvas.Rectangle // over words that go on below it
}

var (
	_ fyne.Tappable     = (*rowMenu)(nil)
	_ desktop.Hoverable = (*rowMenu)(nil)
	_ desktop.Mouseable = (*rowMenu)(nil)
)

func newRowMenu(rows *listRows) *rowMenu {
	m := &rowMenu{rows: rows, sign: newSign(), tint: canvas.NewRectangle(color.Transparent), face: &canvas.Rectangle{}}
	m.pointer.changed = func() {
		m.Refresh()
		showTip(m, lang.L("What can be done (Menu key)"), m.hovered && !m.pressed)
	}
	m.Hide()
	m.ExtendBaseWidget(m)
	return m
}

// Tapped lets down the menu.
func (m *rowMenu) Tapped(*fyne.PointEvent) {
	touched()
	FocusUnderMouse(m.rows)
	m.rows.showMenu(m, fyne.NewPos(0, m.Size().Height))
}

// AccessibilityLabel implements fyne.Accessible.
func (m *rowMenu) AccessibilityLabel() string { return lang.L("What can be done (Menu key)") }

// AccessibilityRole implements fyne.Accessible.
func (m *rowMenu) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements fyne.Widget.
func (m *rowMenu) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		Of: m, Parts: parts(m.face, m.tint, m.sign), Least: func() fyne.Size { return fyne.NewSquareSize(signSide()) },
		Look: func() {
			m.tint.FillColor, m.tint.CornerRadius = color.Transparent, theme.Size(theme.SizeNameButtonRadius)
			if m.hovered || m.pressed {
				m.tint.FillColor = theme.Color(theme.ColorNamePressed)
			}
			m.face.FillColor = theme.Color(theme.ColorNameSelection)
			lookSign(m.sign, theme.MoreHorizontalIcon(), theme.ColorNameForeground)
		},
		Arrange: func(size fyne.Size) {
			side := signSide()
			const in = gap / 2 // the ring is around it
			layouts.Place(m.face, 0, in+ringWidth, size.Width-in-ringWidth, size.Height-2*(in+ringWidth))
			layouts.Place(m.tint, in, in, size.Width-2*in, size.Height-2*in)
			layouts.Place(m.sign, (size.Width-side)/2, (size.Height-side)/2, side, side)
		},
	}
}

// showMenu lets down the menu of the chosen row. What it does is done to that, or not at all.
func (r *listRows) showMenu(of fyne.CanvasObject, at fyne.Position) {
	if r.owner.Menu == nil || r.selected < 0 {
		return
	}
	items, id := r.owner.Menu(r.selected), r.chosen
	for i, item := range items {
		items[i].Act = func() {
			if r.chosen == id {
				item.Act()
			}
		}
	}
	ShowMenu(of, at, items...)
}

// showMenuAtRow is for the keyboard.
func (r *listRows) showMenuAtRow() {
	r.ScrollTo(r.selected)
	r.showMenu(r, fyne.NewPos(2*gap, float32(r.selected+1)*r.owner.rowHeight()-r.GetScrollOffset()))
}
