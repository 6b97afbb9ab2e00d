package auth

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"anteroom/auth/keyring"
	"anteroom/auth/vault"
)

// Deps is what a practice needs from outside.
type Deps struct {
	Location Location
	Keyring  Keyring
	Now      func() time.Time
	Cost     vault.Cost // of new passwords; vault.DefaultCost but in tests
	Computer Computer
}

// Computer is how this computer is shown to people.
type Computer struct {
	Name    string // of the machine
	Account string // of the OS
}

// Practice is one clinic's data, opened on this computer: the register can be
// read, nobody is signed in.
type Practice struct {
	deps      Deps
	store     Store
	keyring   Keyring
	cost      vault.Cost
	id        string
	computer  string    // this one; in a run that the kit opened, one that the register does not list
	anchorKey vault.Key // authenticates this account's anchor
	folder    string    // the location's name
	cached    atomic.Pointer[cachedRegister]

	mu        sync.Mutex
	recipient recipient // what opens the register key
	untrusted error     // why the data is not trusted any more; nil: it is
	key       vault.Key // the register key, as far as is known: others may re-key
	seen      anchor    // of the newest register seen by this program
	name      string
	zone      Zone
	idle      int       // minutes, of the policy
	changed   time.Time // the newest stored event
	notice    *Notice

	admitting sync.Mutex // held while the server is told which kit there is

	anchorLock chan struct{} // holds one value while the anchor is written
	anchored   int64         // version of the newest anchor written
}

// Open opens the practice of a location with this account's binding. It returns
//   - ErrNoPractice: there is none, set one up; ErrDatabaseMissing: there was one;
//   - ErrNotLinked (a *NotLinkedError): this account's keyring has no binding for it;
//   - ErrDamaged, ErrNewerDatabase, ErrRolledBack (a *RolledBackError),
//     ErrOtherHistory, ErrAnchor: the data is not trusted;
//   - an error of package keyring: the keyring has to answer first;
//   - another: with ErrNoDatabase there may be no practice yet.
func Open(ctx context.Context, d Deps) (*Practice, error) {
	exists, err := d.Location.Exists(ctx)
	if err != nil || !exists {
		return nil, notThere(ctx, d, err)
	}
	store, err := d.Location.Open(ctx)
	if err != nil {
		return nil, err
	}
	p, err := unlock(ctx, d, store)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	p.rememberFolder(ctx, d.Location)
	p.revokeUnlistedRoles(ctx)
	return p, nil
}

// notThere says why there is no database to open. failed is why it can't be told whether
// there is one; nil: there is none.
func notThere(ctx context.Context, d Deps, failed error) error {
	_, err := d.Keyring.Get(ctx, folderItem(d.Location))
	switch {
	case err == nil, errors.Is(err, keyring.ErrDamaged): // an item is there
		return cmp.Or(failed, ErrDatabaseMissing)
	case errors.Is(err, keyring.ErrNotFound) && failed == nil:
		return ErrNoPractice
	}
	return fmt.Errorf("%w: look for a practice: %w", ErrNoDatabase, cmp.Or(failed, err))
}

// firstRead is what lies in a database before anything of it is opened.
type firstRead struct {
	practice  PracticeRow
	envelopes []Envelope
	row       SealedRow
}

func readFirst(ctx context.Context, store Store) (first firstRead, err error) {
	err = store.View(ctx, func(r Reader) (err error) {
		if first.practice, err = r.Practice(); err != nil {
			return err
		}
		if first.envelopes, err = r.Envelopes(); err != nil {
			return err
		}
		first.row, err = r.Register()
		return err
	})
	if errors.Is(err, ErrNotFound) {
		return first, fmt.Errorf("a row is missing: %w", ErrDamaged)
	}
	return first, err
}

// openFirst reads what is there, and opens the register with this account's binding.
func openFirst(ctx context.Context, d Deps, store Store) (practice string, rcpt recipient, o opened, err error) {
	first, err := readFirst(ctx, store)
	if err != nil {
		return "", rcpt, o, err
	}
	practice = first.practice.ID
	rcpt, key, err := first.openWithBinding(ctx, d.Keyring)
	if err != nil {
		return "", rcpt, o, err
	}
	o, err = first.open(key, d.Location.Name())
	return practice, rcpt, o, err
}

// openWithBinding opens the register key with this account's binding.
func (f firstRead) openWithBinding(ctx context.Context, kr Keyring) (rcpt recipient, key vault.Key, err error) {
	if rcpt, err = findBinding(ctx, kr, f.practice, f.envelopes); err == nil {
		key, err = rcpt.open(f.practice.ID, f.envelopes)
	}
	return rcpt, key, err
}

