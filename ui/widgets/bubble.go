package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// Bubble is a surface that tells more about something beside it. The mouse passes through it, to what lies below.
type Bubble struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

// NewBubble returns one around content.
func NewBubble(content fyne.CanvasObject) *Bubble {
	b := &Bubble{content: content}
	b.ExtendBaseWidget(b)
	return b
}

// Children implements layouts.Parent.
func (b *Bubble) Children() []fyne.CanvasObject { return []fyne.CanvasObject{b.content} }

// bubblePad is around what is on a bubble.
const bubblePad = 12

// CreateRenderer implements fyne.Widget.
func (b *Bubble) CreateRenderer() fyne.WidgetRenderer {
	surface := newSurface()
	return &Renderer{
		Of: b, Parts: parts(surface, b.content), Look: func() { applyRaisedLooks(surface) },
		Least: func() fyne.Size { return b.content.MinSize().AddWidthHeight(2*bubblePad, 2*bubblePad) },
		Arrange: func(size fyne.Size) {
			surface.Resize(size)
			layouts.Place(b.content, bubblePad, bubblePad, size.Width-2*bubblePad, size.Height-2*bubblePad)
		},
	}
}
