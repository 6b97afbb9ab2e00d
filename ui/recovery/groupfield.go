package recovery

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// groupField is the field for one group of a printed key. Letters become
// capitals, as on paper, and no more than a group gets in.
type groupField struct {
	entry  *widgets.Entry
	field  *widgets.Field // with label, help and error
	edited func()
	view   *screen.View[string]
}

func newGroupField(label string, edited func()) *groupField {
	g := &groupField{entry: widgets.NewEntry(), edited: edited}
	g.view = screen.NewView(g.entry.SetText)
	g.entry.TextStyle = fyne.TextStyle{Monospace: true}
	g.entry.OnChanged = screen.Edited(g.view, g.changed)
	g.field = widgets.NewField(label, widgets.Sized(widgets.KeySize, g.entry))
	return g
}

func (g *groupField) changed(text string) {
	tidied := tidyGroup(text)
	if tidied == text {
		g.edited()
		return
	}
	before := []rune(text)[:min(g.entry.CursorTextOffset(), length(text))]
	g.entry.SetText(tidied) // comes here again
	g.entry.CursorColumn = length(tidyGroup(string(before)))
	g.entry.Refresh()
}

// tidyGroup is what a text has of a group.
func tidyGroup(text string) string {
	group := []rune(strings.Join(keyGroups(text), ""))
	return string(group[:min(len(group), groupLength)])
}

func (g *groupField) text() string { return g.entry.Text }

// show shows what to do or what is wrong, and whether it can be typed in.
func (g *groupField) show(help, err string, on bool) {
	if help == "" {
		help = lang.L("Its last five characters. O is read as 0, I and L as 1.")
	}
	g.field.SetHelp(help)
	g.field.SetError(err)
	widgets.SetEnabled(g.entry, on)
}

// wipe forgets what was typed.
func (g *groupField) wipe() { g.view.ByProgram(func() { g.entry.SetText("") }) }
