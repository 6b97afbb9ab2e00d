package conform

import (
	"crypto/rand"
	"slices"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/totp"
)

// BenchmarkSignIn times the steps of a sign-in besides argon2id (its cheapest
// cost is used) and with a keyring of files.
func BenchmarkSignIn(b *testing.B, e Engine) {
	c := newClinic(b, e)
	secret := c.turnOn()
	var passwords, codes, outs []time.Duration
	for b.Loop() {
		c.now = c.now.Add(totp.Period)
		a := c.p.NewAttempt()
		var state auth.State
		passwords = append(passwords, Timed(b, func() (err error) {
			_, err = a.Password(b.Context(), "asmith", password)
			return err
		}))
		codes = append(codes, Timed(b, func() (err error) {
			state, err = a.Code(b.Context(), totp.Code(secret, totp.StepAt(c.now)))
			return err
		}))
		outs = append(outs, Timed(b, func() error { return state.Session.SignOut(b.Context()) }))
	}
	b.ReportMetric(Percentile(passwords, 50).Seconds()*1000, "password-ms")
	b.ReportMetric(Percentile(codes, 50).Seconds()*1000, "code-ms")
	b.ReportMetric(Percentile(outs, 50).Seconds()*1000, "sign-out-ms")
}

// BenchmarkUnlink gives a practice of 100,000 patients new keys: each record is
// opened and sealed again (budget: 10 s).
func BenchmarkUnlink(b *testing.B, e Engine) {
	const patients = 100_000
	two := newTwoComputers(b, e)
	batch := map[string][]byte{}
	for range patients {
		plain := make([]byte, 600)
		rand.Read(plain)
		batch[rand.Text()] = plain
	}
	two.must(authtest.PutPatients(b.Context(), two.anna, batch))
	var all []time.Duration
	for b.Loop() {
		all = append(all, Timed(b, func() error { return two.anna.Unlink(b.Context(), two.other, nil) }))
		b.StopTimer()
		two.linkOther()
		b.StartTimer()
	}
	b.ReportMetric(Percentile(all, 50).Seconds(), "unlink-s")
}

// Timed is how long something takes, which must not fail.
func Timed(b *testing.B, fn func() error) time.Duration {
	b.Helper()
	start := time.Now()
	if err := fn(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

// Percentile is the n-th percentile of durations, which it sorts.
func Percentile(d []time.Duration, n int) time.Duration {
	slices.Sort(d)
	return d[len(d)*n/100]
}
