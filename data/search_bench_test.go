package data

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"
)

// today of the tests.
var testToday = Date{2026, 11, 20}

func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			all := invent(n)
			asked := keys(typed(all))
			before := liveBytes()
			start := time.Now()
			x := NewIndex()
			for some := range slices.Chunk(all, 5_000) {
				x.PutAll(some)
			}
			fill := time.Since(start)
			bytes := liveBytes() - before
			var times []time.Duration
			for b.Loop() {
				for _, text := range asked {
					start := time.Now()
					x.Search(text, 50, testToday, DayFirst)
					times = append(times, time.Since(start))
				}
			}
			p50, p95 := percentiles(times)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(p50, "ms/key-p50")
			b.ReportMetric(p95, "ms/key-p95")
			b.ReportMetric(fill.Seconds(), "s-fill")
			b.ReportMetric(float64(bytes)/float64(n), "B/patient")
			runtime.KeepAlive(all)
		})
	}
}

func liveBytes() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// percentiles are the 50th and 95th of times, in ms.
func percentiles(times []time.Duration) (p50, p95 float64) {
	slices.Sort(times)
	at := func(part float64) float64 {
		return times[int(part*float64(len(times)-1))].Seconds() * 1_000
	}
	return at(0.50), at(0.95)
}

func TestWorst(t *testing.T) {
	all := invent(1000000)
	asked := keys(typed(all))
	x := NewIndex()
	x.PutAll(all)
	for range 2 {
		type one struct {
			q string
			d time.Duration
			n int
		}
		var l []one
		for _, text := range asked {
			start := time.Now()
			n := len(x.Search(text, 50, testToday, DayFirst))
			l = append(l, one{text, time.Since(start), n})
		}
		slices.SortFunc(l, func(a, b one) int { return int(b.d - a.d) })
		for _, o := range l[:30] {
			fmt.Printf("%q %v %d\n", o.q, o.d, o.n)
		}
	}
}
