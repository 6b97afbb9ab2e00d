package widgets

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

const (
	codeLength = 6
	codeSize   = 2 // 28 for 14
)

// CodeField is one field for a code of six digits, in large digits of one width. Spaces and dashes drop out, digits of
// other scripts become 0 to 9, and nothing else gets in.
type CodeField struct {
	widget.BaseWidget

	OnComplete func(code string) // the sixth digit came, typed or pasted
	OnSubmit   func(code string) // Enter; where it is nil, the pane around has the key
	OnChanged  func(code string)

	Spoken string // what it is called by who can't see it, where it is in no Field

	entry   *codeEntry
	content *container.ThemeOverride
}

// NewCodeField returns an empty code field.
func NewCodeField() *CodeField {
	f := &CodeField{}
	f.entry = newCodeEntry(f)
	f.content = Sized(codeSize, f.entry)
	f.ExtendBaseWidget(f)
	return f
}

// Text returns the digits so far.
func (f *CodeField) Text() string { return f.entry.Text }

// Clear empties the field.
func (f *CodeField) Clear() { f.entry.SetText("") }

// Enable lets the user type again.
func (f *CodeField) Enable() { f.entry.Enable() }

// Disable keeps the digits as they are, while the code is being checked.
func (f *CodeField) Disable() { f.entry.Disable() }

// Disabled implements fyne.Disableable.
func (f *CodeField) Disabled() bool { return f.entry.Disabled() }

// Focus gives the focus to the field, once the window has painted it; before, use the canvas and Focusable.
func (f *CodeField) Focus() {
	if c := canvasOf(f); c != nil {
		c.Focus(f.entry)
	}
}

// Focusable is the part of the field that takes the focus and the keys.
func (f *CodeField) Focusable() fyne.Focusable { return f.entry }

// CreateRenderer implements fyne.Widget.
func (f *CodeField) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.content) }

// Children implements layouts.Parent.
func (f *CodeField) Children() []fyne.CanvasObject { return []fyne.CanvasObject{f.entry} }

// codeEntry lets only digits through to the Entry it embeds.
type codeEntry struct {
	Entry
	field *CodeField
}

func newCodeEntry(field *CodeField) *codeEntry {
	e := &codeEntry{field: field}
	e.TextStyle = fyne.TextStyle{Monospace: true}
	e.Entry.Entry.OnChanged = func(code string) {
		if field.OnChanged != nil {
			field.OnChanged(code)
		}
	}
	e.setUp(e)
	return e
}

// AccessibilityLabel implements fyne.Accessible.
func (e *codeEntry) AccessibilityLabel() string { return e.field.Spoken }

func (e *codeEntry) TypedKey(key *fyne.KeyEvent) {
	touched()
	if isEnter(key) && e.field.OnSubmit != nil {
		e.field.OnSubmit(e.Text)
		return
	}
	e.Entry.TypedKey(key)
}

func (e *codeEntry) TypedRune(r rune) {
	touched()
	digit, ok := asciiDigit(r)
	if !ok || e.room() == 0 || e.Disabled() {
		return
	}
	e.Entry.TypedRune(digit)
	e.reportComplete()
}

// TypedShortcut pastes the digits of the clipboard: a whole code in place of all there is, a part of one where the
// cursor is.
func (e *codeEntry) TypedShortcut(shortcut fyne.Shortcut) {
	paste, ok := shortcut.(*fyne.ShortcutPaste)
	if !ok {
		e.Entry.TypedShortcut(shortcut)
		return
	}
	digits := digitsOf(paste.Clipboard.Content())
	if digits == "" || e.Disabled() {
		return
	}
	if len(digits) >= codeLength {
		e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
	digits = digits[:min(len(digits), e.room())]
	if digits == "" {
		return
	}
	e.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: pasted(digits)})
	e.reportComplete()
}

// room is how many more digits fit in; what is selected gives way.
func (e *codeEntry) room() int { return codeLength - len(e.Text) + len(e.SelectedText()) }

func (e *codeEntry) reportComplete() {
	if len(e.Text) == codeLength && e.field.OnComplete != nil {
		e.field.OnComplete(e.Text)
	}
}

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if digit, ok := asciiDigit(r); ok {
			return digit
		}
		return -1
	}, text)
}

// asciiDigit turns a decimal digit of any script into 0 to 9. Unicode keeps the ten digits of a script together and in
// order (The Unicode Standard, 4.6), so the place in its range is the value.
func asciiDigit(r rune) (digit rune, ok bool) {
	for _, ten := range unicode.Nd.R16 {
		if rune(ten.Lo) <= r && r <= rune(ten.Hi) {
			return '0' + (r-rune(ten.Lo))%10, true
		}
	}
	for _, ten := range unicode.Nd.R32 {
		if rune(ten.Lo) <= r && r <= rune(ten.Hi) {
			return '0' + (r-rune(ten.Lo))%10, true
		}
	}
	return 0, false
}
