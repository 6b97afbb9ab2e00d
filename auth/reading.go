package auth

import (
	"bytes"
	"context"
	"errors"
	"time"

	"anteroom/auth/vault"
)

// opened is a register that was opened, with what, and its mark.
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

// read opens a register's row and refuses one that is older than, or of
// another history than, one seen before. After that it refuses everything:
// who goes on from there could leave the mark behind. Its rows are read while mu
// is free: a disk that hangs must not hold up who asks for what is known already.
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
	// The key is handed over: until it is used, a slower reader of an older
	// state may have put that one's key in its place.
	return opened{r, key, found}, p.judge(seen.check(found))
}

// knownKey is the register key as far as it is known, while nothing was found
// that shuts the practice.
func (p *Practice) knownKey() (vault.Key, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.key, p.untrusted
}

// unread says why a register's row did not open. Without a binding nothing opens
// any more, unless that was a slow read of an older state.
func (p *Practice) unread(row SealedRow, err error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.untrusted == nil && errors.Is(err, ErrNotLinked) && row.Version >= p.seen.Version {
		p.untrusted = err
	}
	return err
}

// judge takes the verdict on a register's mark, and gives the first that shut the
// practice, which may be another reader's.
func (p *Practice) judge(verdict error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.untrusted == nil {
		p.untrusted = verdict
	}
	return p.untrusted
}

// openAnew opens a register's row with the key that lies in the envelopes now.
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

// readNow is read of the row that lies there.
func (p *Practice) readNow(rd Reader, seen anchor) (opened, error) {
	row, err := rd.Register()
	if err != nil {
		return opened{}, damagedIfMissing(err)
	}
	return p.read(rd, row, seen)
}

// look gives fn one consistent state: rows, and the register as it is in them.
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

// view gives fn the register as it is now.
func (p *Practice) view(ctx context.Context, fn func(r *register, found anchor) error) error {
	return p.lookWithAnchor(ctx, func(_ Reader, r *register, found anchor) error { return fn(r, found) })
}
