package exchange

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data"
	"anteroom/data/exchange"
	"anteroom/ui/screen/screentest"
)

func TestImportInOrder(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.checks(fiveRows)
		want := []countView{{"2", "new patients"}, {"1", "duplicate of a patient who is here already"}, {"1", "duplicate of another line of the file"}, {"1", "refused line"}}
		if v := s.view; !slices.Equal(v.Counts, want) || v.Import != "Import 2 patients" || !v.CanImport || !v.CanSave {
			t.Errorf("%+v", v)
		}
		s.ask()
		if !slices.Equal(s.asked, []string{"Import 2 patients"}) || s.fake.commits != 0 {
			t.Fatalf("asked: %q", s.asked)
		}
		s.run()
		s.run() // a second Enter
		s.Settle()
		if v := s.view; v.Step != importDone || v.Good != "2 patients were imported." || s.fake.commits != 1 || s.fake.discards != 0 || s.fake.open != 0 || len(s.fake.patients) != 3 {
			t.Errorf("%+v, %d commits, %d patients", v, s.fake.commits, len(s.fake.patients))
		}
		s.another()
		if v := s.view; v.Step != importFile || v.Good != "" || v.Counts != nil {
			t.Errorf("%+v", v)
		}
	})
}

// What the columns were is remembered for the next file of the sort.
func TestImportRemembersColumns(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		const file = "Klant,Zaak\nAnn,7\n"
		s := newImportSample(t, b)
		s.reads(file)
		s.chooseColumn(0, exchange.Target{Field: data.FieldName, Part: exchange.Whole})
		s.chooseColumn(1, exchange.Target{Field: data.FieldRecordNumber, Part: exchange.Whole})
		s.check()
		s.Settle()
		s.fake.meantimes = append(s.fake.meantimes, func(d *data.Details) { d.WaitLimit = 30 }) // at the same time
		s.run()
		s.Settle()
		s.another()
		s.reads(file)
		if v := s.view; v.Targets[v.Columns[0].Target] != "Name" || v.Targets[v.Columns[1].Target] != "Record number" || s.fake.details.WaitLimit != 30 {
			t.Errorf("%+v", v.Columns)
		}
	})
}

// A column that was left out as it did not fit is no choice of the person's.
func TestImportForgetsWhatDidNotFit(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.checks("Name,Status\nAnn One,married\nBea Two,single\n")
		s.run()
		s.Settle()
		s.another()
		s.reads("Name,Status\nCat Three,deceased\n")
		if v := s.view; v.Targets[v.Columns[1].Target] != "Status" {
			t.Errorf("%+v", v.Columns)
		}
	})
}

// A file whose columns changed places is not taken by where they were.
func TestImportOfMovedColumns(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.reads("Name,Record number,Health number\nAnn One,17,900\n")
		if err := os.WriteFile(s.file.path, []byte("Name,Health number,Record number\nAnn One,900,17\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s.check()
		s.Settle()
		if v := s.view; v.Step != importFile || !strings.HasPrefix(v.FileError, "The file was changed meanwhile") {
			t.Errorf("%+v", v)
		}
	})
}

func TestImportAddsInBatches(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.checks(manyRows(2400))
		s.run()
		s.Settle()
		if !slices.Equal(s.fake.added, []int{1000, 1000, 400}) || s.view.Good != "2,400 patients were imported." {
			t.Errorf("%v, %q", s.fake.added, s.view.Good)
		}
	})
}

func TestImportShowsProgressAndStops(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.checks(manyRows(40_000))
		s.fake.set(func(d *fakeDesk) { d.addTime = 200 * time.Millisecond })
		s.run()
		s.Settle()
		if v := s.view; !v.Working || v.CanCancel || v.CanImport {
			t.Errorf("at first: %+v", v)
		}
		s.wait(5 * time.Second)
		if v := s.view; !v.CanCancel || v.Total == 0 || v.Done < v.Total/4 || v.Done > v.Total*3/4 {
			t.Errorf("after 5 s: %d of %d, %v", v.Done, v.Total, v.CanCancel)
		}
		s.cancel()
		s.Settle()
		if v := s.view; v.Note != "Stopped. Nothing was imported." || v.Step != importChecked || !v.CanImport || len(s.fake.patients) != 1 || s.fake.discards != 1 || s.fake.open != 0 {
			t.Errorf("%+v, %d patients, %d discards", v.Note, len(s.fake.patients), s.fake.discards)
		}
	})
}

func TestImportStopsWhenTheSettingsAreLeft(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.checks(manyRows(5000))
		s.fake.set(func(d *fakeDesk) { d.addTime = 100 * time.Millisecond })
		s.run()
		s.wait(200 * time.Millisecond)
		b.leave()
		s.wait(time.Minute)
		if len(s.fake.patients) != 1 || s.fake.open != 0 || s.fake.commits != 0 {
			t.Errorf("%d patients, %d open, %d commits", len(s.fake.patients), s.fake.open, s.fake.commits)
		}
	})
}

func TestImportErrors(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.checks(fiveRows)
		for err, want := range map[error]string{
			auth.ErrDiskFull:  "The disk is full, so nothing was imported.",
			auth.ErrForbidden: "Only a Practice Admin can do this.",
		} {
			s.fake.set(func(d *fakeDesk) { d.addFails = fmt.Errorf("add: %w", err) })
			s.run()
			s.Settle()
			if v := s.view; !strings.HasPrefix(v.Error, want) || v.Step != importChecked || !v.CanImport || s.fake.open != 0 {
				t.Errorf("%v: %+v", err, v)
			}
		}
		s.fake.set(func(d *fakeDesk) { d.addFails = auth.ErrSessionEnded })
		s.run()
		s.Settle()
		if len(s.ends) != 1 {
			t.Errorf("ends: %v", s.ends)
		}
	})
}

