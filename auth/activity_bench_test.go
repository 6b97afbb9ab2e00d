package auth_test

import (
	"context"
	"io"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data/store"
)

// BenchmarkActivity reads a log of 1,000,000 entries, a thousand a day, in a
// database on the disk: its first page; a search for what is only at its
// beginning, until the first answer and to the end; the check; the standing;
// the export; and beside them what it takes to read the rows alone.
func BenchmarkActivity(b *testing.B) {
	const entries = 1_000_000
	w, rows := newLongLog(b, entries)
	var plain, first, answer, rare, day, check, standing, export time.Duration
	n := 0
	for b.Loop() {
		n++
		first += took(b, func() error {
			page, err := w.anna.Activity(w.ctx, auth.ActivityFilter{}, 0, 100)
			if len(page.Entries) != 100 {
				b.Fatalf("%d entries", len(page.Entries))
			}
			return err
		})
		plain += took(b, func() error { return readRows(b.Context(), rows) })
		begun := time.Now()
		rare += took(b, func() error {
			found := 0
			for next := int64(0); ; {
				page, err := w.anna.Activity(w.ctx, auth.ActivityFilter{Kind: auth.KindSettings}, next, 100)
				if err != nil {
					return err
				}
				if next == 0 {
					answer += time.Since(begun)
				}
				found += len(page.Entries)
				if next = page.Next; next == 0 {
					break
				}
			}
			if found != 1 {
				b.Fatalf("found %d", found)
			}
			return nil
		})
		day += took(b, func() error {
			from := w.clock.Now().AddDate(0, 0, -7)
			for next := int64(0); ; {
				page, err := w.anna.Activity(w.ctx, auth.ActivityFilter{From: from, Until: from.AddDate(0, 0, 1)}, next, 5000)
				if next = page.Next; err != nil || next == 0 {
					return err
				}
			}
		})
		check += took(b, func() error {
			broken, err := w.anna.VerifyActivity(w.ctx, nil)
			if broken != 0 {
				b.Fatalf("%+v", broken)
			}
			return err
		})
		standing += took(b, func() error { _, err := w.anna.SecurityStatus(w.ctx); return err })
		export += took(b, func() error {
			_, err := w.anna.ExportActivity(w.ctx, auth.ActivityFilter{}, table(io.Discard), nil)
			return err
		})
	}
	for name, d := range map[string]time.Duration{
		"rows-alone-ms": plain, "first-page-ms": first, "search-first-answer-ms": answer, "search-to-the-end-ms": rare, "day-of-last-week-ms": day,
		"verify-ms": check, "standing-ms": standing, "export-ms": export,
	} {
		b.ReportMetric(float64(d.Milliseconds())/float64(n), name)
	}
}

func took(b *testing.B, do func() error) time.Duration {
	b.Helper()
	begun := time.Now()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	return time.Since(begun)
}

// readRows reads all rows of a log, sealed as they are.
func readRows(ctx context.Context, s auth.Store) error {
	for after, more := int64(0), true; more; {
		err := s.View(ctx, func(rd auth.Reader) error {
			page, err := rd.Activity(after, 5000)
			if more = len(page) > 0; more {
				after = page[len(page)-1].Seq
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// newLongLog is a practice on the disk with so many entries, Anna at work, and
// its rows.
func newLongLog(b *testing.B, entries int) (*world, auth.Store) {
	b.Helper()
	w := &world{t: b, ctx: b.Context(), clock: authtest.NewClock(), keyring: authtest.NewKeyring()}
	folder, err := store.At(b.TempDir())
	w.must(err)
	deps := w.deps()
	deps.Location = folder
	w.practice, w.anna, err = auth.SetUp(w.ctx, deps, auth.SetUpForm{
		Practice: "Brook Street", Name: "Anna Smith", Username: "asmith", Password: annaPassword,
	})
	w.must(err)
	b.Cleanup(func() { w.practice.Close() })
	users, err := w.anna.Users(w.ctx)
	w.must(err)
	begun, events := w.clock.Now(), []auth.Event{auth.EventSignIn, auth.EventUnlocked, auth.EventPasswordRefused, auth.EventSignOut}
	at := func(i int) time.Time { return begun.Add(time.Duration(i) * 24 * time.Hour / 1000) }
	w.must(auth.FillLog(w.ctx, w.practice, entries, func(i int) auth.Entry {
		return auth.Entry{At: at(i), Event: events[i%len(events)], By: users[0].ID}
	}))
	w.clock.Advance(at(entries).Sub(begun))
	w.must(w.anna.StepUp(w.ctx, annaPassword, ""))
	rows, err := folder.Open(w.ctx)
	w.must(err)
	b.Cleanup(func() { rows.Close() })
	return w, rows
}
