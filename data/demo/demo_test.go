package demo_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"anteroom/data"
	"anteroom/data/demo"
)

var ids = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// checkPatient asks data's own rules about a patient, and that it is plainly invented.
func checkPatient(t testing.TB, p data.Patient, today data.Date) {
	t.Helper()
	got, err := p.With(p.Form(), data.DayFirst, today)
	if diff := cmp.Diff(p, got); err != nil || diff != "" {
		t.Fatalf("%q: %v\n%s", p.Name, err, diff)
	}
	if !ids.MatchString(p.ID) || !strings.HasPrefix(p.Notes, demo.Invented) {
		t.Fatalf("%+v", p)
	}
	if p.Email != "" && !strings.HasSuffix(p.Email, "@example.org") {
		t.Fatalf("%q", p.Email)
	}
}

func TestPatients(t *testing.T) {
	const n = 6_000
	today := data.Date{Year: 2026, Month: time.January, Day: 1}
	seen, names := map[string]bool{}, map[string]bool{}
	scripts := map[string]int{}
	longest := 0
	for p := range demo.Patients(n, 7) {
		checkPatient(t, p, today)
		if seen[p.ID] {
			t.Fatalf("%s twice", p.ID)
		}
		seen[p.ID], names[p.Name] = true, true
		longest = max(longest, len([]rune(p.Name)))
		for name, table := range map[string]*unicode.RangeTable{"Greek": unicode.Greek, "Cyrillic": unicode.Cyrillic, "Arabic": unicode.Arabic, "Hebrew": unicode.Hebrew, "Han": unicode.Han} {
			if strings.ContainsFunc(p.Name, func(r rune) bool { return unicode.Is(table, r) }) {
				scripts[name]++
			}
		}
	}
	if len(seen) != n || len(names) < n/2 || longest < 100 || len(scripts) != 5 || scripts["Arabic"] < n/50 {
		t.Errorf("%d patients, %d names, the longest of %d, %v", len(seen), len(names), longest, scripts)
	}
	for p := range demo.Patients(9, 7) { // it can be left
		if p.RecordNumber == "D-000003" {
			break
		}
	}
}

func TestPatientsAreTheSame(t *testing.T) {
	few, many := slices.Collect(demo.Patients(10, 7)), slices.Collect(demo.Patients(100, 7))
	if diff := cmp.Diff(few, many[:10]); diff != "" {
		t.Error(diff)
	}
	if other := slices.Collect(demo.Patients(10, 8)); other[0].ID == few[0].ID || other[3].Name == few[3].Name && other[4].Name == few[4].Name {
		t.Error("another seed gives the same")
	}
}

// fictional are the numbers that Ofcom keeps free, as digits.
var fictional = regexp.MustCompile(`^(02079460...|07700900...|01(1[3-8]|21|31|41|51|61)4960...|01914980...|02896496...|02920180...|01632960...|03069990...|08081570...|447700900...)$`)

func TestPhonesAreFictional(t *testing.T) {
	for p := range demo.Patients(5_000, 7) {
		for _, phone := range p.Phones {
			digits := strings.Map(func(r rune) rune {
				if r < '0' || r > '9' {
					return -1
				}
				return r
			}, phone)
			if !fictional.MatchString(digits) {
				t.Fatalf("%q may be somebody's", phone)
			}
		}
	}
}

// checkPractice asks whether a practice is one that can be at a moment.
func checkPractice(t *testing.T, d demo.Data, now time.Time) {
	if err := d.Details.Check(); err != nil {
		t.Fatal(err)
	}
	if len(d.Details.Present()) != 4 || len(d.Patients) != 5_000 {
		t.Fatalf("%d practitioners, %d patients", len(d.Details.Present()), len(d.Patients))
	}
	active := map[string]bool{}
	for _, p := range d.Patients {
		active[p.ID] = p.State == data.Active
	}
	if !slices.IsSortedFunc(d.Appointments, func(a, b data.Appointment) int { return a.Start.Compare(b.Start) }) {
		t.Fatal("the appointments are not by start")
	}
	seen := map[string]bool{}
	days := map[data.Date]bool{}
	today := data.DateOf(now)
	var visits []data.Visit
	for _, a := range d.Appointments {
		checkAppointment(t, d.Details, a, now)
		if seen[a.ID] || !active[a.Patient] {
			t.Fatalf("%+v", a)
		}
		seen[a.ID] = true
		days[data.DateOf(a.Start)] = true
		if data.DateOf(a.Start) == today {
			visits = append(visits, data.Visit{Appointment: a})
		}
	}
	past, ahead := 0, 0
	for day := range days {
		if day.Before(today) {
			past++
		} else if today.Before(day) {
			ahead++
			if today.AddDays(14).Before(day) {
				t.Fatalf("there is something on %v", day)
			}
		}
	}
	if past != 28 || ahead < 9 {
		t.Fatalf("%d days behind, %d ahead", past, ahead)
	}
	checkToday(t, visits, now)
}

