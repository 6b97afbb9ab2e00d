package exchange

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anteroom/data"
)

var today = data.Date{Year: 2026, Month: 11, Day: 24}

// open opens a sample file.
func open(t testing.TB, name string) *os.File {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// told is what becomes of a sample file from the first look at it to the end.
func told(t testing.TB, name string) string {
	t.Helper()
	f := open(t, name)
	format, err := Sniff(t.Context(), f)
	if err != nil {
		return fmt.Sprintf("refused: %v\n", err)
	}
	var out strings.Builder
	if format.Kind == Text {
		fmt.Fprintf(&out, "%s, %q, damaged %t\n", encodingNames[format.Encoding], format.Delimiter, format.Damaged)
	} else {
		fmt.Fprintf(&out, "%s, %q of %q\n", [...]string{XLSX: ".xlsx", ODS: ".ods"}[format.Kind], format.Sheets[format.Sheet], format.Sheets)
	}
	in, err := Open(f, format)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := in.Preview(20)
	if err != nil {
		fmt.Fprintf(&out, "no preview: %v\n", err)
	}
	o := Options{Format: format, Today: today}
	targets, unfit := Fit(Match(in.Titles(), nil), rows, today)
	o.Targets = targets
	for i, target := range targets {
		fmt.Fprintf(&out, "%s -> %s", in.Titles()[i], targetName(target))
		if unfit[i] != "" {
			out.WriteString(", as nothing fits")
		}
		out.WriteByte('\n')
	}
	found, err := Judge(t.Context(), f, o)
	if err != nil {
		t.Fatal(err)
	}
	o.Order, o.Answers = found.Order, Answers{}
	fmt.Fprintf(&out, "%s, sure %t\n", [...]string{"day first", "month first", "year first"}[o.Order], found.Sure)
	for _, v := range found.Values {
		fmt.Fprintf(&out, "asked: %s %q, rows %d\n", targetName(v.Target), v.Text, v.Rows)
		o.Answers.Set(v, o.Answers.Of(v))
	}
	if b := found.Births[o.Order]; b.Text != "" {
		fmt.Fprintf(&out, "asked: %q is %d\n", b.Text, b.Year)
	}
	totals, err := Plan(t.Context(), f, o, func(one Outcome) error {
		out.WriteString(outcomeText(one))
		return nil
	})
	if err != nil {
		var line *LineError
		fmt.Fprintf(&out, "stopped: %v, of a line %t\n", err, errors.As(err, &line))
	}
	fmt.Fprintf(&out, "%+v\n", totals)
	return out.String()
}

var encodingNames = [...]string{
	UTF8: "UTF-8", UTF16LE: "UTF-16LE", UTF16BE: "UTF-16BE", Windows1252: "Windows-1252", Windows1250: "Windows-1250", Windows1251: "Windows-1251",
	Windows1253: "Windows-1253", Windows1254: "Windows-1254", Latin2: "ISO 8859-2", CyrillicISO: "ISO 8859-5", GreekISO: "ISO 8859-7", Latin5: "ISO 8859-9",
	Latin9: "ISO 8859-15", MacRoman: "Mac Roman", DOS850: "DOS 850", DOS437: "DOS 437", DOS852: "DOS 852", ShiftJIS: "Shift-JIS", GBK: "GBK", Big5: "Big5",
}

func targetName(t Target) string {
	if t.Part == Ignored {
		return "(nothing)"
	}
	return ownTitles[t.Field] + [...]string{
		Whole: "", Given: ", given", Middle: ", middle", Family: ", family",
		Street: ", street", Line: ", line", Town: ", town", Country: ", country",
		Death: ", death", Titled: ", with its title", Further: ", further",
	}[t.Part]
}

func outcomeText(one Outcome) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%d:", one.Row.Line)
	if one.Row.Short {
		out.WriteString(" (short)")
	}
	for _, r := range one.Refusals {
		fmt.Fprintf(&out, " refused: column %d %q %.40q: %v", r.Column, r.Title, r.Value, r.Reason)
	}
	if one.Duplicate != nil {
		fmt.Fprintf(&out, " duplicate: %v", one.Duplicate)
	}
	if len(one.Refusals) == 0 {
		for i, cell := range cells(one.Patient) {
			if cell != "" && cell != activeWord {
				fmt.Fprintf(&out, " %s=%.60q", ownTitles[i], cell)
			}
		}
	}
	out.WriteByte('\n')
	return out.String()
}

// samples are the files of testdata.
func samples(t testing.TB) (files []string) {
	t.Helper()
	for _, ext := range []string{"csv", "xlsx", "ods", "xls"} {
		some, err := filepath.Glob("testdata/*." + ext)
		if err != nil || len(some) == 0 {
			t.Fatal(ext, err)
		}
		files = append(files, some...)
	}
	return files
}

// TestSamples goes through the files of testdata, of which README.md there tells. Beside each is, as
// text, what becomes of it.
func TestSamples(t *testing.T) {
	for _, file := range samples(t) {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			got, golden := told(t, name), strings.TrimSuffix(file, filepath.Ext(file))+".txt"
			want, err := os.ReadFile(golden)
			if os.Getenv("UPDATE") != "" {
				err, want = os.WriteFile(golden, []byte(got), 0o644), []byte(got)
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
