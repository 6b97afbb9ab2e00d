package desk

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data"
)

// What no screen would let through is refused here too: a screen may be wrong.
func TestRefusals(t *testing.T) {
	c := newClinic(t, inMemory(t))
	details := twoPractitioners()
	details.Practitioners[1].Gone = true
	details.Types = append(details.Types, data.AppointmentType{ID: "old", Name: "Old", Minutes: 15, Gone: true})
	details, err := c.anna.SaveDetails(c.ctx, details)
	c.must(err)
	p := c.patient("Ola Nordmann")
	for name, v := range map[string]struct {
		change func(*data.Appointment)
		want   error
	}{
		"no practitioner":      {func(a *data.Appointment) { a.Practitioner = "" }, data.ErrUnknownChoice},
		"an unknown one":       {func(a *data.Appointment) { a.Practitioner = "who" }, data.ErrUnknownChoice},
		"one who is gone":      {func(a *data.Appointment) { a.Practitioner = "lind" }, data.ErrUnknownChoice},
		"an unknown kind":      {func(a *data.Appointment) { a.Type = "what" }, data.ErrUnknownType},
		"a kind that is gone":  {func(a *data.Appointment) { a.Type = "old" }, data.ErrUnknownType},
		"a note without end":   {func(a *data.Appointment) { a.Note = strings.Repeat("é", 20_001) }, data.ErrTooLong},
		"a note that steers":   {func(a *data.Appointment) { a.Note = "a\x00b" }, data.ErrControl},
		"a reason of lines":    {func(a *data.Appointment) { a.Reason = "a\nb" }, data.ErrControl},
		"ends before":          {func(a *data.Appointment) { a.End = a.Start.Add(-time.Minute) }, data.ErrEndsBefore},
		"takes no time":        {func(a *data.Appointment) { a.End = a.Start }, data.ErrNoLength},
		"longer than a day":    {func(a *data.Appointment) { a.End = a.Start.Add(25 * time.Hour) }, data.ErrTooLongVisit},
		"of an unknown person": {func(a *data.Appointment) { a.Patient = "who" }, auth.ErrNotFound},
	} {
		a := at(p, "osei", 540, 30)
		v.change(&a)
		if _, err := c.ben.Book(c.ctx, a, true); !errors.Is(err, v.want) {
			t.Errorf("%s: %v, want %v", name, err, v.want)
		}
	}
	a := at(p, "osei", 540, 30)
	a.Note = strings.Repeat("é", 20_000)
	a, err = c.ben.Book(c.ctx, a, false)
	c.must(err)
	_, err = c.ben.Annotate(c.ctx, a, "", a.Note+"x")
	c.refused(err, data.ErrTooLong)
	_, err = c.ben.Annotate(c.ctx, a, "what", "")
	c.refused(err, data.ErrUnknownType)
	a, err = c.ben.Annotate(c.ctx, a, data.Consultation, a.Note)
	c.must(err)
	a, err = c.ben.Annotate(c.ctx, a, "", a.Note) // without one
	c.must(err)
	_, err = c.ben.Move(c.ctx, a, a.Start, a.End, "lind", true)
	c.refused(err, data.ErrUnknownChoice)
	_, err = c.ben.Become(c.ctx, a, data.Cancelled, strings.Repeat("x", 1001))
	c.refused(err, data.ErrTooLong)
	_, err = c.ben.SavePatient(c.ctx, data.Patient{Name: "a\x07b"})
	c.refused(err, data.ErrControl)
	_, err = c.ben.SavePatient(c.ctx, data.Patient{Name: "Ola", Born: today.AddDays(2)})
	c.refused(err, data.ErrFuture)
	details.WaitLimit = 0
	_, err = c.anna.SaveDetails(c.ctx, details)
	c.refused(err, data.ErrOutOfRange)

	// Who is gone keeps the appointments from before.
	details.WaitLimit = 20
	details.Practitioners[0].Gone = true
	_, err = c.anna.SaveDetails(c.ctx, details)
	c.must(err)
	_, err = c.ben.Move(c.ctx, a, a.Start, a.End.Add(5*time.Minute), "osei", false)
	c.must(err)
}

// What is taken back does not come over somebody who has the time by now, unless
// that is meant.
func TestUndoDoubleBooking(t *testing.T) {
	c := newClinic(t, inMemory(t))
	c.practitioners()
	ola, kari := c.patient("Ola Nordmann"), c.patient("Kari Nordmann")
	moved, err := c.anna.Book(c.ctx, at(ola, "osei", 540, 30), false)
	c.must(err)
	moved, err = c.anna.Move(c.ctx, moved, moved.Start.Add(time.Hour), moved.End.Add(time.Hour), "osei", false)
	c.must(err)
	_, err = c.anna.Become(c.ctx, moved, data.Cancelled, "")
	c.must(err)
	for _, minute := range []int{600, 540} {
		_, err = c.ben.Book(c.ctx, at(kari, "osei", minute, 30), false)
		c.must(err)
	}
	for _, want := range []struct {
		minute int
		status data.Status
	}{{600, data.Booked}, {540, data.Booked}} {
		var clash *data.Clash
		undone, err := c.anna.Undo(c.ctx, 0)
		if !errors.As(err, &clash) || len(clash.With) != 1 || clash.With[0].Who.Name != kari.Name || undone.Visit.Who.Name != ola.Name {
			t.Fatalf("%v, %+v", err, undone)
		}
		steps := c.anna.CanUndo()
		_, err = c.anna.Undo(c.ctx, undone.Step-1) // another one was asked about
		c.refused(err, data.ErrOtherStep)
		undone, err = c.anna.Undo(c.ctx, undone.Step)
		c.must(err)
		if !undone.Visit.Start.Equal(today.At(want.minute, local)) || undone.Visit.Status != want.status || c.anna.CanUndo() != steps-1 {
			t.Errorf("%+v", undone)
		}
	}
}

