package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// TextArea is an Entry of several lines. Enter makes a new one, Tab leaves the field, and Ctrl+Enter is what Enter is
// in other fields.
type TextArea struct {
	Entry
}

// NewTextArea returns an empty field with room for so many lines; with more it scrolls.
func NewTextArea(lines int) *TextArea {
	e := &TextArea{}
	e.MultiLine = true
	e.setUp(e)
	e.Wrapping = fyne.TextWrapWord
	e.SetMinRowsVisible(lines)
	return e
}

// AcceptsTab implements fyne.Tabbable: a field that keeps Tab is a trap for who has no mouse.
func (e *TextArea) AcceptsTab() bool { return false }

// TypedKey implements fyne.Focusable.
func (e *TextArea) TypedKey(key *fyne.KeyEvent) {
	if isEnter(key) {
		touched()
		e.Entry.Entry.TypedKey(key)
		return
	}
	e.Entry.TypedKey(key)
}

// TypedShortcut implements fyne.Shortcutable.
func (e *TextArea) TypedShortcut(shortcut fyne.Shortcut) {
	if !isCtrlEnter(shortcut) {
		e.Entry.TypedShortcut(shortcut)
		return
	}
	touched()
	if e.OnSubmit != nil {
		e.OnSubmit()
		return
	}
	PassKey(e, &fyne.KeyEvent{Name: fyne.KeyReturn})
}

// isCtrlEnter is true for Cmd too, where Fyne's shortcuts have that.
func isCtrlEnter(shortcut fyne.Shortcut) bool {
	custom, ok := shortcut.(*desktop.CustomShortcut)
	if !ok || !isEnter(&fyne.KeyEvent{Name: custom.KeyName}) {
		return false
	}
	return custom.Modifier == fyne.KeyModifierControl || custom.Modifier == fyne.KeyModifierShortcutDefault
}
