package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

// Kind is what a notice is about. Each has a sign of its own, because colour alone does not reach everyone.
type Kind int

// The kinds of notice.
const (
	Info Kind = iota
	Good
	Warning
	Error
	Open // not known yet
)

var kindLooks = map[Kind]struct{ text, sign fyne.ThemeColorName }{
	Info:    {theme.ColorNameForeground, theme.ColorNamePrimary},
	Good:    {theme.ColorNameSuccess, theme.ColorNameSuccess},
	Warning: {theme.ColorNameWarning, theme.ColorNameWarning},
	Error:   {theme.ColorNameError, theme.ColorNameError},
	Open:    {theme.ColorNamePlaceHolder, theme.ColorNamePlaceHolder},
}

var kindIcons = map[Kind]fyne.ThemeIconName{
	Info:    theme.IconNameInfo,
	Good:    theme.IconNameConfirm,
	Warning: theme.IconNameWarning,
	Error:   theme.IconNameWarning,
	Open:    theme.IconNameRadioButton,
}

// Notice is a sign and a few words beside it. Without words it shows nothing.
type Notice struct {
	widget.BaseWidget
	kind Kind
	text *Text
	sign *canvas.Image
}

// NewNotice returns a notice in normal text size.
func NewNotice(kind Kind, text string) *Notice { return newNotice(kind, Paragraph(text)) }

// NewSmallNotice returns a notice in small print.
func NewSmallNotice(kind Kind, text string) *Notice { return newNotice(kind, Small(text)) }

func newNotice(kind Kind, text *Text) *Notice {
	n := &Notice{kind: kind, text: text, sign: &canvas.Image{FillMode: canvas.ImageFillContain}}
	n.ExtendBaseWidget(n)
	n.Set(kind, text.Text())
	return n
}

// Text returns the words shown, without the sign.
func (n *Notice) Text() string { return n.text.Text() }

// SetText shows other words under the same sign; "" shows nothing.
func (n *Notice) SetText(text string) { n.Set(n.kind, text) }

// Set shows another kind of notice.
func (n *Notice) Set(kind Kind, text string) {
	n.kind = kind
	looks := kindLooks[kind]
	n.text.inColor(looks.text).SetText(text)
	n.sign.Resource = theme.NewColoredResource(theme.Icon(kindIcons[kind]), looks.sign)
	n.sign.Hidden = text == ""
	n.sign.Refresh()
}

// AccessibilityLabel implements fyne.Accessible.
func (n *Notice) AccessibilityLabel() string { return n.Text() }

// AccessibilityRole implements fyne.Accessible.
func (n *Notice) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (n *Notice) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&fyne.Container{
		Layout:  noticeLayout{n.text},
		Objects: []fyne.CanvasObject{n.sign, n.text},
	})
}

// noticeLayout keeps the sign beside the first line and the words in a column of their own.
type noticeLayout struct{ text *Text }

func (l noticeLayout) signSize() float32 {
	return theme.Size(l.text.style.SizeName) * 1.25
}

func (l noticeLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	sign := l.signSize()
	line := fyne.MeasureText("X", theme.Size(l.text.style.SizeName), fyne.TextStyle{}).Height
	layouts.Place(objects[0], 0, (line-sign)/2, sign, sign)
	layouts.Place(objects[1], sign+gap, 0, size.Width-sign-gap, size.Height)
}

func (l noticeLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[1].MinSize().AddWidthHeight(l.signSize()+gap, 0)
}