// What was committed is not cleared away, although the keyring did not hear of it.
func TestImportUnmarked(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.checks(fiveRows)
		s.fake.commitEnd = auth.ErrNotAnchored
		s.run()
		s.Settle()
		if v := s.view; !strings.HasPrefix(v.Error, "This was saved") || s.fake.discards != 0 || len(s.fake.patients) != 3 {
			t.Errorf("%+v, %d discards", v, s.fake.discards)
		}
	})
}

// A file that is another by now is not what was agreed to. Who came to the
// practice meanwhile just is no new patient any more.
func TestImportOfAChangedFile(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.checks(fiveRows)
		s.fake.set(func(d *fakeDesk) {
			d.patients = append(d.patients, data.Patient{ID: "b", Name: "Bea Okafor", Born: data.Date{Year: 1990, Month: 4, Day: 3}})
		})
		s.run()
		s.Settle()
		if v := s.view; v.Step != importDone || v.Good != "1 patient was imported." || v.Counts[0].Number != "2" {
			t.Fatalf("%+v", v)
		}
		s.another()
		s.checks(fiveRows)
		if err := os.WriteFile(s.file.path, []byte(fiveRows+"Eve Roy;1.2.1999;\r\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s.run()
		s.Settle()
		if v := s.view; v.Step != importFile || !strings.HasPrefix(v.FileError, "The file was changed meanwhile") || s.fake.commits != 1 || s.fake.open != 0 {
			t.Errorf("%+v, %d commits", v, s.fake.commits)
		}
	})
}

// Duplicates are found only once the practice's patients are in the memory.
func TestImportWaitsForTheMemory(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.fake.loading = true
		s.reads(fiveRows)
		s.check()
		s.wait(2 * time.Second)
		if !s.view.Working || !s.view.CanCancel {
			t.Fatalf("%+v", s.view)
		}
		s.cancel()
		s.Settle()
		if s.view.Working || s.view.Note == "" || s.view.Step != importColumns {
			t.Errorf("%+v", s.view)
		}
		s.check()
		s.wait(time.Second)
		s.fake.set(func(d *fakeDesk) { d.loading = false })
		s.wait(time.Second)
		if s.view.Step != importChecked {
			t.Errorf("%+v", s.view)
		}
	})
}

// The report is the same before the import and after it, when all are here.
func TestImportSavesRefusedLines(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.checks(fiveRows)
		saves := func(path string) string {
			d := &screentest.Form{}
			s.saveRefused(s.newRefused(d), path)
			s.Settle()
			if !d.IsClosed || s.view.Good != "Saved 3 lines as "+path+"." {
				t.Errorf("closed: %v, %q", d.IsClosed, s.view.Good)
			}
			return s.files.content[path]
		}
		if got := s.refusedPath(); got != authtest.Path("/home/anna/patients – refused lines.csv") {
			t.Errorf("%q", got)
		}
		before := saves(authtest.Path("/usb/a.csv"))
		for _, want := range []string{"4;;;This patient is here already.;Cleo Novak", "5;;;This is the same patient as in line 2.;Ann Marsh", "6;2;Geburtsdatum;There is no such day.;Dan Lind"} {
			if !strings.Contains(before, want) {
				t.Errorf("no %q in %q", want, before)
			}
		}
		s.run()
		s.Settle()
		if after := saves(authtest.Path("/usb/b.csv")); after != before {
			t.Errorf("%q, before %q", after, before)
		}
		d := &screentest.Form{}
		s.saveRefused(s.newRefused(d), authtest.Path("/usb/a.csv"))
		s.Settle()
		if d.IsClosed || d.Last().Field != auth.FieldFolder || !strings.HasPrefix(d.Last().Error, "There is a file of this name") {
			t.Errorf("%+v", d.Last())
		}
		if err := os.Remove(s.file.path); err != nil {
			t.Fatal(err)
		}
		s.saveRefused(s.newRefused(d), authtest.Path("/usb/c.csv"))
		s.Settle()
		if d.IsClosed || !strings.HasPrefix(d.Last().Error, "The file is not as it was any more") || len(s.files.content) != 2 {
			t.Errorf("%+v", d.Last())
		}
	})
}

// TestImportSheetIsHeld: what was read of a spreadsheet comes in, with the stick gone that it was on.
func TestImportSheetIsHeld(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.reads(workbook(t))
		if err := os.Remove(s.file.path); err != nil {
			t.Fatal(err)
		}
		chosen := s.file.targets[1]
		s.chooseColumn(1, exchange.Target{Field: data.FieldSex, Part: exchange.Whole}) // which all rows are looked at for
		s.Settle()
		if s.view.Error != "" {
			t.Errorf("a column was chosen: %s", s.view.Error)
		}
		s.chooseColumn(1, chosen)
		s.Settle()
		s.check()
		s.Settle()
		s.run()
		s.Settle()
		if s.view.Good != "2 patients were imported." {
			t.Fatalf("%+v", s.view)
		}
		if got := s.refusedLines("a.csv"); !strings.Contains(got, "\n9,,,") {
			t.Errorf("%q", got)
		}
	})
}

func TestImportOfNothingNew(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.checks("Name,Email\nAnn,nowhere\n")
		s.ask()
		if v := s.view; v.CanImport || v.Nothing == "" || s.asked != nil {
			t.Errorf("%+v, asked: %q", v, s.asked)
		}
		s.importing.back()
		if s.view.Step != importColumns || len(s.view.Columns) != 2 {
			t.Errorf("%+v", s.view)
		}
	})
}
