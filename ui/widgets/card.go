package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

const (
	cardWidth = 440
	leastBody = 56 // of a card above its foot, for text at 100 %: a field with its label
)

// Card is a white surface with a column of things on it.
type Card struct {
	widget.BaseWidget
	Width   float32 // for text at 100 %; set it before the card is shown
	content fyne.CanvasObject
	body    fyne.CanvasObject // content, or what it scrolls in
	foot    fyne.CanvasObject // below it; nil: there is none
}

// NewCard returns a card 440 wide.
func NewCard(content ...fyne.CanvasObject) *Card {
	c := &Card{Width: cardWidth, content: NewColumn(content...)}
	c.body = c.content
	c.ExtendBaseWidget(c)
	return c
}

// Footed puts more below, such as the main button, and returns the card: that stays in sight where the window is too low
// for a Centered card, and only the rest scrolls.
func (c *Card) Footed(foot ...fyne.CanvasObject) *Card {
	c.content = newRingRoom(c.content)
	c.body = NewInnerScroll(container.ScrollVerticalOnly, c.content)
	c.foot = NewColumn(foot...)
	return c
}

// ScrollToTop shows where it begins.
func (c *Card) ScrollToTop() {
	if scroll, ok := c.body.(*InnerScroll); ok {
		scroll.ScrollToTop()
	}
}

// Children implements layouts.Parent.
func (c *Card) Children() []fyne.CanvasObject {
	if c.foot == nil {
		return []fyne.CanvasObject{c.body}
	}
	return []fyne.CanvasObject{c.body, c.foot}
}

// least is how high it is at least, at the width of the last layout.
func (c *Card) least() float32 {
	if c.foot == nil {
		return c.MinSize().Height
	}
	return min(c.MinSize().Height, layouts.Scaled(leastBody)+c.foot.MinSize().Height+2*cardPad)
}

// CreateRenderer implements fyne.Widget.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	return &cardRenderer{surface: newSurface(), card: c}
}

type cardRenderer struct {
	surface *canvas.Rectangle
	card    *Card
}

func (r *cardRenderer) Destroy() {}

func (r *cardRenderer) Objects() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{r.surface}, r.card.Children()...)
}

func (r *cardRenderer) Layout(size fyne.Size) {
	c, width := r.card, size.Width-2*cardPad
	r.surface.Resize(size)
	if c.foot == nil {
		layouts.Place(c.body, cardPad, cardPad, width, size.Height-2*cardPad)
		return
	}
	foot := layouts.FitHeight(c.foot, width)
	top := size.Height - cardPad - foot
	layouts.Place(c.foot, cardPad, top, width, foot)
	layouts.Place(c.body, cardPad-ringRoom, cardPad-ringRoom/2, width+2*ringRoom, max(0, top-gap-cardPad+ringRoom))
}

func (r *cardRenderer) MinSize() fyne.Size {
	c := r.card
	if c.foot == nil {
		return c.content.MinSize().AddWidthHeight(2*cardPad, 2*cardPad)
	}
	content, foot := c.content.MinSize(), c.foot.MinSize()
	return fyne.NewSize(max(content.Width-2*ringRoom, foot.Width)+2*cardPad, content.Height-ringRoom+gap+foot.Height+2*cardPad)
}

func (r *cardRenderer) Refresh() {
	applySurfaceLooks(r.surface)
	r.surface.Refresh()
	r.Layout(r.card.Size())
	for _, o := range r.card.Children() {
		o.Refresh()
	}
}

// newSurface is the background of a card or a dialog.
func newSurface() *canvas.Rectangle {
	surface := canvas.NewRectangle(nil)
	applySurfaceLooks(surface)
	return surface
}

func applySurfaceLooks(surface *canvas.Rectangle) {
	surface.FillColor = theme.Color(theme.ColorNameOverlayBackground)
	surface.StrokeColor = theme.Color(theme.ColorNameSeparator)
	surface.StrokeWidth = theme.Size(theme.SizeNameSeparatorThickness)
	surface.CornerRadius = theme.Size(theme.SizeNameCardRadius)
}

// applyRaisedLooks are those of what lies over a page: an edge that is to be seen on it.
func applyRaisedLooks(surface *canvas.Rectangle) {
	applySurfaceLooks(surface)
	surface.StrokeColor = theme.Color(theme.ColorNameInputBorder)
}

// Centered puts a card in the middle of the window; where the window is too low for it, it scrolls.
func Centered(card *Card) fyne.CanvasObject {
	return container.NewVScroll(container.New(centeredLayout{card}, card))
}

type centeredLayout struct{ card *Card }

func (l centeredLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	width := min(layouts.Scaled(l.card.Width), size.Width-2*gap)
	height := layouts.FitHeight(l.card, width)
	height = max(min(height, size.Height-2*gap), l.card.least())
	layouts.Place(l.card, (size.Width-width)/2, max(gap, (size.Height-height)/2), width, height)
}

func (l centeredLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.card.MinSize().Width+2*gap, l.card.least()+2*gap)
}
