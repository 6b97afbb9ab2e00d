package desk

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/demo"
	"anteroom/data/exchange"
)

// exported is all of a practice's patients as a file.
func (c *clinic) exported() []byte {
	c.Helper()
	var all []data.Patient
	_, err := c.anna.ExportPatients(c.ctx, func(p data.Patient) error {
		all = append(all, p)
		return nil
	}, nil)
	c.must(err)
	var file bytes.Buffer
	_, err = exchange.Export(c.ctx, &file, each(all), nil)
	c.must(err)
	return file.Bytes()
}

func each(all []data.Patient) iter.Seq2[data.Patient, error] {
	return func(yield func(data.Patient, error) bool) {
		for _, p := range all {
			if !yield(p, nil) {
				return
			}
		}
	}
}

// planned goes over a file as an import does.
func (c *clinic) planned(file []byte) (good []data.Patient, totals exchange.Totals) {
	c.Helper()
	format, err := exchange.Sniff(c.ctx, bytes.NewReader(file))
	c.must(err)
	in, err := exchange.Open(bytes.NewReader(file), format)
	c.must(err)
	totals, err = exchange.Plan(c.ctx, bytes.NewReader(file), exchange.Options{
		Format: format, Targets: exchange.Match(in.Titles(), nil), Order: data.DayFirst, Today: today, Existing: c.anna.Finder(),
	}, func(o exchange.Outcome) error {
		if o.Duplicate == nil && len(o.Refusals) == 0 {
			good = append(good, o.Patient)
		}
		return nil
	})
	c.must(err)
	return good, totals
}

// What a practice exports another imports, and then exports the same file. In its
// own practice the file holds nobody new.
func TestRoundTrip(t *testing.T) {
	from, to := newClinic(t, inMemory(t)), newClinic(t, inMemory(t))
	patients := slices.Collect(demo.Patients(300, 7))
	for i := range patients {
		patients[i].Notes = fmt.Sprintf("=1+%d\n'- a “list”;\r\n@home, ظ", i)[:10+i%20]
	}
	patients[0].Name, patients[1].Alert = "-Ola", "+44 20 7946 0001"
	patients[2].RecordNumber, patients[3].RecordNumber = "shared", "shared" // somebody took them in so
	for i, p := range patients {                                            // what a form would refuse is in no record
		var err error
		if patients[i], err = p.With(p.Form(), data.DayFirst, today); err != nil {
			patients[i].Notes = "plain"
		}
	}
	from.must(from.anna.Fill(from.ctx, data.DefaultDetails(), patients, nil))
	from.sync()
	file := from.exported()
	if good, totals := from.planned(file); len(good) != 0 || totals.Existing+totals.Repeated != 300 || totals.Refused+totals.Possible != 0 {
		t.Errorf("in its own practice: %d new, %+v", len(good), totals)
	}
	good, totals := to.planned(file)
	if totals.Refused != 0 || totals.Existing != 0 || totals.Possible != 1 {
		t.Fatalf("%+v", totals)
	}
	i, err := to.anna.NewImport(to.ctx)
	to.must(err)
	to.must(i.Add(to.ctx, good))
	_, err = i.Commit(to.ctx)
	to.must(err)
	to.sync()
	got, want := forms(to), map[data.PatientForm]int{}
	for _, p := range good {
		want[p.Form()]++
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	before := forms(from)
	for form := range got {
		if before[form] == 0 {
			t.Errorf("nobody was exported as %q", form)
		}
	}
}

// forms are a practice's patients as forms.
func forms(c *clinic) map[data.PatientForm]int {
	all := map[data.PatientForm]int{}
	c.must(c.session.ReadRecords(c.ctx, func(r *auth.RecordReader) error {
		return r.Each(auth.TablePatient, func(record auth.Record) error {
			p, err := decodePatient(record)
			all[p.Form()]++
			return err
		})
	}))
	return all
}
