package auth

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"
)

// An import stages its records in many short transactions, so that nobody waits for it
// long. One more short transaction commits them all: it marks the record of the import
// itself as done. Until then they are not visible.

// batchDone is the content of the record of a committed import. Before, that is the id
// of the session that imports.
var batchDone = []byte("done")

// Batch is an import of patients under way.
type Batch struct {
	s     *Session
	id    string
	count int
}

// NewBatch begins an import. For admins. What aborted imports left behind is removed;
// another import under way is ErrImporting.
func (s *Session) NewBatch(ctx context.Context) (*Batch, error) {
	if err := s.removeBroken(ctx, s.entry()); err != nil { // it is at one import at a time
		return nil, err
	}
	b := &Batch{s: s, id: newID()}
	err := s.ChangeRecords(ctx, func(tx *RecordTx) error {
		if !tx.IsAdmin() {
			return ErrForbidden
		}
		if err := tx.Each(TableBatch, isDone); err != nil {
			return err
		}
		row := RecordRow{Table: TableBatch, ID: b.id, Version: 1}
		row.Sealed = tx.key.seal(row, []byte(s.entry()))
		return tx.tx.PutRecord(row, 0)
	})
	if err != nil {
		return nil, err
	}
	return b, nil
}

// isDone refuses an import that is under way: two of one file would not see each other's patients.
func isDone(b Record) error {
	if b.Err == nil && !bytes.Equal(b.Plain, batchDone) {
		return ErrImporting
	}
	return nil
}

// row is the record of the import, which must still be under way in the same sign-in:
// else ErrConflict, because others may have removed what was staged.
func (b *Batch) row(rd Reader, key recordKey) (RecordRow, error) {
	row, err := rd.Record(TableBatch, b.id)
	if errors.Is(err, ErrNotFound) {
		return row, fmt.Errorf("the import was removed: %w", ErrConflict)
	}
	if err != nil {
		return row, err
	}
	if by, err := key.open(row); err != nil || string(by) != b.s.entry() {
		return row, errors.Join(err, ErrConflict)
	}
	return row, nil
}

// Add stages patients in one transaction; each is new.
func (b *Batch) Add(ctx context.Context, all []Record) error {
	err := b.s.ChangeRecords(ctx, func(tx *RecordTx) error {
		if _, err := b.row(tx.rd, tx.key); err != nil {
			return err
		}
		for _, record := range all {
			row := RecordRow{Table: TablePatient, ID: record.ID, Version: 1, Batch: b.id}
			row.Sealed = tx.key.seal(row, record.Plain)
			if err := tx.tx.PutRecord(row, 0); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		b.count += len(all)
	}
	return err
}

// Commit commits all that was staged, in one short transaction, and logs it. It says
// how many patients were added.
func (b *Batch) Commit(ctx context.Context) (added int, err error) {
	return b.count, b.s.admin(ctx, false, func(c *change, me *user) error {
		records, err := b.s.recordsKey(c.register, me)
		if err != nil {
			return err
		}
		key := newRecordKey(b.s.p.id, records)
		row, err := b.row(c.tx, key)
		if err != nil {
			return err
		}
		read := row.Version
		row.Version++
		row.Sealed = key.seal(row, batchDone)
		if err := c.tx.PutRecord(row, read); err != nil {
			return err
		}
		c.note(Entry{Event: EventImported, By: me.ID, Detail: fmt.Sprintf("%d patients", b.count)})
		return c.tx.NoteChange(TableBatch, b.id)
	})
}

// Discard removes what was staged.
func (b *Batch) Discard(ctx context.Context) error { return b.s.removeBatch(ctx, b.id) }

// RemoveBroken removes what imports left behind whose session has ended.
func (s *Session) RemoveBroken(ctx context.Context) error { return s.removeBroken(ctx, "") }

// removeBroken is RemoveBroken, also of the imports of one session that is still open.
func (s *Session) removeBroken(ctx context.Context, session string) error {
	var broken []string
	err := s.p.look(ctx, func(rd Reader, r *register) error {
		reader, err := s.recordReader(rd, r)
		if err != nil {
			return err
		}
		return reader.Each(TableBatch, func(b Record) error {
			by := string(b.Plain)
			if b.Err == nil && !bytes.Equal(b.Plain, batchDone) && (r.session(by) == nil || by == session) {
				broken = append(broken, b.ID)
			}
			return nil
		})
	})
	for _, id := range broken {
		err = errors.Join(err, s.removeBatch(ctx, id))
	}
	return err
}

const (
	// removePage is how many staged patients are removed at a time.
	removePage = 2000
	// removePause is how long the database is left to others after that: SQLite's busy
	// handler tries again after at most 100 ms.
	removePause = 60 * time.Millisecond
)

// removeBatch removes an import that was not committed: its patients in steps, its own
// record last. It is no error if somebody else removed it.
func (s *Session) removeBatch(ctx context.Context, id string) error {
	for {
		more, err := s.removeSome(ctx, id)
		if err != nil {
			return fmt.Errorf("remove an import that was broken off: %w", err)
		}
		if !more {
			return nil
		}
		pause := time.NewTimer(removePause)
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return ctx.Err()
		}
	}
}

func (s *Session) removeSome(ctx context.Context, id string) (more bool, err error) {
	err = s.ChangeRecords(ctx, func(tx *RecordTx) error {
		batch, err := tx.Get(TableBatch, id)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if bytes.Equal(batch.Plain, batchDone) {
			return ErrConflict
		}
		n, err := tx.tx.DeleteBatch(id, removePage)
		if more = n == removePage; err != nil || more {
			return err
		}
		return tx.tx.DeleteRecord(TableBatch, id)
	})
	return more, err
}
