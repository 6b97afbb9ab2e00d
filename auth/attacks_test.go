package auth_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
)

// What an attacker's look at the ways back found.

// TestForgedRegister: who could open the register before an unlinking, and can write
// the file, makes no register that a computer takes that has seen the state after it.
func TestForgedRegister(t *testing.T) {
	w := newWorld(t)
	thief := w.linkedByCode()
	oldItems, old := thief.keyring, &authtest.Memory{}
	old.Put(w.memory.Rows())
	w.clock.Advance(time.Minute)
	w.unlink()
	w.put("p1", "secret before")
	w.practice = w.reopened() // this computer has seen the state after the unlinking
	w.signInAnna(nil)

	// the thief writes to the file
	rows := w.memory.Rows()
	last := rows.Activity[len(rows.Activity)-1]
	row, envelopes, err := auth.Forge(w.ctx, old, oldItems, rows.Register.Version, last.Seq, last.Chain)
	w.must(err)
	rows.Register, rows.Envelopes = &row, envelopes
	w.memory.Put(rows)

	w.refused(w.practice.EndOrphanedSessions(w.ctx), auth.ErrOtherHistory)
	w.refused(w.staysShut("a forged register"), auth.ErrOtherHistory)
}

// TestOlderLineage: data of an older lineage goes on under new keys, too, so that a
// computer that was dropped since does not come back.
func TestOlderLineage(t *testing.T) {
	w := newWorld(t)
	lost := w.linkedByKit()
	w.signInAnna(nil)
	path := w.backUp()
	before := w.memory.Rows() // of the first lineage, the lost computer linked
	w.clock.Advance(time.Minute)
	w.run(w.withKit(path)) // second lineage; lost is no longer linked
	if _, err := auth.Open(w.ctx, lost.deps()); err == nil {
		t.Fatal("lost is still linked")
	}
	w.memory.Put(before) // somebody puts the first back
	w.staysShut("an older lineage")
	w.practice = w.rescued(true)
	if p, err := auth.Open(w.ctx, lost.deps()); err == nil {
		t.Errorf("the computer that was dropped opens the practice: %s", p.Name())
	}
	if n := len(w.register(w.practice).Computers); n != 1 {
		t.Errorf("%d computers", n)
	}
}

// TestFailedLinkKeepsWhatWasSeen: a link that fails takes nothing away of what this
// account saw.
func TestFailedLinkKeepsWhatWasSeen(t *testing.T) {
	w := newWorld(t)
	rows := w.memory.Rows()
	w.clock.Advance(time.Hour)
	w.signInAnna(nil) // the anchor knows this
	w.memory.Put(rows)
	binding, _ := w.items()
	w.garble(binding)
	r := w.rescue()
	if !errors.Is(r.Report().History, auth.ErrRolledBack) {
		t.Fatal(r.Report().History)
	}
	w.memory.Fail = func() error { return auth.ErrDiskFull }
	_, err := r.Open(w.ctx, true)
	w.refused(err, auth.ErrDiskFull)
	w.memory.Fail = nil
	if h := w.rescue().Report().History; h == nil {
		t.Errorf("the second report says nothing of the rollback")
	}
}

// TestLinkingCodeAndOlderData: a code does not vouch for older data.
func TestLinkingCodeAndOlderData(t *testing.T) {
	w := newWorld(t)
	code := w.linkingCode()
	rows := w.memory.Rows()
	w.clock.Advance(time.Minute)
	w.signInAnna(nil)
	w.memory.Put(rows)
	_, err := auth.Open(w.ctx, w.deps())
	w.refused(err, auth.ErrRolledBack)
	binding, _ := w.items()
	w.must(w.keyring.Delete(w.ctx, binding))
	_, err = auth.LinkWithCode(w.ctx, w.deps(), code)
	w.refused(err, auth.ErrRolledBack)
	if h := w.rescue().Report().History; h == nil {
		t.Error("a code that was refused took away what this account saw")
	}
}

