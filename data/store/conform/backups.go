package conform

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"anteroom/auth"
)

// rowsOf writes down all that a practice has but for changes.
func rowsOf(t *testing.T, s auth.Store) string {
	t.Helper()
	var out bytes.Buffer
	view(t, s, func(r auth.Reader) error {
		p, err1 := r.Practice()
		reg, err2 := r.Register()
		envelopes, err3 := r.Envelopes()
		log, err4 := r.Activity(0, 1_000_000)
		fmt.Fprintln(&out, p, reg, envelopes, log)
		err := errors.Join(err1, err2, err3, err4)
		for _, table := range auth.RecordTables {
			err = errors.Join(err, r.EachRecord(table, func(row auth.RecordRow) error {
				fmt.Fprintln(&out, row)
				return nil
			}))
		}
		return err
	})
	return out.String()
}

// fillMore writes something into every table.
func fillMore(s auth.Store) error {
	return s.Update(context.Background(), func(tx auth.Tx) error {
		var errs []error
		for _, table := range auth.RecordTables {
			for i := range 5 {
				row := auth.RecordRow{Table: table, ID: fmt.Sprintf("%s %d", table, i), Version: int64(i + 1), Sealed: bytes.Repeat([]byte{byte(i), 0, 255}, i+1)}
				switch table {
				case auth.TablePatient:
					row.Batch = fmt.Sprint("import ", i%2)
				case auth.TableAppointment:
					row.Clear = auth.Clear{Starts: int64(i) - 2, Ends: int64(i) << 40, Status: "booked"}
				}
				errs = append(errs, tx.PutRecord(row, 0))
			}
		}
		return errors.Join(errs...)
	})
}

// A backup has every row, as it was at that moment, to the byte.
func testBackup(t *testing.T, e Engine) {
	p, s := open(t, e)
	if err := fillMore(s); err != nil {
		t.Fatal(err)
	}
	want := rowsOf(t, s)
	file, err := s.Backup(t.Context(), auth.BackupOrder{Practice: practice, Now: time.Unix(1e9, 0)})
	if err != nil {
		t.Fatal(err)
	}
	update(t, s, func(tx auth.Tx) error { return tx.PutRecord(patient("later", 1), 0) })
	listed, err := p.Backups("")
	if err != nil || len(listed) != 1 || listed[0].Path != file.Path {
		t.Errorf("listed: %+v, %v", listed, err)
	}
	b, err := p.OpenBackup(t.Context(), file.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if got := rowsOf(t, b); got != want {
		t.Errorf("the backup has\n%s\nwant\n%s", got, want)
	}
	if problems, err := s.Problems(t.Context()); err != nil || len(problems) > 0 {
		t.Errorf("problems: %q, %v", problems, err)
	}
	broken := errors.New("broken")
	_, err = s.Backup(t.Context(), auth.BackupOrder{Practice: practice, Now: time.Unix(2e9, 0), Check: func(auth.Store) error { return broken }})
	if again, _ := p.Backups(""); !errors.Is(err, broken) || len(again) != 1 {
		t.Errorf("one that was not good: %v, %+v", err, again)
	}
}

// What a backup has takes the place of what is there, which stays aside; who has that
// open learns of it.
func testReplace(t *testing.T, e Engine) {
	p, s := open(t, e)
	file, err := s.Backup(t.Context(), auth.BackupOrder{Practice: practice, Now: time.Unix(1e9, 0)})
	if err != nil {
		t.Fatal(err)
	}
	want := rowsOf(t, s)
	update(t, s, func(tx auth.Tx) error { return tx.PutRecord(patient("later", 1), 0) })
	other, err := e.Again(t, p).Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	stop := errors.New("stop")
	if _, _, err := p.Replace(t.Context(), file.Path, func(auth.Store) error { return stop }); !errors.Is(err, stop) {
		t.Fatalf("called off: %v", err)
	}
	stays := func() {
		t.Helper()
		view(t, other, func(r auth.Reader) error { _, err := r.Record(auth.TablePatient, "later"); return err })
	}
	stays()
	if e.KeepsOpen {
		if _, _, err := p.Replace(t.Context(), file.Path, func(auth.Store) error { return nil }); !errors.Is(err, auth.ErrBusy) {
			t.Fatalf("somebody has it open: %v", err)
		}
		stays()
		if err := other.Close(); err != nil {
			t.Fatal(err)
		}
	}

	fresh, aside, err := p.Replace(t.Context(), file.Path, func(auth.Store) error { return nil })
	if err != nil || aside == "" {
		t.Fatalf("%q, %v", aside, err)
	}
	defer fresh.Close()
	if got := rowsOf(t, fresh); got != want {
		t.Errorf("in its place is\n%s\nwant\n%s", got, want)
	}
	if e.KeepsOpen {
		return
	}
	_, err1 := other.DataVersion(t.Context())
	err2 := other.View(t.Context(), func(r auth.Reader) error { _, err := r.Register(); return err })
	err3 := other.Update(t.Context(), func(tx auth.Tx) error { return tx.PutRecord(patient("lost", 1), 0) })
	for i, err := range []error{err1, err2, err3} {
		if !errors.Is(err, auth.ErrReplaced) {
			t.Errorf("who had it open, act %d: %v", i, err)
		}
	}
	if got := rowsOf(t, fresh); got != want {
		t.Errorf("and then\n%s", got)
	}
}
