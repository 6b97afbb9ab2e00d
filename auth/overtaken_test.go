package auth_test

import (
	"testing"
	"time"

	"anteroom/auth"
)

// What is decided in one step and done in a later one is done to what was decided
// on, or not at all.

// TestKitReplacedDuringRestore: a kit that was replaced after a backup was looked at
// does not open the practice again, and neither does the backup's own.
func TestKitReplacedDuringRestore(t *testing.T) {
	for name, c := range map[string]func(w *world, r *auth.Restore, makeKit func()){
		"before it was confirmed": func(w *world, r *auth.Restore, makeKit func()) {
			makeKit()
			w.must(r.Confirm(w.ctx))
		},
		"after it was confirmed": func(w *world, r *auth.Restore, makeKit func()) {
			w.must(r.Confirm(w.ctx))
			makeKit()
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			path, backups := w.backUp(), w.kit
			w.clock.Advance(time.Minute)
			w.newKit()
			lookedAt := w.kit
			r, err := w.anna.OpenRestore(w.ctx, path)
			w.must(err)
			c(w, r, w.newKit)
			w.run(r)
			for _, old := range []string{backups, lookedAt} {
				w.refused(w.kitOpens(old), auth.ErrKitWrong)
			}
			w.must(w.kitOpens(w.kit))
			w.practice = w.reopened()
		})
	}
}

// TestRestoreByWhoMayNot: what an admin confirmed is not done any more where they
// are no such admin, or everything was changed under them.
func TestRestoreByWhoMayNot(t *testing.T) {
	for name, c := range map[string]struct {
		change func(w *world, anna string)
		want   error
	}{
		"deactivated": {func(w *world, anna string) { w.must(w.anna.Deactivate(w.ctx, anna)) }, auth.ErrConflict},
		"staff": {func(w *world, anna string) {
			w.must(w.anna.EditUser(w.ctx, anna, auth.UserForm{Name: "Anna Smith", Username: "asmith", Role: auth.Staff}))
		}, auth.ErrConflict},
		"new password": {func(w *world, anna string) {
			_, err := w.anna.ResetPassword(w.ctx, anna)
			w.must(err)
		}, auth.ErrConflict},
		"older data": {func(w *world, _ string) {
			rows := w.memory.Rows()
			w.signInAnna(nil)
			w.memory.Put(rows)
		}, auth.ErrRolledBack},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			path := w.backUp()
			w.clock.Advance(time.Minute)
			cara := w.cara()
			r := w.withSession(path)
			anna := w.idOf("Anna Smith")
			w.stepUp(cara, annaPassword, nil)
			w.anna = cara
			c.change(w, anna)
			before := w.memory.Rows()
			_, _, err := r.Run(w.ctx)
			w.refused(err, c.want)
			w.unchanged(before)
		})
	}
}

// TestKitReplacedDuringRescue: a kit that was replaced after it was typed opens
// nothing, whether or not this computer is linked.
func TestKitReplacedDuringRescue(t *testing.T) {
	for name, lose := range map[string]func(w *world) *world{
		"all is well": func(w *world) *world { return w },
		"no mark": func(w *world) *world {
			_, mark := w.items()
			w.must(w.keyring.Delete(w.ctx, mark))
			return w
		},
		"not linked": (*world).desk,
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			elsewhere := w.linkedByCode()
			r := lose(w).rescue()
			elsewhere.signInAnna(nil)
			elsewhere.newKit()
			before := w.memory.Rows()
			_, err := r.Open(w.ctx, false)
			w.refused(err, auth.ErrConflict)
			w.unchanged(before)
		})
	}
}

// TestOlderDataOvertaken: who accepts older data accepts what they were told of.
func TestOlderDataOvertaken(t *testing.T) {
	w := newWorld(t)
	other := w.linkedByKit()
	old := w.memory.Rows()
	other.signInAnna(nil)
	w.memory.Put(old)
	r := other.rescue()
	w.refused(r.Report().History, auth.ErrRolledBack)
	w.practice = w.reopened() // never saw the newer
	w.signInAnna(nil)
	before := w.memory.Rows()
	_, err := r.Open(w.ctx, true)
	w.refused(err, auth.ErrConflict)
	w.unchanged(before)
}
