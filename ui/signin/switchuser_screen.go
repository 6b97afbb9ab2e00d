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

// SwitchUserParams are what the screen "Switch user" needs.
type SwitchUserParams struct {
	screen.Scope
	Window fyne.Window
	People func(context.Context) ([]auth.Person, error) // who signed in at this computer
	Desks  Desks
	Full   bool   // there is no room for one more
	Left   string // user id of who was there before and is not the first to choose; "": nobody was

	OnPerson    func(auth.Person)
	OnElse      func() // somebody who is not in the list
	OnBack      func() // nil: nobody was there before
	OnUntrusted func(error)
}

// SwitchUserScreen lets somebody else come to the window, or come back to it.
type SwitchUserScreen struct {
	screen.Page
	presenter *switchUser
	list      *widgets.List
	problem   *widgets.Notice
	body      *fyne.Container
}

// NewSwitchUser makes the screen.
func NewSwitchUser(p SwitchUserParams) *SwitchUserScreen {
	s := &SwitchUserScreen{
		presenter: newSwitchUser(p),
		list:      widgets.NewList(widgets.Head{Width: 180, Grow: true}, widgets.Head{Width: 140}),
		problem:   widgets.NewNotice(widgets.Info, ""),
	}
	s.list.ShowRows(5)
	s.list.Spoken = lang.L("Switch user")
	s.list.OnActivated = s.presenter.choose
	goOn := widgets.NewPrimaryButton(lang.L("Continue"), func() { s.presenter.choose(s.list.Selected()) })
	var back fyne.CanvasObject
	if p.OnBack != nil {
		back = widgets.NewButton(lang.L("Back"), p.OnBack)
	}
	s.body = widgets.NewColumn(
		widgets.Heading(lang.L("Switch user")),
		widgets.Quiet(lang.L("Who has signed in at this computer. Work that was left here stays, locked.")),
		widgets.NewGap(),
		s.list,
		s.problem,
	)
	card := widgets.NewCard(s.body).Footed(widgets.NewFooter(back, goOn))
	s.Page = screen.NewPage(p.Window, help.SwitchUser, widgets.Centered(card), widgets.PageOptions{OnEscape: p.OnBack})
	s.presenter.begin(screen.NewView(s.show))
	return s
}

// Focus puts the focus on the list.
func (s *SwitchUserScreen) Focus() {
	s.Page.Focus()
	s.focusList()
}

func (s *SwitchUserScreen) focusList() { s.Window.Canvas().Focus(s.list.Focusable()) }

func (s *SwitchUserScreen) show(v switchView) {
	s.list.SetRows(v.Rows)
	if s.list.Selected() < 0 {
		s.list.Select(v.Chosen)
	}
	s.problem.SetText(v.Error)
	s.body.Refresh()
}
