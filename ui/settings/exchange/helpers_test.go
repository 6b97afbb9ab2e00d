package exchange

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data"
	"anteroom/ui/screen"
	"anteroom/ui/settings/kit"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
)

func TestMain(m *testing.M) { uitest.Main(m) }

// records have one patient, Cleo Novak.
func records() practice.Records {
	details := data.DefaultDetails()
	details.HealthNumber = "NHS number"
	cleo := data.Patient{ID: "c", Name: "Cleo Novak", Born: data.Date{Year: 1999, Month: 1, Day: 30}}
	return practice.Records{Details: details, Patients: []data.Patient{cleo}}
}

// sample are the presenters over a practice, with what they asked and said.
type sample struct {
	*panetest.Sample
	importer *importer
	exporter *exporter
	kits     int // how often a kit was asked for
	asked    []string
	said     []string // of exports
}

// run runs a test of the presenters in a practice with a kit. It is 1 January 2000.
func run(t *testing.T, fn func(*testing.T, *sample)) {
	t.Helper()
	panetest.Run(t, records(), func(s *panetest.Sample) {
		makeKit(s)
		fn(s.T, newSample(s))
	})
}

// makeKit makes a kit. Nobody has just proven who they are after it.
func makeKit(s *panetest.Sample) {
	s.MakeKit()
	time.Sleep(time.Hour) // of the bubble's time
}

func newSample(p *panetest.Sample) *sample {
	s := &sample{Sample: p}
	s.importer = newImporter(p.Params, p.Anna.Desk, screen.NewView(func(view) {}))
	s.importer.askForKit = func() { s.kits++ }
	s.importer.confirm = func(title, _ string) { s.asked = append(s.asked, title) }
	s.exporter = newExporter(p.Params, p.Anna.Desk, func(text string) { s.said = append(s.said, text) })
	return s
}

// show shows the pane, and gives the kits that it made.
func show(s *panetest.Sample) (kits *[]*auth.Kit) {
	kits = &[]*auth.Kit{}
	s.Show(func(p pane.Params) pane.Pane {
		return New(p, s.Anna.Desk, kit.NewMaker(p.Scope, p.Session, func(k *auth.Kit) { *kits = append(*kits, k) }))
	})
	return kits
}

// runPane runs a test of the pane in its window, in a practice with a kit.
func runPane(t *testing.T, fn func(*testing.T, *panetest.Sample)) {
	t.Helper()
	panetest.Run(t, records(), func(s *panetest.Sample) {
		makeKit(s)
		show(s)
		fn(s.T, s)
	})
}

// readFile reads a file in the pane.
func readFile(s *panetest.Sample, name, content string) {
	s.T.Helper()
	s.Replace(csvFile(s.T, name, content))
	s.Press(fyne.KeyReturn)
}

func (s *sample) shown() view { return s.importer.shown.Shown() }

// reads reads a file with this content.
func (s *sample) reads(content string) {
	s.T.Helper()
	s.importer.read(csvFile(s.T, "patients.csv", content))
	s.Settle()
}

// checks goes on to what becomes of its rows.
func (s *sample) checks(content string) {
	s.T.Helper()
	s.reads(content)
	s.importer.check()
	s.Settle()
	if s.shown().Step != stepChecked {
		s.T.Fatalf("%+v", s.shown())
	}
}

func (s *sample) imports() {
	s.importer.run()
	s.Settle()
}

// importsHalf begins to import so many new patients, each thousand in a second, and has some staged.
func (s *sample) importsHalf(n int) {
	s.T.Helper()
	s.checks(manyRows(n))
	s.Anna.Delay(time.Second)
	s.imports()
	waitForStaged(s.Sample, 1)
}

// exports exports all patients, and gives the dialog for that.
func (s *sample) exports(path string) *dialog {
	d := &dialog{}
	d.act = s.exporter.newAct(d)
	s.exporter.export(d.act, path)
	s.Settle()
	return d
}

// patients are the ids of those in the practice.
func patients(s *panetest.Sample) (ids []string) {
	s.T.Helper()
	err := authtest.EachPatient(s.T.Context(), s.Ben.Session, func(r auth.Record) error {
		ids = append(ids, r.ID)
		return r.Err
	})
	if err != nil {
		s.T.Fatal(err)
	}
	return ids
}

// named are those with this name.
func named(s *panetest.Sample, name string) (found []data.Patient) {
	s.T.Helper()
	for _, id := range patients(s) {
		if p := s.Patient(id); p.Name == name {
			found = append(found, p)
		}
	}
	return found
}

// staged is how many lie in the database that are not in the practice.
func staged(s *panetest.Sample) int {
	s.T.Helper()
	return patientRows(s) - len(patients(s))
}

// waitForStaged waits until so many are staged.
func waitForStaged(s *panetest.Sample, n int) {
	s.T.Helper()
	for range 30 {
		if staged(s) >= n {
			return
		}
		s.Pass(time.Second)
	}
	s.T.Fatalf("%d are staged, want %d", staged(s), n)
}

func patientRows(s *panetest.Sample) (n int) {
	for _, row := range s.Memory.Rows().Records {
		if row.Table == auth.TablePatient {
			n++
		}
	}
	return n
}

// addPatients adds new patients to the practice.
func addPatients(s *panetest.Sample, n int, notes string) {
	s.T.Helper()
	ctx := s.T.Context()
	in, err := s.Anna.Desk.NewImport(ctx)
	for ; n > 0 && err == nil; n -= importBatch {
		batch := make([]data.Patient, min(n, importBatch))
		for i := range batch {
			batch[i] = data.Patient{Name: "Ann", Notes: notes}
		}
		err = in.Add(ctx, batch)
	}
	if err == nil {
		_, err = in.Commit(ctx)
	}
	if err != nil {
		s.T.Fatal(err)
	}
}

// fiveRows has one patient of each sort: two new ones, one who is here, one twice
// and one refused.
const fiveRows = "Name;Geburtsdatum;Telefon\r\n" +
	"Ann Marsh;24.12.1981;020 1\r\n" +
	"Bea Okafor;3.4.1990;\r\n" +
	"Cleo Novak;30.1.1999;020 3\r\n" +
	"Ann Marsh;24.12.1981;\r\n" +
	"Dan Lind;31.2.1970;020 5\r\n"

// manyRows are as many new patients.
func manyRows(n int) string {
	var text strings.Builder
	text.WriteString("Name,Date of birth\n")
	for i := range n {
		fmt.Fprintf(&text, "Person %d,%d.5.19%02d\n", i, 13+i%10, i%90)
	}
	return text.String()
}

// csvFile is a file with this content.
func csvFile(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// write changes the file that is read.
func (s *sample) write(content string) {
	s.T.Helper()
	if err := os.WriteFile(s.importer.file.path, []byte(content), 0o600); err != nil {
		s.T.Fatal(err)
	}
}
