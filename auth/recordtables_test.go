package auth_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"testing"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

// changeRecords has a session change records.
func (w *world) changeRecords(s *auth.Session, fn func(*auth.RecordTx) error) error {
	return s.ChangeRecords(w.ctx, fn)
}

// TestClearColumns: an appointment opens only with the times and the status that
// stand beside it, and is found by its beginning.
func TestClearColumns(t *testing.T) {
	w := newWorld(t)
	const table = auth.TableAppointment
	ben := w.ben()
	w.must(w.changeRecords(w.anna, func(tx *auth.RecordTx) error {
		for i, starts := range []int64{3000, 1000, 2000} {
			clear := auth.Clear{Starts: starts, Ends: starts + 500, Status: "booked"}
			if _, err := tx.Put(table, auth.Record{ID: fmt.Sprint(i), Clear: clear, Plain: []byte("Ola")}); err != nil {
				return err
			}
		}
		return nil
	}))
	between := func(from, to int64) (all []auth.Record) {
		t.Helper()
		w.must(ben.ReadRecords(w.ctx, func(r *auth.RecordReader) (err error) {
			all, err = r.Between(from, to)
			return err
		}))
		return all
	}
	found := between(1000, 3000)
	if len(found) != 2 || found[0].ID != "1" || found[1].ID != "2" || string(found[1].Plain) != "Ola" || found[1].Clear.Ends != 2500 {
		t.Fatalf("%+v", found)
	}
	good := w.memory.Rows()
	for name, change := range map[string]func(*auth.RecordRow){
		"begins later": func(r *auth.RecordRow) { r.Clear.Starts++ },
		"ends later":   func(r *auth.RecordRow) { r.Clear.Ends++ },
		"is done":      func(r *auth.RecordRow) { r.Clear.Status = "done" },
		"is a patient": func(r *auth.RecordRow) { r.Table = auth.TablePatient },
		"is of visits": func(r *auth.RecordRow) { r.Table = auth.TableVisits },
	} {
		w.memory.Put(good)
		w.putRecords(func(rows *authtest.Rows) {
			for i := range rows.Records {
				if rows.Records[i].ID == "2" {
					change(&rows.Records[i])
				}
			}
		})
		all, bad := between(0, 5000), 0
		for _, table := range []auth.RecordTable{auth.TablePatient, auth.TableVisits} {
			w.must(ben.EachRecord(w.ctx, table, func(r auth.Record) error {
				all = append(all, r)
				return nil
			}))
		}
		for _, r := range all {
			if r.Err != nil {
				bad++
			}
		}
		if n := len(all); n != 3 || bad != 1 {
			t.Errorf("%s: %d of %d don't open", name, bad, n)
		}
	}
}

// TestRecordsOfOthers: drafts are their user's alone; how the practice works is
// for admins to say.
func TestRecordsOfOthers(t *testing.T) {
	w := newWorld(t)
	ben := w.ben()
	var annas string
	w.must(w.changeRecords(w.anna, func(tx *auth.RecordTx) error {
		annas = tx.Mine()
		_, err := tx.Put(auth.TableDraft, auth.Record{ID: annas, Plain: []byte("half a na")})
		return err
	}))
	w.must(ben.ReadRecords(w.ctx, func(r *auth.RecordReader) error {
		_, err := r.Get(auth.TableDraft, annas)
		w.refused(err, auth.ErrForbidden)
		w.refused(r.Each(auth.TableDraft, func(auth.Record) error { return nil }), auth.ErrForbidden)
		_, err = r.Get(auth.TableDraft, r.Mine())
		w.refused(err, auth.ErrNotFound)
		return nil
	}))
	for _, table := range []auth.RecordTable{auth.TableDraft, auth.TableDetail} {
		w.refused(w.changeRecords(ben, func(tx *auth.RecordTx) error {
			_, err := tx.Put(table, auth.Record{ID: annas})
			return err
		}), auth.ErrForbidden)
	}
	w.must(w.changeRecords(w.anna, func(tx *auth.RecordTx) error {
		_, err := tx.Put(auth.TableDetail, auth.Record{ID: "practice", Plain: []byte("x")})
		return err
	}))
}

// TestChanges: who reads them learns of every record that was written since, or
// that too many were.
func TestChanges(t *testing.T) {
	w := newWorld(t)
	changes := func(after int64) (all []auth.ChangeRow, last int64, whole bool) {
		t.Helper()
		w.must(w.anna.ReadRecords(w.ctx, func(r *auth.RecordReader) (err error) {
			all, last, whole, err = r.Changes(after)
			return err
		}))
		return all, last, whole
	}
	if all, last, whole := changes(0); len(all) != 0 || last != 0 || !whole {
		t.Errorf("%v, %d, %v", all, last, whole)
	}
	w.put("p1", "Ola")
	w.put("p2", "Kari")
	all, last, whole := changes(1)
	if len(all) != 1 || all[0].ID != "p2" || all[0].Table != patient || last != 2 || !whole {
		t.Errorf("%v, %d, %v", all, last, whole)
	}
	w.refused(w.changeRecords(w.anna, func(tx *auth.RecordTx) error {
		if _, err := tx.Put(patient, auth.Record{ID: "p3"}); err != nil {
			return err
		}
		return auth.ErrConflict
	}), auth.ErrConflict)
	if _, last, _ := changes(2); last != 2 {
		t.Error("what was not written is a change")
	}
	w.fill(200)
	if _, last, whole := changes(2); last < 190 || whole {
		t.Errorf("after many: %d, %v", last, whole)
	}
	if _, _, whole := changes(1000); whole {
		t.Error("those of another history")
	}
}

