package exchange

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/go-cmp/cmp"

	"anteroom/data/exchange/spreadsheet"
)

// ods is a spreadsheet of sheets, each with its name before its rows; cells have commas between, and
// begin with "=" where they are numbers; "F" is a formula that was not calculated.
func ods(t testing.TB, sheets ...string) []byte {
	t.Helper()
	var content strings.Builder
	content.WriteString("<office:document-content><office:spreadsheet>")
	for _, sheet := range sheets {
		name, rows, _ := strings.Cut(sheet, "\n")
		fmt.Fprintf(&content, `<table:table table:name="%s">`, name)
		for row := range strings.SplitSeq(rows, "\n") {
			content.WriteString("<table:table-row>")
			for cell := range strings.SplitSeq(row, ",") {
				if cell == "F" {
					content.WriteString(`<table:table-cell table:formula="A1"/>`)
				} else if number, ok := strings.CutPrefix(cell, "="); ok {
					fmt.Fprintf(&content, `<table:table-cell office:value-type="float" office:value="%s"><text:p>%s</text:p></table:table-cell>`, number, number)
				} else {
					fmt.Fprintf(&content, `<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>`, cell)
				}
			}
			content.WriteString("</table:table-row>")
		}
		content.WriteString("</table:table>")
	}
	content.WriteString("</office:spreadsheet></office:document-content>")
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, file := range []struct{ name, content string }{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", content.String()}} {
		w, err := z.Create(file.name)
		if err == nil {
			_, err = io.WriteString(w, file.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestSheet: a spreadsheet is a file as any other, with the numbers of its rows as lines. Empty cells
// at the end of a row are not missing.
func TestSheet(t *testing.T) {
	file := ods(t, "Notes\nRead me", "2026\nPatients of 2026\n\nName,Born,Phone,Notes\nSam Specimen,1990-01-02\n\nEve Example,1990-02-03,=6149157011012345,x,y\nTotal,=2\nSam,F", "Left\nName\nGone Testcase")
	o := optionsOf(t, file)
	if o.Format.Kind != ODS || o.Format.Sheet != 1 || o.Format.Encoding != UTF8 || o.Format.Guessed {
		t.Errorf("%+v", o.Format)
	}
	got, n := report(t, string(file))
	want := "\ufeffRefused line,Refused column,Refused title,Reason,Name,Born,Phone,Notes,\r\n" +
		`6,3,Phone,because a number of which a spreadsheet kept the first digits only,Eve Example,1990-02-03,6.149157011012345E+15,x,y` + "\r\n" +
		"7,,,\"because a total, and nobody\",Total,2,,,\r\n" +
		"8,2,Born,because a formula that was never calculated,,,,,,Sam\r\n"
	if diff := cmp.Diff(want, got); diff != "" || n != 3 {
		t.Error(n, diff)
	}
	totals, err := Plan(t.Context(), nil, o, func(Outcome) error { return nil })
	if want := (Totals{Rows: 4, Good: 1, Refused: 3}); err != nil || totals != want {
		t.Errorf("%+v, %v", totals, err)
	}
	other, err := SniffSheet(t.Context(), bytes.NewReader(file), 2)
	if err != nil || other.Sheet != 2 {
		t.Fatal(other, err)
	}
	in, err := Open(nil, other)
	if err != nil || in.Titles()[0] != "Name" {
		t.Fatal(err)
	}
	if _, err := SniffSheet(t.Context(), bytes.NewReader(ods(t, "A\n", "B\nName\nSam")), 0); !errors.Is(err, ErrEmptyFile) {
		t.Error("a sheet with nothing in it:", err)
	}
}

// TestSheetAfterACover: a sheet that is no list does not hide one that is, unless somebody chose it.
func TestSheetAfterACover(t *testing.T) {
	const cover = "Cover\nSample Practice,Tel 030 1234567\nAll patients"
	for name, test := range map[string]struct {
		file []byte
		from int
		want int
		err  error
	}{
		"a cover":                 {ods(t, cover, "Empty\n", "Patients\nName,Born\nSam,1990-01-02"), -1, 2, nil},
		"nothing but a cover":     {ods(t, cover, "Empty\n"), -1, 0, ErrNoHeader},
		"patients without titles": {ods(t, "Patients\n030 1234567,1990-01-02\n030 1234568,1990-01-03", "Staff\nDesk,Room\nFront,1"), -1, 0, ErrNoHeader},
		"a cover, chosen":         {ods(t, cover, "Patients\nName,Born\nSam,1990-01-02"), 0, 0, ErrNoHeader},
	} {
		got, err := SniffSheet(t.Context(), bytes.NewReader(test.file), test.from)
		if !errors.Is(err, test.err) || got.Sheet != test.want {
			t.Errorf("%s: sheet %d, %v", name, got.Sheet, err)
		}
	}
}

// TestSheetOfOurs: what Export wrote and a spreadsheet saved is known again, but not trusted: the
// spreadsheet may have rounded numbers.
func TestSheetOfOurs(t *testing.T) {
	row := make([]string, len(ownTitles))
	for i, title := range ownTitles {
		switch title {
		case "Name":
			row[i] = "&apos;=Sam Specimen"
		case "Health number":
			row[i] = "=1234567890123456"
		}
	}
	file := ods(t, "A\n"+strings.Join(ownTitles[:], ",")+"\n"+strings.Join(row, ","))
	o := optionsOf(t, file)
	in, err := Open(nil, o.Format)
	if err != nil || !in.Own() {
		t.Fatal(err)
	}
	_, err = Plan(t.Context(), nil, o, func(out Outcome) error {
		if name := out.Row.Cells[0]; len(out.Refusals) != 1 || !errors.Is(out.Refusals[0].Reason, ErrRounded) || name != "=Sam Specimen" {
			t.Errorf("%+v", out)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestSheetHostile: rows that are too large are refused alone, too many and too much end it.
func TestSheetHostile(t *testing.T) {
	long := strings.Repeat("x", 400_000)
	file := ods(t, "A\nName,Notes\n"+strings.Join([]string{long, long, long}, ",")+"\n"+strings.Repeat("x,", maxColumns)+"x\nSam")
	var got []error
	_, err := Plan(t.Context(), nil, optionsOf(t, file), func(one Outcome) error {
		got = append(got, nil)
		if len(one.Refusals) > 0 {
			got[len(got)-1] = one.Refusals[0].Reason
		}
		return nil
	})
	if err != nil || !slices.Equal(got, []error{ErrRowTooLarge, ErrTooManyCells, nil}) {
		t.Error(got, err)
	}
	if _, err := Sniff(t.Context(), bytes.NewReader(ods(t, "A\n"+strings.Repeat("x,", maxColumns)+"x\nx"))); !errors.Is(err, ErrTooManyColumns) {
		t.Error(err)
	}
	wide := make([]string, 16384)
	wide[0] = "Sam"
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for name, test := range map[string]struct {
		ctx     context.Context
		before  packer
		row     spreadsheet.Row
		written int // at most
		want    error
	}{
		"the last row":      {t.Context(), packer{rows: MaxRows}, spreadsheet.Row{Number: 1}, 10, nil},
		"one more":          {t.Context(), packer{rows: MaxRows + 1}, spreadsheet.Row{Number: 2}, 0, ErrTooManyRows},
		"too much text":     {t.Context(), packer{bytes: MaxFile - 1}, spreadsheet.Row{Number: 1, Cells: []string{"ab"}}, 0, ErrSheetTooLarge},
		"too much memory":   {t.Context(), packer{packed: bytes.NewBuffer(make([]byte, maxPacked+1))}, spreadsheet.Row{Number: 1}, 0, ErrSheetTooLarge},
		"cells of no title": {t.Context(), packer{}, spreadsheet.Row{Number: 1, Cells: wide}, 2 * maxColumns, nil},
		"stopped":           {stopped, packer{}, spreadsheet.Row{Number: 1}, 0, context.Canceled},
	} {
		p, out := test.before, new(bytes.Buffer)
		p.ctx, p.sheet, p.out = test.ctx, &sheet{}, cbor.NewEncoder(out)
		if p.packed == nil {
			p.packed = new(bytes.Buffer)
		}
		if err := p.add(test.row); !errors.Is(err, test.want) || out.Len() > test.written {
			t.Errorf("%s: %v, %d bytes", name, err, out.Len())
		}
	}
}

// TestSheetStops when it is told to, and hands on why the file can't be read.
func TestSheetStops(t *testing.T) {
	file := ods(t, "A\nName\n"+strings.Repeat("Sam\n", 20_000))
	ctx, cancel := context.WithCancel(t.Context())
	src := &stopping{bytes.NewReader(file), cancel}
	if _, err := Sniff(ctx, src); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := Sniff(t.Context(), &breaking{bytes.NewReader(file), len(file) / 2}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
}

// stopping cancels at the first look into the archive.
type stopping struct {
	io.ReadSeeker
	cancel func()
}

func (s *stopping) Seek(at int64, whence int) (int64, error) {
	if whence == io.SeekStart && at > 0 {
		s.cancel()
	}
	return s.ReadSeeker.Seek(at, whence)
}
