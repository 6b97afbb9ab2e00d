package exchange

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"anteroom/data"
)

// outcomes are what becomes of a file's rows, as text.
func outcomes(t testing.TB, file string, existing func(data.Patient) (data.Summary, data.Sameness)) (string, Totals) {
	t.Helper()
	o := optionsOf(t, []byte(file))
	o.Existing = existing
	var out strings.Builder
	totals, err := Plan(t.Context(), strings.NewReader(file), o, func(one Outcome) error {
		what := "good"
		if len(one.Refusals) > 0 {
			what = "refused"
		} else if one.Duplicate != nil {
			what = one.Duplicate.Error()
		}
		fmt.Fprintf(&out, "%d: %s\n", one.Row.Line, what)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), totals
}

func TestDuplicates(t *testing.T) {
	file := `Name,DOB,Record number
Sam Specimen,1990-01-02,1
Eve Example,1990-01-02,2
SAM  SPÉCIMEN,2 Jan 1990,1
Sam Specimen,1990-01-03,4
Eve Example,,2
Sam Specimen,,
Sam Specimen,,
Sam-Specimen,1990-01-02,
,1990-01-02,9
Nine Specimen,1991-01-02,9
☆,1992-01-02,
♡,1992-01-02,
Known Specimen,1993-01-01,
Known Specimen,1993-01-01,
Samspecimen,1990-01-02,
`
	existing := func(p data.Patient) (data.Summary, data.Sameness) {
		known := data.Summary{Name: "Known Specimen", Born: data.Date{Year: 1993, Month: 1, Day: 1}, RecordNumber: "70"}
		return known, p.Identity().Compare(known.Identity())
	}
	got, totals := outcomes(t, file, existing)
	want := `2: good
3: good
4: the same patient as in line 2
5: good
6: the same patient as in line 3
7: good
8: good
9: the same patient as in line 2
10: refused
11: good
12: good
13: good
14: the practice has this patient already
15: the same patient as in line 14
16: good
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if want := (Totals{Rows: 15, Good: 9, Refused: 1, Repeated: 4, Existing: 1}); totals != want {
		t.Errorf("%+v", totals)
	}
}

// TestPossibleDuplicates: no field decides alone who is the same while another contradicts.
func TestPossibleDuplicates(t *testing.T) {
	file := `Name,DOB,Record number,NHS number
Sam Specimen,1990-01-02,1,
Eve Example,1990-01-02,1,
Sam Specimen,1990-01-03,1,
Sam Specimen,1990-01-02,3,
Sam Specimen,1990-01-02,3,
Sam Specimen,1990-01-02,1,
Hal Health,1980-01-02,,900
Hal Health,1980-01-02,,901
Hal Health,1980-01-02,,901
Hal Health,1980-01-02,5,901
Hal Health,1980-01-02,5,902
Tess Third,1981-01-02,5,
No Number,1970-01-02,,
No Number,1970-01-02,8,
No Number,1970-01-02,9,
Known Specimen,1993-01-01,71,
Known Specimen,1993-01-01,70,
Other Name,1993-01-01,70,
`
	existing := func(p data.Patient) (data.Summary, data.Sameness) {
		known := data.Summary{Name: "Known Specimen", Born: data.Date{Year: 1993, Month: 1, Day: 1}, RecordNumber: "70"}
		return known, p.Identity().Compare(known.Identity())
	}
	got, totals := outcomes(t, file, existing)
	want := `2: good
3: perhaps the same patient as in line 2, but different: Name
4: perhaps the same patient as in line 2, but different: Date of birth
5: perhaps the same patient as in line 2, but different: Record number
6: the same patient as in line 5
7: the same patient as in line 2
8: good
9: perhaps the same patient as in line 8, but different: Health number
10: the same patient as in line 9
11: the same patient as in line 9
12: the same patient as in line 11
13: perhaps the same patient as in line 11, but different: Name, Date of birth
14: good
15: the same patient as in line 14
16: perhaps the same patient as in line 15, but different: Record number
17: perhaps the practice has this patient already, but different: Record number
18: the practice has this patient already
19: perhaps the practice has this patient already, but different: Name
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if want := (Totals{Rows: 18, Good: 3, Repeated: 6, Existing: 1, Possible: 8}); totals != want {
		t.Errorf("%+v", totals)
	}
}

// TestPlanOfOneNumber: a number that all rows have, such as 999, slows little down: rows that
// were compared with all before them took sixty times as long.
func TestPlanOfOneNumber(t *testing.T) {
	const rows = 50_000
	plan := func(number string) (Totals, time.Duration) {
		var file strings.Builder
		file.WriteString("Name,Record number\n")
		for i := range rows {
			fmt.Fprintf(&file, "Specimen %d,%s\n", i, strings.ReplaceAll(number, "#", strconv.Itoa(i)))
		}
		start := time.Now()
		_, totals := outcomes(t, file.String(), nil)
		return totals, time.Since(start)
	}
	all, usual := plan("9#")
	one, long := plan("999")
	if all.Good != rows || one.Good != 1 || one.Possible != rows-1 || long > 10*usual {
		t.Errorf("%+v in %v; of one number %+v in %v", all, usual, one, long)
	}
}

// TestNoIdentity: neither what stands where nothing is known, nor other signs between the same
// digits, make one patient of two.
func TestNoIdentity(t *testing.T) {
	file := "Name,MRN\n" + "Ann,1-23\nBea,12-3\nCleo,NULL\nDan,NULL\nEve,0\nFay,0\nGil,N/A\nHal,N/A\nIda,-\nJo,-\nAnn,1 23\n"
	got, totals := outcomes(t, file, nil)
	if want := (Totals{Rows: 11, Good: 10, Repeated: 1}); totals != want || !strings.HasSuffix(got, "12: the same patient as in line 2\n") {
		t.Errorf("%+v\n%s", totals, got)
	}
}

// TestPlanStops when it is told to, tells its progress, and hands on what goes wrong.
func TestPlanStops(t *testing.T) {
	file := large(3000)
	o := optionsOf(t, file)
	var last, told int64
	o.Progress = func(done, total int64) {
		if done < last || total != int64(len(file)) {
			t.Errorf("%d after %d of %d", done, last, total)
		}
		last = done
		told++
	}
	if _, err := Plan(t.Context(), bytes.NewReader(file), o, func(Outcome) error { return nil }); err != nil || last != int64(len(file)) || told < 4 {
		t.Error(err, last, told)
	}
	ctx, cancel := context.WithCancel(t.Context())
	rows := 0
	_, err := Plan(ctx, bytes.NewReader(file), o, func(Outcome) error {
		if rows++; rows == 100 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || rows > 200 {
		t.Error(err, rows)
	}
	enough := errors.New("enough")
	if _, err := Plan(t.Context(), bytes.NewReader(file), o, func(Outcome) error { return enough }); !errors.Is(err, enough) {
		t.Error(err)
	}
	if _, err := Plan(t.Context(), &breaking{bytes.NewReader(file), 100_000}, o, func(Outcome) error { return nil }); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
}

// breaking is a file of which only so much can be read.
type breaking struct {
	io.ReadSeeker
	left int
}

func (b *breaking) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n, err := b.ReadSeeker.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

func TestTooManyRows(t *testing.T) {
	in := &Reader{in: newScanner(repeated("", "a\n", 10), ','), titles: []string{"Name"}, read: &counter{}, rows: MaxRows - 5}
	n := 0
	err := each(t.Context(), in, 0, nil, func(Row) error { n++; return nil })
	if !errors.Is(err, ErrTooManyRows) || n != 5 {
		t.Error(n, err)
	}
}

// report is the report on a file, and how many rows it has.
func report(t testing.TB, file string) (string, int) {
	t.Helper()
	var out bytes.Buffer
	o := optionsOf(t, []byte(file))
	in, err := Open(strings.NewReader(file), o.Format)
	if err != nil {
		t.Fatal(err)
	}
	r := NewReport(&out, in.Titles(), o.Format.Delimiter, func(err error) string { return "because " + err.Error() })
	totals, err := Plan(t.Context(), strings.NewReader(file), o, r.Write)
	if err := errors.Join(err, r.Flush()); err != nil {
		t.Fatal(err)
	}
	return out.String(), totals.Rows - totals.Good
}

// TestReport: it names line, column and why, and keeps the row; set right there,
// it can be imported.
func TestReport(t *testing.T) {
	const file = `Name,DOB,Phone,-Colour
Good Specimen,1990-01-02,1,red
=Bad Specimen,1990-02-30,+none,"'-blue, ""dark""
green"
Good Specimen,2 Jan 1990,1,
"Stray" Specimen,1990-01-02,3,
Long Specimen,1990-01-02,4,,more
`
	got, n := report(t, file)
	want := "\ufeffRefused line,Refused column,Refused title,Reason,Name,DOB,Phone,'-Colour\r\n" +
		`3,"2; 3","DOB; Phone","DOB: because there is no such day; Phone: because not a phone number",'=Bad Specimen,1990-02-30,'+none,"''-blue, ""dark""` + "\n" + `green"` + "\r\n" +
		"5,,,because the same patient as in line 2,Good Specimen,2 Jan 1990,1,\r\n" +
		`6,1,Name,"because a quote that does not end, or stands inside a cell",,,,,"""Stray"" Specimen,1990-01-02,3,"` + "\r\n" +
		"7,5,,because more cells than there are titles,Long Specimen,1990-01-02,4,,more\r\n"
	if diff := cmp.Diff(want, got); diff != "" || n != 4 {
		t.Error(n, diff)
	}
	again, n := report(t, got)
	if diff := cmp.Diff(strings.Split(want, "\r\n")[0], strings.Split(again, "\r\n")[0]); diff != "" || n != 3 {
		t.Error(n, again)
	}
	right := strings.NewReplacer("1990-02-30", "1990-02-28", "'+none", "'+44").Replace(got)
	o := optionsOf(t, []byte(right))
	var first Outcome
	_, err := Plan(t.Context(), strings.NewReader(right), o, func(one Outcome) error {
		if one.Row.Line == 2 {
			first = one
		}
		return nil
	})
	if err != nil || first.Patient.Name != "=Bad Specimen" || first.Patient.Phones[0] != "+44" || first.Row.Cells[7] != "'-blue, \"dark\"\ngreen" {
		t.Errorf("%+v, %v", first, err)
	}
}

// TestReportOfPossibleDuplicates: it names what contradicts, and whom.
func TestReportOfPossibleDuplicates(t *testing.T) {
	got, n := report(t, "First name,Surname,MRN\nSam,Specimen,1\nEve,Example,1\nSam,Specimen,1\n")
	want := "\ufeffRefused line,Refused column,Refused title,Reason,First name,Surname,MRN\r\n" +
		`3,"1; 2","First name; Surname","because perhaps the same patient as in line 2, but different: Name",Eve,Example,1` + "\r\n" +
		"4,,,because the same patient as in line 2,Sam,Specimen,1\r\n"
	if diff := cmp.Diff(want, got); diff != "" || n != 2 {
		t.Error(n, diff)
	}
}

// TestReportHasTheDelimiter of its file, by which the program that wrote that one
// takes it apart, and we do again.
func TestReportHasTheDelimiter(t *testing.T) {
	for _, delimiter := range []string{",", ";", "\t", "|"} {
		file := strings.ReplaceAll("Name~DOB~Phone\n\"Sam, the; first\"~1990-02-30~\"1|2\"\n", "~", delimiter)
		got, n := report(t, file)
		if want := strings.Join(append(slices.Clone(reportTitles), "Name", "DOB", "Phone"), delimiter); n != 1 || !strings.Contains(got, want) {
			t.Errorf("%d, %q", n, got)
		}
		if again, n := report(t, got); n != 1 || again != strings.Replace(got, "2"+delimiter+"2", "2"+delimiter+"6", 1) {
			t.Errorf("read again: %d, %q, of %q", n, again, got)
		}
	}
}

func TestReportOfNone(t *testing.T) {
	if got, n := report(t, "Name\nSam Specimen\n  \n"); n != 0 || got != "\ufeffRefused line,Refused column,Refused title,Reason,Name\r\n" {
		t.Error(n, got)
	}
}

// FuzzFile: nothing that is in a file makes the reading of it panic, or lose its
// bearings: lines go up, and each row has as many cells as titles.
func FuzzFile(f *testing.F) {
	for _, name := range samples(f) {
		content, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content[:min(len(content), 16<<10)])
	}
	for _, content := range []string{
		"", "\"", ",", "a,\"", "\xff\xfe", "\xff\xfea", "sep=;", "sep=;\n", "a\r", "\xef\xbb\xbf\"a\"\r\n\"\"\"", "Name\n\"a\"b\n'=", "Name\n\xff\n",
		strings.Join(ownTitles[:], ",") + "\n'=a,'',\n", strings.Join(reportTitles, ",") + ",Name\n1,2,3,4,'+\n",
	} {
		f.Add([]byte(content))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		format, err := Sniff(t.Context(), bytes.NewReader(file))
		if err != nil {
			return
		}
		in, err := Open(bytes.NewReader(file), format)
		if err != nil {
			t.Fatalf("sniffed, but does not open: %v", err)
		}
		o := Options{Format: format, Targets: Match(in.Titles(), nil), Today: today}
		found, err := Judge(t.Context(), bytes.NewReader(file), o)
		if err != nil {
			return // broken; Plan says the same
		}
		o.Order, o.Earlier, o.Answers = found.Order, true, Answers{}
		for _, v := range found.Values {
			choices := Choices(v.Target)
			o.Answers.Set(v, choices[v.Rows%len(choices)])
		}
		line, refused := 0, NewReport(io.Discard, in.Titles(), format.Delimiter, error.Error)
		totals, err := Plan(t.Context(), bytes.NewReader(file), o, func(one Outcome) error {
			if one.Row.Line <= line || one.Row.Bad == nil && len(one.Row.Cells) != len(in.Titles()) {
				t.Fatalf("%+v after line %d", one.Row, line)
			}
			if len(one.Refusals) == 0 && strings.TrimSpace(one.Patient.Name) == "" {
				t.Fatalf("%+v is nobody", one)
			}
			line = one.Row.Line
			return refused.Write(one)
		})
		if err != nil || totals.Rows != totals.Good+totals.Refused+totals.Repeated+totals.Existing+totals.Possible {
			t.Fatalf("%+v, %v", totals, err)
		}
	})
}
