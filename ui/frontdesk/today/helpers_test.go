package today

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"anteroom/data"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

func TestMain(m *testing.M) {
	time.Local = time.FixedZone("elsewhere", 9*3600+45*60) // the practice is in UTC
	uitest.Main(m)
}

// sample is Anna's page in a window, at 9:20 of a Tuesday.
type sample struct {
	uitest.Queue
	t        *testing.T
	practice *practice.Practice
	anna     *practice.Window
	window   fyne.Window
	page     *Page
	settings int
	figures  int
	patients []string
	ended    []error
	close    func() // the page

	known map[string]data.Visit // as it was when wantWritten looked last, or Ben changed it
}

// begins is when the time of a bubble begins, and tuesday the day of the samples.
var (
	tuesday = data.Date{Year: 2026, Month: time.November, Day: 24}
	nine20  = tuesday.At(9*60+20, time.UTC)
)

// inPractice runs a test in a practice, before the page is opened.
func inPractice(t *testing.T, r practice.Records, look *looks.Theme, fn func(*sample)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(nine20)) // of the bubble's time
		s := &sample{t: t, practice: practice.New(t, r), close: func() {}}
		s.anna, s.known = s.practice.Anna, s.practice.Visits()
		test.NewTempApp(t).Settings().SetTheme(look)
		s.window = test.NewTempWindow(t, nil)
		s.window.SetPadded(false)
		s.window.Resize(fyne.NewSize(1024, 668)) // below the menu
		defer func() {
			s.close()
			time.Sleep(2 * time.Minute)
			s.Settle()
		}()
		fn(s)
	})
}

// open shows the page; one that was shown before is left.
func (s *sample) open(admin bool) {
	s.close()
	ctx, leave := context.WithCancel(s.t.Context())
	bar := widgets.NewToolbar(8) // as the front desk has it
	s.page = New(Params{
		Scope: screen.Scope{
			Ctx: ctx, Runner: work.Runner{Dispatch: s.Dispatch, Now: time.Now}, OnEnded: func(err error) { s.ended = append(s.ended, err) },
		},
		Desk: s.anna.Desk, Window: s.window, Admin: admin,
		OnSettings: func() { s.settings++ },
		OnPatient:  func(id string) { s.patients = append(s.patients, id) },
		OnFigures:  func() { s.figures++ }, OnBar: bar.Refresh, OnPrint: func(data.Date) {},
	})
	s.close = func() {
		s.page.Close()
		leave()
	}
	bar.SetItems(s.page.Bar()...)
	s.window.SetContent(container.NewBorder(bar, nil, nil, nil, s.page.Content()))
	s.Settle()
	s.page.Focus()
}

// onPageIn runs a test on a page, in a look.
func onPageIn(t *testing.T, r practice.Records, look *looks.Theme, fn func(*sample)) {
	t.Helper()
	inPractice(t, r, look, func(s *sample) {
		s.open(true)
		fn(s)
	})
}

// onPage is a test on the page of a practice with these records.
func onPage(t *testing.T, r practice.Records, fn func(*sample)) {
	t.Helper()
	onPageIn(t, r, looks.New(looks.Light, 1), fn)
}

// onTuesday is a test on the usual day.
func onTuesday(t *testing.T, fn func(*sample)) {
	t.Helper()
	onPage(t, usualDay(), fn)
}

// press presses keys, and lets what they begin come to its end.
func (s *sample) press(names ...fyne.KeyName) {
	s.t.Helper()
	for _, name := range names {
		c := s.window.Canvas()
		switch focused := c.Focused(); {
		case name == fyne.KeyTab:
			c.(interface{ FocusNext() }).FocusNext()
		case focused == nil:
			c.OnTypedKey()(&fyne.KeyEvent{Name: name})
		default:
			focused.TypedKey(&fyne.KeyEvent{Name: name})
		}
		s.Settle()
	}
}

// typed types text where the focus is.
func (s *sample) typed(text string) {
	s.t.Helper()
	for _, r := range text {
		s.window.Canvas().Focused().TypedRune(r)
		s.Settle()
	}
}

// pass lets time go by, and does meanwhile what is due.
func (s *sample) pass(d time.Duration) {
	step := max(250*time.Millisecond, d/100)
	for ; d > step; d -= step {
		time.Sleep(step) // of the bubble's time
		s.Settle()
	}
	time.Sleep(d)
	s.Settle()
}

