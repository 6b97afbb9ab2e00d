package desk

import (
	"context"
	"errors"
	"time"

	"anteroom/auth"
	"anteroom/data"
)

// importPause is how long an import leaves the database to others between its
// transactions: SQLite's busy handler tries again after at most 100 ms.
const importPause = 60 * time.Millisecond

// Import is an import of patients under way.
type Import struct {
	batch *auth.Batch
	stamp func() time.Time
	by    string
	pause <-chan time.Time // since the last transaction; nil: there was none
}

// NewImport begins one; for admins.
func (d *Desk) NewImport(ctx context.Context) (*Import, error) {
	b, err := d.session.NewBatch(ctx)
	if err != nil {
		return nil, err
	}
	i := &Import{batch: b, stamp: d.stamp, by: d.Me()}
	d.memory.syncing.Lock() // a look under way may have begun before another import ended
	err = d.sync(ctx)
	d.memory.syncing.Unlock()
	if err != nil {
		return nil, errors.Join(err, i.Discard(context.WithoutCancel(ctx)))
	}
	return i, nil
}

// Add stages some hundred patients, up to a thousand, sealed. They are not visible before Commit.
func (i *Import) Add(ctx context.Context, patients []data.Patient) error {
	records := make([]auth.Record, len(patients))
	for n, p := range patients {
		p.Changed, p.ChangedBy = i.stamp(), i.by
		records[n] = auth.Record{ID: newID(), Plain: encode(p)}
	}
	if i.pause != nil {
		select {
		case <-i.pause:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if err := i.batch.Add(ctx, records); err != nil {
		return err
	}
	i.pause = time.After(importPause) // the next patients are read meanwhile
	return nil
}

// Commit commits all of them at once, and says how many they are. Once it has begun it
// can't be canceled, because then it could not be told whether it was done.
func (i *Import) Commit(ctx context.Context) (added int, err error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	return i.batch.Commit(context.WithoutCancel(ctx))
}

// Discard removes what was staged.
func (i *Import) Discard(ctx context.Context) error { return i.batch.Discard(ctx) }

// ExportPatients gives each every patient that stands for itself. It is for
// admins, needs step-up and is noted in the activity. Those that do not open are
// left out, and counted.
func (d *Desk) ExportPatients(ctx context.Context, each func(data.Patient) error, progress auth.Progress) (damaged int, err error) {
	err = d.session.ExportPatients(ctx, func(record auth.Record) error {
		switch p, err := decodePatient(record); {
		case err != nil:
			damaged++
			return nil
		case p.Merge != nil:
			return nil
		default:
			return each(p)
		}
	}, progress)
	return damaged, err
}
