package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// messageLines is the room kept under a field, in lines: few errors need more, and so nothing moves.
const messageLines = 2

// Field is an input with its label above and a line of help below it. An error takes the place of the help.
type Field struct {
	widget.BaseWidget
	label *Text
	input fyne.CanvasObject
	help  *Text
	err   *Notice
	lines float32
}

// NewField puts a label on an input.
func NewField(label string, input fyne.CanvasObject) *Field {
	f := &Field{label: Label(label), input: input, help: Small(""), err: newSmallNotice(Error, ""), lines: messageLines}
	f.err.Hide()
	f.ExtendBaseWidget(f)
	return f
}

// SetHelp sets the quiet text that is shown while there is no error.
func (f *Field) SetHelp(text string) { f.help.SetText(text) }

// SetLabel changes the label.
func (f *Field) SetLabel(text string) { f.label.SetText(text) }

// Reserve keeps room for so many lines of help or error instead of two, and returns the field: 0 suits one that cannot
// be wrong and needs no help.
func (f *Field) Reserve(lines int) *Field {
	f.lines = float32(lines)
	f.Refresh()
	return f
}

// SetError shows what is wrong and what to do; "" shows the help again.
func (f *Field) SetError(text string) {
	f.err.SetText(text)
	f.err.Hidden = text == ""
	f.help.Hidden = text != ""
	f.Refresh()
}

// Error returns the error shown, or "".
func (f *Field) Error() string { return f.err.Text() }

// Input returns what NewField was given.
func (f *Field) Input() fyne.CanvasObject { return f.input }

// Children implements Parent.
func (f *Field) Children() []fyne.CanvasObject { return []fyne.CanvasObject{f.input} }

// CreateRenderer implements fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&fyne.Container{
		Layout:  fieldLayout{f},
		Objects: []fyne.CanvasObject{f.label, f.input, f.help, f.err},
	})
}

type fieldLayout struct{ field *Field }

func (l fieldLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	f, width := l.field, min(size.Width, scaled(maxField))
	y := float32(0)
	for _, o := range []fyne.CanvasObject{f.label, f.input} {
		height := fitHeight(o, width)
		place(o, 0, y, width, height)
		y += height + gap/2
	}
	for _, o := range []fyne.CanvasObject{f.help, f.err} {
		place(o, 0, y, width, fitHeight(o, width))
	}
}

func (l fieldLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	f := l.field
	label, input := f.label.MinSize(), f.input.MinSize()
	message := smallLines(f.lines)
	for _, o := range []fyne.CanvasObject{f.help, f.err} {
		if o.Visible() && o.(interface{ Text() string }).Text() != "" {
			message = max(message, o.MinSize().Height)
		}
	}
	return fyne.NewSize(max(label.Width, input.Width), label.Height+input.Height+message+gap)
}

// smallLines is the height of so many lines of small print.
func smallLines(lines float32) float32 {
	line := fyne.MeasureText("X", theme.CaptionTextSize(), fyne.TextStyle{}).Height
	return lines*line + max(0, lines-1)*theme.LineSpacing()
}
