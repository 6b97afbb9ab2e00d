package desk

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data"
)

func names(all []data.Summary) (names []string) {
	for _, s := range all {
		names = append(names, s.Name)
	}
	return names
}

// What one window saves the other finds; nothing of it lies in clear.
func TestPatient(t *testing.T) {
	c := newClinic(t, inMemory(t))
	form := data.Patient{}.Form()
	form[data.FieldName], form[data.FieldBorn], form[data.FieldPhone] = "Ola Nordmann", "4.3.1981", "020 7946 0001"
	form[data.FieldNotes], form[data.FieldGender] = "Invented.\nTwo lines.", "man"
	p, err := data.Patient{}.With(form, data.DayFirst, today)
	c.must(err)
	saved, err := c.anna.SavePatient(c.ctx, p)
	c.must(err)
	if got := names(c.anna.Search("nord", 10)); !cmp.Equal(got, []string{"Ola Nordmann"}) {
		t.Errorf("at once Anna finds %q", got)
	}
	before := c.ben.Generations().Patients
	c.sync()
	if c.ben.Generations().Patients == before {
		t.Error("Ben's window does not know that there is something new")
	}
	found := c.ben.Search("7946 0001", 10)
	if len(found) != 1 || found[0].ID != saved.ID {
		t.Fatalf("Ben finds %v", found)
	}
	read, err := c.ben.Patient(c.ctx, saved.ID)
	c.must(err)
	if diff := cmp.Diff(saved, read, cmp.Comparer(time.Time.Equal)); diff != "" {
		t.Error(diff)
	}
	if c.ben.Called(read.ChangedBy) != "Anna Smith" || !read.Changed.Equal(c.clock.Now()) {
		t.Errorf("changed by %q at %v", read.ChangedBy, read.Changed)
	}
	if got := c.ben.Choices(data.FieldGender); !cmp.Equal(got, []string{"man"}) {
		t.Errorf("choices: %q", got)
	}
	if got := names(c.ben.Search("", 10)); !cmp.Equal(got, []string{"Ola Nordmann"}) {
		t.Errorf("recent: %q", got)
	}
}

// Two edit one patient: the second is told, and his version is refused.
func TestPatientConflict(t *testing.T) {
	c := newClinic(t, inMemory(t))
	p := c.patient("Ola Nordmann")
	mine, theirs := p, p
	mine.Email, theirs.Address = "ola@example.org", "1 Invented Street"
	_, err := c.anna.SavePatient(c.ctx, mine)
	c.must(err)
	_, err = c.ben.SavePatient(c.ctx, theirs)
	c.refused(err, auth.ErrConflict)
	now, err := c.ben.Patient(c.ctx, p.ID)
	c.must(err)
	if now.Email != "ola@example.org" || now.Address != "" {
		t.Errorf("%+v", now)
	}
	theirs = now
	theirs.Address = "1 Invented Street"
	_, err = c.ben.SavePatient(c.ctx, theirs)
	c.must(err)
	_, err = c.ben.SavePatient(c.ctx, data.Patient{})
	var fields data.FieldErrors
	if !errors.As(err, &fields) || fields.Of(data.FieldName) == nil {
		t.Errorf("without a name: %v", err)
	}
	_, err = c.ben.Patient(c.ctx, "nobody")
	c.refused(err, auth.ErrNotFound)
}

