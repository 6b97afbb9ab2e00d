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
	field     *widgets.Field  // around entry
	lapsed    *widgets.Notice // instead of field, where nothing typed can help
	back      *widgets.Button
	footer    *footer
	card      *widgets.Card
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
	return newGivenCode(p, newCode(p, auth.StepCode, check), givenWords{
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
	return newGivenCode(p, newCode(p, auth.StepHandOver, check), givenWords{
		Title: lang.L("Hand-over code"),
		Text:  resetText(p.Asking.reset),
		Label: lang.L("Hand-over code"),
		Help:  lang.L("Type the eight digits that the Practice Admin gave you."),
		Act:   lang.L("Continue"),
	})
}

func newGivenCode(p CodeParams, presenter *code, w givenWords) *GivenCodeScreen {
	presenter.given = true
	s := &GivenCodeScreen{presenter: presenter, entry: widgets.NewEntry(), lapsed: widgets.NewNotice(widgets.Error, "")}
	back := func() { presenter.back(p.OnBack) }
	s.back = widgets.NewButton(lang.L("Back"), back)
	s.entry.TextStyle = fyne.TextStyle{Monospace: true}
	s.field = widgets.NewField(w.Label, widgets.Sized(keySize, s.entry)).Reserve(errorLines(3, p.ClockBehind))
	s.field.SetHelp(w.Help)
	s.footer = newFooter(lang.L("Checking…"), s.back, widgets.NewPrimaryButton(w.Act, s.submit), presenter.task.cancel)
	s.card = widgets.NewCard(widgets.Heading(w.Title), widgets.Paragraph(w.Text), widgets.NewGap(),
		container.NewStack(s.field, s.lapsed)).Footed(s.footer.line)
	s.page = newPage(p.Host, widgets.Centered(s.card), widgets.PageOptions{OnEnter: s.submit, OnEscape: back})
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
		s.retype()
		return
	}
	s.presenter.submit(s.entry.Text)
}

func (s *GivenCodeScreen) show(v codeView) {
	setVisible(s.field, !v.Lapsed)
	if v.Lapsed {
		s.lapsed.SetText(v.Error)
	} else {
		s.field.SetError(v.Error)
	}
	s.footer.show(v.Waiting, v.CanSubmit)
	s.card.Refresh()
}

func (s *GivenCodeScreen) retype() {
	s.entry.SetText("")
	if !s.field.Visible() {
		s.focus(s.back)
		return
	}
	s.focus(s.entry)
}
