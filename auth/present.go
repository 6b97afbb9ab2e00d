package auth

import (
	"context"
	"errors"
	"log/slog"

	"anteroom/auth/vault"
)

// present is the database that a backup is about to replace, as far as it opens
// here: it knows what was spent since the backup.
type present struct{ store Store } // nil: there is none, or it can't be opened

// openPresent opens it. Only with the kit may it be damaged or missing.
func (r *Restore) openPresent(ctx context.Context) (*present, error) {
	store, err := r.d.Place.Open(ctx)
	switch {
	case err == nil:
		return &present{store}, nil
	case r.session != nil || ctx.Err() != nil:
		return nil, err
	}
	return &present{}, nil
}

// read reads the register that lies there, and closes the database: nothing of
// this program may have it open when another takes its place.
func (p *present) read(ctx context.Context, r *Restore, mine own) (*register, error) {
	if p.store == nil {
		return nil, nil
	}
	reg, err := r.readPresent(ctx, p.store, mine)
	if r.session != nil || ctx.Err() != nil {
		return reg, errors.Join(err, p.close())
	}
	if err != nil { // the kit vouches for the backup
		slog.Info("a backup is restored without a look at what it replaces", "because", err)
		reg = nil
	}
	return reg, p.close()
}

func (p *present) close() error {
	if p.store == nil {
		return nil
	}
	s := p.store
	p.store = nil
	return s.Close()
}

// readPresent reads the register of the present database, if that is of the backup's
// practice and what was seen last. An admin who asked must be one yet.
func (r *Restore) readPresent(ctx context.Context, store Store, mine own) (*register, error) {
	first, err := readFirst(ctx, store)
	if err != nil {
		return nil, err
	}
	if first.practice.ID != r.first.practice.ID {
		return nil, ErrOtherPractice
	}
	key, err := r.presentKey(ctx, first)
	if err != nil {
		return nil, err
	}
	reg, err := openRegister(key, first.practice.ID, first.row)
	if err != nil {
		return nil, err
	}
	found := markOf(reg, key, first.row, r.d.Place.Name())
	if r.session == nil {
		return reg, mine.history(ctx, store, found)
	}
	if err := r.session.p.newest().check(found); err != nil {
		return nil, err
	}
	if me := reg.userByID(r.by); me == nil || !me.Active || me.Role != Admin || me.Epoch != r.epoch {
		return nil, ErrConflict
	}
	return reg, nil
}

// presentKey opens the register key of the present database: with what the admin's
// practice has; else with this computer's binding, or the kit that was typed.
func (r *Restore) presentKey(ctx context.Context, first firstRead) (key vault.Key, err error) {
	if r.session != nil {
		return r.session.p.heldBy().open(first.practice.ID, first.envelopes)
	}
	if _, key, err = openAny(first, HolderKit, r.kit.private); err == nil {
		return key, nil
	}
	ctx, stop := patiently(ctx)
	defer stop()
	h, err := findBinding(ctx, r.d.Keyring, first.practice, first.envelopes)
	if err != nil {
		return vault.Key{}, err
	}
	return h.open(first.practice.ID, first.envelopes)
}
