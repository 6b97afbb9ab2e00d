// Package authtest has in-memory stand-ins for what a practice stands on: the
// database, the keyring and the clock. Only tests import it.
package authtest

import (
	"context"
	"maps"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/auth/vault"
)

// Cheap makes passwords fast: the least that argon2id takes.
var Cheap = vault.Cost{Memory: 8, Passes: 1, Lanes: 1}

// Path is a path like /usb/a.csv as one of this system: on Windows with a disk.
func Path(path string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		panic(err) // there is no working directory
	}
	return filepath.VolumeName(here) + filepath.FromSlash(path)
}

// Clock is a clock that tests move.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock starts at a date in 2026, at the beginning of a 30 s step.
func NewClock() *Clock { return &Clock{now: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)} }

// Now is the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock; back where d is negative.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Keyring keeps items in memory.
type Keyring struct {
	mu    sync.Mutex
	items map[string]string
	Fail  func(op, name string) error // asked before each call where set
}

// NewKeyring is an empty, open keyring.
func NewKeyring() *Keyring { return &Keyring{items: map[string]string{}} }

func (k *Keyring) begin(op, name string) error {
	if k.Fail != nil {
		return k.Fail(op, name)
	}
	return nil
}

// Get implements auth.Keyring.
func (k *Keyring) Get(_ context.Context, name string) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.begin("get", name); err != nil {
		return "", err
	}
	value, ok := k.items[name]
	if !ok {
		return "", keyring.ErrNotFound
	}
	return value, nil
}

// Set implements auth.Keyring.
func (k *Keyring) Set(_ context.Context, name, value string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.begin("set", name); err != nil {
		return err
	}
	k.items[name] = value
	return nil
}

// Delete implements auth.Keyring.
func (k *Keyring) Delete(_ context.Context, name string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.begin("delete", name); err != nil {
		return err
	}
	delete(k.items, name)
	return nil
}

// Copy is another keyring with the same items.
func (k *Keyring) Copy() *Keyring { return &Keyring{items: k.Items()} }

// Items are all items, by name.
func (k *Keyring) Items() map[string]string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return maps.Clone(k.items)
}

// MakeKit makes the practice's recovery kit with an admin's session, and gives
// its key as it is typed. The session must have proven itself, or have just set
// the practice up.
func MakeKit(ctx context.Context, s *auth.Session) (string, error) {
	k, err := s.NewKit(ctx)
	if err != nil {
		return "", err
	}
	groups := k.Groups()
	return strings.Join(groups, " "), s.ConfirmKit(ctx, k, groups[len(groups)-1], nil)
}
