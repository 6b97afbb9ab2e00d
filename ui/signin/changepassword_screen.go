package signin

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// ChangePasswordParams are what the screen "Change password" needs. OnEnded of its scope also
// hears that the data can't be trusted any more.
type ChangePasswordParams struct {
	screen.Scope
	Window fyne.Window
	Change func(ctx context.Context, present, password string) error // slow
	Done   func()
	OnBack func()
}

// ChangePasswordScreen gives who is signed in another password.
type ChangePasswordScreen struct {
	FormPage
	presenter *changePassword
	present   *widgets.PasswordEntry
}

// NewChangePassword makes the screen.
func NewChangePassword(p ChangePasswordParams) *ChangePasswordScreen {
	s := &ChangePasswordScreen{presenter: newChangePassword(p), present: widgets.NewPasswordEntry()}
	s.present.OnChanged = func(string) { s.presenter.Edited(auth.FieldOld) }
	s.Add(auth.FieldOld, widgets.NewField(lang.L("Present password"), s.present).Reserve(1), s.present)
	s.AddPasswords(s.presenter.Form, lang.L("New password"), func(password string) { s.presenter.Typed(password) })
	s.Footer = screen.NewFooter(lang.L("Saving…"), widgets.NewButton(lang.L("Back"), p.OnBack),
		widgets.NewPrimaryButton(lang.L("Save password"), s.submit), s.presenter.Task.Cancel)
	card := widgets.NewCard(
		widgets.Heading(lang.L("Change password")),
		widgets.Paragraph(lang.L("Everywhere else you are signed out.")),
		widgets.NewGap(),
		s.Field(auth.FieldOld),
		s.Field(auth.FieldPassword),
		s.Field(FieldConfirm),
	).Footed(widgets.Room(2, s.Message), s.Footer.Line)
	s.Page = screen.NewPage(p.Window, help.ChangePassword, widgets.Centered(card), widgets.PageOptions{OnEnter: s.submit, OnEscape: p.OnBack})
	display := s.Display()
	display.Retype = s.retype
	s.presenter.Begin(display)
	return s
}

// Close wipes the passwords.
func (s *ChangePasswordScreen) Close() {
	wipe(s.present)
	s.FormPage.Close()
}

func (s *ChangePasswordScreen) submit() {
	s.presenter.submit(s.present.Text, s.password.Text, s.confirm.Text)
}

// retype leaves a new password that was not looked at, where only the present one is wrong.
func (s *ChangePasswordScreen) retype() {
	if s.Field(auth.FieldOld).Error() == "" {
		wipe(s.password, s.confirm)
	}
	s.password.SetShown(false)
	s.confirm.SetShown(false)
	wipe(s.present)
	s.FocusOn(s.present)
}
