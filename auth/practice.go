package auth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"anteroom/auth/keyring"
	"anteroom/auth/vault"
)

// Deps is what a practice needs from outside.
type Deps struct {
	Place    Place
	Keyring  Keyring
	Now      func() time.Time
	Cost     vault.Cost // of new passwords; vault.Shipped but in tests
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
	deps     Deps
	store    Store
	keyring  Keyring
	now      func() time.Time
	cost     vault.Cost
	id       string
	computer string    // this one; in a run that the kit opened, one that the register does not list
	marking  vault.Key // authenticates this account's mark
	folder   string    // the place's name

	mu     sync.Mutex
	holder holder    // what opens the register key
	shut   error     // why nothing here is to be trusted any more; nil: it is
	key    vault.Key // the register key, as far as is known: others may re-key
	seen   mark      // of the newest register seen by this program
	name   string
	notice *Notice

	marks  chan struct{} // has room for who may write the mark
	marked int64         // version of the newest mark written
}

// Open opens the practice of a place with this account's binding. It returns
//   - ErrNoPractice: there is none, set one up; ErrDatabaseMissing: there was one;
//   - ErrNotLinked (a *NotLinkedError): this account's keyring has no binding for it;
//   - ErrDamaged, ErrNewerDatabase, ErrRolledBack (a *RolledBackError),
//     ErrOtherHistory, ErrMark: it stays shut;
//   - an error of package keyring: the keyring has to answer first.
func Open(ctx context.Context, d Deps) (*Practice, error) {
	exists, err := d.Place.Exists()
	if err != nil {
		return nil, err
	}
	if !exists {
		_, err := d.Keyring.Get(ctx, folderItem(d.Place))
		switch {
		case err == nil:
			return nil, ErrDatabaseMissing
		case errors.Is(err, keyring.ErrNotFound):
			return nil, ErrNoPractice
		}
		return nil, fmt.Errorf("look for a practice: %w", err)
	}
	store, err := d.Place.Open(ctx)
	if err != nil {
		return nil, err
	}
	p, err := unlock(ctx, d, store)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	p.rememberFolder(ctx, d.Place)
	return p, nil
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

// unlock opens the register with this account's binding and holds it against
// this account's mark.
func unlock(ctx context.Context, d Deps, store Store) (*Practice, error) {
	first, err := readFirst(ctx, store)
	if err != nil {
		return nil, err
	}
	h, err := findBinding(ctx, d.Keyring, first.practice, first.envelopes)
	if err != nil {
		return nil, err
	}
	key, err := h.open(first.practice.ID, first.envelopes)
	if err != nil {
		return nil, err
	}
	r, err := openRegister(key, first.practice.ID, first.row)
	if err != nil {
		return nil, err
	}
	if err := r.checkClear(first.practice, first.envelopes); err != nil {
		return nil, err
	}
	last, err := readMark(ctx, d.Keyring, h.markKey(), first.practice.ID)
	if err != nil {
		return nil, err
	}
	found := markOf(r, key, first.row, d.Place.Name())
	if last.announces(found) { // a restore was killed once it was in place
		if err := writeMark(ctx, d.Keyring, h.markKey(), first.practice.ID, found); err != nil {
			return nil, err
		}
		last = found
	}
	if err := last.check(found); err != nil {
		return nil, err
	}
	if err := store.View(ctx, last.descends); err != nil {
		return nil, err
	}
	if err := last.refuseCopy(d.Place); err != nil {
		return nil, err
	}
	p := newPractice(d, store, first.practice.ID, h, key)
	p.saw(r, found)
	p.marked = last.Version
	return p, nil
}

// checkClear holds what stands in clear against the register: the practice's
// name, and that the envelopes are those that were written, no more and no less.
func (r *register) checkClear(practice PracticeRow, envelopes []Envelope) error {
	if r.Name != practice.Name {
		return fmt.Errorf("the practice's name in clear was changed: %w", ErrDamaged)
	}
	if !r.wrote(envelopes) {
		return fmt.Errorf("somebody changed who holds the register key: %w", ErrDamaged)
	}
	return nil
}

func newPractice(d Deps, store Store, id string, h holder, key vault.Key) *Practice {
	return &Practice{
		deps: d, store: store, keyring: d.Keyring, now: d.Now, cost: d.Cost,
		id: id, computer: h.id, holder: h, marking: h.markKey(), key: key, folder: d.Place.Name(),
		marks: make(chan struct{}, 1),
	}
}

// rememberFolder notes in the keyring that this folder has a practice, so that
// a database that disappears is missed. It can be done at any later start.
func (p *Practice) rememberFolder(ctx context.Context, place Place) {
	if id, err := p.keyring.Get(ctx, folderItem(place)); err == nil && id == p.id {
		return
	}
	if err := p.keyring.Set(ctx, folderItem(place), p.id); err != nil {
		slog.Warn("the folder could not be noted in the keyring", "error", err)
	}
}

// Close ends every use of the practice's data.
func (p *Practice) Close() error { return p.store.Close() }

// Name is the practice's name.
func (p *Practice) Name() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.name
}

