package desk

import (
	"context"
	"slices"
	"testing"
	"time"

	"anteroom/data"
	"anteroom/data/demo"
)

// BenchmarkImport stages 100,000 patients and makes them count, while somebody
// else books one appointment after the other in another window (budget: none of
// them waits for more than 200 ms).
func BenchmarkImport(b *testing.B) {
	const n, step = 100_000, 1000
	c := newClinic(b, onDisk(b))
	c.practitioners()
	p := c.patient("Ola Nordmann")
	all := slices.Collect(demo.Patients(n, 1))
	var waits []time.Duration
	var took, commit time.Duration
	for b.Loop() {
		ctx, stop := context.WithCancel(c.ctx)
		ended := make(chan []time.Duration)
		go func() { ended <- c.bookUntil(ctx, p) }()
		start := time.Now()
		i, err := c.anna.NewImport(c.ctx)
		c.must(err)
		for some := range slices.Chunk(all, step) {
			c.must(i.Add(c.ctx, some))
		}
		before := time.Now()
		_, err = i.Commit(c.ctx)
		c.must(err)
		commit, took = time.Since(before), time.Since(start)
		stop()
		waits = append(waits, <-ended...)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(took.Seconds(), "s-import")
	b.ReportMetric(commit.Seconds()*1000, "ms-commit")
	b.ReportMetric(percentile(waits, 50).Seconds()*1000, "ms-other-p50")
	b.ReportMetric(slices.Max(waits).Seconds()*1000, "ms-other-max")
}

// bookUntil has Ben book until ctx ends, and says how long each booking took.
func (c *clinic) bookUntil(ctx context.Context, p data.Patient) (took []time.Duration) {
	for i := 0; ctx.Err() == nil; i++ {
		start := time.Now()
		_, err := c.ben.Book(c.ctx, at(p, "osei", 480+i%600, 5), true)
		took = append(took, time.Since(start))
		if err != nil {
			c.Error(err)
			return took
		}
		time.Sleep(20 * time.Millisecond) // a quick receptionist
	}
	return took
}
