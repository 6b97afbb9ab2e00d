package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

const minButtonWidth = 96

// Button has words, a sign, or both. Enter presses it as well as Space, and it keeps the focus when it is pressed, so that
// a dialog it opens can give it back.
type Button struct {
	widget.DisableableWidget
	Control
	pointer

	Text       string
	Importance widget.Importance
	OnTapped   func()

	// Narrow makes it as wide as its words only. Set it, and the next ones, before it is shown.
	Narrow bool

	// Sign stands before the words. Without words the button needs to be Spoken, and have a Tip.
	Sign fyne.Resource

	// Tip is said while the mouse rests on it: what it does, and its key.
	Tip string

	shape   shape
	on      bool // of a tab: it is the one chosen
	isShort bool // its bar has room for its sign only
	inMenu  bool // its bar has no room for it: it is in the menu there
}

// shape is what a button looks like, besides its importance.
type shape int

const (
	boxed shape = iota // with an edge
	flat               // a sign, or words, on the page itself, in a bar
	tab                // leads to a place
	drop               // flat, and lets a menu down
)

var (
	_ fyne.Focusable    = (*Button)(nil)
	_ fyne.Tappable     = (*Button)(nil)
	_ desktop.Hoverable = (*Button)(nil)
	_ desktop.Mouseable = (*Button)(nil)
)

// NewButton returns a plain button.
func NewButton(text string, tapped func()) *Button {
	return newButton(text, widget.MediumImportance, tapped)
}

// NewPrimaryButton returns the one button of a screen that goes on.
func NewPrimaryButton(text string, tapped func()) *Button {
	return newButton(text, widget.HighImportance, tapped)
}

// NewDangerButton returns a button for what cannot be taken back; its text names the act.
func NewDangerButton(text string, tapped func()) *Button {
	return newButton(text, widget.DangerImportance, tapped)
}

// NewLink returns a button that looks like a link.
func NewLink(text string, tapped func()) *Button {
	return newButton(text, widget.LowImportance, tapped)
}

// NewFlatButton returns a button without an edge, for a bar.
func NewFlatButton(sign fyne.Resource, text string, tapped func()) *Button {
	return newShaped(flat, sign, text, tapped)
}

// NewMenuButton returns one that lets down a menu, which tapped shows.
func NewMenuButton(sign fyne.Resource, text string, tapped func()) *Button {
	return newShaped(drop, sign, text, tapped)
}

// NewTab returns a button that leads to a place. SetOn shows that somebody is there.
func NewTab(sign fyne.Resource, text string, tapped func()) *Button {
	return newShaped(tab, sign, text, tapped)
}

func newShaped(as shape, sign fyne.Resource, text string, tapped func()) *Button {
	b := NewButton(text, tapped)
	b.shape, b.Sign, b.Narrow = as, sign, true
	return b
}

func newButton(text string, importance widget.Importance, tapped func()) *Button {
	b := &Button{Text: text, Importance: importance, OnTapped: tapped}
	b.Init(b)
	b.pointer.changed = func() {
		b.Refresh()
		showTip(b, b.tip(), b.hovered && !b.pressed)
	}
	b.ExtendBaseWidget(b)
	return b
}

// SetText changes its words.
func (b *Button) SetText(text string) {
	b.Text = text
	b.Refresh()
}

// tip is what is said while the mouse rests on it.
func (b *Button) tip() string {
	if b.Tip == "" && b.isShort {
		return b.Text
	}
	return b.Tip
}

// setShort leaves its words out, where it has a sign, or all of it.
func (b *Button) setShort(isShort, inMenu bool) {
	isShort = isShort && b.Sign != nil
	if b.isShort != isShort || b.inMenu != inMenu {
		b.isShort, b.inMenu = isShort, inMenu
		b.Refresh()
	}
}

// words are those to be seen.
func (b *Button) words() string {
	if b.isShort {
		return ""
	}
	return b.Text
}

// SetOn says that a tab leads to where somebody is.
func (b *Button) SetOn(on bool) {
	if b.on != on {
		b.on = on
		b.Refresh()
	}
}

// AccessibilityLabel implements fyne.Accessible.
func (b *Button) AccessibilityLabel() string {
	if b.Spoken != "" {
		return b.Spoken
	}
	return b.Text
}

// AccessibilityRole implements fyne.Accessible.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped presses the button.
func (b *Button) Tapped(*fyne.PointEvent) {
	touched()
	if b.Disabled() {
		return
	}
	FocusUnderMouse(b)
	if b.OnTapped != nil {
		b.OnTapped()
	}
}

// TypedKey implements fyne.Focusable.
func (b *Button) TypedKey(key *fyne.KeyEvent) {
	if isEnter(key) || key.Name == fyne.KeySpace {
		b.Tapped(nil)
		return
	}
	b.Control.TypedKey(key)
}
