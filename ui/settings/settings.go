// Package settings is the frame around the panes in which people see to their own account, and
// Practice Admins to the practice. Each pane is a package of its own below this one, and a line in
// panes.go.
package settings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/data/sharing"
	"anteroom/resources"
	"anteroom/ui/screen"
	"anteroom/ui/settings/general"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/users"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// NewPractitioner is pane.Practitioners, beginning with a new one.
const NewPractitioner = "new practitioner"

// Params are what the settings need.
type Params struct {
	Session *auth.Session
	Desk    *desk.Desk     // nil: there is nothing of practitioners and patients
	Server  sharing.Server // nil: the data lies here, and there is no other place for it
	Order   data.DateOrder
	Runner  work.Runner
	Ctx     context.Context // ends when the settings are left; then secrets are wiped
	Window  fyne.Window
	Copier  *work.Copier
	Admin   bool           // else there is nothing but My account
	Pane    string         // where they begin, by a name in package pane; "": at the first
	Draft   *general.Draft // what General begins with, as it was left; nil: as it is stored
	Help    users.Help     // for whom they begin, in the users
	Said    string         // what was just done, said in My account, Recovery or General, whichever they begin with

	Save   pane.Saver
	Folder string // that files to be saved are proposed for

	OnPassword       func()                          // to another password of one's own
	OnRecoveryCodes  func([]string)                  // show them, this once
	OnNewKit         func(*auth.Kit, *general.Draft) // show it, and confirm it; nil: General did not ask for it
	OnEnrolled       func()                          // who turns two-factor on has set up their phone, and is about to be signed out
	OnRestore        func(*auth.Restore)             // run it
	OnRestoreWithKit func(path string)               // of a backup that only the kit opens
	OnSwitching      func(bool)                      // the practice is being moved, and this can't be called off; until it is over
	OnMoved          func(said, address string)      // the practice lies elsewhere: open it anew, and say so; address is what others connect to

	// Who is signed in, as far as is known.
	Name, Practice string

	OnBack                      func() // to the front desk, as it was left
	OnToday, OnPatients         func() // there, by Leave
	OnLock, OnSwitch, OnSignOut func()
	OnEnded                     func(error) // the session is over
}

// Screen is the settings: a list of panes, and the chosen one beside it.
type Screen struct {
	params  Params
	page    *widgets.Page
	bar     *screen.Bar
	nav     *widgets.List
	dialogs *screen.Dialogs
	rows    []row
}

// row is a line of the list of panes.
type row struct {
	name string // of its pane, in package pane; "" is a heading's
	text string
	sign fyne.Resource
	pane pane.Pane // of a heading, which leads to the next one, zero
}

func (r row) isHeading() bool { return r.name == "" }

// New makes the settings and begins to read what they show.
func New(p Params) *Screen {
	s := &Screen{params: p, dialogs: &screen.Dialogs{Window: p.Window}}
	s.rows = s.panes(pane.Params{
		Scope: screen.Scope{
			Ctx: p.Ctx, Runner: p.Runner, OnEnded: s.ended,
			StepUp: screen.NewStepUp(p.Session, p.Runner, s.dialogs.OpenProof),
		},
		Dialogs: s.dialogs, Session: p.Session, Order: p.Order, Copier: p.Copier,
		Save: p.Save, Folder: p.Folder, LeaveFor: s.Leave,
	})
	s.page = widgets.NewPage(s.layOut(), widgets.PageOptions{OnEscape: s.back})
	s.nav.Select(s.firstRow())
	context.AfterFunc(p.Ctx, func() { p.Runner.Dispatch(s.dialogs.CloseAll) })
	return s
}

// firstRow is the row of the pane to begin with: the one that was asked for, or
// the first.
func (s *Screen) firstRow() int {
	name := s.params.Pane
	if name == NewPractitioner {
		name = pane.Practitioners
	}
	first := slices.IndexFunc(s.rows, func(r row) bool { return !r.isHeading() })
	return max(s.rowOf(name), first)
}

// rowOf is the row of a pane, or -1.
func (s *Screen) rowOf(name string) int {
	return slices.IndexFunc(s.rows, func(r row) bool { return !r.isHeading() && r.name == name })
}

