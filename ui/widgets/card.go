package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const cardWidth = 440

// Card is a white sheet with a column of things on it.
type Card struct {
	widget.BaseWidget
	Width   float32 // for text at 100 %; set it before the card is shown
	content fyne.CanvasObject
}

// NewCard returns a card 440 wide.
func NewCard(content ...fyne.CanvasObject) *Card {
	c := &Card{Width: cardWidth, content: NewColumn(content...)}
	c.ExtendBaseWidget(c)
	return c
}

// Children implements Parent.
func (c *Card) Children() []fyne.CanvasObject { return []fyne.CanvasObject{c.content} }

// CreateRenderer implements fyne.Widget.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	return &cardRenderer{sheet: newSheet(), content: c.content}
}

type cardRenderer struct {
	sheet   *canvas.Rectangle
	content fyne.CanvasObject
}

func (r *cardRenderer) Destroy() {}

func (r *cardRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.sheet, r.content}
}

func (r *cardRenderer) Layout(size fyne.Size) {
	r.sheet.Resize(size)
	place(r.content, cardPad, cardPad, size.Width-2*cardPad, size.Height-2*cardPad)
}

func (r *cardRenderer) MinSize() fyne.Size {
	return r.content.MinSize().AddWidthHeight(2*cardPad, 2*cardPad)
}

func (r *cardRenderer) Refresh() {
	applySheetLooks(r.sheet)
	r.sheet.Refresh()
	r.content.Refresh()
}

// newSheet is the background of a card or a dialog.
func newSheet() *canvas.Rectangle {
	sheet := canvas.NewRectangle(nil)
	applySheetLooks(sheet)
	return sheet
}

func applySheetLooks(sheet *canvas.Rectangle) {
	sheet.FillColor = theme.Color(theme.ColorNameOverlayBackground)
	sheet.StrokeColor = theme.Color(theme.ColorNameSeparator)
	sheet.StrokeWidth = theme.Size(theme.SizeNameSeparatorThickness)
	sheet.CornerRadius = theme.Size(theme.SizeNameCardRadius)
}

// Centered puts a card in the middle of the window; where the window is too low for it, it scrolls.
func Centered(card *Card) fyne.CanvasObject {
	return container.NewVScroll(container.New(centeredLayout{card}, card))
}

type centeredLayout struct{ card *Card }

func (l centeredLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	width := min(scaled(l.card.Width), size.Width-2*gap)
	height := fitHeight(l.card, width)
	place(l.card, (size.Width-width)/2, max(gap, (size.Height-height)/2), width, height)
}

func (l centeredLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return l.card.MinSize().AddWidthHeight(2*gap, 2*gap)
}
