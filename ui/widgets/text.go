package widgets

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Text is words to read, wrapped to the width there is. Unlike a widget.Label it has no padding of its own, so its left
// edge is in line with the fields and buttons under it.
type Text struct {
	widget.BaseWidget
	text  string
	style widget.RichTextStyle
	rich  *widget.RichText
}

// Heading is the title of a screen.
func Heading(text string) *Text { return newText(text, theme.SizeNameHeadingText, true) }

// Subheading is the title of a part of a screen, or of a dialog.
func Subheading(text string) *Text { return newText(text, theme.SizeNameSubHeadingText, true) }

// Paragraph is running text.
func Paragraph(text string) *Text { return newText(text, theme.SizeNameText, false) }

// Label names the thing beside or under it.
func Label(text string) *Text { return newText(text, theme.SizeNameText, true) }

// Quiet is text that steps back: an explanation, a state nobody has to act on.
func Quiet(text string) *Text {
	return newText(text, theme.SizeNameText, false).inColor(theme.ColorNamePlaceHolder)
}

// Small is quiet small print.
func Small(text string) *Text {
	return newText(text, theme.SizeNameCaptionText, false).inColor(theme.ColorNamePlaceHolder)
}

func newText(text string, size fyne.ThemeSizeName, bold bool) *Text {
	t := &Text{text: text, rich: widget.NewRichText(), style: widget.RichTextStyle{
		ColorName: theme.ColorNameForeground,
		SizeName:  size,
		TextStyle: fyne.TextStyle{Bold: bold},
	}}
	t.rich.Wrapping = fyne.TextWrapWord
	t.rich.Segments = runsOf(text, t.style)
	t.ExtendBaseWidget(t)
	return t
}

// Text returns the words shown.
func (t *Text) Text() string { return t.text }

// SetText shows other words.
func (t *Text) SetText(text string) {
	if t.text != text {
		t.text = text
		t.show()
	}
}

// longHeading is how many letters in the size of a heading would push down too far what stands below.
const longHeading = 60

// SetHeading is SetText of a heading whose text may be long, which is in smaller letters then.
func (t *Text) SetHeading(text string) {
	size := theme.SizeNameHeadingText
	if utf8.RuneCountInString(text) > longHeading {
		size = theme.SizeNameSubHeadingText
	}
	if t.text != text || t.style.SizeName != size {
		t.text, t.style.SizeName = text, size
		t.show()
	}
}

func (t *Text) show() {
	t.rich.Segments = runsOf(t.text, t.style)
	t.rich.Refresh()
}

// Centered centres the lines, and returns the text itself.
func (t *Text) Centered() *Text {
	t.style.Alignment = fyne.TextAlignCenter
	t.show()
	return t
}

// OneLine keeps the text on one line, as wide as it needs, and returns the text itself.
func (t *Text) OneLine() *Text {
	t.rich.Wrapping = fyne.TextWrapOff
	t.show()
	return t
}

func (t *Text) inColor(name fyne.ThemeColorName) *Text {
	if t.style.ColorName != name {
		t.style.ColorName = name
		t.show()
	}
	return t
}

// AccessibilityLabel implements fyne.Accessible.
func (t *Text) AccessibilityLabel() string { return t.text }

// AccessibilityRole implements fyne.Accessible.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(Flush(t.rich))
}