// openRegister opens the register, whatever stands in clear beside it.
func (f firstRead) openRegister(key vault.Key, folder string) (opened, error) {
	r, err := openRegister(key, f.practice.ID, f.row)
	if err != nil {
		return opened{}, err
	}
	return opened{r, key, anchorOf(r, key, f.row, folder)}, nil
}

// open opens the register, and refuses what stands in clear where it differs.
func (f firstRead) open(key vault.Key, folder string) (opened, error) {
	o, err := f.openRegister(key, folder)
	if err == nil {
		err = o.register.checkClear(f.practice, f.envelopes)
	}
	return o, err
}

// unlock opens the register with this account's binding and compares it with this
// account's anchor.
func unlock(ctx context.Context, d Deps, store Store) (*Practice, error) {
	id, rcpt, o, err := openFirst(ctx, d, store)
	if err != nil {
		return nil, err
	}
	last, err := readAnchor(ctx, d.Keyring, rcpt.anchorKey(), id)
	if err != nil {
		return nil, err
	}
	if last.check(o.found) != nil { // perhaps another window of this account wrote before the anchor was read
		if id, rcpt, o, err = openFirst(ctx, d, store); err != nil {
			return nil, err
		}
	}
	found := o.found
	if last.expects(found) { // a restore was killed after the backup was in place
		if err := writeAnchor(ctx, d.Keyring, rcpt.anchorKey(), id, found); err != nil {
			return nil, err
		}
		last = found
	}
	if err := last.check(found); err != nil {
		return nil, err
	}
	if err := store.View(ctx, last.checkLog); err != nil {
		return nil, err
	}
	if err := last.refuseCopy(ctx, d.Location); err != nil {
		return nil, err
	}
	p := newPractice(d, store, id, rcpt, o.key)
	p.recordSeen(o.register, found)
	p.anchored = last.Version
	return p, nil
}

// checkClear compares what is stored in clear with the register: the practice's name, and
// that the envelopes are exactly those that were written.
func (r *register) checkClear(practice PracticeRow, envelopes []Envelope) error {
	if r.Name != practice.Name {
		return fmt.Errorf("the practice's name in clear was changed: %w", ErrDamaged)
	}
	if !r.envelopesMatch(envelopes) {
		return fmt.Errorf("somebody changed who holds the register key: %w", ErrDamaged)
	}
	return nil
}

func newPractice(d Deps, store Store, id string, rcpt recipient, key vault.Key) *Practice {
	return &Practice{
		deps: d, store: d.reached(store), keyring: d.Keyring, cost: d.Cost,
		id: id, computer: rcpt.id, recipient: rcpt, anchorKey: rcpt.anchorKey(), key: key, folder: d.Location.Name(),
		anchorLock: make(chan struct{}, 1),
	}
}

// now is the server's time where the database is on one, else this computer's.
func (p *Practice) now() time.Time { return p.deps.timeBy(p.store) }

// timeBy is the time by the clock of a database, or of this computer.
func (d Deps) timeBy(s Store) time.Time {
	if shared, ok := s.(Clock); ok {
		return shared.Now()
	}
	return d.Now()
}

// rememberFolder notes in the keyring that this folder has a practice, so that it is
// noticed if the database disappears. An error is only logged: each start tries again.
func (p *Practice) rememberFolder(ctx context.Context, location Location) {
	if id, err := p.keyring.Get(ctx, folderItem(location)); err == nil && id == p.id {
		return
	}
	if err := p.keyring.Set(ctx, folderItem(location), p.id); err != nil {
		slog.Warn("the folder could not be noted in the keyring", "error", err)
	}
}

// Close closes the practice's database.
func (p *Practice) Close() error { return p.store.Close() }

// Name is the practice's name.
func (p *Practice) Name() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.name
}

// Notice says why everyone was signed out recently; nil if they were not.
func (p *Practice) Notice() *Notice {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.notice
}

// recordSeen remembers the newest register seen.
func (p *Practice) recordSeen(r *register, a anchor) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if a.Version >= p.seen.Version {
		p.seen, p.name, p.zone, p.idle, p.changed, p.notice = a, r.Name, r.Zone, r.Policy.Idle, r.Changed, r.Notice.shown(r)
	}
}

// newest is the anchor of the newest register that this program has seen.
func (p *Practice) newest() anchor {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen
}

// elapsed is the time since an earlier moment, by the wall clock or the monotonic clock,
// whichever is longer: the monotonic clock stops while a laptop sleeps, and the wall clock
// can be put back.
func elapsed(now, since time.Time) time.Duration {
	return max(now.Sub(since), now.Round(0).Sub(since.Round(0)))
}

// timestamp is a time as it is stored: UTC, whole milliseconds.
func timestamp(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// damagedIfMissing names a register that is gone from an open database.
func damagedIfMissing(err error) error {
	if errors.Is(err, ErrNotFound) {
		return fmt.Errorf("the register is missing: %w", ErrDamaged)
	}
	return err
}
