package desk

import (
	"context"
	"testing"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data"
)

// leavingSession leaves while its desk reads the records.
type leavingSession struct {
	*auth.Session
	leave func()
}

func (s *leavingSession) ReadRecords(ctx context.Context, fn func(*auth.RecordReader) error) error {
	return s.Session.ReadRecords(ctx, func(r *auth.RecordReader) error {
		if leave := s.leave; leave != nil {
			s.leave = nil
			leave()
		}
		return fn(r)
	})
}

// What a Sync or a save was still at when the last desk was left does not come
// into the memory any more; who comes next has all of it.
func TestLeaveDuringSync(t *testing.T) {
	c := newClinic(t, inMemory(t))
	p := c.patient("Ola Nordmann")
	m := NewMemory(c.clock.Now, data.DayFirst)
	s := &leavingSession{Session: c.session}
	d := m.Join(s)
	c.must(d.Save(c.ctx)) // the next reading is that of the patients
	s.leave = func() { c.must(d.Close(c.ctx)) }
	c.must(d.Sync(c.ctx))
	if n := m.patients().Len(); n != 0 || d.HasPatients() || m.loaded.ready {
		t.Errorf("after the last one was left %d patients came", n)
	}
	_, err := d.SavePatient(c.ctx, p)
	c.must(err)
	if n := m.patients().Len(); n != 0 {
		t.Errorf("a save left %d patients", n)
	}
	next := m.Join(s)
	s.leave = func() { c.must(d.Sync(c.ctx)) } // of who left: late, and in vain
	c.must(next.Sync(c.ctx))
	if _, _, ready := next.Loading(); !ready || len(next.Search("ola", 10)) != 1 || !next.HasPatients() {
		t.Error("who comes next does not find the patient")
	}
}

// A change that names nobody, as somebody with the file could write it, keeps
// nobody from seeing the others.
func TestSyncPastHint(t *testing.T) {
	memory := &authtest.Memory{}
	c := newClinic(t, memory)
	rows := memory.Rows()
	last := int64(0)
	for _, change := range rows.Changes {
		last = max(last, change.Seq)
	}
	rows.Changes = append(rows.Changes, auth.ChangeRow{Seq: last + 1, Table: auth.TablePatient, ID: "nobody"})
	memory.Put(rows)
	c.patient("Ola Nordmann")
	c.must(c.ben.Sync(c.ctx))
	if len(c.ben.Search("ola", 10)) != 1 {
		t.Error("Ben does not see what Anna wrote")
	}
}
