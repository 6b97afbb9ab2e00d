package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
)

// waitCard draws who waits: the name and the minutes, below it with whom and since when, and what sends them in.
type waitCard struct {
	ground, strip, face *canvas.Rectangle // face is that of "Send in"
	name, sign, wait    *canvas.Text
	sub, send           *canvas.Text
}

// cardLook is what a card shows besides who waits.
type cardLook struct{ hasKeys, isPointed bool }

func newWaitCard() *waitCard {
	bold := fyne.TextStyle{Bold: true}
	return &waitCard{
		ground: canvas.NewRectangle(transparent), strip: canvas.NewRectangle(transparent), face: canvas.NewRectangle(transparent),
		name: newText(bold), sign: newText(fyne.TextStyle{Monospace: true}), wait: newText(bold),
		sub: newText(fyne.TextStyle{}), send: newText(bold),
	}
}

func (c *waitCard) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{c.ground, c.strip, c.face, c.name, c.sign, c.wait, c.sub, c.send}
}

func (c *waitCard) hide() {
	for _, o := range c.objects() {
		o.Hide()
	}
}

// hasSendIn says that "Send in" is at a place of the list.
func (c *waitCard) hasSendIn(at fyne.Position) bool {
	from, size := c.face.Position(), c.face.Size()
	return at.X >= from.X && at.X < from.X+size.Width && at.Y >= from.Y && at.Y < from.Y+size.Height
}

// sub is the second line of a card.
func (r waitingRow) sub() string {
	of := map[string]any{"Practitioner": r.With, "Since": r.Since}
	if r.Long {
		return lang.L("{{.Practitioner}} · since {{.Since}} · too long", of)
	}
	return lang.L("{{.Practitioner}} · since {{.Since}}", of)
}

func (c *waitCard) show(r waitingRow, look cardLook, y float32, size fyne.Size) {
	ground, ink, quiet := theme.ColorNameInputBackground, theme.ColorNameForeground, theme.ColorNamePlaceHolder
	edge, width := theme.ColorNameSeparator, theme.Size(theme.SizeNameSeparatorThickness)
	if r.Long {
		ink, quiet = theme.ColorNameError, theme.ColorNameError
	}
	if look.hasKeys {
		ground, edge, width = theme.ColorNameSelection, theme.ColorNamePrimary, 2
		ink, quiet = theme.ColorNameForeground, theme.ColorNameForeground // red is too faint on that ground; the sign and the word say it
	}
	c.ground.CornerRadius = theme.Size(theme.SizeNameCardRadius)
	c.ground.StrokeColor, c.ground.StrokeWidth = theme.Color(edge), width
	setRectangle(c.ground, 0, y, size.Width, size.Height, ground)
	c.ground.Refresh()
	c.strip.CornerRadius = barWidth / 2
	setRectangle(c.strip, gap/2, y+gap, barWidth, size.Height-2*gap, theme.ColorNameError)
	c.strip.Hidden = !r.Long

	small, caption := layouts.SmallLineHeight(), theme.CaptionTextSize()
	left, right := float32(2*gap), size.Width-gap-gap/2
	wait := r.Wait
	if r.Long {
		wait = "! " + wait
	}
	x := right - fyne.MeasureText(wait, theme.TextSize(), c.wait.TextStyle).Width
	setText(c.wait, wait, x, y+gap, theme.TextSize(), ink)
	sign := ""
	if r.Alert {
		sign = "⚠"
	}
	setText(c.name, fit(r.Name, x-left-3*gap, theme.TextSize(), c.name.TextStyle), left, y+gap, theme.TextSize(), theme.ColorNameForeground)
	setText(c.sign, sign, left+c.name.MinSize().Width+gap/2, y+gap, theme.TextSize(), theme.ColorNameForeground)

	send := lang.L("Send in")
	measured := fyne.MeasureText(send, caption, c.send.TextStyle)
	face, top := fyne.NewSize(measured.Width+2*gap, small+gap/2), y+size.Height-gap/2-small-gap/2
	x = right - face.Width
	c.face.CornerRadius = face.Height / 2
	on := theme.ColorNameHover
	if look.isPointed {
		on = theme.ColorNameSelection
	}
	setRectangle(c.face, x, top, face.Width, face.Height, on)
	setText(c.send, send, x+gap, top+gap/4, caption, theme.ColorNameForeground)
	setText(c.sub, fit(r.sub(), x-left-gap, caption, c.sub.TextStyle), left, y+size.Height-gap/2-small-gap/4, caption, quiet)
}
