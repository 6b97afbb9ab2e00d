package auth

import (
	"bytes"
	"context"
	"errors"
	"log/slog"

	"anteroom/auth/vault"
)

// present is the database that a backup is about to replace, as far as it opens here. It
// has which codes were used since the backup.
type present struct {
	store    Store     // nil: there is none, or it can't be opened
	row      SealedRow // what register was opened from
	register *register // nil: it can't be read
}

// openPresent opens it. Only with the kit may it be damaged or missing.
func (r *Restore) openPresent(ctx context.Context) (*present, error) {
	store, err := r.d.Location.Open(ctx)
	switch {
	case err == nil:
		return &present{store: store}, nil
	case r.session != nil || ctx.Err() != nil:
		return nil, err
	}
	return &present{}, nil
}

// read reads the register that lies there.
func (p *present) read(ctx context.Context, r *Restore, mine keyringState) error {
	if p.store == nil {
		return nil
	}
	row, reg, err := r.readPresent(ctx, p.store, mine)
	switch {
	case err == nil:
		p.row, p.register = row, reg
	case r.session != nil || ctx.Err() != nil:
		return err
	default: // the kit allows the restore nevertheless
		slog.Info("a backup is restored without a look at what it replaces", "because", err)
	}
	return nil
}

// isFork says that reg, which is stored in tx, has the same lineage as the present
// register, but the newer of the two does not continue the older one.
func (p *present) isFork(ctx context.Context, reg *register, tx Reader) (bool, error) {
	now := p.register
	if now == nil || now.Lineage != reg.Lineage {
		return false, nil
	}
	var err error
	if reg.Version > now.Version {
		err = anchor{Log: now.Log}.checkLog(tx)
	} else {
		err = p.store.View(ctx, anchor{Log: reg.Log}.checkLog)
	}
	if errors.Is(err, ErrOtherHistory) {
		return true, nil
	}
	return false, err
}

// leave closes the database, because this program must not have it open when it is
// replaced. ErrConflict says that its register was changed meanwhile.
func (p *present) leave(ctx context.Context) error {
	if p.register != nil {
		err := p.store.View(ctx, func(rd Reader) error {
			now, err := rd.Register()
			if err == nil && !bytes.Equal(now.Sealed, p.row.Sealed) {
				err = ErrConflict
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return p.close()
}

func (p *present) close() error {
	if p.store == nil {
		return nil
	}
	s := p.store
	p.store = nil
	return s.Close()
}

// readPresent reads the register of the present database, if it belongs to the backup's
// practice and continues what was seen last. The admin who asked must still be one.
func (r *Restore) readPresent(ctx context.Context, store Store, mine keyringState) (SealedRow, *register, error) {
	first, err := readFirst(ctx, store)
	if err != nil {
		return SealedRow{}, nil, err
	}
	if first.practice.ID != r.first.practice.ID {
		return SealedRow{}, nil, ErrOtherPractice
	}
	key, err := r.presentKey(ctx, first)
	if err != nil {
		return SealedRow{}, nil, err
	}
	o, err := first.openRegister(key, r.d.Location.Name())
	if err != nil {
		return SealedRow{}, nil, err
	}
	if r.session == nil {
		return first.row, o.register, mine.history(ctx, store, o.found)
	}
	if err := r.session.p.newest().check(o.found); err != nil {
		return SealedRow{}, nil, err
	}
	if me := o.register.userByID(r.by); me == nil || !me.Active || me.Role != Admin || me.Epoch != r.epoch {
		return SealedRow{}, nil, ErrConflict
	}
	return first.row, o.register, nil
}

// presentKey opens the register key of the present database: with what the admin's
// practice has; else with this computer's binding, or the kit that was typed.
func (r *Restore) presentKey(ctx context.Context, first firstRead) (key vault.Key, err error) {
	if r.session != nil {
		return r.session.p.currentRecipient().open(first.practice.ID, first.envelopes)
	}
	if _, key, err = openAny(first, RecipientKit, r.kit.private); err == nil {
		return key, nil
	}
	ctx, stop := patiently(ctx)
	defer stop()
	_, key, err = first.openWithBinding(ctx, r.d.Keyring)
	return key, err
}
