package settings

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/exchange"
)

// importSample is the presenter with what it showed.
type importSample struct {
	*importing
	*bubbled
	t     *testing.T
	fake  *fakeDesk
	view  importView
	files files
	kits  int
	asked []string
	ends  []error
}

func newImportSample(t *testing.T, b *bubbled) *importSample {
	s := &importSample{bubbled: b, t: t, files: files{content: map[string]string{}}}
	shared, desk := deskOffice(b, &s.ends)
	s.fake = desk
	s.importing = &importing{
		office: shared.office, kits: b.session, desk: desk, pane: importShown{s}, save: s.files.save, folder: "/home/anna", open: openSource,
	}
	return s
}

type importShown struct{ *importSample }

func (s importShown) show(v importView)             { s.importSample.view = v }
func (s importShown) askForKit()                    { s.importSample.kits++ }
func (s importShown) confirmImport(title, _ string) { s.asked = append(s.asked, title) }

// reads reads a file with this content.
func (s *importSample) reads(content string) {
	s.t.Helper()
	s.read(csvFile(s.t, "patients.csv", content))
	s.settle()
}

// checks goes on to the counts.
func (s *importSample) checks(content string) {
	s.t.Helper()
	s.reads(content)
	s.check()
	s.settle()
	if s.view.Step != importChecked {
		s.t.Fatalf("%+v", s.view)
	}
}

func (s *importSample) wait(d time.Duration) {
	for ; d > 0; d -= 50 * time.Millisecond {
		time.Sleep(50 * time.Millisecond)
		s.settle()
	}
}

func TestImportReadsAFile(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.reads(fiveRows)
		v := s.view
		if v.Step != importColumns || v.File != "patients.csv" || v.What != "Unicode (UTF-8) · semicolons between the columns · 5 rows" || !v.CanCheck {
			t.Fatalf("%+v", v)
		}
		if len(v.Columns) != 3 || v.Columns[1].Title != "Geburtsdatum" || v.Columns[1].Sample != "24.12.1981" || v.Targets[v.Columns[1].Target] != "Date of birth" || v.Targets[0] != "Leave out" {
			t.Errorf("%+v", v.Columns)
		}
		if v.CanOrder || v.OrderText != "Dates are read as day, month, year: all of them in the file fit." {
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

func TestImportPreviewHasTwentyRows(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.reads(manyRows(4812))
		if v := s.view; len(v.Preview.Rows) != 20 || !strings.HasSuffix(v.What, "4,812 rows") {
			t.Errorf("%d rows, %q", len(v.Preview.Rows), v.What)
		}
	})
}

func TestImportColumns(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.reads(fiveRows)
		s.chooseColumn(0, exchange.Target{})
		s.settle()
		if s.view.CanCheck || s.view.Missing == "" || slices.Contains(s.view.Preview.Titles, "Name") {
			t.Errorf("without a name: %+v", s.view)
		}
		s.check()
		s.settle()
		if s.view.Step != importColumns {
			t.Error("the rows were gone over")
		}
		s.chooseColumn(0, exchange.Target{Field: data.FieldName, Part: exchange.Family})
		s.chooseColumn(2, exchange.Target{Field: data.FieldHealthNumber, Part: exchange.Whole})
		s.settle()
		if v := s.view; !v.CanCheck || !slices.Equal(v.Preview.Titles, []string{"Line", "Is read", "Name", "Date of birth", "NHS number"}) || v.Preview.Rows[0][4] != "020 1" {
			t.Errorf("%+v", v)
		}
	})
}

// A file whose dates fit two orders is not gone over before somebody says which.
func TestImportDateOrder(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.reads("Name,Born,Seen\nAnn,1/2/1980,13/2/1980\n")
		if v := s.view; !v.CanOrder || v.Order != -1 || v.CanCheck || v.Missing == "" || v.Preview.Rows[0][3] != "1 Feb 1980" {
			t.Fatalf("%+v", v)
		}
		s.chooseOrder(data.MonthFirst)
		if v := s.view; v.Order != int(data.MonthFirst) || !v.CanCheck || v.Preview.Rows[0][3] != "2 Jan 1980" {
			t.Errorf("%+v", v)
		}
		// Another file, in which another column has the dates.
		s.another()
		s.reads("Name,Born,Seen\nAnn,1/2/1980,13/2/1980\n")
		s.chooseColumn(1, exchange.Target{})
		s.chooseColumn(2, exchange.Target{Field: data.FieldBorn, Part: exchange.Whole})
		s.settle()
		s.chooseColumn(2, exchange.Target{Field: data.FieldBorn, Part: exchange.Whole})
		s.settle()
		if v := s.view; v.CanOrder || !v.CanCheck || v.Preview.Rows[0][3] != "13 Feb 1980" {
			t.Errorf("%+v", v)
		}
	})
}

