//go:build postgres

package desk

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/demo"
	"anteroom/data/store"
)

// BenchmarkDesksOnPostgres and BenchmarkDesksOnSQLite are many desks on one database, the
// second one as so many windows of one computer: each books once every two seconds
// (budget: 100 ms at 50 desks, p95, and none refused), then as often as it can.
func BenchmarkDesksOnPostgres(b *testing.B) { benchmarkDesks(b, inMemory) }

func BenchmarkDesksOnSQLite(b *testing.B) { benchmarkDesks(b, onSQLite) }

func onSQLite(t testing.TB) auth.Location {
	f, err := store.At(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// BenchmarkDesksOpenOnPostgres and BenchmarkDesksOpenOnSQLite are BenchmarkOpen, the first one
// behind a network of 1 Gbit/s (budget: 1.5).
func BenchmarkDesksOpenOnPostgres(b *testing.B) { benchmarkOpen(b, onWire, 100_000) }

func BenchmarkDesksOpenOnSQLite(b *testing.B) { benchmarkOpen(b, onSQLite, 100_000) }

func benchmarkDesks(b *testing.B, place func(testing.TB) auth.Location) {
	for _, n := range []int{1, 5, 20, 50} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				s := newShift(b, place(b), n)
				calm := s.book(8*time.Second, 2*time.Second)
				busy := s.book(4*time.Second, 0)
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(percentile(calm, 50).Seconds()*1000, "ms-p50")
				b.ReportMetric(percentile(calm, 95).Seconds()*1000, "ms-p95")
				b.ReportMetric(float64(len(busy))/4, "busy/s")
				b.ReportMetric(percentile(busy, 95).Seconds()*1000, "ms-busy-p95")
				b.ReportMetric(float64(s.refused.Load()), "refused")
			}
		})
	}
}

// shift are the desks that work at once.
type shift struct {
	*clinic
	patients []data.Patient
	desks    []*Desk
	next     atomic.Int64 // the time that is still free
	refused  atomic.Int64
}

func newShift(b *testing.B, location auth.Location, n int) *shift {
	s := &shift{clinic: newClinic(b, location), patients: slices.Collect(demo.Patients(500, 1))}
	s.must(s.anna.Fill(s.ctx, twoPractitioners(), s.patients, manyDays(3*perDay, s.patients)))
	for i := range n {
		p, err := auth.Open(s.ctx, s.deps)
		s.must(err)
		b.Cleanup(func() { p.Close() })
		state, err := p.NewAttempt().Password(s.ctx, "bjones", bensPassword)
		s.must(err)
		d := NewMemory(s.clock.Now, data.DayFirst).Join(state.Session)
		s.must(d.Sync(s.ctx))
		_, err = d.Book(s.ctx, inTheEvening(i, s.patients), false) // the queries are prepared
		s.must(err)
		s.desks = append(s.desks, d)
	}
	s.next.Store(int64(n))
	return s
}

// book lets each desk book for a time, once in every pause, and says how long each took.
func (s *shift) book(length, pause time.Duration) (took []time.Duration) {
	end := time.Now().Add(length)
	var mu sync.Mutex
	var all sync.WaitGroup
	for _, d := range s.desks {
		all.Go(func() {
			next := time.Now().Add(time.Duration(rand.Float64() * float64(pause)))
			for next.Before(end) {
				time.Sleep(time.Until(next))
				start := time.Now()
				_, err := d.Book(s.ctx, inTheEvening(int(s.next.Add(1)), s.patients), false)
				if err != nil {
					s.refused.Add(1)
				}
				mu.Lock()
				took = append(took, time.Since(start))
				mu.Unlock()
				next = next.Add(max(pause, time.Since(next)))
			}
		})
	}
	all.Wait()
	return took
}
