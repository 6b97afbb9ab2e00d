// Package frontdesk is the screen after the sign-in: the day with its waiting room,
// the patients, and above them what is new.
package frontdesk

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/resources"
	"anteroom/ui/frontdesk/figures"
	"anteroom/ui/frontdesk/firststeps"
	"anteroom/ui/frontdesk/patients"
	"anteroom/ui/frontdesk/today"
	"anteroom/ui/layouts"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

const longestName = 150 // in a button, for text at 100 %

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

	bar         *widgets.Toolbar
	places      *screen.Places
	account     *widgets.Button // who is signed in, and the menu of what they do about that
	lock        *widgets.Button
	practice    string
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
	s := &Screen{params: p, bar: widgets.NewToolbar(barMargin)}
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
	s.makeBar()
	below := container.New(deskLayout{s.strip}, s.bar, s.strip.content, s.place) // in the order of Tab
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

// makeBar has the places, the search, what the page has there, and who is signed in.
func (s *Screen) makeBar() {
	p := s.params
	s.places = screen.NewPlaces(resources.Logo, s.ShowToday, s.ShowPatients, p.OnSettings)
	s.places.SetAdmin(p.Admin)
	s.account = widgets.NewMenuButton(looks.SignPatients, "", s.showAccount)
	s.lock = widgets.NewFlatButton(looks.SignLock, "", p.OnLock)
	s.lock.Spoken, s.lock.Tip = lang.L("Lock"), lang.L("Lock ({{.Key}})", map[string]any{"Key": words.Shortcut("L")})
	s.fillBar()
}

// The ranks of what gives way in the bar, after what the page has there. Who is signed in is to be seen the longest.
const (
	rankLock    = 2
	rankAccount = 4
)

// fillBar shows the bar of the page that is shown.
func (s *Screen) fillBar() {
	items := append(s.places.Items(), widgets.ToolbarItem{Object: s.find, Most: findWidth, Right: true})
	if p, ok := s.page.(interface{ Bar() []widgets.ToolbarItem }); ok {
		items = append(items, p.Bar()...)
	}
	items = append(items,
		widgets.ToolbarItem{Object: s.account, Rank: rankAccount, Stays: true},
		widgets.ToolbarItem{Object: s.lock, Rank: rankLock},
	)
	s.bar.SetItems(items...)
	s.places.SetAt(s.at())
}

// at is the place that the page belongs to.
func (s *Screen) at() screen.Place {
	switch s.page.(type) {
	case *today.Page, *figures.Page:
		return screen.AtToday
	}
	return screen.AtPatients
}

// showAccount lets down what somebody does about who is signed in.
func (s *Screen) showAccount() {
	p := s.params
	widgets.ShowMenuBelow(s.account,
		widgets.MenuItem{Text: s.practice, Off: true, Act: func() {}},
		widgets.MenuItem{},
		widgets.MenuItem{Text: lang.L("My account"), Sign: looks.SignPatients, Act: p.OnAccount},
		widgets.MenuItem{Text: lang.L("Lock"), Sign: looks.SignLock, Act: p.OnLock},
		widgets.MenuItem{Text: lang.L("Switch user"), Sign: looks.SignSwitch, Act: p.OnSwitch},
		widgets.MenuItem{Text: lang.L("Sign out"), Sign: looks.SignSignOut, Act: p.OnSignOut},
	)
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
	s.practice = v.Practice
	s.account.SetText(shortened(v.Account))
	s.places.SetAdmin(v.Admin)
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
	if now.Patients != s.seen.Patients {
		s.find.RecordsChanged()
	}
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

// shortened is a name as long as the button may be beside the others.
func shortened(name string) string {
	const ellipsis = "…"
	longest := float32(longestName) * theme.TextSize() / 14
	for letters, cut := []rune(name), name; ; cut = strings.TrimSpace(string(letters)) + ellipsis {
		if fyne.MeasureText(cut, theme.TextSize(), fyne.TextStyle{Bold: true}).Width <= longest || len(letters) == 0 {
			return cut
		}
		letters = letters[:len(letters)-1]
	}
}