// Notice says why everyone was signed out lately; nil if they weren't.
func (p *Practice) Notice() *Notice {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.notice
}

// saw remembers the newest register seen.
func (p *Practice) saw(r *register, m mark) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if m.Version >= p.seen.Version {
		p.seen, p.name, p.notice = m, r.Name, r.Notice
	}
}

// newest is the mark of the newest register that this program has seen.
func (p *Practice) newest() mark {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen
}

// opened is a register that was opened, with what, and its mark.
type opened struct {
	register *register
	key      vault.Key
	found    mark
}

// read opens a register's row and refuses one that is older than, or of
// another history than, one seen before. After that it refuses everything:
// who goes on from there could leave the mark behind.
func (p *Practice) read(rd Reader, row SealedRow, seen mark) (opened, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shut != nil {
		return opened{}, p.shut
	}
	r, err := openRegister(p.key, p.id, row)
	if errors.Is(err, ErrDamaged) { // or the practice was re-keyed by another window
		r, err = p.openAnew(rd, row)
	}
	if errors.Is(err, ErrNotLinked) && row.Version >= p.seen.Version { // else a slow read of an older state
		p.shut = err
	}
	if err != nil {
		return opened{}, err
	}
	found := markOf(r, p.key, row, p.folder)
	p.shut = seen.check(found)
	// The key is handed over: until it is used, a slower reader of an older
	// state may have put that one's key in its place.
	return opened{r, p.key, found}, p.shut
}

// openAnew opens a register's row with the key that lies in the envelopes now.
func (p *Practice) openAnew(rd Reader, row SealedRow) (*register, error) {
	envelopes, err := rd.Envelopes()
	if err != nil {
		return nil, err
	}
	key, err := p.holder.open(p.id, envelopes)
	if err != nil {
		return nil, err
	}
	r, err := openRegister(key, p.id, row)
	if err != nil {
		return nil, err
	}
	p.key = key
	return r, nil
}

// readNow is read of the row that lies there.
func (p *Practice) readNow(rd Reader, seen mark) (opened, error) {
	row, err := rd.Register()
	if err != nil {
		return opened{}, damagedIfMissing(err)
	}
	return p.read(rd, row, seen)
}

// look gives fn one consistent state: rows, and the register as it is in them.
func (p *Practice) look(ctx context.Context, fn func(rd Reader, r *register) error) error {
	return p.lookMarked(ctx, func(rd Reader, r *register, _ mark) error { return fn(rd, r) })
}

func (p *Practice) lookMarked(ctx context.Context, fn func(rd Reader, r *register, found mark) error) error {
	// Taken before the view begins: a register that another goroutine writes
	// meanwhile must not make this one look rolled back.
	seen := p.newest()
	return p.store.View(ctx, func(rd Reader) error {
		o, err := p.readNow(rd, seen)
		if err != nil {
			return err
		}
		p.saw(o.register, o.found)
		return fn(rd, o.register, o.found)
	})
}