// mouseDown presses the mouse's button at a place.
func (s *sample) mouseDown(o desktop.Mouseable, at fyne.Position) {
	o.MouseDown(mouseAt(at))
	s.Settle()
}

func mouseAt(at fyne.Position) *desktop.MouseEvent {
	return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}}
}

// busy is what is said while something goes on; "": nothing does.
func (s *sample) busy() string { return s.page.day.display.Shown().Busy }

// dialog is the one over the others, or the booking beside the day; nil: none is open.
func (s *sample) dialog() *widgets.Dialog {
	d, _ := s.window.Canvas().Overlays().Top().(*widgets.Dialog)
	if b := s.page.bookingDialog; d == nil && b != nil && s.page.dialogs.Top() != nil {
		return b.Dialog.Dialog
	}
	return d
}

// dialogs is how many are open.
func (s *sample) dialogs() int {
	n := len(s.window.Canvas().Overlays().List())
	if s.page.bookingDialog != nil {
		n++
	}
	return n
}

// line is what is chosen.
func (s *sample) line() string {
	if s.page.isWeek {
		return s.page.week.display.Shown().Line
	}
	return s.page.day.display.Shown().Line
}

func (s *sample) message() string { return s.page.foot.toast.Text() }

func (s *sample) wantLine(want string) {
	s.t.Helper()
	if got := s.line(); got != want {
		s.t.Errorf("chosen is %q, want %q", got, want)
	}
}

func (s *sample) wantMessage(want string) {
	s.t.Helper()
	if got := s.message(); got != want {
		s.t.Errorf("it says %q, want %q", got, want)
	}
}

func (s *sample) wantFocus(want fyne.Focusable) {
	s.t.Helper()
	if got := s.window.Canvas().Focused(); got != want {
		s.t.Errorf("the focus is on %T, want %T", got, want)
	}
}

// to puts the cursor at an appointment.
func (s *sample) to(id string) {
	s.t.Helper()
	v, ok := s.page.day.visit(id)
	if !ok {
		s.t.Fatalf("there is no %s", id)
	}
	s.page.day.land(v.Appointment)
	s.Settle()
}

// people are plainly invented.
var people = []data.Patient{
	{ID: "p1", Name: "Maya Okafor", Born: data.Date{Year: 1981, Month: time.March, Day: 4}, Phones: []string{"01632 960123"}, RecordNumber: "1041"},
	{ID: "p2", Name: "Stefan Novak", Born: data.Date{Year: 1954, Month: time.July, Day: 30}, Phones: []string{"01632 960207"}, Alert: "Penicillin allergy"},
	{ID: "p3", Name: "Lucy Marsh", Born: data.Date{Year: 2015, Month: time.January, Day: 9}},
	{ID: "p4", Name: "Tomasz Lindqvist-Featherstonehaugh", Born: data.Date{Year: 1990, Month: time.May, Day: 12}},
	{ID: "p5", Name: "Rosa Quill", Born: data.Date{Year: 1972, Month: time.December, Day: 1}, Phones: []string{"01632 960311"}},
	{ID: "p6", Name: "Ivo Tandy", Born: data.Date{Year: 1966, Month: time.October, Day: 17}},
}

func week9to17() (hours [7][]data.Span) {
	for day := time.Monday; day <= time.Friday; day++ {
		hours[day] = []data.Span{{From: 9 * 60, To: 12*60 + 30}, {From: 13*60 + 30, To: 17 * 60}}
	}
	return hours
}

func usualDetails() data.Details {
	return data.Details{
		WaitLimit: 20,
		Practitioners: []data.Practitioner{
			{ID: "osei", Name: "Dr Osei", Hours: week9to17()},
			{ID: "lind", Name: "Dr Lind", Colour: 1, Hours: week9to17()},
			{ID: "roy", Name: "Nurse Roy", Colour: 2, Hours: week9to17(), Away: []data.DayRange{{From: tuesday, To: tuesday.AddDays(2), Why: "holiday"}}},
		},
		Types: []data.AppointmentType{{ID: "consultation", Minutes: 15}, {ID: "check", Name: "Check-up", Minutes: 30}},
	}
}