// A merge makes one of two, in both windows, and can be undone for 30 days:
// what nobody changed since is as it was.
func TestMerge(t *testing.T) {
	c := newClinic(t, inMemory(t))
	c.practitioners()
	into, from := c.patient("Ola Nordmann"), c.patient("Ola Nordman")
	from.Email = "ola@example.org"
	from, err := c.anna.SavePatient(c.ctx, from)
	c.must(err)
	for _, p := range []data.Patient{into, from} {
		_, err := c.anna.Book(c.ctx, at(p, "osei", 540+len(p.Email), 15), true)
		c.must(err)
	}
	chosen := into
	chosen.Email = from.Email
	stale := from
	stale.Version--
	_, err = c.anna.MergePatients(c.ctx, chosen, stale)
	c.refused(err, auth.ErrConflict)
	_, err = c.anna.MergePatients(c.ctx, chosen, chosen)
	c.refused(err, data.ErrSame)
	merged, err := c.anna.MergePatients(c.ctx, chosen, from)
	c.must(err)
	c.sync()
	for _, d := range []*Desk{c.anna, c.ben} {
		if got := names(d.Search("ola", 10)); !cmp.Equal(got, []string{"Ola Nordmann"}) {
			t.Errorf("found: %q", got)
		}
		if s, ok := d.Summary(from.ID); !ok || s.ID != into.ID {
			t.Errorf("the one that was merged is %v", s)
		}
		read, err := d.Patient(c.ctx, from.ID)
		c.must(err)
		if read.ID != into.ID || read.Email != "ola@example.org" {
			t.Errorf("%+v", read)
		}
		visits, err := d.OfPatient(c.ctx, into.ID)
		c.must(err)
		if len(visits) != 2 || visits[0].Who.ID != into.ID || visits[1].Start.After(visits[0].Start) {
			t.Errorf("appointments: %+v", visits)
		}
	}
	_, err = c.anna.SavePatient(c.ctx, from)
	c.refused(err, auth.ErrConflict)

	merged.Notes = "changed since"
	merged, err = c.anna.SavePatient(c.ctx, merged)
	c.must(err)
	all, err := c.ben.Merged(c.ctx, into.ID)
	c.must(err)
	if len(all) != 1 || all[0].ID != from.ID {
		t.Fatalf("can be taken back: %v", all)
	}
	c.must(c.ben.Unmerge(c.ctx, from.ID))
	c.sync()
	a, err := c.anna.Patient(c.ctx, into.ID)
	c.must(err)
	b, err := c.anna.Patient(c.ctx, from.ID)
	c.must(err)
	if a.Email != "" || a.Notes != "changed since" || b.Email != "ola@example.org" || len(c.anna.Search("ola", 10)) != 2 {
		t.Errorf("%+v, %+v", a, b)
	}
	visits, err := c.anna.OfPatient(c.ctx, from.ID)
	c.must(err)
	if len(visits) != 1 {
		t.Errorf("appointments: %+v", visits)
	}
	c.refused(c.anna.Unmerge(c.ctx, from.ID), auth.ErrConflict)

	_, err = c.anna.MergePatients(c.ctx, a, b)
	c.must(err)
	c.later(data.MergeLasts)
	c.refused(c.anna.Unmerge(c.ctx, from.ID), data.ErrTooLate)
	if all, err := c.anna.Merged(c.ctx, into.ID); err != nil || len(all) != 0 {
		t.Errorf("can be taken back: %v, %v", all, err)
	}
}

// A patient that does not open says so alone.
func TestDamagedPatient(t *testing.T) {
	memory := &authtest.Memory{}
	c := newClinic(t, memory)
	bad, good := c.patient("Ola Nordmann"), c.patient("Kari Nordmann")
	rows := memory.Rows()
	for i, r := range rows.Records {
		if r.ID == bad.ID {
			rows.Records[i].Sealed = []byte("something else")
		}
	}
	memory.Put(rows)
	d := NewMemory(c.clock.Now, data.DayFirst).Join(c.session)
	c.must(d.Sync(c.ctx))
	if s, ok := d.Summary(bad.ID); !ok || !s.Damaged {
		t.Errorf("%+v", s)
	}
	if s, ok := d.Summary(good.ID); !ok || s.Damaged || s.Name != good.Name {
		t.Errorf("%+v", s)
	}
	_, err := d.Patient(c.ctx, bad.ID)
	c.refused(err, auth.ErrDamaged)
}

// Who was away for long, or whose practice was restored, reads everything again.
func TestCatchUp(t *testing.T) {
	c := newClinic(t, inMemory(t))
	for i := range 150 { // more than are remembered here
		c.patient(fmt.Sprint("Invented ", i))
	}
	c.sync()
	if n := c.ben.memory.patients().Len(); n != 150 {
		t.Errorf("%d patients", n)
	}
}

// The memory is dropped with the last desk.
func TestLeave(t *testing.T) {
	c := newClinic(t, inMemory(t))
	c.patient("Ola Nordmann")
	second := c.memories[0].Join(c.session)
	c.must(c.anna.Close(c.ctx))
	c.must(c.anna.Close(c.ctx))
	if len(second.Search("ola", 10)) != 1 {
		t.Error("it is gone while somebody works")
	}
	c.must(second.Close(c.ctx))
	if len(second.Search("ola", 10)) != 0 || len(c.memories[0].merged) != 0 {
		t.Error("it is there after the last one")
	}
}

