package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// foot lies over the foot of the day only while there is something to say: what was done, with its Undo, or that
// something goes on.
type foot struct {
	content *fyne.Container
	toast   *widgets.Toast
}

func newFoot(undo, closed func()) *foot {
	f := &foot{toast: widgets.NewToast(undo, closed)}
	f.content = container.New(footLayout{f.toast}, f.toast)
	return f
}

// show says a message; one that can be taken back has a link that does it. What goes on is said before that.
func (f *foot) show(message string, level severity, canUndo bool, busy string) {
	kind, link := widgets.Good, ""
	switch {
	case busy != "":
		kind, message, canUndo = widgets.Open, busy, false
	case level == hint:
		kind = widgets.Info
	case level == trouble:
		kind = widgets.Error
	}
	if canUndo {
		link = lang.L("Undo ({{.Key}})", map[string]any{"Key": words.Shortcut("Z")})
	}
	if f.toast.Set(kind, message, link) {
		f.content.Refresh()
	}
}

// footLayout has the toast at the left of the foot, as wide as its words need.
type footLayout struct{ toast *widgets.Toast }

func (l footLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	fit := l.toast.Fit(size.Width - 2*gap)
	layouts.Place(l.toast, gap, size.Height-fit.Height-gap, fit.Width, fit.Height)
}

func (footLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }
