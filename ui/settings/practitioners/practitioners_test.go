package practitioners

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/words"
)

func TestMain(m *testing.M) { uitest.Main(m) }

// records are three practitioners, of whom Dr Lind is away and Nurse Marsh has no hours yet.
func records() practice.Records {
	nine, half, one, five := 9*60, 12*60+30, 13*60+30, 17*60
	full := []data.Span{{From: nine, To: half}, {From: one, To: five}}
	osei := data.Practitioner{ID: "o", Name: "Dr Osei", Colour: 0}
	for day := time.Monday; day <= time.Friday; day++ {
		osei.Hours[day] = full
	}
	osei.Hours[time.Friday] = []data.Span{{From: nine, To: half}}
	holiday := data.DayRange{From: data.Date{Year: 2000, Month: 1, Day: 3}, To: data.Date{Year: 2000, Month: 1, Day: 14}, Why: "Holiday"}
	lind := data.Practitioner{ID: "l", Name: "Dr Lind", Colour: 1, Away: []data.DayRange{holiday}}
	lind.Hours[time.Tuesday], lind.Hours[time.Thursday] = full, full
	details := data.DefaultDetails()
	details.Practitioners = []data.Practitioner{osei, lind, {ID: "m", Name: "Nurse Marsh", Colour: 2}}
	return practice.Records{Details: details}
}

// sample is the presenter over a practice. It is Saturday, 1 January 2000.
type sample struct {
	*panetest.Sample
	presenter *presenter
	opened    int // dialogs for a new one
}

func run(t *testing.T, r practice.Records, fn func(*testing.T, *sample)) {
	t.Helper()
	panetest.Run(t, r, func(s *panetest.Sample) {
		p := &sample{Sample: s}
		p.presenter = newPresenter(s.Params, s.Anna.Desk, screen.NewView(func(view) {}), func() { p.opened++ })
		p.refresh()
		fn(s.T, p)
	})
}

func (s *sample) refresh() {
	s.presenter.refresh()
	s.Settle()
}

func (s *sample) shown() view { return s.presenter.shown.Shown() }

// rows are what the list says.
func (s *sample) rows() [][]string { return panetest.Rows(columns(s.presenter.today), s.shown().Rows) }

func (s *sample) names() (names []string) {
	for _, p := range s.shown().Rows {
		names = append(names, p.Name)
	}
	return names
}

// stored is the one with this name, as it is in the records.
func stored(s *panetest.Sample, name string) data.Practitioner {
	s.T.Helper()
	all := s.Details().Practitioners
	i := slices.IndexFunc(all, func(one data.Practitioner) bool { return one.Name == name })
	if i < 0 {
		s.T.Fatalf("there is no %s in %+v", name, all)
	}
	return all[i]
}

// isSaved says that the details are not as they were at the beginning.
func isSaved(s *panetest.Sample) bool { return s.Details().Version > 1 }

// dialog is one in which somebody is added or edited, with what it showed.
type dialog struct {
	screentest.Form
	edit   *edit
	errors formErrors
	theirs string
}

// edits opens one; saves presses its button.
func (s *sample) edits(was data.Practitioner) *dialog {
	d := &dialog{}
	d.edit = s.presenter.newEdit(d, was, func(e formErrors) { d.errors = e }, func(text string) { d.theirs = text })
	return d
}

func (s *sample) saves(d *dialog, typed form) {
	s.presenter.save(d.edit, typed)
	s.Settle()
}

// first is Dr Osei, and what an edit of him begins with.
func (s *sample) first() (data.Practitioner, form) {
	one, _ := s.presenter.one()
	return one, newForm(one)
}

