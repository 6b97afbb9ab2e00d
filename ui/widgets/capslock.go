package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

var (
	capsLock        bool           // Caps Lock is on, as far as is known
	focusedPassword *PasswordEntry // nil: none has the focus
)

// SetCapsLock says whether Caps Lock is on. A password field says so while it has the focus: nobody sees there that all
// letters come out large.
func SetCapsLock(on bool) {
	capsLock = on
	if focusedPassword != nil {
		focusedPassword.showCapsLock()
	}
}

// newCapsLockNotice is what a password field says. It stands in the field, so that nothing around it moves.
func newCapsLockNotice() *Notice {
	n := newNotice(Warning, Small(lang.L("Caps Lock is on")).OneLine())
	n.Hide()
	return n
}

func (p *PasswordEntry) showCapsLock() {
	if shown := capsLock && focusedPassword == p; shown == p.capsLock.Hidden {
		p.capsLock.Hidden = !shown
		p.Refresh()
	}
}

// FocusGained implements fyne.Focusable.
func (p *PasswordEntry) FocusGained() {
	focusedPassword = p
	p.Entry.FocusGained()
	p.showCapsLock()
}

// FocusLost implements fyne.Focusable.
func (p *PasswordEntry) FocusLost() {
	if focusedPassword == p {
		focusedPassword = nil
	}
	p.Entry.FocusLost()
	p.showCapsLock()
}

// parts has what is to be read in the field.
func (p *PasswordEntry) parts() []fyne.CanvasObject { return []fyne.CanvasObject{p.ActionItem} }
