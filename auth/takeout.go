package auth

import (
	"context"
	"fmt"
)

// TakeOut gives fn every patient, for a file outside the practice, page by page:
// between pages nothing is kept open. It is noted in the activity, also when it
// ended half-way. One that does not open has its Err. For admins; it needs step-up.
func (s *Session) TakeOut(ctx context.Context, fn func(Record) error, progress Progress) (err error) {
	total := 0
	err = s.adminLook(ctx, func(rd Reader, _ *register, _ *user) (err error) {
		if !s.fresh() {
			return ErrStepUp
		}
		total, err = rd.CountRecords(TablePatient)
		return err
	})
	if err != nil {
		return err
	}
	count := 0
	defer func() {
		if count > 0 || err == nil {
			if noted := s.noteTakeOut(ctx, count); err == nil {
				err = noted
			}
		}
	}()
	for after, more := "", true; more; {
		page, err := s.takeOutPage(ctx, after)
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

// takeOutPage reads the patients after one, past those that don't count.
func (s *Session) takeOutPage(ctx context.Context, after string) (page []Record, err error) {
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

// noteTakeOut notes what was taken out, even if the session has ended since or
// the export was called off.
func (s *Session) noteTakeOut(ctx context.Context, count int) error {
	return s.stored(s.p.update(context.WithoutCancel(ctx), func(c *change) error {
		c.note(Entry{Event: EventTakenOut, By: s.user, Detail: fmt.Sprintf("%d patients", count)})
		return nil
	}))
}
