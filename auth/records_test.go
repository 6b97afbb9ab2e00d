package auth_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

const patient = auth.TablePatient

// put has Anna write a new record.
func (w *world) put(id, text string) {
	w.t.Helper()
	version, err := w.anna.PutRecord(w.ctx, patient, id, 0, []byte(text))
	w.must(err)
	if version != 1 {
		w.t.Fatalf("a new record has version %d", version)
	}
}

// reads fails the test unless Anna reads that in a record.
func (w *world) reads(id, text string) {
	w.t.Helper()
	got, err := w.anna.Record(w.ctx, patient, id)
	w.must(err)
	if string(got.Plain) != text {
		w.t.Fatalf("record %s: %q, want %q", id, got.Plain, text)
	}
}

// recordRow is a record's row in rows.
func recordRow(rows authtest.Rows, id string) *auth.RecordRow {
	i := slices.IndexFunc(rows.Records, func(r auth.RecordRow) bool { return r.ID == id })
	return &rows.Records[i]
}

// putRecords puts other records into the database, as somebody with the file could.
func (w *world) putRecords(change func(rows *authtest.Rows)) {
	rows := w.memory.Rows()
	for i := range rows.Records {
		rows.Records[i].Sealed = bytes.Clone(rows.Records[i].Sealed)
	}
	change(&rows)
	w.memory.Put(rows)
}

// TestRecords: written, read, written again by who read the newest version, and
// found in the order of their ids.
func TestRecords(t *testing.T) {
	w := newWorld(t)
	w.put("b", "Grete")
	w.put("a", "Ola")
	_, err := w.anna.PutRecord(w.ctx, patient, "b", 0, []byte("again"))
	w.refused(err, auth.ErrConflict)
	_, err = w.anna.PutRecord(w.ctx, patient, "new", 1, []byte("not there"))
	w.refused(err, auth.ErrConflict)

	read, err := w.anna.Record(w.ctx, patient, "b")
	w.must(err)
	version, err := w.ben().PutRecord(w.ctx, patient, "b", read.Version, []byte("Grete Muster"))
	w.must(err)
	if version != 2 {
		t.Fatalf("version %d", version)
	}
	_, err = w.anna.PutRecord(w.ctx, patient, "b", read.Version, []byte("overtaken"))
	w.refused(err, auth.ErrConflict)
	w.reads("b", "Grete Muster")
	_, err = w.anna.Record(w.ctx, patient, "nobody")
	w.refused(err, auth.ErrNotFound)

	var found []string
	w.must(w.anna.EachRecord(w.ctx, patient, func(r auth.Record) error {
		found = append(found, fmt.Sprint(r.ID, r.Version, string(r.Plain), r.Err))
		return nil
	}))
	if want := []string{"a1Ola<nil>", "b2Grete Muster<nil>"}; !slices.Equal(found, want) {
		t.Fatalf("%q, want %q", found, want)
	}
	enough := fmt.Errorf("enough")
	w.refused(w.anna.EachRecord(w.ctx, patient, func(auth.Record) error { return enough }), enough)
	for _, row := range w.memory.Rows().Records {
		if bytes.Contains(row.Sealed, []byte("Grete")) || bytes.Contains(row.Sealed, []byte("Ola")) {
			t.Error("a record lies in clear")
		}
	}
}

// TestPutRecords: many are written together, or none.
func TestPutRecords(t *testing.T) {
	w := newWorld(t)
	w.put("a", "Ola")
	w.must(w.anna.PutRecords(w.ctx, patient, []auth.Record{
		{ID: "a", Version: 1, Plain: []byte("Ola Nordmann")}, {ID: "b", Plain: []byte("Grete")},
	}))
	w.reads("a", "Ola Nordmann")
	w.reads("b", "Grete")
	before := w.memory.Rows()
	for name, second := range map[string]auth.Record{
		"overtaken":       {ID: "a", Version: 1},
		"there already":   {ID: "b"},
		"not there":       {ID: "d", Version: 1},
		"twice among all": {ID: "c"},
	} {
		err := w.anna.PutRecords(w.ctx, patient, []auth.Record{{ID: "c", Plain: []byte("Kari")}, second})
		if !errors.Is(err, auth.ErrConflict) {
			t.Errorf("%s: %v", name, err)
		}
		w.unchanged(before)
	}
	ben := w.ben()
	w.must(ben.SignOut(w.ctx))
	w.refused(ben.PutRecords(w.ctx, patient, []auth.Record{{ID: "c"}}), auth.ErrSessionEnded)
}

