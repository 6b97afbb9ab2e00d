package conform

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"anteroom/auth"
)

// The table is held against a map: what is written is read back, by id and page by page;
// who did not read the version that is there gets a conflict, and nothing was written.
func testRecords(t *testing.T, e Engine) {
	_, s := open(t, e)
	model := map[string]auth.RecordRow{}
	rapid.Check(t, func(t *rapid.T) {
		next, conflict := maps.Clone(model), false
		err := s.Update(context.Background(), func(tx auth.Tx) error {
			for range rapid.IntRange(1, 8).Draw(t, "writes") {
				slip, err := writeOne(t, tx, next)
				conflict = conflict || slip
				if err != nil {
					return err
				}
			}
			if conflict {
				return nil // to be said by Update
			}
			return compare(tx, next, rapid.IntRange(1, 5).Draw(t, "page"))
		})
		switch {
		case conflict && !errors.Is(err, auth.ErrConflict):
			t.Fatalf("a conflict: %v", err)
		case !conflict && err != nil:
			t.Fatal(err)
		case !conflict:
			model = next
		}
		if err := s.View(context.Background(), func(r auth.Reader) error { return compare(r, model, 3) }); err != nil {
			t.Fatal(err)
		}
	})
}

// writeOne writes or removes a record, in the map too, and says whether it did so with
// another version than was there.
func writeOne(t *rapid.T, tx auth.Tx, model map[string]auth.RecordRow) (conflict bool, err error) {
	row := auth.RecordRow{
		Table: auth.TablePatient, ID: rapid.SampledFrom([]string{"a", "B", "aa", "é", "Z", "'", "%", "\U0001F600"}).Draw(t, "id"),
		Version: rapid.Int64Range(1, 4).Draw(t, "version"), Sealed: rapid.SliceOfN(rapid.Byte(), 1, 9).Draw(t, "sealed"),
	}
	if rapid.IntRange(0, 4).Draw(t, "remove") == 0 {
		delete(model, row.ID)
		return false, tx.DeleteRecord(row.Table, row.ID)
	}
	there := model[row.ID].Version
	read := there
	if rapid.IntRange(0, 9).Draw(t, "guess") == 0 {
		read = rapid.Int64Range(0, 4).Draw(t, "read")
	}
	model[row.ID] = row
	return read != there, tx.PutRecord(row, read)
}

func compare(r auth.Reader, model map[string]auth.RecordRow, page int) error {
	want := slices.Sorted(maps.Keys(model))
	if n, err := r.CountRecords(auth.TablePatient); err != nil || n != len(want) {
		return fmt.Errorf("%d records, want %d: %w", n, len(want), err)
	}
	var got []string
	for after := ""; ; after = got[len(got)-1] {
		rows, err := r.Records(auth.TablePatient, after, page)
		if err != nil || len(rows) > page || len(got) > len(want) {
			return fmt.Errorf("a page of %d: %w", len(rows), err)
		}
		for _, row := range rows {
			one, err := r.Record(auth.TablePatient, row.ID)
			if a, b, c := fmt.Sprint(row), fmt.Sprint(one), fmt.Sprint(model[row.ID]); err != nil || a != c || b != c {
				return fmt.Errorf("%s, %s, want %s: %w", a, b, c, err)
			}
			got = append(got, row.ID)
		}
		if len(rows) == 0 {
			break
		}
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("pages of %d have %q, want %q", page, got, want)
	}
	return nil
}

// Ids come in the order of their bytes, whatever language the engine was set up in.
func testOrderOfBytes(t *testing.T, e Engine) {
	_, s := open(t, e)
	want := []string{"B", "Z", "a", "aa", "b", "É", "é"}
	update(t, s, func(tx auth.Tx) error {
		var errs []error
		for _, i := range []int{5, 0, 3, 6, 1, 4, 2} {
			errs = append(errs, tx.PutRecord(patient(want[i], 1), 0))
		}
		return errors.Join(errs...)
	})
	view(t, s, func(r auth.Reader) error {
		var got []string
		err := r.EachRecord(auth.TablePatient, func(row auth.RecordRow) error {
			got = append(got, row.ID)
			return nil
		})
		if !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
		return err
	})
}

