package desk

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data"
)

func invented(from, n int) (all []data.Patient) {
	for i := from; i < from+n; i++ {
		all = append(all, data.Patient{Name: fmt.Sprintf("Invented Person %05d", i), Born: data.Date{Year: 1950, Month: 1, Day: 1 + i%28}})
	}
	return all
}

// An import counts at once or not at all: before the end nobody sees anything of it.
func TestImport(t *testing.T) {
	for name, location := range map[string]auth.Location{"memory": inMemory(t), "disk": onDisk(t)} {
		t.Run(name, func(t *testing.T) {
			c := newClinic(t, location)
			c.patient("Ola Nordmann")
			_, err := c.ben.NewImport(c.ctx)
			c.refused(err, auth.ErrForbidden)
			i, err := c.anna.NewImport(c.ctx)
			c.must(err)
			for n := range 3 {
				c.must(i.Add(c.ctx, invented(n*500, 500)))
			}
			c.sync()
			for _, d := range []*Desk{c.ben, NewMemory(c.clock.Now, data.DayFirst).Join(c.session)} {
				c.must(d.Sync(c.ctx))
				if n := d.memory.patients().Len(); n != 1 {
					t.Fatalf("%d patients before the end", n)
				}
			}
			added, err := i.Commit(c.ctx)
			c.must(err)
			c.sync()
			if n := c.ben.memory.patients().Len(); added != 1500 || n != 1501 {
				t.Fatalf("%d added, %d patients", added, n)
			}
			found := c.ben.Search("invented 00777", 10)
			if len(found) != 1 {
				t.Fatalf("%v", found)
			}
			p, err := c.ben.Patient(c.ctx, found[0].ID)
			c.must(err)
			p.Notes = "changed" // an imported one is like any other
			_, err = c.ben.SavePatient(c.ctx, p)
			c.must(err)
			c.refused(i.Discard(c.ctx), auth.ErrConflict)
			if who, same := c.ben.Finder()(data.Patient{Name: "invented PERSON 00777", Born: p.Born}); same != data.Compatible || who.ID != p.ID {
				t.Error("it is not known as there already")
			}
			if _, same := c.ben.Finder()(data.Patient{Name: "Invented Person 00777"}); same != data.Unrelated {
				t.Error("the name alone is taken for the same person")
			}
		})
	}
}

// Of two who import the same file at once the second waits for the first, and then knows whom
// that one brought.
func TestTwoImports(t *testing.T) {
	c := newClinic(t, inMemory(t))
	state, err := c.practices[1].NewAttempt().Password(c.ctx, "asmith", password)
	c.must(err)
	other := NewMemory(c.clock.Now, data.DayFirst).Join(state.Session)
	c.must(errors.Join(other.Save(c.ctx), other.Sync(c.ctx)))
	first, err := c.anna.NewImport(c.ctx)
	c.must(err)
	c.must(first.Add(c.ctx, invented(0, 1)))
	_, err = other.NewImport(c.ctx)
	c.refused(err, auth.ErrImporting)
	_, err = first.Commit(c.ctx)
	c.must(err)
	other.memory.syncing.Lock() // the look of each second is under way
	begun := make(chan *Import)
	go func() {
		second, err := other.NewImport(c.ctx)
		if err != nil {
			t.Error(err)
		}
		begun <- second
	}()
	for c.count(auth.TableBatch) < 2 { // it has begun
		runtime.Gosched()
	}
	other.memory.syncing.Unlock()
	second := <-begun
	if _, same := other.Finder()(invented(0, 1)[0]); same != data.Compatible {
		t.Errorf("%d", same)
	}
	c.must(second.Discard(c.ctx))
}

// count is how many records a table has.
func (c *clinic) count(table auth.RecordTable) (n int) {
	c.Helper()
	c.must(c.session.ReadRecords(c.ctx, func(r *auth.RecordReader) (err error) {
		n, err = r.Count(table)
		return err
	}))
	return n
}

// An import that was canceled, or whose program died, leaves nothing.
func TestImportBrokenOff(t *testing.T) {
	memory := &authtest.Memory{}
	c := newClinic(t, memory)
	before := len(memory.Rows().Records)
	i, err := c.anna.NewImport(c.ctx)
	c.must(err)
	c.must(i.Add(c.ctx, invented(0, 2500)))
	ctx, cancel := context.WithCancel(c.ctx)
	cancel()
	c.refused(i.Add(ctx, invented(2500, 10)), context.Canceled)
	c.must(i.Discard(c.ctx))
	if n := len(memory.Rows().Records); n != before {
		t.Errorf("%d records left", n-before)
	}
	if i, err = c.anna.NewImport(c.ctx); err != nil {
		t.Fatal(err)
	}
	c.must(i.Add(c.ctx, invented(0, 1500)))
	c.must(c.bens.RemoveBroken(c.ctx)) // it is still under way
	if n := len(memory.Rows().Records); n != before+1501 {
		t.Fatalf("%d records", n-before)
	}
	c.must(c.session.SignOut(c.ctx)) // or killed, which the next start ends
	fresh := NewMemory(c.clock.Now, data.DayFirst).Join(c.bens)
	c.must(fresh.Sync(c.ctx))
	if n := len(memory.Rows().Records); n != before {
		t.Errorf("%d records left", n-before)
	}
}

