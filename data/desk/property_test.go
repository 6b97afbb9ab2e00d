package desk

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/data"
)

// twoDesks is a model of one day that two windows work at: what was confirmed,
// and the steps of each that it can take back.
type twoDesks struct {
	*clinic
	patients []data.Patient
	day      map[string]data.Appointment // as last confirmed, by id
	steps    [2][]step
	seen     [2]map[string]data.Appointment // as each window last read them
}

// TestTwoWindows: whatever two windows do to one day, in whatever order, and
// however old what they see is: both then read the same, which is what was
// confirmed, each by the rules; and nothing else was changed.
func TestTwoWindows(t *testing.T) {
	for name, c := range map[string]struct {
		clinic *clinic
		runs   int
	}{"memory": {newClinic(t, inMemory(t)), 100}, "disk": {newClinic(t, onDisk(t)), 30}} {
		t.Run(name, func(t *testing.T) {
			c.clinic.practitioners()
			run := 0
			rapid.Check(t, func(rt *rapid.T) {
				if run++; run > c.runs {
					return // a disk takes its time
				}
				d := &twoDesks{clinic: c.clinic, day: map[string]data.Appointment{}}
				for i := range 3 {
					d.patients = append(d.patients, d.patient(fmt.Sprintf("Invented %d of %d", i, run)))
				}
				for _, desk := range []*Desk{d.anna, d.ben} {
					desk.steps = nil
				}
				d.clearDay()
				for range rapid.IntRange(1, 25).Draw(rt, "acts") {
					d.act(rt)
				}
				d.sync()
				d.read(rt, 0)
				d.read(rt, 1)
				d.compare(rt)
			})
		})
	}
}

// clearDay goes to another day.
func (d *twoDesks) clearDay() {
	d.Helper()
	d.later(24 * time.Hour)
	for i := range d.seen {
		d.seen[i] = map[string]data.Appointment{}
	}
}

func (d *twoDesks) dayNow() data.Date { return data.DateOf(d.clock.Now().In(local)) }

func (d *twoDesks) desk(w int) *Desk { return []*Desk{d.anna, d.ben}[w] }

// act is something that one of the two does, as its window shows the day.
func (d *twoDesks) act(t *rapid.T) {
	w := rapid.IntRange(0, 1).Draw(t, "window")
	switch kind := rapid.IntRange(0, 6).Draw(t, "act"); kind {
	case 0:
		d.read(t, w)
	case 1:
		d.undo(t, w)
	case 2, 3:
		d.book(t, w)
	default:
		d.change(t, w, kind)
	}
}

// read is a look at the day: it must show what was confirmed.
func (d *twoDesks) read(t *rapid.T, w int) {
	visits, err := d.desk(w).Day(d.ctx, d.dayNow())
	if err != nil {
		t.Fatal(err)
	}
	d.seen[w] = map[string]data.Appointment{}
	for _, v := range visits {
		d.seen[w][v.ID] = v.Appointment
		if v.Who.ID != v.Patient || v.Damaged {
			t.Fatalf("%+v", v)
		}
	}
	if diff := cmp.Diff(d.day, d.seen[w], cmp.Comparer(time.Time.Equal)); diff != "" {
		t.Fatalf("window %d: %s", w, diff)
	}
}

func (d *twoDesks) slot(t *rapid.T) (start, end time.Time, practitioner string) {
	start = d.dayNow().At(9*60+5*rapid.IntRange(0, 20).Draw(t, "start"), local)
	length := time.Duration(rapid.IntRange(-1, 8).Draw(t, "length")*5) * time.Minute
	return start, start.Add(length), rapid.SampledFrom([]string{"osei", "lind"}).Draw(t, "practitioner")
}

// clashes says that an appointment overlaps another that was confirmed.
func (d *twoDesks) clashes(a data.Appointment) bool {
	for _, other := range d.day {
		if a.Overlaps(other) {
			return true
		}
	}
	return false
}

// comesOver says that one that is changed would take somebody's time, minute by
// minute, that it did not take before.
func (d *twoDesks) comesOver(before, after data.Appointment) bool {
	minutes := func(a data.Appointment) map[string]bool {
		taken := map[string]bool{}
		if a.Status == data.Cancelled || a.Status == data.Absent {
			return taken
		}
		for at := a.Start; at.Before(a.End); at = at.Add(time.Minute) {
			taken[fmt.Sprint(a.Practitioner, at.Unix())] = true
		}
		return taken
	}
	old, isNew := minutes(before), false
	for minute := range minutes(after) {
		isNew = isNew || !old[minute]
	}
	return isNew && d.clashes(after)
}

func (d *twoDesks) book(t *rapid.T, w int) {
	start, end, practitioner := d.slot(t)
	a := data.Appointment{Patient: rapid.SampledFrom(d.patients).Draw(t, "patient").ID, Practitioner: practitioner, Start: start, End: end}
	despite := rapid.Bool().Draw(t, "despite")
	booked, err := d.desk(w).Book(d.ctx, a, despite)
	a.Status = data.Booked
	switch invalid := a.CheckTimes(); {
	case invalid != nil:
		if !errors.Is(err, invalid) {
			t.Fatalf("%v, want %v", err, invalid)
		}
	case d.clashes(a) && !despite:
		var clash *data.Clash
		if !errors.As(err, &clash) {
			t.Fatalf("no clash: %v", err)
		}
	case err != nil:
		t.Fatal(err)
	default:
		d.confirmed(w, step{act: data.ActBooked, after: booked})
	}
}

