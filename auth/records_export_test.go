package auth

import "context"

// One record at a time, as tests have them.

// PutRecord writes a record and gives its new version.
func (s *Session) PutRecord(ctx context.Context, table RecordTable, id string, read int64, plain []byte) (version int64, err error) {
	if err := s.PutRecords(ctx, table, []Record{{ID: id, Version: read, Plain: plain}}); err != nil {
		return 0, err
	}
	return read + 1, nil
}

// PutRecords writes records, all or none.
func (s *Session) PutRecords(ctx context.Context, table RecordTable, all []Record) error {
	return s.ChangeRecords(ctx, func(tx *RecordTx) error {
		for _, record := range all {
			if _, err := tx.Put(table, record); err != nil {
				return err
			}
		}
		return nil
	})
}

// Record reads one record.
func (s *Session) Record(ctx context.Context, table RecordTable, id string) (out Record, err error) {
	err = s.ReadRecords(ctx, func(r *RecordReader) error {
		out, err = r.Get(table, id)
		return err
	})
	return out, err
}

// EachRecord gives fn every record of a table.
func (s *Session) EachRecord(ctx context.Context, table RecordTable, fn func(Record) error) error {
	return s.ReadRecords(ctx, func(r *RecordReader) error { return r.Each(table, fn) })
}
