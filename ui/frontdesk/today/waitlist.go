package today

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
)

// waitList are those who wait, two lines for each.
type waitList struct {
	widget.BaseWidget
	widgets.ItemControl
	rows   []waitingRow
	nobody string // what is said where there is none
	chosen string // id
	open   func()

	items []*waitItem
	ring  *canvas.Rectangle
	all   []fyne.CanvasObject
}

// waitItem draws a row.
type waitItem struct {
	ground                *canvas.Rectangle
	wait, sign, name, sub *canvas.Text
}

var (
	_ fyne.Focusable      = (*waitList)(nil)
	_ fyne.DoubleTappable = (*waitList)(nil)
	_ desktop.Mouseable   = (*waitList)(nil)
	_ fyne.Accessible     = (*waitList)(nil)
)

func newWaitList() *waitList {
	l := &waitList{ring: canvas.NewRectangle(transparent)}
	l.Init(l)
	l.DrawFocus(l.arrange)
	l.Press = l.press
	l.Open = func(id string) {
		if id == l.chosen {
			l.open()
		}
	}
	l.ExtendBaseWidget(l)
	return l
}

// show shows rows, or what is said where there is none; who is chosen stays chosen.
func (l *waitList) show(rows []waitingRow, nobody string) {
	l.rows, l.nobody = slices.Clone(rows), nobody
	if l.at() < 0 {
		l.chosen = ""
		if len(rows) > 0 {
			l.chosen = rows[0].ID
		}
	}
	l.Refresh()
}

// setMinutes shows the minutes of one row.
func (l *waitList) setMinutes(row int, r waitingRow) {
	l.rows[row] = r
	if row < len(l.items) {
		l.words(row)
	}
}

// at is the row that is chosen, or -1.
func (l *waitList) at() int {
	return slices.IndexFunc(l.rows, func(r waitingRow) bool { return r.ID == l.chosen })
}

func (l *waitList) choose(row int) {
	if row >= 0 && row < len(l.rows) {
		l.chosen = l.rows[row].ID
		l.arrange()
	}
}

// TypedKey implements fyne.Focusable.
func (l *waitList) TypedKey(key *fyne.KeyEvent) {
	switch {
	case key.Name == fyne.KeyDown:
		widgets.Touched()
		l.choose(l.at() + 1)
	case key.Name == fyne.KeyUp:
		widgets.Touched()
		l.choose(l.at() - 1)
	case l.at() < 0:
		widgets.PassKey(l, key)
	default:
		l.Control.TypedKey(key)
	}
}

// press chooses a row.
func (l *waitList) press(at fyne.Position) (id string) {
	row := int(at.Y / l.rowHeight())
	if row < 0 || row >= len(l.rows) {
		return ""
	}
	l.choose(row)
	return l.rows[row].ID
}

// AccessibilityLabel implements fyne.Accessible.
func (l *waitList) AccessibilityLabel() string {
	if i := l.at(); i >= 0 {
		return lang.L("{{.Name}}, {{.Wait}}, {{.More}}", map[string]any{
			"Name": l.rows[i].Name, "Wait": l.rows[i].Wait, "More": l.rows[i].sub(),
		})
	}
	if l.nobody == "" { // it isn't read yet
		return lang.L("Waiting")
	}
	return l.nobody
}

// CreateRenderer implements fyne.Widget.
func (l *waitList) CreateRenderer() fyne.WidgetRenderer {
	l.arrange()
	return &widgets.Renderer{Of: l, Parts: func() []fyne.CanvasObject { return l.all }, Arrange: func(fyne.Size) { l.arrange() }, Least: func() fyne.Size {
		return fyne.NewSize(layouts.Scaled(120), l.rowHeight()*float32(max(1, len(l.rows))))
	}}
}

func (l *waitList) rowHeight() float32 { return layouts.LineHeight() + layouts.SmallLineHeight() + gap }

func (l *waitList) arrange() {
	for len(l.items) < max(1, len(l.rows)) {
		i := &waitItem{
			ground: canvas.NewRectangle(transparent), wait: newText(fyne.TextStyle{Bold: true}),
			sign: newText(fyne.TextStyle{Monospace: true}), name: newText(fyne.TextStyle{}), sub: newText(fyne.TextStyle{}),
		}
		l.items = append(l.items, i)
	}
	if len(l.all) != 1+5*len(l.items) {
		l.all = nil
		for _, i := range l.items {
			l.all = append(l.all, i.ground, i.wait, i.sign, i.name, i.sub)
		}
		l.all = append(l.all, l.ring)
	}
	for i, item := range l.items {
		if i >= len(l.rows) {
			for _, o := range []fyne.CanvasObject{item.ground, item.wait, item.sign, item.name, item.sub} {
				o.Hide()
			}
			continue
		}
		l.words(i)
	}
	if len(l.rows) == 0 {
		setText(l.items[0].name, l.nobody, gap, gap/2, theme.TextSize(), theme.ColorNamePlaceHolder)
	}
	l.ring.StrokeWidth = 2
	l.ring.StrokeColor = theme.Color(theme.ColorNamePrimary)
	l.ring.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	layouts.Place(l.ring, 1, 1, l.Size().Width-2, l.Size().Height-2)
	l.ring.Hidden = !l.HasFocus()
	l.ring.Refresh()
}

// sub is the second line of a row.
func (r waitingRow) sub() string {
	if r.Long {
		return lang.L("{{.Practitioner}} · waits too long", map[string]any{"Practitioner": r.With})
	}
	return r.With
}

// words writes a row to its place.
func (l *waitList) words(row int) {
	r, item := l.rows[row], l.items[row]
	width, height := l.Size().Width, l.rowHeight()
	y := height * float32(row)
	ground := theme.ColorNameInputBackground
	isSelected := r.ID == l.chosen && l.HasFocus()
	if isSelected {
		ground = theme.ColorNameSelection
	}
	setRectangle(item.ground, 0, y, width, height-1, ground)
	wait, ink := r.Wait, theme.ColorNameForeground
	if r.Long {
		wait, ink = "! "+r.Wait, theme.ColorNameError
	}
	if r.Long && isSelected {
		ink = theme.ColorNameForeground // red is too faint on that ground; the sign and the word say it
	}
	setText(item.wait, wait, gap, y+gap/2, theme.TextSize(), ink)
	x := gap + item.wait.MinSize().Width + gap
	sign := ""
	if r.Alert {
		sign = "⚠"
	}
	setText(item.sign, sign, x, y+gap/2, theme.TextSize(), theme.ColorNameForeground)
	if r.Alert {
		x += item.sign.MinSize().Width + 2
	}
	setText(item.name, fit(r.Name, width-x-gap, theme.TextSize(), item.name.TextStyle), x, y+gap/2, theme.TextSize(), theme.ColorNameForeground)
	sub := fit(r.sub(), width-2*gap, theme.CaptionTextSize(), item.sub.TextStyle)
	if ink == theme.ColorNameForeground && !r.Long {
		ink = theme.ColorNamePlaceHolder
	}
	if isSelected {
		ink = theme.ColorNameForeground
	}
	setText(item.sub, sub, gap, y+gap/2+layouts.LineHeight(), theme.CaptionTextSize(), ink)
}
