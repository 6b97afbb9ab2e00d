package exchange

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"anteroom/auth/authtest"
	"anteroom/data"
	"anteroom/data/exchange"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
)

func TestImportReadsAFile(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.reads(fiveRows)
		v := s.shown()
		if v.Step != stepColumns || v.File != "patients.csv" || v.What != "Unicode (UTF-8) · semicolons between the columns · 5 rows" || !v.CanCheck {
			t.Fatalf("%+v", v)
		}
		if len(v.Columns) != 3 || v.Columns[1].Title != "Geburtsdatum" || v.Columns[1].Sample != "24.12.1981" || v.Targets[v.Columns[1].Target] != "Date of birth" || v.Targets[0] != "Leave out" {
			t.Errorf("%+v", v.Columns)
		}
		if v.CanOrder || v.OrderText != "Dates are read as day, month, year, the order that fits the file." {
			t.Errorf("%v, %q", v.CanOrder, v.OrderText)
		}
		want := [][]string{
			{"2", "✓ yes", "Ann Marsh", "24 Dec 1981", "020 1"},
			{"3", "✓ yes", "Bea Okafor", "3 Apr 1990", ""},
			{"4", "✓ yes", "Cleo Novak", "30 Jan 1999", "020 3"},
			{"5", "✓ yes", "Ann Marsh", "24 Dec 1981", ""},
			{"6", "✗ Date of birth: There is no such day.", "Dan Lind", "31.2.1970", "020 5"},
		}
		if !slices.EqualFunc(v.Preview.Rows, want, slices.Equal[[]string]) {
			t.Errorf("%q", v.Preview.Rows)
		}
	})
}

// TestImportLeavesOutWhatDoesNotFit: and says so, where the person can choose it all the same.
func TestImportLeavesOutWhatDoesNotFit(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.reads("Name,Date of death\nAnn,1.1.1850\n")
		if got := s.shown().Preview.Rows[0][1]; got != "✗ Date of death: The day is too long ago." {
			t.Errorf("%q", got)
		}
		s.importer.another()
		s.reads("Name,Status,Date of death\nAnn,married,\nBea,single,3 Mar 1999\n")
		if c := s.shown().Columns; c[1].Target != 0 || sampleText(c[1].columnField) != "“married” is not what the title says" || c[2].Unfit != "" || s.shown().Targets[c[2].Target] != "Date of death" {
			t.Errorf("%+v", c)
		}
		want := [][]string{{"2", "✓ yes", "Ann", "", ""}, {"3", "✓ yes", "Bea", "deceased", "3 Mar 1999"}}
		if !slices.EqualFunc(s.shown().Preview.Rows, want, slices.Equal[[]string]) {
			t.Errorf("%q", s.shown().Preview.Rows)
		}
		s.importer.chooseColumn(1, exchange.Target{Field: data.FieldState, Part: exchange.Whole})
		if got := s.shown().Preview.Rows[0][1]; !strings.HasPrefix(got, "✗ Status: “married” is none of the words") || s.shown().Columns[1].Unfit != "" {
			t.Errorf("%q", got)
		}
	})
}

// TestImportEncoding: what was guessed can be changed, as long as no byte order mark says it.
func TestImportEncoding(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.reads("Name;Notes\nM\xfcller, J\xf6rg;\n")
		name := func() string { return s.shown().Preview.Rows[0][2] }
		if v := s.shown(); !v.CanEncode || exchange.Encodings()[v.Encoding] != exchange.Windows1252 || v.Word != "In the file: Müller" || name() != "Müller, Jörg" {
			t.Errorf("%+v", v)
		}
		s.importer.chooseColumn(1, exchange.Target{Field: data.FieldAlert, Part: exchange.Whole})
		s.Settle()
		s.importer.chooseEncoding(exchange.Windows1251)
		s.Settle()
		if v := s.shown(); exchange.Encodings()[v.Encoding] != exchange.Windows1251 || v.Word != "In the file: Mьller" || name() != "Mьller, Jцrg" || !strings.HasPrefix(v.What, "Cyrillic") {
			t.Errorf("%+v", v)
		}
		if v := s.shown(); v.Targets[v.Columns[1].Target] != "Alert" {
			t.Errorf("forgot what was chosen: %+v", v.Columns)
		}
		s.importer.chooseEncoding(exchange.UTF8)
		s.Settle()
		if got := s.shown().Preview.Rows[0][1]; got != "✗ Name: Some characters can't be read. Try another choice under “Characters are written as”." {
			t.Errorf("%q", got)
		}
		s.importer.another()
		s.reads("\ufeffName\nMüller\n")
		if s.shown().CanEncode {
			t.Error("a mark can be contradicted")
		}
		s.importer.another()
		s.reads("Name\nMuller\n")
		if s.shown().CanEncode {
			t.Error("it is asked where nothing depends on it")
		}
	})
}

// workbook is a spreadsheet of several sheets.
func workbook(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile("../../../data/exchange/testdata/several-sheets.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// TestImportSheet: which sheet is read is said, and can be chosen; where nothing is in it, the one
// before stays.
func TestImportSheet(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.reads(workbook(t))
		if v := s.shown(); v.What != "Excel workbook · sheet “Patients 2026” · 4 rows" || v.CanEncode || !slices.Equal(v.Sheets, []string{"Read me", "Patients 2026", "Left"}) || v.Sheet != 1 {
			t.Errorf("%+v", v)
		}
		if row := s.shown().Preview.Rows[0]; row[0] != "5" || row[2] != "Sample Specimen" || row[3] != "4 Mar 1981" {
			t.Errorf("%q", row)
		}
		s.importer.chooseSheet(2)
		s.Settle()
		if v := s.shown(); v.What != "Excel workbook · sheet “Left” · 1 row" || v.Sheet != 2 || v.Preview.Rows[0][2] != "Somebody Gone" {
			t.Errorf("%+v", v)
		}
		s.importer.chooseSheet(0)
		s.Settle()
		if v := s.shown(); v.Step != stepColumns || v.Sheet != 2 || !strings.HasPrefix(v.Error, "Nothing is on that sheet.") {
			t.Errorf("%+v", v)
		}
	})
}

