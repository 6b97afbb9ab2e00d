package exchange

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data"
	"anteroom/ui/screen/screentest"
)

// newExportSample is the export with what it wrote and said.
func newExportSample(b *bubbled) (*patientExport, *fakeDesk, *files, *[]string) {
	ends := []error{}
	shared, desk := deskOffice(b, &ends)
	f, said := &files{content: map[string]string{}}, &[]string{}
	return &patientExport{Scope: shared.Scope, desk: desk, pane: exportShown{said}, save: f.save, folder: authtest.Path("/home/anna")}, desk, f, said
}

type exportShown struct{ said *[]string }

func (s exportShown) showExport(good string) { *s.said = append(*s.said, good) }

func TestExportPatients(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		e, desk, files, said := newExportSample(b)
		desk.fresh = true
		d := &screentest.Form{}
		e.export(e.newTask(d), authtest.Path("/usb/a"))
		b.Settle()
		if got := files.content[authtest.Path("/usb/a.csv")]; !d.IsClosed || !strings.Contains(got, "Cleo Novak,,1999-01-30") || desk.toldOf != 1 {
			t.Errorf("closed: %v, %q", d.IsClosed, got)
		}
		if !slices.Equal(*said, []string{"", "Exported 1 patient as " + authtest.Path("/usb/a.csv") + "."}) {
			t.Errorf("%q", *said)
		}
		desk.damaged = 2
		*said = nil
		e.export(e.newTask(&screentest.Form{}), authtest.Path("/usb/b"))
		b.Settle()
		if !slices.Equal(*said, []string{"", "Exported 1 patient as " + authtest.Path("/usb/b.csv") + ". 2 damaged records that can't be opened are not in it."}) {
			t.Errorf("%q", *said)
		}
		if got := e.path(); got != authtest.Path("/home/anna/Anteroom patients 2000-01-01.csv") {
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
			{authtest.Path("/usb/a.csv"), fmt.Errorf("save: %w", auth.ErrDiskFull), nil, "This disk is full.", auth.FieldFolder},
			{authtest.Path("/usb/a.csv"), nil, auth.ErrDamaged, "The practice's data was changed", ""},
			{authtest.Path("/usb/a.csv"), nil, errors.New("odd"), "Something went wrong", ""},
		} {
			files.fail, desk.exportEnd = c.fail, c.end
			d := &screentest.Form{}
			e.export(e.newTask(d), c.typed)
			b.Settle()
			if d.IsClosed || d.Last().Field != c.field || !strings.HasPrefix(d.Last().Error, c.want) || len(files.content) != 0 {
				t.Errorf("%q, %v: %+v, %v", c.typed, c.end, d.Last(), files.content)
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
		d := &screentest.Form{}
		e.export(e.newTask(d), authtest.Path("/usb/a.csv"))
		b.Settle()
		if d.IsClosed || !strings.HasPrefix(d.Last().Error, "This disk is full.") || desk.toldOf != 0 {
			t.Errorf("closed: %v, %+v", d.IsClosed, d.Shown)
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
		d := &screentest.Form{}
		task := e.newTask(d)
		e.export(task, authtest.Path("/usb/a.csv"))
		for range 50 {
			time.Sleep(100 * time.Millisecond)
			b.Settle()
		}
		if p := d.Last(); !p.Busy || p.Total != 1000 || p.Done < 400 || p.Done > 600 {
			t.Errorf("%+v", p)
		}
		task.Cancel()
		time.Sleep(time.Minute)
		b.Settle()
		if len(files.content) != 0 || len(*said) != 1 || desk.toldOf != 0 {
			t.Errorf("%v, %q", files.content, *said)
		}
	})
}