// change is one of an appointment that the window shows, perhaps as it was long ago.
func (d *twoDesks) change(t *rapid.T, w, kind int) {
	var ids []string
	for id := range d.seen[w] {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return
	}
	slices.Sort(ids)
	a := d.seen[w][rapid.SampledFrom(ids).Draw(t, "appointment")]
	now := d.day[a.ID]
	var after data.Appointment
	var err, want error
	s := step{act: data.ActBecame, before: now}
	clash := false
	if kind == 4 {
		start, end, practitioner := d.slot(t)
		despite := rapid.Bool().Draw(t, "despite")
		s.act = data.ActMoved
		moved, refused := now.Move(start, end, practitioner, time.Time{}, "")
		want, clash = refused, refused == nil && !despite && d.comesOver(now, moved)
		after, err = d.desk(w).Move(d.ctx, a, start, end, practitioner, despite)
	} else {
		s.status = rapid.SampledFrom([]data.Status{data.Arrived, data.With, data.Done, data.Absent, data.Cancelled}).Draw(t, "status")
		if !now.Status.Becomes(s.status) {
			want = data.ErrStatus
		}
		after, err = d.desk(w).Become(d.ctx, a, s.status, "")
	}
	var c *data.Clash
	switch {
	case a.Version != now.Version:
		if !errors.Is(err, auth.ErrConflict) {
			t.Fatalf("an old version was taken: %v", err)
		}
	case want != nil:
		if !errors.Is(err, want) {
			t.Fatalf("%v, want %v", err, want)
		}
	case clash:
		if !errors.As(err, &c) {
			t.Fatalf("no clash: %v", err)
		}
	case err != nil:
		t.Fatal(err)
	default:
		s.after = after
		d.confirmed(w, s)
	}
}

func (d *twoDesks) confirmed(w int, s step) {
	d.day[s.after.ID] = s.after
	d.seen[w][s.after.ID] = s.after
	d.steps[w] = append(d.steps[w], s)
	d.steps[w] = d.steps[w][max(0, len(d.steps[w])-maxSteps):]
}

// undo takes the window's last step back, unless the other changed the same
// appointment since.
func (d *twoDesks) undo(t *rapid.T, w int) {
	undone, err := d.desk(w).Undo(d.ctx, 0)
	if len(d.steps[w]) == 0 {
		if !errors.Is(err, data.ErrNothing) {
			t.Fatalf("nothing to undo: %v", err)
		}
		return
	}
	last := d.steps[w][len(d.steps[w])-1]
	now, there := d.day[last.after.ID]
	var clash *data.Clash
	if there && now.Version == last.after.Version && last.act != data.ActBooked && d.comesOver(now, last.before) {
		if !errors.As(err, &clash) || undone.Visit.ID != now.ID {
			t.Fatalf("no clash: %+v, %v", undone, err)
		}
		if rapid.Bool().Draw(t, "leave") {
			return // it can still be undone
		}
		undone, err = d.desk(w).Undo(d.ctx, undone.Step)
	}
	d.steps[w] = d.steps[w][:len(d.steps[w])-1]
	if !there || now.Version != last.after.Version { // also where the other took it back again
		if !errors.Is(err, data.ErrChanged) {
			t.Fatalf("undone over somebody's head: %+v, %v", undone, err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if last.act == data.ActBooked {
		delete(d.day, now.ID)
		delete(d.seen[w], now.ID)
		return
	}
	again := undone.Visit.Appointment
	if !sameBut(again, last.before) || again.Version != now.Version+1 {
		t.Fatalf("undone to %+v, want %+v", again, last.before)
	}
	d.day[again.ID], d.seen[w][again.ID] = again, again
	for i, s := range d.steps[w] {
		if s.after.ID == again.ID && sameBut(s.after, again) && s.after.Version == last.before.Version {
			d.steps[w][i].after.Version = again.Version
		}
	}
}

// sameBut says that two are the same, whatever their versions.
func sameBut(a, b data.Appointment) bool {
	a.Version, b.Version = 0, 0
	return cmp.Equal(a, b, cmp.Comparer(time.Time.Equal))
}

// compare holds each appointment, and each patient's list of them, to the rules.
func (d *twoDesks) compare(t *rapid.T) {
	var ofPatients []string
	for _, p := range d.patients {
		visits, err := d.ben.OfPatient(d.ctx, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range visits {
			ofPatients = append(ofPatients, v.ID)
			if v.Patient != p.ID || !sameBut(v.Appointment, d.day[v.ID]) {
				t.Fatalf("%s has %+v", p.Name, v)
			}
		}
	}
	for _, a := range d.day {
		if err := a.CheckTimes(); err != nil {
			t.Fatal(err)
		}
		last := a.Stamps[len(a.Stamps)-1]
		if last.Status != a.Status {
			t.Fatalf("the last stamp of %+v", a)
		}
		if !slices.Contains(ofPatients, a.ID) {
			t.Fatalf("nobody has %+v", a)
		}
	}
	if len(ofPatients) != len(d.day) {
		t.Fatalf("%d of patients, %d of the day", len(ofPatients), len(d.day))
	}
}
