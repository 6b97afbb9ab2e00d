package desk

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data"
)

// wantShown fails where a day's appointments are at other times.
func (c *clinic) wantShown(d *Desk, day data.Date, want ...string) {
	c.Helper()
	if got := c.shown(d, day); !slices.Equal(got, want) {
		c.Errorf("on %v they are at %v, want %v", day, got, want)
	}
}

// TestWrongZoneAndBack: a zone that was chosen by mistake, and put right before all times in
// clear were made again, hides nothing and lets nothing be booked twice.
func TestWrongZoneAndBack(t *testing.T) {
	c := newClinic(t, onDisk(t))
	patients := []data.Patient{{ID: "p", Name: "Ola Nordmann"}}
	var many []data.Appointment
	for i := range settleStep + 50 {
		start := today.At(8*60+i, local)
		many = append(many, data.Appointment{ID: fmt.Sprintf("a%04d", i), Patient: "p", Practitioner: "osei", Status: data.Booked, Start: start, End: start.Add(30 * time.Minute)})
	}
	c.must(c.anna.Fill(c.ctx, twoPractitioners(), patients, many))
	c.settleAll()
	before := c.shown(c.ben, today)
	c.setZone("America/Los_Angeles")
	c.must(c.anna.Sync(c.ctx)) // a part of them
	late := data.Appointment{Patient: "p", Practitioner: "lind", Start: today.At(20*60, c.anna.Zone()), End: today.At(20*60+30, c.anna.Zone())}
	_, err := c.anna.Book(c.ctx, late, false)
	c.must(err)
	c.setZone(zoneName)
	if c.settleAll() == 0 {
		t.Error("nothing is made anew")
	}
	c.sync()
	c.wantShown(c.ben, today, append(before, "24 Nov 20:00")...)
	_, err = c.ben.Book(c.ctx, at(patients[0], "lind", 20*60+10, 15), false)
	var clash *data.Clash
	if !errors.As(err, &clash) {
		t.Errorf("a double booking: %v", err)
	}
}

// TestOlderProgramAtAnotherDesk: what a program with an older database of time zones books is
// on its day at all desks, and its admin does not make again what a newer one did.
func TestOlderProgramAtAnotherDesk(t *testing.T) {
	c := newClinic(t, onDisk(t))
	c.practitioners()
	ola := c.patient("Ola Nordmann")
	c.settleAll()
	c.must(c.session.ChangeRecords(c.ctx, func(tx *auth.RecordTx) error {
		was, err := readSettled(&tx.RecordReader)
		if err != nil {
			return err
		}
		newer := settled{Zone: zoneName, Rules: ahead(3).rules, By: "9999a"}
		_, err = tx.Put(auth.TableDetail, auth.Record{ID: settledID, Version: was.version, Plain: encode(newer)})
		return err
	}))
	c.sync()
	if c.anna.unsettled {
		t.Error("an older program makes anew what a newer one did")
	}
	for _, minute := range []int{0, 23*60 + 30} {
		_, err := c.ben.Book(c.ctx, at(ola, "osei", minute, 15), false)
		c.must(err)
	}
	newer := NewMemory(c.clock.Now, data.DayFirst)
	newer.clock = ahead(3)
	d := newer.Join(c.session)
	c.must(d.Sync(c.ctx))
	if !newer.clock.settled {
		t.Fatal("it is not settled for the newer one")
	}
	c.wantShown(d, today, "24 Nov 00:00", "24 Nov 23:30")
}

// TestMeantInTheZoneThatWas: what was read or typed before the practice got another zone is
// done at the time that was meant.
func TestMeantInTheZoneThatWas(t *testing.T) {
	c := newClinic(t, onDisk(t))
	c.practitioners()
	ola := c.patient("Ola Nordmann")
	moved, err := c.ben.Book(c.ctx, at(ola, "osei", 11*60, 30), false)
	c.must(err)
	undone, err := c.ben.Book(c.ctx, at(ola, "osei", 14*60, 30), false)
	c.must(err)
	_, err = c.ben.Become(c.ctx, undone, data.Arrived, "")
	c.must(err)
	c.setZone("Australia/Sydney")
	_, err = c.ben.Undo(c.ctx, 0)
	c.must(err)
	_, err = c.ben.Book(c.ctx, at(ola, "osei", 9*60, 30), false)
	c.must(err)
	_, err = c.ben.Move(c.ctx, moved, moved.Start, moved.End.Add(15*time.Minute), "osei", false)
	c.must(err)
	c.wantShown(c.ben, today, "24 Nov 09:00", "24 Nov 11:00", "24 Nov 14:00")
}

// TestSkippedInAnotherZone: a time that another zone's clock skips is as it was booked once
// that zone is left.
func TestSkippedInAnotherZone(t *testing.T) {
	c := newClinic(t, onDisk(t))
	c.practitioners()
	day := data.Date{Year: 2027, Month: 10, Day: 3}
	a := at(c.patient("Ola Nordmann"), "osei", 0, 0)
	a.Start, a.End = day.At(150, local), day.At(165, local)
	_, err := c.ben.Book(c.ctx, a, false)
	c.must(err)
	for _, name := range []string{"Australia/Sydney", zoneName} {
		c.setZone(name)
		c.settleAll()
	}
	c.wantShown(c.ben, day, "3 Oct 02:30")
}

// TestStampsInThePracticesZone: also those of what was just done.
func TestStampsInThePracticesZone(t *testing.T) {
	c := newClinic(t, inMemory(t))
	c.practitioners()
	a, err := c.ben.Book(c.ctx, at(c.patient("Ola Nordmann"), "osei", 9*60, 30), false)
	c.must(err)
	if zone := a.Stamps[0].At.Location(); zone != local {
		t.Errorf("it is stamped in %v", zone)
	}
}

// TestSettledSpoiled: a note that can't be read is made again, and shuts nothing.
func TestSettledSpoiled(t *testing.T) {
	c := newClinic(t, inMemory(t))
	c.settleAll()
	c.must(c.session.ChangeRecords(c.ctx, func(tx *auth.RecordTx) error {
		s, err := readSettled(&tx.RecordReader)
		if err != nil {
			return err
		}
		_, err = tx.Put(auth.TableDetail, auth.Record{ID: settledID, Version: s.version, Plain: []byte("x")})
		return err
	}))
	if c.settleAll() != 1 || !c.memories[0].clock.settled {
		t.Error("it is not made anew")
	}
}
