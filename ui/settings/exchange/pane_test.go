package exchange

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth/authtest"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest"
	"anteroom/ui/widgets"
)

// canCheck says that the rows can be gone over.
func canCheck(s *panetest.Sample) bool { return !s.Button("Check all rows").Disabled() }

// selected is what the list of choices with the focus has chosen.
func selected(s *panetest.Sample) string {
	s.T.Helper()
	list, ok := s.Window.Canvas().Focused().(*widgets.Select)
	if !ok {
		s.T.Fatalf("the focus is on %T, not on a list of choices", s.Window.Canvas().Focused())
	}
	return list.Selected
}

// TestImportByKeyboard goes all the way in, and to the refused lines.
func TestImportByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *panetest.Sample) {
		readFile(s, "patients.csv", fiveRows)
		if got := selected(s); got != "Name" { // of the first column
			t.Fatalf("%q has the focus", got)
		}
		if !s.Shows("Line: 2 · Is read: ✓ yes · Name: Ann Marsh") {
			t.Error("the first row is not shown in full")
		}
		s.TabTo("Check all rows")
		s.Press(fyne.KeyReturn)
		if s.FocusOn() != "Import 2 patients" {
			t.Fatalf("the focus is on %q", s.FocusOn())
		}
		s.Press(fyne.KeyReturn)
		s.WantDialog("Import 2 patients")
		s.Press(fyne.KeyReturn) // the focus is on Cancel
		if s.Dialog() != nil || len(patients(s)) != 1 || s.FocusOn() != "Import 2 patients" {
			t.Fatalf("an Enter too many: %d patients, the focus is on %q", len(patients(s)), s.FocusOn())
		}
		s.Press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		if len(patients(s)) != 3 || s.FocusOn() != "Import another file" {
			t.Fatalf("%d patients, the focus is on %q", len(patients(s)), s.FocusOn())
		}
		s.Press(panetest.ShiftTab)
		if s.FocusOn() != "Save the refused lines…" {
			t.Fatalf("the focus is on %q", s.FocusOn())
		}
		s.Press(fyne.KeyReturn)
		s.WantDialog("Save")
		s.Replace(authtest.Path("/usb/refused.csv"))
		s.Press(fyne.KeyReturn)
		if s.Dialog() != nil || !strings.Contains(s.Files[authtest.Path("/usb/refused.csv")], "Dan Lind") {
			t.Fatalf("%v", s.Files)
		}
		s.TabTo("Import another file")
		s.Press(fyne.KeyReturn)
		if w := s.Window.Canvas().Focused(); w == nil || s.FocusOn() != "" {
			t.Errorf("the focus is on %T %q, not on the file", w, s.FocusOn())
		}
	})
}

// A column is chosen in its menu, with the keyboard.
func TestImportColumnByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *panetest.Sample) {
		readFile(s, "patients.csv", "Wer,Tel\nAnn,1\n")
		if canCheck(s) {
			t.Fatal("there is a name already")
		}
		s.Press(fyne.KeySpace, fyne.KeyDown, fyne.KeyReturn)
		if got := selected(s); got != "Name" || !canCheck(s) {
			t.Errorf("%q, can check: %v", got, canCheck(s))
		}
	})
}

// A sheet is chosen in its menu, and its rows are read.
func TestImportSheetByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *panetest.Sample) {
		readFile(s, "patients.xlsx", workbook(t))
		for n := 0; selected(s) != "Patients 2026" && n < 20; n++ {
			s.Press(fyne.KeyTab)
		}
		s.Press(fyne.KeySpace, fyne.KeyDown, fyne.KeyReturn)
		if !s.Shows("sheet “Left” · 1 row") || !s.Shows("Somebody Gone") {
			t.Error(panetest.Text(s.Pane.Content))
		}
	})
}

// How characters and dates are written is chosen likewise.
func TestImportEncodingAndOrderByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *panetest.Sample) {
		readFile(s, "patients.csv", "Name;Born\nM\xfcller;1/2/1980\n")
		s.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab)
		if got := selected(s); got != "" || canCheck(s) {
			t.Fatalf("the order of dates is %q", got)
		}
		s.Press(fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
		if !canCheck(s) || !s.Shows("Name: Müller · Date of birth: 2 Jan 1980") {
			t.Errorf("%q: %s", selected(s), panetest.Text(s.Pane.Content))
		}
		s.Press(panetest.ShiftTab, fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
		if !s.Shows("Name: Mьller") {
			t.Errorf("%q: %s", selected(s), panetest.Text(s.Pane.Content))
		}
	})
}

func TestRefusedFileKeepsTheFocusInItsField(t *testing.T) {
	runPane(t, func(t *testing.T, s *panetest.Sample) {
		field := s.Window.Canvas().Focused()
		s.Replace(csvFile(t, "a.csv", ""))
		s.TabTo("Read the file")
		s.Press(fyne.KeyReturn)
		if s.Window.Canvas().Focused() != field || !s.Shows("Nothing is in the file.") {
			t.Errorf("the focus is on %T: %s", s.Window.Canvas().Focused(), panetest.Text(s.Pane.Content))
		}
	})
}

func TestImportWithoutAKitLeadsToIt(t *testing.T) {
	panetest.Run(t, records(), func(s *panetest.Sample) {
		t := s.T
		s.Anna.StepUp()
		kits := show(s)
		readFile(s, "a.csv", fiveRows)
		s.WantDialog("Make the kit")
		s.Press(fyne.KeyEscape)
		if s.Dialog() != nil || s.Window.Canvas().Focused() == nil {
			t.Fatal("the focus is lost")
		}
		s.Press(fyne.KeyReturn)
		s.WantDialog("Make the kit")
		s.Press(fyne.KeyReturn)
		if len(*kits) != 1 || s.Dialog() != nil {
			t.Errorf("%d kits", len(*kits))
		}
	})
}

