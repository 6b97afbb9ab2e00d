package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
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
	lines int
}

// NewField puts a label on an input.
func NewField(label string, input fyne.CanvasObject) *Field {
	f := &Field{label: Label(label), input: input, help: Small(""), err: NewSmallNotice(Error, ""), lines: messageLines}
	f.showMessage()
	f.ExtendBaseWidget(f)
	return f
}

// SetHelp sets the quiet text that is shown while there is no error.
func (f *Field) SetHelp(text string) {
	f.help.SetText(text)
	f.showMessage()
}

// SetLabel changes the label.
func (f *Field) SetLabel(text string) { f.label.SetText(text) }

// Reserve keeps room for so many lines of help or error instead of two, and returns the field: 0 suits one that cannot
// be wrong and needs no help.
func (f *Field) Reserve(lines int) *Field {
	f.lines = lines
	f.Refresh()
	return f
}

// SetError shows what is wrong and what to do; "" shows the help again.
func (f *Field) SetError(text string) {
	f.err.SetText(text)
	f.showMessage()
	f.Refresh()
}

// showMessage leaves out what says nothing, or it would need a line.
func (f *Field) showMessage() {
	f.err.Hidden = f.err.Text() == ""
	f.help.Hidden = f.help.Text() == "" || !f.err.Hidden
}

// Error returns the error shown, or "".
func (f *Field) Error() string { return f.err.Text() }

// Input returns what NewField was given.
func (f *Field) Input() fyne.CanvasObject { return f.input }

// Children implements layouts.Parent.
func (f *Field) Children() []fyne.CanvasObject { return []fyne.CanvasObject{f.input} }

// CreateRenderer implements fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	room := layouts.AtLeast(func() float32 { return layouts.SmallLines(f.lines)() })
	message := container.New(layouts.MinSize{Height: room}, container.NewStack(f.help, f.err))
	column := container.New(layouts.Column{Gap: gap / 2}, f.label, f.input, message)
	return widget.NewSimpleRenderer(container.New(layouts.MaxWidth{Width: maxField}, column))
}
