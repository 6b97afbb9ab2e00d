package auth_test

import (
	"reflect"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
	"anteroom/auth/totp"
)

// backUp makes a backup and gives its path.
func (w *world) backUp() string {
	w.t.Helper()
	file, err := w.practice.BackUp(w.ctx, nil)
	w.must(err)
	return file.Path
}

// withKit opens a backup with the kit, at this computer.
func (w *world) withKit(path string) *auth.Restore {
	w.t.Helper()
	r, err := auth.OpenRestore(w.ctx, w.deps(), path, w.kit)
	w.must(err)
	return r
}

// withSession opens a backup as Anna does in the settings.
func (w *world) withSession(path string) *auth.Restore {
	w.t.Helper()
	w.stepUp(w.anna, annaPassword, nil)
	r, err := w.anna.OpenRestore(w.ctx, path)
	w.must(err)
	w.must(r.Confirm(w.ctx))
	return r
}

// run restores, and has Anna sign in.
func (w *world) run(r *auth.Restore) (aside string) {
	w.t.Helper()
	var err error
	w.practice, aside, err = r.Run(w.ctx)
	w.must(err)
	w.signInAnna(nil)
	return aside
}

// TestRestoreContent says what is in the backup, before anything is done.
func TestRestoreContent(t *testing.T) {
	w := newWorld(t)
	w.ben()
	w.stepUp(w.anna, annaPassword, nil)
	cara := w.addAdmin()
	w.must(w.anna.Deactivate(w.ctx, cara))
	w.linkedByCode()
	w.fill(3)
	changed := w.clock.Now()
	path := w.backUp()
	w.clock.Advance(time.Hour)
	w.fill(5)
	w.stepUp(w.anna, annaPassword, nil)
	want := auth.BackupContent{Path: path, Practice: w.practice.Name(), Changed: changed, Users: 2, Computers: 2, Patients: 3}
	before := w.memory.Rows()
	r, err := w.anna.OpenRestore(w.ctx, path)
	w.must(err)
	if got := r.Content(); !reflect.DeepEqual(got, want) {
		t.Errorf("with a session: %+v, want %+v", got, want)
	}
	if got := w.withKit(path).Content(); !reflect.DeepEqual(got, want) {
		t.Errorf("with the kit: %+v, want %+v", got, want)
	}
	w.unchanged(before)
}

// TestRestore, with the kit and by an admin: what was there is set aside, a new
// lineage begins, everyone signs in again and codes given before count nothing.
func TestRestore(t *testing.T) {
	for name, open := range map[string]func(w *world, path string) *auth.Restore{
		"kit":     (*world).withKit,
		"session": (*world).withSession,
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.put("p", "Grete")
			ben := w.ben()
			code := w.linkingCode()
			path := w.backUp()
			lineage := w.register(w.practice).Lineage
			w.clock.Advance(time.Minute)
			_, err := w.anna.PutRecord(w.ctx, patient, "p", 1, []byte("changed since"))
			w.must(err)
			r := open(w, path)
			before := w.memory.Rows()
			anna := w.anna
			aside := w.run(r)

			w.refused(ben.Check(w.ctx), auth.ErrOtherHistory) // of the practice that should have been closed
			w.refused(anna.Check(w.ctx), auth.ErrOtherHistory)
			if s := w.register(w.practice); s.Lineage == lineage || len(s.Sessions) != 1 || len(s.Links) != 0 {
				t.Errorf("lineage was %s: %+v", lineage, s)
			}
			_, err = auth.LinkWithCode(w.ctx, w.desk().deps(), code)
			w.refused(err, auth.ErrLinkCode)
			w.reads("p", "Grete")
			by := "Anna Smith (asmith)"
			if name == "kit" {
				by = ""
			}
			w.told(auth.NewsRestored, by, "reception")
			w.logIntact()
			if len(w.computers()) != 1 {
				t.Errorf("%+v", w.computers())
			}
			w.practice = w.reopened()

			kept, err := w.memory.OpenBackup(w.ctx, aside)
			w.must(err)
			if !reflect.DeepEqual(kept.(*authtest.Memory).Rows(), before) {
				t.Error("what was set aside is not what was there")
			}
		})
	}
}

// TestRestoreEndsTrust: codes that were given in the data of the backup count
// nothing, and the sign-in screen does not say what was said then.
func TestRestoreEndsTrust(t *testing.T) {
	w := newWorld(t)
	phone := w.turnOn(auth.Monthly)
	w.signInAnna(phone)
	w.asks(false)
	r := w.withKit(w.backUp())
	w.clock.Advance(time.Minute)
	var err error
	w.practice, _, err = r.Run(w.ctx)
	w.must(err)
	if w.practice.Notice() != nil {
		t.Errorf("notice %+v", w.practice.Notice())
	}
	w.asks(true)
	a := w.practice.NewAttempt()
	_, err = a.Password(w.ctx, "asmith", annaPassword)
	w.must(err)
	_, err = a.Code(w.ctx, phone.code(w.clock.Now()))
	w.refused(err, auth.ErrCodeUsed) // it may have been, since the backup
	_, err = a.Code(w.ctx, phone.code(w.clock.Now().Add(totp.Period)))
	w.refused(err, auth.ErrCodeUsed) // a step early
	w.clock.Advance(2 * totp.Period)
	w.signInAnna(phone)
}

