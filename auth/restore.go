package auth

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"anteroom/auth/vault"
)

// Restore is a backup that was opened and found good, ready to take the place
// of what is there.
type Restore struct {
	d       Deps
	path    string
	session *Session  // of the admin who asked; nil: somebody with the kit
	meant   time.Time // when who asked confirmed it; zero: not yet
	by      string    // id of the admin who asked; "": somebody with the kit
	epoch   int64     // of the admin, when they confirmed it
	kit     recipient // zero: opened with this computer's binding
	forRun  bool      // this is a run that the kit opened: the keyring is not used
	records vault.Key // the backup's records key
	first   firstRead
	open    opened
	content BackupContent
}

// BackupContent is what is in a backup.
type BackupContent struct {
	Path      string
	Practice  string
	Changed   time.Time // the newest change in it
	Users     int       // active ones
	Computers int
	Patients  int
	Damaged   int // records that do not open
}

// OpenRestore opens a backup with the recovery kit. Errors about the kit are
// those of OpenRescue; a backup that is not whole is ErrDamaged.
func OpenRestore(ctx context.Context, d Deps, path, text string) (*Restore, error) {
	secret, err := vault.ParseKit(text)
	if err != nil {
		return nil, err
	}
	r := &Restore{d: d, path: path}
	openRecords := func(reg *register) (vault.Key, error) { return reg.Kit.recordsKey(reg.Practice, r.kit.private) }
	return r, r.read(ctx, openRecords, func(first firstRead) (vault.Key, error) {
		r.kit = recipient{kind: RecipientKit, private: secret.DeriveKeyPair(first.practice.ID)}
		if !hasKit(first.envelopes) {
			return vault.Key{}, ErrNoKit
		}
		id, key, err := openAny(first, RecipientKit, r.kit.private)
		if err != nil {
			return vault.Key{}, ErrKitWrong
		}
		r.kit.id = id
		return key, nil
	})
}

// OpenNewestRestore opens the newest good backup in a folder ("": the default
// one) with the kit. No good one is ErrNotFound, or why the newest is not.
func OpenNewestRestore(ctx context.Context, d Deps, folder, text string) (*Restore, error) {
	if _, err := vault.ParseKit(text); err != nil {
		return nil, err
	}
	files, err := d.Location.Backups(folder)
	if err != nil {
		return nil, err
	}
	var why error
	for _, file := range files {
		r, err := OpenRestore(ctx, d, file.Path, text)
		if err == nil {
			return r, nil
		}
		if ctx.Err() != nil {
			return nil, err
		}
		if why == nil {
			why = err
		}
	}
	if why == nil {
		why = ErrNotFound
	}
	return nil, why
}

// OpenRestore opens a backup of this practice with this computer's binding, for
// an admin. It needs step-up. A backup from before this computer was linked, or
// before the admin had this password, needs the kit: ErrNotLinked. A practice on a server
// is restored at the computer that owns the database: ErrAtServer.
func (s *Session) OpenRestore(ctx context.Context, path string) (*Restore, error) {
	if s.p.isDesk() {
		return nil, ErrAtServer
	}
	r := &Restore{d: s.p.deps, path: path, session: s}
	err := s.viewAs(ctx, s.steppedUpAdmin, func(_ *register, me *user) error {
		r.by = me.ID
		return nil
	})
	if err != nil {
		return nil, err
	}
	return r, r.read(ctx, s.recordsKeyThen, func(first firstRead) (vault.Key, error) {
		if first.practice.ID != s.p.id {
			return vault.Key{}, ErrOtherPractice
		}
		rcpt := s.p.currentRecipient()
		if rcpt.kind == RecipientKit {
			r.kit, r.forRun = rcpt, true
		}
		return rcpt.open(s.p.id, first.envelopes)
	})
}

// isDesk says that the practice's database is of a server that another computer owns.
func (p *Practice) isDesk() bool { return p.shared() != nil && p.owner() == nil }

// recordsKeyThen opens the records key of an earlier state. A user who did not exist then,
// or had another password, can't: ErrNotLinked.
func (s *Session) recordsKeyThen(r *register) (vault.Key, error) {
	s.mu.Lock()
	private := s.private
	s.mu.Unlock()
	u := r.userByID(s.user)
	if private.IsZero() || u == nil || !bytes.Equal(u.Public, private.Public()) || u.Records == nil {
		return vault.Key{}, ErrNotLinked
	}
	return r.recordsKey(u, private)
}

// recordsOpener opens the records key of a register; ErrNotLinked says that
// nobody here can.
type recordsOpener func(*register) (vault.Key, error)

