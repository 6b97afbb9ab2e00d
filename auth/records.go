package auth

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"

	"anteroom/auth/vault"
)

// Records are what the practice knows of its patients and how it works. Each is sealed
// whole under the records key, bound to its table, id, version and clear columns. Every
// read and every write first checks that the session is valid.

// recordKey seals records of a practice.
type recordKey struct {
	practice string
	sealer   vault.Sealer
}

func newRecordKey(practice string, records vault.Key) recordKey {
	return recordKey{practice, records.Subkey("record").Sealer()}
}

func (k recordKey) aad(row RecordRow) vault.AAD {
	at := vault.AAD{Practice: k.practice, Table: string(row.Table), Row: row.ID, Version: row.Version}
	switch {
	case row.Table == TableAppointment:
		at.Clear = []string{strconv.FormatInt(row.Clear.Starts, 10), strconv.FormatInt(row.Clear.Ends, 10), row.Clear.Status}
	case row.Batch != "":
		at.Clear = []string{row.Batch}
	}
	return at
}

func (k recordKey) seal(row RecordRow, plain []byte) []byte {
	return k.sealer.Seal(plain, k.aad(row))
}

// open opens a record; one that was changed, moved or exchanged is ErrDamaged.
func (k recordKey) open(row RecordRow) ([]byte, error) { return k.appendOpened(nil, row) }

// appendOpened is open that appends to memory of the caller's.
func (k recordKey) appendOpened(to []byte, row RecordRow) ([]byte, error) {
	plain, err := k.sealer.AppendOpened(to, row.Sealed, k.aad(row))
	if err != nil {
		return nil, fmt.Errorf("open record: %w", ErrDamaged)
	}
	return plain, nil
}

// Record is one record, opened.
type Record struct {
	ID      string
	Version int64
	Clear   Clear // of an appointment
	Plain   []byte
	Err     error // ErrDamaged: this record alone does not open; Plain is nil

	batch string // the import that brought it
}

// RecordReader reads records in one consistent state.
type RecordReader struct {
	rd           Reader
	key          recordKey
	me           *user
	zone         Zone
	people       func() map[string]string
	importStates map[string]importState // of those that were looked up
}

// RecordTx reads and writes records in one transaction that no other writer is in.
type RecordTx struct {
	RecordReader
	tx Tx
}

// ReadRecords runs fn in one read transaction.
func (s *Session) ReadRecords(ctx context.Context, fn func(*RecordReader) error) error {
	return s.p.look(ctx, func(rd Reader, r *register) error {
		reader, err := s.recordReader(rd, r)
		if err != nil {
			return err
		}
		return fn(&reader)
	})
}

// ChangeRecords runs fn in one transaction. It commits when fn returns nil, and
// changes nothing otherwise.
func (s *Session) ChangeRecords(ctx context.Context, fn func(*RecordTx) error) error {
	seen := s.p.newest()
	return s.p.store.Update(ctx, func(tx Tx) error {
		o, err := s.p.readCached(tx, seen)
		if err != nil {
			return err
		}
		reader, err := s.recordReader(tx, o.register)
		if err != nil {
			return err
		}
		return fn(&RecordTx{reader, tx})
	})
}

// recordReader opens the records key of a transaction, if the session is valid in it.
func (s *Session) recordReader(rd Reader, r *register) (RecordReader, error) {
	me, err := s.me(r)
	if err != nil {
		return RecordReader{}, err
	}
	records, err := s.recordsKey(r, me)
	if err != nil {
		return RecordReader{}, err
	}
	return RecordReader{rd: rd, key: newRecordKey(s.p.id, records), me: me, zone: r.Zone, people: r.names, importStates: map[string]importState{}}, nil
}

// People are the names of the practice's users, by id.
func (r *RecordReader) People() map[string]string { return r.people() }

// Get reads one record. One that is not there is ErrNotFound, one that does not
// open ErrDamaged; then the Record has its version all the same.
func (r *RecordReader) Get(table RecordTable, id string) (Record, error) {
	if err := r.own(table, id); err != nil {
		return Record{}, err
	}
	row, err := r.rd.Record(table, id)
	if err != nil {
		return Record{}, err
	}
	how, err := r.importState(row)
	switch {
	case err != nil:
		return Record{}, err
	case how == staged:
		return Record{}, fmt.Errorf("read record of an import under way: %w", ErrNotFound)
	}
	out := r.opened(row, how)
	return out, out.Err
}

// Each gives fn every record of a table, by id. One that does not open has its
// Err, and the others go on.
func (r *RecordReader) Each(table RecordTable, fn func(Record) error) error {
	return r.EachAfter(table, "", fn)
}

// EachAfter is Each for those after an id.
func (r *RecordReader) EachAfter(table RecordTable, after string, fn func(Record) error) error {
	if err := r.own(table, ""); err != nil {
		return err
	}
	return eachRecord(r.rd, table, after, func(row RecordRow) error { return r.give(row, fn) })
}

// Count is how many records a table has, those of imports under way included.
func (r *RecordReader) Count(table RecordTable) (int, error) { return r.rd.CountRecords(table) }