// What is not there is not found; a table that auth does not list is none, whatever it
// is called.
func testNoRecord(t *testing.T, e Engine) {
	_, s := open(t, e)
	update(t, s, func(tx auth.Tx) error {
		if _, err := tx.Record(auth.TablePatient, "nobody"); !errors.Is(err, auth.ErrNotFound) {
			t.Errorf("nobody: %v", err)
		}
		for _, table := range []auth.RecordTable{"", "register", "patient; DROP TABLE patient", "Patient"} {
			_, err1 := tx.Record(table, "a")
			_, err2 := tx.Records(table, "", 1)
			_, err3 := tx.CountRecords(table)
			err4 := tx.PutRecord(auth.RecordRow{Table: table, ID: "a", Version: 1, Sealed: []byte("x")}, 0)
			for i, err := range []error{err1, err2, err3, err4} {
				if err == nil || errors.Is(err, auth.ErrNotFound) || errors.Is(err, auth.ErrDamaged) {
					t.Errorf("table %q, call %d: %v", table, i, err)
				}
			}
		}
		return nil
	})
}

// What somebody says of a record is no word about the database, and others can be read
// meanwhile.
func testEachRecord(t *testing.T, e Engine) {
	_, s := open(t, e)
	update(t, s, func(tx auth.Tx) error {
		return errors.Join(tx.PutRecord(patient("a", 1), 0), tx.PutRecord(patient("b", 1), 0))
	})
	theirs := errors.New("enough")
	err := s.View(t.Context(), func(r auth.Reader) error {
		return r.EachRecord(auth.TablePatient, func(row auth.RecordRow) error {
			if one, err := r.Record(auth.TablePatient, row.ID); err != nil || !bytes.Equal(one.Sealed, row.Sealed) {
				t.Errorf("beside %s: %+v, %v", row.ID, one, err)
			}
			return theirs
		})
	})
	if !errors.Is(err, theirs) || errors.Is(err, auth.ErrDamaged) || errors.Is(err, auth.ErrServer) {
		t.Errorf("got %v", err)
	}
}

// More than two pages or any queue has, of which others are read meanwhile, and which may
// be enough before the end.
func testManyRecords(t *testing.T, e Engine) {
	_, s := open(t, e)
	const many = 10_500
	update(t, s, func(tx auth.Tx) error {
		for i := range many {
			if err := tx.PutRecord(patient(fmt.Sprintf("p%05d", i), 1), 0); err != nil {
				return err
			}
		}
		return nil
	})
	enough := errors.New("enough")
	each := func(r auth.Reader, end int) error {
		n := 0
		err := r.EachRecord(auth.TablePatient, func(row auth.RecordRow) error {
			if want := patient(fmt.Sprintf("p%05d", n), 1); row.ID != want.ID || !bytes.Equal(row.Sealed, want.Sealed) {
				t.Fatalf("%d: %+v", n, row)
			}
			if n++; n == end {
				return enough
			}
			if n%500 > 0 {
				return nil
			}
			_, err := r.Record(auth.TablePatient, fmt.Sprintf("p%05d", many-n))
			return err
		})
		if n != min(end, many) || errors.Is(err, enough) != (n == end) {
			t.Errorf("%d of %d, %v", n, end, err)
		}
		if _, err := r.Record(auth.TablePatient, "p00000"); err != nil {
			t.Errorf("after %d: %v", n, err)
		}
		return nil
	}
	for _, end := range []int{1, many / 2, many + 1} {
		view(t, s, func(r auth.Reader) error { return each(r, end) })
		update(t, s, func(tx auth.Tx) error { return each(tx, end) })
	}
	update(t, s, func(tx auth.Tx) error {
		all, err := tx.Records(auth.TablePatient, "", many+1)
		for _, row := range all {
			row.Version = 2
			err = errors.Join(err, tx.PutRecord(row, 1))
		}
		if len(all) != many {
			t.Errorf("%d", len(all))
		}
		return err
	})
	view(t, s, func(r auth.Reader) error {
		last, err := r.Record(auth.TablePatient, fmt.Sprintf("p%05d", many-1))
		if last.Version != 2 {
			t.Errorf("%+v", last)
		}
		return err
	})
}

