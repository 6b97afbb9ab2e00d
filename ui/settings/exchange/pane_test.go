package exchange

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest"
	"anteroom/ui/widgets"
)

// TestImportByKeyboard goes all the way in, and to the refused lines.
func TestImportByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.readFile(t, "patients.csv", fiveRows)
		if _, ok := s.window.Canvas().Focused().(*widgets.Select); !ok {
			t.Fatalf("the focus is on %T, not on the first column", s.window.Canvas().Focused())
		}
		s.tabTo(t, "Check all rows")
		s.press(fyne.KeyReturn)
		if s.focusOn() != "Import 2 patients" {
			t.Fatalf("the focus is on %q", s.focusOn())
		}
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Import 2 patients")
		s.press(fyne.KeyReturn) // the focus is on Cancel
		if s.dialog() != nil || s.desk.commits != 0 || s.focusOn() != "Import 2 patients" {
			t.Fatalf("an Enter too many: %d commits, the focus is on %q", s.desk.commits, s.focusOn())
		}
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		if s.desk.commits != 1 || s.focusOn() != "Import another file" {
			t.Fatalf("%d commits, the focus is on %q", s.desk.commits, s.focusOn())
		}
		s.press(shiftTab)
		if s.focusOn() != "Save the refused lines…" {
			t.Fatalf("the focus is on %q", s.focusOn())
		}
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Save")
		s.replace(authtest.Path("/usb/refused.csv"))
		s.press(fyne.KeyReturn)
		if s.dialog() != nil || !strings.Contains(s.files.content[authtest.Path("/usb/refused.csv")], "Dan Lind") {
			t.Fatalf("%v", s.files.content)
		}
		s.tabTo(t, "Import another file")
		s.press(fyne.KeyReturn)
		if w := s.window.Canvas().Focused(); w == nil || s.focusOn() != "" {
			t.Errorf("the focus is on %T %q, not on the file", w, s.focusOn())
		}
		s.press(fyne.KeyEscape)
		if s.backs != 1 {
			t.Error("Esc did not lead back")
		}
	})
}

// A column is chosen in its menu, with the keyboard.
func TestImportColumnByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.readFile(t, "patients.csv", "Wer,Tel\nAnn,1\n")
		if s.imports.view().CanCheck {
			t.Fatal("there is a name already")
		}
		s.press(fyne.KeySpace, fyne.KeyDown, fyne.KeyReturn)
		if s.imports.file.targets[0].Field != data.FieldName || !s.imports.view().CanCheck {
			t.Errorf("%+v", s.imports.file.targets)
		}
		if _, ok := s.window.Canvas().Focused().(*widgets.Select); !ok {
			t.Errorf("the focus is on %T", s.window.Canvas().Focused())
		}
	})
}

// A sheet is chosen in its menu, and its rows are read.
func TestImportSheetByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.readFile(t, "patients.xlsx", workbook(t))
		for range s.imports.file.titles {
			s.press(fyne.KeyTab)
		}
		if w, ok := s.window.Canvas().Focused().(*widgets.Select); !ok || w.Selected != "Patients 2026" {
			t.Fatalf("the focus is on %T, not on the sheets", s.window.Canvas().Focused())
		}
		s.press(fyne.KeySpace, fyne.KeyDown, fyne.KeyReturn)
		if got := s.imports.file.titles; s.imports.file.format.Sheet != 2 || len(got) != 2 {
			t.Errorf("%d, %q", s.imports.file.format.Sheet, got)
		}
	})
}

func TestRefusedFileKeepsTheFocusInItsField(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowExchange)
		field := s.window.Canvas().Focused()
		s.replace(csvFile(t, "a.csv", ""))
		s.tabTo(t, "Read the file")
		s.press(fyne.KeyReturn)
		if s.window.Canvas().Focused() != field || s.imports.fileError == "" {
			t.Errorf("the focus is on %T, %q", s.window.Canvas().Focused(), s.imports.fileError)
		}
	})
}

