package auth

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"

	"anteroom/auth/vault"
)

// Rescue is a practice that was opened with the recovery kit: what is wrong with it, and
// how it can be opened again.
type Rescue struct {
	d     Deps
	mu    sync.Mutex // held by Open and Close
	store Store      // nil: the file can't be opened, or a Practice has it
	kit   vault.Private
	kitID string
	first firstRead
	open  opened
	own   keyringState

	report Report
}

// OpenRescue opens the practice of a location with its recovery kit, and checks all of
// it. It returns
//   - ErrPrinted (a TypoError, a LengthError, ErrChecksum): a typing mistake;
//   - ErrKitWrong: not this practice's kit, or an older one; ErrNoKit: there is none;
//   - ErrDatabaseMissing, ErrNewerDatabase, ErrCopy, and errors of the disk.
//
// Everything else that is wrong is in the report.
func OpenRescue(ctx context.Context, d Deps, text string) (*Rescue, error) {
	secret, err := vault.ParseKit(text)
	if err != nil {
		return nil, err
	}
	switch exists, err := d.Location.Exists(ctx); {
	case err != nil:
		return nil, err
	case !exists:
		return nil, ErrDatabaseMissing
	}
	r := &Rescue{d: d}
	store, err := d.Location.Open(ctx)
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
	r.kit = secret.DeriveKeyPair(first.practice.ID)
	id, key, err := r.openKey(ctx, first)
	if err != nil {
		return err
	}
	o, err := first.openRegister(key, r.d.Location.Name())
	if errors.Is(err, ErrDamaged) || err == nil && !o.register.Kit.isOpenedBy(id, r.kit) {
		r.report.found(Finding{Kind: FindingRegister})
		return nil
	}
	if err != nil {
		return err
	}
	r.kitID, r.open = id, o
	return r.inspectOpened(ctx, o.register)
}

// openKey opens the register key with the kit. If somebody changed the kit's envelope,
// this computer's binding opens the register, and the kit is compared with that.
func (r *Rescue) openKey(ctx context.Context, first firstRead) (id string, key vault.Key, err error) {
	if id, key, err = openAny(first, RecipientKit, r.kit); err == nil {
		return id, key, nil
	}
	why := ErrKitWrong
	if !hasKit(first.envelopes) {
		why = ErrNoKit
	}
	ctx, stop := patiently(ctx)
	defer stop()
	if _, key, err = first.openWithBinding(ctx, r.d.Keyring); err != nil {
		return "", vault.Key{}, why
	}
	reg, err := openRegister(key, first.practice.ID, first.row)
	if err != nil || reg.Kit == nil || !reg.Kit.isOpenedBy(reg.Kit.ID, r.kit) {
		return "", vault.Key{}, why
	}
	return reg.Kit.ID, key, nil
}

func hasKit(envelopes []Envelope) bool {
	return slices.ContainsFunc(envelopes, func(e Envelope) bool { return e.Kind == RecipientKit })
}

