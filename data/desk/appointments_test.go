package desk

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data"
)

func TestBook(t *testing.T) {
	c := newClinic(t, inMemory(t))
	c.practitioners()
	ola, kari := c.patient("Ola Nordmann"), c.patient("Kari Nordmann")
	first, err := c.anna.Book(c.ctx, at(ola, "osei", 540, 30), false)
	c.must(err)
	if first.Status != data.Booked || len(first.Stamps) != 1 || c.anna.Called(first.Stamps[0].By) != "Anna Smith" {
		t.Errorf("%+v", first)
	}
	_, err = c.ben.Book(c.ctx, at(kari, "osei", 555, 30), false)
	var clash *data.Clash
	if !errors.As(err, &clash) || len(clash.With) != 1 || clash.With[0].Who.Name != "Ola Nordmann" {
		t.Fatalf("double booking: %v", err)
	}
	_, err = c.ben.Book(c.ctx, at(kari, "lind", 555, 30), false) // another practitioner
	c.must(err)
	_, err = c.ben.Book(c.ctx, at(kari, "osei", 570, 15), false) // right after
	c.must(err)
	second, err := c.ben.Book(c.ctx, at(kari, "osei", 555, 30), true)
	c.must(err)
	day, err := c.anna.Day(c.ctx, today)
	c.must(err)
	if len(day) != 4 || day[0].Who.Name != "Ola Nordmann" || day[1].Who.Name != "Kari Nordmann" {
		t.Errorf("%+v", day)
	}
	_, err = c.ben.Move(c.ctx, second, second.Start.Add(time.Hour), second.End.Add(time.Hour), "nobody", false)
	c.refused(err, data.ErrUnknownChoice)
	for want, a := range map[error]data.Appointment{
		data.ErrEndsBefore: at(ola, "osei", 600, -15), data.ErrNoLength: at(ola, "osei", 600, 0), data.ErrTooLongVisit: at(ola, "osei", 600, 1500),
		data.ErrUnknownChoice: at(ola, "nobody", 600, 15), auth.ErrNotFound: at(data.Patient{ID: "nobody"}, "osei", 600, 15),
	} {
		_, err := c.anna.Book(c.ctx, a, false)
		c.refused(err, want)
	}
	if again, err := c.anna.Day(c.ctx, today); err != nil || len(again) != 4 {
		t.Errorf("a refused booking is there: %v", err)
	}
}

// The statuses in their order, each stamped; another order is refused, and what
// somebody else changed first.
func TestBecome(t *testing.T) {
	c := newClinic(t, inMemory(t))
	c.practitioners()
	a, err := c.anna.Book(c.ctx, at(c.patient("Ola Nordmann"), "osei", 540, 30), false)
	c.must(err)
	_, err = c.anna.Become(c.ctx, a, data.With, "")
	c.refused(err, data.ErrStatus)
	booked := a
	for _, s := range []data.Status{data.Arrived, data.With, data.Done} {
		c.clock.Advance(5 * time.Minute)
		a, err = c.anna.Become(c.ctx, a, s, "")
		c.must(err)
		if !a.Stamped(s).Equal(c.clock.Now()) {
			t.Errorf("%s at %v", s, a.Stamped(s))
		}
	}
	_, err = c.ben.Become(c.ctx, booked, data.Absent, "")
	c.refused(err, auth.ErrConflict)
	_, err = c.ben.Move(c.ctx, a, a.Start, a.End.Add(time.Minute), "osei", false)
	c.refused(err, data.ErrStatus)

	b, err := c.anna.Book(c.ctx, at(c.patient("Kari Nordmann"), "osei", 600, 30), false)
	c.must(err)
	b, err = c.ben.Annotate(c.ctx, b, "consultation", "brings a letter")
	c.must(err)
	b, err = c.ben.Become(c.ctx, b, data.Cancelled, "has a cold")
	c.must(err)
	visits, err := c.anna.OfPatient(c.ctx, b.Patient)
	c.must(err)
	if len(visits) != 1 || visits[0].Reason != "has a cold" || visits[0].Note != "brings a letter" {
		t.Errorf("%+v", visits)
	}
	_, err = c.ben.Book(c.ctx, at(c.patient("Per Nordmann"), "osei", 600, 30), false) // it is free again
	c.must(err)
}