func TestImportWithoutAKitLeadsToIt(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.kit, b.session.fresh = auth.KitInfo{}, true
		s := newPlainSample(t, b)
		s.readFile(t, "a.csv", fiveRows)
		s.wantDialog(t, "Make the kit")
		s.press(fyne.KeyEscape)
		if s.dialog() != nil || s.window.Canvas().Focused() == nil {
			t.Fatal("the focus is lost")
		}
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Make the kit")
		s.press(fyne.KeyReturn)
		if len(s.kits) != 1 || s.dialog() != nil {
			t.Errorf("%d kits", len(s.kits))
		}
	})
}

// Cancel gets the focus when it comes, and gives it back.
func TestCancelOfAnImportByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.readFile(t, "patients.csv", manyRows(5000))
		s.tabTo(t, "Check all rows")
		s.press(fyne.KeyReturn, fyne.KeyReturn)
		s.desk.set(func(d *fakeDesk) { d.addTime = time.Second })
		s.press(fyne.KeyTab, fyne.KeyReturn)
		for range 20 {
			time.Sleep(100 * time.Millisecond)
			s.Settle()
		}
		if s.focusOn() != "Cancel" {
			t.Fatalf("the focus is on %q", s.focusOn())
		}
		s.press(fyne.KeyEscape)
		s.wantDialog(t, "Leave")
		s.press(fyne.KeyEscape, fyne.KeyReturn)
		if s.imports.busy() || s.focusOn() != "Import 5,000 patients" || s.desk.open != 0 || len(s.desk.patients) != 1 {
			t.Errorf("busy: %v, the focus is on %q, %d patients", s.imports.busy(), s.focusOn(), len(s.desk.patients))
		}
	})
}

func TestExportPatientsByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowExchange)
		s.tabTo(t, "Export all patients…")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Export")
		if text := shownIn(s.dialog()); !strings.Contains(text, "The file is not sealed") {
			t.Errorf("%q", text)
		}
		s.replace(authtest.Path("/usb/all.csv"))
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Confirm")
		s.desk.set(func(d *fakeDesk) { d.fresh = true })
		s.typed(rightPassword)
		s.press(fyne.KeyReturn)
		if s.dialog() != nil || !strings.Contains(s.files.content[authtest.Path("/usb/all.csv")], "Cleo Novak") {
			t.Fatalf("%v", s.files.content)
		}
		if s.focusOn() != "Export all patients…" {
			t.Errorf("the focus is on %q", s.focusOn())
		}
	})
}

// What was exported is read again as it is: nothing is new in it.
func TestExportedFileIsKnownAgain(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		e, desk, files, _ := newExportSample(b)
		desk.fresh = true
		d := &screentest.Form{}
		e.export(e.newTask(d), authtest.Path("/usb/a.csv"))
		b.Settle()
		s := newImportSample(t, b)
		s.reads(files.content[authtest.Path("/usb/a.csv")])
		if v := s.view; !strings.HasSuffix(v.What, "1 row · written by Anteroom") || v.CanOrder {
			t.Errorf("%+v", v)
		}
		s.check()
		s.Settle()
		if s.found.Existing != 1 || s.found.Good != 0 {
			t.Errorf("%+v", s.found)
		}
		if want := "Everybody in the file is here already, so there is nothing to import."; s.view.Nothing != want {
			t.Errorf("%q, want %q", s.view.Nothing, want)
		}
	})
}

// TestWheelOverThePreviewScrollsThePage, which the preview lies in: its table is wide, not high.
func TestWheelOverThePreviewScrollsThePage(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.readFile(t, "patients.csv", strings.Repeat("A title,", 14)+"Name\n"+strings.Repeat("a cell,", 14)+"Ann Roy\n")
		var table *widgets.InnerScroll
		uitest.Walk(s.rows[rowExchange].pane.content, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
			if inner, ok := o.(*widgets.InnerScroll); ok {
				table = inner
			}
		})
		widgets.Reveal(table)
		place := func() fyne.Position { return fyne.CurrentApp().Driver().AbsolutePositionForObject(table) }
		for _, down := range []float32{10, 60} { // over the titles, over the rows
			before := place()
			test.Scroll(s.window.Canvas(), before.AddXY(100, down), 0, 20)
			if after := place(); after != before.AddXY(0, 20) || table.Offset.X != 0 {
				t.Errorf("the table went from %v to %v, and %v aside", before, after, table.Offset.X)
			}
		}
	})
}
