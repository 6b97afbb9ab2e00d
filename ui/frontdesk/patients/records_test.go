package patients

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/uitest/practice"
)

var (
	longName  = strings.Repeat("Maximiliane ", 17)[:200]
	longNotes = strings.Repeat("Comes by bus, prefers mornings, and brings her own forms. ", 175)[:10_000]
	rtlName   = "שרה לוי"

	tuesday = data.Date{Year: 2026, Month: time.November, Day: 24}
)

func born(y int, m time.Month, d int) data.Date { return data.Date{Year: y, Month: m, Day: d} }

// few are four patients, one with appointments.
func few() practice.Records {
	return practice.Records{
		Details: data.Details{
			HealthNumber: "NHS number", WaitLimit: 20,
			Practitioners: []data.Practitioner{{ID: "osei", Name: "Dr Osei"}, {ID: "lind", Name: "Dr Lind"}},
			Types:         []data.AppointmentType{{ID: "consultation", Minutes: 15}, {ID: "blood", Name: "Blood test", Minutes: 10}},
		},
		Patients: []data.Patient{
			{
				ID: "ann", Name: "Ann Smith", AlsoKnownAs: "Annie Marsh", Born: born(1981, time.March, 4), Sex: "female", Phones: []string{"01632 960101", "07700 900101"},
				Email: "ann@example.org", Address: "12 Brook Street\nLittle Sample\nSM1 1AA", RecordNumber: "4711", HealthNumber: "943 476 5919",
				Emergency: "Tom Smith (brother), 01632 960102", Alert: "Allergic to penicillin.", Notes: "Prefers mornings.\nNeeds the ground floor.",
			},
			{ID: "annie", Name: "Annie Smyth", Born: born(1981, time.March, 4), Phones: []string{"01632 960103"}, RecordNumber: "4712", Notes: "Comes with her dog."},
			{ID: "bo", Name: "Bo Anderson", Born: born(1949, time.December, 31), Phones: []string{"01632 960104"}, RecordNumber: "4713", State: data.Left, Since: born(2026, time.May, 1)},
			{ID: "cy", Name: "Cy Bakker", Born: born(1930, time.July, 14), RecordNumber: "4714", State: data.Deceased, Since: born(2025, time.June, 2)},
		},
		Appointments: []data.Appointment{
			visit("v1", -30, data.Done), visit("v2", 3, data.Booked), visit("v3", -90, data.Absent),
			visit("v4", 20, data.Booked), visit("v5", 9, data.Cancelled), visit("v6", -300, data.Done),
		},
	}
}

// visit is an appointment of Ann so many days from Tuesday.
func visit(id string, days int, s data.Status) data.Appointment {
	start := tuesday.AddDays(days).At(9*60+15, time.UTC)
	return data.Appointment{ID: id, Patient: "ann", Practitioner: "osei", Type: "blood", Status: s, Start: start, End: start.Add(15 * time.Minute)}
}

// today has Ann come today at 10:15, too.
func (s *sample) today() {
	s.t.Helper()
	v := visit("", 0, data.Booked)
	v.Start, v.End = v.Start.Add(time.Hour), v.End.Add(time.Hour)
	if _, err := s.practice.Ben.Desk.Book(s.t.Context(), v, false); err != nil {
		s.t.Fatal(err)
	}
}

// withMore has more patients.
func withMore(r practice.Records, more ...data.Patient) practice.Records {
	r.Patients = append(r.Patients, more...)
	return r
}

// many are some with long names and such that go from right to left, and so many more.
func many(more int) practice.Records {
	return withMore(withMore(few(),
		data.Patient{ID: "long", Name: longName, AlsoKnownAs: longName, Born: born(1975, time.May, 6), Phones: []string{"01632 960111"}, Alert: "Violent dog.", Notes: longNotes, RecordNumber: "4720"},
		data.Patient{ID: "rtl", Name: rtlName, Born: born(1990, time.May, 6), Address: "רחוב הדוגמה 5", RecordNumber: "4721"}), samples(more)...)
}

// samples are so many patients. Their ids come first, so they are also read first.
func samples(n int) (all []data.Patient) {
	for i := range n {
		p := data.Patient{ID: fmt.Sprintf("a%03d", i), Name: fmt.Sprintf("Sample Person %02d", i), Born: born(1950+i%60, time.May, 6),
			Phones: []string{fmt.Sprintf("01632 9602%02d", i%100)}, RecordNumber: fmt.Sprint(5000 + i)}
		switch {
		case i < 15:
			p.Sex, p.Gender = "female", "woman"
		case i < 25:
			p.Sex, p.Gender = "male", "man"
		default:
			p.Sex, p.Gender = "intersex", "non-binary"
		}
		all = append(all, p)
	}
	return all
}

// opened opens patients, the last one at the end.
func (s *sample) opened(ids ...string) {
	s.t.Helper()
	for _, id := range ids {
		if _, err := s.anna.Desk.Patient(s.t.Context(), id); err != nil {
			s.t.Fatal(err)
		}
	}
}

// saved are the patients that Anna wrote since it was asked last, as they are now.
func (s *sample) saved() (all []data.Patient) {
	s.t.Helper()
	for _, c := range s.anna.Written() {
		if c.Table == auth.TablePatient {
			all = append(all, s.practice.Patient(c.ID))
		}
	}
	return all
}

func (s *sample) wantSaved(names ...string) {
	s.t.Helper()
	var got []string
	for _, p := range s.saved() {
		got = append(got, p.Name)
	}
	if !slices.Equal(got, names) {
		s.t.Errorf("saved %q, want %q", got, names)
	}
}

// benChanges is what Ben saves meanwhile.
func (s *sample) benChanges(id string, change func(*data.Patient)) {
	s.t.Helper()
	p := s.practice.Patient(id)
	change(&p)
	if _, err := s.practice.Ben.Desk.SavePatient(s.t.Context(), p); err != nil {
		s.t.Fatal(err)
	}
}

// benAdds has Ben take somebody down, whom Anna's window then knows.
func (s *sample) benAdds(name string) {
	s.t.Helper()
	if _, err := s.practice.Ben.Desk.SavePatient(s.t.Context(), data.Patient{Name: name}); err != nil {
		s.t.Fatal(err)
	}
	s.anna.CatchUp()
}

// benMerges has Ben make one patient of two.
func (s *sample) benMerges(into, from string) {
	s.t.Helper()
	if _, err := s.practice.Ben.Desk.MergePatients(s.t.Context(), s.practice.Patient(into), s.practice.Patient(from)); err != nil {
		s.t.Fatal(err)
	}
	s.anna.CatchUp()
}

// isMerged says that an id leads to another patient.
func (s *sample) isMerged(id string) bool {
	s.t.Helper()
	return s.practice.Patient(id).ID != id
}

// readsSlowly begins Anna's desk anew, where each patient takes a tenth of a second to read.
func (s *sample) readsSlowly() {
	s.t.Helper()
	s.anna.RejoinSlowly(100 * time.Millisecond)
	s.params.Desk = s.anna.Desk
	s.Settle()
}

// slowly has questions take a while, and notes them.
func slowly[Q, A any](l *latest[Q, A], d time.Duration) *[]Q {
	asked, ask := new([]Q), l.ask
	l.ask = func(ctx context.Context, q Q) A {
		*asked = append(*asked, q)
		time.Sleep(d) // of the bubble's time
		return ask(ctx, q)
	}
	return asked
}
