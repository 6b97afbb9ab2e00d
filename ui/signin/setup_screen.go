package signin

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"anteroom/auth"
	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// SetUpParams are what the screen "Set up your practice" needs.
type SetUpParams struct {
	screen.Scope
	Window    fyne.Window
	Create    func(context.Context, auth.SetUpForm) error // slow: off the UI goroutine
	Done      func()
	OnRestore func() // instead: put a backup of an existing practice here
	OnConnect func() // instead: link this computer to a practice on a server; nil: there is no such way

	Zone         string        // this computer's time zone; "": that is not known
	Synchronised func() string // the program that synchronises the data folder; "": none is known. Slow: off the UI goroutine
}

// SetUpScreen makes a practice with its first Practice Admin.
type SetUpScreen struct {
	FormPage
	presenter                *setUp
	practice, name, username *widgets.Entry
	zone                     ZoneField
}

// setUpWidth is that of its card, whose fields stand in two columns, so that all are in sight.
const setUpWidth = 760

// NewSetUp makes the screen.
func NewSetUp(p SetUpParams) *SetUpScreen {
	s := &SetUpScreen{presenter: newSetUp(p.Scope, p.Create, p.Done)}
	form := s.presenter.Form
	s.practice = s.addEntry(form, auth.FieldPractice, lang.L("Practice name"))
	s.name = s.addEntry(form, auth.FieldName, lang.L("Your name"))
	s.username = s.addEntry(form, auth.FieldUsername, lang.L("Username"))
	s.AddPasswords(form, lang.L("Password"), s.typed)
	s.zone = NewZoneField(func() { form.Edited(auth.FieldZone) })
	s.Add(auth.FieldZone, widgets.NewField(lang.L("Time zone"), s.zone), s.zone.Focusable())
	s.zone.SetName(p.Zone)
	s.Field(auth.FieldName).SetHelp(lang.L("You will be the first Practice Admin."))
	s.Footer = screen.NewFooter(lang.L("Creating…"), nil,
		widgets.NewPrimaryButton(lang.L("Create practice"), s.submit), s.presenter.Task.Cancel)
	warning := container.NewVBox()
	warning.Hide()
	instead := []fyne.CanvasObject{widgets.NewLink(lang.L("Restore a practice from a backup…"), p.OnRestore)}
	if p.OnConnect != nil {
		instead = append(instead, widgets.NewLink(lang.L("Connect to the practice's server…"), p.OnConnect))
	}
	card := widgets.NewCard(
		widgets.Heading(lang.L("Set up your practice")),
		warning,
		columns(
			widgets.NewColumn(s.Field(auth.FieldPractice).Reserve(2), s.Field(auth.FieldName), s.Field(auth.FieldUsername)), // beside the password, with its help
			widgets.NewColumn(s.Field(auth.FieldPassword), s.Field(FieldConfirm), s.Field(auth.FieldZone))),
	).Footed(widgets.Room(2, s.Message), s.Footer.Line, widgets.NewFlow(instead...))
	card.Width = setUpWidth
	s.Page = screen.NewPage(p.Window, help.SetUp, widgets.Centered(card),
		widgets.PageOptions{OnEnter: s.submit, OnEscape: s.presenter.Task.Cancel})
	display := s.Display()
	display.Retype = s.hidePasswords
	s.presenter.Begin(display)
	p.warn(warning)
	return s
}

// columns are two of one width, with air between.
func columns(left, right fyne.CanvasObject) *fyne.Container {
	const air = 16
	return container.NewGridWithColumns(2,
		container.New(layout.NewCustomPaddedLayout(0, 0, 0, air/2), left), container.New(layout.NewCustomPaddedLayout(0, 0, air/2, 0), right))
}

// warn names the program that synchronises the data folder, once that is known.
func (p SetUpParams) warn(warning *fyne.Container) {
	if p.Synchronised == nil {
		return
	}
	service := ""
	p.Go(func(context.Context) error { service = p.Synchronised(); return nil }, func(error) {
		if service == "" {
			return
		}
		warning.Add(widgets.NewNotice(widgets.Warning, lang.L(
			"The data folder is in {{.Service}}, which can damage the data or bring older data back. Have Anteroom started with another folder.",
			map[string]any{"Service": service})))
		warning.Add(widgets.NewGap())
		warning.Show()
	})
}

func (s *SetUpScreen) typed(string) { s.presenter.typed(s.form()) }

func (s *SetUpScreen) submit() { s.presenter.submit(s.form(), s.confirm.Text) }

func (s *SetUpScreen) form() auth.SetUpForm {
	return auth.SetUpForm{
		Practice: s.practice.Text, Name: s.name.Text, Username: s.username.Text, Password: s.password.Text,
		Zone: s.zone.Name(),
	}
}

// hidePasswords only hides what was typed: there is nothing yet that it opens.
func (s *SetUpScreen) hidePasswords() {
	s.password.SetShown(false)
	s.confirm.SetShown(false)
}
