package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// Toast says what was just done, with what takes it back, over the foot of what it is about. Without a text it is hidden.
type Toast struct {
	widget.BaseWidget
	notice  *Notice
	act     *Button
	close   *Button
	closed  func()
	content *fyne.Container
}

// NewToast returns a hidden one. act is what its link does; closed hears that somebody took the toast away.
func NewToast(act, closed func()) *Toast {
	t := &Toast{notice: NewNotice(Good, ""), act: NewLink("", act), closed: closed}
	t.close = NewFlatButton(theme.CancelIcon(), "", t.Close)
	t.close.Spoken, t.close.Tip = lang.L("Close"), lang.L("Close")
	row := &layouts.Row{Gap: 2 * gap, Fill: t.notice, Align: layouts.Middle}
	t.content = container.New(row, t.notice, t.act, t.close)
	t.ExtendBaseWidget(t)
	t.Hide()
	return t
}

// Set says a text; act names what its link does, "" is no link. isNew is whether it said something else before. A button
// that goes has the focus no more: Enter would press it unseen.
func (t *Toast) Set(kind Kind, text, act string) (isNew bool) {
	if t.Visible() == (text != "") && t.Text() == text && t.notice.kind == kind && t.act.Text == act {
		return false // it comes with each key, and a sign takes time to draw
	}
	t.notice.Set(kind, text)
	t.act.SetText(act)
	SetVisible(t.act, act != "")
	SetVisible(t, text != "")
	isGone := act == "" && t.act.HasFocus() || text == "" && (t.act.HasFocus() || t.close.HasFocus())
	if c := canvasOf(t); isGone && c != nil {
		c.Unfocus()
	}
	t.content.Refresh()
	return true
}

// Text is what it says; "": it is hidden.
func (t *Toast) Text() string { return t.notice.Text() }

// Act is the link.
func (t *Toast) Act() *Button { return t.act }

// Close takes it away, as its button does.
func (t *Toast) Close() {
	t.Set(Info, "", "")
	t.closed()
}

// Children implements layouts.Parent.
func (t *Toast) Children() []fyne.CanvasObject { return []fyne.CanvasObject{t.content} }

// toastWidth is how wide one is at most, for text at 100 %.
const toastWidth = 720

// Width is how wide it is where there is that much room: as wide as its words, up to a few lines.
func (t *Toast) Width(room float32) float32 {
	words := fyne.MeasureText(t.Text(), theme.TextSize(), fyne.TextStyle{}).Width + theme.IconInlineSize() + 8*gap
	for _, b := range []*Button{t.act, t.close} {
		if b.Visible() {
			words += b.MinSize().Width + 2*gap
		}
	}
	return min(room, words, layouts.Scaled(toastWidth))
}

// Fit is how large it is where there is that much width.
func (t *Toast) Fit(room float32) fyne.Size {
	width := t.Width(room)
	return fyne.NewSize(width, layouts.FitHeight(t, width))
}

// CreateRenderer implements fyne.Widget.
func (t *Toast) CreateRenderer() fyne.WidgetRenderer {
	surface := newSurface()
	return &Renderer{
		Of: t, Parts: parts(surface, t.content), Look: func() { applyRaisedLooks(surface) },
		Least: func() fyne.Size { return t.content.MinSize().AddWidthHeight(3*gap, gap) },
		Arrange: func(size fyne.Size) {
			surface.Resize(size)
			layouts.Place(t.content, 2*gap, gap/2, size.Width-3*gap, size.Height-gap)
		},
	}
}
