package exchange

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// large is a file of n invented patients.
func large(n int) []byte {
	var out bytes.Buffer
	out.WriteString("Record number,First name,Surname,Date of birth,Sex,Mobile,Email,Address line 1,Town,Postcode,Emergency contact,Notes\r\n")
	for i := range n {
		fmt.Fprintf(&out, "P-%06d,Specimen%d,Probé-%d,%02d/%02d/%d,female,+44 7700 %06d,s%d@example.org,\"%d Sample Street\",Testham,TE%d 1ST,\"Eve Example, 07700 900%03d\",",
			i, i%977, i, i%28+1, i%12+1, 1920+i%100, i, i, i%300, i%20, i%1000)
		fmt.Fprintf(&out, "\"Seen before; prefers mornings.\r\nNote %d with \"\"quotes\"\" and %s\"\r\n", i, "a rather long remark that goes on for a while, as notes of patients do, about this and that and something else, so that the row has its usual five hundred bytes or so, which it has by now")
	}
	return out.Bytes()
}

// largeSheet is the same file as a spreadsheet.
func largeSheet(b *testing.B, n int) []byte {
	b.Helper()
	rows, err := csv.NewReader(bytes.NewReader(large(n))).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	lines := []string{"Patients"}
	for _, row := range rows {
		lines = append(lines, strings.NewReplacer(",", ";", "\n", " ").Replace(strings.Join(row, "|")))
	}
	return ods(b, strings.ReplaceAll(strings.Join(lines, "\n"), "|", ","))
}

// BenchmarkPlan goes over 100,000 patients as an import does: the first look,
// the order of dates, the plan. Besides rows a second it reports the most memory
// that was in use, what the collector had not yet taken back included.
func BenchmarkPlan(b *testing.B) {
	const rows = 100_000
	b.Run("csv", func(b *testing.B) { benchmarkPlan(b, large(rows), rows) })
	b.Run("ods", func(b *testing.B) { benchmarkPlan(b, largeSheet(b, rows), rows) })
}

func benchmarkPlan(b *testing.B, content []byte, rows int) {
	b.Helper()
	name := filepath.Join(b.TempDir(), "large")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		b.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	format, err := Sniff(b.Context(), file)
	if err != nil {
		b.Fatal(err)
	}
	in, err := Open(file, format)
	if err != nil {
		b.Fatal(err)
	}
	for name, work := range map[string]func(Options) error{
		"sniff": func(Options) error { _, err := Sniff(b.Context(), file); return err },
		"judge": func(o Options) error { _, err := Judge(b.Context(), file, o); return err },
		"plan": func(o Options) error {
			totals, err := Plan(b.Context(), file, o, func(Outcome) error { return nil })
			if err == nil && totals.Good != rows {
				err = fmt.Errorf("%+v", totals)
			}
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			o := Options{Format: format, Targets: Match(in.Titles(), nil), Today: today}
			runtime.GC()
			var before runtime.MemStats
			runtime.ReadMemStats(&before)
			most := uint64(0)
			o.Progress = func(int64, int64) {
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				most = max(most, now.HeapAlloc-min(now.HeapAlloc, before.HeapAlloc))
			}
			b.SetBytes(format.Size)
			for b.Loop() {
				if err := work(o); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			if most > 0 {
				b.ReportMetric(float64(most)/(1<<20), "peak-MB")
			}
		})
	}
}
