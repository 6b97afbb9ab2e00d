package today

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"anteroom/data"
	"anteroom/ui/layouts"
	"anteroom/ui/looks"
)

// boxLooks are the colours of a box.
type boxLooks struct {
	ground, text, kind fyne.ThemeColorName
	isQuiet            bool // it is over
}

func looksOf(b box) boxLooks {
	l := boxLooks{ground: looks.ColorNameBooked, text: looks.ColorNameOnBooked}
	switch b.Status {
	case data.Arrived:
		l = boxLooks{ground: looks.ColorNameArrived, text: looks.ColorNameOnArrived}
	case data.With:
		l = boxLooks{ground: looks.ColorNameWith, text: looks.ColorNameOnWith}
	case data.Done:
		l = boxLooks{ground: looks.ColorNameDone, text: looks.ColorNameQuietOnDone, isQuiet: true}
	case data.Absent:
		l = boxLooks{ground: looks.ColorNameAbsent, text: looks.ColorNameOnAbsent, isQuiet: true}
	}
	l.kind = l.text
	if b.Kind >= 0 {
		l.kind = looks.Kind(b.Kind)
	}
	return l
}

// boxItem draws an appointment.
type boxItem struct {
	ground, bar      *canvas.Rectangle // the bar has the colour of the kind
	sign, name, rest *canvas.Text
	flags            *canvas.Text // at the right
	box              box
	size             fyne.Size
	text             float32 // the text size it was made for
	looks            boxLooks
	ink              color.Color
}

func newBoxItem() *boxItem {
	return &boxItem{
		ground: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil), flags: newText(fyne.TextStyle{Monospace: true}),
		sign: newText(fyne.TextStyle{Monospace: true}), name: newText(fyne.TextStyle{Bold: true}), rest: newText(fyne.TextStyle{}),
	}
}

func (b *boxItem) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{b.ground, b.bar, b.sign, b.name, b.rest, b.flags}
}

func (b *boxItem) hide() {
	if b.ground.Visible() {
		for _, o := range b.objects() {
			o.Hide()
		}
	}
}

const barWidth = 4

// show draws an appointment. What is as it was is left alone.
func (b *boxItem) show(v box, at fyne.Position, size fyne.Size, l boxLooks) {
	ink := theme.Color(l.text)
	if b.box == v && b.size == size && b.ground.Visible() && b.ground.Position() == at && b.text == theme.TextSize() && b.looks == l && b.ink == ink {
		return
	}
	b.box, b.size, b.text, b.looks, b.ink = v, size, theme.TextSize(), l, ink
	b.ground.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	setRectangle(b.ground, at.X, at.Y, size.Width, size.Height, l.ground)
	b.bar.CornerRadius = barWidth / 2
	setRectangle(b.bar, at.X+1, at.Y+1, min(barWidth, size.Width), size.Height-2, l.kind)
	b.name.TextStyle.Bold = !l.isQuiet
	b.words(at, size)
}

// leastRest is how much room a part of the rest must have to say something.
const leastRest = 48

// words puts the sign and the name into the first line, and the rest behind
// them, or below where there is room for a second line.
func (b *boxItem) words(at fyne.Position, size fyne.Size) {
	main, small := theme.TextSize(), theme.CaptionTextSize()
	line := layouts.LineHeight()
	if size.Height < line {
		main, line = small, layouts.SmallLineHeight()
	}
	left, right := at.X+barWidth+5, at.X+size.Width-3
	hasTwo := size.Height >= line+layouts.SmallLineHeight()
	top := at.Y + (size.Height-line)/2
	if hasTwo {
		top = at.Y + min(2, (size.Height-line-layouts.SmallLineHeight())/2)
	}
	setText(b.sign, fit(b.box.Sign, right-left, main, b.sign.TextStyle), left, top, main, b.looks.text)
	x := left + b.sign.MinSize().Width + 4
	flags := fyne.MeasureText(b.box.Flags, main, b.flags.TextStyle).Width
	setText(b.flags, b.box.Flags, right-flags, top, main, b.looks.text)
	end := right
	if b.box.Flags != "" {
		end -= flags + 2
	}
	b.flags.Hidden = end < x+flags
	setText(b.name, fit(b.box.Name, end-x, main, b.name.TextStyle), x, top, main, b.looks.text)
	if hasTwo {
		setText(b.rest, fit(b.box.Rest, right-x, small, b.rest.TextStyle), x, top+line, small, b.looks.text)
		return
	}
	x += b.name.MinSize().Width + gap
	rest := ""
	if end-x >= layouts.Scaled(leastRest) {
		rest = fit(b.box.Rest, end-x, small, b.rest.TextStyle)
	}
	setText(b.rest, rest, x, top+(line-layouts.SmallLineHeight())*0.7, small, b.looks.text)
}
