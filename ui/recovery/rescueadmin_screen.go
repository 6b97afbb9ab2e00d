package recovery

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/signin"
	"anteroom/ui/widgets"
)

// RescueAdminParams are what the screen for an admin who can't sign in needs.
type RescueAdminParams struct {
	screen.Scope
	Window fyne.Window
	Admins []auth.UserInfo
	Reset  func(ctx context.Context, id, password string) error // slow: off the UI goroutine
	Done   func(name string)
	OnBack func()
}

// RescueAdminScreen gives a Practice Admin a new password.
type RescueAdminScreen struct {
	signin.FormPage
	presenter *rescueAdmin
	admin     *widgets.Select
}

// NewRescueAdmin makes the screen.
func NewRescueAdmin(p RescueAdminParams) *RescueAdminScreen {
	s := &RescueAdminScreen{presenter: newRescueAdmin(p)}
	s.addAdmins()
	s.AddPasswords(s.presenter.Form, lang.L("Password"), s.presenter.typed)
	s.Footer = screen.NewFooter(lang.L("Saving…"), widgets.NewButton(lang.L("Back"), s.presenter.back),
		widgets.NewPrimaryButton(lang.L("Set password"), s.submit), s.presenter.Task.Cancel)
	card := widgets.NewCard(
		widgets.Heading(lang.L("A Practice Admin can't sign in")),
		widgets.Paragraph(lang.L("Choose a new password together. Their authenticator is removed: if the practice asks for Auth Codes, they set up a new one at the next sign-in. Every Practice Admin is told.")),
		widgets.NewGap(),
		s.Field(fieldAdmin),
		s.Field(auth.FieldPassword),
		s.Field(signin.FieldConfirm),
	).Footed(widgets.Room(2, s.Message), s.Footer.Line)
	s.Page = screen.NewPage(p.Window, help.RescueAdmin, widgets.Centered(card),
		widgets.PageOptions{OnEnter: s.submit, OnEscape: s.presenter.back})
	s.presenter.Begin(s.Display())
	return s
}

// addAdmins adds the choice of who it is about.
func (s *RescueAdminScreen) addAdmins() {
	s.admin = widgets.NewSelect(s.presenter.choices(), nil)
	s.admin.PlaceHolder = lang.L("Choose")
	if s.presenter.chosen >= 0 {
		s.admin.SetSelectedIndex(s.presenter.chosen)
	}
	s.admin.OnChanged = func(string) {
		password, _ := s.Passwords()
		s.presenter.choose(s.admin.SelectedIndex(), password)
	}
	s.Add(fieldAdmin, widgets.NewField(lang.L("Practice Admin"), widgets.Narrow(s.admin)).Reserve(1), s.admin)
}

// IsBusy says that a password is being set.
func (s *RescueAdminScreen) IsBusy() bool { return s.presenter.Task.IsBusy() }

func (s *RescueAdminScreen) submit() { s.presenter.submit(s.Passwords()) }
