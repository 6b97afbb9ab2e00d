package signin

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/widgets"
)

// NewPasswordParams are what the screen "Choose your own password" needs.
type NewPasswordParams struct {
	Host
	Ways
	Attempt newPasswordSetter
	OnBack  func()
}

// NewPasswordScreen has a one-time password changed.
type NewPasswordScreen struct {
	page
	formFields
	presenter *newPassword
}

// NewNewPassword makes the screen.
func NewNewPassword(p NewPasswordParams) *NewPasswordScreen {
	s := &NewPasswordScreen{presenter: newNewPassword(p.Host, p.Attempt, p.Ways)}
	s.addPasswords(&s.presenter.form, lang.L("Password"), s.typed)
	s.footer = newFooter(lang.L("Saving…"), widgets.NewButton(lang.L("Back"), p.OnBack),
		widgets.NewPrimaryButton(lang.L("Save password"), s.submit), s.presenter.task.cancel)
	card := widgets.NewCard(
		widgets.Heading(lang.L("Choose your own password")),
		widgets.Paragraph(lang.L("You signed in with a one-time password. From now on you sign in with the one you choose here.")),
		widgets.NewGap(),
		s.field(auth.FieldPassword),
		s.field(fieldConfirm),
	).Footed(newRoom(2, s.message), s.footer.line)
	s.page = newPage(p.Host, widgets.Centered(card), widgets.PageOptions{OnEnter: s.submit, OnEscape: p.OnBack})
	s.presenter.begin(s)
	return s
}

func (s *NewPasswordScreen) typed() { s.presenter.typed(s.password.Text) }

func (s *NewPasswordScreen) submit() { s.presenter.submit(s.password.Text, s.confirm.Text) }

func (s *NewPasswordScreen) focusFirstError() { s.focusFirst(&s.page) }

func (s *NewPasswordScreen) retype() { s.retypeIn(&s.page) }
