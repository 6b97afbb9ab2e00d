package signin

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// IssuedCodeScreen asks for a code that somebody got from the practice: a recovery code, a
// one-time code, a hand-over code.
type IssuedCodeScreen struct {
	screen.Page
	presenter *code
	entry     *widgets.Entry
	field     *widgets.Field  // around entry
	lapsed    *widgets.Notice // instead of field, where nothing typed can help
	back      *widgets.Button
	footer    *screen.Footer
	card      *widgets.Card
}

// issuedCodeWords are what such a screen says.
type issuedCodeWords struct {
	Title, Text, Label, Help, Act string
	Topic                         string // in package help
}

// NewOtherCode makes the screen "Use a recovery code".
func NewOtherCode(p CodeParams) *IssuedCodeScreen {
	check := func(ctx context.Context, typed []string) (auth.State, error) {
		return p.Attempt.OtherCode(ctx, typed[0])
	}
	return newIssuedCode(p, newCode(p, auth.StepCode, check), issuedCodeWords{
		Title: lang.L("Use a recovery code"),
		Text:  lang.L("For when your phone is not at hand. It lets you in this once; two-factor stays on."),
		Label: lang.L("Recovery code or one-time code"),
		Help:  lang.L("One of your ten, or the eight digits that a Practice Admin reads out."),
		Act:   lang.L("Verify"),
		Topic: help.RecoveryCode,
	})
}

// NewHandOver makes the screen "Hand-over code".
func NewHandOver(p CodeParams) *IssuedCodeScreen {
	check := func(ctx context.Context, typed []string) (auth.State, error) {
		return p.Attempt.HandOver(ctx, typed[0])
	}
	return newIssuedCode(p, newCode(p, auth.StepHandOver, check), issuedCodeWords{
		Title: lang.L("Hand-over code"),
		Text:  resetText(p.Challenge.reset),
		Label: lang.L("Hand-over code"),
		Help:  lang.L("Type the eight digits that the Practice Admin gave you."),
		Act:   lang.L("Continue"),
		Topic: help.HandOver,
	})
}

func newIssuedCode(p CodeParams, presenter *code, w issuedCodeWords) *IssuedCodeScreen {
	presenter.isIssued = true
	s := &IssuedCodeScreen{presenter: presenter, entry: widgets.NewEntry(), lapsed: widgets.NewNotice(widgets.Error, "")}
	back := func() { presenter.back(p.OnBack) }
	s.back = widgets.NewButton(lang.L("Back"), back)
	s.entry.TextStyle = fyne.TextStyle{Monospace: true}
	s.field = widgets.NewField(w.Label, widgets.Sized(widgets.KeySize, s.entry)).Reserve(errorLines(3, p.ClockBehind))
	s.field.SetHelp(w.Help)
	s.footer = screen.NewFooter(lang.L("Checking…"), s.back, widgets.NewPrimaryButton(w.Act, s.submit), presenter.task.Cancel)
	s.card = widgets.NewCard(widgets.Heading(w.Title), widgets.Paragraph(w.Text), widgets.NewGap(),
		container.NewStack(s.field, s.lapsed)).Footed(s.footer.Line)
	s.Page = screen.NewPage(p.Window, w.Topic, widgets.Centered(s.card), widgets.PageOptions{OnEnter: s.submit, OnEscape: back})
	presenter.begin(screen.NewView(s.show), s.retype)
	return s
}

// Close wipes what was typed.
func (s *IssuedCodeScreen) Close() {
	s.entry.SetText("")
	s.footer.Show(screen.Idle, false)
}

func (s *IssuedCodeScreen) submit() {
	if s.entry.Text == "" {
		s.retype()
		return
	}
	s.presenter.submit(s.entry.Text)
}

func (s *IssuedCodeScreen) show(v codeView) {
	widgets.SetVisible(s.field, !v.Lapsed)
	if v.Lapsed {
		s.lapsed.SetText(v.Error)
	} else {
		s.field.SetError(v.Error)
	}
	s.footer.Show(v.Stage, v.CanSubmit)
	s.card.Refresh()
}

func (s *IssuedCodeScreen) retype() {
	s.entry.SetText("")
	if !s.field.Visible() {
		s.FocusOn(s.back)
		return
	}
	s.FocusOn(s.entry)
}
