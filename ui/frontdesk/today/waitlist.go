package today

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
)

// waitList are those who wait, a card for each.
type waitList struct {
	widget.BaseWidget
	widgets.ItemControl
	rows   []waitingRow
	nobody string // what is said where there is none
	chosen string // id

	open   func()                             // the one that is chosen
	sendIn func(id string)                    // to the practitioner
	menu   func(id string) []widgets.MenuItem // of the right mouse button
	now    func() time.Time

	cards   []*waitCard
	empty   *canvas.Text // what is said where there is no card
	pointed string       // whose "Send in" is under the mouse
	pressed string       // whose was pressed, and not let go yet
	sent    time.Time    // when somebody was sent in last by the mouse
}

var (
	_ fyne.Focusable         = (*waitList)(nil)
	_ fyne.DoubleTappable    = (*waitList)(nil)
	_ fyne.SecondaryTappable = (*waitList)(nil)
	_ desktop.Mouseable      = (*waitList)(nil)
	_ desktop.Hoverable      = (*waitList)(nil)
	_ fyne.Accessible        = (*waitList)(nil)
)

func newWaitList() *waitList {
	l := &waitList{empty: newText(fyne.TextStyle{})}
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
	if row < len(l.cards) {
		l.draw(row)
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

// rowAt is the row at a place, and whether its "Send in" is there; -1: none is.
func (l *waitList) rowAt(at fyne.Position) (row int, isSendIn bool) {
	row = int(at.Y / l.rowHeight())
	if at.Y < 0 || row < 0 || row >= len(l.rows) || row >= len(l.cards) {
		return -1, false
	}
	return row, l.cards[row].hasSendIn(at)
}

// press chooses a row. A press on its "Send in" is no half of a double click.
func (l *waitList) press(at fyne.Position) (id string) {
	row, isSendIn := l.rowAt(at)
	l.pressed = ""
	if row < 0 {
		return ""
	}
	l.choose(row)
	if isSendIn {
		l.pressed = l.chosen
		return ""
	}
	return l.chosen
}

// MouseUp sends in whom it was pressed on. A second press of a double click would hit who moved up meanwhile.
func (l *waitList) MouseUp(e *desktop.MouseEvent) {
	row, isSendIn := l.rowAt(e.Position)
	id := l.pressed
	l.pressed = ""
	if !isSendIn || id == "" || l.rows[row].ID != id || e.Button > desktop.MouseButtonPrimary || l.now().Sub(l.sent) < stepGuard {
		return
	}
	l.sent = l.now()
	l.sendIn(id)
}

// TappedSecondary implements fyne.SecondaryTappable.
func (l *waitList) TappedSecondary(e *fyne.PointEvent) {
	if row, _ := l.rowAt(e.Position); row >= 0 {
		l.choose(row)
		widgets.ShowMenu(l, e.Position, l.menu(l.chosen)...)
	}
}

// MouseIn implements desktop.Hoverable.
func (l *waitList) MouseIn(e *desktop.MouseEvent) { l.MouseMoved(e) }

// MouseMoved shows which "Send in" is under the mouse.
func (l *waitList) MouseMoved(e *desktop.MouseEvent) {
	pointed := ""
	if row, isSendIn := l.rowAt(e.Position); isSendIn {
		pointed = l.rows[row].ID
	}
	l.point(pointed)
}

// MouseOut implements desktop.Hoverable.
func (l *waitList) MouseOut() { l.point("") }

func (l *waitList) point(id string) {
	if l.pointed != id {
		l.pointed = id
		l.arrange()
	}
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
	return &widgets.Renderer{Of: l, Parts: l.parts, Arrange: func(fyne.Size) { l.arrange() }, Least: func() fyne.Size {
		return fyne.NewSize(layouts.Scaled(120), l.rowHeight()*float32(max(1, len(l.rows))))
	}}
}

func (l *waitList) parts() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{l.empty}
	for _, c := range l.cards {
		objects = append(objects, c.objects()...)
	}
	return objects
}

// cardGap is between two cards.
const cardGap = 6

func (l *waitList) rowHeight() float32 {
	return layouts.LineHeight() + layouts.SmallLineHeight() + 2*gap + cardGap
}

func (l *waitList) arrange() {
	for len(l.cards) < len(l.rows) {
		l.cards = append(l.cards, newWaitCard())
	}
	for i, card := range l.cards {
		if i < len(l.rows) {
			l.draw(i)
		} else {
			card.hide()
		}
	}
	nobody := ""
	if len(l.rows) == 0 {
		nobody = l.nobody
	}
	setText(l.empty, fit(nobody, l.Size().Width, theme.TextSize(), l.empty.TextStyle), 0, gap/2, theme.TextSize(), theme.ColorNamePlaceHolder)
}

func (l *waitList) draw(row int) {
	r := l.rows[row]
	look := cardLook{hasKeys: r.ID == l.chosen && l.HasFocus(), isPointed: r.ID == l.pointed}
	l.cards[row].show(r, look, l.rowHeight()*float32(row), fyne.NewSize(l.Size().Width, l.rowHeight()-cardGap))
}