// view gives fn the register as it is now.
func (p *Practice) view(ctx context.Context, fn func(r *register, found mark) error) error {
	return p.lookMarked(ctx, func(_ Reader, r *register, found mark) error { return fn(r, found) })
}

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

// commit reads the register, has decide change it, and writes it back with the
// activity, in one transaction. An error of decide changes nothing. The mark
// that it returns must be written before anybody is told the outcome.
func (p *Practice) commit(ctx context.Context, decide func(*change) error) (mark, error) {
	var c *change
	var m mark
	err := p.store.Update(ctx, func(tx Tx) error {
		// Before the row: when ctx ends, the transaction does too, and what
		// others write then must not make this row look rolled back.
		seen := p.newest()
		o, err := p.readNow(tx, seen)
		if err != nil {
			return err
		}
		c = &change{register: o.register, tx: tx, key: o.key, now: timestamp(p.now())}
		if err := decide(c); err != nil {
			return err
		}
		m, err = c.write(p.computer, p.folder)
		return err
	})
	if err != nil {
		return mark{}, err
	}
	p.tookKey(c.key)
	p.saw(c.register, m)
	return m, nil
}

// write stores the register as it is now, its activity, and gives its mark.
func (c *change) write(computer, folder string) (mark, error) {
	if err := c.dropOldLinks(); err != nil {
		return mark{}, err
	}
	before := c.Version
	c.Version++
	if c.now.After(c.Changed) {
		c.Changed = c.now
	}
	for _, e := range c.entries {
		e.Computer = computer
		line, err := c.appendEntry(e)
		if err != nil {
			return mark{}, err
		}
		if err := c.tx.AppendActivity(line); err != nil {
			return mark{}, err
		}
	}
	row, err := c.seal(c.key)
	if err != nil {
		return mark{}, err
	}
	return markOf(c.register, c.key, row, folder), c.tx.PutRegister(row, before)
}

// tookKey says which key the register lies under now.
func (p *Practice) tookKey(key vault.Key) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.key = key
}

// update is commit, and the mark written. When only the mark could not be
// written the change is stored all the same: ErrUnmarked.
func (p *Practice) update(ctx context.Context, decide func(*change) error) error {
	m, err := p.commit(ctx, decide)
	if err != nil {
		return err
	}
	if err := p.mark(ctx, m); err != nil {
		return fmt.Errorf("%w: %w", ErrUnmarked, err)
	}
	return nil
}

// mark writes the mark, unless the keyring has a newer one: then another window
// of this account was faster, and the database must have what that one saw.
func (p *Practice) mark(ctx context.Context, m mark) error {
	select {
	case p.marks <- struct{}{}:
		defer func() { <-p.marks }()
	case <-ctx.Done():
		return fmt.Errorf("write mark: %w: %w", keyring.ErrNoAnswer, ctx.Err())
	}
	if m.Version <= p.marked {
		return nil
	}
	if p.marked > 0 { // else this is the first here, or the kit vouched for what it replaces
		last, err := readMark(ctx, p.keyring, p.marking, p.id)
		if err != nil {
			return err
		}
		switch {
		case last.Version > m.Version:
			return p.view(ctx, func(_ *register, found mark) error { return p.refuse(last.check(found)) })
		case last.Version == m.Version, last.Lineage != m.Lineage:
			return p.refuse(last.check(m))
		}
		switch err := p.store.View(ctx, last.descends); {
		case errors.Is(err, ErrOtherHistory):
			return p.refuse(err)
		case err != nil:
			return err
		}
	}
	if err := writeMark(ctx, p.keyring, p.marking, p.id, m); err != nil {
		return err
	}
	p.marked = m.Version
	return nil
}

// trusted says that nothing was found so far that shuts the practice.
func (p *Practice) trusted() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.shut == nil
}

// refuse remembers why nothing here is to be trusted any more; nil is no reason.
func (p *Practice) refuse(err error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shut == nil {
		p.shut = err
	}
	return err
}

// elapsed is how long ago since was: the longer of what the wall clock and the
// monotonic clock say. The one stands still while a laptop sleeps, the other
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
