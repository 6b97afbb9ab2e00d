package store

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"anteroom/auth"
)

// TestRecords holds the table against a map: what is written is read back, by
// id and page by page; who did not read the version that is there gets a conflict.
func TestRecords(t *testing.T) {
	_, s := openTest(t)
	rapid.Check(t, func(t *rapid.T) {
		stop := errors.New("stop")
		err := s.Update(t.Context(), func(tx auth.Tx) error {
			model := map[string]auth.RecordRow{}
			id := rapid.SampledFrom([]string{"a", "B", "aa", "é", "Z", "'", "%", "\U0001F600"})
			for range rapid.IntRange(0, 40).Draw(t, "writes") {
				row := auth.RecordRow{
					Table: auth.TablePatient, ID: id.Draw(t, "id"),
					Version: rapid.Int64Range(1, 4).Draw(t, "version"), Sealed: rapid.SliceOfN(rapid.Byte(), 1, 9).Draw(t, "sealed"),
				}
				read := rapid.Int64Range(0, 4).Draw(t, "read")
				err := tx.PutRecord(row, read)
				if model[row.ID].Version != read {
					if !errors.Is(err, auth.ErrConflict) {
						t.Fatalf("%q of version %d was written by who read %d: %v", row.ID, model[row.ID].Version, read, err)
					}
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				model[row.ID] = row
			}
			compare(t, tx, model, rapid.IntRange(1, 5).Draw(t, "page"))
			return stop
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
	})
}

func compare(t *rapid.T, r auth.Reader, model map[string]auth.RecordRow, page int) {
	want := slices.Sorted(maps.Keys(model))
	if n, err := r.CountRecords(auth.TablePatient); err != nil || n != len(want) {
		t.Fatalf("%d records, want %d: %v", n, len(want), err)
	}
	var got []string
	for after := ""; ; after = got[len(got)-1] {
		rows, err := r.Records(auth.TablePatient, after, page)
		if err != nil || len(rows) > page || len(got) > len(want) {
			t.Fatalf("a page of %d: %v", len(rows), err)
		}
		for _, row := range rows {
			one, err := r.Record(auth.TablePatient, row.ID)
			if a, b, c := fmt.Sprint(row), fmt.Sprint(one), fmt.Sprint(model[row.ID]); err != nil || a != c || b != c {
				t.Fatalf("%s, %s, want %s: %v", a, b, c, err)
			}
			got = append(got, row.ID)
		}
		if len(rows) == 0 {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("pages of %d have %q, want %q", page, got, want)
	}
}

// TestNoRecord: what is not there is not found; a table that auth does not
// list is none, whatever it is called.
func TestNoRecord(t *testing.T) {
	_, s := openTest(t)
	err := s.Update(t.Context(), func(tx auth.Tx) error {
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
	if err != nil {
		t.Fatal(err)
	}
}

// TestActivityPages reads the log page by page.
func TestActivityPages(t *testing.T) {
	_, s := openTest(t) // has entry 1
	err := s.Update(t.Context(), func(tx auth.Tx) error {
		var errs []error
		for seq := range int64(9) {
			errs = append(errs, tx.AppendActivity(auth.ActivityRow{Seq: seq + 2, Sealed: []byte{byte(seq)}, Chain: []byte{1, byte(seq)}}))
		}
		return errors.Join(errs...)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		after int64
		limit int
		want  []int64
	}{{0, 3, []int64{1, 2, 3}}, {3, 4, []int64{4, 5, 6, 7}}, {7, 100, []int64{8, 9, 10}}, {10, 5, nil}} {
		got := seqsOf(t, s, func(r auth.Reader) ([]auth.ActivityRow, error) { return r.Activity(c.after, c.limit) })
		if !slices.Equal(got, c.want) {
			t.Errorf("after %d: %d, want %d", c.after, got, c.want)
		}
	}
	for _, c := range []struct {
		before int64
		limit  int
		want   []int64
	}{{math.MaxInt64, 3, []int64{10, 9, 8}}, {8, 4, []int64{7, 6, 5, 4}}, {4, 100, []int64{3, 2, 1}}, {1, 5, nil}} {
		got := seqsOf(t, s, func(r auth.Reader) ([]auth.ActivityRow, error) { return r.ActivityBefore(c.before, c.limit) })
		if !slices.Equal(got, c.want) {
			t.Errorf("before %d: %d, want %d", c.before, got, c.want)
		}
	}
}

// seqsOf are the numbers of a page of TestActivityPages' entries.
func seqsOf(t *testing.T, s auth.Store, read func(auth.Reader) ([]auth.ActivityRow, error)) (seqs []int64) {
	t.Helper()
	err := s.View(t.Context(), func(r auth.Reader) error {
		page, err := read(r)
		for _, a := range page {
			seqs = append(seqs, a.Seq)
			if a.Seq > 1 && (a.Sealed[0] != byte(a.Seq-2) || a.Chain[1] != byte(a.Seq-2)) {
				t.Errorf("entry %d is %+v", a.Seq, a)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return seqs
}

// TestCutActivity takes the end of the log away, and nothing else.
func TestCutActivity(t *testing.T) {
	_, s := openTest(t) // has entry 1
	err := s.Update(t.Context(), func(tx auth.Tx) error {
		return errors.Join(
			tx.AppendActivity(auth.ActivityRow{Seq: 2, Sealed: []byte("x"), Chain: []byte("x")}),
			tx.AppendActivity(auth.ActivityRow{Seq: 9, Sealed: []byte("x"), Chain: []byte("x")}),
			tx.CutActivity(1),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.View(t.Context(), func(r auth.Reader) error {
		page, err := r.Activity(0, 10)
		if len(page) != 1 || page[0].Seq != 1 {
			t.Errorf("left: %+v", page)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDeleteEnvelopes(t *testing.T) {
	_, s := openTest(t)
	err := s.Update(t.Context(), func(tx auth.Tx) error {
		err1 := tx.DeleteEnvelopes()
		none, err2 := tx.Envelopes()
		err3 := tx.PutEnvelope(auth.Envelope{Kind: auth.HolderLink, Holder: "l", Sealed: []byte("x")})
		one, err4 := tx.Envelopes()
		if len(none) != 0 || len(one) != 1 || one[0].Kind != auth.HolderLink {
			t.Errorf("%v, then %v", none, one)
		}
		return errors.Join(err1, err2, err3, err4)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestErrorsOfTheCaller: what somebody says of a record is no word about the file.
func TestErrorsOfTheCaller(t *testing.T) {
	_, s := openTest(t)
	if err := s.Update(t.Context(), func(tx auth.Tx) error {
		return tx.PutRecord(auth.RecordRow{Table: auth.TablePatient, ID: "a", Version: 1, Sealed: []byte{1}}, 0)
	}); err != nil {
		t.Fatal(err)
	}
	theirs := errors.New("enough")
	err := s.View(t.Context(), func(r auth.Reader) error {
		err := r.EachRecord(auth.TablePatient, func(auth.RecordRow) error { return theirs })
		if err != theirs { //nolint:errorlint // as it is
			t.Errorf("got %v", err)
		}
		return err
	})
	if !errors.Is(err, theirs) || errors.Is(err, auth.ErrDamaged) {
		t.Errorf("got %v", err)
	}
}
