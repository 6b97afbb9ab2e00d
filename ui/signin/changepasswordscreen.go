package signin

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/widgets"
)

// ChangePasswordParams are what the screen "Change password" needs.
type ChangePasswordParams struct {
	Host
	Change  func(ctx context.Context, present, password string) error // slow
	Done    func()
	OnBack  func()
	OnEnded func(error)
}

// ChangePasswordScreen gives who is signed in another password.
type ChangePasswordScreen struct {
	page
	formFields
	presenter *changePassword
	present   *widgets.PasswordEntry
}

// NewChangePassword makes the screen.
func NewChangePassword(p ChangePasswordParams) *ChangePasswordScreen {
	s := &ChangePasswordScreen{presenter: newChangePassword(p), present: widgets.NewPasswordEntry()}
	s.present.OnChanged = func(string) { s.presenter.edited(auth.FieldOld) }
	s.fields = append(s.fields, formField{auth.FieldOld, widgets.NewField(lang.L("Present password"), s.present).Reserve(1), s.present})
	s.addPasswords(&s.presenter.form, lang.L("New password"), func() { s.presenter.typed(s.password.Text) })
	s.footer = newFooter(lang.L("Saving…"), widgets.NewButton(lang.L("Back"), p.OnBack),
		widgets.NewPrimaryButton(lang.L("Save password"), s.submit), s.presenter.task.cancel)
	card := widgets.NewCard(
		widgets.Heading(lang.L("Change password")),
		widgets.Paragraph(lang.L("Everywhere else you are signed out.")),
		widgets.NewGap(),
		s.field(auth.FieldOld),
		s.field(auth.FieldPassword),
		s.field(fieldConfirm),
	).Footed(newRoom(2, s.message), s.footer.line)
	s.page = newPage(p.Host, widgets.Centered(card), widgets.PageOptions{OnEnter: s.submit, OnEscape: p.OnBack})
	s.presenter.begin(s)
	return s
}

// Close wipes the passwords.
func (s *ChangePasswordScreen) Close() {
	wipe(s.present)
	s.formFields.Close()
}

func (s *ChangePasswordScreen) submit() {
	s.presenter.submit(s.present.Text, s.password.Text, s.confirm.Text)
}

func (s *ChangePasswordScreen) show(v formView) { s.formFields.show(v) }

func (s *ChangePasswordScreen) focusFirstError() { s.focusFirst(&s.page) }

// retype leaves a new password that was not looked at, where only the present one is wrong.
func (s *ChangePasswordScreen) retype() {
	if s.field(auth.FieldOld).Error() == "" {
		wipe(s.password, s.confirm)
	}
	s.password.SetShown(false)
	s.confirm.SetShown(false)
	wipe(s.present)
	s.focus(s.present)
}