// The last ten steps can be undone, the newest first, each to what was before.
func TestUndo(t *testing.T) {
	c := newClinic(t, inMemory(t))
	c.practitioners()
	_, err := c.anna.Undo(c.ctx, 0)
	c.refused(err, data.ErrNothing)
	p := c.patient("Ola Nordmann")
	a, err := c.anna.Book(c.ctx, at(p, "osei", 540, 30), false)
	c.must(err)
	states := []data.Appointment{a}
	for i := range maxSteps - 2 {
		a, err = c.anna.Move(c.ctx, a, a.Start.Add(5*time.Minute), a.End.Add(5*time.Minute), []string{"osei", "lind"}[i%2], false)
		c.must(err)
		states = append(states, a)
	}
	a, err = c.anna.Become(c.ctx, a, data.Arrived, "")
	c.must(err)
	if c.anna.CanUndo() != maxSteps {
		t.Fatalf("%d steps", c.anna.CanUndo())
	}
	for i := len(states) - 1; i >= 0; i-- {
		undone, err := c.anna.Undo(c.ctx, 0)
		c.must(err)
		want := states[i]
		want.Version = undone.Visit.Version
		if diff := cmp.Diff(want, undone.Visit.Appointment, cmp.Comparer(time.Time.Equal)); diff != "" {
			t.Fatalf("step %d: %s", i, diff)
		}
	}
	undone, err := c.anna.Undo(c.ctx, 0)
	c.must(err)
	if undone.Act != data.ActBooked || c.anna.CanUndo() != 0 {
		t.Errorf("%+v", undone)
	}
	if day, err := c.ben.Day(c.ctx, today); err != nil || len(day) != 0 {
		t.Errorf("%v, %v", day, err)
	}
	if visits, err := c.ben.OfPatient(c.ctx, p.ID); err != nil || len(visits) != 0 {
		t.Errorf("%v, %v", visits, err)
	}

	// Of more than ten the oldest are forgotten.
	if a, err = c.anna.Book(c.ctx, at(p, "osei", 540, 30), false); err != nil {
		t.Fatal(err)
	}
	for range maxSteps + 3 {
		a, err = c.anna.Annotate(c.ctx, a, "", a.Note+"x")
		c.must(err)
	}
	for range maxSteps {
		_, err = c.anna.Undo(c.ctx, 0)
		c.must(err)
	}
	_, err = c.anna.Undo(c.ctx, 0)
	c.refused(err, data.ErrNothing)
}

// What somebody else changed since is not taken back over his head.
func TestUndoMeanwhile(t *testing.T) {
	c := newClinic(t, inMemory(t))
	c.practitioners()
	a, err := c.anna.Book(c.ctx, at(c.patient("Ola Nordmann"), "osei", 540, 30), false)
	c.must(err)
	b, err := c.anna.Book(c.ctx, at(c.patient("Kari Nordmann"), "lind", 540, 30), false)
	c.must(err)
	_, err = c.ben.Become(c.ctx, b, data.Arrived, "")
	c.must(err)
	_, err = c.anna.Undo(c.ctx, 0)
	c.refused(err, data.ErrChanged)
	undone, err := c.anna.Undo(c.ctx, 0) // the one before
	c.must(err)
	if undone.Visit.ID != a.ID {
		t.Errorf("%+v", undone)
	}
	day, err := c.ben.Day(c.ctx, today)
	c.must(err)
	if len(day) != 1 || day[0].Status != data.Arrived {
		t.Errorf("%+v", day)
	}
}

// An appointment that does not open shows its time and status, and no more.
func TestDamagedAppointment(t *testing.T) {
	memory := &authtest.Memory{}
	c := newClinic(t, memory)
	c.practitioners()
	a, err := c.anna.Book(c.ctx, at(c.patient("Ola Nordmann"), "osei", 540, 30), false)
	c.must(err)
	rows := memory.Rows()
	for i, r := range rows.Records {
		if r.ID == a.ID {
			rows.Records[i].Clear.Status = string(data.Done) // somebody with the file
		}
	}
	memory.Put(rows)
	day, err := c.anna.Day(c.ctx, today)
	c.must(err)
	if len(day) != 1 || !day[0].Damaged || day[0].Patient != "" || !day[0].Start.Equal(a.Start) {
		t.Errorf("%+v", day)
	}
	_, err = c.anna.Become(c.ctx, a, data.Arrived, "")
	c.refused(err, auth.ErrDamaged)
}