func TestPractitionersView(t *testing.T) {
	run(t, records(), func(t *testing.T, s *sample) {
		want := [][]string{
			{"Dr Osei", "Mon–Thu 9:00–12:30, 13:30–17:00; Fri 9:00–12:30", "–"},
			{"Dr Lind", "Tue, Thu 9:00–12:30, 13:30–17:00", "from 3 Jan 2000"},
			{"Nurse Marsh", "No hours yet", "–"},
		}
		if got := s.rows(); !slices.EqualFunc(got, want, slices.Equal[[]string]) {
			t.Errorf("%q, want %q", got, want)
		}
		if v := s.shown(); v.Name != "Dr Osei" || v.ColourName != "Blue" || v.Away != "None" || v.CanUp || !v.CanDown || !v.CanEdit {
			t.Errorf("%+v", v)
		}
		time.Sleep(48 * time.Hour) // Monday, 3 January
		s.Anna.Renew()
		s.refresh()
		if got := s.rows()[1]; got[1] != "Away this week" || got[2] != "now, until 14 Jan 2000" {
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
	run(t, records(), func(t *testing.T, s *sample) {
		s.ChangeDetails(func(d *data.Details) { d.Practitioners[1].Gone = true }) // between the two that change places
		s.presenter.move(1)
		s.presenter.move(1) // while the first is stored: it does nothing
		s.Settle()
		if want := []string{"Nurse Marsh", "Dr Osei", "Dr Lind"}; !slices.Equal(s.names(), want) || s.shown().Chosen != 1 || s.shown().CanDown || !s.shown().CanUp {
			t.Errorf("%q, %+v", s.names(), s.shown())
		}
		s.presenter.move(1)
		s.Settle()
		s.presenter.move(-1)
		s.Settle()
		if want := []string{"Dr Osei", "Nurse Marsh", "Dr Lind"}; !slices.Equal(s.names(), want) || s.shown().CanUp {
			t.Errorf("%q, %+v", s.names(), s.shown())
		}
	})
}

func TestRemovedPractitionerStaysAndComesBack(t *testing.T) {
	run(t, records(), func(t *testing.T, s *sample) {
		one, _ := s.first()
		s.presenter.setGone(one, true)
		s.Settle()
		if v := s.shown(); s.names()[2] != "Dr Osei" || v.Chosen != 2 || !v.Gone || v.CanUp || v.CanDown || v.Good == "" || s.rows()[2][1] != "Works here no more" {
			t.Errorf("%+v", v)
		}
		if kept := s.Details().Practitioners; len(kept) != 3 || !kept[0].Gone || len(kept[0].Hours[time.Monday]) != 2 {
			t.Errorf("%+v", kept)
		}
		s.presenter.setGone(one, false)
		s.Settle()
		if s.shown().Gone || s.names()[0] != "Dr Osei" {
			t.Errorf("%+v", s.shown())
		}
	})
}

func TestSavePractitioner(t *testing.T) {
	run(t, records(), func(t *testing.T, s *sample) {
		d := s.edits(s.presenter.proposed(8))
		typed := newForm(d.edit.Was)
		typed.Name, typed.Hours[time.Monday], typed.Away = "  Dr Roy ", "9-12:30, 13:30–17", "24.12.1999 – 2.1.2000 skiing"
		s.saves(d, typed.copyMonday())
		saved := stored(s.Sample, "Dr Roy")
		if !d.IsClosed || saved.ID == "" || saved.Colour != 3 || shortHours(saved.Hours) != "Mon–Fri 9:00–12:30, 13:30–17:00" || len(saved.Away) != 1 || saved.Away[0].Why != "skiing" {
			t.Errorf("closed: %v, %+v", d.IsClosed, saved)
		}
		if v := s.shown(); v.Name != "Dr Roy" || v.Good != "Added Dr Roy." || v.Chosen != 3 {
			t.Errorf("%+v", v)
		}
	})
}

func TestPractitionerErrorsStandBesideTheirFields(t *testing.T) {
	run(t, records(), func(t *testing.T, s *sample) {
		one, _ := s.first()
		for name, c := range map[string]struct {
			change func(*form)
			wrong  func(formErrors) string
			want   string
		}{
			"no name":    {func(f *form) { f.Name = " " }, func(e formErrors) string { return e.Name }, "Type a name."},
			"long name":  {func(f *form) { f.Name = strings.Repeat("é", 201) }, func(e formErrors) string { return e.Name }, "That is too long."},
			"taken":      {func(f *form) { f.Name = "dr lind" }, func(e formErrors) string { return e.Name }, "This name is there already."},
			"invisible":  {func(f *form) { f.Name = "Dr\aOsei" }, func(e formErrors) string { return e.Name }, "Leave out invisible"},
			"no hours":   {func(f *form) { f.Hours[time.Sunday] = "always" }, func(e formErrors) string { return e.Hours[time.Sunday] }, "Type the hours as"},
			"ends first": {func(f *form) { f.Hours[time.Monday] = "22:00–8:00" }, func(e formErrors) string { return e.Hours[time.Monday] }, "A time ends before"},
			"no length":  {func(f *form) { f.Hours[time.Monday] = "22:00–22:00" }, func(e formErrors) string { return e.Hours[time.Monday] }, "A time ends when"},
			"overlap":    {func(f *form) { f.Hours[time.Friday] = "9–12, 11–13" }, func(e formErrors) string { return e.Hours[time.Friday] }, "Two times overlap."},
			"no day":     {func(f *form) { f.Away = "\n31.2.2000" }, func(e formErrors) string { return e.Away }, "Line 2: There is no such day."},
			"backwards":  {func(f *form) { f.Away = "3.2.2000 – 1.2.2000" }, func(e formErrors) string { return e.Away }, "Line 1: The days end before"},
			"no date":    {func(f *form) { f.Away = "soon" }, func(e formErrors) string { return e.Away }, "Line 1: Type one day"},
		} {
			d, typed := s.edits(one), newForm(one)
			c.change(&typed)
			s.saves(d, typed)
			got := c.wrong(d.errors)
			if !strings.HasPrefix(got, c.want) || d.IsClosed || isSaved(s.Sample) {
				t.Errorf("%s: %q, want %q; %+v", name, got, c.want, d.errors)
			}
		}
	})
}

// What others do to somebody else is no conflict, also just before it is stored.
func TestPractitionerSavedBesideOthers(t *testing.T) {
	run(t, records(), func(t *testing.T, s *sample) {
		one, typed := s.first()
		typed.Name = "Dr B. Osei"
		d := s.edits(one)
		s.Anna.Delay(time.Second) // each: read, and write
		s.saves(d, typed)
		s.Pass(1500 * time.Millisecond)
		s.ChangeDetails(func(d *data.Details) { d.Practitioners[1].Name = "Dr A. Lind" })
		s.Pass(2 * time.Second)
		s.ChangeDetails(func(d *data.Details) { d.WaitLimit = 30 })
		s.Pass(time.Minute)
		if want := []string{"Dr B. Osei", "Dr A. Lind", "Nurse Marsh"}; !d.IsClosed || !slices.Equal(s.names(), want) || s.Details().WaitLimit != 30 {
			t.Errorf("closed: %v, %q, %+v", d.IsClosed, s.names(), d.Shown)
		}
	})
}

// What others do to the same one is shown, and what was typed stays: a second Save
// puts it in its place.
func TestPractitionerOvertaken(t *testing.T) {
	run(t, records(), func(t *testing.T, s *sample) {
		one, typed := s.first()
		d := s.edits(one)
		s.ChangeDetails(func(d *data.Details) {
			d.Practitioners[0].Name, d.Practitioners[0].Hours[time.Friday] = "Dr A. Osei", nil
		})
		typed.Name = "Dr B. Osei"
		s.saves(d, typed)
		if d.IsClosed || !strings.Contains(d.theirs, "Name: Dr A. Osei") || !strings.Contains(d.theirs, "Hours: Mon–Thu") || strings.Contains(d.theirs, "Colour") || d.Last().Busy || s.names()[0] != "Dr A. Osei" {
			t.Fatalf("closed: %v, %q, %q", d.IsClosed, d.theirs, s.names())
		}
		s.saves(d, typed)
		if !d.IsClosed || s.names()[0] != "Dr B. Osei" || stored(s.Sample, "Dr B. Osei").Hours[time.Friday] == nil {
			t.Errorf("closed: %v, %q", d.IsClosed, s.names())
		}
	})
}

func TestPractitionerNameTakenMeanwhile(t *testing.T) {
	run(t, records(), func(t *testing.T, s *sample) {
		d := s.edits(data.Practitioner{})
		s.ChangeDetails(func(d *data.Details) {
			d.Practitioners = append(d.Practitioners, data.Practitioner{ID: "x", Name: "Dr Roy"})
		})
		s.saves(d, form{Name: "DR ROY"})
		if d.IsClosed || !strings.HasPrefix(d.errors.Name, "This name is there already.") || d.Last().Busy || len(s.Details().Practitioners) != 4 {
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
	run(t, records(), func(t *testing.T, s *sample) {
		one, typed := s.first()
		typed.Name = "Dr Roy"
		s.Anna.FailWrites(auth.ErrDiskFull)
		d := s.edits(one)
		s.saves(d, typed)
		s.presenter.move(1)
		s.Settle()
		if d.IsClosed || !strings.HasPrefix(d.Last().Error, "The disk is full") || !strings.HasPrefix(s.shown().Error, "The disk is full") || len(s.shown().Rows) != 3 {
			t.Errorf("%+v, %+v", d.Last(), s.shown())
		}
		s.Anna.Answer()
		if err := s.Anna.Session.SignOut(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.refresh()
		if len(s.Ends) != 1 {
			t.Errorf("ends: %v", s.Ends)
		}
	})
}

// TestNewPractitionerOnceTheOthersAreKnown: their names and colours are taken.
func TestNewPractitionerOnceTheOthersAreKnown(t *testing.T) {
	run(t, records(), func(t *testing.T, s *sample) {
		s.presenter.IsLoaded, s.presenter.adds = false, true // as at the beginning
		s.Anna.Stop(errors.New("odd"))
		s.refresh()
		if s.opened != 0 {
			t.Error("it begins before they are read")
		}
		s.Anna.Answer()
		for range 2 {
			s.refresh()
		}
		if s.opened != 1 {
			t.Errorf("it begins %d times", s.opened)
		}
	})
}

// TestPractitionersInThePracticesZone: who is away now the practice's day says.
func TestPractitionersInThePracticesZone(t *testing.T) {
	r := records()
	r.Zone = "Pacific/Pago_Pago" // where it is still Friday
	friday := data.Date{Year: 1999, Month: time.December, Day: 31}
	r.Details.Practitioners[0].Away = []data.DayRange{{From: friday, To: friday}}
	run(t, r, func(t *testing.T, s *sample) {
		if got := s.rows()[0][2]; got != "now, until 31 Dec 1999" {
			t.Errorf("%q", got)
		}
	})
}