// isOpenedBy says whether a kit of that id and private half is the practice's.
func (k *kit) isOpenedBy(id string, private vault.Private) bool {
	return k != nil && k.ID == id && bytes.Equal(k.Public, private.Public())
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
	r.own, r.report.Keyring = r.readOwn(ctx, reg)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	r.report.Linked = r.own.linked
	if r.own.anchored {
		if err := r.own.anchor.refuseCopy(ctx, r.d.Location); err != nil {
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

func (r *Rescue) readOwn(ctx context.Context, reg *register) (keyringState, error) {
	ctx, stop := patiently(ctx)
	defer stop()
	return readKeyringState(ctx, r.d, reg)
}

// Report is what was found.
func (r *Rescue) Report() Report { return r.report }

// Close ends the use of the practice's data, unless a Practice has taken it over.
func (r *Rescue) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.store == nil {
		return nil
	}
	s := r.store
	r.store = nil
	return s.Close()
}

// Open opens the practice: on this computer, which it links if needed; or, if the keyring
// can't be used, for this run only (Practice.ForThisRun). It repairs what is stored in
// clear. Data that does not continue what this account saw last opens only with
// anyHistory; it then begins a new lineage, and everyone has to sign in again. Every admin
// is told. After it only ResetAdmin may be called. ErrConflict says that the practice has
// another kit, or other older data, than was reported.
func (r *Rescue) Open(ctx context.Context, anyHistory bool) (*Practice, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case !r.report.Opens || r.store == nil:
		return nil, ErrDamaged
	case r.report.History != nil && !anyHistory:
		return nil, r.report.History
	}
	p, err := r.openHere(ctx)
	if errors.Is(err, errNoKeyring) && ctx.Err() == nil {
		p, err = r.openForThisRun(ctx)
	}
	switch {
	case errors.Is(err, ErrNotLinked): // the practice was re-keyed since, and the kit does not open it
		return nil, ErrConflict
	case err != nil:
		return nil, err
	}
	r.store = nil
	p.revokeUnlistedRoles(context.WithoutCancel(ctx)) // it is open: nothing cancels it any more
	return p, nil
}

// overtaken is ErrConflict if the report is not true any more: the practice has another
// kit, or the older data to be accepted is other data.
func (r *Rescue) overtaken(now *register) error {
	if !now.Kit.isOpenedBy(r.kitID, r.kit) || r.report.History != nil && now.Version != r.open.register.Version {
		return ErrConflict
	}
	return nil
}

// openHere opens the practice on this computer. errNoKeyring says that the
// keyring can't be used for that, and that nothing was changed.
func (r *Rescue) openHere(ctx context.Context) (*Practice, error) {
	switch {
	case r.report.Keyring != nil:
		return nil, fmt.Errorf("%w: %w", errNoKeyring, r.report.Keyring)
	case r.own.linked:
		return r.openLinked(ctx)
	}
	return join(ctx, r.d, r.store, r.open, r.own, func(c *change, rcpt recipient) error { return r.link(c, rcpt.id) })
}

// link is the change that opens the practice on this computer.
func (r *Rescue) link(c *change, computer string) error {
	c.note(Entry{Event: EventKitOpened, Detail: r.d.Computer.Name})
	c.addNews(NewsKitLinked, "", r.d.Computer.Name, c.now)
	return r.repair(c, computer)
}

// openLinked opens with the binding that is there. Nothing is changed if
// nothing is wrong.
func (r *Rescue) openLinked(ctx context.Context) (*Practice, error) {
	p := newPractice(r.d, r.store, r.open.register.Practice, r.own.recipient, r.open.key)
	p.recordSeen(r.open.register, r.open.found)
	if r.own.anchored && r.report.History == nil && !r.report.needsRepair() && !r.open.register.clockIsLost(r.d.timeBy(r.store)) {
		p.anchored = r.own.anchor.Version
		return p, p.view(ctx, func(now *register, _ anchor) error { return r.overtaken(now) })
	}
	// An anchor is written before anything changes, to see whether the keyring accepts
	// one: that which is there already, so that nothing is lost.
	known := r.open.found
	if r.own.anchored {
		known = r.own.anchor
	}
	if err := writeAnchor(ctx, p.keyring, p.anchorKey, p.id, known); err != nil {
		return nil, fmt.Errorf("%w: %w", errNoKeyring, err)
	}
	// The anchor is not read before the next one is written: the kit allows to replace it.
	err := p.update(ctx, func(c *change) error { return r.link(c, p.computer) })
	if errors.Is(err, ErrNotAnchored) { // it is stored, and the next change writes the anchor
		slog.Warn("the keyring did not take the rollback anchor", "error", err)
		err = nil
	}
	if err != nil {
		return nil, err
	}
	p.rememberFolder(ctx, r.d.Location)
	return p, nil
}

// openForThisRun opens with the kit alone. The keyring's items live in memory.
func (r *Rescue) openForThisRun(ctx context.Context) (*Practice, error) {
	p := newRun(r.d, r.store, r.open.register.Practice, recipient{RecipientKit, r.kitID, r.kit}, r.open.key)
	p.recordSeen(r.open.register, r.open.found)
	err := p.update(ctx, func(c *change) error {
		c.dropStraySessions()
		c.note(Entry{Event: EventKitOpened, Detail: "for one run on " + r.d.Computer.Name})
		c.addNews(NewsKitOpened, "", r.d.Computer.Name, c.now)
		return r.repair(c, r.own.recipient.id) // a binding that is there stays
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

// repair writes what is stored in clear again, as the register says. Older data gets a new
// lineage and new keys, and only this computer stays linked.
func (r *Rescue) repair(c *change, computer string) error {
	if err := r.overtaken(c.register); err != nil {
		return err
	}
	if err := c.tx.TruncateActivity(c.Log.Count); err != nil {
		return err
	}
	c.resetClockReference(nil, computer)
	if r.report.needsRepair() {
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
	c.note(Entry{Event: EventOlderAccepted, Detail: historyDetail(r.report.History)})
	c.addNews(NewsOlderAccepted, "", r.d.Computer.Name, c.now)
	if c.accountsFor(r.own.anchor) {
		return nil // another computer accepted it already, and began the lineage
	}
	records, err := c.Kit.recordsKey(c.Practice, r.kit)
	if err != nil {
		return err
	}
	return c.adopt(adoption{computer: computer, records: records, seen: r.own.anchor})
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
			admins = append(admins, r.open.register.info(u, "", r.d.timeBy(r.store)))
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
	err := p.view(ctx, func(now *register, _ anchor) error {
		u := now.userByID(id)
		if u == nil {
			return ErrNotFound
		}
		return CheckPassword(text, now.Name, u.Name, u.Username)
	})
	if err != nil {
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
		u.dropAuthenticator()
		c.revoke(u)
		c.note(Entry{Event: EventKitAdmin, Whom: u.ID})
		c.addNews(NewsKitAdmin, u.ID, "", c.now)
		return nil
	})
}