// A step whose appointment does not open any more is forgotten, so that those
// before it can be undone.
func TestUndoPastDamaged(t *testing.T) {
	memory := &authtest.Memory{}
	c := newClinic(t, memory)
	c.practitioners()
	p := c.patient("Ola Nordmann")
	first, err := c.anna.Book(c.ctx, at(p, "osei", 540, 30), false)
	c.must(err)
	second, err := c.anna.Book(c.ctx, at(p, "osei", 600, 30), false)
	c.must(err)
	rows := memory.Rows()
	for i, r := range rows.Records {
		if r.ID == second.ID {
			rows.Records[i].Sealed = []byte("something else")
		}
	}
	memory.Put(rows)
	_, err = c.anna.Undo(c.ctx, 0)
	c.refused(err, auth.ErrDamaged)
	undone, err := c.anna.Undo(c.ctx, 0)
	c.must(err)
	if undone.Visit.ID != first.ID {
		t.Errorf("%+v", undone)
	}
}

// Of merges one after the other the last is taken back first.
func TestUnmergeInOrder(t *testing.T) {
	c := newClinic(t, inMemory(t))
	a, b, last := c.patient("Ola Nordmann"), c.patient("Ola M Nordmann"), c.patient("O. Nordmann")
	b, err := c.anna.MergePatients(c.ctx, b, a)
	c.must(err)
	last, err = c.anna.MergePatients(c.ctx, last, b)
	c.must(err)
	c.refused(c.anna.Unmerge(c.ctx, a.ID), data.ErrMerged)
	c.must(c.anna.Unmerge(c.ctx, b.ID))
	c.must(c.anna.Unmerge(c.ctx, a.ID))
	for _, p := range []data.Patient{a, b, last} {
		now, err := c.anna.Patient(c.ctx, p.ID)
		c.must(err)
		if now.Name != p.Name || len(now.Absorbed) != 0 {
			t.Errorf("%+v", now)
		}
	}
}

// Who is saved again and again counts once in what is offered.
func TestChoices(t *testing.T) {
	c := newClinic(t, inMemory(t))
	for _, name := range []string{"Ola Nordmann", "Per Nordmann"} {
		_, err := c.anna.SavePatient(c.ctx, data.Patient{Name: name, Sex: "male"})
		c.must(err)
	}
	p, err := c.anna.SavePatient(c.ctx, data.Patient{Name: "Kari Nordmann", Sex: "femal"})
	c.must(err)
	p.Sex = "female"
	for range 5 {
		p, err = c.anna.SavePatient(c.ctx, p)
		c.must(err)
	}
	c.sync()
	want := []string{"male", "femal", "female"}
	for i, d := range []*Desk{c.anna, c.ben} {
		if got := d.Choices(data.FieldSex); !slices.Equal(got, want) && i == 0 {
			t.Errorf("%q, want %q", got, want)
		} else if got[0] != "male" {
			t.Errorf("%q", got)
		}
	}
}

// Who is here already is known by name and date of birth, however it is written,
// or by the record number; merged ones stand for nobody.
func TestSame(t *testing.T) {
	c := newClinic(t, inMemory(t))
	born := data.Date{Year: 1981, Month: time.March, Day: 4}
	a, err := c.anna.SavePatient(c.ctx, data.Patient{Name: "Zoë O'Hara-Quill", Born: born, RecordNumber: "7", HealthNumber: "900"})
	c.must(err)
	noDate := c.patient("Ola Nordmann")
	for name, v := range map[string]struct {
		p    data.Patient
		want string
	}{
		"the same":           {data.Patient{Name: "zoe ohara quill", Born: born}, a.ID},
		"by number":          {data.Patient{Name: "Another", RecordNumber: " 7"}, a.ID},
		"number, other day":  {data.Patient{Name: "Zoë O'Hara-Quill", Born: born.AddDays(1), RecordNumber: "7"}, a.ID},
		"by its number":      {data.Patient{Name: "Another", RecordNumber: "7"}, a.ID},
		"by card":            {data.Patient{Name: "Zoë O'Hara-Quill", HealthNumber: "900"}, a.ID},
		"another day":        {data.Patient{Name: "Zoë O'Hara-Quill", Born: born.AddDays(1)}, ""},
		"another name":       {data.Patient{Name: "Zoë Quill", Born: born}, ""},
		"a name alone":       {data.Patient{Name: "Ola Nordmann"}, ""},
		"itself":             {a, ""},
		"nobody knows a day": {noDate, ""},
	} {
		if got, ok := c.anna.Same(v.p); got.ID != v.want || ok != (v.want != "") {
			t.Errorf("%s: %+v", name, got)
		}
	}
	other, err := c.anna.SavePatient(c.ctx, data.Patient{Name: "Other", RecordNumber: "8"})
	c.must(err)
	_, err = c.anna.MergePatients(c.ctx, a, other)
	c.must(err)
	if got, ok := c.anna.Same(data.Patient{Name: "New", RecordNumber: "8"}); ok {
		t.Errorf("one that was merged: %+v", got)
	}
}