// TestManyRecords: more than are read at a time, none twice, none left out.
func TestManyRecords(t *testing.T) {
	w := newWorld(t)
	for _, n := range []int{1000, 1001} {
		w.fill(n)
		last := ""
		count := 0
		w.must(w.anna.EachRecord(w.ctx, patient, func(r auth.Record) error {
			if r.Err != nil || r.ID <= last {
				t.Fatalf("%s after %s: %v", r.ID, last, r.Err)
			}
			last = r.ID
			count++
			return nil
		}))
		if count != n {
			t.Errorf("%d of %d records", count, n)
		}
	}
}

// fill writes records until there are n.
func (w *world) fill(n int) {
	w.t.Helper()
	for i := len(w.memory.Rows().Records); i < n; i++ {
		w.put(fmt.Sprintf("p%05d", i), fmt.Sprint("patient ", i))
	}
}

// TestRecordsEndWithSession: signed out, locked out or ended by an admin, a
// session neither reads nor writes.
func TestRecordsEndWithSession(t *testing.T) {
	for name, end := range map[string]func(w *world, ben *auth.Session){
		"signed out": func(w *world, ben *auth.Session) { w.must(ben.SignOut(w.ctx)) },
		"forgotten":  func(w *world, ben *auth.Session) { ben.Forget() },
		"deactivated": func(w *world, ben *auth.Session) {
			users, err := w.anna.Users(w.ctx)
			w.must(err)
			w.must(w.anna.Deactivate(w.ctx, users[1].ID))
		},
		"outlived":      func(w *world, ben *auth.Session) { w.must(w.practice.EndOrphanedSessions(w.ctx)) },
		"two-factor on": func(w *world, ben *auth.Session) { w.turnOn(auth.Daily) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			ben := w.ben()
			w.put("p", "Grete")
			end(w, ben)
			before := w.memory.Rows()
			_, err := ben.Record(w.ctx, patient, "p")
			w.refused(err, auth.ErrSessionEnded)
			_, err = ben.PutRecord(w.ctx, patient, "p", 1, []byte("x"))
			w.refused(err, auth.ErrSessionEnded)
			w.refused(ben.EachRecord(w.ctx, patient, func(auth.Record) error {
				t.Error("it was given a record")
				return nil
			}), auth.ErrSessionEnded)
			w.unchanged(before)
		})
	}
}

