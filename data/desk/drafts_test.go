package desk

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"anteroom/auth"
	"anteroom/data"
)

// Two windows of one user each have their own forms: neither takes the other's
// draft away, nor brings back what the other has done with.
func TestDraftsOfTwoWindows(t *testing.T) {
	c := newClinic(t, inMemory(t))
	a, b := c.patient("Ola Nordmann"), c.patient("Kari Nordmann")
	c.anna.SetDraft("booking", "nine o'clock")
	c.must(c.anna.Save(c.ctx))
	other := NewMemory(c.clock.Now, data.DayFirst).Join(c.session)
	c.must(other.Save(c.ctx))
	c.anna.SetDraft("booking", "")
	c.anna.SetDraft("patient/new", "Per Nord")
	c.must(c.anna.Save(c.ctx))
	_, err := other.Patient(c.ctx, b.ID)
	c.must(err)
	other.SetDraft("note", "brings a letter")
	c.must(other.Close(c.ctx))
	_, err = c.anna.Patient(c.ctx, a.ID)
	c.must(err)
	c.must(c.anna.Close(c.ctx))

	again := NewMemory(c.clock.Now, data.DayFirst).Join(c.session)
	c.must(again.Save(c.ctx))
	c.must(again.Sync(c.ctx))
	if got := again.Drafts(); !cmp.Equal(got, []string{"note", "patient/new"}) {
		t.Errorf("drafts: %q", got)
	}
	if got := names(again.Search("", 10)); !cmp.Equal(got, []string{"Ola Nordmann", "Kari Nordmann"}) {
		t.Errorf("recent: %q", got)
	}
}

// What a desk could not write before it was left the user's next one has, and writes: nothing
// else of it, so what another window did meanwhile stays.
func TestUnwritten(t *testing.T) {
	c := newClinic(t, inMemory(t))
	a := c.patient("Ola Nordmann")
	c.anna.SetDraft("booking", "nine o'clock")
	c.anna.SetDraft("note", "brings a letter")
	c.must(c.anna.Save(c.ctx))
	if c.anna.Unwritten() != nil {
		t.Error("something is left of what was written")
	}
	c.anna.SetDraft("patient/new", "Per Nord")
	c.anna.SetDraft("note", "")
	_, err := c.anna.Patient(c.ctx, a.ID)
	c.must(err)
	gone, cancel := context.WithCancel(c.ctx)
	cancel()
	c.refused(c.anna.Close(gone), context.Canceled)
	other := NewMemory(c.clock.Now, data.DayFirst).Join(c.session)
	c.must(other.Save(c.ctx))
	other.SetDraft("booking", "")
	c.must(other.Close(c.ctx))

	next := NewMemory(c.clock.Now, data.DayFirst).Join(c.session)
	next.GoOnWith(c.anna.Unwritten())
	if got := next.Draft("patient/new"); got != "Per Nord" || !next.Unsaved() {
		t.Errorf("it begins with %q, unsaved: %v", got, next.Unsaved())
	}
	c.must(next.Save(c.ctx))
	again := NewMemory(c.clock.Now, data.DayFirst).Join(c.session)
	again.GoOnWith(nil)
	c.must(again.Save(c.ctx))
	c.must(again.Sync(c.ctx))
	if got := again.Drafts(); !cmp.Equal(got, []string{"patient/new"}) {
		t.Errorf("drafts: %q", got)
	}
	if got := names(again.Search("", 10)); !cmp.Equal(got, []string{"Ola Nordmann"}) {
		t.Errorf("recent: %q", got)
	}
}

// slowSession writes nothing before it is canceled.
type slowSession struct {
	*auth.Session
	begun chan struct{}
}

func (s *slowSession) ChangeRecords(ctx context.Context, fn func(*auth.RecordTx) error) error {
	if s.begun == nil {
		return s.Session.ChangeRecords(ctx, fn)
	}
	close(s.begun)
	s.begun = nil
	<-ctx.Done()
	return ctx.Err()
}

// Who signs out while a Save is at the disk loses nothing: that is called
// off, and Close writes what it did not.
func TestCloseAfterSaveCalledOff(t *testing.T) {
	c := newClinic(t, inMemory(t))
	begun := make(chan struct{})
	d := NewMemory(c.clock.Now, data.DayFirst).Join(&slowSession{c.session, begun})
	d.SetDraft("patient/new", "Ola Nord")
	ctx, cancel := context.WithCancel(c.ctx)
	saved, closed := make(chan error), make(chan error)
	go func() { saved <- d.Save(ctx) }()
	<-begun
	go func() { closed <- d.Close(c.ctx) }()
	select {
	case err := <-closed:
		t.Fatalf("closed before it is known what was written: %v", err)
	case <-time.After(20 * time.Millisecond):
	}
	cancel()
	c.refused(<-saved, context.Canceled)
	c.must(<-closed)
	again := NewMemory(c.clock.Now, data.DayFirst).Join(c.session)
	c.must(again.Save(c.ctx))
	if got := again.Draft("patient/new"); got != "Ola Nord" {
		t.Errorf("%q", got)
	}
}