// TestImportSheetsOfOneName: names that are alike as far as they are shown have their numbers.
func TestImportSheetsOfOneName(t *testing.T) {
	var v view
	long := strings.Repeat("Patients of ", 10)
	v.viewSheets(exchange.Format{Sheets: []string{long + "A", "Left", long + "B"}})
	if shown := pane.Shorten(long); !slices.Equal(v.Sheets, []string{"1: " + shown, "Left", "3: " + shown}) {
		t.Errorf("%q", v.Sheets)
	}
}

func TestImportPreviewHasTwentyRows(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.reads(manyRows(4812))
		if v := s.shown(); len(v.Preview.Rows) != 20 || !strings.HasSuffix(v.What, "4,812 rows") {
			t.Errorf("%d rows, %q", len(v.Preview.Rows), v.What)
		}
	})
}

func TestImportColumns(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.reads(fiveRows)
		s.importer.chooseColumn(0, exchange.Target{})
		s.Settle()
		if s.shown().CanCheck || s.shown().Missing == "" || slices.Contains(s.shown().Preview.Titles, "Name") {
			t.Errorf("without a name: %+v", s.shown())
		}
		s.importer.check()
		s.Settle()
		if s.shown().Step != stepColumns {
			t.Error("the rows were gone over")
		}
		s.importer.chooseColumn(0, exchange.Target{Field: data.FieldName, Part: exchange.Family})
		s.importer.chooseColumn(2, exchange.Target{Field: data.FieldHealthNumber, Part: exchange.Whole})
		s.Settle()
		if v := s.shown(); !v.CanCheck || !slices.Equal(v.Preview.Titles, []string{"Line", "Is read", "Name", "Date of birth", "NHS number"}) || v.Preview.Rows[0][4] != "020 1" {
			t.Errorf("%+v", v)
		}
	})
}

// A file whose dates fit two orders is not gone over before somebody says which.
func TestImportDateOrder(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.reads("Name,Born,Seen\nAnn,1/2/1980,13/2/1980\n")
		if v := s.shown(); !v.CanOrder || v.Order != -1 || v.CanCheck || v.Missing == "" || v.Preview.Rows[0][3] != "1 Feb 1980" {
			t.Fatalf("%+v", v)
		}
		s.importer.chooseOrder(data.MonthFirst)
		if v := s.shown(); v.Order != int(data.MonthFirst) || !v.CanCheck || v.Preview.Rows[0][3] != "2 Jan 1980" {
			t.Errorf("%+v", v)
		}
		// Another file, in which another column has the dates.
		s.importer.another()
		s.reads("Name,Born,Seen\nAnn,1/2/1980,13/2/1980\n")
		s.importer.chooseColumn(1, exchange.Target{})
		s.importer.chooseColumn(2, exchange.Target{Field: data.FieldBorn, Part: exchange.Whole})
		s.Settle()
		s.importer.chooseColumn(2, exchange.Target{Field: data.FieldBorn, Part: exchange.Whole})
		s.Settle()
		if v := s.shown(); v.CanOrder || !v.CanCheck || v.Preview.Rows[0][3] != "13 Feb 1980" {
			t.Errorf("%+v", v)
		}
	})
}

func TestImportRefusesFiles(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"picture":     {"\x89PNG\r\n\x1a\n\x00\x00", "This is a picture or a document"},
		"spreadsheet": {"PK\x03\x04xl/workbook.xml", "This spreadsheet is damaged"},
		"empty":       {"", "Nothing is in the file."},
		"titles only": {"Name,Born\n", "Nothing is in the file."},
		"no titles":   {"Ann,1.2.1980\nBea,3.4.1990\n", "The first line has no titles."},
	} {
		run(t, func(t *testing.T, s *sample) {
			s.reads(c.content)
			if v := s.shown(); !strings.HasPrefix(v.FileError, c.want) || v.Step != stepFile || v.Working {
				t.Errorf("%s: %q", name, v.FileError)
			}
			s.importer.edited()
			if s.shown().FileError != "" {
				t.Errorf("%s: the error stays while another path is typed", name)
			}
		})
	}
}

func TestImportRefusesPaths(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		for path, want := range map[string]string{
			"":                                       "Choose a file.",
			"patients.csv":                           "Type the whole path",
			t.TempDir():                              "This is a folder.",
			filepath.Join(t.TempDir(), "a.csv"):      "There is no such file.",
			`"` + authtest.Path("/none/a.csv") + `"`: "There is no such file.",
		} {
			s.importer.read(path)
			s.Settle()
			if !strings.HasPrefix(s.shown().FileError, want) {
				t.Errorf("%q: %q", path, s.shown().FileError)
			}
		}
		s.importer.open = func(string) (source, error) { return nil, fmt.Errorf("open: %w", os.ErrPermission) }
		s.importer.read(authtest.Path("/home/anna/a.csv"))
		s.Settle()
		if !strings.HasPrefix(s.shown().FileError, "You may not read this file.") {
			t.Errorf("%q", s.shown().FileError)
		}
	})
}

func TestImportNeedsTheKitFirst(t *testing.T) {
	panetest.Run(t, records(), func(p *panetest.Sample) {
		s := newSample(p)
		s.reads(fiveRows)
		if s.kits != 1 || s.shown().Step != stepFile {
			t.Errorf("asked %d times, %+v", s.kits, s.shown())
		}
	})
}