// read opens the backup and checks all of it.
func (r *Restore) read(ctx context.Context, openRecords recordsOpener, openKey func(firstRead) (vault.Key, error)) error {
	store, err := r.d.Location.OpenBackup(ctx, r.path)
	if err != nil {
		return err
	}
	return errors.Join(r.readFrom(ctx, store, openRecords, openKey), store.Close())
}

func (r *Restore) readFrom(ctx context.Context, store Store, openRecords recordsOpener, openKey func(firstRead) (vault.Key, error)) error {
	first, err := readFirst(ctx, store)
	if err != nil {
		return err
	}
	key, err := openKey(first)
	if err != nil {
		return err
	}
	if r.open, err = first.open(key, r.d.Location.Name()); err != nil {
		return err
	}
	r.first = first
	reg := r.open.register
	var report Report
	if err := report.inspectFile(ctx, store); err != nil {
		return err
	}
	if len(report.Findings) > 0 {
		return ErrDamaged
	}
	r.content = BackupContent{Path: r.path, Practice: reg.Name, Changed: reg.Changed, Computers: len(reg.Computers)}
	for _, u := range reg.Users {
		if u.Active {
			r.content.Users++
		}
	}
	if r.records, err = openRecords(reg); err != nil {
		return err
	}
	return r.readContent(ctx, store, reg)
}

// readContent checks the log and the records.
func (r *Restore) readContent(ctx context.Context, store Store, reg *register) error {
	var report Report
	if err := report.inspectContent(ctx, store, reg, r.records); err != nil {
		return err
	}
	for _, f := range report.Findings {
		if f.Kind != FindingRecords {
			return ErrDamaged
		}
		r.content.Damaged = f.Count
	}
	return store.View(ctx, func(rd Reader) (err error) {
		r.content.Patients, err = rd.CountRecords(TablePatient)
		return err
	})
}

// Content is what is in the backup.
func (r *Restore) Content() BackupContent { return r.content }

// Confirm is the admin's decision after looking at Content. It needs a fresh step-up, and
// is valid for Run as long as a step-up is. After opening with the kit it does nothing.
func (r *Restore) Confirm(ctx context.Context) error {
	if r.session == nil {
		return nil
	}
	err := r.session.viewAs(ctx, r.session.steppedUpAdmin, func(_ *register, me *user) error {
		r.epoch, r.meant = me.Epoch, r.session.p.now()
		return nil
	})
	if err != nil {
		r.meant = time.Time{}
	}
	return err
}

// mayRun refuses a restore that the admin did not confirm recently, or whose session is
// locked or over. It does not ask for the session's keys: it was signed out before.
func (r *Restore) mayRun() error {
	s := r.session
	switch {
	case s == nil:
		return nil // the kit is enough
	case s.p.isDesk():
		return ErrAtServer
	case s.IsLocked():
		return ErrLocked
	case s.Left() <= 0:
		return ErrFullSignIn
	case !isFresh(r.meant, s.p.now()):
		return ErrStepUp
	}
	return nil
}

// Run puts the backup in the place of what is there, which is set aside under
// the name it returns, and opens it: on this computer, linked if need be; or,
// where the keyring can't be used and the kit was typed, for this run only. The
// restored practice begins a new lineage under new keys: this computer alone is
// linked, everyone signs in again, and every admin is told. Who may come in and the kit
// stay as the present database says, where that can be read; for an admin it must be.
// What an admin asked for must be confirmed within five minutes (Confirm), in a session
// that is not locked. ErrConflict says that they are no such admin any more, that the
// backup is another file by now, or that somebody changed the present database meanwhile;
// ErrKitWrong with an error of the keyring, that the typed kit was replaced, and can't
// open what would be there for this run; ErrAtServer, that the database is of a server
// that another computer owns.
// Close the Practice that has the present database open before.
func (r *Restore) Run(ctx context.Context) (p *Practice, aside string, err error) {
	if err := r.mayRun(); err != nil {
		return nil, "", err
	}
	mine, err := r.readOwn(ctx)
	if err == nil {
		p, aside, err = r.run(ctx, r.here(mine), mine)
	}
	if errors.Is(err, errNoKeyring) && r.kit.id != "" && ctx.Err() == nil {
		return r.runOnce(ctx, err)
	}
	return p, aside, err
}

// runOnce is Run without the keyring: noKeyring says why. A kit that was replaced since
// the backup can't open the result: then the keyring has to work first.
func (r *Restore) runOnce(ctx context.Context, noKeyring error) (p *Practice, aside string, err error) {
	kit := r.kit
	if r.session != nil {
		kit = r.session.p.currentRecipient() // it may be newer than what opened the backup
	}
	p, aside, err = r.run(ctx, newRun(r.d, nil, r.first.practice.ID, kit, r.open.key), keyringState{})
	if errors.Is(err, ErrKitWrong) {
		err = errors.Join(err, noKeyring)
	}
	return p, aside, err
}

