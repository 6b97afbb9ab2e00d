// Package copying copies a practice from one database into another, of whatever engine.
// Nothing is opened on the way: what is sealed stays as it is, to the byte.
package copying

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"anteroom/auth"
)

// page is how many entries of the activity log are read at once.
const page = 1000

// All copies all that a practice has, as it is at one moment, into a database that has
// nothing yet, in one transaction. Only changes are left out: they tell open windows what
// to read again, and nobody has the new database open.
func All(ctx context.Context, from, to auth.Store, progress auth.Progress) error {
	return from.View(ctx, func(r auth.Reader) error { return Rows(ctx, r, to, progress) })
}

// Rows is All, for who reads what there is already.
func Rows(ctx context.Context, from auth.Reader, to auth.Store, progress auth.Progress) error {
	total, err := count(from)
	if err != nil {
		return err
	}
	return to.Update(ctx, func(tx auth.Tx) error {
		c := &copier{ctx: ctx, from: from, to: tx, total: total, progress: progress}
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
}

// Sum is the SHA-256 of all that Rows copies: two databases that have the same to the byte
// have the same.
func Sum(ctx context.Context, r auth.Reader) ([]byte, error) {
	h := sha256.New()
	field := func(fields ...any) {
		for _, f := range fields {
			b, ok := f.([]byte)
			if !ok {
				b = fmt.Append(nil, f)
			}
			h.Write(fmt.Appendf(nil, "%d:", len(b)))
			h.Write(b)
		}
	}
	practice, err := r.Practice()
	if err != nil {
		return nil, err
	}
	register, err := r.Register()
	if err != nil {
		return nil, err
	}
	envelopes, err := r.Envelopes()
	if err != nil {
		return nil, err
	}
	field(practice.ID, practice.Name, register.Version, register.Sealed)
	slices.SortFunc(envelopes, func(a, b auth.Envelope) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Recipient, b.Recipient))
	})
	for _, e := range envelopes {
		field(e.Kind, e.Recipient, e.Sealed)
	}
	err = eachEntry(ctx, r, func(e auth.ActivityRow) error {
		field(e.Seq, e.Sealed, e.Chain)
		return nil
	})
	for _, table := range auth.RecordTables {
		if err != nil {
			break
		}
		err = r.EachRecord(table, func(row auth.RecordRow) error {
			field(row.Table, row.ID, row.Version, row.Batch, row.Clear, row.Sealed)
			return nil
		})
	}
	return h.Sum(nil), errors.Join(err, ctx.Err())
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
	return eachEntry(c.ctx, c.from, c.to.AppendActivity)
}

// eachEntry reads the activity log, by its order.
func eachEntry(ctx context.Context, r auth.Reader, fn func(auth.ActivityRow) error) error {
	for after := int64(0); ; {
		entries, err := r.Activity(after, page)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := fn(e); err != nil {
				return err
			}
			after = e.Seq
		}
		if len(entries) < page {
			return ctx.Err()
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