// TestLinkingCodeAndOlderLineage: nor for data of a lineage that another took the
// place of, as this account saw.
func TestLinkingCodeAndOlderLineage(t *testing.T) {
	w := newWorld(t)
	path := w.backUp()
	code := w.linkingCode()
	rows := w.memory.Rows() // of the first lineage
	w.run(w.withKit(path))
	other := w.linkedByCode() // saw the second
	w.memory.Put(rows)
	_, err := auth.LinkWithCode(w.ctx, other.deps(), code)
	w.refused(err, auth.ErrOtherHistory)
	w.unchanged(rows)
	other.practice = other.rescued(true) // the kit adopts it
	other.signInAnna(nil)
	other.told(auth.NewsOlderAccepted, "", "reception")
}

// TestLinkingCodeOfNoAdmin: what an admin made counts no longer than they are one.
func TestLinkingCodeOfNoAdmin(t *testing.T) {
	for name, end := range map[string]func(w *world, id string) error{
		"deactivated": func(w *world, id string) error { return w.anna.Deactivate(w.ctx, id) },
		"staff": func(w *world, id string) error {
			return w.edit(id, auth.UserForm{Name: "Cara Lind", Username: "clind", Role: auth.Staff})
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			anna := w.anna
			w.anna = w.cara()
			code := w.linkingCode()
			w.anna = anna
			w.stepUp(w.anna, annaPassword, nil)
			w.must(end(w, w.idOf("Cara Lind")))
			_, err := auth.LinkWithCode(w.ctx, w.desk().deps(), code)
			w.refused(err, auth.ErrLinkCode)
		})
	}
}

// TestLinkingCodeOfYesterday: with a copy of its ten minutes it opens no later register.
func TestLinkingCodeOfYesterday(t *testing.T) {
	w := newWorld(t)
	code := w.linkingCode()
	copied := &authtest.Memory{}
	copied.Put(w.memory.Rows())
	key, err := auth.LinkKey(w.ctx, copied, code)
	w.must(err)
	w.clock.Advance(24 * time.Hour)
	w.signInAnna(nil)
	rows := w.memory.Rows()
	if auth.OpensWith(key, rows.Practice.ID, *rows.Register) {
		t.Error("a code of yesterday with a copy of then opens the register of today")
	}
}

// killed is how a test ends a program in the middle.
type killed struct{}

// killLocation is a place where the program is killed before a database takes the
// other's place.
type killLocation struct{ *authtest.Memory }

func (p killLocation) Replace(ctx context.Context, path string, fill func(auth.Store) error) (auth.Store, string, error) {
	s, err := p.Memory.OpenBackup(ctx, path)
	if err != nil {
		return nil, "", err
	}
	if err := fill(s); err != nil {
		return nil, "", err
	}
	panic(killed{}) // before the rename
}

// TestKilledRestore: the old database opens, also without a kit.
func TestKilledRestore(t *testing.T) {
	w := newWorldWithoutKit(t)
	w.stepUp(w.anna, annaPassword, nil)
	path := w.backUp()
	d := w.deps()
	d.Location = killLocation{w.memory}
	p, err := auth.Open(w.ctx, d)
	w.must(err)
	w.practice = p
	w.signInAnna(nil)
	r := w.withSession(path)
	func() {
		defer func() { _ = recover() }()
		_, _, _ = r.Run(w.ctx)
	}()
	if _, err := auth.Open(w.ctx, w.deps()); err != nil {
		t.Errorf("the old database does not open: %v", err)
	}
}

// failAfter is a place where the new database is in place and does not open at once.
type failAfter struct{ *authtest.Memory }

func (p failAfter) Replace(ctx context.Context, path string, fill func(auth.Store) error) (auth.Store, string, error) {
	_, aside, err := p.Memory.Replace(ctx, path, fill)
	if err != nil {
		return nil, aside, err
	}
	return nil, aside, auth.ErrDisk // as when the new one can't be opened at once
}

// TestReplacedAndFailed: what was restored opens at the next start, also without a kit.
func TestReplacedAndFailed(t *testing.T) {
	w := newWorldWithoutKit(t)
	path := w.backUp()
	d := w.deps()
	d.Location = failAfter{w.memory}
	p, err := auth.Open(w.ctx, d)
	w.must(err)
	w.practice = p
	w.signInAnna(nil)
	_, aside, err := w.withSession(path).Run(w.ctx)
	w.refused(err, auth.ErrDisk)
	if aside == "" {
		t.Error("nothing is said of what was set aside")
	}
	if _, err := auth.Open(w.ctx, w.deps()); err != nil {
		t.Errorf("what was restored does not open: %v", err)
	}
}

