package data

import (
	"database/sql"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"
)

// testToday is the day of the tests.
var testToday = Date{2026, 11, 20}

// BenchmarkSearch types queries key by key, each key a search for the best 50, and
// does the same with SQLite's full-text search (FTS5, trigrams, in memory, best
// first too) on the same folded text. Where it has no word of three letters yet, trigrams
// find nothing, and SQLite looks with LIKE for any 50. Of each search the quickest of
// a few counts, as other programs take time too (of SQLite's at a million, one of
// each fifth key, to be done in time); then the middle one and the 95th of 100
// searches are told.
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
			db := openFTS(b, all)
			runtime.GC()
			askFTS := asked
			if n >= 1_000_000 { // it takes seconds for some
				askFTS = nil
				for i := 0; i < len(asked); i += 5 {
					askFTS = append(askFTS, asked[i])
				}
			}

			var ours, theirs []time.Duration
			for b.Loop() {
				ours = quickest(asked, 3, func(text string) { x.Search(text, 50, testToday, DayFirst) })
				theirs = quickest(askFTS, min(3, 300_000/n+1), func(text string) { searchFTS(b, db, text) })
			}
			p50, p95 := percentiles(ours)
			fts50, fts95 := percentiles(theirs)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(fill.Seconds(), "s-fill")
			b.ReportMetric(float64(bytes)/float64(n), "B/patient")
			b.ReportMetric(p50, "ms/key-p50")
			b.ReportMetric(p95, "ms/key-p95")
			b.ReportMetric(fts50, "ms/key-fts5-p50")
			b.ReportMetric(fts95, "ms/key-fts5-p95")
			b.ReportMetric(p50/fts50, "p50/fts5")
			b.ReportMetric(p95/fts95, "p95/fts5")
			runtime.KeepAlive(x)
		})
	}
}

// BenchmarkOddQueries tells the slowest of the odd queries: none may hold a window up.
func BenchmarkOddQueries(b *testing.B) {
	x := NewIndex()
	x.PutAll(withOdd(invent(100_000)))
	var times []time.Duration
	for b.Loop() {
		times = quickest(oddQueries, 3, func(text string) { x.Search(text, 50, testToday, DayFirst) })
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(slices.Max(times))/float64(time.Millisecond), "ms/key-slowest")
}

// quickest are how long each search took, in the best of some rounds.
func quickest(asked []string, rounds int, search func(text string)) []time.Duration {
	times := make([]time.Duration, len(asked))
	for round := range rounds {
		for i, text := range asked {
			start := time.Now()
			search(text)
			if spent := time.Since(start); round == 0 || spent < times[i] {
				times[i] = spent
			}
		}
	}
	return times
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

func openFTS(b *testing.B, all []Summary) *sql.DB {
	b.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1) // each has its own memory
	tx, err := db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	if _, err := tx.Exec(`CREATE VIRTUAL TABLE patients USING fts5 (text, tokenize = 'trigram')`); err != nil {
		b.Fatal(err)
	}
	for some := range slices.Chunk(all, 500) {
		texts := make([]any, len(some))
		for i, s := range some {
			texts[i] = strings.Join([]string{
				Fold(s.Name), Fold(s.AlsoKnownAs), fmt.Sprintf("%d/%d/%d", s.Born.Day, s.Born.Month, s.Born.Year), Fold(s.Born.String()),
				Digits(s.Phone), Digits(s.OtherPhone), compact(s.RecordNumber),
			}, " ")
		}
		if _, err := tx.Exec(`INSERT INTO patients VALUES (?)`+strings.Repeat(`, (?)`, len(some)-1), texts...); err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	return db
}

func searchFTS(b *testing.B, db *sql.DB, text string) {
	b.Helper()
	var where, phrases []string
	var args []any
	for word := range strings.FieldsSeq(strings.ReplaceAll(text, "/", "_")) {
		word = strings.ReplaceAll(Fold(word), " ", "/")
		if len(word) < 3 {
			where, args = append(where, `text LIKE ?`), append(args, "%"+word+"%")
		} else {
			phrases = append(phrases, `"`+word+`"`)
		}
	}
	order := ""
	if phrases != nil {
		where, args = append(where, `patients MATCH ?`), append(args, strings.Join(phrases, " AND "))
		order = ` ORDER BY rank`
	}
	rows, err := db.Query(`SELECT rowid FROM patients WHERE `+strings.Join(where, ` AND `)+order+` LIMIT 50`, args...)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			b.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
}
