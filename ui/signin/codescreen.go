package signin

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/widgets"
)

// CodeParams are what the screen "Enter Auth Code" needs.
type CodeParams struct {
	Host
	Ways
	Attempt  codeChecker
	State    auth.State
	Practice string
	OnBack   func()
}

// CodeScreen asks for the Auth Code.
type CodeScreen struct {
	page
	presenter *code
	code      *widgets.CodeField
	field     *widgets.Field // around code
	footer    *footer
}

// NewCode makes the screen.
func NewCode(p CodeParams) *CodeScreen {
	s := &CodeScreen{
		presenter: newCode(p.Host, p.Attempt, p.Ways, p.State),
		code:      widgets.NewCodeField(),
	}
	s.code.OnComplete = s.presenter.submit
	s.field = widgets.NewField(lang.L("Auth Code"), s.code)
	s.footer = newFooter(lang.L("Checking…"), widgets.NewButton(lang.L("Back"), p.OnBack),
		widgets.NewPrimaryButton(lang.L("Verify"), s.submit), s.presenter.task.cancel)
	card := widgets.NewCard(
		widgets.Heading(lang.L("Enter Auth Code")),
		widgets.Paragraph(lang.L("Open your authenticator app and type the code for {{.Practice}}.", map[string]any{"Practice": p.Practice})),
		widgets.NewGap(),
		s.field,
		s.footer.line,
	)
	s.page = newPage(p.Host, widgets.Centered(card), widgets.PageOptions{OnEnter: s.submit, OnEscape: p.OnBack})
	s.presenter.begin(s)
	return s
}

// Close wipes what was typed.
func (s *CodeScreen) Close() {
	s.code.Clear()
	s.footer.show(idle, false)
}

func (s *CodeScreen) submit() { s.presenter.submit(s.code.Text()) }

func (s *CodeScreen) show(v codeView) {
	s.field.SetHelp(v.Help)
	s.field.SetError(v.Error)
	s.footer.show(v.Waiting, v.CanSubmit)
}

func (s *CodeScreen) retype() {
	s.code.Clear()
	s.code.Focus()
}
