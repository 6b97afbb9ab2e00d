package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
)

const (
	ringWidth = 2 // a line of 1 is easily missed
	ringGap   = 2 // between a button and its ring, or the ring would be lost on a button of the same colour
)

// newRing is the line in the primary colour that shows where the focus is.
func newRing() *canvas.Rectangle {
	ring := canvas.NewRectangle(color.Transparent)
	ring.StrokeWidth = ringWidth
	ring.Hide()
	return ring
}

// refreshRing shows the ring, or not.
func refreshRing(ring *canvas.Rectangle, focused bool) {
	ring.StrokeColor = theme.Color(theme.ColorNamePrimary)
	ring.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	ring.Hidden = !focused
	ring.Refresh()
}

// placeRingAround puts the ring outside a widget of that size, with a little air between.
func placeRingAround(ring *canvas.Rectangle, size fyne.Size) {
	const out = ringGap + ringWidth/2
	layouts.Place(ring, -out, -out, size.Width+2*out, size.Height+2*out)
}

// placeRingOn puts the ring on the edge of a widget of that size.
func placeRingOn(ring *canvas.Rectangle, size fyne.Size) {
	const in = ringWidth / 2
	layouts.Place(ring, in, in, size.Width-2*in, size.Height-2*in)
}

// ringRoom is kept free at the edges of what scrolls, or focus rings would be cut off there.
const ringRoom = gap

// newRingRoom keeps it free around content.
func newRingRoom(content fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(ringRoom/2, ringRoom/2, ringRoom, ringRoom), content)
}
