// Package frontdesk is the screen after the sign-in: the day with its waiting room,
// the patients, and above them what is new.
package frontdesk

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/resources"
	"anteroom/ui/frontdesk/figures"
	"anteroom/ui/frontdesk/firststeps"
	"anteroom/ui/frontdesk/patients"
	"anteroom/ui/frontdesk/today"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// Params are what the front desk needs.
type Params struct {
	screen.Scope
	Session *auth.Session
	Desk    *desk.Desk
	Window  fyne.Window
	Order   data.DateOrder

	// What was known last of who is signed in and of the practice: it stands here until they are read, also while the
	// server is away.
	Name, Practice string
	Admin          bool

	OnSignOut       func()
	OnLock          func()
	OnSwitch        func()                        // another user comes; this one's session is locked
	OnSettings      func()                        // for Practice Admins only
	OnPractitioners func()                        // to where practitioners are added, likewise
	OnKit           func()                        // to the recovery kit that is still to be made
	OnAccount       func()                        // to My account
	OnHelp          func(user string, reset bool) // to a one-time code for somebody, or to a reset
	OnPrintSlip     func(p data.Patient, next []data.Visit)
	OnPrintDay      func(data.Date)
	OnStep          func(firststeps.Step) // to where a first step is taken; nil: their list is not to be shown
	OnStepsGone     func()                // it is not to come back

	BackupProblem func() error // why today's backup could not be made; nil: all is well
	ForThisRun    bool         // the kit opened the practice, for this run only
}

// page is what lies below the bar.
type page interface {
	screen.Screen
	Refresh() // the records changed
	Close()
}

// Screen is the front desk.
type Screen struct {
	params  Params
	notices *notices
	root    *widgets.Page
	over    *fyne.Container // the page, the bar and what drops down from it

	bar         *screen.Bar
	find        *patients.FindField
	strip       *strip
	place       *fyne.Container  // of the page
	steps       *firststeps.List // nil: there is none
	today       *today.Page      // stays as it is while another page is shown
	page        page
	back        []func() // to the pages before
	seen        data.Generations
	todayIsLate bool // the records changed while another page was shown
}

// New makes the front desk and begins to read what it shows.
func New(p Params) *Screen {
	s := &Screen{params: p}
	s.bar = screen.NewBar(s.barParams())
	s.notices = newNotices(p.Scope, screen.NewView(s.show), p.Session, p.Desk)
	s.notices.backupProblem, s.notices.forThisRun, s.notices.open = p.BackupProblem, p.ForThisRun, s.openDraft
	s.notices.overview = auth.Overview{Name: p.Name, Practice: p.Practice, Role: auth.Staff}
	if p.Admin {
		s.notices.overview.Role = auth.Admin
	}
	s.strip = newStrip(p, s.notices, s.resume)
	s.find = patients.NewFind(s.patientParams(), func() { s.page.Focus() })
	s.makeSteps()
	s.today = today.New(s.todayParams())
	s.page = s.today
	s.seen = p.Desk.Generations()
	s.place = container.NewStack(s.today.Content())
	s.bar.ShowUser("", p.Practice, p.Admin)
	s.fillBar()
	below := container.New(deskLayout{s.strip}, s.bar.Content(), s.strip.content, s.place) // in the order of Tab
	s.over = below
	s.root = widgets.NewPage(s.find.Over(below), widgets.PageOptions{
		Help: topicOf(s.page),
		Keys: map[fyne.KeyName]func(){
			fyne.KeyF3:    s.NextStep,
			fyne.KeyUp:    s.arrow(fyne.KeyUp),
			fyne.KeyDown:  s.arrow(fyne.KeyDown),
			fyne.KeyLeft:  s.arrow(fyne.KeyLeft),
			fyne.KeyRight: s.arrow(fyne.KeyRight),
		},
	})
	s.notices.begin()
	p.Every(time.Second, s.catchUp)
	return s
}

// barParams are where the bar leads.
func (s *Screen) barParams() screen.BarParams {
	p := s.params
	return screen.BarParams{
		Logo: resources.Logo, OnToday: s.ShowToday, OnPatients: s.ShowPatients, OnSettings: p.OnSettings,
		OnAccount: p.OnAccount, OnLock: p.OnLock, OnSwitch: p.OnSwitch, OnSignOut: p.OnSignOut,
	}
}

// fillBar shows the bar of the page that is shown.
func (s *Screen) fillBar() {
	items := []widgets.ToolbarItem{{Object: s.find, Most: findWidth}}
	if p, ok := s.page.(interface{ Bar() []widgets.ToolbarItem }); ok {
		items = append(items, p.Bar()...)
	}
	s.bar.Fill(s.at(), items...)
}

// at is the place that the page belongs to.
func (s *Screen) at() screen.Place {
	switch s.page.(type) {
	case *today.Page, *figures.Page:
		return screen.AtToday
	}
	return screen.AtPatients
}

// makeSteps makes the list of what a new practice needs first.
func (s *Screen) makeSteps() {
	p := s.params
	if p.OnStep != nil {
		s.steps = firststeps.New(firststeps.Params{
			Scope: p.Scope, Session: p.Session, Desk: p.Desk, OnStep: p.OnStep, OnGone: p.OnStepsGone,
			OnSize: func() { layouts.Refresh(s.today.Content()) },
		})
	}
}

// Content is what the window shows.
func (s *Screen) Content() fyne.CanvasObject { return s.root }

// Focus leaves the focus with nothing: a second Enter at the sign-in must not
// press anything. The first arrow goes to the day, the first Tab to the bar.
func (s *Screen) Focus() {
	c := s.params.Window.Canvas()
	s.root.FocusFirst(c) // from then on keys are heard with no focus, too
	c.Unfocus()
}

// Close ends the pages. What was typed stays as drafts.
func (s *Screen) Close() {
	if s.page != page(s.today) {
		s.page.Close()
	}
	s.today.Close()
}

// arrow gives an arrow key that nobody has use for to the page.
func (s *Screen) arrow(key fyne.KeyName) func() {
	return func() {
		c := s.params.Window.Canvas()
		if c.Focused() != nil {
			return
		}
		s.page.Focus()
		if f := c.Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: key})
		}
	}
}

func (s *Screen) show(v view) {
	s.bar.ShowUser(v.Account, v.Practice, v.Admin)
	s.today.SetAdmin(v.Admin)
	if s.steps != nil {
		s.steps.SetAdmin(v.Admin)
	}
	s.strip.show(v)
	s.over.Refresh()
}

// catchUp shows what others changed.
func (s *Screen) catchUp() {
	now := s.params.Desk.Generations()
	if now == s.seen {
		return
	}
	s.find.RecordsChanged() // also who is expected today may be another
	s.seen = now
	s.Refresh()
}

// Refresh reads again what is shown: others changed it, or it could not be read
// while the desk was locked.
func (s *Screen) Refresh() {
	s.page.Refresh()
	if s.page != page(s.today) {
		s.todayIsLate = true
	}
	s.notices.refresh()
}
