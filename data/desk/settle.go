package desk

import (
	"bytes"
	"context"
	"errors"

	"anteroom/auth"
	"anteroom/data/zone"
)

// Appointments keep what the practice's clock shows. Their times in clear, by which they are
// found, are moments, and follow from that by the rules of its time zone: where those become
// others, or the zone does, they are made again.

// settledID is the id of the detail that says for which rules that was done.
const settledID = "settled"

type settled struct {
	Zone    string `cbor:"1,keyasint"`
	Changes int    `cbor:"2,keyasint"` // as auth.Zone
	Rules   []byte `cbor:"3,keyasint"`
	By      string `cbor:"4,keyasint"` // the version of the database of time zones

	version int64
}

func readSettled(r *auth.RecordReader) (s settled, err error) {
	record, err := r.Get(auth.TableDetail, settledID)
	switch {
	case errors.Is(err, auth.ErrNotFound), errors.Is(err, auth.ErrDamaged):
		return settled{version: record.Version}, nil // they are made again
	case err != nil:
		return s, err
	}
	if decode(record, &s) != nil {
		s = settled{}
	}
	s.version = record.Version
	return s, nil
}

// isOf says that the times in clear were made for the clock's zone, by whatever rules.
func (c clock) isOf(s settled) bool {
	return c.rules != nil && s.Zone == c.of.Name && s.Changes == c.of.Changes
}

// isFor says that the times in clear were made for the clock's rules.
func (c clock) isFor(s settled) bool {
	return c.isOf(s) && bytes.Equal(s.Rules, c.rules)
}

// settleStep is how many appointments are looked at in one transaction, so that nobody waits
// for it.
const settleStep = 200

// errEnough ends a step.
var errEnough = errors.New("the next step goes on")

// lookIfSettled looks whether the times in clear are those of the clock's rules. Where they
// are not, this desk makes them again, if it is an admin's, who alone can note that it was done,
// unless a newer database of time zones made them.
func (d *Desk) lookIfSettled(r *auth.RecordReader) error {
	c := d.memory.clockOf(r.Zone())
	s, err := readSettled(r)
	if err != nil {
		return err
	}
	isNewer := c.isOf(s) && s.By > zone.Version
	d.unsettled = c.rules != nil && !c.isFor(s) && !isNewer && r.IsAdmin()
	d.memory.mu.Lock()
	defer d.memory.mu.Unlock()
	if d.memory.clock.of == c.of {
		d.memory.clock.settled = c.isFor(s)
	}
	return nil
}

// settle makes the next few times again. Where the clock became another on the way, it begins
// again.
func (d *Desk) settle(ctx context.Context) error {
	to := ""
	err := d.session.ChangeRecords(auth.InBackground(ctx), func(tx *auth.RecordTx) error {
		c := d.memory.clockOf(tx.Zone())
		if !c.isFor(d.settling) {
			d.settling, d.settledTo = settled{Zone: c.of.Name, Changes: c.of.Changes, Rules: c.rules, By: zone.Version}, ""
		}
		n := 0
		to = d.settledTo
		err := tx.EachAfter(auth.TableAppointment, to, func(record auth.Record) error {
			if n++; n > settleStep {
				return errEnough
			}
			to = record.ID
			return c.settleOne(tx, record)
		})
		if errors.Is(err, errEnough) {
			return nil
		}
		if err != nil {
			return err
		}
		before, err := readSettled(&tx.RecordReader)
		if err != nil {
			return err
		}
		to = ""
		_, err = tx.Put(auth.TableDetail, auth.Record{ID: settledID, Version: before.version, Plain: encode(d.settling)})
		return err
	})
	if err == nil {
		d.settledTo = to
	}
	return err
}

// settleOne makes the times of an appointment again, where they are others.
func (c clock) settleOne(tx *auth.RecordTx, record auth.Record) error {
	a, kept, err := c.decodeKept(record)
	if err != nil {
		return nil //nolint:nilerr // nobody can tell of one that does not open
	}
	again := c.record(a)
	if kept {
		again.Plain = record.Plain // what was booked stays, also where this zone skips it
	}
	if kept && again.Clear == record.Clear {
		return nil
	}
	_, err = tx.Put(auth.TableAppointment, again)
	return err
}
