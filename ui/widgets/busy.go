package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// Busy is a line that says that something goes on, and by a thin bar under it how far it is. Its room is always kept,
// so nothing moves when it starts.
type Busy struct {
	widget.BaseWidget
	activity *widget.Activity
	text     *Text
	bar      *progressBar
}

// NewBusy returns a line that shows nothing yet.
func NewBusy() *Busy {
	b := &Busy{activity: widget.NewActivity(), text: Quiet(""), bar: newProgressBar()}
	b.activity.Hide()
	b.bar.Hide()
	b.ExtendBaseWidget(b)
	return b
}

// Start says what goes on.
func (b *Busy) Start(text string) { b.SetProgress(text, 0, 0) }

// SetProgress says what goes on, and how much of it is done. Where the total is 0 nobody knows, and there is no bar.
func (b *Busy) SetProgress(text string, done, total int) {
	b.text.SetText(text)
	b.activity.Show()
	b.activity.Start()
	b.bar.set(done, total)
}

// Stop shows nothing again.
func (b *Busy) Stop() {
	b.activity.Stop()
	b.activity.Hide()
	b.text.SetText("")
	b.bar.set(0, 0)
}

// width is what the text needs to stand in one line.
func (b *Busy) width() float32 {
	return theme.IconInlineSize() + gap + fyne.MeasureText(b.text.Text(), theme.TextSize(), fyne.TextStyle{}).Width
}

// AccessibilityLabel implements fyne.Accessible.
func (b *Busy) AccessibilityLabel() string { return b.text.Text() }

// AccessibilityRole implements fyne.Accessible.
func (b *Busy) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (b *Busy) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&fyne.Container{
		Layout:  busyLayout{},
		Objects: []fyne.CanvasObject{b.activity, b.text, b.bar},
	})
}

type busyLayout struct{}

func (busyLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	side := theme.IconInlineSize()
	layouts.Place(objects[0], 0, (size.Height-side)/2, side, side)
	line := layouts.LineHeight()
	layouts.Place(objects[1], side+gap, (size.Height-line)/2, size.Width-side-gap, line)
	layouts.Place(objects[2], side+gap, (size.Height+line)/2+1, size.Width-side-2*gap, barHeight)
}

func (busyLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.IconInlineSize(), 2*theme.InnerPadding()+theme.TextSize())
}

// barHeight leaves the bar room below the text in the height of a button.
const barHeight = 4

// progressBar is a thin bar, hidden as long as there is nothing to show. The track of Fyne's own is half the colour of the
// bar, which is too near to it.
type progressBar struct {
	widget.BaseWidget
	track, fill *canvas.Rectangle
	part        float32 // 0 to 1
}

func newProgressBar() *progressBar {
	p := &progressBar{track: canvas.NewRectangle(nil), fill: canvas.NewRectangle(nil)}
	p.ExtendBaseWidget(p)
	return p
}

func (p *progressBar) set(done, total int) {
	p.Hidden = total <= 0
	if p.Hidden {
		p.part = 0
	} else {
		p.part = max(0, min(1, float32(done)/float32(total)))
	}
	p.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (p *progressBar) CreateRenderer() fyne.WidgetRenderer {
	r := &Renderer{Of: p, Parts: parts(p.track, p.fill), Look: p.look, Arrange: p.arrange}
	r.Least = func() fyne.Size { return fyne.NewSize(0, barHeight) }
	return r.looking()
}

func (p *progressBar) arrange(size fyne.Size) {
	p.track.Resize(size)
	p.fill.Resize(fyne.NewSize(size.Width*p.part, size.Height))
}

func (p *progressBar) look() {
	p.track.FillColor, p.fill.FillColor = theme.Color(theme.ColorNameSelection), theme.Color(theme.ColorNamePrimary)
	p.track.CornerRadius, p.fill.CornerRadius = barHeight/2, barHeight/2
}
