package store

import (
	"crypto/rand"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data/store/conform"
)

// BenchmarkChange compares one confirmed change of the register with a bare
// SQLite commit of as many bytes, in turn, and reports the ratio of their 95th
// percentiles (budget: 1.5).
func BenchmarkChange(b *testing.B) {
	deps := depsOf(b, time.Now) // what a real keyring costs is not ours
	p, s, err := auth.SetUp(b.Context(), deps, setUpForm)
	if err != nil {
		b.Fatal(err)
	}
	defer p.Close()
	bare, err := openDatabase(filepath.Join(b.TempDir(), "bare.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer bare.Close()
	_, err1 := bare.write.Exec("CREATE TABLE t (id INTEGER PRIMARY KEY, x BLOB)")
	_, err2 := bare.write.Exec("INSERT INTO t VALUES (1, NULL)")
	if err := errors.Join(err1, err2); err != nil {
		b.Fatal(err)
	}
	content := make([]byte, 2048)
	var ours, theirs []time.Duration
	for b.Loop() {
		ours = append(ours, conform.Timed(b, func() error { return s.MarkNewsSeen(b.Context(), 1) }))
		rand.Read(content) // SQLite does not write what has not changed
		theirs = append(theirs, conform.Timed(b, func() error {
			_, err := bare.write.Exec("UPDATE t SET x = $1 WHERE id = 1", content)
			return err
		}))
	}
	b.ReportMetric(p95(ours).Seconds()*1000, "change-p95-ms")
	b.ReportMetric(p95(theirs).Seconds()*1000, "bare-p95-ms")
	b.ReportMetric(p95(ours).Seconds()/p95(theirs).Seconds(), "ratio")
}

// BenchmarkSignIn and BenchmarkUnlink are those of every engine, on SQLite.
func BenchmarkSignIn(b *testing.B) { conform.BenchmarkSignIn(b, engine) }
func BenchmarkUnlink(b *testing.B) { conform.BenchmarkUnlink(b, engine) }

// BenchmarkView is the least that a read costs: a transaction, and two looks
// at whether the file still lies in its place.
func BenchmarkView(b *testing.B) {
	s := benchStore(b)
	for b.Loop() {
		if err := s.View(b.Context(), func(auth.Reader) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}

func benchStore(b testing.TB) auth.Store {
	b.Helper()
	f, err := At(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	s, err := f.Create(b.Context(), fill)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}

func p95(d []time.Duration) time.Duration { return conform.Percentile(d, 95) }