// visitOf is an appointment on a Tuesday, with the stamps its status has.
func visitOf(id, practitioner string, person int, minute, length int, status data.Status, arrived int) data.Appointment {
	start := tuesday.At(minute, time.UTC)
	a := data.Appointment{
		ID: id, Start: start, End: start.Add(time.Duration(length) * time.Minute), Status: status,
		Patient: people[person].ID, Practitioner: practitioner, Type: "consultation",
		Stamps: []data.Stamp{{Status: data.Booked, At: tuesday.AddDays(-4).At(14*60+2, time.UTC), By: "Ben Jones"}},
	}
	stamp := func(s data.Status, at time.Time) {
		a.Stamps = append(a.Stamps, data.Stamp{Status: s, At: at, By: "Anna Smith"})
	}
	came := tuesday.At(arrived, time.UTC)
	switch status {
	case data.Arrived:
		stamp(data.Arrived, came)
	case data.With, data.Done:
		stamp(data.Arrived, came)
		stamp(data.With, start.Add(2*time.Minute))
	}
	return a
}

func usualDay() practice.Records {
	r := practice.Records{Details: usualDetails(), Patients: slices.Clone(people)}
	r.Appointments = []data.Appointment{
		visitOf("a", "osei", 0, 9*60, 15, data.Done, 8*60+51),
		visitOf("b", "osei", 1, 9*60+15, 15, data.Arrived, 8*60+58),
		visitOf("c", "osei", 2, 9*60+30, 15, data.Booked, 0),
		visitOf("d", "lind", 3, 9*60, 30, data.With, 8*60+55),
		visitOf("e", "lind", 4, 9*60+15, 30, data.Arrived, 9*60+9),
		visitOf("f", "lind", 5, 9*60, 10, data.Absent, 0),
		visitOf("g", "osei", 5, 10*60, 30, data.Booked, 0),
		visitOf("h", "osei", 3, 11*60, 15, data.Cancelled, 0),
		visitOf("i", "lind", 0, 10*60, 45, data.Booked, 0),
	}
	r.Appointments[6].Type = "check"
	for i := range 27 {
		day := tuesday.AddDays(-i - 1)
		for j := range (i*7)%9 + 3 {
			a := visitOf(fmt.Sprint("old", i, "-", j), "osei", j%6, 9*60+20*j, 15, data.Done, 9*60+20*j-8)
			a.Start = day.At(9*60+20*j, time.UTC)
			a.End = a.Start.Add(15 * time.Minute)
			if j == 2 && i%3 == 0 {
				a.Status = data.Absent
			}
			if day.Weekday() != time.Sunday && day.Weekday() != time.Saturday {
				r.Appointments = append(r.Appointments, a)
			}
		}
	}
	return r
}

// usualDayAnd has more appointments.
func usualDayAnd(more ...data.Appointment) practice.Records {
	r := usualDay()
	r.Appointments = append(r.Appointments, more...)
	return r
}

// fullDay has so many practitioners with so many appointments each.
func fullDay(practitioners, each int) practice.Records {
	r := practice.Records{Details: usualDetails(), Patients: slices.Clone(people)}
	r.Details.Practitioners = nil
	for i := range practitioners {
		id := fmt.Sprint("p", i)
		r.Details.Practitioners = append(r.Details.Practitioners, data.Practitioner{ID: id, Name: fmt.Sprint("Dr Number ", i+1), Colour: i, Hours: week9to17()})
		for j := range each {
			status := []data.Status{data.Booked, data.Arrived, data.Done, data.With, data.Absent}[(i+j)%5]
			r.Appointments = append(r.Appointments, visitOf(fmt.Sprint("v", i, "-", j), id, (i+j)%6, 8*60+j*12, 12, status, 8*60+j*12-5))
		}
	}
	return r
}

// nobody works in a practice that was just set up.
func nobody() practice.Records { return practice.Records{Details: data.DefaultDetails()} }

// visitsOf are the appointments of records, as a desk gives them.
func visitsOf(r practice.Records) (visits []data.Visit) {
	for _, a := range r.Appointments {
		i := slices.IndexFunc(r.Patients, func(p data.Patient) bool { return p.ID == a.Patient })
		visits = append(visits, data.Visit{Appointment: a, Who: r.Patients[i].Summary()})
	}
	return visits
}
