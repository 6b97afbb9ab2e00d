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
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/settings/panetest"
)

// dialog is one in which a file is named.
type dialog struct {
	screentest.Form
	act *screen.Act
}

func TestExportPatients(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		d := s.exports(authtest.Path("/usb/a"))
		if got := s.Files[authtest.Path("/usb/a.csv")]; !d.IsClosed || !strings.Contains(got, "Cleo Novak,,1999-01-30") || s.Newest().Event != auth.EventPatientsExported {
			t.Errorf("closed: %v, %q, %+v", d.IsClosed, got, s.Newest())
		}
		if !slices.Equal(s.said, []string{"", "Exported 1 patient as " + authtest.Path("/usb/a.csv") + "."}) {
			t.Errorf("%q", s.said)
		}
		addPatients(s.Sample, 2, "")
		damage(s, patients(s.Sample)[:2])
		s.said = nil
		s.exports(authtest.Path("/usb/b"))
		if !slices.Equal(s.said, []string{"", "Exported 1 patient as " + authtest.Path("/usb/b.csv") + ". 2 damaged records that can't be opened are not in it."}) {
			t.Errorf("%q", s.said)
		}
		if got := s.exporter.path(); got != authtest.Path("/home/anna/Anteroom patients 2000-01-01.csv") {
			t.Errorf("%q", got)
		}
	})
}

// damage changes the records of patients, as somebody with the file could.
func damage(s *sample, ids []string) {
	rows := s.Memory.Rows()
	for i, row := range rows.Records {
		if row.Table == auth.TablePatient && slices.Contains(ids, row.ID) {
			rows.Records[i].Sealed = append([]byte("x"), row.Sealed...)
		}
	}
	s.Memory.Put(rows)
}

// TestExportIsNamedByThePracticesDay, which is another one than this computer's.
func TestExportIsNamedByThePracticesDay(t *testing.T) {
	r := records()
	r.Zone = "Pacific/Pago_Pago" // where it is still Friday
	panetest.Run(t, r, func(s *panetest.Sample) {
		if got := newSample(s).exporter.name(); !strings.Contains(got, "1999-12-31") {
			t.Errorf("an export is called %s", got)
		}
	})
}

// No half file stays, whatever ends an export.
func TestExportPatientsFails(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		addPatients(s.Sample, 2500, "")
		s.Anna.StepUp()
		for _, c := range []struct {
			typed string
			save  error
			read  error // after the first patients
			want  string
			field auth.Field
		}{
			{"", nil, nil, "Choose where to save it.", auth.FieldFolder},
			{authtest.Path("/usb/a.csv"), fmt.Errorf("save: %w", auth.ErrDiskFull), nil, "This disk is full.", auth.FieldFolder},
			{authtest.Path("/usb/a.csv"), nil, auth.ErrDamaged, "The practice's data was changed", ""},
			{authtest.Path("/usb/a.csv"), nil, errors.New("odd"), "Something went wrong", ""},
		} {
			s.Fails = c.save
			s.Anna.Delay(time.Second)
			d := s.exports(c.typed)
			s.Pass(3500 * time.Millisecond) // it is noted, and a thousand are read
			if c.read != nil {
				s.Anna.Stop(c.read)
			}
			s.Pass(time.Minute)
			s.Anna.Answer()
			if d.IsClosed || d.Last().Field != c.field || !strings.HasPrefix(d.Last().Error, c.want) || len(s.Files) != 0 {
				t.Errorf("%q, %v: %+v, %d files", c.typed, c.read, d.Last(), len(s.Files))
			}
		}
	})
}

// A disk that gets full half-way ends an export that has more to write.
func TestExportPatientsOntoAFullDisk(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		addPatients(s.Sample, 2500, longName)
		s.Anna.StepUp()
		s.exporter.save = func(_ string, write func(io.Writer) error) error { return write(fullDisk{}) }
		asked := s.Anna.Asked()
		d := s.exports(authtest.Path("/usb/a.csv"))
		if d.IsClosed || !strings.HasPrefix(d.Last().Error, "This disk is full.") {
			t.Errorf("closed: %v, %+v", d.IsClosed, d.Shown)
		}
		if n := s.Anna.Asked() - asked; n > 3 { // it is noted, and a thousand are read
			t.Errorf("%d questions: it goes on reading", n)
		}
	})
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, auth.ErrDiskFull }

func TestExportPatientsStops(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		addPatients(s.Sample, 3999, "")
		s.Anna.StepUp()
		s.Anna.Delay(time.Second)
		d := s.exports(authtest.Path("/usb/a.csv"))
		s.Pass(4500 * time.Millisecond)
		if p := d.Last(); !p.Busy || p.Total != 4000 || p.Done != 2000 {
			t.Errorf("%+v", p)
		}
		d.act.Cancel()
		s.Pass(time.Minute)
		if len(s.Files) != 0 || len(s.said) != 1 {
			t.Errorf("%v, %q", s.Files, s.said)
		}
	})
}

// What was exported is read again as it is: nothing is new in it.
func TestExportedFileIsKnownAgain(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.exports(authtest.Path("/usb/a.csv"))
		s.reads(s.Files[authtest.Path("/usb/a.csv")])
		if v := s.shown(); !strings.HasSuffix(v.What, "1 row · written by Anteroom") || v.CanOrder {
			t.Errorf("%+v", v)
		}
		s.importer.check()
		s.Settle()
		if f := s.importer.found; f.Existing != 1 || f.Good != 0 {
			t.Errorf("%+v", f)
		}
		if want := "Everybody in the file is here already, so there is nothing to import."; s.shown().Nothing != want {
			t.Errorf("%q, want %q", s.shown().Nothing, want)
		}
	})
}