func TestImportRefusesFiles(t *testing.T) {
	for name, c := range map[string]struct{ content, want string }{
		"picture":     {"\x89PNG\r\n\x1a\n\x00\x00", "This is a picture or a document"},
		"spreadsheet": {"PK\x03\x04xl/workbook.xml", "This is a spreadsheet."},
		"empty":       {"", "Nothing is in the file."},
		"titles only": {"Name,Born\n", "Nothing is in the file."},
		"no titles":   {"Ann,1.2.1980\nBea,3.4.1990\n", "The first line has no titles."},
	} {
		bubble(t, func(t *testing.T, b *bubbled) {
			s := newImportSample(t, b)
			s.reads(c.content)
			if v := s.view; !strings.HasPrefix(v.FileError, c.want) || v.Step != importFile || v.Working {
				t.Errorf("%s: %q", name, v.FileError)
			}
			s.edited()
			if s.view.FileError != "" {
				t.Errorf("%s: the error stays while another path is typed", name)
			}
		})
	}
}

func TestImportRefusesPaths(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		for path, want := range map[string]string{
			"":                                  "Choose a file.",
			"patients.csv":                      "Type the whole path",
			t.TempDir():                         "This is a folder.",
			filepath.Join(t.TempDir(), "a.csv"): "There is no such file.",
		} {
			s.read(path)
			s.settle()
			if !strings.HasPrefix(s.view.FileError, want) {
				t.Errorf("%q: %q", path, s.view.FileError)
			}
		}
		s.open = func(string) (source, error) { return nil, fmt.Errorf("open: %w", os.ErrPermission) }
		s.read("/home/anna/a.csv")
		s.settle()
		if !strings.HasPrefix(s.view.FileError, "You may not read this file.") {
			t.Errorf("%q", s.view.FileError)
		}
	})
}

func TestImportNeedsTheKitFirst(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.kit = auth.KitInfo{}
		s := newImportSample(t, b)
		s.reads(fiveRows)
		if s.kits != 1 || s.view.Step != importFile {
			t.Errorf("asked %d times, %+v", s.kits, s.view)
		}
	})
}

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
		s.settle()
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
		s.settle()
		s.fake.meantimes = append(s.fake.meantimes, func(d *data.Details) { d.WaitLimit = 30 }) // at the same time
		s.run()
		s.settle()
		s.another()
		s.reads(file)
		if v := s.view; v.Targets[v.Columns[0].Target] != "Name" || v.Targets[v.Columns[1].Target] != "Record number" || s.fake.details.WaitLimit != 30 {
			t.Errorf("%+v", v.Columns)
		}
	})
}

func TestImportAddsInBatches(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.checks(manyRows(1200))
		s.run()
		s.settle()
		if !slices.Equal(s.fake.added, []int{500, 500, 200}) || s.view.Good != "1,200 patients were imported." {
			t.Errorf("%v, %q", s.fake.added, s.view.Good)
		}
	})
}

func TestImportShowsProgressAndStops(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.checks(manyRows(40_000))
		s.fake.set(func(d *fakeDesk) { d.addTime = 100 * time.Millisecond })
		s.run()
		s.settle()
		if v := s.view; !v.Working || v.CanCancel || v.CanImport {
			t.Errorf("at first: %+v", v)
		}
		s.wait(5 * time.Second)
		if v := s.view; !v.CanCancel || v.Total == 0 || v.Done < v.Total/4 || v.Done > v.Total*3/4 {
			t.Errorf("after 5 s: %d of %d, %v", v.Done, v.Total, v.CanCancel)
		}
		s.cancel()
		s.settle()
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
			s.settle()
			if v := s.view; !strings.HasPrefix(v.Error, want) || v.Step != importChecked || !v.CanImport || s.fake.open != 0 {
				t.Errorf("%v: %+v", err, v)
			}
		}
		s.fake.set(func(d *fakeDesk) { d.addFails = auth.ErrSessionEnded })
		s.run()
		s.settle()
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
		s.fake.commitEnd = auth.ErrUnmarked
		s.run()
		s.settle()
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
		s.settle()
		if v := s.view; v.Step != importDone || v.Good != "1 patient was imported." || v.Counts[0].Number != "2" {
			t.Fatalf("%+v", v)
		}
		s.another()
		s.checks(fiveRows)
		if err := os.WriteFile(s.file.path, []byte(fiveRows+"Eve Roy;1.2.1999;\r\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s.run()
		s.settle()
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
		s.settle()
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
			d := &fakeTaskDialog{}
			s.saveRefused(s.newRefused(d), path)
			s.settle()
			if !d.closed || s.view.Good != "Saved 3 lines as "+path+"." {
				t.Errorf("closed: %v, %q", d.closed, s.view.Good)
			}
			return s.files.content[path]
		}
		if got := s.refusedPath(); got != "/home/anna/patients – refused lines.csv" {
			t.Errorf("%q", got)
		}
		before := saves("/usb/a.csv")
		for _, want := range []string{"4,,,This patient is here already.,Cleo Novak", "5,,,This is the same patient as in line 2.,Ann Marsh", "6,2,Geburtsdatum,There is no such day.,Dan Lind"} {
			if !strings.Contains(before, want) {
				t.Errorf("no %q in %q", want, before)
			}
		}
		s.run()
		s.settle()
		if after := saves("/usb/b.csv"); after != before {
			t.Errorf("%q, before %q", after, before)
		}
		d := &fakeTaskDialog{}
		s.saveRefused(s.newRefused(d), "/usb/a.csv")
		s.settle()
		if d.closed || d.last().Field != auth.FieldFolder || !strings.HasPrefix(d.last().Error, "There is a file of this name") {
			t.Errorf("%+v", d.last())
		}
		if err := os.Remove(s.file.path); err != nil {
			t.Fatal(err)
		}
		s.saveRefused(s.newRefused(d), "/usb/c.csv")
		s.settle()
		if d.closed || !strings.HasPrefix(d.last().Error, "The file was changed meanwhile") || len(s.files.content) != 2 {
			t.Errorf("%+v", d.last())
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

// exportSample is the export with what it said.
func newExportSample(b *bubbled) (*patientExport, *fakeDesk, *files, *[]string) {
	ends := []error{}
	shared, desk := deskOffice(b, &ends)
	f, said := &files{content: map[string]string{}}, &[]string{}
	return &patientExport{office: shared.office, desk: desk, pane: exportShown{said}, save: f.save, folder: "/home/anna"}, desk, f, said
}

type exportShown struct{ said *[]string }

func (s exportShown) showExport(good string) { *s.said = append(*s.said, good) }

func TestExportPatients(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		e, desk, files, said := newExportSample(b)
		desk.fresh = true
		d := &fakeTaskDialog{}
		e.export(e.newTask(d), "/usb/a")
		b.settle()
		if got := files.content["/usb/a.csv"]; !d.closed || !strings.Contains(got, "Cleo Novak,,1999-01-30") || desk.toldOf != 1 {
			t.Errorf("closed: %v, %q", d.closed, got)
		}
		if !slices.Equal(*said, []string{"", "Exported 1 patient as /usb/a.csv."}) {
			t.Errorf("%q", *said)
		}
		if got := e.path(); got != "/home/anna/Anteroom patients 2000-01-01.csv" {
			t.Errorf("%q", got)
		}
	})
}

