// Package settings is what Practice Admins set: the practice's details and its
// users.
package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// Params are what the settings need.
type Params struct {
	Session Session
	Runner  work.Runner
	Ctx     context.Context // ends when the settings are left; then secrets are wiped
	Window  fyne.Window
	Copier  *work.Copier

	OnBack  func()
	OnEnded func(error) // the session is over
}

// Screen is the settings: a list of panes, and the chosen one beside it.
type Screen struct {
	params  Params
	page    *widgets.Page
	nav     *widgets.List
	sheets  *sheets
	general *general
	panes   map[int]pane // by row of the list, where it is not a heading
}

// pane is what the right side shows.
type pane struct {
	content fyne.CanvasObject
	refresh func()
	focus   func(fyne.Canvas)
}

// The rows of the list of panes.
const (
	rowPracticeDetails = iota // a heading
	rowGeneral
	rowUsers
)

// New makes the settings and begins to read what they show.
func New(p Params) *Screen {
	s := &Screen{params: p, sheets: &sheets{window: p.Window}}
	office := office{
		ctx:    p.Ctx,
		runner: p.Runner,
		stepUp: &stepUp{session: p.Session, runner: p.Runner, open: s.sheets.openProof},
		ended:  s.ended,
	}
	generalPane := newGeneralWidgets(s.sheets, p)
	s.general = &general{office: office, session: p.Session, pane: generalPane}
	generalPane.general = s.general

	usersPane := newUsersWidgets(s.sheets, p.Copier)
	users := &users{office: office, session: p.Session, pane: usersPane}
	usersPane.users = users

	s.panes = map[int]pane{
		rowGeneral: {generalPane.page, s.general.refresh, generalPane.focus},
		rowUsers:   {usersPane.content, users.refresh, usersPane.focus},
	}
	s.page = widgets.NewPage(s.layOut(), widgets.PageOptions{OnEscape: s.back})
	s.nav.Select(rowGeneral)
	context.AfterFunc(p.Ctx, func() { p.Runner.Dispatch(s.sheets.closeAll) })
	return s
}

func (s *Screen) layOut() fyne.CanvasObject {
	s.nav = widgets.NewList(widgets.Column{Width: 160})
	s.nav.SetRows([][]string{
		rowPracticeDetails: {lang.L("Practice details")},
		rowGeneral:         {"\u2003" + lang.L("General")},
		rowUsers:           {lang.L("Users")},
	})
	s.nav.OnSelected = s.open
	s.nav.OnActivated = s.enter

	stack := container.NewStack()
	for _, pane := range s.panes {
		pane.content.Hide()
		stack.Add(pane.content)
	}
	back := widgets.NewButton(lang.L("Back to the front desk"), s.back)
	top, left := topBar(back), container.NewBorder(nil, nil, nil, widget.NewSeparator(), container.New(layout.NewCustomPaddedLayout(paneMargin-8, listMargin, listMargin, listMargin), s.nav))
	return container.New(layout.NewBorderLayout(top, nil, left, nil), top, left, stack) // in the order of Tab
}

// open shows the pane of a row; a heading leads to its first one.
func (s *Screen) open(row int) {
	chosen, ok := s.panes[row]
	if !ok {
		s.nav.Select(row + 1)
		return
	}
	for _, pane := range s.panes {
		pane.content.Hide()
	}
	chosen.content.Show()
	chosen.refresh()
}

// enter goes from the list into the pane.
func (s *Screen) enter(row int) {
	if pane, ok := s.panes[row]; ok {
		pane.focus(s.params.Window.Canvas())
	}
}

// Content is what the window shows.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Focus puts the focus on the list of panes.
func (s *Screen) Focus() {
	c := s.params.Window.Canvas()
	s.page.FocusFirst(c)
	c.Focus(s.nav.Focusable())
}

// back leaves the settings. Who ticked a box and forgot to save must not
// believe that it counts.
func (s *Screen) back() {
	if !s.general.changed() {
		s.params.OnBack()
		return
	}
	var d *sheet
	d = s.sheets.show(widgets.DialogOptions{
		Title:   lang.L("Leave without saving?"),
		Content: widgets.Paragraph(lang.L("What you changed in the practice details is not saved.")),
		Careful: true,
		Primary: lang.L("Leave"),
		OnPrimary: func() {
			d.close()
			s.params.OnBack()
		},
		Cancel: lang.L("Stay"),
	}, nothingToWipe)
}

func (s *Screen) ended(err error) {
	s.sheets.closeAll()
	s.params.OnEnded(err)
}