// Between gives the appointments that begin in a time (Unix milliseconds; from
// is in it, to is not), by their beginning. One that does not open has its Err.
func (r *RecordReader) Between(from, to int64) ([]Record, error) {
	return r.between(from, to, math.MinInt64)
}

// Across is Between for appointments that overlap a time; those that last longer than
// longest may be missing.
func (r *RecordReader) Across(from, to, longest int64) ([]Record, error) {
	return r.between(from-longest, to, from)
}

func (r *RecordReader) between(from, to, endsAfter int64) ([]Record, error) {
	rows, err := r.rd.RecordsBetween(from, to, endsAfter)
	if err != nil {
		return nil, err
	}
	out := make([]Record, len(rows))
	for i, row := range rows {
		out[i] = r.opened(row, committed)
	}
	return out, nil
}

// changesPage is how many changes are given at a time, at most.
const changesPage = 5000

// Changes are those after a number, and the number of the last one. If some of them are
// deleted already, or there are too many, whole is false: then read everything again.
func (r *RecordReader) Changes(after int64) (changes []ChangeRow, last int64, whole bool, err error) {
	if last, err = r.rd.LastChange(); err != nil || last == after {
		return nil, last, true, err
	}
	if last < after { // another history: a restored backup
		return nil, last, false, nil
	}
	if changes, err = r.rd.Changes(after, changesPage); err != nil {
		return nil, last, false, err
	}
	whole = int64(len(changes)) == last-after
	return changes, last, whole, nil
}

// own keeps a user's drafts from others.
func (r *RecordReader) own(table RecordTable, id string) error {
	if table == TableDraft && id != r.me.ID {
		return ErrForbidden
	}
	return nil
}

func (r *RecordReader) give(row RecordRow, fn func(Record) error) error {
	how, err := r.importState(row)
	if err != nil || how == staged {
		return err
	}
	return fn(r.opened(row, how))
}

// importState says how far the import of a row is.
type importState int

const (
	committed importState = iota // its import is done, or it has none
	staged                       // its import is under way, or was aborted
	lost                         // somebody removed its import from the database
)

// importState looks up a row's import. If that does not open, the row counts as committed;
// if it is not there, the row is damaged: no record disappears unnoticed.
func (r *RecordReader) importState(row RecordRow) (importState, error) {
	if row.Batch == "" {
		return committed, nil
	}
	if known, ok := r.importStates[row.Batch]; ok {
		return known, nil
	}
	how := committed
	batch, err := r.rd.Record(TableBatch, row.Batch)
	switch {
	case errors.Is(err, ErrNotFound):
		how = lost
	case err != nil:
		return committed, err
	default:
		if plain, err := r.key.open(batch); err == nil && !bytes.Equal(plain, batchDone) {
			how = staged
		}
	}
	r.importStates[row.Batch] = how
	return how, nil
}

func (r *RecordReader) opened(row RecordRow, how importState) Record {
	return r.openedInto(nil, row, how)
}

// openedInto is opened whose Plain is appended to memory of the caller's.
func (r *RecordReader) openedInto(to []byte, row RecordRow, how importState) Record {
	out := Record{ID: row.ID, Version: row.Version, Clear: row.Clear, batch: row.Batch}
	if how == lost {
		out.Err = fmt.Errorf("record of an import that is not there: %w", ErrDamaged)
		return out
	}
	out.Plain, out.Err = r.key.appendOpened(to, row)
	return out
}

// Put writes a record that must still have its Version (0: it is new), and then
// has the next; otherwise ErrConflict. Details are for admins (ErrForbidden).
func (t *RecordTx) Put(table RecordTable, record Record) (Record, error) {
	if err := t.own(table, record.ID); err != nil {
		return record, err
	}
	if table == TableDetail && !t.IsAdmin() {
		return record, ErrForbidden
	}
	row := RecordRow{Table: table, ID: record.ID, Version: record.Version + 1, Batch: record.batch, Clear: record.Clear}
	row.Sealed = t.key.seal(row, record.Plain)
	if err := t.tx.PutRecord(row, record.Version); err != nil {
		return record, err
	}
	record.Version++
	switch table {
	case TableDraft, TableVisits: // nobody else waits for them
		return record, nil
	}
	return record, t.tx.NoteChange(table, record.ID)
}

// Mine is the id of the user's own record, in a table of such.
func (r *RecordReader) Mine() string { return r.me.ID }

// eachRecord gives fn every row of a table after an id, by id.
func eachRecord(rd Reader, table RecordTable, after string, fn func(RecordRow) error) error {
	return eachRow(after, func(after string) ([]RecordRow, error) { return rd.Records(table, after, recordPage) }, fn)
}

// eachRow gives fn the rows of page after page.
func eachRow(after string, read func(after string) ([]RecordRow, error), fn func(RecordRow) error) error {
	for more := true; more; {
		page, err := read(after)
		if err != nil {
			return err
		}
		for _, row := range page {
			if err := fn(row); err != nil {
				return err
			}
			after = row.ID
		}
		more = len(page) == recordPage
	}
	return nil
}
