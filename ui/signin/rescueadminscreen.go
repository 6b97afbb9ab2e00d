package signin

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/widgets"
)

// RescueAdminParams are what the screen for an admin who can't sign in needs.
type RescueAdminParams struct {
	Host
	Admins []auth.UserInfo
	Reset  func(ctx context.Context, id, password string) error // slow: off the UI goroutine
	Done   func(name string)
	OnBack func()
}

// RescueAdminScreen gives a Practice Admin a new password.
type RescueAdminScreen struct {
	page
	formFields
	presenter *rescueAdmin
	admin     *widgets.Select
}

// NewRescueAdmin makes the screen.
func NewRescueAdmin(p RescueAdminParams) *RescueAdminScreen {
	s := &RescueAdminScreen{presenter: newRescueAdmin(p)}
	s.addAdmins()
	s.addPasswords(&s.presenter.form, lang.L("Password"), s.typed)
	s.footer = newFooter(lang.L("Saving…"), widgets.NewButton(lang.L("Back"), s.presenter.errand.back),
		widgets.NewPrimaryButton(lang.L("Set password"), s.submit), s.presenter.errand.cancel)
	card := widgets.NewCard(
		widgets.Heading(lang.L("A Practice Admin can't sign in")),
		widgets.Paragraph(lang.L("Choose a new password together. Their authenticator is removed: if the practice asks for Auth Codes, they set up a new one at the next sign-in. Every Practice Admin is told.")),
		widgets.NewGap(),
		s.field(fieldAdmin),
		s.field(auth.FieldPassword),
		s.field(fieldConfirm),
	).Footed(newRoom(2, s.message), s.footer.line)
	s.page = newPage(p.Host, widgets.Centered(card),
		widgets.PageOptions{OnEnter: s.submit, OnEscape: s.presenter.errand.back})
	s.presenter.begin(s)
	return s
}

// addAdmins adds the choice of who it is about.
func (s *RescueAdminScreen) addAdmins() {
	s.admin = widgets.NewSelect(s.presenter.choices(), nil)
	s.admin.PlaceHolder = lang.L("Choose")
	if s.presenter.chosen >= 0 {
		s.admin.SetSelectedIndex(s.presenter.chosen)
	}
	s.admin.OnChanged = func(string) { s.presenter.choose(s.admin.SelectedIndex(), s.password.Text) }
	s.fields = append(s.fields, formField{fieldAdmin, widgets.NewField(lang.L("Practice Admin"), newNarrow(s.admin)).Reserve(1), s.admin})
}

func (s *RescueAdminScreen) typed() { s.presenter.typed(s.password.Text) }

func (s *RescueAdminScreen) submit() { s.presenter.submit(s.password.Text, s.confirm.Text) }

func (s *RescueAdminScreen) focusFirstError() { s.focusFirst(&s.page) }

func (s *RescueAdminScreen) retype() { s.retypeIn(&s.page) }