// What was typed comes back after a sign-out and at another window, and is for
// its user alone.
func TestDrafts(t *testing.T) {
	memory := &authtest.Memory{}
	c := newClinic(t, memory)
	c.anna.SetDraft("patient/new", "Ola Nord")
	c.anna.SetDraft("booking", "nine o'clock")
	c.anna.SetDraft("booking", "")
	if !c.anna.Unsaved() || c.ben.Unsaved() {
		t.Error("what is unsaved")
	}
	c.must(c.anna.Save(c.ctx))
	if c.anna.Unsaved() {
		t.Error("unsaved after a save")
	}
	again := NewMemory(c.clock.Now, data.DayFirst).Join(c.session)
	c.must(again.Save(c.ctx))
	if got := again.Draft("patient/new"); got != "Ola Nord" || !cmp.Equal(again.Drafts(), []string{"patient/new"}) {
		t.Errorf("%q of %q", got, again.Drafts())
	}
	if got := c.ben.Drafts(); len(got) > 0 {
		t.Errorf("Ben has %q", got)
	}
	again.SetDraft("patient/new", "Ola Nordmann")
	memory.Fail = func() error { return auth.ErrDiskFull }
	c.refused(again.Save(c.ctx), auth.ErrDiskFull)
	memory.Fail = nil
	c.must(again.Close(c.ctx)) // writes what could not be written
	third := NewMemory(c.clock.Now, data.DayFirst).Join(c.session)
	third.SetDraft("booking", "typed before the first save")
	c.must(third.Save(c.ctx))
	if third.Draft("patient/new") != "Ola Nordmann" || third.Draft("booking") == "" {
		t.Errorf("%q", third.Drafts())
	}
	rows := memory.Rows()
	writes := rows.Records
	c.must(third.Save(c.ctx))
	if !cmp.Equal(writes, memory.Rows().Records) {
		t.Error("a save without anything new wrote something")
	}
}

// Only admins say how the practice works; the second of two is told.
func TestDetails(t *testing.T) {
	c := newClinic(t, inMemory(t))
	first, err := c.ben.Details(c.ctx)
	c.must(err)
	if diff := cmp.Diff(first, data.DefaultDetails()); diff != "" {
		t.Error(diff)
	}
	c.practitioners()
	_, err = c.ben.SaveDetails(c.ctx, first)
	c.refused(err, auth.ErrForbidden)
	_, err = c.anna.SaveDetails(c.ctx, first)
	c.refused(err, auth.ErrConflict)
	now, err := c.ben.Details(c.ctx)
	c.must(err)
	if len(now.Practitioners) != 2 || now.Practitioners[0].Hours[1][0] != (data.Span{From: 540, To: 1020}) {
		t.Errorf("%+v", now)
	}
}

// TestWhoDidIt: records say who by the user's id, so that nobody who takes
// another's name, for a while, did what the other did; of earlier releases they
// have the name.
func TestWhoDidIt(t *testing.T) {
	c := newClinic(t, inMemory(t))
	c.must(c.bens.ChangeName(c.ctx, "Anna Smith"))
	form := data.Patient{}.Form()
	form[data.FieldName], form[data.FieldPhone] = "Ola Nordmann", "020 7946 0001"
	p, err := data.Patient{}.With(form, data.DayFirst, today)
	c.must(err)
	saved, err := c.ben.SavePatient(c.ctx, p)
	c.must(err)
	read, err := c.anna.Patient(c.ctx, saved.ID)
	c.must(err)
	if read.ChangedBy == c.anna.Me() || read.ChangedBy != c.bens.User() {
		t.Errorf("changed by %q", read.ChangedBy)
	}
	if got := c.anna.Called(read.ChangedBy); got != "Anna Smith (bjones)" {
		t.Errorf("Anna is told it was %q", got)
	}
	c.must(c.bens.ChangeName(c.ctx, "Ben Jones"))
	_, err = c.anna.Patient(c.ctx, saved.ID)
	c.must(err)
	if got := c.anna.Called(read.ChangedBy); got != "Ben Jones" {
		t.Errorf("after another name: %q", got)
	}
	if got := c.anna.Called("Old Name"); got != "Old Name" {
		t.Errorf("a stored name is %q", got)
	}
}
