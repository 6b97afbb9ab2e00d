package auth_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
)

// csvTable writes a table as it comes.
type csvTable struct{ *csv.Writer }

func table(w io.Writer) csvTable {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	return csvTable{out}
}

func (t csvTable) Row(cells []string) error { return t.Write(cells) }

func (t csvTable) Flush() error {
	t.Writer.Flush()
	return t.Error()
}

// export is what Anna takes out, and how many entries that is said to be.
func (w *world) export(f auth.ActivityFilter) (text string, count int64) {
	w.t.Helper()
	var out bytes.Buffer
	count, err := w.anna.ExportActivity(w.ctx, f, table(&out), nil)
	w.must(err)
	return out.String(), count
}

// newest is the newest entry of the log.
func (w *world) newest() auth.ActivityEntry {
	w.t.Helper()
	page, err := w.anna.Activity(w.ctx, auth.ActivityFilter{}, 0, 1)
	w.must(err)
	return page.Entries[0]
}

// TestExport has the entries as they are, the oldest first, in local time.
func TestExport(t *testing.T) {
	in(t, "America/St_Johns")
	w := newWorld(t)
	w.stepUp(w.anna, annaPassword, nil)
	w.clock.Advance(2 * time.Minute)
	from := w.clock.Now()
	text := `she said "ü, é"`
	details := []string{"=1+1", "-2m0s", text, "", "x; y-z"}
	anna := w.idOf("Anna Smith")
	w.must(auth.FillLog(w.ctx, w.practice, len(details), func(i int) auth.Entry {
		return auth.Entry{At: from, Event: auth.EventRenamed, By: anna, Detail: details[i]}
	}))
	n := len(w.memory.Rows().Activity)
	got, count := w.export(auth.ActivityFilter{From: from})
	if count != int64(len(details)) {
		t.Errorf("%d entries", count)
	}
	lines := strings.Split(got, "\r\n")
	if lines[0] != "number,time,event,by,whom,computer,detail" || lines[len(lines)-1] != "" || len(lines) != len(details)+2 {
		t.Fatalf("%q", lines)
	}
	for i, want := range []string{"=1+1", "-2m0s", `"she said ""ü, é"""`, "", "x; y-z"} {
		want = strconv.Itoa(n-len(details)+i+1) + ",2026-11-24T04:32:00-03:30,practice renamed,Anna Smith (asmith),,reception," + want
		if lines[i+1] != want {
			t.Errorf("%q, want %q", lines[i+1], want)
		}
	}
	if e := w.newest(); e.Event != auth.EventActivityExported || e.By != "Anna Smith (asmith)" || e.Detail != fmt.Sprintf("some of %d entries", n) || e.Computer != "reception" {
		t.Errorf("%+v", e)
	}
	records, err := csv.NewReader(strings.NewReader(got)).ReadAll()
	w.must(err)
	if records[3][6] != text {
		t.Errorf("%q", records[3])
	}
}

// TestExportWhole: all entries, over several pages, and how far it is; not the
// note of it.
func TestExportWhole(t *testing.T) {
	w := newLongWorld(t, 12_000)
	w.stepUp(w.anna, annaPassword, nil)
	want := len(w.memory.Rows().Activity)
	var out bytes.Buffer
	var done []int
	count, err := w.anna.ExportActivity(w.ctx, auth.ActivityFilter{}, table(&out), func(n, total int) {
		if done = append(done, n); total != want {
			t.Errorf("%d of %d", n, total)
		}
	})
	w.must(err)
	if lines := strings.Count(out.String(), "\r\n"); int(count) != want || lines != want+1 {
		t.Errorf("%d entries, %d lines, want %d", count, lines, want)
	}
	if len(done) < 3 || !slices.IsSorted(done) || done[len(done)-1] != want {
		t.Errorf("progress %d", done)
	}
	text, count := w.export(auth.ActivityFilter{Person: "x"})
	if count != 0 || strings.Count(text, "\n") != 1 || w.newest().Detail != fmt.Sprintf("some of %d entries", want+1) {
		t.Errorf("%d: %q; %+v", count, text, w.newest())
	}
}

// untouched is a writer that nobody may write to.
type untouched struct{ t *testing.T }

func (u untouched) Write(b []byte) (int, error) {
	u.t.Errorf("wrote %q", b)
	return len(b), nil
}

// TestExportNeedsStepUp: without it, or without being an admin, not a byte is
// written and nothing noted.
func TestExportNeedsStepUp(t *testing.T) {
	w := newWorld(t)
	ben := w.ben()
	w.must(ben.StepUp(w.ctx, benPassword, ""))
	before := w.memory.Rows()
	_, err := ben.ExportActivity(w.ctx, auth.ActivityFilter{}, table(untouched{t}), nil)
	w.refused(err, auth.ErrForbidden)
	w.clock.Advance(time.Hour)
	_, err = w.anna.ExportActivity(w.ctx, auth.ActivityFilter{}, table(untouched{t}), nil)
	w.refused(err, auth.ErrStepUp)
	w.unchanged(before)
}

// writerFunc is a writer.
type writerFunc func(b []byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// TestExportHalfWay: it is noted, whatever kept the rest back.
func TestExportHalfWay(t *testing.T) {
	full := errors.New("no room")
	for name, c := range map[string]struct {
		begin func(w *world, cancel func()) io.Writer
		want  error
	}{
		"no room": {func(*world, func()) io.Writer {
			written := 0
			return writerFunc(func(b []byte) (int, error) {
				if written += len(b); written > 300_000 {
					return 0, full
				}
				return len(b), nil
			})
		}, full},
		"called off": {func(_ *world, cancel func()) io.Writer {
			written := 0
			return writerFunc(func(b []byte) (int, error) {
				if written += len(b); written > 1000 {
					cancel()
				}
				return len(b), nil
			})
		}, context.Canceled},
		"signed out": {func(w *world, _ func()) io.Writer {
			written, once := 0, w.anna
			return writerFunc(func(b []byte) (int, error) {
				if written += len(b); written > 1000 && once != nil {
					err := once.SignOut(w.ctx)
					once = nil
					return len(b), err
				}
				return len(b), nil
			})
		}, auth.ErrSessionEnded},
	} {
		t.Run(name, func(t *testing.T) {
			w := newLongWorld(t, 12_000)
			w.stepUp(w.anna, annaPassword, nil)
			ctx, cancel := context.WithCancel(w.ctx)
			defer cancel()
			count, err := w.anna.ExportActivity(ctx, auth.ActivityFilter{}, table(c.begin(w, cancel)), nil)
			w.refused(err, c.want)
			w.signInAnna(nil)
			all, _ := w.found(auth.ActivityFilter{Kind: auth.KindData}, 1)
			if count < 5000 || count > 10_000 || all[0].Event != auth.EventActivityExported || all[0].By != "Anna Smith (asmith)" {
				t.Errorf("%d, %+v", count, all[0])
			}
		})
	}
}

// TestExportIsNotedFirst: whoever ends the program half-way was noted before.
func TestExportIsNotedFirst(t *testing.T) {
	w := newWorld(t)
	w.stepUp(w.anna, annaPassword, nil)
	n := len(w.memory.Rows().Activity)
	full := errors.New("no room")
	_, err := w.anna.ExportActivity(w.ctx, auth.ActivityFilter{}, table(writerFunc(func([]byte) (int, error) {
		if e := w.newest(); e.Event != auth.EventActivityExported || e.Detail != fmt.Sprintf("%d entries", n) {
			t.Errorf("%+v", e)
		}
		return 0, full
	})), nil)
	w.refused(err, full)
}
