package exchange

import (
	"errors"
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
	run(t, func(t *testing.T, s *sample) {
		s.checks(fiveRows)
		want := []countView{{"2", "new patients"}, {"1", "duplicate of a patient who is here already"}, {"1", "duplicate of another line of the file"}, {"1", "refused line"}}
		if v := s.shown(); !slices.Equal(v.Counts, want) || v.Import != "Import 2 patients" || !v.CanImport || !v.CanSave {
			t.Errorf("%+v", v)
		}
		s.importer.ask()
		if !slices.Equal(s.asked, []string{"Import 2 patients"}) || len(patients(s.Sample)) != 1 {
			t.Fatalf("asked: %q", s.asked)
		}
		s.importer.run()
		s.imports() // a second Enter
		if v := s.shown(); v.Step != stepDone || v.Good != "2 patients were imported." || len(patients(s.Sample)) != 3 || staged(s.Sample) != 0 {
			t.Errorf("%+v, %d patients, %d staged", v, len(patients(s.Sample)), staged(s.Sample))
		}
		if e := s.Newest(); e.Event != auth.EventImported || e.Detail != "2 patients" {
			t.Errorf("%+v", e)
		}
		s.importer.another()
		if v := s.shown(); v.Step != stepFile || v.Good != "" || v.Counts != nil {
			t.Errorf("%+v", v)
		}
	})
}

// What the columns were is remembered for the next file of the sort.
func TestImportRemembersColumns(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		const file = "Klant,Zaak\nAnn,7\n"
		s.reads(file)
		s.importer.chooseColumn(0, exchange.Target{Field: data.FieldName, Part: exchange.Whole})
		s.importer.chooseColumn(1, exchange.Target{Field: data.FieldRecordNumber, Part: exchange.Whole})
		s.importer.check()
		s.Settle()
		s.ChangeDetails(func(d *data.Details) { d.WaitLimit = 30 }) // meanwhile
		s.imports()
		s.importer.another()
		s.reads(file)
		if v := s.shown(); v.Targets[v.Columns[0].Target] != "Name" || v.Targets[v.Columns[1].Target] != "Record number" || s.Details().WaitLimit != 30 {
			t.Errorf("%+v", v.Columns)
		}
	})
}

// A column that was left out as it did not fit is no choice of the person's.
func TestImportForgetsWhatDidNotFit(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.checks("Name,Status\nAnn One,married\nBea Two,single\n")
		s.imports()
		s.importer.another()
		s.reads("Name,Status\nCat Three,deceased\n")
		if v := s.shown(); v.Targets[v.Columns[1].Target] != "Status" {
			t.Errorf("%+v", v.Columns)
		}
	})
}

// A file whose columns changed places is not taken by where they were.
func TestImportOfMovedColumns(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.reads("Name,Record number,Health number\nAnn One,17,900\n")
		s.write("Name,Health number,Record number\nAnn One,900,17\n")
		s.importer.check()
		s.Settle()
		if v := s.shown(); v.Step != stepFile || !strings.HasPrefix(v.FileError, "The file was changed meanwhile") {
			t.Errorf("%+v", v)
		}
	})
}

// TestImportAddsInBatches: nobody else waits for many of them.
func TestImportAddsInBatches(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.checks(manyRows(2400))
		s.Anna.Delay(time.Second)
		s.importer.run()
		var counts []int
		for range 60 {
			s.Pass(200 * time.Millisecond)
			counts = append(counts, staged(s.Sample))
		}
		if got := slices.Compact(counts); !slices.Equal(got, []int{0, 1000, 2000, 2400, 0}) || s.shown().Good != "2,400 patients were imported." {
			t.Errorf("%v, %q", got, s.shown().Good)
		}
	})
}

func TestImportShowsProgressAndStops(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.checks(strings.ReplaceAll(manyRows(6000), "\n", strings.Repeat(" ", 200)+"\n"))
		s.Anna.Delay(time.Second)
		s.imports()
		if v := s.shown(); !v.Working || v.CanCancel || v.CanImport {
			t.Errorf("at first: %+v", v)
		}
		waitForStaged(s.Sample, 3000)
		if v := s.shown(); !v.CanCancel || v.Total == 0 || v.Done < v.Total/4 || v.Done > v.Total*3/4 {
			t.Errorf("half-way: %d of %d, %v", v.Done, v.Total, v.CanCancel)
		}
		s.importer.cancel()
		s.Pass(time.Minute)
		if v := s.shown(); v.Note != "Stopped. Nothing was imported." || v.Step != stepChecked || !v.CanImport || len(patients(s.Sample)) != 1 || staged(s.Sample) != 0 {
			t.Errorf("%+v, %d patients, %d staged", v.Note, len(patients(s.Sample)), staged(s.Sample))
		}
	})
}

