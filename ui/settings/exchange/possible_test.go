package exchange

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth/authtest"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest"
	"anteroom/ui/widgets"
)

// perhapsRows are one new patient, one whose number somebody else of the file has, and one
// who has the name and date of birth of a patient who is here, but another number.
const perhapsRows = "Name,Date of birth,Record number\n" +
	"Ann Marsh,24.12.1981,7\n" +
	"Bea Okafor,3.4.1990,7\n" +
	"Cleo Novak,30.1.1999,8\n"

// withNumber gives Cleo Novak, who is here, a record number.
func (s *importSample) withNumber(number string) {
	s.fake.set(func(d *fakeDesk) { d.patients[0].RecordNumber = number })
}

// refusedLines is the report as it is now.
func (s *importSample) refusedLines(name string) string {
	s.t.Helper()
	path := authtest.Path("/usb/" + name)
	d := &screentest.Form{}
	s.saveRefused(s.newRefused(d), path)
	s.Settle()
	if !d.IsClosed {
		s.t.Fatalf("%+v", d.Last())
	}
	return s.files.content[path]
}

// TestImportPossibleDuplicates: they are shown with what contradicts, and left out unless
// they are asked for; the report has those that are left out.
func TestImportPossibleDuplicates(t *testing.T) {
	for _, takes := range []bool{false, true} {
		bubble(t, func(t *testing.T, b *bubbled) {
			s := newImportSample(t, b)
			s.withNumber("70")
			s.checks(perhapsRows)
			want := [][]string{
				{"3", "Bea Okafor · 3 Apr 1990 · 7", "Line 2", "Name, Date of birth"},
				{"4", "Cleo Novak · 30 Jan 1999 · 8", "Cleo Novak · 30 Jan 1999 · 70", "Record number"},
			}
			if v := s.view; !slices.EqualFunc(v.Possible, want, slices.Equal[[]string]) || v.Takes || v.Import != "Import 1 patient" || v.More != "" ||
				!slices.Contains(v.Counts, countView{"2", "possible duplicates"}) {
				t.Errorf("%+v", v)
			}
			s.choosePossible(takes)
			patients, button, left := 2, "Import 1 patient", 2
			if takes {
				patients, button, left = 4, "Import 3 patients", 0
			}
			if v := s.view; v.Import != button || v.Takes != takes || v.CanSave != (left > 0) {
				t.Errorf("%+v", v)
			}
			before := s.refusedLines("before.csv")
			s.ask()
			s.run()
			s.Settle()
			if v := s.view; v.Step != importDone || len(s.fake.patients) != patients || v.CanSave != (left > 0) || len(v.Possible) > 0 || !slices.Equal(s.asked, []string{button}) {
				t.Errorf("%d patients, %q, %+v", len(s.fake.patients), s.asked, v)
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
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.withNumber("70")
		s.checks("Name,Record number\n" + strings.Repeat("Dan Lind,70\n", previewRows+5))
		if v := s.view; v.CanImport || !strings.HasPrefix(v.Nothing, "Nobody in the file is new for sure.") {
			t.Errorf("%+v", v)
		}
		s.another()
		var rows strings.Builder
		for i := range previewRows + 5 {
			fmt.Fprintf(&rows, "Person %d,70\n", i)
		}
		s.checks("Name,Record number\n" + rows.String())
		if v := s.view; len(v.Possible) != previewRows || v.More != "and 5 more" || v.CanImport {
			t.Errorf("%d rows, %q", len(v.Possible), v.More)
		}
		s.choosePossible(true)
		if v := s.view; !v.CanImport || v.Nothing != "" {
			t.Errorf("%+v", v)
		}
		s.importing.back()
		s.check()
		s.Settle()
		if s.view.Takes {
			t.Error("what was chosen counts for what is checked anew")
		}
	})
}

// TestImportOfOtherRows: as many rows of each sort are not the same rows.
func TestImportOfOtherRows(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.checks(fiveRows)
		if err := os.WriteFile(s.file.path, []byte(strings.Replace(fiveRows, "Bea Okafor", "Bob Okafor", 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		s.run()
		s.Settle()
		if v := s.view; v.Step != importFile || !strings.HasPrefix(v.FileError, "The file was changed meanwhile") || s.fake.commits != 0 {
			t.Errorf("%+v, %d commits", v, s.fake.commits)
		}
	})
}

// TestImportPossibleByKeyboard: they are taken in without a mouse, and the focus stays.
func TestImportPossibleByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.readFile(t, "patients.csv", perhapsRows)
		s.tabTo(t, "Check all rows")
		s.press(fyne.KeyReturn)
		if s.focusOn() != "Import 1 patient" {
			t.Fatalf("the focus is on %q", s.focusOn())
		}
		s.tabTo(t, "Import the possible duplicates too")
		s.press(fyne.KeySpace)
		if !s.imports.takesPossible || s.focusOn() != "Import the possible duplicates too" {
			t.Fatalf("%v, the focus is on %q", s.imports.takesPossible, s.focusOn())
		}
		s.tabTo(t, "Import 2 patients")
	})
}

// TestWheelOverPossibleDuplicatesScrollsThePage, and not the table sideways.
func TestWheelOverPossibleDuplicatesScrollsThePage(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.window.Resize(fyne.NewSize(700, 400))
		s.readFile(t, "patients.csv", perhapsRows)
		s.tabTo(t, "Check all rows")
		s.press(fyne.KeyReturn)
		var table *widgets.InnerScroll
		uitest.Walk(s.rows[rowExchange].pane.content, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
			if inner, ok := o.(*widgets.InnerScroll); ok {
				table = inner
			}
		})
		widgets.Reveal(table)
		before := fyne.CurrentApp().Driver().AbsolutePositionForObject(table)
		test.Scroll(s.window.Canvas(), before.AddXY(100, 10), 0, 20)
		if after := fyne.CurrentApp().Driver().AbsolutePositionForObject(table); after == before || table.Offset.X != 0 {
			t.Errorf("the table went from %v to %v, and %v aside", before, after, table.Offset.X)
		}
	})
}
