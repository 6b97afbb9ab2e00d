package practitioners

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// deskOffice is what the presenters of the practice's details share in tests.
func deskOffice(b *bubbled, ends *[]error) (pane.Details, *fakeDesk) {
	desk := newFakeDesk()
	stepUp, _ := newStepUp(b)
	return pane.Details{desk: desk, Scope: screen.Scope{
		Ctx: b.ctx, Runner: b.runner, StepUp: stepUp, OnEnded: func(err error) { *ends = append(*ends, err) },
	}}, desk
}

// practitionersSample is the presenter with what it showed.
type practitionersSample struct {
	*practitioners
	*bubbled
	fake *fakeDesk
	view practitionersView
	ends []error

	opened int // sheets for a new one
}

func newPractitionersSample(b *bubbled) *practitionersSample {
	s := &practitionersSample{bubbled: b}
	shared, desk := deskOffice(b, &s.ends)
	s.fake = desk
	n := 0
	s.practitioners = &practitioners{pane.Details: shared, pane: practitionersShown{s}, newID: func() string { n++; return fmt.Sprint("new", n) }}
	s.refresh()
	s.Settle()
	return s
}

type practitionersShown struct{ *practitionersSample }

func (s practitionersShown) show(v practitionersView) { s.practitionersSample.view = v }
func (s practitionersShown) openNew()                 { s.opened++ }

// fakePractitionerDialog is a sheet with what it showed.
type fakePractitionerDialog struct {
	screentest.Form
	errors practitionerErrors
	told   string
}

func (d *fakePractitionerDialog) wrong(e practitionerErrors) { d.errors = e }
func (d *fakePractitionerDialog) theirs(text string)         { d.told = text }

func (s *practitionersSample) names() (names []string) {
	for _, row := range s.view.Rows {
		names = append(names, row[0])
	}
	return names
}

func TestPractitionersView(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) { // it is Saturday, 1 January 2000
		s := newPractitionersSample(b)
		want := [][]string{
			{"Dr Osei", "Mon–Thu 9:00–12:30, 13:30–17:00; Fri 9:00–12:30", "–"},
			{"Dr Lind", "Tue, Thu 9:00–12:30, 13:30–17:00", "from 3 Jan 2000"},
			{"Nurse Marsh", "No hours yet", "–"},
		}
		if !slices.EqualFunc(s.view.Rows, want, slices.Equal[[]string]) {
			t.Errorf("%q, want %q", s.view.Rows, want)
		}
		if v := s.view; v.Name != "Dr Osei" || v.ColourName != "Blue" || v.Away != "None" || v.CanUp || !v.CanDown || !v.CanEdit {
			t.Errorf("%+v", v)
		}
		time.Sleep(48 * time.Hour) // Monday, 3 January
		s.refresh()
		s.Settle()
		if got := s.view.Rows[1]; got[1] != "Away this week" || got[2] != "now, until 14 Jan 2000" {
			t.Errorf("%q", got)
		}
	})
}

func TestShortHours(t *testing.T) {
	one, other := []data.Span{{From: 540, To: 720}}, []data.Span{{From: 540, To: 1020}}
	for want, hours := range map[string][7][]data.Span{
		"":                        {},
		"Sun 9:00–12:00":          {time.Sunday: one},
		"Mon–Sun 9:00–12:00":      {one, one, one, one, one, one, one},
		"Mon, Wed–Fri 9:00–12:00": {time.Monday: one, time.Wednesday: one, time.Thursday: one, time.Friday: one},
		"Mon, Wed 9:00–12:00; Tue 9:00–17:00": {time.Monday: one, time.Tuesday: other, time.Wednesday: one},
		"Mon 9:00–17:00; Tue, Sat 9:00–12:00": {time.Monday: other, time.Tuesday: one, time.Saturday: one},
	} {
		if got := shortHours(hours); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestMovePractitioner(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPractitionersSample(b)
		s.fake.set(func(d *fakeDesk) { d.details.Practitioners[1].Gone = true }) // between the two that change places
		s.move(1)
		s.move(1) // while the first is stored: it does nothing
		s.Settle()
		if want := []string{"Nurse Marsh", "Dr Osei", "Dr Lind"}; !slices.Equal(s.names(), want) || s.view.Chosen != 1 || s.view.CanDown || !s.view.CanUp {
			t.Errorf("%q, %+v", s.names(), s.view)
		}
		s.move(1)
		s.Settle()
		s.move(-1)
		s.Settle()
		if want := []string{"Dr Osei", "Nurse Marsh", "Dr Lind"}; !slices.Equal(s.names(), want) || s.view.CanUp {
			t.Errorf("%q, %+v", s.names(), s.view)
		}
	})
}

