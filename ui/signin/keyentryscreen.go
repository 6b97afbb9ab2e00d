package signin

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"anteroom/ui/widgets"
)

// KitEntryParams are what the screen "Use the recovery kit" needs.
type KitEntryParams struct {
	Host
	Practice string                                      // "": not known
	Open     func(ctx context.Context, key string) error // slow: off the UI goroutine
	Done     func()
	OnBack   func()
}

// LinkingCodeParams are what the screen "Use a linking code" needs.
type LinkingCodeParams KitEntryParams

// KeyEntryScreen asks for a printed key.
type KeyEntryScreen struct {
	page
	presenter *keyEntry
	key       *keyField
	footer    *footer
}

// NewKitEntry makes the screen "Use the recovery kit".
func NewKitEntry(p KitEntryParams) *KeyEntryScreen { return newKeyEntryScreen(p, kitWords(p.Practice)) }

// NewLinkingCodeEntry makes the screen "Use a linking code".
func NewLinkingCodeEntry(p LinkingCodeParams) *KeyEntryScreen {
	return newKeyEntryScreen(KitEntryParams(p), linkingCodeWords(p.Practice))
}

func newKeyEntryScreen(p KitEntryParams, w keyWords) *KeyEntryScreen {
	s := &KeyEntryScreen{presenter: newKeyEntry(p, w)}
	s.key = newKeyField(w, s.presenter.edited)
	s.footer = newFooter(lang.L("Checking…"), widgets.NewButton(lang.L("Back"), s.presenter.back),
		widgets.NewPrimaryButton(w.Open, s.submit), s.presenter.cancel)
	card := widgets.NewCard(
		widgets.Heading(w.Heading),
		widgets.Paragraph(w.Intro),
		widgets.NewGap(),
		s.key.field,
	).Footed(s.footer.line)
	s.page = newPage(p.Host, widgets.Centered(card), widgets.PageOptions{OnEnter: s.submit, OnEscape: s.presenter.back})
	s.presenter.begin(s)
	return s
}

// Close wipes what was typed.
func (s *KeyEntryScreen) Close() {
	s.key.wipe()
	s.footer.show(idle, false)
}

func (s *KeyEntryScreen) submit() { s.presenter.submit(s.key.text) }

func (s *KeyEntryScreen) show(v keyView) {
	s.key.field.SetError(v.Error)
	s.footer.show(v.Waiting, v.CanSubmit)
}

func (s *KeyEntryScreen) goTo(group int) {
	s.key.goTo(group)
	s.focus(s.key.entry)
}