// readOwn reads what this account's keyring has; errNoKeyring if it can't be used.
func (r *Restore) readOwn(ctx context.Context) (keyringState, error) {
	if r.forRun {
		return keyringState{}, errNoKeyring
	}
	ctx, stop := patiently(ctx)
	defer stop()
	mine, err := readKeyringState(ctx, r.d, r.open.register)
	if err != nil {
		return keyringState{}, fmt.Errorf("%w: %w", errNoKeyring, err)
	}
	return mine, nil
}

// here is the practice as it will be open on this computer.
func (r *Restore) here(mine keyringState) *Practice {
	rcpt := recipient{RecipientComputer, newID(), vault.GenerateKeyPair()}
	if mine.linked {
		rcpt = mine.recipient
	}
	return newPractice(r.d, nil, r.first.practice.ID, rcpt, r.open.key)
}

// run is Run for a practice that is not open yet. The anchor first gets the hash of the
// register to come (anchor.Next): so after a crash at any moment the database that is
// there opens, be it the old one or the new one.
func (r *Restore) run(ctx context.Context, p *Practice, mine keyringState) (_ *Practice, aside string, err error) {
	isNew := !p.ForThisRun() && !mine.linked
	present, err := r.openPresent(ctx)
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = present.close() }() // nothing was written
	if s, ok := present.store.(Shared); ok && s.Role() != "" {
		return nil, "", ErrAtServer
	}
	keys, filled := &undo{keyring: p.keyring, hurried: true}, false
	if isNew {
		if err := keys.set(ctx, bindingItem(p.id, p.computer), encodeBinding(p.currentRecipient().private, p.id, p.computer)); err != nil {
			keys.undo()
			return nil, "", err
		}
	}
	var c *change
	var a anchor
	store, aside, err := r.d.Location.Replace(ctx, r.path, func(s Store) error {
		// As late as possible, to include what others change there until now.
		if err := present.read(ctx, r, mine); err != nil {
			return err
		}
		err := s.Update(ctx, func(tx Tx) (err error) {
			c, a, err = r.change(ctx, tx, r.d.timeBy(s), p, mine, present, isNew)
			return err
		})
		if err != nil {
			return err
		}
		known := mine.anchor
		known.Next = a.Hash
		text, err := known.encode(p.anchorKey)
		if err != nil {
			return err
		}
		if err := keys.set(ctx, anchorItem(p.id), text); err != nil {
			return err
		}
		err = present.leave(ctx)
		filled = err == nil
		return err
	})
	if err != nil {
		if !filled { // else the new database may be in place already
			keys.undo()
		}
		return nil, aside, err
	}
	p.store = r.d.reached(store)
	p.setRegisterKey(c.key)
	p.recordSeen(c.register, a)
	ctx = context.WithoutCancel(ctx) // it is restored: nothing cancels it any more
	if err := p.advanceAnchor(ctx, a); err != nil {
		slog.Warn("the keyring did not take the rollback anchor", "error", err) // it knows what comes
	}
	if isNew {
		p.forgetItems(ctx, mine.items)
	}
	p.rememberFolder(ctx, r.d.Location)
	p.revokeUnlistedRoles(ctx)
	return p, aside, nil
}

// change makes a copy of the backup the practice's newest state.
func (r *Restore) change(ctx context.Context, tx Tx, now time.Time, p *Practice, mine keyringState, present *present, isNew bool) (*change, anchor, error) {
	c, err := r.open.changeCopy(tx, now)
	if err != nil {
		return nil, anchor{}, err
	}
	forked, err := present.isFork(ctx, c.register, tx)
	if err != nil {
		return nil, anchor{}, err
	}
	err = c.adopt(adoption{
		computer: p.computer, records: r.records, seen: mine.anchor, present: present.register, forked: forked,
	})
	if err != nil {
		return nil, anchor{}, err
	}
	if rcpt := p.currentRecipient(); p.ForThisRun() && !c.Kit.isOpenedBy(rcpt.id, rcpt.private) {
		return nil, anchor{}, ErrKitWrong // nothing here could open the result
	}
	c.note(Entry{Event: EventRestored, By: r.by, Detail: "data of " + r.content.Changed.Format("2006-01-02 15:04")})
	c.addNews(NewsRestored, r.by, r.d.Computer.Name, c.now)
	if isNew {
		if err := c.addComputer(p.currentRecipient(), r.d.Computer); err != nil {
			return nil, anchor{}, err
		}
	}
	a, err := c.write(p)
	return c, a, err
}
