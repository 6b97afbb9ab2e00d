package signin

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// NewPasswordParams are what the screen "Choose your own password" needs.
type NewPasswordParams struct {
	screen.Scope
	Navigation
	Window  fyne.Window
	Attempt *auth.Attempt
	OnBack  func()
}

// NewPasswordScreen has a one-time password changed.
type NewPasswordScreen struct {
	FormPage
	presenter *newPassword
}

// NewNewPassword makes the screen.
func NewNewPassword(p NewPasswordParams) *NewPasswordScreen {
	s := &NewPasswordScreen{presenter: newNewPassword(p)}
	s.AddPasswords(s.presenter.Form, lang.L("Password"), func(password string) { s.presenter.Typed(password) })
	s.Footer = screen.NewFooter(lang.L("Saving…"), widgets.NewButton(lang.L("Back"), p.OnBack),
		widgets.NewPrimaryButton(lang.L("Save password"), s.submit), s.presenter.Task.Cancel)
	card := widgets.NewCard(
		widgets.Heading(lang.L("Choose your own password")),
		widgets.Paragraph(lang.L("You signed in with a one-time password. From now on you sign in with the one you choose here.")),
		widgets.NewGap(),
		s.Field(auth.FieldPassword),
		s.Field(FieldConfirm),
	).Footed(widgets.Room(2, s.Message), s.Footer.Line)
	s.Page = screen.NewPage(p.Window, help.NewPassword, widgets.Centered(card), widgets.PageOptions{OnEnter: s.submit, OnEscape: p.OnBack})
	s.presenter.Begin(s.Display())
	return s
}

func (s *NewPasswordScreen) submit() { s.presenter.submit(s.Passwords()) }
