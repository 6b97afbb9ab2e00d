package help

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
)

const (
	topicWidth  = 600
	sheetWidth  = 720
	sheetHeight = 480 // of the lines in sight at 100 %; the larger the text, the less room the window has
	keyWidth    = 150 // of the column of keys, for text at 100 %
	keyGap      = 16
)

const isMac = runtime.GOOS == "darwin"

// Show says what a screen does, and what its keys are. onAll leads to the key sheet.
func Show(w fyne.Window, t Topic, onAll func()) *widgets.Dialog {
	var lines []fyne.CanvasObject
	for _, text := range t.Text {
		lines = append(lines, widgets.Paragraph(text))
	}
	column := widgets.NewColumn(append(lines, linesOf(t.Groups)...)...)
	var d *widgets.Dialog
	d = widgets.ShowDialog(w, widgets.DialogOptions{
		Title: t.Title, Content: column, Width: topicWidth,
		Cancel:  lang.L("Close"),
		Primary: lang.L("All keys…"), KeepOpen: true,
		OnPrimary: func() {
			d.Close()
			onAll()
		},
	})
	w.Canvas().Focus(d.Cancel()) // an Enter too many closes it
	return d
}

// ShowAll shows the key sheet: all keys of the program, which a few letters make fewer.
func ShowAll(w fyne.Window) *widgets.Dialog {
	s := newSheet()
	return widgets.ShowDialog(w, widgets.DialogOptions{
		Title: lang.L("All keys"), Content: s.content, Width: sheetWidth,
		Cancel: lang.L("Close"), FirstFocus: s.entry,
		Unsaved: func() bool { return false },
	})
}

// sheet is what the dialog of all keys has in it.
type sheet struct {
	entry   *widgets.Entry
	column  *fyne.Container
	scroll  *widgets.InnerScroll
	content *fyne.Container
	topics  []Topic
}

func newSheet() *sheet {
	s := &sheet{entry: widgets.NewEntry(), column: widgets.NewColumn(), topics: All()}
	s.entry.Spoken = lang.L("Find a key")
	s.entry.SetPlaceHolder(lang.L("A key, what it does, or a screen"))
	s.entry.SetIcon(theme.SearchIcon())
	s.entry.OnChanged = s.find
	s.entry.OnSubmit = func() {} // what is found is read, not opened
	s.scroll = widgets.NewInnerScroll(container.ScrollVerticalOnly, s.column)
	s.entry.Keys = widgets.LineKeys(&s.scroll.Scroll)
	room := container.New(layouts.MinSize{Height: layouts.Exactly(sheetRoom)}, s.scroll)
	s.content = widgets.NewColumn(s.entry, room)
	s.find("")
	return s
}

func sheetRoom() float32 { return sheetHeight - layouts.Scaled(100) }

// find shows the keys that a query is about.
func (s *sheet) find(query string) {
	var lines []fyne.CanvasObject
	for i, t := range filter(s.topics, query, isMac) {
		if i > 0 {
			lines = append(lines, widgets.NewGap())
		}
		lines = append(append(lines, widgets.Subheading(t.Title)), linesOf(t.Groups)...)
	}
	if len(lines) == 0 {
		lines = append(lines, widgets.Quiet(lang.L("No key is about that. Type less, or another word.")))
	}
	s.column.Objects = lines
	s.scroll.ScrollToTop()
	layouts.Refresh(s.scroll)
}

// linesOf are groups of keys: the keys at the left, and beside them what they do.
func linesOf(groups []Group) (lines []fyne.CanvasObject) {
	widest := widestKeys(groups)
	for _, g := range groups {
		if g.Title != "" {
			lines = append(lines, widgets.NewGap(), widgets.Quiet(g.Title))
		}
		var pairs []fyne.CanvasObject
		for _, k := range g.Keys {
			keys := widgets.Label(k.labels(isMac)).OneLine()
			room := container.New(layouts.MinSize{Width: layouts.AtLeast(widest)}, keys)
			pairs = append(pairs, room, widgets.Paragraph(k.Does))
		}
		lines = append(lines, container.New(layouts.Facts{Gap: keyGap}, pairs...))
	}
	return lines
}

// widestKeys is the width of the column of keys, the same in all groups.
func widestKeys(groups []Group) layouts.Length {
	var all []fyne.CanvasObject
	for _, g := range groups {
		for _, k := range g.Keys {
			all = append(all, widgets.Label(k.labels(isMac)).OneLine())
		}
	}
	return func() float32 {
		width := layouts.Scaled(keyWidth)
		for _, keys := range all {
			width = max(width, keys.MinSize().Width)
		}
		return width
	}
}
