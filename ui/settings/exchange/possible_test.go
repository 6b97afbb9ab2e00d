package exchange

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"anteroom/auth/authtest"
	"anteroom/ui/screen/screentest"
)

// perhapsRows are one new patient, one whose number somebody else of the file has, and one
// who has the name and date of birth of a patient who is here, but another number.
const perhapsRows = "Name,Date of birth,Record number\n" +
	"Ann Marsh,24.12.1981,7\n" +
	"Bea Okafor,3.4.1990,7\n" +
	"Cleo Novak,30.1.1999,8\n"

// withNumber gives Cleo Novak, who is here, a record number.
func (s *sample) withNumber(number string) {
	s.T.Helper()
	cleo := s.Patient("c")
	cleo.RecordNumber = number
	if _, err := s.Ben.Desk.SavePatient(s.T.Context(), cleo); err != nil {
		s.T.Fatal(err)
	}
	s.Anna.CatchUp()
}

// refusedLines is the report as it is now.
func (s *sample) refusedLines(name string) string {
	s.T.Helper()
	path := authtest.Path("/usb/" + name)
	d := &screentest.Form{}
	s.importer.saveRefused(s.importer.newRefused(d), path)
	s.Settle()
	if !d.IsClosed {
		s.T.Fatalf("%+v", d.Last())
	}
	return s.Files[path]
}

// TestImportPossibleDuplicates: they are shown with what contradicts, and left out unless
// they are asked for; the report has those that are left out.
func TestImportPossibleDuplicates(t *testing.T) {
	for _, takes := range []bool{false, true} {
		run(t, func(t *testing.T, s *sample) {
			s.withNumber("70")
			s.checks(perhapsRows)
			want := [][]string{
				{"3", "Bea Okafor · 3 Apr 1990 · 7", "Line 2", "Name, Date of birth"},
				{"4", "Cleo Novak · 30 Jan 1999 · 8", "Cleo Novak · 30 Jan 1999 · 70", "Record number"},
			}
			if v := s.shown(); !slices.EqualFunc(v.Possible, want, slices.Equal[[]string]) || v.Takes || v.Import != "Import 1 patient" || v.More != "" ||
				!slices.Contains(v.Counts, countView{"2", "possible duplicates"}) {
				t.Errorf("%+v", v)
			}
			s.importer.choosePossible(takes)
			count, button, left := 2, "Import 1 patient", 2
			if takes {
				count, button, left = 4, "Import 3 patients", 0
			}
			if v := s.shown(); v.Import != button || v.Takes != takes || v.CanSave != (left > 0) {
				t.Errorf("%+v", v)
			}
			before := s.refusedLines("before.csv")
			s.importer.ask()
			s.imports()
			if v := s.shown(); v.Step != stepDone || len(patients(s.Sample)) != count || v.CanSave != (left > 0) || len(v.Possible) > 0 || !slices.Equal(s.asked, []string{button}) {
				t.Errorf("%d patients, %q, %+v", len(patients(s.Sample)), s.asked, v)
			}
			for _, reason := range []string{
				`3,"1; 2","Name; Date of birth","This may be the patient of line 2. Different: Name, Date of birth.",Bea Okafor`,
				`4,3,Record number,"This may be Cleo Novak, born 30 Jan 1999, who is here already. Different: Record number.",Cleo Novak`,
			} {
				if strings.Contains(before, reason) == takes {
					t.Errorf("take them: %v, %q in %q", takes, reason, before)
				}
			}
			if after := s.refusedLines("after.csv"); after != before {
				t.Errorf("%q, before %q", after, before)
			}
		})
	}
}

// TestImportOfPossibleDuplicatesOnly: what is not asked for is said, and how many more there
// are than are shown.
func TestImportOfPossibleDuplicatesOnly(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.withNumber("70")
		s.checks("Name,Record number\n" + strings.Repeat("Dan Lind,70\n", previewRows+5))
		if v := s.shown(); v.CanImport || !strings.HasPrefix(v.Nothing, "Nobody in the file is new for sure.") {
			t.Errorf("%+v", v)
		}
		s.importer.another()
		var rows strings.Builder
		for i := range previewRows + 5 {
			fmt.Fprintf(&rows, "Person %d,70\n", i)
		}
		s.checks("Name,Record number\n" + rows.String())
		if v := s.shown(); len(v.Possible) != previewRows || v.More != "and 5 more" || v.CanImport {
			t.Errorf("%d rows, %q", len(v.Possible), v.More)
		}
		s.importer.choosePossible(true)
		if v := s.shown(); !v.CanImport || v.Nothing != "" {
			t.Errorf("%+v", v)
		}
		s.importer.back()
		s.importer.check()
		s.Settle()
		if s.shown().Takes {
			t.Error("what was chosen counts for what is checked anew")
		}
	})
}

// TestImportOfOtherRows: as many rows of each sort are not the same rows.
func TestImportOfOtherRows(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.checks(fiveRows)
		s.write(strings.Replace(fiveRows, "Bea Okafor", "Bob Okafor", 1))
		s.imports()
		if v := s.shown(); v.Step != stepFile || !strings.HasPrefix(v.FileError, "The file was changed meanwhile") || len(patients(s.Sample)) != 1 {
			t.Errorf("%+v, %d patients", v, len(patients(s.Sample)))
		}
	})
}
