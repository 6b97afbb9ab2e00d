// Package settings is everyone's own account, and what Practice Admins set: the
// practice's details, its recovery kit, its users, computers and backups, and
// the activity that they look through.
package settings

import (
	"context"
	"crypto/rand"
	"io"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// The panes that the settings can begin with, beside General.
const (
	PaneAccount       = "account"
	PaneGeneral       = "general"
	PaneActivity      = "activity"
	PaneRecovery      = "recovery"
	PanePractitioners = "practitioners"
	PaneAppointments  = "appointments"
	PaneServer        = "server"
	PaneUsers         = "users"
	PaneComputers     = "computers"
	PaneBackup        = "backup"
	PaneExchange      = "exchange"
)

// NewPractitioner is PanePractitioners, beginning with a new one.
const NewPractitioner = "new practitioner"

// Params are what the settings need.
type Params struct {
	Session Session
	Desk    Desk   // nil: there is nothing of practitioners and patients
	Server  Server // nil: the data lies here, and there is no other place for it
	Order   data.DateOrder
	Runner  work.Runner
	Ctx     context.Context // ends when the settings are left; then secrets are wiped
	Window  fyne.Window
	Copier  *work.Copier
	Admin   bool   // else there is nothing but My account
	Pane    string // where they begin; "": at the first
	Draft   *Draft // what General begins with, as it was left; nil: as it is stored
	Help    Help   // for whom they begin, in the users
	Said    string // what was just done, said in My account, Recovery or General, whichever they begin with

	Save   func(path string, write func(io.Writer) error) error // a new file, whole or not at all
	Folder string                                               // that files to be saved are proposed for

	OnPassword       func()                     // to another password of one's own
	OnRecoveryCodes  func([]string)             // show them, this once
	OnNewKit         func(*auth.Kit, *Draft)    // show it, and confirm it; nil: General did not ask for it
	OnRestore        func(*auth.Restore)        // run it
	OnRestoreWithKit func(path string)          // of a backup that only the kit opens
	OnSwitching      func(bool)                 // the practice is being moved, and this can't be called off; until it is over
	OnMoved          func(said, address string) // the practice lies elsewhere: open it anew, and say so; address is what others connect to

	OnBack  func()
	OnEnded func(error) // the session is over
}

// Help is an act with which the settings begin, for a user who asked for help.
type Help struct {
	User  string // id; "": nobody
	Reset bool   // two-factor is reset; else it is a one-time code
}

// Screen is the settings: a list of panes, and the chosen one beside it.
type Screen struct {
	params  Params
	page    *widgets.Page
	nav     *widgets.List
	sheets  *sheets
	general *general
	backups *backups // nil, as general, for who is no admin
	account *account
	kinds   *kinds // nil, as general, for who is no admin
	imports *importing
	rows    []row
}

// pane is what the right side shows.
type pane struct {
	content fyne.CanvasObject
	refresh func()
	focus   func(fyne.Canvas)
}

// row is a line of the list of panes.
type row struct {
	name string // of its pane, in Params; "" is a heading's
	text string
	pane *pane // nil: it is a heading, which leads to the next one
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
	if p.Admin {
		s.rows = s.adminRows(office)
	}
	s.rows = append(s.rows, row{PaneAccount, lang.L("My account"), s.newAccount(office)})
	s.page = widgets.NewPage(s.layOut(), widgets.PageOptions{OnEscape: s.back})
	s.nav.Select(s.firstRow())
	context.AfterFunc(p.Ctx, func() { p.Runner.Dispatch(s.sheets.closeAll) })
	return s
}

// adminRows lead to the panes that only Practice Admins see.
func (s *Screen) adminRows(o office) []row {
	desk := s.params.Desk != nil
	rows := []row{
		{"", lang.L("Practice details"), nil},
		{PaneGeneral, "\u2003" + lang.L("General"), s.newGeneral(o)},
		{PaneRecovery, "\u2003" + lang.L("Recovery"), s.newRecovery(o)},
	}
	if desk {
		rows = append(rows,
			row{PanePractitioners, "\u2003" + lang.L("Practitioners"), s.newPractitioners(o)},
			row{PaneAppointments, "\u2003" + lang.L("Appointments"), s.newKinds(o)})
	}
	if s.params.Server != nil {
		rows = append(rows, row{PaneServer, "\u2003" + lang.L("Server"), s.newServer(o)})
	}
	rows = append(rows,
		row{PaneUsers, lang.L("Users"), s.newUsers(o)},
		row{PaneComputers, lang.L("Computers"), s.newComputers(o)},
		row{PaneActivity, lang.L("Activity"), s.newActivity(o)},
		row{PaneBackup, lang.L("Backup"), s.newBackups(o)})
	if desk {
		rows = append(rows, row{PaneExchange, lang.L("Import and export"), s.newExchange(o)})
	}
	return rows
}

// firstRow is the row of the pane to begin with: the one that was asked for, or
// the first.
func (s *Screen) firstRow() int {
	name := s.params.Pane
	if name == NewPractitioner {
		name = PanePractitioners
	}
	return max(slices.IndexFunc(s.rows, func(r row) bool { return r.pane != nil && r.name == name }),
		slices.IndexFunc(s.rows, func(r row) bool { return r.pane != nil }))
}

// GoTo shows a pane. What was typed in the others stays.
func (s *Screen) GoTo(name string) {
	if i := slices.IndexFunc(s.rows, func(r row) bool { return r.pane != nil && r.name == name }); i >= 0 {
		s.nav.Select(i)
		s.Focus()
	}
}

// said is what a pane is to say that was done before.
func (s *Screen) said(pane string) string {
	if pane != s.params.Pane {
		return ""
	}
	return s.params.Said
}

func (s *Screen) newGeneral(o office) *pane {
	kits := s.newKitMaker(o)
	w := newGeneralWidgets(s.sheets, kits, s.params)
	s.general = &general{office: o, session: s.params.Session, pane: w, draft: s.params.Draft, said: s.said(PaneGeneral)}
	w.general, kits.draft = s.general, s.general.asDraft
	return &pane{w.page, s.general.refresh, w.focus}
}

func (s *Screen) newRecovery(o office) *pane {
	w := newRecoveryWidgets(s.sheets, s.newKitMaker(o))
	w.recovery = &recovery{office: o, session: s.params.Session, pane: w, good: s.said(PaneRecovery)}
	return &pane{w.page, w.recovery.refresh, w.focus}
}

func (s *Screen) newPractitioners(o office) *pane {
	w := newPractitionersWidgets(s.sheets)
	w.practitioners = &practitioners{
		detailsOffice: detailsOffice{office: o, desk: s.params.Desk}, pane: w, order: s.params.Order, newID: rand.Text,
		adds: s.params.Pane == NewPractitioner,
	}
	return &pane{w.content, w.practitioners.refresh, w.focus}
}

func (s *Screen) newKinds(o office) *pane {
	w := newKindsWidgets(s.sheets)
	s.kinds = &kinds{detailsOffice: detailsOffice{office: o, desk: s.params.Desk}, pane: w, newID: rand.Text}
	w.kinds = s.kinds
	return &pane{w.page, s.kinds.refresh, w.focus}
}

func (s *Screen) newKitMaker(o office) *kitMaker {
	return &kitMaker{office: o, session: s.params.Session, onNew: s.params.OnNewKit}
}

func (s *Screen) newUsers(o office) *pane {
	w := newUsersWidgets(s.sheets, s.params.Copier)
	w.users = &users{office: o, session: s.params.Session, pane: w}
	switch help := s.params.Help; {
	case help.User != "" && help.Reset:
		w.users.help(help.User, actResetTwoFactor)
	case help.User != "":
		w.users.help(help.User, actOneTimeCode)
	}
	return &pane{w.content, func() { w.users.watch(w.content.Visible) }, w.focus}
}

func (s *Screen) newComputers(o office) *pane {
	w := newComputersWidgets(s.sheets, s.params.Copier)
	w.computers = &computers{office: o, session: s.params.Session, pane: w, addresses: s.addresses()}
	return &pane{w.content, w.computers.refresh, w.focus}
}

func (s *Screen) newServer(o office) *pane {
	p := s.params
	w := newServerWidgets(s.sheets, p.Copier)
	w.server = &server{office: o, session: p.Session, sharing: p.Server, pane: w, onSwitching: p.OnSwitching, onMoved: p.OnMoved}
	w.server.codes = &computers{office: o, session: p.Session, pane: serverCodes{w.server}, addresses: s.addresses()}
	w.server.coding.CanCode = true
	return &pane{w.page, func() { w.server.watch(w.page.Visible) }, w.focus}
}

// addresses asks what other computers connect to; nil: there is no server.
func (s *Screen) addresses() func() []string {
	server := s.params.Server
	if server == nil {
		return nil
	}
	return func() []string { return reachable(server) }
}

func (s *Screen) newActivity(o office) *pane {
	w := newActivityWidgets(s.sheets, func(name string) {
		s.GoTo(name)
		s.enter(s.nav.Selected())
	})
	w.activity = &activity{office: o, session: s.params.Session, pane: w, save: s.params.Save, folder: s.params.Folder}
	return &pane{w.content, w.activity.open, w.focus}
}

func (s *Screen) newAccount(o office) *pane {
	w := newAccountWidgets(s.sheets, s.params, s.leave)
	s.account = &account{
		office: o, session: s.params.Session, pane: w, onCodes: s.params.OnRecoveryCodes,
		outcome: outcome{Said: s.said(PaneAccount)},
	}
	w.account = s.account
	return &pane{w.page, s.account.refresh, w.focus}
}

func (s *Screen) newBackups(o office) *pane {
	w := newBackupsWidgets(s.sheets)
	s.backups = &backups{
		office: o, session: s.params.Session, pane: w,
		onRestore: s.params.OnRestore, onRestoreWithKit: s.params.OnRestoreWithKit,
	}
	if server := s.params.Server; server != nil {
		s.backups.where = server.Where
	}
	w.backups = s.backups
	return &pane{w.content, s.backups.refresh, w.focus}
}

func (s *Screen) newExchange(o office) *pane {
	w := newExchangeWidgets(s.sheets, s.newKitMaker(o))
	p := s.params
	s.imports = &importing{
		office: o, kits: p.Session, desk: p.Desk, pane: w, save: p.Save, folder: p.Folder, ownDate: p.Order, open: openSource,
	}
	w.importing = s.imports
	w.exporting = &patientExport{office: o, desk: p.Desk, pane: w, save: p.Save, folder: p.Folder}
	return &pane{w.page, s.imports.refresh, w.focus}
}

func (s *Screen) layOut() fyne.CanvasObject {
	s.nav = widgets.NewList(widgets.Head{Width: 160})
	s.nav.Spoken = lang.L("Settings")
	s.nav.SetSource(len(s.rows), func(row, _ int) string { return s.rows[row].text })
	s.nav.OnSelected = s.open
	s.nav.OnActivated = s.enter

	stack := container.NewStack()
	for _, r := range s.rows {
		if r.pane != nil {
			r.pane.content.Hide()
			stack.Add(r.pane.content)
		}
	}
	back := widgets.NewButton(lang.L("Back to the front desk"), s.back)
	top, left := topBar(back), container.NewBorder(nil, nil, nil, widget.NewSeparator(), container.New(layout.NewCustomPaddedLayout(paneMargin-8, listMargin, listMargin, listMargin), s.nav))
	return container.New(layout.NewBorderLayout(top, nil, left, nil), top, left, stack) // in the order of Tab
}

// open shows the pane of a row; a heading leads to its first one.
func (s *Screen) open(i int) {
	chosen := s.rows[i].pane
	if chosen == nil {
		s.nav.Select(i + 1)
		return
	}
	for _, r := range s.rows {
		if r.pane != nil {
			r.pane.content.Hide()
		}
	}
	chosen.content.Show()
	chosen.refresh()
}

// enter goes from the list into the pane.
func (s *Screen) enter(i int) {
	if pane := s.rows[i].pane; pane != nil {
		pane.focus(s.params.Window.Canvas())
	}
}

// ReadAnew reads again what the pane shows that is seen; what was typed there stays.
func (s *Screen) ReadAnew() {
	if pane := s.rows[s.nav.Selected()].pane; pane != nil {
		pane.refresh()
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

// back goes back to the front desk.
func (s *Screen) back() { s.leave(s.params.OnBack) }

// Leave leaves the settings for something else, unless somebody stays.
func (s *Screen) Leave(next func()) { s.leave(next) }

// leave leaves the settings. Who ticked a box and forgot to save must not
// believe that it counts, and leaving stops a backup under way.
func (s *Screen) leave(next func()) {
	switch {
	case s.account.changed():
		s.askToLeave(lang.L("Leave without saving?"), lang.L("What you changed in your account is not saved."), next)
	case s.general != nil && s.general.changed(), s.kinds != nil && s.kinds.changed():
		s.askToLeave(lang.L("Leave without saving?"), lang.L("What you changed in the practice details is not saved."), next)
	case s.backups != nil && s.backups.work.making:
		s.askToLeave(lang.L("Leave without the backup?"), lang.L("The backup is still under way. Leaving stops it."), next)
	case s.imports != nil && s.imports.work.saving:
		s.askToLeave(lang.L("Leave without the import?"), lang.L("The import is still under way. Leaving stops it, and no patient comes in."), next)
	default:
		next()
	}
}

func (s *Screen) askToLeave(title, text string, next func()) {
	var d *sheet
	d = s.sheets.show(widgets.DialogOptions{
		Title:   title,
		Content: widgets.Paragraph(text),
		Careful: true,
		Primary: lang.L("Leave"),
		OnPrimary: func() {
			d.close()
			next()
		},
		Cancel: lang.L("Stay"),
	}, nothingToWipe)
}

func (s *Screen) ended(err error) {
	s.sheets.closeAll()
	s.params.OnEnded(err)
}
