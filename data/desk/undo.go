package desk

import (
	"context"
	"errors"
	"fmt"

	"anteroom/auth"
	"anteroom/data"
)

// maxSteps is how many steps can be undone.
const maxSteps = 10

// step is a change of an appointment, by this session.
type step struct {
	number        int // from 1
	act           data.Act
	status        data.Status      // of a change of status: the new one
	before, after data.Appointment // of a booking there is no before
}

// did remembers a step.
func (d *Desk) did(s step) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.taken++
	s.number = d.taken
	d.steps = append(d.steps, s)
	d.steps = d.steps[max(0, len(d.steps)-maxSteps):]
}

// CanUndo is how many steps can be undone.
func (d *Desk) CanUndo() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.steps)
}

// Undo takes the last step back: the appointment is again as it was, stamps
// included; a booking is cancelled and never counted. Where that takes time of a
// practitioner who has others then, it is a *data.Clash, unless that step is meant
// all the same: its number, of the Undone that came with the Clash; 0 is none.
// data.ErrNothing: there is no step. data.ErrOtherStep: the last one is another by
// now than was meant. data.ErrChanged: somebody changed the appointment since, so
// the step stays and is forgotten, as is that of an appointment that does not open
// any more.
func (d *Desk) Undo(ctx context.Context, meant int) (data.Undone, error) {
	s, ok := d.lastStep()
	switch {
	case !ok:
		return data.Undone{}, data.ErrNothing
	case meant != 0 && meant != s.number:
		return data.Undone{}, data.ErrOtherStep
	}
	out := data.Undone{Step: s.number, Act: s.act, Status: s.status}
	var again data.Appointment
	err := d.session.ChangeRecords(ctx, func(tx *auth.RecordTx) error {
		now, err := d.current(tx, s.after.ID)
		if err != nil {
			return err
		}
		if now.Version != s.after.Version {
			return fmt.Errorf("appointment %s: %w", now.ID, data.ErrChanged)
		}
		again = s.before
		if s.act == data.ActBooked {
			again = now
			again.Status, again.Undone = data.Cancelled, true
		}
		again = d.memory.clockOf(tx.Zone()).own(again)
		again.Version = now.Version
		if out.Visit, err = d.visit(&tx.RecordReader, again, false); err != nil {
			return err
		}
		if meant == 0 && again.TakesOtherThan(now) {
			if err := d.clash(tx, again); err != nil {
				return err
			}
		}
		again, err = d.put(tx, again)
		out.Visit.Appointment = again
		return err
	})
	if err == nil || isLost(err) {
		d.undid(s, again.Version)
	}
	return out, err
}

// isLost says that a step can never be undone.
func isLost(err error) bool {
	return errors.Is(err, data.ErrChanged) || errors.Is(err, auth.ErrDamaged) || errors.Is(err, auth.ErrNotFound)
}

func (d *Desk) lastStep() (step, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.steps) == 0 {
		return step{}, false
	}
	return d.steps[len(d.steps)-1], true
}

// undid forgets a step. The one before, of the same appointment, then can be
// taken back from the version that it has now (0: not at all).
func (d *Desk) undid(s step, version int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i := len(d.steps) - 1; i >= 0; i-- {
		if d.steps[i].after.ID == s.after.ID && d.steps[i].after.Version == s.after.Version {
			d.steps = append(d.steps[:i:i], d.steps[i+1:]...)
			break
		}
	}
	for i := range d.steps {
		if after := &d.steps[i].after; version > 0 && after.ID == s.after.ID && after.Version == s.before.Version {
			after.Version = version
		}
	}
}
