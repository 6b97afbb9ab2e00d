package store

import (
	"crypto/rand"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/totp"
)

// BenchmarkChange compares one confirmed change of the register with a bare
// SQLite commit of as many bytes, in turn, and reports the ratio of their 95th
// percentiles (budget: 1.5).
func BenchmarkChange(b *testing.B) {
	dir := b.TempDir()
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	deps, err := depsIn(dir, func() time.Time { return now })
	if err != nil {
		b.Fatal(err)
	}
	deps.Keyring = authtest.NewKeyring() // what a real one costs is not ours
	p, s, err := auth.SetUp(b.Context(), deps, auth.SetUpForm{Practice: "Clinic", Name: "Anna Smith", Username: "asmith", Password: password})
	if err != nil {
		b.Fatal(err)
	}
	defer p.Close()
	bare, err := openDatabase(filepath.Join(dir, "bare.db"))
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
		ours = append(ours, timed(b, func() error { return s.SawNews(b.Context(), 1) }))
		rand.Read(content) // SQLite does not write what has not changed
		theirs = append(theirs, timed(b, func() error {
			_, err := bare.write.Exec("UPDATE t SET x = $1 WHERE id = 1", content)
			return err
		}))
	}
	b.ReportMetric(p95(ours).Seconds()*1000, "change-p95-ms")
	b.ReportMetric(p95(theirs).Seconds()*1000, "bare-p95-ms")
	b.ReportMetric(p95(ours).Seconds()/p95(theirs).Seconds(), "ratio")
}

// BenchmarkSignIn times the steps of a sign-in besides argon2id (its cheapest
// cost is used) and with a keyring of files.
func BenchmarkSignIn(b *testing.B) {
	dir := b.TempDir()
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	secret := twoFactorPractice(b, dir, now)
	deps, err := depsIn(dir, func() time.Time { return now })
	if err != nil {
		b.Fatal(err)
	}
	p, err := auth.Open(b.Context(), deps)
	if err != nil {
		b.Fatal(err)
	}
	defer p.Close()
	var passwords, codes, outs []time.Duration
	for b.Loop() {
		now = now.Add(totp.Period)
		a := p.NewAttempt()
		var state auth.State
		passwords = append(passwords, timed(b, func() (err error) {
			_, err = a.Password(b.Context(), "asmith", password)
			return err
		}))
		codes = append(codes, timed(b, func() (err error) {
			state, err = a.Code(b.Context(), totp.Code(secret, totp.StepAt(now)))
			return err
		}))
		outs = append(outs, timed(b, func() error { return state.Session.SignOut(b.Context()) }))
	}
	b.ReportMetric(median(passwords).Seconds()*1000, "password-ms")
	b.ReportMetric(median(codes).Seconds()*1000, "code-ms")
	b.ReportMetric(median(outs).Seconds()*1000, "sign-out-ms")
}

// BenchmarkUnlink gives a practice of 100,000 patients new keys: each record is
// opened and sealed anew (budget: 10 s).
func BenchmarkUnlink(b *testing.B) {
	const patients = 100_000
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	two := newTwoComputers(b, b.TempDir(), now)
	batch := map[string][]byte{}
	for range patients {
		plain := make([]byte, 600)
		rand.Read(plain)
		batch[rand.Text()] = plain
	}
	if err := authtest.PutPatients(b.Context(), two.session, batch); err != nil {
		b.Fatal(err)
	}
	var all []time.Duration
	for b.Loop() {
		all = append(all, timed(b, func() error { return two.session.Unlink(b.Context(), two.other, nil) }))
		b.StopTimer()
		two.linkOther()
		b.StartTimer()
	}
	b.ReportMetric(median(all).Seconds(), "unlink-s")
}

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

func timed(b *testing.B, fn func() error) time.Duration {
	b.Helper()
	start := time.Now()
	if err := fn(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func percentile(d []time.Duration, n int) time.Duration {
	slices.Sort(d)
	return d[len(d)*n/100]
}

func p95(d []time.Duration) time.Duration    { return percentile(d, 95) }
func median(d []time.Duration) time.Duration { return percentile(d, 50) }
