package auth

import (
	"bytes"
	"context"
	"errors"
	"time"

	"anteroom/auth/vault"
)

// opened is an opened register, the key it was opened with, and its anchor.
type opened struct {
	register *register
	key      vault.Key
	found    anchor
}

// changeCopy begins to change a copy of what was opened. ErrConflict says that tx has
// another register.
func (o opened) changeCopy(tx Tx, now time.Time) (*change, error) {
	row, err := tx.Register()
	if err != nil {
		return nil, damagedIfMissing(err)
	}
	if !bytes.Equal(sumOf(row.Sealed), o.found.Hash) {
		return nil, ErrConflict
	}
	r, err := openRegister(o.key, o.register.Practice, row)
	if err != nil {
		return nil, err
	}
	return &change{register: r, tx: tx, key: o.key, now: timestamp(now)}, nil
}

// read opens a register's row. It refuses one that is older than the newest seen, or does
// not continue it, and from then on everything: continuing could move the anchor to the
// wrong state. mu is not held while rows are read, because the disk may hang, and others
// ask for what is in memory.
func (p *Practice) read(rd Reader, row SealedRow, seen anchor) (opened, error) {
	key, err := p.knownKey()
	if err != nil {
		return opened{}, err
	}
	r, err := openRegister(key, p.id, row)
	if errors.Is(err, ErrDamaged) { // or the practice was re-keyed by another window
		if r, key, err = p.openAnew(rd, row); err == nil {
			p.setRegisterKey(key)
		}
	}
	if err != nil {
		return opened{}, p.unread(row, err)
	}
	found := anchorOf(r, key, row, p.folder)
	// The key is returned, not read from p later: until then a slower reader of an
	// older state may have set that state's key.
	return opened{r, key, found}, p.judge(seen.check(found))
}

// knownKey is the register key as far as it is known, while the data is trusted.
func (p *Practice) knownKey() (vault.Key, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.key, p.untrusted
}

// unread says why a register's row did not open. Without a binding the data is not
// trusted any more, unless this was a slow read of an older state.
func (p *Practice) unread(row SealedRow, err error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.untrusted == nil && errors.Is(err, ErrNotLinked) && row.Version >= p.seen.Version {
		p.untrusted = err
	}
	return err
}

// judge records the result of an anchor's check, and returns the first error, which may be
// another reader's.
func (p *Practice) judge(verdict error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.untrusted == nil {
		p.untrusted = verdict
	}
	return p.untrusted
}

// openAnew opens a register's row with the key that is in the envelopes now.
func (p *Practice) openAnew(rd Reader, row SealedRow) (*register, vault.Key, error) {
	envelopes, err := rd.Envelopes()
	if err != nil {
		return nil, vault.Key{}, err
	}
	key, err := p.currentRecipient().open(p.id, envelopes)
	if err != nil {
		return nil, vault.Key{}, err
	}
	r, err := openRegister(key, p.id, row)
	return r, key, err
}

// readNow is read of the present row.
func (p *Practice) readNow(rd Reader, seen anchor) (opened, error) {
	row, err := rd.Register()
	if err != nil {
		return opened{}, damagedIfMissing(err)
	}
	return p.read(rd, row, seen)
}

// look runs fn in a read transaction, with the register as it is there.
func (p *Practice) look(ctx context.Context, fn func(rd Reader, r *register) error) error {
	return p.lookWithAnchor(ctx, func(rd Reader, r *register, _ anchor) error { return fn(rd, r) })
}

func (p *Practice) lookWithAnchor(ctx context.Context, fn func(rd Reader, r *register, found anchor) error) error {
	// Taken before the view begins: a register that another goroutine writes
	// meanwhile must not make this one look rolled back.
	seen := p.newest()
	return p.store.View(ctx, func(rd Reader) error {
		o, err := p.readCached(rd, seen)
		if err != nil {
			return err
		}
		p.recordSeen(o.register, o.found)
		return fn(rd, o.register, o.found)
	})
}

// view gives fn the present register.
func (p *Practice) view(ctx context.Context, fn func(r *register, found anchor) error) error {
	return p.lookWithAnchor(ctx, func(_ Reader, r *register, found anchor) error { return fn(r, found) })
}