// TestRestoreFromNothing: on an empty machine, from the newest good backup, with
// the kit alone.
func TestRestoreFromNothing(t *testing.T) {
	w := newWorld(t)
	w.put("p", "Grete")
	path := w.backUp()
	empty := w.desk()
	empty.memory = &authtest.Memory{}
	w.copyBackups(empty)
	_, err := auth.Open(w.ctx, empty.deps())
	w.refused(err, auth.ErrNoPractice)
	_, err = auth.OpenRestore(w.ctx, empty.deps(), path+"x", w.kit)
	w.refused(err, auth.ErrDamaged)

	r, err := auth.OpenNewestRestore(w.ctx, empty.depsAs("new machine"), "", w.kit)
	w.must(err)
	if aside := empty.run(r); aside != "" {
		t.Errorf("set aside %q", aside)
	}
	empty.reads("p", "Grete")
	empty.told(auth.NewsRestored, "", "new machine")
	if all := empty.computers(); len(all) != 1 || all[0].Name != "new machine" || !all[0].This {
		t.Errorf("%+v", all)
	}
	empty.practice = empty.reopened()
	empty.signInAnna(nil)
	empty.must(empty.kitOpens(empty.kit))
}

// copyBackups puts w's backups beside another database.
func (w *world) copyBackups(other *world) {
	w.t.Helper()
	files, err := w.memory.Backups("")
	w.must(err)
	for _, f := range files {
		s, err := w.memory.OpenBackup(w.ctx, f.Path)
		w.must(err)
		other.memory.PutBackup(f, s.(*authtest.Memory).Rows())
	}
}

// TestRestoreWithoutKeyring opens the restored practice for this run only, if
// the kit was typed; an admin's session can't.
func TestRestoreWithoutKeyring(t *testing.T) {
	w := newWorld(t)
	w.put("p", "Grete")
	path := w.backUp()
	w.clock.Advance(time.Minute)
	bySession := w.withSession(path)
	items := w.keyring.Items()
	before := w.memory.Rows()
	w.keyring.Fail = func(string, string) error { return keyring.ErrNoService }
	_, _, err := bySession.Run(w.ctx)
	w.refused(err, keyring.ErrNoService)
	w.unchanged(before)

	w.run(w.withKit(path))
	if !w.practice.ForThisRun() {
		t.Error("linked without a keyring")
	}
	w.reads("p", "Grete")
	w.told(auth.NewsRestored, "", "reception")
	w.keyring.Fail = nil
	if !reflect.DeepEqual(w.keyring.Items(), items) {
		t.Error("the keyring changed")
	}
	w.refused(w.staysShut("nobody is linked to what that run restored"), auth.ErrNotLinked)
	w.practice = w.rescued(true)
	w.signInAnna(nil)
	w.reads("p", "Grete")
}

// TestRestoreOlderKeys: a backup from before new keys needs the kit of its time. That
// one opens no more than the backup, where the data that knows of another can be read.
func TestRestoreOlderKeys(t *testing.T) {
	w := newWorld(t)
	w.put("p", "Grete")
	old, path := w.kit, w.backUp()
	w.clock.Advance(time.Minute)
	w.newKit()
	newest := w.kit
	_, err := auth.OpenRestore(w.ctx, w.deps(), path, newest)
	w.refused(err, auth.ErrKitWrong)
	_, err = auth.OpenNewestRestore(w.ctx, w.deps(), "", newest)
	w.refused(err, auth.ErrKitWrong)
	w.kit = old
	w.run(w.withKit(path))
	w.reads("p", "Grete")
	w.must(w.kitOpens(newest))
	w.refused(w.kitOpens(old), auth.ErrKitWrong)
	w.practice = w.reopened()

	// With a session it needs no kit: this computer's binding is the same.
	old = newest
	w.clock.Advance(time.Minute)
	path = w.backUp()
	w.newKit()
	w.run(w.withSession(path))
	w.reads("p", "Grete")
	w.must(w.kitOpens(w.kit)) // and the kit of now stays the practice's
	w.refused(w.kitOpens(old), auth.ErrKitWrong)
	w.practice = w.reopened()
}

// TestRestoreVouchesOnce: for what it restored, not for what another window of
// this account has seen since.
func TestRestoreVouchesOnce(t *testing.T) {
	w := newWorld(t)
	var err error
	w.practice, _, err = w.withKit(w.backUp()).Run(w.ctx)
	w.must(err)
	other := *w
	other.practice = w.openCopy()
	other.signInAnna(nil)
	other.signInAnna(nil)
	_, err = w.practice.NewAttempt().Password(w.ctx, "asmith", annaPassword)
	w.refused(err, auth.ErrRolledBack)
}
