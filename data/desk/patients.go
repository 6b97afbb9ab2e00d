package desk

import (
	"context"
	"fmt"
	"slices"

	"anteroom/auth"
	"anteroom/data"
)

// Patient reads a patient, or the one that it was merged into, and counts it as
// opened lately.
func (d *Desk) Patient(ctx context.Context, id string) (p data.Patient, err error) {
	err = d.read(ctx, func(r *auth.RecordReader) error {
		p, err = readPatient(r, id)
		return err
	})
	if err == nil {
		d.opened(p.ID)
	}
	return p, err
}

// maxMerges is how many merges are followed: more would be a circle.
const maxMerges = 100

// readPatient follows merges.
func readPatient(r *auth.RecordReader, id string) (data.Patient, error) {
	for range maxMerges {
		record, err := r.Get(auth.TablePatient, id)
		if err != nil {
			return data.Patient{}, err
		}
		p, err := decodePatient(record)
		if err != nil || p.Merge == nil {
			return p, err
		}
		id = p.Merge.Into
	}
	return data.Patient{}, fmt.Errorf("patient %s was merged in a circle: %w", id, auth.ErrDamaged)
}

// putPatient writes a patient, as it is after the change.
func (d *Desk) putPatient(tx *auth.RecordTx, p data.Patient) (data.Patient, error) {
	p.Changed, p.ChangedBy = d.stamp(), tx.Mine()
	record, err := tx.Put(auth.TablePatient, auth.Record{ID: p.ID, Version: p.Version, Plain: encode(p)})
	p.Version = record.Version
	return p, err
}

// SavePatient writes a patient: a new one has no ID. auth.ErrConflict: somebody
// else changed it since it was read. What is wrong with it is data.FieldErrors.
func (d *Desk) SavePatient(ctx context.Context, p data.Patient) (data.Patient, error) {
	if err := p.Check(d.today()); err != nil {
		return p, err
	}
	saved := p
	err := d.session.ChangeRecords(ctx, func(tx *auth.RecordTx) (err error) {
		if p.ID == "" {
			saved.ID = newID()
			saved, err = d.putPatient(tx, saved)
			return err
		}
		now, err := currentPatient(tx, p)
		if err != nil {
			return err
		}
		// What the form does not have is not the form's to say.
		saved.Merge, saved.Absorbed = now.Merge, now.Absorbed
		saved, err = d.putPatient(tx, saved)
		return err
	})
	if err != nil {
		return p, err
	}
	d.took(saved)
	d.opened(saved.ID)
	return saved, nil
}

// currentPatient reads a patient that must still be as it was read.
func currentPatient(tx *auth.RecordTx, p data.Patient) (data.Patient, error) {
	record, err := tx.Get(auth.TablePatient, p.ID)
	if err != nil {
		return data.Patient{}, err
	}
	now, err := decodePatient(record)
	switch {
	case err != nil:
		return now, err
	case now.Version != p.Version:
		return now, fmt.Errorf("patient %s: %w", p.ID, auth.ErrConflict)
	case now.Merge != nil:
		return now, data.ErrMerged
	}
	return now, nil
}

// MergePatients makes one patient of two: into, which has the fields that were
// chosen of both, and from, which from then on leads to it. Both must be as they
// were read (auth.ErrConflict). What is wrong with into is data.FieldErrors.
func (d *Desk) MergePatients(ctx context.Context, into, from data.Patient) (data.Patient, error) {
	if into.ID == from.ID {
		return into, data.ErrSame
	}
	if err := into.Check(d.today()); err != nil {
		return into, err
	}
	asked := into
	err := d.session.ChangeRecords(ctx, func(tx *auth.RecordTx) error {
		before, err := currentPatient(tx, into)
		if err != nil {
			return err
		}
		if from, err = currentPatient(tx, from); err != nil {
			return err
		}
		into.Merge, into.Absorbed = nil, append(slices.Clone(before.Absorbed), from.ID)
		from.Merge = &data.Merge{Into: into.ID, At: d.stamp(), By: tx.Mine(), Before: before.Form(), After: into.Form()}
		if into, err = d.putPatient(tx, into); err != nil {
			return err
		}
		from, err = d.putPatient(tx, from)
		return err
	})
	if err != nil {
		return asked, err
	}
	d.took(from)
	d.took(into)
	d.opened(into.ID)
	return into, nil
}

// Merged are those that were merged into a patient and can still be taken out again.
func (d *Desk) Merged(ctx context.Context, id string) (all []data.Patient, err error) {
	err = d.read(ctx, func(r *auth.RecordReader) error {
		p, err := readPatient(r, id)
		if err != nil {
			return err
		}
		for _, other := range p.Absorbed {
			record, err := r.Get(auth.TablePatient, other)
			if err != nil {
				continue // it alone can't be read, and stays where it is
			}
			from, err := decodePatient(record)
			if err == nil && from.Merge != nil && d.now().Sub(from.Merge.At) < data.MergeLasts {
				all = append(all, from)
			}
		}
		return nil
	})
	return all, err
}

// Unmerge takes a merge back: the one who was merged is there again, and the
// other has what it had before in every field that nobody changed since.
// data.ErrTooLate: it was more than 30 days ago. data.ErrMerged: the other was
// merged itself since, which has to be undone first.
func (d *Desk) Unmerge(ctx context.Context, id string) error {
	var from, into data.Patient
	err := d.session.ChangeRecords(ctx, func(tx *auth.RecordTx) error {
		record, err := tx.Get(auth.TablePatient, id)
		if err == nil {
			from, err = decodePatient(record)
		}
		switch {
		case err != nil:
			return err
		case from.Merge == nil:
			return fmt.Errorf("patient %s was not merged: %w", id, auth.ErrConflict)
		case d.now().Sub(from.Merge.At) >= data.MergeLasts:
			return data.ErrTooLate
		}
		if record, err = tx.Get(auth.TablePatient, from.Merge.Into); err != nil {
			return err
		}
		if into, err = decodePatient(record); err != nil {
			return err
		}
		if into.Merge != nil {
			return data.ErrMerged
		}
		if into, err = into.Unmerged(*from.Merge, d.today()); err != nil {
			return err
		}
		into.Absorbed = slices.DeleteFunc(slices.Clone(into.Absorbed), func(other string) bool { return other == id })
		from.Merge = nil
		if into, err = d.putPatient(tx, into); err != nil {
			return err
		}
		from, err = d.putPatient(tx, from)
		return err
	})
	if err == nil {
		d.took(into)
		d.took(from)
	}
	return err
}
