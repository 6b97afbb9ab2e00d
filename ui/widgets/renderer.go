package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Renderer is the renderer of a widget that places its parts itself.
type Renderer struct {
	Of      fyne.Widget
	Parts   func() []fyne.CanvasObject
	Least   func() fyne.Size
	Arrange func(fyne.Size)
	Look    func() // gives the parts what the theme says now; nil: Arrange does, and draws what changed
}

// looking gives a new renderer its looks.
func (r *Renderer) looking() *Renderer {
	r.Look()
	return r
}

// Destroy implements fyne.WidgetRenderer.
func (r *Renderer) Destroy() {}

// Objects implements fyne.WidgetRenderer.
func (r *Renderer) Objects() []fyne.CanvasObject { return r.Parts() }

// MinSize implements fyne.WidgetRenderer.
func (r *Renderer) MinSize() fyne.Size { return r.Least() }

// Layout implements fyne.WidgetRenderer.
func (r *Renderer) Layout(size fyne.Size) { r.Arrange(size) }

// Refresh implements fyne.WidgetRenderer.
func (r *Renderer) Refresh() {
	if r.Look != nil {
		r.Look()
	}
	r.Arrange(r.Of.Size())
	if r.Look != nil {
		for _, o := range r.Parts() {
			o.Refresh()
		}
	}
	canvas.Refresh(r.Of)
}

// parts are always the same ones.
func parts(objects ...fyne.CanvasObject) func() []fyne.CanvasObject {
	return func() []fyne.CanvasObject { return objects }
}
