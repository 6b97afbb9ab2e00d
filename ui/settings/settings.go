// Package settings is what Practice Admins set: the practice's details, its
// recovery kit, its users, computers and backups.
package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"anteroom/auth"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// The panes that the settings can begin with, beside General.
const (
	PaneRecovery  = "recovery"
	PaneComputers = "computers"
	PaneBackup    = "backup"
)

// Params are what the settings need.
type Params struct {
	Session Session
	Runner  work.Runner
	Ctx     context.Context // ends when the settings are left; then secrets are wiped
	Window  fyne.Window
	Copier  *work.Copier
	Pane    string // where they begin; "": at General

	OnNewKit         func(*auth.Kit)     // show it, and confirm it
	OnRestore        func(*auth.Restore) // run it
	OnRestoreWithKit func(path string)   // of a backup that only the kit opens

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
	backups *backups
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
	rowRecovery
	rowUsers
	rowComputers
	rowBackup
)

var rowOfPane = map[string]int{
	"": rowGeneral, PaneRecovery: rowRecovery, PaneComputers: rowComputers, PaneBackup: rowBackup,
}

// New makes the settings and begins to read what they show.
func New(p Params) *Screen {
	s := &Screen{params: p, sheets: &sheets{window: p.Window}}
	office := office{
		ctx:    p.Ctx,
		runner: p.Runner,
		stepUp: &stepUp{session: p.Session, runner: p.Runner, open: s.sheets.openProof},
		ended:  s.ended,
	}
	s.panes = map[int]pane{
		rowGeneral: s.newGeneral(office), rowRecovery: s.newRecovery(office), rowUsers: s.newUsers(office),
		rowComputers: s.newComputers(office), rowBackup: s.newBackups(office),
	}
	s.page = widgets.NewPage(s.layOut(), widgets.PageOptions{OnEscape: s.back})
	s.nav.Select(rowOfPane[p.Pane])
	context.AfterFunc(p.Ctx, func() { p.Runner.Dispatch(s.sheets.closeAll) })
	return s
}

func (s *Screen) newGeneral(o office) pane {
	w := newGeneralWidgets(s.sheets, s.newKitMaker(o), s.params)
	s.general = &general{office: o, session: s.params.Session, pane: w}
	w.general = s.general
	return pane{w.page, s.general.refresh, w.focus}
}

func (s *Screen) newRecovery(o office) pane {
	w := newRecoveryWidgets(s.sheets, s.newKitMaker(o))
	w.recovery = &recovery{office: o, session: s.params.Session, pane: w}
	return pane{w.page, w.recovery.refresh, w.focus}
}

func (s *Screen) newKitMaker(o office) *kitMaker {
	return &kitMaker{office: o, session: s.params.Session, onNew: s.params.OnNewKit}
}

func (s *Screen) newUsers(o office) pane {
	w := newUsersWidgets(s.sheets, s.params.Copier)
	w.users = &users{office: o, session: s.params.Session, pane: w}
	return pane{w.content, w.users.refresh, w.focus}
}

func (s *Screen) newComputers(o office) pane {
	w := newComputersWidgets(s.sheets, s.params.Copier)
	w.computers = &computers{office: o, session: s.params.Session, pane: w}
	return pane{w.content, w.computers.refresh, w.focus}
}

func (s *Screen) newBackups(o office) pane {
	w := newBackupsWidgets(s.sheets)
	s.backups = &backups{
		office: o, session: s.params.Session, pane: w,
		onRestore: s.params.OnRestore, onRestoreWithKit: s.params.OnRestoreWithKit,
	}
	w.backups = s.backups
	return pane{w.content, s.backups.refresh, w.focus}
}

func (s *Screen) layOut() fyne.CanvasObject {
	s.nav = widgets.NewList(widgets.Column{Width: 160})
	s.nav.SetRows([][]string{
		rowPracticeDetails: {lang.L("Practice details")},
		rowGeneral:         {"\u2003" + lang.L("General")},
		rowRecovery:        {"\u2003" + lang.L("Recovery")},
		rowUsers:           {lang.L("Users")},
		rowComputers:       {lang.L("Computers")},
		rowBackup:          {lang.L("Backup")},
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
// believe that it counts, and leaving stops a backup under way.
func (s *Screen) back() {
	switch {
	case s.general.changed():
		s.askToLeave(lang.L("Leave without saving?"), lang.L("What you changed in the practice details is not saved."))
	case s.backups.work.making:
		s.askToLeave(lang.L("Leave without the backup?"), lang.L("The backup is still under way. Leaving stops it."))
	default:
		s.params.OnBack()
	}
}

func (s *Screen) askToLeave(title, text string) {
	var d *sheet
	d = s.sheets.show(widgets.DialogOptions{
		Title:   title,
		Content: widgets.Paragraph(text),
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