func TestRemovedPractitionerStaysAndComesBack(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPractitionersSample(b)
		one, _ := s.one()
		s.setGone(one, true)
		s.Settle()
		if v := s.view; s.names()[2] != "Dr Osei" || v.Chosen != 2 || !v.Gone || v.CanUp || v.CanDown || v.Good == "" || v.Rows[2][1] != "Works here no more" {
			t.Errorf("%+v", v)
		}
		if kept := s.fake.details.Practitioners; len(kept) != 3 || !kept[0].Gone || len(kept[0].Hours[time.Monday]) != 2 {
			t.Errorf("%+v", kept)
		}
		s.setGone(one, false)
		s.Settle()
		if s.view.Gone || s.names()[0] != "Dr Osei" {
			t.Errorf("%+v", s.view)
		}
	})
}

func TestSavePractitioner(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPractitionersSample(b)
		d := &fakePractitionerDialog{}
		task := s.newTask(d, s.proposed(8))
		form := newPractitionerForm(task.was)
		form.Name, form.Hours[time.Monday], form.Away = "  Dr Roy ", "9-12:30, 13:30–17", "24.12.1999 – 2.1.2000 skiing"
		s.save(task, form.copyMonday())
		s.Settle()
		saved, ok := s.fake.details.Practitioner("new1")
		if !d.IsClosed || !ok || saved.Name != "Dr Roy" || saved.Colour != 3 || shortHours(saved.Hours) != "Mon–Fri 9:00–12:30, 13:30–17:00" || len(saved.Away) != 1 || saved.Away[0].Why != "skiing" {
			t.Errorf("closed: %v, %+v", d.IsClosed, saved)
		}
		if s.view.Name != "Dr Roy" || s.view.Good != "Added Dr Roy." || s.view.Chosen != 3 {
			t.Errorf("%+v", s.view)
		}
	})
}

func TestPractitionerErrorsStandBesideTheirFields(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPractitionersSample(b)
		one, _ := s.one()
		for name, c := range map[string]struct {
			change func(*practitionerForm)
			wrong  func(practitionerErrors) string
			want   string
		}{
			"no name":    {func(f *practitionerForm) { f.Name = " " }, func(e practitionerErrors) string { return e.Name }, "Type a name."},
			"long name":  {func(f *practitionerForm) { f.Name = strings.Repeat("é", 201) }, func(e practitionerErrors) string { return e.Name }, "That is too long."},
			"taken":      {func(f *practitionerForm) { f.Name = "dr lind" }, func(e practitionerErrors) string { return e.Name }, "This name is there already."},
			"invisible":  {func(f *practitionerForm) { f.Name = "Dr\aOsei" }, func(e practitionerErrors) string { return e.Name }, "Leave out invisible"},
			"no hours":   {func(f *practitionerForm) { f.Hours[time.Sunday] = "always" }, func(e practitionerErrors) string { return e.Hours[time.Sunday] }, "Type the hours as"},
			"ends first": {func(f *practitionerForm) { f.Hours[time.Monday] = "22:00–8:00" }, func(e practitionerErrors) string { return e.Hours[time.Monday] }, "A time ends before"},
			"no length":  {func(f *practitionerForm) { f.Hours[time.Monday] = "22:00–22:00" }, func(e practitionerErrors) string { return e.Hours[time.Monday] }, "A time ends when"},
			"overlap":    {func(f *practitionerForm) { f.Hours[time.Friday] = "9–12, 11–13" }, func(e practitionerErrors) string { return e.Hours[time.Friday] }, "Two times overlap."},
			"no day":     {func(f *practitionerForm) { f.Away = "\n31.2.2000" }, func(e practitionerErrors) string { return e.Away }, "Line 2: There is no such day."},
			"backwards":  {func(f *practitionerForm) { f.Away = "3.2.2000 – 1.2.2000" }, func(e practitionerErrors) string { return e.Away }, "Line 1: The days end before"},
			"no date":    {func(f *practitionerForm) { f.Away = "soon" }, func(e practitionerErrors) string { return e.Away }, "Line 1: Type one day"},
		} {
			d := &fakePractitionerDialog{}
			task, form := s.newTask(d, one), newPractitionerForm(one)
			c.change(&form)
			s.save(task, form)
			s.Settle()
			got := c.wrong(d.errors)
			if !strings.HasPrefix(got, c.want) || d.IsClosed || s.fake.saves != 0 {
				t.Errorf("%s: %q, want %q; %+v", name, got, c.want, d.errors)
			}
		}
	})
}