// GoTo shows a pane. What was typed in the others stays.
func (s *Screen) GoTo(name string) {
	if i := s.rowOf(name); i >= 0 {
		s.nav.Select(i)
		s.Focus()
	}
}

func (s *Screen) layOut() fyne.CanvasObject {
	places := make([]widgets.Place, len(s.rows))
	for i, r := range s.rows {
		places[i] = widgets.Place{Text: r.text, Sign: r.sign}
	}
	s.nav = widgets.NewPlaces(lang.L("Settings"), places...)
	s.nav.OnSelected = s.open
	s.nav.OnActivated = s.enter

	stack := container.NewStack()
	for _, r := range s.rows {
		if !r.isHeading() {
			r.pane.Content.Hide()
			stack.Add(r.pane.Content)
		}
	}
	s.bar = s.newBar()
	top := s.bar.Content()
	nav := container.New(layout.NewCustomPaddedLayout(pane.Margin-8, 8, 8, 8), s.nav)
	left := container.NewBorder(nil, nil, nil, widget.NewSeparator(), nav)
	return container.New(layout.NewBorderLayout(top, nil, left, nil), top, left, stack) // in the order of Tab
}

// newBar makes the bar, as the front desk has it.
func (s *Screen) newBar() *screen.Bar {
	p := s.params
	first := func() {
		if i := s.rowOf(pane.General); i >= 0 {
			s.nav.Select(i)
			s.Focus()
		}
	}
	bar := screen.NewBar(screen.BarParams{
		Logo: resources.Logo, OnToday: p.OnToday, OnPatients: p.OnPatients, OnSettings: first,
		OnAccount: func() { s.GoTo(pane.Account) }, OnLock: p.OnLock, OnSwitch: p.OnSwitch, OnSignOut: p.OnSignOut,
	})
	bar.ShowUser(p.Name, p.Practice, p.Admin)
	bar.Fill(screen.AtSettings)
	return bar
}

// open shows the pane of a row; a heading leads to its first one.
func (s *Screen) open(i int) {
	chosen := s.rows[i]
	if chosen.isHeading() {
		s.nav.Select(i + 1)
		return
	}
	for _, r := range s.rows {
		if !r.isHeading() {
			r.pane.Content.Hide()
		}
	}
	chosen.pane.Content.Show()
	s.page.SetHelp(chosen.name)
	chosen.pane.Refresh()
}

// enter goes from the list into the pane.
func (s *Screen) enter(i int) {
	if r := s.rows[i]; !r.isHeading() {
		r.pane.Focus(s.params.Window.Canvas())
	}
}

// ReadAnew reads again what the pane shows that is seen; what was typed there stays.
func (s *Screen) ReadAnew() {
	if r := s.rows[s.nav.Selected()]; !r.isHeading() {
		r.pane.Refresh()
	}
}

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Focus implements screen.Screen: it puts the focus on the list of panes.
func (s *Screen) Focus() {
	c := s.params.Window.Canvas()
	s.page.FocusFirst(c)
	c.Focus(s.nav.Focusable())
}

// back goes back to the front desk.
func (s *Screen) back() { s.Leave(s.params.OnBack) }

// Leave leaves the settings for something else, unless somebody stays. Who ticked a box and forgot
// to save must not believe that it took effect, and leaving stops what is under way.
func (s *Screen) Leave(next func()) {
	for _, r := range s.rows {
		if r.pane.Unsaved == nil {
			continue
		}
		if title, text, isUnsaved := r.pane.Unsaved(); isUnsaved {
			s.askToLeave(title, text, next)
			return
		}
	}
	next()
}

func (s *Screen) askToLeave(title, text string, next func()) {
	var d *screen.Dialog
	d = s.dialogs.Show(widgets.DialogOptions{
		Title:   title,
		Content: widgets.Paragraph(text),
		Careful: true,
		Primary: lang.L("Leave"),
		OnPrimary: func() {
			d.Close()
			next()
		},
		Cancel: lang.L("Stay"),
	}, nil)
}

func (s *Screen) ended(err error) {
	s.dialogs.CloseAll()
	s.params.OnEnded(err)
}
