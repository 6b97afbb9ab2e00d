package signin

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/widgets"
)

// GivenCodeScreen asks for a code that somebody was given: a recovery code, a
// one-time code, a hand-over code.
type GivenCodeScreen struct {
	page
	presenter *code
	entry     *widgets.Entry
	field     *widgets.Field // around entry
	footer    *footer
}

// givenWords are what such a screen says.
type givenWords struct {
	Title, Text, Label, Help, Act string
}

// NewOtherCode makes the screen "Use a recovery code".
func NewOtherCode(p CodeParams) *GivenCodeScreen {
	check := func(ctx context.Context, typed []string) (auth.State, error) {
		return p.Attempt.OtherCode(ctx, typed[0])
	}
	return newGivenCode(p, newCode(p.Host, auth.StepCode, check, p.Ways, p.State), givenWords{
		Title: lang.L("Use a recovery code"),
		Text:  lang.L("For when your phone is not at hand. It lets you in this once; two-factor stays on."),
		Label: lang.L("Recovery code or one-time code"),
		Help:  lang.L("One of your ten, or the eight digits that a Practice Admin reads out."),
		Act:   lang.L("Verify"),
	})
}

// NewHandOver makes the screen "Hand-over code".
func NewHandOver(p CodeParams) *GivenCodeScreen {
	check := func(ctx context.Context, typed []string) (auth.State, error) {
		return p.Attempt.HandOver(ctx, typed[0])
	}
	return newGivenCode(p, newCode(p.Host, auth.StepHandOver, check, p.Ways, p.State).says(p.State), givenWords{
		Title: lang.L("Hand-over code"),
		Text:  resetText(p.State.Reset),
		Label: lang.L("Hand-over code"),
		Help:  lang.L("The eight digits that the Practice Admin gave you."),
		Act:   lang.L("Continue"),
	})
}

func newGivenCode(p CodeParams, presenter *code, w givenWords) *GivenCodeScreen {
	s := &GivenCodeScreen{presenter: presenter, entry: widgets.NewEntry()}
	s.entry.TextStyle = fyne.TextStyle{Monospace: true}
	s.field = widgets.NewField(w.Label, container.NewThemeOverride(s.entry, keyTheme{}))
	s.field.SetHelp(w.Help)
	s.footer = newFooter(lang.L("Checking…"), widgets.NewButton(lang.L("Back"), p.OnBack),
		widgets.NewPrimaryButton(w.Act, s.submit), presenter.task.cancel)
	card := widgets.NewCard(widgets.Heading(w.Title), widgets.Paragraph(w.Text), widgets.NewGap(), s.field, s.footer.line)
	s.page = newPage(p.Host, widgets.Centered(card), widgets.PageOptions{OnEnter: s.submit, OnEscape: p.OnBack})
	presenter.begin(s)
	return s
}

// Close wipes what was typed.
func (s *GivenCodeScreen) Close() {
	s.entry.SetText("")
	s.footer.show(idle, false)
}

func (s *GivenCodeScreen) submit() {
	if s.entry.Text == "" {
		s.focus(s.entry)
		return
	}
	s.presenter.submit(s.entry.Text)
}

func (s *GivenCodeScreen) show(v codeView) {
	s.field.SetError(v.Error)
	s.footer.show(v.Waiting, v.CanSubmit)
}

func (s *GivenCodeScreen) retype() {
	s.entry.SetText("")
	s.focus(s.entry)
}