// TestDamagedRecords: whatever somebody with the file does to a record, it
// alone does not open, and says so.
func TestDamagedRecords(t *testing.T) {
	w := newWorld(t)
	w.put("p1", "Grete, first")
	older := *recordRow(w.memory.Rows(), "p1")
	_, err := w.anna.PutRecord(w.ctx, patient, "p1", 1, []byte("Grete"))
	w.must(err)
	w.put("p2", "Ola")
	w.put("p3", "Kari")
	foreign := newWorld(t)
	foreign.put("p1", "somebody else's")
	_, err = foreign.anna.PutRecord(w.ctx, patient, "p1", 1, []byte("somebody else's"))
	w.must(err)
	good := w.memory.Rows()

	for name, c := range map[string]struct {
		change func(rows *authtest.Rows)
		broken []string
	}{
		"swapped": {func(rows *authtest.Rows) {
			one, two := recordRow(*rows, "p1"), recordRow(*rows, "p2")
			one.Sealed, two.Sealed = two.Sealed, one.Sealed
		}, []string{"p1", "p2"}},
		"swapped with their versions": {func(rows *authtest.Rows) {
			one, two := recordRow(*rows, "p2"), recordRow(*rows, "p3")
			one.ID, two.ID = two.ID, one.ID
			rows.Records[1], rows.Records[2] = rows.Records[2], rows.Records[1]
		}, []string{"p2", "p3"}},
		"an older text as the newest":  {func(rows *authtest.Rows) { recordRow(*rows, "p1").Sealed = older.Sealed }, []string{"p1"}},
		"another version":              {func(rows *authtest.Rows) { recordRow(*rows, "p1").Version++ }, []string{"p1"}},
		"moved to another id":          {func(rows *authtest.Rows) { recordRow(*rows, "p3").ID = "p4" }, []string{"p4"}},
		"another practice's":           {func(rows *authtest.Rows) { *recordRow(*rows, "p1") = *recordRow(foreign.memory.Rows(), "p1") }, []string{"p1"}},
		"a flipped bit":                {func(rows *authtest.Rows) { recordRow(*rows, "p2").Sealed[20] ^= 1 }, []string{"p2"}},
		"cut":                          {func(rows *authtest.Rows) { r := recordRow(*rows, "p2"); r.Sealed = r.Sealed[:10] }, []string{"p2"}},
		"empty":                        {func(rows *authtest.Rows) { recordRow(*rows, "p2").Sealed = nil }, []string{"p2"}},
		"untouched":                    {func(*authtest.Rows) {}, nil},
		"the register's row, one more": {func(rows *authtest.Rows) { recordRow(*rows, "p2").Sealed = rows.Register.Sealed }, []string{"p2"}},
	} {
		w.memory.Put(good)
		w.putRecords(c.change)
		var broken []string
		w.must(w.anna.EachRecord(w.ctx, patient, func(r auth.Record) error {
			_, err := w.anna.Record(w.ctx, patient, r.ID)
			if r.Err != nil {
				w.refused(r.Err, auth.ErrDamaged)
				w.refused(err, auth.ErrDamaged)
				broken = append(broken, r.ID)
				if r.Plain != nil {
					t.Errorf("%s: %s has a text", name, r.ID)
				}
				return nil
			}
			w.must(err)
			return nil
		}))
		if !slices.Equal(broken, c.broken) {
			t.Errorf("%s: %q do not open, want %q", name, broken, c.broken)
		}
		w.reopened()
	}
	w.memory.Put(good)
	w.reads("p1", "Grete")
}

// TestRecordMended: who has the text writes over a damaged record.
func TestRecordMended(t *testing.T) {
	w := newWorld(t)
	w.put("p", "Grete")
	w.putRecords(func(rows *authtest.Rows) { rows.Records[0].Sealed[3] ^= 1 })
	r, err := w.anna.Record(w.ctx, patient, "p")
	w.refused(err, auth.ErrDamaged)
	_, err = w.anna.PutRecord(w.ctx, patient, "p", r.Version, []byte("Grete Muster"))
	w.must(err)
	w.reads("p", "Grete Muster")
}

// TestRecordNotStored: a write that the disk refuses or that is canceled
// leaves the record as it was.
func TestRecordNotStored(t *testing.T) {
	w := newWorld(t)
	w.put("p", "Grete")
	before := w.memory.Rows()
	w.memory.Fail = func() error { return auth.ErrDiskFull }
	_, err := w.anna.PutRecord(w.ctx, patient, "p", 1, []byte("x"))
	w.refused(err, auth.ErrDiskFull)
	w.memory.Fail = func() error { return context.Canceled }
	_, err = w.anna.PutRecord(w.ctx, patient, "p", 1, []byte("x"))
	w.refused(err, context.Canceled)
	w.memory.Fail = nil
	w.unchanged(before)
	w.reads("p", "Grete")
}
