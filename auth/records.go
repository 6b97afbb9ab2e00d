package auth

import (
	"context"
	"fmt"

	"anteroom/auth/vault"
)

// Records are what the practice knows of its patients, each sealed whole under
// the records key, bound to its table, id and version. Every read and every
// write sees first that the session is good.

func recordPlace(practice string, row RecordRow) vault.Place {
	return vault.Place{Practice: practice, Table: string(row.Table), Row: row.ID, Version: row.Version}
}

func sealRecord(records vault.Key, practice string, row RecordRow, plain []byte) []byte {
	return records.Subkey("record").Seal(plain, recordPlace(practice, row))
}

// openRecord opens a record; one that was changed, moved or exchanged is ErrDamaged.
func openRecord(records vault.Key, practice string, row RecordRow) ([]byte, error) {
	plain, err := records.Subkey("record").Open(row.Sealed, recordPlace(practice, row))
	if err != nil {
		return nil, fmt.Errorf("open record: %w", ErrDamaged)
	}
	return plain, nil
}

// Record is one record, opened.
type Record struct {
	ID      string
	Version int64
	Plain   []byte
	Err     error // ErrDamaged: this record alone does not open; Plain is nil
}

// PutRecord writes a record that must still have the version read (0: it is
// new); otherwise ErrConflict. It gives the version written.
func (s *Session) PutRecord(ctx context.Context, table RecordTable, id string, read int64, plain []byte) (version int64, err error) {
	if err := s.PutRecords(ctx, table, []Record{{ID: id, Version: read, Plain: plain}}); err != nil {
		return 0, err
	}
	return read + 1, nil
}

// PutRecords writes records, all or none. Each must still have its Version (0:
// it is new), and then has the next; otherwise ErrConflict.
func (s *Session) PutRecords(ctx context.Context, table RecordTable, all []Record) error {
	seen := s.p.newest()
	return s.p.store.Update(ctx, func(tx Tx) error {
		o, err := s.p.readNow(tx, seen)
		if err != nil {
			return err
		}
		records, err := s.recordsKeyIn(o.register)
		if err != nil {
			return err
		}
		for _, record := range all {
			row := RecordRow{Table: table, ID: record.ID, Version: record.Version + 1}
			row.Sealed = sealRecord(records, s.p.id, row, record.Plain)
			if err := tx.PutRecord(row, record.Version); err != nil {
				return err
			}
		}
		return nil
	})
}

// Record reads one record. One that does not open is ErrDamaged.
func (s *Session) Record(ctx context.Context, table RecordTable, id string) (Record, error) {
	var out Record
	err := s.p.look(ctx, func(rd Reader, r *register) error {
		records, err := s.recordsKeyIn(r)
		if err != nil {
			return err
		}
		row, err := rd.Record(table, id)
		if err != nil {
			return err
		}
		out = s.open(records, row)
		return out.Err
	})
	return out, err
}

// EachRecord gives fn every record of a table, by id, in one consistent state.
// One that does not open has its Err, and the others go on.
func (s *Session) EachRecord(ctx context.Context, table RecordTable, fn func(Record) error) error {
	return s.p.look(ctx, func(rd Reader, r *register) error {
		records, err := s.recordsKeyIn(r)
		if err != nil {
			return err
		}
		return eachRecord(rd, table, func(row RecordRow) error { return fn(s.open(records, row)) })
	})
}

func (s *Session) open(records vault.Key, row RecordRow) Record {
	out := Record{ID: row.ID, Version: row.Version}
	out.Plain, out.Err = openRecord(records, s.p.id, row)
	return out
}

// recordsKeyIn opens the records key of a state, while the session is good in it.
func (s *Session) recordsKeyIn(r *register) (vault.Key, error) {
	me, err := s.me(r)
	if err != nil {
		return vault.Key{}, err
	}
	return s.recordsKey(r, me)
}

// eachRecord gives fn every row of a table, by id.
func eachRecord(rd Reader, table RecordTable, fn func(RecordRow) error) error {
	for after, more := "", true; more; {
		page, err := rd.Records(table, after, recordPage)
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
