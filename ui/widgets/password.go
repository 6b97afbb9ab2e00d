package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// PasswordEntry is an Entry that shows bullets, with a "Show" in it that the Tab key reaches too.
type PasswordEntry struct {
	Entry
	toggle *Button
}

// NewPasswordEntry returns an empty password field.
func NewPasswordEntry() *PasswordEntry {
	p := &PasswordEntry{}
	p.Password = true
	p.toggle = NewLink(lang.L("Show"), p.toggleShown)
	p.ActionItem = newInset(p.toggle)
	p.setUp(p)
	return p
}

// SetShown shows the password in clear, or as bullets.
func (p *PasswordEntry) SetShown(shown bool) {
	p.Password = !shown
	if shown {
		p.toggle.SetText(lang.L("Hide"))
	} else {
		p.toggle.SetText(lang.L("Show"))
	}
	p.Refresh()
}

func (p *PasswordEntry) toggleShown() { p.SetShown(p.Password) }

// Children implements Parent.
func (p *PasswordEntry) Children() []fyne.CanvasObject { return []fyne.CanvasObject{p.toggle} }
