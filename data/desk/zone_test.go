package desk

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/zone"
)

// setZone gives the practice another time zone.
func (c *clinic) setZone(name string) {
	c.Helper()
	now, err := c.session.Settings(c.ctx)
	c.must(err)
	c.must(c.session.SaveSettings(c.ctx, auth.SettingsForm{Name: now.Name, Zone: name, WasZone: now.Zone, Policy: now.Policy, Was: now.Policy}))
}

// settleAll has the admin's desk make all times in clear again, and says in how many steps.
func (c *clinic) settleAll() (steps int) {
	c.Helper()
	for {
		c.must(c.anna.Sync(c.ctx))
		if !c.anna.unsettled {
			return steps
		}
		if steps++; steps > 1000 {
			c.Fatal("it does not come to an end")
		}
	}
}

// shown are the times of a day's appointments, as the practice's clock shows them.
func (c *clinic) shown(d *Desk, day data.Date) (times []string) {
	c.Helper()
	visits, err := d.Day(c.ctx, day)
	c.must(err)
	for _, v := range visits {
		times = append(times, v.Start.Format("2 Jan 15:04"))
	}
	return times
}

// inClear are when appointments begin by what stands in clear.
func (c *clinic) inClear() (starts []string) {
	c.Helper()
	c.must(c.session.ReadRecords(c.ctx, func(r *auth.RecordReader) error {
		return r.Each(auth.TableAppointment, func(record auth.Record) error {
			starts = append(starts, time.UnixMilli(record.Clear.Starts).UTC().Format("2 Jan 15:04"))
			return record.Err
		})
	}))
	slices.Sort(starts)
	return starts
}

// TestZoneOfThePractice: whatever a computer is set to, an appointment is at the time that
// the practice's clock shows; in another zone it is at the same time there. Before the times
// in clear are made again it is found all the same, and takes its practitioner's time.
func TestZoneOfThePractice(t *testing.T) {
	c := newClinic(t, onDisk(t))
	c.practitioners()
	ola := c.patient("Ola Nordmann")
	early, late := at(ola, "osei", 15, 30), at(ola, "osei", 23*60+30, 25)
	for _, a := range []data.Appointment{early, late} {
		_, err := c.ben.Book(c.ctx, a, false)
		c.must(err)
	}
	want := []string{"24 Nov 00:15", "24 Nov 23:30"}
	c.settleAll()
	inBerlin := c.inClear()
	for _, name := range []string{"Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"} {
		c.setZone(name)
		for _, d := range []*Desk{c.ben, c.anna} {
			if got := c.shown(d, today); !slices.Equal(got, want) || d.Zone().String() != name {
				t.Errorf("%s: %v in %v", name, got, d.Zone())
			}
		}
		again := data.Appointment{Patient: ola.ID, Practitioner: "osei", Start: today.At(20, c.ben.Zone())}
		again.End = again.Start.Add(time.Hour)
		_, err := c.ben.Book(c.ctx, again, false)
		var clash *data.Clash
		if !errors.As(err, &clash) || len(clash.With) != 1 {
			t.Errorf("%s: a double booking: %v", name, err)
		}
		c.settleAll()
		if got := c.shown(c.ben, today); !slices.Equal(got, want) {
			t.Errorf("%s, settled: %v", name, got)
		}
		if got := c.inClear(); slices.Equal(got, inBerlin) != (name == zoneName) {
			t.Errorf("%s: in clear they are at %v", name, got)
		}
	}
}

// ahead is a time zone that no database has, so many hours ahead of UTC.
func ahead(hours int) clock {
	known := time.FixedZone("invented", hours*3600)
	return clock{of: auth.Zone{Name: zoneName}, zone: known, rules: zone.Rules(known)}
}

// restart starts both desks' programs again, with rules of a newer database of time zones.
func (c *clinic) restart(rules clock) {
	c.Helper()
	for i := range c.memories {
		c.memories[i] = NewMemory(c.clock.Now, data.DayFirst)
		c.memories[i].clock = rules
	}
	c.anna, c.ben = c.memories[0].Join(c.session), c.memories[1].Join(c.bens)
}

