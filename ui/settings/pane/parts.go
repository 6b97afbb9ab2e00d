package pane

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// The measures of panes.
const (
	Margin     = 24 // around a pane
	FootMargin = 8  // above and below the foot of one

	// Indent is that of what depends on a tick box.
	Indent = 28

	width = 760 // of each, for text at 100 %
)

// Reading puts what is to be read in a column that scrolls where the window is too low for it.
func Reading(content fyne.CanvasObject) *container.Scroll {
	return container.NewVScroll(container.New(ReadingLayout(Margin), content))
}

// ReadingLayout keeps lines from getting too long to read; margin is above and below them.
func ReadingLayout(margin float32) fyne.Layout {
	return layouts.MaxWidth{Width: layouts.Growing(width), MarginX: Margin, MarginY: margin}
}

// OverFoot puts a foot below a pane that scrolls, where it stays in sight. line is around the foot.
func OverFoot(scroll *container.Scroll, foot fyne.CanvasObject) (all, line *fyne.Container) {
	line = container.NewBorder(widget.NewSeparator(), nil, nil, nil, foot)
	return container.New(layout.NewBorderLayout(nil, line, nil, nil), scroll, line), line // in the order of Tab
}

// Indented shows that something depends on what is above it.
func Indented(o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(0, 0, Indent, 0), o)
}

// ShortField has a field for a short number, and what it counts beside it.
func ShortField(e *widgets.Entry, what string) *fyne.Container {
	const width = 64 // for text at 100 %
	field := container.New(layouts.MinSize{Width: layouts.Exactly(layouts.Growing(width))}, e)
	return container.New(&layouts.Row{Gap: 8, Align: layouts.Middle}, field, widgets.Paragraph(what).OneLine())
}

// Facts has labels with what they are about, in pairs.
func Facts(pairs ...fyne.CanvasObject) *fyne.Container {
	return container.New(layouts.Facts{Gap: Indent}, pairs...)
}

// RoomForRows keeps room for so many rows of a list, and its titles.
func RoomForRows(n float32) fyne.Layout {
	return layouts.MinSize{Height: layouts.AtLeast(func() float32 { return (n + 1) * (layouts.LineHeight() + 2*theme.InnerPadding()) })}
}

// FieldsRow has fields of a width each beside each other, as many as fit. What a choice says does not make its field wider.
func FieldsRow(widths []float32, fields ...fyne.CanvasObject) *fyne.Container {
	row := container.New(&layouts.Flow{GapX: layouts.Length(theme.Padding).Times(2), GapY: theme.Padding, Narrow: true})
	for i, field := range fields {
		row.Objects = append(row.Objects, container.New(layouts.MinSize{Width: layouts.Exactly(layouts.Growing(widths[i]))}, field))
	}
	return row
}

// LargeText is for what is read out or typed off the screen, in the middle and of a fixed width.
func LargeText(text string) *widget.RichText {
	r := widget.NewRichText()
	SetLargeText(r, text)
	return r
}

// SetLargeText shows another text; "" keeps its line.
func SetLargeText(r *widget.RichText, text string) {
	r.Segments = []widget.RichTextSegment{&widget.TextSegment{Text: text, Style: widget.RichTextStyle{
		ColorName: theme.ColorNameForeground,
		SizeName:  theme.SizeNameHeadingText,
		TextStyle: fyne.TextStyle{Monospace: true},
		Alignment: fyne.TextAlignCenter,
	}}}
	r.Refresh()
}

// EnableOr turns a button on or off. If it goes off with the focus on it, the focus goes to another
// that is on, or else to what is always there.
func EnableOr(s *screen.Dialogs, b *widgets.Button, on bool, other *widgets.Button, otherOn bool, always fyne.Focusable) {
	widgets.SetEnabled(b, on)
	if c := s.Window.Canvas(); !on && c.Focused() == fyne.Focusable(b) {
		if otherOn {
			widgets.SetEnabled(other, true)
			c.Focus(other)
		} else {
			c.Focus(always)
		}
	}
}

// ShowResult says how something went; nothing was asked for: nothing.
func ShowResult(n *widgets.Notice, good, bad string) {
	n.Set(widgets.Good, good)
	if bad != "" {
		n.Set(widgets.Error, bad)
	}
	n.Hidden = good+bad == ""
}

// SetNotice shows a notice, or takes it and its room away.
func SetNotice(n *widgets.Notice, kind widgets.Kind, text string) {
	n.Set(kind, text)
	n.Hidden = text == ""
}

// AskToRemove asks before something is taken off a list.
func AskToRemove(s *screen.Dialogs, title, name, text string, remove func()) {
	var d *screen.Dialog
	d = s.Show(widgets.DialogOptions{
		Title:   title,
		Content: widgets.NewColumn(widgets.Label(name), widgets.Paragraph(text)),
		Careful: true,
		Primary: lang.L("Remove"),
		OnPrimary: func() {
			d.Close()
			remove()
		},
		Cancel: lang.L("Cancel"),
	}, nil)
}

// MenuOf is the menu of a row, of the buttons that stand below the list.
func MenuOf(buttons ...*widgets.Button) (items []widgets.MenuItem) {
	for _, b := range buttons {
		items = append(items, widgets.MenuItem{Text: b.Text, Off: b.Disabled(), Act: func() { b.Tapped(nil) }})
	}
	return items
}
