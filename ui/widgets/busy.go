package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Busy is a line that says that something goes on. Its room is always kept, so nothing moves when it starts.
type Busy struct {
	widget.BaseWidget
	activity *widget.Activity
	text     *Text
}

// NewBusy returns a line that shows nothing yet.
func NewBusy() *Busy {
	b := &Busy{activity: widget.NewActivity(), text: Quiet("")}
	b.activity.Hide()
	b.ExtendBaseWidget(b)
	return b
}

// Start says what goes on.
func (b *Busy) Start(text string) {
	b.text.SetText(text)
	b.activity.Show()
	b.activity.Start()
}

// Stop shows nothing again.
func (b *Busy) Stop() {
	b.activity.Stop()
	b.activity.Hide()
	b.text.SetText("")
}

// CreateRenderer implements fyne.Widget.
func (b *Busy) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&fyne.Container{
		Layout:  busyLayout{},
		Objects: []fyne.CanvasObject{b.activity, b.text},
	})
}

type busyLayout struct{}

func (busyLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	side := theme.IconInlineSize()
	place(objects[0], 0, (size.Height-side)/2, side, side)
	line := fyne.MeasureText("X", theme.TextSize(), fyne.TextStyle{}).Height
	place(objects[1], side+gap, (size.Height-line)/2, size.Width-side-gap, line)
}

func (busyLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.IconInlineSize(), 2*theme.InnerPadding()+theme.TextSize())
}
