package desk

import (
	"context"

	"anteroom/auth"
	"anteroom/data"
)

// fillStep is how many records are written in one transaction.
const fillStep = 2000

// Fill writes a whole practice as it is, ids, statuses and stamps included, into
// one that has no records yet: for demonstrations and measurements. For admins.
func (d *Desk) Fill(ctx context.Context, details data.Details, patients []data.Patient, appointments []data.Appointment) error {
	if _, err := d.SaveDetails(ctx, details); err != nil {
		return err
	}
	visits := map[string][]string{}
	var whose []string // in the order in which they come
	for _, a := range appointments {
		if visits[a.Patient] == nil {
			whose = append(whose, a.Patient)
		}
		visits[a.Patient] = append(visits[a.Patient], a.ID)
	}
	err := d.putAll(ctx, auth.TablePatient, len(patients), func(i int) auth.Record {
		return auth.Record{ID: patients[i].ID, Plain: encode(patients[i])}
	})
	if err != nil {
		return err
	}
	c := d.memory.clockOf(d.session.Zone())
	err = d.putAll(ctx, auth.TableAppointment, len(appointments), func(i int) auth.Record { return c.record(appointments[i]) })
	if err != nil {
		return err
	}
	return d.putAll(ctx, auth.TableVisits, len(whose), func(i int) auth.Record {
		return auth.Record{ID: whose[i], Plain: encode(visits[whose[i]])}
	})
}

// putAll writes n new records.
func (d *Desk) putAll(ctx context.Context, table auth.RecordTable, n int, record func(i int) auth.Record) error {
	for from := 0; from < n; from += fillStep {
		err := d.session.ChangeRecords(ctx, func(tx *auth.RecordTx) error {
			for i := from; i < min(n, from+fillStep); i++ {
				r := record(i)
				r.Version = 0
				if _, err := tx.Put(table, r); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
