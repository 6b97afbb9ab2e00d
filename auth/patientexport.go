package auth

import (
	"context"
	"fmt"
)

// ExportPatients calls fn with every patient, for a file outside the practice. It reads page
// by page, without a transaction that stays open between them. The export is logged before
// the first patient is given, with the number of all: an export that is killed half-way
// does not go unnoticed. A patient that does not open has its Err. For admins; it needs
// step-up.
func (s *Session) ExportPatients(ctx context.Context, fn func(Record) error, progress Progress) error {
	total := 0
	err := s.admin(ctx, true, func(c *change, me *user) (err error) {
		total, err = c.tx.CountRecords(TablePatient)
		c.note(Entry{Event: EventPatientsExported, By: me.ID, Detail: fmt.Sprintf("%d patients", total)})
		return err
	})
	if err != nil {
		return err
	}
	count := 0
	for after, more := "", true; more; {
		page, err := s.patientsPage(ctx, after)
		if err != nil {
			return err
		}
		for _, record := range page {
			if err := fn(record); err != nil {
				return err
			}
			after = record.ID
			count++
		}
		progress.report(min(count, total), total)
		more = len(page) > 0
	}
	return nil
}

// patientsPage reads the patients after an id, without those of imports under way.
func (s *Session) patientsPage(ctx context.Context, after string) (page []Record, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err = s.adminLook(ctx, func(rd Reader, r *register, _ *user) error {
		reader, err := s.recordReader(rd, r)
		if err != nil {
			return err
		}
		for len(page) == 0 {
			rows, err := rd.Records(TablePatient, after, recordPage)
			if err != nil || len(rows) == 0 {
				return err
			}
			for _, row := range rows {
				after = row.ID
				if err := reader.give(row, func(record Record) error {
					page = append(page, record)
					return nil
				}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return page, err
}
