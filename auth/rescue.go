package auth

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"anteroom/auth/keyring"
	"anteroom/auth/vault"
)

// Rescue is a practice that was opened with the recovery kit: what is wrong
// with it, and the ways on.
type Rescue struct {
	d     Deps
	store Store // nil: the file can't be opened, or a Practice has it
	kit   vault.Private
	kitID string
	first firstRead
	open  opened
	own   own

	report Report
}

// OpenRescue opens the practice of a place with its recovery kit, and looks at
// all of it. It returns
//   - ErrPrinted (a *SlipError, a *LengthError, ErrChecksum): a typing slip;
//   - ErrKitWrong: not this practice's kit, or an older one; ErrNoKit: there is none;
//   - ErrDatabaseMissing, ErrNewerDatabase, ErrCopy, and errors of the disk.
//
// Everything else that is wrong is in the report.
func OpenRescue(ctx context.Context, d Deps, text string) (*Rescue, error) {
	secret, err := vault.ParseKit(text)
	if err != nil {
		return nil, err
	}
	switch exists, err := d.Place.Exists(); {
	case err != nil:
		return nil, err
	case !exists:
		return nil, ErrDatabaseMissing
	}
	r := &Rescue{d: d}
	store, err := d.Place.Open(ctx)
	if errors.Is(err, ErrDamaged) {
		r.report.found(Finding{Kind: FindingFile})
		return r, nil
	}
	if err != nil {
		return nil, err
	}
	r.store = store
	if err := r.inspect(ctx, secret); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// inspect opens what the kit opens, and makes the report.
func (r *Rescue) inspect(ctx context.Context, secret vault.KitSecret) error {
	if err := r.report.inspectFile(ctx, r.store); err != nil {
		return err
	}
	first, err := readFirst(ctx, r.store)
	if errors.Is(err, ErrDamaged) {
		r.report.found(Finding{Kind: FindingRegister})
		return nil
	}
	if err != nil {
		return err
	}
	r.first, r.report.Practice = first, first.practice.Name
	r.kit = secret.Holder(first.practice.ID)
	if !slices.ContainsFunc(first.envelopes, func(e Envelope) bool { return e.Kind == HolderKit }) {
		return ErrNoKit
	}
	id, key, err := openAny(first, HolderKit, r.kit)
	if err != nil {
		return ErrKitWrong
	}
	reg, err := openRegister(key, first.practice.ID, first.row)
	if errors.Is(err, ErrDamaged) || err == nil && (reg.Kit == nil || reg.Kit.ID != id) {
		r.report.found(Finding{Kind: FindingRegister})
		return nil
	}
	if err != nil {
		return err
	}
	r.kitID = id
	r.open = opened{reg, key, markOf(reg, first.row, r.d.Place.Name())}
	return r.inspectOpened(ctx, reg)
}

func (r *Rescue) inspectOpened(ctx context.Context, reg *register) error {
	records, err := reg.Kit.recordsKey(reg.Practice, r.kit)
	if err != nil {
		return err
	}
	r.report.Opens, r.report.Practice, r.report.Changed = true, reg.Name, reg.Changed
	r.report.inspectClear(r.first, reg)
	if err := r.report.inspectContent(ctx, r.store, reg, records); err != nil {
		return err
	}
	r.own, r.report.Keyring = readOwn(ctx, r.d, r.first, reg)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	r.report.Linked = r.own.linked
	if r.own.marked {
		if err := r.own.mark.refuseCopy(r.d.Place); err != nil {
			return err
		}
	}
	err = r.own.history(ctx, r.store, r.open.found)
	if err != nil && !errors.Is(err, ErrRolledBack) && !errors.Is(err, ErrOtherHistory) {
		return err
	}
	r.report.History = err
	return nil
}

// Report is what was found.
func (r *Rescue) Report() Report { return r.report }

// Close ends the use of the practice's data, unless a Practice has taken it over.
func (r *Rescue) Close() error {
	if r.store == nil {
		return nil
	}
	s := r.store
	r.store = nil
	return s.Close()
}

// Open opens the practice: on this computer, which it links if need be; or,
// where the keyring can't be used, for this run only (Practice.ForThisRun). It
// puts right what stands in clear. Data of another history than this account
// saw last opens only if anyHistory; it then begins a new lineage, and everyone
// signs in again. Every admin is told. After it only ResetAdmin is of use.
func (r *Rescue) Open(ctx context.Context, anyHistory bool) (*Practice, error) {
	switch {
	case !r.report.Opens || r.store == nil:
		return nil, ErrDamaged
	case r.report.History != nil && !anyHistory:
		return nil, r.report.History
	}
	var p *Practice
	var err error
	switch {
	case r.report.Keyring != nil:
		p, err = r.openForThisRun(ctx)
	case r.own.linked:
		p, err = r.openLinked(ctx)
	default:
		p, err = join(ctx, r.d, r.store, r.open, func(c *change) error {
			c.note(Entry{Event: EventKitOpened, Detail: r.d.Computer.Name})
			c.tell(NewsKitLinked, "", r.d.Computer.Name, c.now)
			return r.putRight(c)
		})
	}
	if err != nil {
		return nil, err
	}
	r.store = nil
	return p, nil
}

// openLinked opens with the binding that is there. Nothing is changed if
// nothing is wrong.
func (r *Rescue) openLinked(ctx context.Context) (*Practice, error) {
	p := newPractice(r.d, r.store, r.open.register.Practice, r.own.holder, r.open.key)
	p.saw(r.open.register, r.open.found)
	if r.own.marked && r.report.History == nil && !r.report.mends() {
		p.marked = r.own.mark.Version
		return p, nil
	}
	// No mark is read before the first one is written: the kit vouches.
	err := p.update(ctx, func(c *change) error {
		c.note(Entry{Event: EventKitOpened, Detail: r.d.Computer.Name})
		c.tell(NewsKitLinked, "", r.d.Computer.Name, c.now)
		return r.putRight(c)
	})
	if err != nil {
		return nil, err
	}
	p.rememberFolder(ctx, r.d.Place)
	return p, nil
}

// openForThisRun opens with the kit alone. The keyring's items live in memory.
func (r *Rescue) openForThisRun(ctx context.Context) (*Practice, error) {
	p := newRun(r.d, r.store, r.open.register.Practice, holder{HolderKit, r.kitID, r.kit}, r.open.key)
	p.saw(r.open.register, r.open.found)
	err := p.update(ctx, func(c *change) error {
		c.dropStraySessions()
		c.note(Entry{Event: EventKitOpened, Detail: "for one run on " + r.d.Computer.Name})
		c.tell(NewsKitOpened, "", r.d.Computer.Name, c.now)
		return r.putRight(c)
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// dropStraySessions ends the sessions of runs that the kit opened earlier.
func (c *change) dropStraySessions() {
	c.Sessions = slices.DeleteFunc(c.Sessions, func(o openSession) bool { return c.computer(o.Computer) == nil })
}

// putRight makes what stands in clear what the register says, and begins a new
// lineage if the data is of another history.
func (r *Rescue) putRight(c *change) error {
	if r.report.mends() {
		c.note(Entry{Event: EventRepaired})
		if err := c.tx.PutPractice(PracticeRow{ID: c.Practice, Name: c.Name}); err != nil {
			return err
		}
		if err := c.putAllEnvelopes(); err != nil {
			return err
		}
	}
	if r.report.History == nil {
		return nil
	}
	c.beginLineage()
	c.note(Entry{Event: EventOlderAccepted, Detail: historyDetail(r.report.History)})
	c.tell(NewsOlderAccepted, "", r.d.Computer.Name, c.now)
	return nil
}

// beginLineage says that the data goes on from an older or another state.
// Nothing that was granted then counts any more, for it may have been taken
// back since.
func (c *change) beginLineage() {
	c.Lineage = newID()
	for _, u := range c.Users {
		c.cutOff(u)
	}
}

func historyDetail(err error) string {
	var back *RolledBackError
	if errors.As(err, &back) {
		return fmt.Sprintf("of %s, seen was %s", back.Found.Format("2006-01-02 15:04"), back.Seen.Format("2006-01-02 15:04"))
	}
	return "of another lineage"
}

// Admins are the active Practice Admins, by name, for ResetAdmin.
func (r *Rescue) Admins() []UserInfo {
	var admins []UserInfo
	if !r.report.Opens {
		return nil
	}
	for _, u := range r.open.register.Users {
		if u.Active && u.Role == Admin {
			admins = append(admins, r.open.register.info(u, ""))
		}
	}
	sortUsers(admins)
	return admins
}

// ResetAdmin is the last resort for an admin who can't sign in: a new password,
// and no authenticator, so a new one is set up at the next sign-in where the
// policy asks. It takes the practice that Open gave, and as long as one
// argon2id. Every admin is told. A weak password is a FieldError.
func (r *Rescue) ResetAdmin(ctx context.Context, p *Practice, id, text string) error {
	u := r.open.register.userByID(id)
	if u == nil {
		return ErrNotFound
	}
	if err := CheckPassword(text, r.open.register.Name, u.Name, u.Username); err != nil {
		return err
	}
	made, _, err := p.makePassword(id, text, false)
	if err != nil {
		return err
	}
	return p.update(ctx, func(c *change) error {
		u := c.userByID(id)
		if u == nil || !u.Active || u.Role != Admin || c.Kit == nil || c.Kit.ID != r.kitID {
			return ErrConflict
		}
		records, err := c.Kit.recordsKey(c.Practice, r.kit)
		if err != nil {
			return err
		}
		if err := c.setPassword(u, made, records); err != nil {
			return err
		}
		u.Authenticator, u.Codes, u.Reset = nil, failures{}, nil
		c.cutOff(u)
		c.note(Entry{Event: EventKitAdmin, Whom: u.ID})
		c.tell(NewsKitAdmin, u.Name, "", c.now)
		return nil
	})
}

// newRun is a practice that the kit opens without a keyring.
func newRun(d Deps, store Store, id string, h holder, key vault.Key) *Practice {
	d.Keyring = &runKeyring{}
	p := newPractice(d, store, id, h, key)
	p.computer = newID()
	return p
}

// ForThisRun says that the kit opened the practice without this computer's
// keyring: the next start needs the kit again.
func (p *Practice) ForThisRun() bool { return p.holder.kind == HolderKit }

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
