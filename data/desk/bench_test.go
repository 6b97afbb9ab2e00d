package desk

import (
	"crypto/rand"
	"database/sql"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/demo"
)

// BenchmarkOpen fills the memory from the sealed records: unseal, decode, index
// (budget: 0.6 s for 100,000 patients), and says what they take (budget: 60 MB).
func BenchmarkOpen(b *testing.B) { benchmarkOpen(b, onDisk, 10_000, 30_000, 100_000, 300_000) }

func benchmarkOpen(b *testing.B, place func(testing.TB) auth.Location, sizes ...int) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			c := newClinic(b, place(b))
			c.must(c.anna.Fill(c.ctx, data.DefaultDetails(), slices.Collect(demo.Patients(n, 1)), nil))
			before := heap()
			b.ReportAllocs()
			var all []time.Duration
			var d *Desk
			for b.Loop() {
				d = NewMemory(c.clock.Now, data.DayFirst).Join(c.session)
				start := time.Now()
				c.must(d.Sync(c.ctx))
				all = append(all, time.Since(start))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(percentile(all, 50).Seconds(), "s-open")
			b.ReportMetric(float64(int64(heap())-int64(before))/(1<<20), "MB")
			runtime.KeepAlive(d)
		})
	}
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkDay reads a day of 160 appointments out of many (budget: 10 ms of
// 500,000), and books in it, in turn with a bare SQLite commit of as many bytes
// (budget: 1.5, of the 95th percentiles).
func BenchmarkDay(b *testing.B) {
	for _, n := range []int{5_000, 50_000, 500_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { benchmarkDay(b, n) })
	}
}

const perDay = 160

// manyDays are n appointments, around today.
func manyDays(n int, patients []data.Patient) (all []data.Appointment) {
	for i := range n {
		start := today.AddDays(i/perDay-n/perDay/2).At(480+i%perDay*4, local)
		stamps := make([]data.Stamp, 3)
		for k, s := range []data.Status{data.Booked, data.Arrived, data.Done} {
			stamps[k] = data.Stamp{Status: s, At: start, By: "Ben Jones"}
		}
		all = append(all, data.Appointment{
			ID: newID(), Start: start, End: start.Add(10 * time.Minute), Status: data.Done,
			Patient: patients[i%len(patients)].ID, Practitioner: []string{"osei", "lind"}[i%2], Stamps: stamps,
		})
	}
	return all
}

func benchmarkDay(b *testing.B, n int) {
	c := newClinic(b, onDisk(b))
	patients := slices.Collect(demo.Patients(20_000, 1))
	c.must(c.anna.Fill(c.ctx, twoPractitioners(), patients, manyDays(n, patients)))
	c.sync()
	bare, err := sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "bare.db")+"?_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	c.must(err)
	defer bare.Close()
	bare.SetMaxOpenConns(1)
	_, err = bare.Exec("CREATE TABLE t (id TEXT PRIMARY KEY, x BLOB)")
	c.must(err)
	content := make([]byte, 200)
	var day, book, commit []time.Duration
	readDay := func() { // before each of both: what comes after a pause waits longer for the disk
		start := time.Now()
		visits, err := c.anna.Day(c.ctx, today)
		day = append(day, time.Since(start))
		if err != nil || len(visits) < perDay {
			b.Fatalf("%d, %v", len(visits), err)
		}
	}
	for b.Loop() {
		readDay()
		a := inTheEvening(len(book), patients)
		start := time.Now()
		_, err := c.anna.Book(c.ctx, a, false)
		book = append(book, time.Since(start))
		c.must(err)
		readDay()
		rand.Read(content)
		start = time.Now()
		_, err = bare.Exec("INSERT INTO t VALUES ($1, $2)", newID(), content)
		commit = append(commit, time.Since(start))
		c.must(err)
		_, err = c.anna.Undo(c.ctx, 0)
		c.must(err)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(percentile(day, 95).Seconds()*1000, "ms-day-p95")
	b.ReportMetric(percentile(book, 95).Seconds()*1000, "ms-book-p95")
	b.ReportMetric(percentile(commit, 95).Seconds()*1000, "ms-bare-p95")
	b.ReportMetric(percentile(book, 95).Seconds()/percentile(commit, 95).Seconds(), "p95/bare")
	b.ReportMetric(percentile(book, 50).Seconds()/percentile(commit, 50).Seconds(), "p50/bare")
}

// inTheEvening is an appointment that overlaps none of manyDays, nor any before it.
func inTheEvening(i int, patients []data.Patient) data.Appointment {
	const from, free = 20 * 60, 40
	start := today.AddDays(i/free).At(from+i%free*5, local)
	return data.Appointment{Patient: patients[i%len(patients)].ID, Practitioner: "osei", Start: start, End: start.Add(5 * time.Minute)}
}

// BenchmarkBook says what one booking takes of memory.
func BenchmarkBook(b *testing.B) {
	c := newClinic(b, onDisk(b))
	patients := slices.Collect(demo.Patients(2_000, 1))
	c.must(c.anna.Fill(c.ctx, twoPractitioners(), patients, manyDays(5_000, patients)))
	c.sync()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		_, err := c.anna.Book(c.ctx, inTheEvening(i, patients), false)
		c.must(err)
	}
}

func percentile(all []time.Duration, n int) time.Duration {
	all = slices.Sorted(slices.Values(all))
	return all[len(all)*n/100]
}
