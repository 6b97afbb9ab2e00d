package auth

import (
	"context"
	"sync"

	"anteroom/auth/keyring"
	"anteroom/auth/vault"
)

// newRun is a practice that the kit opens without a keyring.
func newRun(d Deps, store Store, id string, h holder, key vault.Key) *Practice {
	d.Keyring = &runKeyring{}
	p := newPractice(d, store, id, h, key)
	p.computer = newID()
	return p
}

// ForThisRun says that the kit opened the practice without this computer's
// keyring: the next start needs the kit again.
func (p *Practice) ForThisRun() bool { return p.heldBy().kind == HolderKit }

// runKeyring keeps the items of one run in memory.
type runKeyring struct {
	mu    sync.Mutex
	items map[string]string
}

// Get implements Keyring.
func (k *runKeyring) Get(_ context.Context, name string) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if value, ok := k.items[name]; ok {
		return value, nil
	}
	return "", keyring.ErrNotFound
}

// Set implements Keyring.
func (k *runKeyring) Set(_ context.Context, name, value string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.items == nil {
		k.items = map[string]string{}
	}
	k.items[name] = value
	return nil
}

// Delete implements Keyring.
func (k *runKeyring) Delete(_ context.Context, name string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.items, name)
	return nil
}