// No half file stays, whatever ends an export.
func TestExportPatientsFails(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		e, desk, files, _ := newExportSample(b)
		desk.fresh = true
		for _, c := range []struct {
			typed string
			fail  error
			end   error
			want  string
			field auth.Field
		}{
			{"", nil, nil, "Choose where to save it.", auth.FieldFolder},
			{"/usb/a.csv", fmt.Errorf("save: %w", auth.ErrDiskFull), nil, "This disk is full.", auth.FieldFolder},
			{"/usb/a.csv", nil, auth.ErrDamaged, "The practice's data was changed", ""},
			{"/usb/a.csv", nil, errors.New("odd"), "Something went wrong", ""},
		} {
			files.fail, desk.exportEnd = c.fail, c.end
			d := &fakeTaskDialog{}
			e.export(e.newTask(d), c.typed)
			b.settle()
			if d.closed || d.last().Field != c.field || !strings.HasPrefix(d.last().Error, c.want) || len(files.content) != 0 {
				t.Errorf("%q, %v: %+v, %v", c.typed, c.end, d.last(), files.content)
			}
		}
	})
}

// A disk that gets full half-way ends an export that has more to write.
func TestExportPatientsOntoAFullDisk(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		e, desk, _, _ := newExportSample(b)
		desk.fresh = true
		for i := range 10_000 {
			desk.patients = append(desk.patients, data.Patient{ID: fmt.Sprint(i), Name: "Ann", Notes: longName})
		}
		e.save = func(_ string, write func(io.Writer) error) error { return write(fullDisk{}) }
		d := &fakeTaskDialog{}
		e.export(e.newTask(d), "/usb/a.csv")
		b.settle()
		if d.closed || !strings.HasPrefix(d.last().Error, "This disk is full.") || desk.toldOf != 0 {
			t.Errorf("closed: %v, %+v", d.closed, d.shown)
		}
	})
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, auth.ErrDiskFull }

func TestExportPatientsStops(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		e, desk, files, said := newExportSample(b)
		desk.fresh, desk.addTime = true, 10*time.Millisecond
		for i := range 999 {
			desk.patients = append(desk.patients, data.Patient{ID: fmt.Sprint(i), Name: "Ann"})
		}
		d := &fakeTaskDialog{}
		task := e.newTask(d)
		e.export(task, "/usb/a.csv")
		for range 50 {
			time.Sleep(100 * time.Millisecond)
			b.settle()
		}
		if p := d.last(); !p.Busy || p.Total != 1000 || p.Done < 400 || p.Done > 600 {
			t.Errorf("%+v", p)
		}
		task.cancel()
		time.Sleep(time.Minute)
		b.settle()
		if len(files.content) != 0 || len(*said) != 1 || desk.toldOf != 0 {
			t.Errorf("%v, %q", files.content, *said)
		}
	})
}
