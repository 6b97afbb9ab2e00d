// Package authtest has in-memory stand-ins for what a practice stands on: the
// database, the keyring and the clock. Only tests import it.
package authtest

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/auth/vault"
)

// Cheap makes passwords fast: the least that argon2id takes.
var Cheap = vault.Cost{Memory: 8, Passes: 1, Lanes: 1}

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

// Items are all items, by name.
func (k *Keyring) Items() map[string]string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return maps.Clone(k.items)
}

// Rows are what a database holds. Copy them to put them back later.
type Rows struct {
	Practice  *auth.PracticeRow
	Register  *auth.SealedRow
	Envelopes []auth.Envelope
	Activity  []auth.ActivityRow
}

func (r Rows) clone() Rows {
	r.Envelopes, r.Activity = slices.Clone(r.Envelopes), slices.Clone(r.Activity)
	return r
}

// Memory is a place with a database in memory. Every Store of it is a window
// of its own on the same rows.
type Memory struct {
	mu      sync.Mutex // held through an update
	rows    *Rows
	version int64
	Fail    func() error // asked at each commit where set
}

var (
	_ auth.Place = (*Memory)(nil)
	_ auth.Store = (*Memory)(nil)
)

// Name implements auth.Place.
func (m *Memory) Name() string { return "memory" }

// Exists implements auth.Place.
func (m *Memory) Exists() (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rows != nil, nil
}

// HasTwin implements auth.Place; there is one memory.
func (m *Memory) HasTwin(string) (bool, error) { return false, nil }

// Create implements auth.Place.
func (m *Memory) Create(_ context.Context, fill func(auth.Store) error) (auth.Store, error) {
	if exists, _ := m.Exists(); exists {
		return nil, auth.ErrExists
	}
	unfinished := &Memory{rows: &Rows{}, Fail: m.Fail}
	if err := fill(unfinished); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rows = unfinished.rows
	return m, nil
}

// Open implements auth.Place.
func (m *Memory) Open(context.Context) (auth.Store, error) { return m, nil }

// Close implements auth.Store.
func (m *Memory) Close() error { return nil }

// Rows copies what is there.
func (m *Memory) Rows() Rows {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rows.clone()
}

// Put replaces what is there, as somebody with the file could.
func (m *Memory) Put(r Rows) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r = r.clone()
	m.rows = &r
	m.version++
}

// View implements auth.Store.
func (m *Memory) View(_ context.Context, fn func(auth.Reader) error) error {
	rows := m.Rows()
	return fn(&tx{&rows})
}

// Update implements auth.Store.
func (m *Memory) Update(_ context.Context, fn func(auth.Tx) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	rows := m.rows.clone()
	if err := fn(&tx{&rows}); err != nil {
		return err
	}
	if m.Fail != nil {
		if err := m.Fail(); err != nil {
			return err
		}
	}
	m.rows = &rows
	m.version++
	return nil
}

// DataVersion implements auth.Store.
func (m *Memory) DataVersion(context.Context) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.version, nil
}

type tx struct{ rows *Rows }

func (t *tx) Practice() (auth.PracticeRow, error) {
	if t.rows.Practice == nil {
		return auth.PracticeRow{}, auth.ErrNotFound
	}
	return *t.rows.Practice, nil
}

func (t *tx) PutPractice(p auth.PracticeRow) error {
	t.rows.Practice = &p
	return nil
}

func (t *tx) Register() (auth.SealedRow, error) {
	if t.rows.Register == nil {
		return auth.SealedRow{}, auth.ErrNotFound
	}
	return *t.rows.Register, nil
}

func (t *tx) PutRegister(row auth.SealedRow, read int64) error {
	var now int64
	if t.rows.Register != nil {
		now = t.rows.Register.Version
	}
	if now != read {
		return auth.ErrConflict
	}
	t.rows.Register = &row
	return nil
}

func (t *tx) ActivityChain(seq int64) ([]byte, error) {
	for _, a := range t.rows.Activity {
		if a.Seq == seq {
			return a.Chain, nil
		}
	}
	return nil, auth.ErrNotFound
}

func (t *tx) Envelopes() ([]auth.Envelope, error) { return t.rows.Envelopes, nil }

func (t *tx) PutEnvelope(e auth.Envelope) error {
	t.rows.Envelopes = append(slices.DeleteFunc(t.rows.Envelopes, func(o auth.Envelope) bool {
		return o.Kind == e.Kind && o.Holder == e.Holder
	}), e)
	return nil
}

func (t *tx) AppendActivity(a auth.ActivityRow) error {
	t.rows.Activity = append(t.rows.Activity, a)
	return nil
}
