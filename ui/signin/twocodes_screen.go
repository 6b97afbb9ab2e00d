package signin

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// TwoCodesScreen asks for two Auth Codes in a row, where the clock is wrong and
// can't be set.
type TwoCodesScreen struct {
	screen.Page
	presenter   *code
	first, next *widgets.CodeField
	field       *widgets.Field // around next; shows the errors
	footer      *screen.Footer
	card        *widgets.Card
}

// NewTwoCodes makes the screen.
func NewTwoCodes(p CodeParams) *TwoCodesScreen {
	check := func(ctx context.Context, typed []string) (auth.State, error) {
		return p.Attempt.TwoCodes(ctx, typed[0], typed[1])
	}
	s := &TwoCodesScreen{
		presenter: newCode(p, auth.StepCode, check),
		first:     widgets.NewCodeField(), next: widgets.NewCodeField(),
	}
	s.first.OnComplete = func(string) { s.next.Focus() }
	s.next.OnComplete = func(string) { s.submit() }
	s.field = widgets.NewField(lang.L("Next code"), s.next).Reserve(3)
	back := func() { s.presenter.back(p.OnBack) }
	s.footer = screen.NewFooter(lang.L("Checking…"), widgets.NewButton(lang.L("Back"), back),
		widgets.NewPrimaryButton(lang.L("Verify"), s.submit), s.presenter.task.Cancel)
	s.card = widgets.NewCard(
		widgets.Heading(lang.L("Enter two codes")),
		widgets.Paragraph(lang.L("Type the code your app shows, wait for the next one, and type that too.")),
		widgets.Quiet(lang.L("This computer says it is {{.Clock}}. Up to 30 minutes off is made good, for your codes only. Every Practice Admin is told.",
			map[string]any{"Clock": words.Clock(p.Now())})),
		widgets.NewGap(),
		widgets.NewField(lang.L("First code"), s.first).Reserve(0),
		s.field,
	).Footed(s.footer.Line)
	s.Page = screen.NewPage(p.Window, help.TwoCodes, widgets.Centered(s.card), widgets.PageOptions{OnEnter: s.submit, OnEscape: back})
	s.presenter.begin(screen.NewView(s.show), s.retype)
	return s
}

// Close wipes what was typed.
func (s *TwoCodesScreen) Close() {
	s.first.Clear()
	s.next.Clear()
	s.footer.Show(screen.Idle, false)
}

func (s *TwoCodesScreen) submit() {
	switch {
	case s.first.Text() == "":
		s.first.Focus()
	case s.next.Text() == "":
		s.next.Focus()
	default:
		s.presenter.submit(s.first.Text(), s.next.Text())
	}
}

func (s *TwoCodesScreen) show(v codeView) {
	s.field.SetError(v.Error)
	s.footer.Show(v.Stage, v.CanSubmit)
}

func (s *TwoCodesScreen) retype() {
	s.first.Clear()
	s.next.Clear()
	s.first.Focus()
}
