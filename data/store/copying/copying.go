// Package copying copies a practice from one database into another, of whatever engine.
// Nothing is opened on the way: what is sealed stays as it is, to the byte.
package copying

import (
	"context"
	"errors"
	"fmt"

	"anteroom/auth"
)

// page is how many entries of the activity log are read at once.
const page = 1000

// All copies all that a practice has, as it is at one moment, into a database that has
// nothing yet, in one transaction. Only changes are left out: they tell open windows what
// to read again, and nobody has the new database open.
func All(ctx context.Context, from, to auth.Store, progress auth.Progress) error {
	return from.View(ctx, func(r auth.Reader) error {
		total, err := count(r)
		if err != nil {
			return err
		}
		return to.Update(ctx, func(tx auth.Tx) error {
			c := &copier{ctx: ctx, from: r, to: tx, total: total, progress: progress}
			if err := errors.Join(c.practice(), c.activity()); err != nil {
				return fmt.Errorf("copy the practice: %w", err)
			}
			for _, table := range auth.RecordTables {
				if err := c.records(table); err != nil {
					return fmt.Errorf("copy the practice: %w", err)
				}
			}
			return nil
		})
	})
}

func count(r auth.Reader) (total int, err error) {
	for _, table := range auth.RecordTables {
		n, err := r.CountRecords(table)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

type copier struct {
	ctx         context.Context
	from        auth.Reader
	to          auth.Tx
	done, total int // records
	progress    auth.Progress
}

// practice copies what decides who may come in.
func (c *copier) practice() error {
	practice, err := c.from.Practice()
	if err != nil {
		return err
	}
	register, err := c.from.Register()
	if err != nil {
		return err
	}
	envelopes, err := c.from.Envelopes()
	if err != nil {
		return err
	}
	if err := errors.Join(c.to.PutPractice(practice), c.to.PutRegister(register, 0)); err != nil {
		return err
	}
	for _, e := range envelopes {
		if err := c.to.PutEnvelope(e); err != nil {
			return err
		}
	}
	return nil
}

func (c *copier) activity() error {
	for after := int64(0); ; {
		entries, err := c.from.Activity(after, page)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := c.to.AppendActivity(e); err != nil {
				return err
			}
			after = e.Seq
		}
		if len(entries) < page {
			return c.ctx.Err()
		}
	}
}

func (c *copier) records(table auth.RecordTable) error {
	return c.from.EachRecord(table, func(row auth.RecordRow) error {
		row.Sealed = append([]byte(nil), row.Sealed...) // theirs is good until we return, ours until it is written
		if c.done++; c.done%page == 0 {
			if err := c.ctx.Err(); err != nil {
				return err
			}
			if c.progress != nil {
				c.progress(c.done, c.total)
			}
		}
		return c.to.PutRecord(row, 0)
	})
}
