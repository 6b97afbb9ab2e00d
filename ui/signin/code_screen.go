package signin

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/help"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// CodeParams are what the screens need that ask for a code.
type CodeParams struct {
	screen.Scope
	Window fyne.Window
	Navigation
	Attempt     *auth.Attempt
	Challenge   *Challenge // shared by the screens of one sign-in
	Practice    string
	ClockBehind func() time.Duration // how far this computer's clock is behind; nil: it isn't

	OnOther    func() // to the recovery and one-time codes
	OnTwoCodes func() // to two codes in a row
	OnBack     func()
}

// CodeScreen asks for the Auth Code.
type CodeScreen struct {
	screen.Page
	presenter *code
	code      *widgets.CodeField
	field     *widgets.Field // around code
	other     *widgets.Button
	help      *widgets.Button
	clockLink *widgets.Button // a way on where the clock can't be set
	clock     *widgets.Notice // names a clock that is behind
	footer    *screen.Footer
	card      *widgets.Card
}

// NewCode makes the screen.
func NewCode(p CodeParams) *CodeScreen {
	check := func(ctx context.Context, typed []string) (auth.State, error) { return p.Attempt.Code(ctx, typed[0]) }
	s := &CodeScreen{
		presenter: newCode(p, auth.StepCode, check),
		code:      widgets.NewCodeField(),
		clock:     widgets.NewNotice(widgets.Warning, ""),
	}
	s.other = widgets.NewLink(lang.L("Use a recovery code"), func() { s.presenter.leave(p.OnOther) })
	s.help = widgets.NewLink(lang.L("Ask an admin for help"), s.presenter.ask)
	s.clockLink = widgets.NewLink(lang.L("This computer's clock can't be set"), func() { s.presenter.leave(p.OnTwoCodes) })
	linkHeight := func() float32 { return s.clockLink.MinSize().Height } // while it is hidden, too
	s.code.OnComplete = func(code string) { s.presenter.submit(code) }
	s.field = widgets.NewField(lang.L("Auth Code"), s.code)
	s.footer = screen.NewMessageFooter(lang.L("Checking…"), widgets.NewButton(lang.L("Back"), p.OnBack),
		widgets.NewPrimaryButton(lang.L("Verify"), s.submit), s.presenter.task.Cancel)
	s.footer.Message.Set(widgets.Good, "")
	s.card = widgets.NewCard(
		widgets.Heading(lang.L("Enter Auth Code")),
		widgets.Paragraph(lang.L("Open your authenticator app and type the code for {{.Practice}}.", map[string]any{"Practice": p.Practice})),
		widgets.NewGap(),
		s.field,
		container.NewHBox(s.other, widgets.NewGap(), s.help),
		container.New(layouts.MinSize{Height: layouts.AtLeast(linkHeight)}, s.clockLink), // or what is below would move
	).Footed(s.footer.Line, s.clock)
	s.Page = screen.NewPage(p.Window, help.AuthCode, widgets.Centered(s.card), widgets.PageOptions{OnEnter: s.submit, OnEscape: p.OnBack})
	s.presenter.begin(screen.NewView(s.show), s.retype)
	return s
}

// Close wipes what was typed.
func (s *CodeScreen) Close() {
	s.code.Clear()
	s.footer.Show(screen.Idle, false)
}

func (s *CodeScreen) submit() { s.presenter.submit(s.code.Text()) }

func (s *CodeScreen) show(v codeView) {
	s.field.SetHelp(v.Help)
	s.field.SetError(v.Error)
	widgets.SetVisible(s.clockLink, v.ClockLink)
	s.clock.SetText(v.Clock)
	widgets.SetVisible(s.clock, v.Clock != "")
	s.footer.ShowMessage(v.Asked, v.Stage, v.CanSubmit)
	s.card.Refresh()
}

func (s *CodeScreen) retype() {
	s.code.Clear()
	s.code.Focus()
}
