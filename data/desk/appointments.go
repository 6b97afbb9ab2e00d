package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"anteroom/auth"
	"anteroom/data"
)

// Day are the appointments of which any part lies on a day of the practice's calendar, by
// their beginning. Bookings that were undone are left out.
func (d *Desk) Day(ctx context.Context, day data.Date) ([]data.Visit, error) {
	return d.Between(ctx, day, day)
}

// Between is Day for several days, the first and the last included.
func (d *Desk) Between(ctx context.Context, from, to data.Date) (visits []data.Visit, err error) {
	err = d.read(ctx, func(r *auth.RecordReader) error {
		zone := d.memory.clockOf(r.Zone()).zone
		visits, err = d.visitsBetween(r, from.In(zone), to.AddDays(1).In(zone))
		return err
	})
	return visits, err
}

func (d *Desk) visitsBetween(r *auth.RecordReader, from, to time.Time) ([]data.Visit, error) {
	c := d.memory.clockOf(r.Zone())
	drift := max(c.drift(), leastDrift) // nothing is missing on a day
	records, err := r.Between(from.Add(-longest-drift).UnixMilli(), to.Add(drift).UnixMilli())
	if err != nil {
		return nil, err
	}
	var visits []data.Visit
	for _, record := range records {
		a, err := c.decode(record)
		if a.Undone || !lies(a, from, to) {
			continue
		}
		visit, err := d.visit(r, a, err != nil)
		if err != nil {
			return nil, err
		}
		visits = append(visits, visit)
	}
	slices.SortStableFunc(visits, func(a, b data.Visit) int { return a.Start.Compare(b.Start) })
	return visits, nil
}

// visit is an appointment and whose it is: from memory or, while that is being
// filled, from the record.
func (d *Desk) visit(r *auth.RecordReader, a data.Appointment, damaged bool) (data.Visit, error) {
	v := data.Visit{Appointment: a, Damaged: damaged}
	if damaged {
		return v, nil
	}
	who, ok := d.memory.summary(a.Patient)
	if !ok {
		p, err := readPatient(r, a.Patient)
		switch {
		case errors.Is(err, auth.ErrDamaged), errors.Is(err, auth.ErrNotFound):
			who = data.Summary{ID: a.Patient, Damaged: true}
		case err != nil:
			return v, err
		default:
			who = p.Summary()
		}
	}
	v.Who = who
	return v, nil
}

// OfPatient are a patient's appointments, the latest first, those of patients
// that were merged into it too.
func (d *Desk) OfPatient(ctx context.Context, id string) (visits []data.Visit, err error) {
	err = d.read(ctx, func(r *auth.RecordReader) error {
		visits = nil
		p, err := readPatient(r, id)
		if err != nil {
			return err
		}
		ids, err := appointmentsOf(r, p)
		if err != nil {
			return err
		}
		for _, id := range ids {
			record, err := r.Get(auth.TableAppointment, id)
			if errors.Is(err, auth.ErrNotFound) {
				continue
			}
			if err != nil && record.ID == "" {
				return err
			}
			a, err := d.memory.clockOf(r.Zone()).decode(record)
			if !a.Undone {
				visits = append(visits, data.Visit{Appointment: a, Who: p.Summary(), Damaged: err != nil})
			}
		}
		return nil
	})
	slices.SortFunc(visits, func(a, b data.Visit) int { return b.Start.Compare(a.Start) })
	return visits, err
}

// appointmentsOf are the ids of a patient's appointments, and of those that were
// merged into it.
func appointmentsOf(r *auth.RecordReader, p data.Patient) (ids []string, err error) {
	open, seen := []string{p.ID}, map[string]bool{}
	for len(open) > 0 {
		id := open[0]
		if open = open[1:]; seen[id] {
			continue
		}
		seen[id] = true
		some, _, err := readVisits(r, id)
		if err != nil {
			return nil, err
		}
		ids = append(ids, some...)
		record, err := r.Get(auth.TablePatient, id)
		if err != nil {
			continue // its appointments are known all the same
		}
		if other, err := decodePatient(record); err == nil {
			open = append(open, other.Absorbed...)
		}
	}
	return ids, nil
}

// readVisits reads which appointments a patient has, and the record's version.
func readVisits(r *auth.RecordReader, patient string) (ids []string, version int64, err error) {
	record, err := r.Get(auth.TableVisits, patient)
	switch {
	case errors.Is(err, auth.ErrNotFound):
		return nil, 0, nil
	case errors.Is(err, auth.ErrDamaged):
		return nil, record.Version, nil // the appointments are there, and the days show them
	case err != nil:
		return nil, 0, err
	}
	return ids, record.Version, decode(record, &ids)
}

// Book writes a new appointment, booked or (a walk-in) arrived. Where its
// practitioner is taken then it is a *data.Clash, unless despite; where the
// practitioner or the kind is offered no more, data.ErrUnknownChoice or
// data.ErrUnknownType.
func (d *Desk) Book(ctx context.Context, a data.Appointment, despite bool) (data.Appointment, error) {
	if err := a.Check(); err != nil {
		return a, err
	}
	booked := a
	err := d.session.ChangeRecords(ctx, func(tx *auth.RecordTx) error {
		p, err := readPatient(&tx.RecordReader, a.Patient)
		if err != nil {
			return err
		}
		booked = d.memory.clockOf(tx.Zone()).own(a)
		booked.ID, booked.Version, booked.Patient = newID(), 0, p.ID
		if booked.Status != data.Arrived {
			booked.Status = data.Booked
		}
		booked.Stamps = []data.Stamp{{Status: booked.Status, At: d.stamp(), By: tx.Mine()}}
		if err := d.free(tx, data.Appointment{}, booked, despite); err != nil {
			return err
		}
		if booked, err = d.put(tx, booked); err != nil {
			return err
		}
		ids, version, err := readVisits(&tx.RecordReader, p.ID)
		if err != nil {
			return err
		}
		_, err = tx.Put(auth.TableVisits, auth.Record{ID: p.ID, Version: version, Plain: encode(append(ids, booked.ID))})
		return err
	})
	if err != nil {
		return a, err
	}
	d.did(step{act: data.ActBooked, after: booked})
	return booked, nil
}

