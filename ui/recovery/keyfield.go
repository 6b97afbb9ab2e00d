package recovery

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

const (
	// groupsInLine is how many groups of a printed key stand in a line of its field.
	groupsInLine = 4
)

// keyField is the field for a printed key: large letters of one width, four
// groups in a line, shown as they are typed, for they are compared with paper.
type keyField struct {
	entry  *widgets.Entry
	field  *widgets.Field // with label and error
	groups int
	edited func()
	text   string // as it was shown last
	view   *screen.View[string]
}

func newKeyField(w keyWords, edited func()) *keyField {
	k := &keyField{entry: widgets.NewEntry(), groups: w.Groups, edited: edited}
	k.view = screen.NewView(k.entry.SetText)
	k.entry.MultiLine = true // or Fyne does not wrap
	k.entry.Wrapping = fyne.TextWrapWord
	k.entry.TextStyle = fyne.TextStyle{Monospace: true}
	k.entry.SetMinRowsVisible(w.Groups / groupsInLine)
	k.entry.OnChanged = screen.Edited(k.view, k.changed)
	k.entry.Keys = map[fyne.KeyName]func(){fyne.KeyTab: k.tab}
	k.field = widgets.NewField(w.Label, widgets.Sized(widgets.KeySize, k.entry)).Reserve(3)
	k.field.SetHelp(w.Help)
	return k
}

// changed tidies what was typed or pasted.
func (k *keyField) changed(text string) {
	tidied, at := tidyKey(k.text, text, min(k.entry.CursorTextOffset(), length(text)))
	k.text = tidied
	if tidied != text {
		k.view.ByProgram(func() { k.entry.SetText(tidied) })
		k.moveTo(at)
	}
	k.edited()
}

// moveTo puts the cursor before a character.
func (k *keyField) moveTo(at int) {
	// Who types capitals holds Shift, with which the keys here would select, and
	// the next letter take the place of what is selected.
	k.entry.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	if at == length(k.text) {
		k.press(fyne.KeyPageDown)
		return
	}
	k.press(fyne.KeyPageUp)
	for k.entry.CursorTextOffset() < at {
		before := k.entry.CursorTextOffset()
		if k.press(fyne.KeyRight); k.entry.CursorTextOffset() == before {
			return
		}
	}
}

func (k *keyField) press(name fyne.KeyName) { k.entry.TypedKey(&fyne.KeyEvent{Name: name}) }

// goTo puts the cursor at a group, counted from 1; 0 leaves it where it is.
func (k *keyField) goTo(group int) {
	if group > 0 {
		k.moveTo(groupPlace(k.text, group, k.groups))
	}
}

// tab goes on, as in a field of one line: Fyne would set a tab here.
func (k *keyField) tab() {
	c := fyne.CurrentApp().Driver().CanvasForObject(k.entry)
	if c == nil {
		return
	}
	keys, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	if ok && keys.CurrentKeyModifiers()&fyne.KeyModifierShift != 0 {
		c.FocusPrevious()
		return
	}
	c.FocusNext()
}

// wipe forgets what was typed.
func (k *keyField) wipe() {
	k.view.ByProgram(func() { k.entry.SetText("") })
	k.text = ""
}