// TestBatch: what an import stages nobody sees before its end, also after new
// keys; its rows prove which import they came by.
func TestBatch(t *testing.T) {
	w := newWorld(t)
	w.put("p", "Grete")
	b, err := w.anna.NewBatch(w.ctx)
	w.must(err)
	w.must(b.Add(w.ctx, []auth.Record{{ID: "i1", Plain: []byte("Ola")}, {ID: "i2", Plain: []byte("Kari")}}))
	count := func() (n int) {
		t.Helper()
		w.must(w.anna.EachRecord(w.ctx, patient, func(r auth.Record) error {
			w.must(r.Err)
			n++
			return nil
		}))
		return n
	}
	if count() != 1 {
		t.Error("what is staged is seen")
	}
	_, err = w.anna.Record(w.ctx, patient, "i1")
	w.refused(err, auth.ErrNotFound)

	staged := w.memory.Rows()
	for name, change := range map[string]func(*auth.RecordRow){
		"came by itself": func(r *auth.RecordRow) { r.Batch = "" },
		"another import": func(r *auth.RecordRow) { r.Batch = "x" },
	} {
		w.memory.Put(staged)
		w.putRecords(func(rows *authtest.Rows) { change(recordRow(*rows, "i1")) })
		if _, err := w.anna.Record(w.ctx, patient, "i1"); !errors.Is(err, auth.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.memory.Put(staged)
	w.putRecords(func(rows *authtest.Rows) { // the import says that it is done
		for i, r := range rows.Records {
			if r.Table == auth.TableBatch {
				rows.Records[i].Sealed = bytes.Repeat([]byte{1}, len(r.Sealed))
			}
		}
	})
	if n := count(); n != 3 {
		t.Errorf("of a damaged import %d patients are left", n)
	}
	w.memory.Put(staged)
	added, err := b.Commit(w.ctx)
	w.must(err)
	if count() != 3 || added != 2 {
		t.Error("what was imported is not seen")
	}
	done := w.memory.Rows()
	w.putRecords(func(rows *authtest.Rows) {
		rows.Records = slices.DeleteFunc(rows.Records, func(r auth.RecordRow) bool { return r.Table == auth.TableBatch })
	})
	damaged := 0
	w.must(w.anna.EachRecord(w.ctx, patient, func(r auth.Record) error {
		if errors.Is(r.Err, auth.ErrDamaged) {
			damaged++
		}
		return nil
	}))
	if _, err := w.anna.Record(w.ctx, patient, "i1"); damaged != 2 || !errors.Is(err, auth.ErrDamaged) {
		t.Errorf("of an import that was taken out %d patients say so, %v", damaged, err)
	}
	w.memory.Put(done)
	_, err = b.Commit(w.ctx)
	w.refused(err, auth.ErrConflict)
	if e := w.newest(); e.Event != auth.EventImported || e.Detail != "2 patients" || e.By != "Anna Smith (asmith)" {
		t.Errorf("%+v", e)
	}
}

// TestBatchRemoved: an import whose rows somebody else removed, because it was
// taken for aborted, stages no more that nobody would remove; what is left all
// the same goes with it.
func TestBatchRemoved(t *testing.T) {
	w := newWorld(t)
	before := len(w.memory.Rows().Records)
	first, err := w.anna.NewBatch(w.ctx)
	w.must(err)
	w.must(first.Add(w.ctx, []auth.Record{{ID: "i1", Plain: []byte("Ola")}}))
	second, err := w.anna.NewBatch(w.ctx) // it is at one at a time
	w.must(err)
	w.refused(first.Add(w.ctx, []auth.Record{{ID: "i2", Plain: []byte("Kari")}}), auth.ErrConflict)
	_, err = first.Commit(w.ctx)
	w.refused(err, auth.ErrConflict)
	w.must(first.Discard(w.ctx))
	w.must(second.Add(w.ctx, []auth.Record{{ID: "i3", Plain: []byte("Per")}}))
	w.putRecords(func(rows *authtest.Rows) {
		rows.Records = slices.DeleteFunc(rows.Records, func(r auth.RecordRow) bool { return r.Table == auth.TableBatch })
	})
	w.must(second.Discard(w.ctx))
	if n := len(w.memory.Rows().Records); n != before {
		t.Errorf("%d records left", n-before)
	}
}
