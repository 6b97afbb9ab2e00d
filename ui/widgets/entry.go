package widgets

import (
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Entry is a one-line widget.Entry that lets go of the keys it has no use for. Its Keys come before those of the field
// itself: Down to go to a list below, F3. What is typed is never its name.
type Entry struct {
	fyneEntry
	Control

	// OnSubmit is for Enter and OnEscape for Esc; where they are nil, the pane around has the key.
	OnSubmit func()
	OnEscape func()

	// OnFocus hears when the field gets the focus and when it loses it.
	OnFocus func(gained bool)

	// IsReplaced selects all when the focus comes: for a short value that is there already and is rather typed anew
	// than mended. A click that brings the focus puts the cursor where it points, as ever.
	IsReplaced bool
}

type fyneEntry struct{ widget.Entry }

// NewEntry returns an empty field.
func NewEntry() *Entry {
	e := &Entry{}
	e.setUp(e)
	return e
}

func (e *Entry) setUp(self interface {
	fyne.Widget
	fyne.Focusable
}) {
	e.Init(self)
	e.inner = &e.Entry
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip) // as in widget.NewEntry: a long text scrolls
	e.ExtendBaseWidget(self)
}

// SetText fills the field. What was selected is not any more: in another text Fyne would have the second letter typed take
// the place of the first.
func (e *Entry) SetText(text string) {
	if e.SelectedText() != "" {
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	e.Entry.SetText(text)
}

// TypedKey implements fyne.Focusable.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	touched()
	switch action := e.actionFor(key); {
	case action != nil:
		action()
	case isEnter(key), key.Name == fyne.KeyEscape, isFunctionKey(key), !e.MultiLine && isPageKey(key):
		PassKey(e.self, key)
	default:
		e.Entry.TypedKey(key)
	}
}

// TypedRune implements fyne.Focusable.
func (e *Entry) TypedRune(r rune) {
	touched()
	e.Entry.TypedRune(r)
}

func (e *Entry) actionFor(key *fyne.KeyEvent) func() {
	switch {
	case isEnter(key):
		return e.OnSubmit
	case key.Name == fyne.KeyEscape:
		return e.OnEscape
	case e.Disabled():
		return nil
	default:
		return e.Keys[key.Name]
	}
}

// TypedShortcut implements fyne.Shortcutable. What is pasted loses the line ends around it, which come along when a
// whole line was copied: Fyne would make a space of them, and a password with a space is a wrong one. Ctrl+Enter is what
// Enter is, so that it saves from every field of a form that has longer ones.
func (e *Entry) TypedShortcut(shortcut fyne.Shortcut) {
	touched()
	if !e.MultiLine && isCtrlEnter(shortcut) {
		e.self.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		return
	}
	if paste, ok := shortcut.(*fyne.ShortcutPaste); ok {
		shortcut = &fyne.ShortcutPaste{Clipboard: pasted(strings.Trim(paste.Clipboard.Content(), "\r\n"))}
	}
	e.Entry.TypedShortcut(shortcut)
}

// pasted is a clipboard that holds just the text to paste.
type pasted string

func (p pasted) Content() string { return string(p) }

func (pasted) SetContent(string) {}

// FocusGained implements fyne.Focusable.
func (e *Entry) FocusGained() {
	e.Control.FocusGained()
	if e.IsReplaced {
		e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
	if e.OnFocus != nil {
		e.OnFocus(true)
	}
}

// FocusLost implements fyne.Focusable.
func (e *Entry) FocusLost() {
	e.Control.FocusLost()
	if e.OnFocus != nil {
		e.OnFocus(false)
	}
}

func (e *Entry) hint() string { return e.PlaceHolder }

func (e *Entry) isEmpty() bool { return e.Text == "" }

// CreateRenderer implements fyne.Widget.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	return &entryRenderer{WidgetRenderer: withWheel(e.Entry.CreateRenderer(), e.self), entry: e, ring: newRing()}
}

// entryRenderer adds the focus ring to Fyne's: a change in the colour of a thin edge is not enough to be seen.
type entryRenderer struct {
	fyne.WidgetRenderer
	entry *Entry
	ring  *canvas.Rectangle
}

func (r *entryRenderer) Objects() []fyne.CanvasObject {
	objects := r.WidgetRenderer.Objects()
	return append(objects[:len(objects):len(objects)], r.ring)
}

// MinSize is of a whole height, or rounding would have a field scroll that has all its text in sight.
func (r *entryRenderer) MinSize() fyne.Size {
	size := r.WidgetRenderer.MinSize()
	return fyne.NewSize(size.Width, float32(math.Ceil(float64(size.Height))))
}

func (r *entryRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	placeRingOn(r.ring, size)
}

func (r *entryRenderer) Refresh() {
	refreshRing(r.ring, r.entry.focused && !r.entry.Disabled())
	r.WidgetRenderer.Refresh()
}

func isFunctionKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6,
		fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12:
		return true
	}
	return false
}

func isPageKey(key *fyne.KeyEvent) bool {
	return key.Name == fyne.KeyPageUp || key.Name == fyne.KeyPageDown
}
