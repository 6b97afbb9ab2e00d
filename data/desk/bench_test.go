package desk

import (
	"crypto/rand"
	"database/sql"
	"fmt"
	mathrand "math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"anteroom/auth"
	"anteroom/data"
)

// put100k writes many patients, in few transactions.
func (c *clinic) putMany(n int) (ids []string) {
	c.Helper()
	random := mathrand.New(mathrand.NewPCG(1, 2))
	for len(ids) < n {
		c.must(c.session.ChangeRecords(c.ctx, func(tx *auth.RecordTx) error {
			for range min(10_000, n-len(ids)) {
				i := len(ids)
				p := data.Patient{
					Name: fmt.Sprintf("Testa%d Muster%d", random.IntN(5000), random.IntN(20_000)),
					Born: data.Date{Year: 1930 + random.IntN(95), Month: time.Month(1 + random.IntN(12)), Day: 1 + random.IntN(28)},
					Sex:  "female", Phones: []string{fmt.Sprintf("020 7946 %04d", i%10_000)}, Email: fmt.Sprintf("testa%d@example.org", i),
					Address: "1 Invented Street\nInvented Town", RecordNumber: fmt.Sprint(100_000 + i), Notes: "Invented for a benchmark, with as many words as a receptionist might write.",
				}
				id := newID()
				if _, err := tx.Put(auth.TablePatient, auth.Record{ID: id, Plain: encode(p)}); err != nil {
					return err
				}
				ids = append(ids, id)
			}
			return nil
		}))
	}
	return ids
}

// BenchmarkOpen fills the memory with 100,000 patients: unseal, decode, index
// (budget: 0.6 s), and says what they take (budget: 60 MB).
func BenchmarkOpen(b *testing.B) {
	c := newClinic(b, onDisk(b))
	c.putMany(100_000)
	before := heap()
	var all []time.Duration
	var d *Desk
	for b.Loop() {
		d = NewMemory(c.clock.Now, data.DayFirst).Join(c.session)
		start := time.Now()
		c.must(d.Sync(c.ctx))
		all = append(all, time.Since(start))
	}
	b.ReportMetric(percentile(all, 50).Seconds(), "open-s")
	b.ReportMetric(float64(heap()-before)/(1<<20), "MB")
	runtime.KeepAlive(d)
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkDay reads a day of 160 appointments out of 500,000 (budget: 10 ms),
// and books in it, in turn with a bare SQLite commit of as many bytes (budget:
// 1.5, of the 95th percentiles).
func BenchmarkDay(b *testing.B) {
	const days, perDay = 3125, 160
	c := newClinic(b, onDisk(b))
	c.practitioners()
	ids := c.putMany(20_000)
	c.sync()
	for day := 0; day < days; day += 25 {
		c.must(c.session.ChangeRecords(c.ctx, func(tx *auth.RecordTx) error {
			for i := range 25 * perDay {
				start := today.AddDays(day+i/perDay-days/2).At(480+i%perDay*4, local)
				a := data.Appointment{
					ID: newID(), Start: start, End: start.Add(10 * time.Minute), Status: data.Done, Patient: ids[(day*perDay+i)%len(ids)], Practitioner: []string{"osei", "lind"}[i%2],
					Stamps: []data.Stamp{{Status: data.Booked, At: start, By: "Ben Jones"}, {Status: data.Arrived, At: start, By: "Ben Jones"}, {Status: data.Done, At: start, By: "Ben Jones"}},
				}
				if _, err := put(tx, a); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	bare, err := sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "bare.db")+"?_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	c.must(err)
	defer bare.Close()
	bare.SetMaxOpenConns(1)
	_, err = bare.Exec("CREATE TABLE t (id TEXT PRIMARY KEY, x BLOB)")
	c.must(err)
	content := make([]byte, 200)
	var day, book, commit []time.Duration
	for b.Loop() {
		start := time.Now()
		visits, err := c.anna.Day(c.ctx, today)
		day = append(day, time.Since(start))
		if err != nil || len(visits) < perDay {
			b.Fatalf("%d, %v", len(visits), err)
		}
		a := at(data.Patient{ID: ids[0]}, "osei", 1200, 5)
		a.Patient = ids[len(book)%len(ids)]
		start = time.Now()
		_, err = c.anna.Book(c.ctx, a, true)
		book = append(book, time.Since(start))
		c.must(err)
		rand.Read(content)
		start = time.Now()
		_, err = bare.Exec("INSERT INTO t VALUES ($1, $2)", newID(), content)
		commit = append(commit, time.Since(start))
		c.must(err)
		_, err = c.anna.Undo(c.ctx)
		c.must(err)
	}
	b.ReportMetric(percentile(day, 95).Seconds()*1000, "day-p95-ms")
	b.ReportMetric(percentile(book, 95).Seconds()*1000, "book-p95-ms")
	b.ReportMetric(percentile(commit, 95).Seconds()*1000, "bare-p95-ms")
	b.ReportMetric(percentile(book, 95).Seconds()/percentile(commit, 95).Seconds(), "ratio-p95")
	b.ReportMetric(percentile(book, 50).Seconds()/percentile(commit, 50).Seconds(), "ratio-p50")
}

func percentile(all []time.Duration, n int) time.Duration {
	all = slices.Sorted(slices.Values(all))
	return all[len(all)*n/100]
}