// TestRestoreNeedsItsOwnStepUp: looking into a backup is no leave to restore it later.
func TestRestoreNeedsItsOwnStepUp(t *testing.T) {
	w := newWorld(t)
	path := w.backUp()
	w.stepUp(w.anna, annaPassword, nil)
	r, err := w.anna.OpenRestore(w.ctx, path)
	w.must(err)
	w.clock.Advance(10 * time.Hour)
	w.refused(r.Confirm(w.ctx), auth.ErrStepUp)
	_, _, err = r.Run(w.ctx)
	w.refused(err, auth.ErrStepUp)
	w.must(w.anna.SignOut(w.ctx))
	w.refused(r.Confirm(w.ctx), auth.ErrSessionEnded)
}

// TestRestoreConfirmedLongAgo: what was confirmed is done at once, also when the
// session was signed out for it, or not at all.
func TestRestoreConfirmedLongAgo(t *testing.T) {
	for name, c := range map[string]struct {
		meanwhile func(w *world)
		want      error
	}{
		"locked":             {func(w *world) { w.anna.Lock() }, auth.ErrLocked},
		"locked for a night": {func(w *world) { w.anna.Lock(); w.clock.Advance(20 * time.Hour) }, auth.ErrLocked},
		"left alone":         {func(w *world) { w.clock.Advance(5 * time.Minute) }, auth.ErrStepUp},
		"the clock put back": {func(w *world) { w.clock.Advance(-time.Minute) }, auth.ErrStepUp},
		"signed out":         {func(w *world) { w.must(w.anna.SignOut(w.ctx)); w.clock.Advance(4 * time.Minute) }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			r := w.withSession(w.backUp())
			c.meanwhile(w)
			_, _, err := r.Run(w.ctx)
			w.refused(err, c.want)
		})
	}
}

// TestRescueClosedMeanwhile: the window may close while the kit opens the practice.
func TestRescueClosedMeanwhile(t *testing.T) {
	w := newWorld(t)
	binding, _ := w.items()
	w.must(w.keyring.Delete(w.ctx, binding))
	r := w.rescue()
	done := make(chan struct{})
	go func() { defer close(done); _, _ = r.Open(w.ctx, false) }()
	_ = r.Close()
	<-done
}

// TestSlowReadInARunOfTheKit: a read that began before a new kit does not end the run.
func TestSlowReadInARunOfTheKit(t *testing.T) {
	w := newWorld(t)
	location := &heldLocation{Memory: w.memory}
	d := w.deps()
	d.Location = location
	kr := authtest.NewKeyring()
	kr.Fail = func(string, string) error { return keyring.ErrNoService }
	d.Keyring = kr
	r, err := auth.OpenRescue(w.ctx, d, w.kit)
	w.must(err)
	w.practice, err = r.Open(w.ctx, false)
	w.must(err)
	w.signInAnna(nil)
	w.stepUp(w.anna, annaPassword, nil)
	k, err := w.anna.NewKit(w.ctx)
	w.must(err)
	location.mu.Lock()
	location.held = make(chan struct{})
	location.in.Add(1)
	location.mu.Unlock()
	var all sync.WaitGroup
	all.Go(func() { _, _ = w.practice.BackupDue(w.ctx) })
	location.in.Wait()
	location.mu.Lock()
	held := location.held
	location.held = nil
	location.mu.Unlock()
	groups := k.Groups()
	w.must(w.anna.ConfirmKit(w.ctx, k, groups[7], nil))
	close(held)
	all.Wait()
	if err := w.anna.Check(w.ctx); err != nil {
		t.Errorf("after it: %v", err)
	}
}

// TestBackupSwappedMeanwhile: what is restored is what was looked at.
func TestBackupSwappedMeanwhile(t *testing.T) {
	w := newWorld(t)
	w.fill(3)
	path := w.backUp()
	r := w.withKit(path)
	s, err := w.memory.OpenBackup(w.ctx, path)
	w.must(err)
	rows := s.(interface{ Rows() authtest.Rows }).Rows()
	*rows.Register = *w.memory.Rows().Register // of another moment
	w.memory.PutBackup(auth.BackupFile{Path: path}, rows)
	_, _, err = r.Run(w.ctx)
	w.refused(err, auth.ErrConflict)
}
