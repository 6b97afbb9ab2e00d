package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
)

// chipLook is what a chip shows.
type chipLook struct {
	text                string
	isOn                bool // it is taken
	isHovered, hasFocus bool
	isOff               bool // it can't be taken now
}

// newChipRenderer draws a chip, whose words have room of that size around them. look says how it looks now.
func newChipRenderer(of fyne.Widget, room fyne.Size, look func() chipLook) fyne.WidgetRenderer {
	face, tint, label, ring := &canvas.Rectangle{}, &canvas.Rectangle{}, canvas.NewText("", color.Transparent), newRing()
	r := &Renderer{Of: of, Parts: parts(face, tint, label, ring)}
	r.Look = func() {
		l := look()
		ground, ink, edge := theme.ColorNameInputBackground, theme.ColorNameForeground, theme.ColorNameInputBorder
		switch {
		case l.isOn:
			ground, edge = theme.ColorNameSelection, theme.ColorNamePrimary
		case l.isOff:
			ink = theme.ColorNameDisabled
		}
		face.FillColor, face.StrokeColor, face.StrokeWidth = theme.Color(ground), theme.Color(edge), theme.Size(theme.SizeNameInputBorder)
		tint.FillColor = color.Transparent
		if l.isHovered && !l.isOff {
			tint.FillColor = theme.Color(theme.ColorNamePressed)
		}
		label.Text, label.Color, label.TextSize = l.text, theme.Color(ink), theme.TextSize()
		refreshRing(ring, l.hasFocus)
		ring.CornerRadius = (label.MinSize().Height + room.Height) / 2
	}
	r.Least = func() fyne.Size { return label.MinSize().Add(room) }
	r.Arrange = func(size fyne.Size) {
		face.Resize(size)
		tint.Resize(size)
		face.CornerRadius, tint.CornerRadius = size.Height/2, size.Height/2
		need := label.MinSize()
		layouts.Place(label, (size.Width-need.Width)/2, (size.Height-need.Height)/2, need.Width, need.Height)
		placeRingAround(ring, size)
	}
	return r.looking()
}
