package widgets

import "fyne.io/fyne/v2"

// TextArea is an Entry of several lines. Enter begins a new one, Tab goes on to the next field as everywhere.
type TextArea struct{ Entry }

// NewTextArea returns an empty one that shows so many lines.
func NewTextArea(lines int) *TextArea {
	a := &TextArea{}
	a.setUp(a)
	a.MultiLine, a.Wrapping = true, fyne.TextWrapWord
	a.SetMinRowsVisible(lines)
	return a
}

// TypedKey implements fyne.Focusable.
func (a *TextArea) TypedKey(key *fyne.KeyEvent) {
	if isEnter(key) {
		touched()
		a.Entry.Entry.TypedKey(key)
		return
	}
	a.Entry.TypedKey(key)
}

// AcceptsTab implements fyne.Tabbable.
func (a *TextArea) AcceptsTab() bool { return false }