func TestImportStopsWhenTheSettingsAreLeft(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.importsHalf(3000)
		s.Leave()
		s.Pass(time.Minute)
		if len(patients(s.Sample)) != 1 || staged(s.Sample) != 0 {
			t.Errorf("%d patients, %d staged", len(patients(s.Sample)), staged(s.Sample))
		}
	})
}

func TestImportErrors(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.checks(fiveRows)
		for err, want := range map[error]string{
			auth.ErrDiskFull:  "The disk is full, so nothing was imported.",
			auth.ErrForbidden: "Only a Practice Admin can do this.",
		} {
			s.Anna.FailWrites(fmt.Errorf("add: %w", err))
			s.imports()
			if v := s.shown(); !strings.HasPrefix(v.Error, want) || v.Step != stepChecked || !v.CanImport {
				t.Errorf("%v: %+v", err, v)
			}
		}
		s.Anna.Answer()
		if err := s.Anna.Session.SignOut(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.imports()
		if len(s.Ends) != 1 {
			t.Errorf("ends: %v", s.Ends)
		}
	})
}

// TestImportOntoADiskThatGetsFull: the next one takes away what the first could not.
func TestImportOntoADiskThatGetsFull(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.importsHalf(2000)
		s.Anna.FailWrites(auth.ErrDiskFull)
		s.Pass(time.Minute)
		if v := s.shown(); !strings.HasPrefix(v.Error, "The disk is full, so nothing was imported.") || !v.CanImport || len(patients(s.Sample)) != 1 {
			t.Errorf("%+v, %d patients", v, len(patients(s.Sample)))
		}
		s.Anna.Answer()
		s.imports()
		s.Pass(time.Minute)
		if len(patients(s.Sample)) != 2001 || staged(s.Sample) != 0 {
			t.Errorf("%d patients, %d staged", len(patients(s.Sample)), staged(s.Sample))
		}
	})
}

// What was committed is not cleared away, although the keyring did not hear of it.
func TestImportUnmarked(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.checks(fiveRows)
		s.Keyring.Fail = func(op, _ string) error {
			if op == "set" {
				return errors.New("odd")
			}
			return nil
		}
		s.imports()
		if v := s.shown(); v.Good != "2 patients were imported." || len(patients(s.Sample)) != 3 {
			t.Errorf("%+v, %d patients", v, len(patients(s.Sample)))
		}
	})
}

// TestImportIntoADatabaseFromThePast, as it turns out by what another window just left in the keyring.
func TestImportIntoADatabaseFromThePast(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.checks(fiveRows)
		put := func(items map[string]string) {
			for name, value := range items {
				if err := s.Keyring.Set(t.Context(), name, value); err != nil {
					t.Error(err)
				}
			}
		}
		rows, items := s.Memory.Rows(), s.Keyring.Items()
		s.ChangeDetails(func(d *data.Details) { d.WaitLimit = 30 })
		newer := s.Keyring.Items()
		s.Memory.Put(rows)
		put(items)
		s.Memory.Fail = func() error {
			put(newer)
			return nil
		}
		s.imports()
		if v, n := s.shown(), patientRows(s.Sample); !strings.HasPrefix(v.Error, "This was saved") || n != 3 {
			t.Errorf("%+v, %d patients", v, n)
		}
	})
}

// A file that is another by now is not what was agreed to. Who came to the
// practice meanwhile just is no new patient any more.
func TestImportOfAChangedFile(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.checks(fiveRows)
		if _, err := s.Ben.Desk.SavePatient(t.Context(), data.Patient{Name: "Bea Okafor", Born: data.Date{Year: 1990, Month: 4, Day: 3}}); err != nil {
			t.Fatal(err)
		}
		s.imports()
		if v := s.shown(); v.Step != stepDone || v.Good != "1 patient was imported." || v.Counts[0].Number != "2" {
			t.Fatalf("%+v", v)
		}
		s.importer.another()
		s.checks(fiveRows)
		s.write(fiveRows + "Eve Roy;1.2.1999;\r\n")
		s.imports()
		if v := s.shown(); v.Step != stepFile || !strings.HasPrefix(v.FileError, "The file was changed meanwhile") || len(patients(s.Sample)) != 3 || staged(s.Sample) != 0 {
			t.Errorf("%+v, %d patients", v, len(patients(s.Sample)))
		}
	})
}

