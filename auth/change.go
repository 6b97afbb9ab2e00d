package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"anteroom/auth/keyring"
	"anteroom/auth/vault"
)

// change is the register under change, in one transaction.
type change struct {
	*register
	tx      Tx
	key     vault.Key // the register key, under which it will be sealed
	now     time.Time
	entries []Entry
}

// note adds an entry to the activity log.
func (c *change) note(e Entry) {
	e.At = c.now
	c.entries = append(c.entries, e)
}

// commit reads the register, lets decide change it, and writes it back with the
// activity, in one transaction. If decide returns an error nothing is changed. The
// anchor that commit returns must be written before anybody is told the outcome.
func (p *Practice) commit(ctx context.Context, decide func(*change) error) (anchor, error) {
	var c *change
	var a anchor
	err := p.store.Update(ctx, func(tx Tx) error {
		// Taken before the row is read: a newer register that another goroutine records
		// meanwhile must not make this one look rolled back.
		seen := p.newest()
		o, err := p.readNow(tx, seen)
		if err != nil {
			return err
		}
		c = &change{register: o.register, tx: tx, key: o.key, now: timestamp(p.now())}
		if err := decide(c); err != nil {
			return err
		}
		a, err = c.write(p)
		return err
	})
	if err != nil {
		return anchor{}, err
	}
	p.setRegisterKey(c.key)
	p.recordSeen(c.register, a)
	return a, nil
}

// write stores the register and its activity, and returns its anchor.
func (c *change) write(p *Practice) (anchor, error) {
	c.noteServer(p)
	if err := c.dropOldLinks(); err != nil {
		return anchor{}, err
	}
	before := c.Version
	c.Version++
	if c.now.After(c.Changed) {
		c.Changed = c.now
	}
	for _, e := range c.entries {
		e.Computer = p.computer
		line, err := c.appendEntry(e)
		if err != nil {
			return anchor{}, err
		}
		if err := c.tx.AppendActivity(line); err != nil {
			return anchor{}, err
		}
	}
	row, err := c.seal(c.key)
	if err != nil {
		return anchor{}, err
	}
	return anchorOf(c.register, c.key, row, p.folder), c.tx.PutRegister(row, before)
}

// setRegisterKey remembers the key under which the register is sealed now.
func (p *Practice) setRegisterKey(key vault.Key) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.key = key
}

// update is commit, and writes the anchor. If only the anchor could not be written the
// change is stored nevertheless: ErrNotAnchored.
func (p *Practice) update(ctx context.Context, decide func(*change) error) error {
	a, err := p.commit(ctx, decide)
	if err != nil {
		return err
	}
	if err := p.advanceAnchor(ctx, a); err != nil {
		return fmt.Errorf("%w: %w", ErrNotAnchored, err)
	}
	return nil
}

// advanceAnchor writes an anchor, unless the keyring has a newer one: then another window
// of this account was faster, and the database must contain what that window wrote.
func (p *Practice) advanceAnchor(ctx context.Context, a anchor) error {
	select {
	case p.anchorLock <- struct{}{}:
		defer func() { <-p.anchorLock }()
	case <-ctx.Done():
		return fmt.Errorf("write rollback anchor: %w: %w", keyring.ErrNoAnswer, ctx.Err())
	}
	if a.Version <= p.anchored {
		return nil
	}
	if p.anchored > 0 { // else it is the first one here, or the kit allowed to replace an older one
		last, err := readAnchor(ctx, p.keyring, p.anchorKey, p.id)
		if err != nil {
			return err
		}
		switch {
		case last.Version > a.Version:
			return p.view(ctx, func(_ *register, found anchor) error { return p.distrust(last.check(found)) })
		case last.Version == a.Version, last.Lineage != a.Lineage:
			return p.distrust(last.check(a))
		}
		switch err := p.store.View(ctx, last.checkLog); {
		case errors.Is(err, ErrOtherHistory):
			return p.distrust(err)
		case err != nil:
			return err
		}
	}
	if err := writeAnchor(ctx, p.keyring, p.anchorKey, p.id, a); err != nil {
		return err
	}
	p.anchored = a.Version
	return nil
}

// stored makes a change that only lacks its anchor a success: whoever is told that it
// failed would do it again. The next change writes the anchor.
func (p *Practice) stored(err error) error {
	if errors.Is(err, ErrNotAnchored) && p.trusted() {
		slog.Warn("the keyring did not take the rollback anchor of a change", "error", err)
		return nil
	}
	return err
}

// trusted says that nothing was found so far that makes the data untrusted.
func (p *Practice) trusted() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.untrusted == nil
}

// distrust remembers why the data is not trusted any more; nil is no reason.
func (p *Practice) distrust(err error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.untrusted == nil {
		p.untrusted = err
	}
	return err
}
