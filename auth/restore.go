package auth

import (
	"bytes"
	"context"
	"errors"
	"time"

	"anteroom/auth/keyring"
	"anteroom/auth/vault"
)

// Restore is a backup that was opened and found good, ready to take the place
// of what is there.
type Restore struct {
	d       Deps
	path    string
	by      string // name of the admin who asked; "": somebody with the kit
	byID    string
	kit     holder                             // zero: opened with this computer's binding
	records func(*register) (vault.Key, error) // opens the records key; ErrNotLinked: nobody here can
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
	Damaged   int // records that do not open, as far as the kit or the asking admin's key tells
}

// OpenRestore opens a backup with the recovery kit. Errors about the kit are
// those of OpenRescue; a backup that is not whole is ErrDamaged.
func OpenRestore(ctx context.Context, d Deps, path, text string) (*Restore, error) {
	secret, err := vault.ParseKit(text)
	if err != nil {
		return nil, err
	}
	r := &Restore{d: d, path: path}
	r.records = func(reg *register) (vault.Key, error) { return reg.Kit.recordsKey(reg.Practice, r.kit.private) }
	return r, r.read(ctx, func(first firstRead) (vault.Key, error) {
		r.kit = holder{kind: HolderKit, private: secret.Holder(first.practice.ID)}
		id, key, err := openAny(first, HolderKit, r.kit.private)
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
	files, err := d.Place.Backups(folder)
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
// an admin. It needs step-up. A backup from before this computer was linked
// needs the kit: ErrNotLinked.
func (s *Session) OpenRestore(ctx context.Context, path string) (*Restore, error) {
	r := &Restore{d: s.p.deps, path: path, records: s.recordsKeyThen}
	err := s.adminView(ctx, func(_ *register, me *user) error {
		if !s.fresh() {
			return ErrStepUp
		}
		r.by, r.byID = me.Name, me.ID
		return nil
	})
	if err != nil {
		return nil, err
	}
	return r, r.read(ctx, func(first firstRead) (vault.Key, error) {
		if first.practice.ID != s.p.id {
			return vault.Key{}, ErrOtherPractice
		}
		if s.p.ForThisRun() {
			r.kit = s.p.holder
		}
		return s.p.holder.open(s.p.id, first.envelopes)
	})
}

// recordsKeyThen opens the records key of an earlier state. Who was not there
// then, or had another password, has no key to it: ErrNotLinked.
func (s *Session) recordsKeyThen(r *register) (vault.Key, error) {
	s.mu.Lock()
	holder := s.holder
	s.mu.Unlock()
	u := r.userByID(s.user)
	if holder.IsZero() || u == nil || !bytes.Equal(u.Public, holder.Public()) || u.Records == nil {
		return vault.Key{}, ErrNotLinked
	}
	return r.recordsKey(u, holder)
}

// read opens the backup and looks at all of it.
func (r *Restore) read(ctx context.Context, openKey func(firstRead) (vault.Key, error)) error {
	store, err := r.d.Place.OpenBackup(ctx, r.path)
	if err != nil {
		return err
	}
	return errors.Join(r.readFrom(ctx, store, openKey), store.Close())
}

func (r *Restore) readFrom(ctx context.Context, store Store, openKey func(firstRead) (vault.Key, error)) error {
	first, err := readFirst(ctx, store)
	if err != nil {
		return err
	}
	key, err := openKey(first)
	if err != nil {
		return err
	}
	reg, err := openRegister(key, first.practice.ID, first.row)
	if err != nil {
		return err
	}
	if err := reg.checkClear(first.practice, first.envelopes); err != nil {
		return err
	}
	var report Report
	if err := report.inspectFile(ctx, store); err != nil {
		return err
	}
	if len(report.Findings) > 0 {
		return ErrDamaged
	}
	r.first, r.open = first, opened{reg, key, markOf(reg, first.row, r.d.Place.Name())}
	r.content = BackupContent{Path: r.path, Practice: reg.Name, Changed: reg.Changed, Computers: len(reg.Computers)}
	for _, u := range reg.Users {
		if u.Active {
			r.content.Users++
		}
	}
	return r.readContent(ctx, store, reg)
}

// readContent looks at the log and, as far as somebody here has their key, at
// the records.
func (r *Restore) readContent(ctx context.Context, store Store, reg *register) error {
	records, err := r.records(reg)
	if err != nil && !errors.Is(err, ErrNotLinked) {
		return err
	}
	var report Report
	if err := report.inspectContent(ctx, store, reg, records); err != nil {
		return err
	}
	for _, f := range report.Findings {
		switch {
		case f.Kind == FindingActivity:
			return ErrDamaged
		case f.Kind == FindingRecords && err == nil:
			r.content.Damaged = f.Count
		}
	}
	return store.View(ctx, func(rd Reader) (err error) {
		r.content.Patients, err = rd.CountRecords(TablePatient)
		return err
	})
}

// Content is what is in the backup.
func (r *Restore) Content() BackupContent { return r.content }

// Run puts the backup in the place of what is there, which is set aside under
// the name it returns, and opens it: on this computer, linked if need be; or,
// where the keyring can't be used and the kit was typed, for this run only. The
// restored practice begins a new lineage, everyone signs in again, and every
// admin is told. Close the Practice that has the present database open before.
func (r *Restore) Run(ctx context.Context) (p *Practice, aside string, err error) {
	p, isNew, err := r.newPractice(ctx)
	if err != nil {
		return nil, "", err
	}
	var c *change
	var m mark
	store, aside, err := r.d.Place.Replace(ctx, r.path, func(s Store) error {
		return s.Update(ctx, func(tx Tx) (err error) {
			c, m, err = r.change(tx, p, isNew)
			return err
		})
	})
	if err != nil {
		if isNew {
			err = errors.Join(err, p.unbind())
		}
		return nil, "", err
	}
	p.store = store
	p.saw(c.register, m)
	// From here on it is restored: nothing may call it off any more.
	ctx = context.WithoutCancel(ctx)
	if err := p.mark(ctx, m); err != nil {
		return nil, aside, errors.Join(err, store.Close())
	}
	p.rememberFolder(ctx, r.d.Place)
	return p, aside, nil
}

// newPractice is the practice as it will be opened here. A binding that the
// backup does not know is made and written now; isNew says so.
func (r *Restore) newPractice(ctx context.Context) (p *Practice, isNew bool, err error) {
	id := r.first.practice.ID
	mine, err := readOwn(ctx, r.d, r.first, r.open.register)
	switch {
	case err != nil && r.kit.id != "" && ctx.Err() == nil:
		return newRun(r.d, nil, id, r.kit, r.open.key), false, nil
	case err != nil:
		return nil, false, err
	case mine.linked:
		return newPractice(r.d, nil, id, mine.holder, r.open.key), false, nil
	}
	h := holder{HolderComputer, newID(), vault.NewHolder()}
	p = newPractice(r.d, nil, id, h, r.open.key)
	err = p.keyring.Set(ctx, bindingItem(id, h.id), encodeBinding(h.private, id, h.id))
	if err != nil && r.kit.id != "" && !errors.Is(err, keyring.ErrNotFound) && ctx.Err() == nil {
		return newRun(r.d, nil, id, r.kit, r.open.key), false, nil
	}
	return p, true, err
}

// change is what makes a copy of the backup the practice's data.
func (r *Restore) change(tx Tx, p *Practice, isNew bool) (*change, mark, error) {
	row, err := tx.Register()
	if err != nil {
		return nil, mark{}, damagedIfMissing(err)
	}
	reg, err := openRegister(r.open.key, r.first.practice.ID, row)
	if err != nil {
		return nil, mark{}, err
	}
	if reg.Version != r.open.register.Version {
		return nil, mark{}, ErrConflict // another file by now
	}
	c := &change{register: reg, tx: tx, key: r.open.key, now: timestamp(r.d.Now())}
	c.beginLineage()
	c.Links, c.Notice = nil, nil
	if isNew {
		if err := c.addComputer(p.holder, r.d.Computer); err != nil {
			return nil, mark{}, err
		}
	}
	if err := c.putAllEnvelopes(); err != nil {
		return nil, mark{}, err
	}
	c.note(Entry{Event: EventRestored, By: r.byID, Detail: "data of " + r.content.Changed.Format("2006-01-02 15:04")})
	c.tell(NewsRestored, r.by, r.d.Computer.Name, c.now)
	m, err := c.write(p.computer, p.folder)
	return c, m, err
}