// TestOtherRules: where the rules of the practice's zone become others, appointments stay at
// the times that its clock shows, and the times in clear are made again: step by step, and
// noted once it is done.
func TestOtherRules(t *testing.T) {
	c := newClinic(t, onDisk(t))
	patients := []data.Patient{{ID: "p", Name: "Ola Nordmann"}}
	var many []data.Appointment
	for i := range 2*settleStep + 50 {
		start := today.AddDays(i%7).At(8*60+i, local)
		many = append(many, data.Appointment{ID: fmt.Sprintf("a%04d", i), Patient: "p", Practitioner: "osei", Status: data.Booked, Start: start, End: start.Add(30 * time.Minute)})
	}
	c.must(c.anna.Fill(c.ctx, twoPractitioners(), patients, many))
	c.settleAll()
	before, clear := c.shown(c.ben, today), c.inClear()
	c.restart(ahead(5))
	if got := c.shown(c.ben, today); !slices.Equal(got, before) {
		t.Errorf("%d appointments are shown at other times: %v", len(got), got[:min(3, len(got))])
	}
	c.must(c.ben.Sync(c.ctx)) // who is no admin makes nothing again
	if !slices.Equal(c.inClear(), clear) {
		t.Error("somebody of the staff made them anew")
	}
	c.must(c.anna.Sync(c.ctx))
	if now := c.inClear(); slices.Equal(now, clear) {
		t.Error("nothing was made anew")
	}
	if steps := c.settleAll(); steps != 2 {
		t.Errorf("it took %d more steps", steps)
	}
	if got := c.shown(c.ben, today); !slices.Equal(got, before) {
		t.Errorf("at the end %d are shown at other times", len(got))
	}
	if first := c.inClear()[0]; first != "24 Nov 03:00" {
		t.Errorf("the first is at %s UTC", first)
	}
	c.restart(ahead(5))
	c.must(c.anna.Sync(c.ctx))
	if c.anna.unsettled {
		t.Error("it is not noted that it was done")
	}
}

// TestOfOlderPrograms: an appointment of a program that kept no time of a clock is at the
// moment that stands in clear, and from then on where the clock shows that.
func TestOfOlderPrograms(t *testing.T) {
	c := newClinic(t, onDisk(t))
	c.practitioners()
	ola := c.patient("Ola Nordmann")
	c.must(c.session.ChangeRecords(c.ctx, func(tx *auth.RecordTx) error {
		a := at(ola, "osei", 9*60, 30)
		_, err := tx.Put(auth.TableAppointment, auth.Record{ID: "old", Plain: encode(a),
			Clear: auth.Clear{Starts: a.Start.UnixMilli(), Ends: a.End.UnixMilli(), Status: string(data.Booked)}})
		return err
	}))
	want := []string{"24 Nov 09:00"}
	if got := c.shown(c.ben, today); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	c.must(c.anna.settle(c.ctx))
	c.setZone("Australia/Sydney")
	if got := c.shown(c.ben, today); !slices.Equal(got, want) {
		t.Errorf("in another zone: %v", got)
	}
}

// TestOverMidnight: a visit over midnight is of both days, and of no third one.
func TestOverMidnight(t *testing.T) {
	c := newClinic(t, inMemory(t))
	c.practitioners()
	_, err := c.ben.Book(c.ctx, at(c.patient("Ola Nordmann"), "osei", 23*60+45, 40), false)
	c.must(err)
	_, err = c.ben.Book(c.ctx, at(c.patient("Kari Nordmann"), "osei", 23*60, 45), false)
	c.must(err)
	for by, want := range []int{0, 2, 1, 0} {
		if got := c.shown(c.ben, today.AddDays(by-1)); len(got) != want {
			t.Errorf("on %v there are %v", today.AddDays(by-1), got)
		}
	}
}

// TestHourThatComesTwice: of two moments that the clock shows alike the one that was booked
// stays.
func TestHourThatComesTwice(t *testing.T) {
	c := newClinic(t, onDisk(t))
	c.practitioners()
	ola := c.patient("Ola Nordmann")
	moments, err := data.Date{Year: 2027, Month: 10, Day: 31}.Moments(2*60+30, local)
	c.must(err)
	for _, m := range moments {
		a, err := c.ben.Book(c.ctx, data.Appointment{Patient: ola.ID, Practitioner: "osei", Start: m, End: m.Add(15 * time.Minute)}, false)
		c.must(err)
		visits, err := c.ben.OfPatient(c.ctx, ola.ID)
		c.must(err)
		if !slices.ContainsFunc(visits, func(v data.Visit) bool { return v.ID == a.ID && v.Start.Equal(m) }) {
			t.Errorf("booked at %v: %v", m, visits)
		}
	}
}