// An export has everyone who stands for themselves, takes step-up and is noted.
func TestExport(t *testing.T) {
	memory := &authtest.Memory{}
	c := newClinic(t, memory)
	i, err := c.anna.NewImport(c.ctx)
	c.must(err)
	want := invented(0, 2100)
	c.must(i.Add(c.ctx, want))
	if _, err := i.Commit(c.ctx); err != nil {
		t.Fatal(err)
	}
	staged, err := c.anna.NewImport(c.ctx)
	c.must(err)
	c.must(staged.Add(c.ctx, invented(9000, 1100)))
	a, b := c.patient("Ola Nordmann"), c.patient("Ola Nordman")
	_, err = c.anna.MergePatients(c.ctx, a, b)
	c.must(err)
	got := map[string]bool{}
	each := func(p data.Patient) error {
		got[p.Name] = true
		return nil
	}
	var last [2]int
	damaged, err := c.anna.ExportPatients(c.ctx, each, func(done, total int) { last = [2]int{done, total} })
	c.must(err)
	if damaged != 0 {
		t.Errorf("%d damaged", damaged)
	}
	if len(got) != 2101 || !got["Ola Nordmann"] || !got[want[2099].Name] {
		t.Errorf("%d patients", len(got))
	}
	if last[0] == 0 || last[0] > last[1] {
		t.Errorf("progress: %v", last)
	}
	newest := func() auth.ActivityEntry {
		page, err := c.session.Activity(c.ctx, auth.ActivityFilter{}, 0, 1)
		c.must(err)
		return page.Entries[0]
	}
	page, err := c.session.Activity(c.ctx, auth.ActivityFilter{}, 0, 2)
	c.must(err)
	var events []auth.Event
	for _, e := range page.Entries {
		events = append(events, e.Event)
	}
	if !cmp.Equal(events, []auth.Event{auth.EventPatientsExported, auth.EventImported}) || page.Entries[1].Detail != "2100 patients" {
		t.Errorf("%v", page.Entries)
	}
	before := newest().Seq
	_, err = c.ben.ExportPatients(c.ctx, each, nil)
	c.refused(err, auth.ErrForbidden)
	stop := errors.New("the disk is full")
	_, err = c.anna.ExportPatients(c.ctx, func(data.Patient) error {
		if e := newest(); e.Seq != before+1 || e.Event != auth.EventPatientsExported { // also where the program dies now
			t.Errorf("the first is given before it is noted: %+v", e)
		}
		return stop
	}, nil)
	c.refused(err, stop)
	rows := memory.Rows()
	for i, r := range rows.Records {
		if r.ID == a.ID {
			rows.Records[i].Sealed = []byte("something else")
		}
	}
	memory.Put(rows)
	if damaged, err = c.anna.ExportPatients(c.ctx, each, nil); err != nil || damaged != 1 {
		t.Errorf("%d damaged, %v", damaged, err)
	}
	c.clock.Advance(5 * time.Minute)
	_, err = c.anna.ExportPatients(c.ctx, each, nil)
	c.refused(err, auth.ErrStepUp)
}

// TestFinder: all by which one patient is told from another is in memory, when it was just
// saved and when it was read.
func TestFinder(t *testing.T) {
	c := newClinic(t, inMemory(t))
	born := data.Date{Year: 1981, Month: time.March, Day: 4}
	saved, err := c.anna.SavePatient(c.ctx, data.Patient{Name: "Ola Nordmann", Born: born, RecordNumber: "7", HealthNumber: "1", Sex: "male", Phones: []string{"8"}})
	c.must(err)
	for _, test := range []struct {
		desk *Desk
		read func()
	}{{c.anna, func() {}}, {c.ben, c.sync}} {
		test.read()
		find := test.desk.Finder()
		for name, v := range map[string]struct {
			p    data.Patient
			want data.Sameness
		}{
			"itself":         {saved, data.Identical},
			"no numbers":     {data.Patient{Name: "Ola Nordmann", Born: born}, data.Compatible},
			"another sex":    {data.Patient{Name: "Ola Nordmann", Born: born, Sex: "female"}, data.Contradicting},
			"another phone":  {data.Patient{Name: "Ola Nordmann", Born: born, Phones: []string{"9"}}, data.Contradicting},
			"another number": {data.Patient{Name: "Ola Nordmann", Born: born, RecordNumber: "8"}, data.Contradicting},
			"another card":   {data.Patient{Name: "Ola Nordmann", Born: born, HealthNumber: "2"}, data.Contradicting},
			"another name":   {data.Patient{Name: "Kari Nordmann", RecordNumber: "7"}, data.Contradicting},
			"somebody else":  {data.Patient{Name: "Ola Nordmann", RecordNumber: "8"}, data.Unrelated},
		} {
			if who, same := find(v.p); same != v.want || (who.ID == saved.ID) != (same != data.Unrelated) {
				t.Errorf("read: %v, %s: %+v, %d", test.desk == c.ben, name, who, same)
			}
		}
	}
}

// TestImportLeavesPauses between its transactions; in them the next patients are read.
func TestImportLeavesPauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newClinic(t, inMemory(t))
		i, err := c.anna.NewImport(c.ctx)
		c.must(err)
		start := time.Now()
		c.must(i.Add(c.ctx, invented(0, 1)))
		if took := time.Since(start); took != 0 {
			t.Errorf("the first waits for %v", took)
		}
		time.Sleep(importPause / 3)
		c.must(i.Add(c.ctx, invented(1, 1)))
		if took := time.Since(start); took != importPause {
			t.Errorf("the second begins after %v", took)
		}
	})
}