// free refuses an appointment whose practitioner or type is not offered any more, or
// whose practitioner is taken in a time that it did not take before.
func (d *Desk) free(tx *auth.RecordTx, before, a data.Appointment, despite bool) error {
	details, err := readDetails(&tx.RecordReader)
	if err != nil {
		return err
	}
	if err := details.Offers(before, a); err != nil {
		return err
	}
	if despite || before.ID != "" && !a.TakesOtherThan(before) {
		return nil
	}
	return d.clash(tx, a)
}

// clash is a *data.Clash where an appointment overlaps others, and else nil.
func (d *Desk) clash(tx *auth.RecordTx, a data.Appointment) error {
	c := d.memory.clockOf(tx.Zone())
	others, err := tx.Across(a.Start.Add(-c.drift()).UnixMilli(), a.End.Add(c.drift()).UnixMilli(), longest.Milliseconds())
	if err != nil {
		return err
	}
	var with []data.Visit
	for _, record := range others {
		other, err := c.decode(record)
		if err != nil || !a.Overlaps(other) { // nobody knows whose time a damaged one takes
			continue
		}
		visit, err := d.visit(&tx.RecordReader, other, false)
		if err != nil {
			return err
		}
		with = append(with, visit)
	}
	if len(with) > 0 {
		return &data.Clash{With: with}
	}
	return nil
}

// put writes an appointment, and gives it as the practice's clock shows it.
func (d *Desk) put(tx *auth.RecordTx, a data.Appointment) (data.Appointment, error) {
	c := d.memory.clockOf(tx.Zone())
	record, err := tx.Put(auth.TableAppointment, c.record(a))
	a.Version = record.Version
	return a, err
}

// Move gives an appointment another time, length or practitioner.
func (d *Desk) Move(ctx context.Context, a data.Appointment, start, end time.Time, practitioner string, despite bool) (data.Appointment, error) {
	return d.change(ctx, a, step{act: data.ActMoved}, func(tx *auth.RecordTx, now data.Appointment) (data.Appointment, error) {
		to := d.memory.clockOf(tx.Zone()).own(data.Appointment{Start: start, End: end})
		moved, err := now.Move(to.Start, to.End, practitioner, d.stamp(), tx.Mine())
		if err == nil {
			err = d.free(tx, now, moved, despite)
		}
		return moved, err
	})
}

// Become gives an appointment another status; a cancellation has a reason
// (data.ErrTooLong, data.ErrControl). Who comes late after all is let in without
// a question, whoever has the time by then: they are here.
func (d *Desk) Become(ctx context.Context, a data.Appointment, s data.Status, reason string) (data.Appointment, error) {
	return d.change(ctx, a, step{act: data.ActBecame, status: s}, func(tx *auth.RecordTx, now data.Appointment) (data.Appointment, error) {
		changed, err := now.Become(s, d.stamp(), tx.Mine())
		if err == nil && s == data.Cancelled {
			changed.Reason = reason
			err = data.CheckReason(reason)
		}
		return changed, err
	})
}

// Annotate gives an appointment another type (data.ErrUnknownType) and note
// (data.ErrTooLong, data.ErrControl).
func (d *Desk) Annotate(ctx context.Context, a data.Appointment, kind, note string) (data.Appointment, error) {
	if err := data.CheckNote(note); err != nil {
		return a, err
	}
	return d.change(ctx, a, step{act: data.ActAnnotated}, func(tx *auth.RecordTx, now data.Appointment) (data.Appointment, error) {
		before := now
		now.Type, now.Note = kind, note
		if kind == before.Type {
			return now, nil
		}
		details, err := readDetails(&tx.RecordReader)
		if err == nil {
			err = details.Offers(before, now)
		}
		return now, err
	})
}

// change changes an appointment that must still be as it was seen
// (auth.ErrConflict), and remembers the step.
func (d *Desk) change(ctx context.Context, a data.Appointment, s step,
	decide func(*auth.RecordTx, data.Appointment) (data.Appointment, error)) (data.Appointment, error) {
	err := d.session.ChangeRecords(ctx, func(tx *auth.RecordTx) error {
		now, err := d.current(tx, a.ID)
		if err != nil {
			return err
		}
		if now.Version != a.Version {
			return fmt.Errorf("appointment %s: %w", a.ID, auth.ErrConflict)
		}
		changed, err := decide(tx, now)
		if err != nil {
			return err
		}
		s.before = now
		s.after, err = d.put(tx, changed)
		return err
	})
	if err != nil {
		return a, err
	}
	d.did(s)
	return s.after, nil
}

func (d *Desk) current(tx *auth.RecordTx, id string) (data.Appointment, error) {
	record, err := tx.Get(auth.TableAppointment, id)
	if err != nil {
		return data.Appointment{}, err
	}
	return d.memory.clockOf(tx.Zone()).decode(record)
}