// Duplicates are found only once the practice's patients are in the memory.
func TestImportWaitsForTheMemory(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.Rejoin()
		s = newSample(s.Sample)
		s.reads(fiveRows)
		s.importer.check()
		s.Pass(2 * time.Second)
		if !s.shown().Working || !s.shown().CanCancel {
			t.Fatalf("%+v", s.shown())
		}
		s.importer.cancel()
		s.Settle()
		if s.shown().Working || s.shown().Note == "" || s.shown().Step != stepColumns {
			t.Errorf("%+v", s.shown())
		}
		s.importer.check()
		s.Pass(time.Second)
		s.Anna.CatchUp()
		s.Pass(time.Second)
		if v := s.shown(); v.Step != stepChecked || s.importer.found.Existing != 1 {
			t.Errorf("%+v", v)
		}
	})
}

// The report is the same before the import and after it, when all are here.
func TestImportSavesRefusedLines(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.checks(fiveRows)
		if got := s.importer.refusedPath(); got != authtest.Path("/home/anna/patients – refused lines.csv") {
			t.Errorf("%q", got)
		}
		before := s.refusedLines("a.csv")
		if want := "Saved 3 lines as " + authtest.Path("/usb/a.csv") + "."; s.shown().Good != want {
			t.Errorf("%q, want %q", s.shown().Good, want)
		}
		for _, want := range []string{"4;;;This patient is here already.;Cleo Novak", "5;;;This is the same patient as in line 2.;Ann Marsh", "6;2;Geburtsdatum;There is no such day.;Dan Lind"} {
			if !strings.Contains(before, want) {
				t.Errorf("no %q in %q", want, before)
			}
		}
		s.imports()
		if after := s.refusedLines("b.csv"); after != before {
			t.Errorf("%q, before %q", after, before)
		}
		d := &screentest.Form{}
		s.importer.saveRefused(s.importer.newRefused(d), authtest.Path("/usb/a.csv"))
		s.Settle()
		if d.IsClosed || d.Last().Field != auth.FieldFolder || !strings.HasPrefix(d.Last().Error, "There is a file of this name") {
			t.Errorf("%+v", d.Last())
		}
		if err := os.Remove(s.importer.file.path); err != nil {
			t.Fatal(err)
		}
		s.importer.saveRefused(s.importer.newRefused(d), authtest.Path("/usb/c.csv"))
		s.Settle()
		if d.IsClosed || !strings.HasPrefix(d.Last().Error, "The file is not as it was any more") || len(s.Files) != 2 {
			t.Errorf("%+v", d.Last())
		}
	})
}

// TestImportSheetIsHeld: what was read of a spreadsheet comes in, with the stick gone that it was on.
func TestImportSheetIsHeld(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.reads(workbook(t))
		if err := os.Remove(s.importer.file.path); err != nil {
			t.Fatal(err)
		}
		chosen := s.importer.file.targets[1]
		s.importer.chooseColumn(1, exchange.Target{Field: data.FieldSex, Part: exchange.Whole}) // which all rows are looked at for
		s.Settle()
		if s.shown().Error != "" {
			t.Errorf("a column was chosen: %s", s.shown().Error)
		}
		s.importer.chooseColumn(1, chosen)
		s.Settle()
		s.importer.check()
		s.Settle()
		s.imports()
		if s.shown().Good != "2 patients were imported." {
			t.Fatalf("%+v", s.shown())
		}
		if got := s.refusedLines("a.csv"); !strings.Contains(got, "\n9,,,") {
			t.Errorf("%q", got)
		}
	})
}

func TestImportOfNothingNew(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.checks("Name,Email\nAnn,nowhere\n")
		s.importer.ask()
		if v := s.shown(); v.CanImport || v.Nothing == "" || s.asked != nil {
			t.Errorf("%+v, asked: %q", v, s.asked)
		}
		s.importer.back()
		if s.shown().Step != stepColumns || len(s.shown().Columns) != 2 {
			t.Errorf("%+v", s.shown())
		}
	})
}
