package recovery

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// KeyEntryParams are what the screens "Use the recovery kit" and "Use a linking code" need.
type KeyEntryParams struct {
	screen.Scope
	Window   fyne.Window
	Practice string                                      // "": not known
	Open     func(ctx context.Context, key string) error // slow: off the UI goroutine
	Done     func()
	OnBack   func()
}

// KeyEntryScreen asks for a printed key.
type KeyEntryScreen struct {
	screen.Page
	presenter *keyEntry
	key       *keyField
	footer    *screen.Footer
}

// NewKitEntry makes the screen "Use the recovery kit".
func NewKitEntry(p KeyEntryParams) *KeyEntryScreen { return newKeyEntryScreen(p, kitWords(p.Practice)) }

// NewLinkingCodeEntry makes the screen "Use a linking code".
func NewLinkingCodeEntry(p KeyEntryParams) *KeyEntryScreen {
	return newKeyEntryScreen(p, linkingCodeWords(p.Practice))
}

func newKeyEntryScreen(p KeyEntryParams, w keyWords) *KeyEntryScreen {
	s := &KeyEntryScreen{presenter: newKeyEntry(p, w)}
	s.key = newKeyField(w, s.presenter.edited)
	s.footer = screen.NewFooter(lang.L("Checking…"), widgets.NewButton(lang.L("Back"), s.presenter.back),
		widgets.NewPrimaryButton(w.Open, s.submit), s.presenter.task.Cancel)
	card := widgets.NewCard(
		widgets.Heading(w.Heading),
		widgets.Paragraph(w.Intro),
		widgets.NewGap(),
		s.key.field,
	).Footed(s.footer.Line)
	s.Page = screen.NewPage(p.Window, help.KeyEntry, widgets.Centered(card), widgets.PageOptions{OnEnter: s.submit, OnEscape: s.presenter.back})
	s.presenter.begin(screen.NewView(s.show), s.goTo)
	return s
}

// IsBusy says that the key is being tried.
func (s *KeyEntryScreen) IsBusy() bool { return s.presenter.task.IsBusy() }

// Close wipes what was typed.
func (s *KeyEntryScreen) Close() {
	s.key.wipe()
	s.footer.Show(screen.Idle, false)
}

func (s *KeyEntryScreen) submit() { s.presenter.submit(s.key.text) }

func (s *KeyEntryScreen) show(v keyView) {
	s.key.field.SetError(v.Error)
	s.footer.Show(v.Stage, v.CanSubmit)
}

func (s *KeyEntryScreen) goTo(group int) {
	s.key.goTo(group)
	s.FocusOn(s.key.entry)
}
