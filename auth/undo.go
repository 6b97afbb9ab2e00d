package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"anteroom/auth/keyring"
)

// cleanUpTime is how long removing an unfinished binding from the keyring may take.
const cleanUpTime = 2 * time.Second

// undo writes items of the keyring and can put back what was there.
type undo struct {
	keyring Keyring
	hurried bool // there is a way on without the keyring
	steps   []func(context.Context) error
}

// bind writes the binding and an anchor of a practice that is being linked.
func (u *undo) bind(ctx context.Context, p *Practice, a anchor) error {
	if err := u.set(ctx, bindingItem(p.id, p.computer), encodeBinding(p.currentRecipient().private, p.id, p.computer)); err != nil {
		return err
	}
	text, err := a.encode(p.anchorKey)
	if err != nil {
		return err
	}
	return u.set(ctx, anchorItem(p.id), text)
}

func (u *undo) set(ctx context.Context, name, value string) error {
	if u.hurried {
		var stop context.CancelFunc
		ctx, stop = patiently(ctx)
		defer stop()
	}
	before, err := u.keyring.Get(ctx, name)
	had := err == nil
	if err != nil && !errors.Is(err, keyring.ErrNotFound) && !errors.Is(err, keyring.ErrDamaged) {
		return fmt.Errorf("%w: %w", errNoKeyring, err)
	}
	u.steps = append(u.steps, func(ctx context.Context) error {
		if had {
			return u.keyring.Set(ctx, name, before)
		}
		return u.keyring.Delete(ctx, name)
	})
	if err := u.keyring.Set(ctx, name, value); err != nil {
		return fmt.Errorf("%w: %w", errNoKeyring, err)
	}
	return nil
}

func (u *undo) undo() {
	ctx, cancel := context.WithTimeout(context.Background(), cleanUpTime)
	defer cancel()
	for _, step := range u.steps {
		if err := step(ctx); err != nil && !errors.Is(err, keyring.ErrNotFound) {
			slog.Warn("the keyring was not put back as it was", "error", err)
		}
	}
}
