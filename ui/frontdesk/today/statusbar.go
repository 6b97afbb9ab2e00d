package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
)

// statusBar says what is chosen, what the keys do there, and what was done.
type statusBar struct {
	content fyne.CanvasObject
	line    *widgets.Text
	alert   *widgets.Notice
	keys    *widgets.Text
	message *widgets.Notice
	busy    *widgets.Busy
	layout  *statusLayout
	grown   func() // it needs more room
	goesOn  string
}

func newStatusBar() *statusBar {
	s := &statusBar{
		line: widgets.Label(""), alert: widgets.NewNotice(widgets.Warning, ""), keys: widgets.Small(""),
		message: widgets.NewNotice(widgets.Good, ""), busy: widgets.NewBusy(),
	}
	s.layout = &statusLayout{}
	s.content = container.New(s.layout, s.line, s.alert, s.keys, s.message, s.busy)
	return s
}

func (s *statusBar) show(line, alert, keys, message string, level severity, busy string) {
	s.line.SetText(line)
	s.alert.SetText(alert)
	s.keys.SetText(keys)
	notice := widgets.Good
	switch level {
	case hint:
		notice = widgets.Info
	case trouble:
		notice = widgets.Error
	}
	if s.message.Text() != message || message != "" {
		s.message.Set(notice, message)
	}
	s.goesOn = busy
	if busy == "" {
		s.busy.Stop()
	} else {
		s.busy.Start(busy)
	}
	before := s.content.MinSize().Height
	s.content.Refresh()
	if s.content.MinSize().Height != before {
		s.grown()
	}
}

// statusLayout keeps room for two lines and the keys, so that the day does not
// jump. It grows where a line needs more, and stays so. On a low page a message
// stands where the keys are else.
type statusLayout struct {
	shape  statusShape
	height float32
}

// statusShape is what the height of a line depends on, but for its words.
type statusShape struct {
	width, text float32
	low         bool
}

func (l *statusLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.measure(objects, size.Width, l.shape.low)
}

// measure is the height that all needs at a width, on a low page or another.
func (l *statusLayout) measure(objects []fyne.CanvasObject, width float32, low bool) float32 {
	if shape := (statusShape{width, theme.TextSize(), low}); shape != l.shape {
		l.shape, l.height = shape, 0
	}
	l.height = max(l.height, l.arrange(objects, width))
	return l.MinSize(objects).Height
}

func (l *statusLayout) arrange(objects []fyne.CanvasObject, width float32) float32 {
	fit := func(o fyne.CanvasObject, width float32) float32 {
		return max(layouts.LineHeight(), layouts.FitHeight(o, width))
	}
	busyWidth := layouts.HalfScaled(160)
	line, alert, keys, message, busy := objects[0], objects[1], objects[2], objects[3], objects[4]
	half := width
	hasAlert := alert.(*widgets.Notice).Text() != ""
	if hasAlert { // beside the line, or with the third of the room that a long line leaves it
		words := fyne.MeasureText(line.(*widgets.Text).Text(), theme.TextSize(), fyne.TextStyle{Bold: true}).Width
		half = min(words+2*gap, (width-gap)*0.68)
	}
	first := fit(line, half)
	if hasAlert {
		first = max(first, fit(alert, width-half-gap))
	}
	second := fit(message, width-busyWidth-gap)
	third := max(layouts.SmallLineHeight(), layouts.FitHeight(keys, width))
	layouts.Place(line, 0, 0, half, first)
	layouts.Place(alert, half+gap, 0, width-half-gap, first)
	if l.shape.low {
		isSaid := message.(*widgets.Notice).Text() != ""
		setShown(keys, !isSaid)
		layouts.Place(keys, 0, first+gap/2, width, third)
		layouts.Place(message, 0, first+gap/2, width-busyWidth-gap, second)
		layouts.Place(busy, width-busyWidth, first+gap/2-theme.InnerPadding(), busyWidth, busy.MinSize().Height)
		if isSaid {
			return first + max(second, third) + gap/2
		}
		return first + third + gap/2
	}
	setShown(keys, true)
	layouts.Place(keys, 0, first+gap/2, width, third)
	layouts.Place(message, 0, first+third+gap, width-busyWidth-gap, second)
	layouts.Place(busy, width-busyWidth, first+third+gap-theme.InnerPadding(), busyWidth, busy.MinSize().Height)
	return first + second + third + gap
}

func (l *statusLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	least := 2*layouts.LineHeight() + layouts.SmallLineHeight() + gap
	if l.shape.low {
		least = 2*layouts.LineHeight() + gap/2
	}
	return fyne.NewSize(0, max(l.height, least))
}

// pageLayout has the buttons above, the day and the waiting room in the middle,
// and what is chosen below.
type pageLayout struct{ status *statusLayout }

// lowPage is how many lines high a page is at most that is low, as one with large
// text on a small screen.
const lowPage = 16

func (l pageLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	const margin = 2 * gap
	bar, middle, panel, status := objects[0], objects[1], objects[2], objects[3]
	width := size.Width - 2*margin
	bar.Resize(fyne.NewSize(width, bar.Size().Height))
	top := bar.MinSize().Height
	below := l.status.measure(status.(*fyne.Container).Objects, width, size.Height < lowPage*layouts.LineHeight())
	side := panel.MinSize().Width
	height := max(0, size.Height-top-below-4*gap)
	layouts.Place(bar, margin, gap, width, top)
	layouts.Place(status, margin, size.Height-gap-below, width, below)
	layouts.Place(panel, size.Width-margin-side, top+2*gap, side+margin/2, height)
	layouts.Place(middle, margin, top+2*gap, width-side-gap, height)
}

func (pageLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(layouts.HalfScaled(panelWidth+leastColumn)+4*gap, objects[0].MinSize().Height+8*layouts.LineHeight())
}