// Cancel gets the focus when it comes, and gives it back.
func TestCancelOfAnImportByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *panetest.Sample) {
		readFile(s, "patients.csv", manyRows(3000))
		s.TabTo("Check all rows")
		s.Press(fyne.KeyReturn, fyne.KeyReturn)
		s.Anna.Delay(time.Second)
		s.Press(fyne.KeyTab, fyne.KeyReturn)
		s.Pass(5 * time.Second)
		if _, _, isUnsaved := s.Pane.Unsaved(); s.FocusOn() != "Cancel" || !isUnsaved {
			t.Fatalf("the focus is on %q, leaving is asked for: %v", s.FocusOn(), isUnsaved)
		}
		s.Press(fyne.KeyReturn)
		s.Pass(time.Minute)
		if _, _, isUnsaved := s.Pane.Unsaved(); isUnsaved || s.FocusOn() != "Import 3,000 patients" || staged(s) != 0 || len(patients(s)) != 1 {
			t.Errorf("leaving is asked for: %v, the focus is on %q, %d patients", isUnsaved, s.FocusOn(), len(patients(s)))
		}
	})
}

func TestExportPatientsByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *panetest.Sample) {
		s.TabTo("Export all patients…")
		s.Press(fyne.KeyReturn)
		s.WantDialog("Export")
		if !s.Shows("The file is not sealed") {
			t.Errorf("%q", s.DialogText())
		}
		s.Replace(authtest.Path("/usb/all.csv"))
		s.Press(fyne.KeyReturn)
		s.Prove()
		if s.Dialog() != nil || !strings.Contains(s.Files[authtest.Path("/usb/all.csv")], "Cleo Novak") {
			t.Fatalf("%v", s.Files)
		}
		if s.FocusOn() != "Export all patients…" || !s.Shows("Exported 1 patient") {
			t.Errorf("the focus is on %q", s.FocusOn())
		}
	})
}

// TestImportQuestionsByKeyboard: what is asked is answered without a mouse.
func TestImportQuestionsByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *panetest.Sample) {
		readFile(s, "patients.csv", "Name,Born,Status\nAnn,14.5.91,married\nBea,13.1.81,active\n")
		s.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
		if got := selected(s); got != "1891" || !canCheck(s) || !s.Shows("14 May 1891") {
			t.Fatalf("%q: %s", got, panetest.Text(s.Pane.Content))
		}
		s.Press(fyne.KeyTab, fyne.KeySpace, fyne.KeyDown, fyne.KeyReturn)
		if got := selected(s); got != "Left the practice" || !s.Shows("Status: left") {
			t.Fatalf("%q: %s", got, panetest.Text(s.Pane.Content))
		}
	})
}

// TestImportPossibleByKeyboard: they are taken in without a mouse, and the focus stays.
func TestImportPossibleByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *panetest.Sample) {
		readFile(s, "patients.csv", perhapsRows)
		s.TabTo("Check all rows")
		s.Press(fyne.KeyReturn)
		if s.FocusOn() != "Import 1 patient" {
			t.Fatalf("the focus is on %q", s.FocusOn())
		}
		s.TabTo("Import the possible duplicates too")
		s.Press(fyne.KeySpace)
		if s.FocusOn() != "Import the possible duplicates too" {
			t.Fatalf("the focus is on %q", s.FocusOn())
		}
		s.TabTo("Import 2 patients")
	})
}

// innerScroll is the last table that scrolls sideways.
func innerScroll(s *panetest.Sample) (table *widgets.InnerScroll) {
	uitest.Walk(s.Pane.Content, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if inner, ok := o.(*widgets.InnerScroll); ok {
			table = inner
		}
	})
	return table
}

func placeOf(o fyne.CanvasObject) fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
}

// TestWheelOverThePreviewScrollsThePage, which the preview lies in: its table is wide, not high.
func TestWheelOverThePreviewScrollsThePage(t *testing.T) {
	runPane(t, func(t *testing.T, s *panetest.Sample) {
		readFile(s, "patients.csv", strings.Repeat("A title,", 14)+"Name\n"+strings.Repeat("a cell,", 14)+"Ann Roy\n")
		table := innerScroll(s)
		widgets.Reveal(table)
		for _, down := range []float32{10, 60} { // over the titles, over the rows
			before := placeOf(table)
			test.Scroll(s.Window.Canvas(), before.AddXY(100, down), 0, 20)
			if after := placeOf(table); after != before.AddXY(0, 20) || table.Offset.X != 0 {
				t.Errorf("the table went from %v to %v, and %v aside", before, after, table.Offset.X)
			}
		}
	})
}

// TestWheelOverPossibleDuplicatesScrollsThePage, and not the table sideways.
func TestWheelOverPossibleDuplicatesScrollsThePage(t *testing.T) {
	runPane(t, func(t *testing.T, s *panetest.Sample) {
		s.Window.Resize(fyne.NewSize(500, 300))
		readFile(s, "patients.csv", perhapsRows)
		s.TabTo("Check all rows")
		s.Press(fyne.KeyReturn)
		table := innerScroll(s)
		widgets.Reveal(table)
		before := placeOf(table)
		test.Scroll(s.Window.Canvas(), before.AddXY(100, 10), 0, 20)
		if after := placeOf(table); after == before || table.Offset.X != 0 {
			t.Errorf("the table went from %v to %v, and %v aside", before, after, table.Offset.X)
		}
	})
}