func checkAppointment(t *testing.T, d data.Details, a data.Appointment, now time.Time) {
	p, found := d.Practitioner(a.Practitioner)
	_, known := d.Type(a.Type)
	if err := a.CheckTimes(); err != nil || !found || !known || !ids.MatchString(a.ID) || !p.Works(a.Start, a.End) {
		t.Fatalf("%v: %+v", err, a)
	}
	replay := data.Appointment{Status: a.Stamps[0].Status}
	if replay.Status != data.Booked {
		t.Fatalf("it begins as %q", replay.Status)
	}
	for i, s := range a.Stamps {
		if s.At.After(now) || i > 0 && s.At.Before(a.Stamps[i-1].At) || !slices.Contains(demo.Users, s.By) {
			t.Fatalf("at %v: %v", now, a.Stamps)
		}
		if i > 0 {
			var err error
			if replay, err = replay.Become(s.Status, s.At, s.By); err != nil {
				t.Fatalf("%v: %v", err, a.Stamps)
			}
		}
	}
	past := a.Start.Before(now)
	switch {
	case replay.Status != a.Status:
		t.Fatalf("%q, and stamped %q", a.Status, replay.Status)
	case a.Status == data.Booked && past, a.Status == data.Done && !past, a.Status == data.Absent && !past:
		t.Fatalf("%q at %v, now %v", a.Status, a.Start, now)
	case (a.Status == data.With || a.Status == data.Arrived) && data.DateOf(a.Start) != data.DateOf(now):
		t.Fatalf("%q on %v", a.Status, a.Start)
	}
}

func checkToday(t *testing.T, visits []data.Visit, now time.Time) {
	f := data.FiguresOf(visits)
	waiting := data.Waiting(visits, now)
	if f.With != 2 || len(waiting) != 4 {
		t.Fatalf("at %v: %+v", now, f)
	}
	for _, w := range waiting {
		if w.For < 2*time.Minute || w.For > 25*time.Minute {
			t.Fatalf("%s waits %v", w.ID, w.For)
		}
	}
	if hour := now.Hour(); hour >= 10 && hour < 16 && (f.Seen < 8 || f.Booked < 8 || f.MeanWait < time.Minute || f.MeanWait > 25*time.Minute) {
		t.Fatalf("at %v: %+v", now, f)
	}
	if now.Hour() >= 2 && f.Seen < 8 {
		t.Fatalf("at %v: %+v", now, f)
	}
	twice := 0
	busy := map[string]int{}
	for _, v := range visits {
		if len(v.Clashing(visits)) > 0 {
			twice++
		}
		if v.Status == data.With {
			busy[v.Practitioner]++
		}
	}
	if twice > 4 || len(busy) != 2 {
		t.Fatalf("%d are at the same time as others, %v are busy", twice, busy)
	}
}

// TestPractice: at whatever moment it is opened, the practice is one that can be,
// with a full day.
func TestPractice(t *testing.T) {
	for _, now := range []time.Time{
		time.Date(2026, time.June, 15, 10, 30, 0, 0, time.UTC),
		time.Date(2026, time.June, 14, 3, 0, 0, 0, time.UTC), // a Sunday
		time.Date(2024, time.February, 29, 0, 0, 0, 0, time.UTC),
		time.Date(2026, time.June, 15, 23, 59, 59, 999, time.UTC),
		time.Date(2026, time.June, 15, 12, 45, 0, 0, time.UTC),
		time.Date(2026, time.June, 15, 13, 15, 0, 0, time.UTC),
	} {
		t.Run(now.Format("Mon 15:04"), func(t *testing.T) { checkPractice(t, demo.Practice(now), now) })
	}
}

// TestPracticeAtAnyMoment is the same at moments of all hours, weekdays and years.
func TestPracticeAtAnyMoment(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 10 {
		for _, name := range []string{"Europe/London", "America/Sao_Paulo"} {
			zone, err := time.LoadLocation(name)
			if err != nil {
				t.Fatal(err)
			}
			now := time.Unix(1_500_000_000+r.Int64N(400_000_000), 0).In(zone)
			checkPractice(t, demo.Practice(now), now)
		}
	}
}

func TestPracticeIsValidAndTheSame(t *testing.T) {
	now := time.Date(2026, time.June, 15, 10, 30, 0, 0, time.UTC)
	d := demo.Practice(now)
	for _, p := range d.Patients {
		checkPatient(t, p, data.DateOf(now))
	}
	if diff := cmp.Diff(d, demo.Practice(now.Add(59*time.Second))); diff != "" {
		t.Error(diff)
	}
	statuses := map[data.Status]int{}
	for _, a := range d.Appointments {
		statuses[a.Status]++
	}
	for _, s := range []data.Status{data.Booked, data.Arrived, data.With, data.Done, data.Absent, data.Cancelled} {
		if statuses[s] == 0 {
			t.Errorf("none is %q", s)
		}
	}
	if statuses[data.Done] < 1_000 || statuses[data.Absent] < 50 || statuses[data.Booked] < 200 {
		t.Error(statuses)
	}
	// Not everything of the coming weeks is taken.
	var visits []data.Visit
	for _, a := range d.Appointments {
		visits = append(visits, data.Visit{Appointment: a})
	}
	if slots := data.NextFree(d.Details, visits, nil, now, 15*time.Minute, 15, 50); len(slots) != 50 {
		t.Error(len(slots))
	}
}

func BenchmarkPatients(b *testing.B) {
	b.ReportAllocs()
	n := 0
	for range demo.Patients(b.N, 7) {
		n++
	}
	if n != b.N {
		b.Fatal(n)
	}
}

func BenchmarkPractice(b *testing.B) {
	for b.Loop() {
		demo.Practice(time.Date(2026, time.June, 15, 10, 30, 0, 0, time.UTC))
	}
}