// Appointments are found by their time.
func testBetween(t *testing.T, e Engine) {
	_, s := open(t, e)
	appointment := func(id string, starts, ends int64) auth.RecordRow {
		return auth.RecordRow{
			Table: auth.TableAppointment, ID: id, Version: 1, Sealed: []byte("x"),
			Clear: auth.Clear{Starts: starts, Ends: ends, Status: "booked"},
		}
	}
	update(t, s, func(tx auth.Tx) error {
		return errors.Join(tx.PutRecord(appointment("d", 30, 40), 0), tx.PutRecord(appointment("c", 20, 90), 0),
			tx.PutRecord(appointment("b", 20, 25), 0), tx.PutRecord(appointment("a", 10, 15), 0))
	})
	for _, c := range []struct {
		from, to, after int64
		want            []string
	}{{10, 30, -1, []string{"a", "b", "c"}}, {11, 31, -1, []string{"b", "c", "d"}}, {0, 99, 25, []string{"c", "d"}}, {31, 99, -1, nil}} {
		view(t, s, func(r auth.Reader) error {
			rows, err := r.RecordsBetween(c.from, c.to, c.after)
			var got []string
			for _, row := range rows {
				got = append(got, row.ID)
				if row.Clear.Status != "booked" || row.Clear.Ends <= row.Clear.Starts {
					t.Errorf("%+v", row)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%+v: %q", c, got)
			}
			return err
		})
	}
}

// The patients of an import are found, and removed some at a time.
func testBatch(t *testing.T, e Engine) {
	_, s := open(t, e)
	update(t, s, func(tx auth.Tx) error {
		var errs []error
		for i := range 7 {
			row := patient(fmt.Sprint(i), 1)
			if i%2 == 1 {
				row.Batch = "import"
			}
			errs = append(errs, tx.PutRecord(row, 0))
		}
		return errors.Join(errs...)
	})
	update(t, s, func(tx auth.Tx) error {
		page, err := tx.BatchRecords("import", "1", 1)
		if len(page) != 1 || page[0].ID != "3" || page[0].Batch != "import" {
			t.Errorf("%+v", page)
		}
		none, err2 := tx.BatchRecords("", "", 10)
		n, err3 := tx.DeleteBatch("import", 2)
		left, err4 := tx.DeleteBatch("import", 2)
		nobody, err5 := tx.DeleteBatch("", 9)
		if len(none) != 0 || n != 2 || left != 1 || nobody != 0 {
			t.Errorf("%d without an import, removed %d, %d, %d", len(none), n, left, nobody)
		}
		return errors.Join(err, err2, err3, err4, err5)
	})
}

// Changes are numbered without gaps, also where a transaction was undone, and the
// oldest are forgotten.
func testChanges(t *testing.T, e Engine) {
	_, s := open(t, e)
	stop := errors.New("stop")
	const each, times = 1000, 12
	for i := range times {
		update(t, s, func(tx auth.Tx) error {
			var errs []error
			for range each {
				errs = append(errs, tx.NoteChange(auth.TableDraft, fmt.Sprint("d", i)))
			}
			return errors.Join(errs...)
		})
		if err := s.Update(t.Context(), func(tx auth.Tx) error { return errors.Join(tx.NoteChange(auth.TableDraft, "no"), stop) }); !errors.Is(err, stop) {
			t.Fatal(err)
		}
	}
	view(t, s, func(r auth.Reader) error {
		last, err := r.LastChange()
		if last != each*times {
			t.Errorf("the last is %d", last)
		}
		page, err2 := r.Changes(last-3, 2)
		if len(page) != 2 || page[0].Seq != last-2 || page[1].Seq != last-1 || page[0].ID != fmt.Sprint("d", times-1) || page[0].Table != auth.TableDraft {
			t.Errorf("%+v", page)
		}
		return errors.Join(err, err2)
	})
}

// A look is of one moment, whatever others write meanwhile.
func testOneMoment(t *testing.T, e Engine) {
	p, s := open(t, e)
	other, err := e.Again(t, p).Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	view(t, s, func(r auth.Reader) error {
		before, err := r.Register()
		update(t, other, func(tx auth.Tx) error {
			return errors.Join(tx.PutRegister(auth.SealedRow{Version: 2, Sealed: []byte("two")}, 1), tx.PutRecord(patient("a", 1), 0))
		})
		after, err2 := r.Register()
		n, err3 := r.CountRecords(auth.TablePatient)
		if before.Version != after.Version || n != 0 {
			t.Errorf("version %d, then %d; %d patients", before.Version, after.Version, n)
		}
		return errors.Join(err, err2, err3)
	})
	if row := register(t, s); row.Version != 2 {
		t.Errorf("afterwards %+v", row)
	}
}
