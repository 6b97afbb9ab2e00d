package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// privacyScreen covers what must not be seen once the time to lock has come. It
// asks at each frame: the first one after that time shows a blank page, whatever
// timer is late. The same walk through the objects finds what is clicked, and
// what the Tab key reaches: behind it that is nothing.
type privacyScreen struct {
	widget.BaseWidget
	content fyne.CanvasObject
	isOn    func() bool
	touched func() // the mouse moved over it
}

func newPrivacyScreen(content fyne.CanvasObject, isOn func() bool, touched func()) *privacyScreen {
	c := &privacyScreen{content: content, isOn: isOn, touched: touched}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *privacyScreen) CreateRenderer() fyne.WidgetRenderer {
	cover := canvas.NewRectangle(theme.Color(theme.ColorNameBackground))
	cover.Resize(c.Size())
	return &privacyScreenRenderer{privacy: c, cover: cover}
}

// Children implements layouts.Parent.
func (c *privacyScreen) Children() []fyne.CanvasObject {
	if c.isOn() {
		return nil
	}
	return []fyne.CanvasObject{c.content}
}

var _ desktop.Hoverable = (*privacyScreen)(nil)

// MouseIn implements desktop.Hoverable.
func (c *privacyScreen) MouseIn(*desktop.MouseEvent) { c.touched() }

// MouseMoved implements desktop.Hoverable.
func (c *privacyScreen) MouseMoved(*desktop.MouseEvent) { c.touched() }

// MouseOut implements desktop.Hoverable.
func (c *privacyScreen) MouseOut() { c.touched() }

type privacyScreenRenderer struct {
	privacy *privacyScreen
	cover   *canvas.Rectangle
}

// Objects implements fyne.WidgetRenderer.
func (r *privacyScreenRenderer) Objects() []fyne.CanvasObject {
	if r.privacy.isOn() {
		return []fyne.CanvasObject{r.cover}
	}
	return []fyne.CanvasObject{r.privacy.content}
}

// Layout implements fyne.WidgetRenderer.
func (r *privacyScreenRenderer) Layout(size fyne.Size) {
	r.cover.Resize(size)
	r.privacy.content.Resize(size)
}

// MinSize implements fyne.WidgetRenderer.
func (r *privacyScreenRenderer) MinSize() fyne.Size { return r.privacy.content.MinSize() }

// Refresh implements fyne.WidgetRenderer.
func (r *privacyScreenRenderer) Refresh() {
	r.cover.FillColor = theme.Color(theme.ColorNameBackground)
	r.cover.Refresh()
	r.privacy.content.Refresh()
}

// Destroy implements fyne.WidgetRenderer.
func (r *privacyScreenRenderer) Destroy() {}