// What others do to somebody else is no conflict.
func TestPractitionerSavedBesideOthers(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPractitionersSample(b)
		one, _ := s.one()
		s.fake.meantimes = append(s.fake.meantimes, func(d *data.Details) { d.Practitioners[1].Name = "Dr A. Lind" }, func(d *data.Details) { d.WaitLimit = 30 })
		d := &fakePractitionerDialog{}
		form := newPractitionerForm(one)
		form.Name = "Dr B. Osei"
		s.save(s.newTask(d, one), form)
		s.Settle()
		if want := []string{"Dr B. Osei", "Dr A. Lind", "Nurse Marsh"}; !d.IsClosed || !slices.Equal(s.names(), want) || s.fake.details.WaitLimit != 30 {
			t.Errorf("closed: %v, %q", d.IsClosed, s.names())
		}
	})
}

// What others do to the same one is shown, and what was typed stays: a second Save
// puts it in its place.
func TestPractitionerOvertaken(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPractitionersSample(b)
		one, _ := s.one()
		s.fake.meantimes = append(s.fake.meantimes, func(d *data.Details) {
			d.Practitioners[0].Name, d.Practitioners[0].Hours[time.Friday] = "Dr A. Osei", nil
		})
		d := &fakePractitionerDialog{}
		task, form := s.newTask(d, one), newPractitionerForm(one)
		form.Name = "Dr B. Osei"
		s.save(task, form)
		s.Settle()
		if d.IsClosed || !strings.Contains(d.told, "Name: Dr A. Osei") || !strings.Contains(d.told, "Hours: Mon–Thu") || strings.Contains(d.told, "Colour") || d.Last().Busy || s.names()[0] != "Dr A. Osei" {
			t.Fatalf("closed: %v, %q, %q", d.IsClosed, d.told, s.names())
		}
		s.save(task, form)
		s.Settle()
		if !d.IsClosed || s.names()[0] != "Dr B. Osei" || s.fake.details.Practitioners[0].Hours[time.Friday] == nil {
			t.Errorf("closed: %v, %q", d.IsClosed, s.names())
		}
	})
}

func TestPractitionerNameTakenMeanwhile(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPractitionersSample(b)
		s.fake.meantimes = append(s.fake.meantimes, func(d *data.Details) {
			d.Practitioners = append(d.Practitioners, data.Practitioner{ID: "x", Name: "Dr Roy"})
		})
		d := &fakePractitionerDialog{}
		s.save(s.newTask(d, data.Practitioner{}), practitionerForm{Name: "DR ROY"})
		s.Settle()
		if d.IsClosed || !strings.HasPrefix(d.errors.Name, "This name is there already.") || d.Last().Busy || s.fake.saves != 0 {
			t.Errorf("closed: %v, %+v", d.IsClosed, d.errors)
		}
	})
}

func TestEveryColourHasAName(t *testing.T) {
	if n := len(words.Colours()); n != looks.PractitionerColours {
		t.Errorf("%d names for %d colours", n, looks.PractitionerColours)
	}
}

func TestPractitionersErrors(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPractitionersSample(b)
		one, _ := s.one()
		s.fake.set(func(d *fakeDesk) { d.fail = auth.ErrDiskFull })
		d := &fakePractitionerDialog{}
		s.save(s.newTask(d, one), newPractitionerForm(one))
		s.move(1)
		s.Settle()
		if d.IsClosed || !strings.HasPrefix(d.Last().Error, "The disk is full") || !strings.HasPrefix(s.view.Error, "The disk is full") || len(s.view.Rows) != 3 {
			t.Errorf("%+v, %+v", d.Last(), s.view)
		}
		s.fake.set(func(d *fakeDesk) { d.fail = auth.ErrSessionEnded })
		s.refresh()
		s.Settle()
		if len(s.ends) != 1 {
			t.Errorf("ends: %v", s.ends)
		}
	})
}

// TestNewPractitionerOnceTheOthersAreKnown: their names and colours are taken.
func TestNewPractitionerOnceTheOthersAreKnown(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPractitionersSample(b)
		s.loaded, s.adds, s.fake.fail = false, true, errors.New("odd")
		s.refresh()
		s.Settle()
		if s.opened != 0 {
			t.Error("it begins before they are read")
		}
		s.fake.fail = nil
		for range 2 {
			s.refresh()
			s.Settle()
		}
		if s.opened != 1 {
			t.Errorf("it begins %d times", s.opened)
		}
	})
}

// TestPractitionersInThePracticesZone: what is "this week" the practice's day says.
func TestPractitionersInThePracticesZone(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		desk := &fakeDesk{zone: time.FixedZone("", -12*3600)} // it is still Friday there
		o := screen.Scope{Ctx: b.ctx, Runner: b.runner}
		if got := today(o, desk); got != (data.Date{Year: 1999, Month: time.December, Day: 31}) {
			t.Errorf("today is %v", got)
		}
		if got := (&patientExport{Scope: o, desk: desk}).name(); !strings.Contains(got, "1999-12-31") {
			t.Errorf("an export is called %s", got)
		}
	})
}
