package today

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/desk"
)

// visit is an appointment as it is in the records now.
func (s *sample) visit(id string) data.Visit {
	s.t.Helper()
	v, ok := s.practice.Visits()[id]
	if !ok {
		s.t.Fatalf("there is no %s", id)
	}
	return v
}

// booked is what was booked last for a patient.
func (s *sample) booked(patient string) (last data.Visit) {
	s.t.Helper()
	for _, v := range s.practice.Visits() {
		if v.Patient == patient && v.Stamped(data.Booked).After(last.Stamped(data.Booked)) {
			last = v
		}
	}
	return last
}

// wantWritten wants that Anna wrote these patients and appointments since it was asked last, each
// with what is another about it now, and nothing else. Of one that was written more often the
// earlier ones are its id alone.
func (s *sample) wantWritten(want ...string) {
	s.t.Helper()
	changes := slices.DeleteFunc(s.anna.Written(), func(c auth.ChangeRow) bool { return c.Table == auth.TableDetail })
	now := s.practice.Visits()
	var got []string
	for i, c := range changes {
		again := slices.ContainsFunc(changes[i+1:], func(later auth.ChangeRow) bool { return later.ID == c.ID })
		switch {
		case again:
			got = append(got, c.ID)
		case c.Table == auth.TablePatient:
			got = append(got, "patient "+s.practice.Patient(c.ID).Name)
		default:
			got = append(got, changed(s.known[c.ID], now[c.ID]))
		}
	}
	if !slices.Equal(got, want) {
		s.t.Errorf("written: %q, want %q", got, want)
	}
	s.known = now
}

// changed says what is another about an appointment. One that is new has no id to name it by.
func changed(was, is data.Visit) string {
	var parts []string
	note := func(differs bool, text ...string) {
		if differs {
			parts = append(parts, text...)
		}
	}
	note(true, is.ID)
	if was.ID == "" {
		parts = []string{is.Who.Name}
	}
	note(slotOf(was.Appointment) != slotOf(is.Appointment), is.Practitioner, is.Start.Format("2 Jan 15:04"), strconv.Itoa(int(is.Length().Minutes())))
	for _, stamp := range is.Stamps[min(len(was.Stamps), len(is.Stamps)):] {
		note(!stamp.Moved, string(stamp.Status))
	}
	note(len(is.Stamps) < len(was.Stamps), string(is.Status))
	note(was.Type != is.Type && was.ID != "", is.Type)
	note(was.Note != is.Note && was.ID != "", is.Note)
	note(was.Reason != is.Reason, is.Reason)
	return strings.TrimSpace(strings.Join(parts, " "))
}

// meanwhile has Ben change something at his window, of which this one has not heard.
func (s *sample) meanwhile(do func(*desk.Desk) (data.Appointment, error)) (id string) {
	s.t.Helper()
	a, err := do(s.practice.Ben.Desk)
	if err != nil {
		s.t.Fatal(err)
	}
	s.known[a.ID] = s.practice.Visits()[a.ID]
	return a.ID
}

// benBooks books on Tuesday, over whoever is there.
func (s *sample) benBooks(person int, practitioner string, minute, length int) (id string) {
	s.t.Helper()
	a := visitOf("", practitioner, person, minute, length, data.Booked, 0)
	return s.meanwhile(func(d *desk.Desk) (data.Appointment, error) { return d.Book(s.t.Context(), a, true) })
}

// benMoves moves an appointment to another time on Tuesday, or to somebody else.
func (s *sample) benMoves(id, practitioner string, minute int) {
	s.t.Helper()
	a, start := s.visit(id).Appointment, tuesday.At(minute, time.UTC)
	s.meanwhile(func(d *desk.Desk) (data.Appointment, error) {
		return d.Move(s.t.Context(), a, start, start.Add(a.Length()), practitioner, true)
	})
}

func (s *sample) benSets(id string, status data.Status) {
	s.t.Helper()
	a := s.visit(id).Appointment
	s.meanwhile(func(d *desk.Desk) (data.Appointment, error) { return d.Become(s.t.Context(), a, status, "") })
}

func (s *sample) benNotes(id, note string) {
	s.t.Helper()
	a := s.visit(id).Appointment
	s.meanwhile(func(d *desk.Desk) (data.Appointment, error) { return d.Annotate(s.t.Context(), a, a.Type, note) })
}

// saveDetails changes how the practice works, as its settings do.
func (s *sample) saveDetails(change func(*data.Details)) {
	s.t.Helper()
	details, err := s.anna.Desk.Details(s.t.Context())
	if err == nil {
		change(&details)
		_, err = s.anna.Desk.SaveDetails(s.t.Context(), details)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}
