package exchange

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSniff(t *testing.T) {
	const mark16 = "\xff\xfe"
	long := "Name,Notes\n" + strings.Repeat("Zoë Specimen,Käthe\n", 60_000)
	for name, test := range map[string]struct {
		file  string
		want  Encoding
		delim byte
	}{
		"one column":                  {"Name\nSam Specimen\n", UTF8, ','},
		"titles only":                 {"Name;Phone", UTF8, ';'},
		"names the delimiter":         {"sep=;\r\nName\r\nSpecimen, Sam\r\n", UTF8, ';'},
		"names it in quotes":          {"\"sep=;\"\nName;Born\nSpecimen, Sam;\n", UTF8, ';'},
		"pipes":                       {"Name|Born|Phone\nSpecimen, Sam||\n", UTF8, '|'},
		"a title above":               {"Patients, as of 3 March\n\nName;Born;Phone;Notes\nSpecimen, Sam;;;a, b\nExample, Eve;;;\n", UTF8, ';'},
		"commas in titles":            {"Surname, first name;Born;Phone\nSpecimen, Sam;;\nExample, Eve;;\n", UTF8, ';'},
		"semicolons in notes":         {"Name,Notes\nSam,a;b;c;d\nEve,\"a;b;c;d;e\"\n", UTF8, ','},
		"quotes with the wrong comma": {"\"Name\";\"Notes\"\n\"Specimen, Sam\";\"a, b, c\"\n", UTF8, ';'},
		"semicolons in a title":       {"Surname; first; middle,Notes\nSam,x\nEve,x\n", UTF8, ','},
		"a control":                   {"Name,Notes\nSam,x\x01\n", UTF8, ','},
		"tabs":                        {"Name\tNotes\nSpecimen, Sam\ta;b\n", UTF8, '\t'},
		"bad byte at the end":         {strings.Repeat("Name,Notes\n", 100_000) + "Ren\xe9e,x\n", Windows1252, ','},
		"cut in a character":          {"Name,Notes\nSam,Jos\xc3", Windows1252, ','},
		"UTF-16":                      {mark16 + "N\x00a\x00;\x00B\x00", UTF16LE, ';'},
		"UTF-16 with no mark":         {"N\x00a\x00m\x00e\x00;\x00B\x00", UTF16LE, ';'},
		"UTF-16, the other order":     {"\x00N\x00a\x00m\x00e\x00;\x00B", UTF16BE, ';'},
		"a title with numbers":        {"Name,DOB,Balance 91-120\nSam,,\n", UTF8, ','},
		"a long file":                 {long, UTF8, ','},
		"signs of quotes":             {"Name,Notes\nSam,\x93so\x94 \x80 5\n", Windows1252, ','},
	} {
		got, err := Sniff(t.Context(), strings.NewReader(test.file))
		if err != nil || got.Encoding != test.want || got.Delimiter != test.delim || got.Damaged || got.Size != int64(len(test.file)) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if got, err := Sniff(t.Context(), strings.NewReader(long+"Ren\xe9e,x\n")); err != nil || got.Encoding != UTF8 || !got.Damaged {
		t.Errorf("one damaged byte in UTF-8: %+v, %v", got, err)
	}
}

// TestTitlesBelow: what stands above the titles is none of them, and the lines count on.
func TestTitlesBelow(t *testing.T) {
	for name, test := range map[string]struct {
		file, title string
		line        int // of the first row
	}{
		"one line":         {"Patient list\nName,Born,Phone\nSam,,1\n", "Name", 3},
		"several":          {"Sample clinic,,\n\n\"exported\n3 March\",,\nName,Born,Phone\nSam,,1\n", "Name", 6},
		"named delimiter":  {"sep=;\nPatient list;;\nName;Born;Phone\nSam;;1\n", "Name", 4},
		"two columns":      {"Patient list 24 November\n\nName,Phone\nSam,1\nEve,2\n", "Name", 4},
		"a stray quote":    {"\"Sunrise\" Clinic patients,,,\nName,DOB,Phone,Sex\nSam,,1,M\n", "Name", 3},
		"a date":           {"Clinic,Sunrise,24/11/2026,\nName,DOB,Phone,Sex\nSam,,1,M\n", "Name", 3},
		"none":             {"Name,Born,Phone\nSam,,\nEve,1/2/1990,1\n", "Name", 2},
		"few in the first": {"Name,,\nSam,07700900001,3/4/1990\nEve,07700900002,3/4/1991\n", "Name", 2},
	} {
		file := strings.NewReader(test.file)
		format, err := Sniff(t.Context(), file)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		in, err := Open(file, format)
		if err != nil {
			t.Fatal(err)
		}
		row, err := in.Read()
		if err != nil || in.Titles()[0] != test.title || row.Line != test.line || row.Cells[0] != "Sam" {
			t.Errorf("%s: %q, %+v, %v", name, in.Titles(), row, err)
		}
	}
}

func TestSniffRefuses(t *testing.T) {
	binary := make([]byte, 10_000)
	for i := range binary {
		binary[i] = byte(i*7 + i/256)
	}
	for name, test := range map[string]struct {
		file string
		want error
	}{
		"nothing":             {"", ErrEmptyFile},
		"a mark only":         {"\xef\xbb\xbf", ErrEmptyFile},
		"blank":               {" \r\n\n,,,\n\"\"\n", ErrEmptyFile},
		"only sep":            {"sep=,\n", ErrEmptyFile},
		"a picture":           {"\x89PNG\r\n\x1a\n", ErrNotText},
		"a photo":             {"\xff\xd8\xff\xe0\x00\x10JFIF", ErrNotText},
		"a PDF":               {"%PDF-1.7\n", ErrNotText},
		"an archive":          {archive(t, "letter.doc"), ErrNotText},
		"Numbers":             {archive(t, "Index/Tables/DataList.iwa"), ErrSpreadsheet},
		"half a workbook":     {"PK\x03\x04 xl/workbook.xml", ErrDamaged},
		"half of old Excel":   {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ErrDamaged},
		"HTML":                {"<HTML><table><tr><td>Name", ErrSpreadsheet},
		"a page of HTML":      {"\ufeff \r\n<!DOCTYPE html><html>", ErrSpreadsheet},
		"a table of HTML":     {"<table border=1>\n<tr><td>Name", ErrSpreadsheet},
		"XML of Excel":        {"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>", ErrSpreadsheet},
		"a NUL":               {"Name,Notes\nSam,\x00\n", ErrNotText},
		"UTF-32":              {"\xff\xfe\x00\x00N\x00\x00\x00", ErrNotText},
		"bytes":               {"Name" + string(binary[1:]), ErrNotText},
		"controls later":      {"Name,Notes\n" + strings.Repeat("Sam,x\n", 1000) + strings.Repeat("\x01\x02", 1000), ErrNotText},
		"no titles, a date":   {"Sam Specimen,4/3/1981\n", ErrNoHeader},
		"no titles, a phone":  {"Sam Specimen,07700 900001\n", ErrNoHeader},
		"no titles, an email": {"Sam Specimen,sam@example.org\n", ErrNoHeader},
		"no letters":          {"1,2,3\n", ErrNoHeader},
		"broken titles":       {"\"Name\"x,Notes\nSam,x\n", ErrQuote},
		"endless titles":      {"\"Name" + strings.Repeat("x\n", maxRecord), ErrQuote},
		"columns":             {strings.Repeat("a,", maxColumns+5), ErrTooManyColumns},
	} {
		if got, err := Sniff(t.Context(), strings.NewReader(test.file)); !errors.Is(err, test.want) {
			t.Errorf("%s: %+v, %v, want %v", name, got, err, test.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Sniff(ctx, strings.NewReader(strings.Repeat("Name,Notes\n", 100_000))); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := Sniff(t.Context(), huge{}); !errors.Is(err, ErrFileTooLarge) {
		t.Error(err)
	}
}

// archive is a ZIP archive of empty files.
func archive(t *testing.T, names ...string) string {
	t.Helper()
	var out strings.Builder
	z := zip.NewWriter(&out)
	for _, name := range names {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// huge is a file that is never read.
type huge struct{}

func (huge) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func (huge) Seek(int64, int) (int64, error) { return MaxFile + 1, nil }

// TestBrokenTitles: where the titles are broken is said.
func TestBrokenTitles(t *testing.T) {
	_, err := Sniff(t.Context(), strings.NewReader("\n\nName,\"Notes\"x\n"))
	var line *LineError
	if !errors.As(err, &line) || line.Line != 3 || line.Column != 2 {
		t.Error(err)
	}
}

// TestUTF16: any text comes out as it is, and half a character as a byte that
// no text has.
func TestUTF16(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		for _, e := range []Encoding{UTF16LE, UTF16BE} {
			got, err := io.ReadAll(decoded(bytes.NewReader(encode16(utf16.Encode([]rune(text)), e)), e))
			if err != nil || string(got) != text {
				t.Fatalf("%q, %v", got, err)
			}
		}
	})
	half := encode16([]uint16{'a', 0xd83d, 'b', 0xde00, 0xd83d, 0xd83d, 0xde00, 0xd83d}, UTF16LE)
	got, err := io.ReadAll(decoded(bytes.NewReader(append(half, 'x')), UTF16LE))
	if diff := cmp.Diff("a\xffb\xff\xff😀\xff\xff", string(got)); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func encode16(units []uint16, e Encoding) (out []byte) {
	for _, u := range units {
		if e == UTF16LE {
			out = append(out, byte(u), byte(u>>8))
		} else {
			out = append(out, byte(u>>8), byte(u))
		}
	}
	return out
}
