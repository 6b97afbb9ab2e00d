package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
)

// waitPanel is what stands beside the day: what is done at the desk, and below it the waiting room, or what is being booked.
type waitPanel struct {
	content *fyne.Container
	place   *fyne.Container // of the acts and the waiting room, or of what is docked
	room    *fyne.Container // the waiting room, with what is below it
	title   *widgets.Text
	list    *waitList
	rows    *widgets.InnerScroll // the list, as far as there is room
	figures *widgets.Text
}

const panelWidth = 320 // for text at 100 %; it grows half as fast, to leave room for the day

// newWaitPanel makes it of the acts and, at the foot, what else is to be shown (nil: nothing).
func newWaitPanel(acts, below fyne.CanvasObject, onFigures func()) *waitPanel {
	p := &waitPanel{title: widgets.Subheading(""), list: newWaitList(), figures: widgets.Small("")}
	p.rows = widgets.NewInnerScroll(container.ScrollVerticalOnly, p.list)
	more := widgets.NewLink(lang.L("Figures"), onFigures)
	foot := container.New(&layouts.Row{Gap: gap, Fill: p.figures, Align: layouts.Middle}, p.figures, more)
	parts := []fyne.CanvasObject{p.title, p.rows, foot}
	if below != nil {
		parts = append(parts, below)
	}
	p.room = container.New(layouts.Column{Gap: gap, Fill: p.rows}, parts...)
	top := container.New(layout.NewCustomPaddedLayout(gap, gap, 0, 0), acts)
	width := layouts.Exactly(func() float32 { return layouts.HalfScaled(panelWidth) })
	usual := container.New(layouts.Column{Fill: p.room}, top, p.room)
	p.place = container.NewStack(usual)
	p.content = container.New(layouts.MinSize{Width: width}, p.place)
	return p
}

func (p *waitPanel) show(v waitingView) {
	p.title.SetText(v.Title)
	p.list.show(v.Rows, v.Nobody)
	p.figures.SetText(v.Figures)
	p.room.Refresh()
}

// seesChosen says that the row that is chosen is in sight. One that had scrolled
// away is brought back, and is not meant yet.
func (p *waitPanel) seesChosen() bool {
	y, height := p.list.rowHeight()*float32(p.list.at()), p.list.rowHeight()
	from, room := p.rows.Offset.Y, p.rows.Size().Height
	if room <= 0 || y+height/2 >= from && y+height/2 <= from+room {
		return true
	}
	p.rows.ScrollToOffset(fyne.NewPos(0, min(y, p.list.Size().Height-room)))
	return false
}

// dock shows something in the place of the waiting room, until undock.
func (p *waitPanel) dock(o fyne.CanvasObject) (undock func()) {
	usual := p.place.Objects
	inset := layouts.Inset{Top: layouts.Fixed(gap)}
	p.place.Objects = []fyne.CanvasObject{container.New(inset, o)}
	p.place.Refresh()
	return func() {
		p.place.Objects = usual
		p.place.Refresh()
	}
}
