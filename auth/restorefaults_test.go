package auth_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
)

// TestRestoreWithDamagedItem: a restore links this computer again, whatever the
// keyring has left of its earlier link.
func TestRestoreWithDamagedItem(t *testing.T) {
	w := newWorld(t)
	path := w.backUp()
	binding, _ := w.items()
	w.garble(binding)
	w.run(w.withKit(path))
	w.reopened()
}

// TestAllComputersFollow: the other computers follow a restore, with the kit,
// once each.
func TestAllComputersFollow(t *testing.T) {
	for name, begin := range map[string]func(w, other *world){
		"restore": func(w, other *world) {
			path := w.backUp()
			other.signInAnna(nil)
			w.run(w.withKit(path))
		},
		"older data": func(w, other *world) {
			rows := w.memory.Rows()
			w.signInAnna(nil)
			other.signInAnna(nil)
			w.clock.Advance(time.Minute)
			w.memory.Put(rows)
			w.practice = w.rescued(true)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			other, third := w.linkedByKit(), w.linkedByKit()
			begin(w, other)
			for _, d := range []*world{other, third} {
				if _, err := auth.Open(w.ctx, d.deps()); err == nil {
					continue
				}
				d.practice = d.rescued(true)
				d.signInAnna(nil)
			}
			for _, d := range []*world{w, other, third} {
				d.reopened() // got: ErrOtherHistory, for ever in turn
			}
		})
	}
}

// TestRestoreInARunOfTheKit: an admin's restore in a run that the kit opened
// stays such a run, and links nothing.
func TestRestoreInARunOfTheKit(t *testing.T) {
	w := newWorld(t)
	path := w.backUp()
	w.clock.Advance(time.Minute)
	w.keyring.Fail = func(string, string) error { return keyring.ErrNoService }
	w.practice = w.rescued(false)
	w.signInAnna(nil)
	w.run(w.withSession(path))
	if w.signInAnna(nil); !w.practice.ForThisRun() || len(w.computers()) != 0 {
		t.Errorf("for this run: %v, computers %+v", w.practice.ForThisRun(), w.computers())
	}
}

// TestRestoreWholeOrNot: a keyring that takes neither binding nor anchor leaves
// the old database as it was.
func TestRestoreWholeOrNot(t *testing.T) {
	for n := 1; n <= 2; n++ {
		w := newWorld(t)
		path := w.backUp()
		w.clock.Advance(time.Minute)
		w.put("p", "Grete")
		r := w.withSession(path)
		before := w.memory.Rows()
		w.keyring.Fail = failingSet(n)
		_, _, err := r.Run(w.ctx)
		w.keyring.Fail = nil
		if err == nil { // the folder's note: no harm
			w.reopened()
			continue
		}
		w.refused(err, keyring.ErrLocked)
		w.unchanged(before)
		w.reopened() // got: ErrOtherHistory, and the kit is needed
	}
}

// TestReplacedKitForOneRun: what a replaced kit opens can't be put there for one run, for
// nothing would open the practice again. It says that the keyring has to be put right.
func TestReplacedKitForOneRun(t *testing.T) {
	w := newWorld(t)
	path, old := w.backUp(), w.kit
	w.clock.Advance(time.Minute)
	w.newKit()
	newest := w.kit
	w.kit = old
	r := w.withKit(path)
	before, items := w.memory.Rows(), w.keyring.Items()
	w.keyring.Fail = func(op, _ string) error {
		if op == "set" {
			return keyring.ErrLocked
		}
		return nil
	}
	_, _, err := r.Run(w.ctx)
	w.refused(err, auth.ErrKitWrong)
	w.refused(err, keyring.ErrLocked)
	w.keyring.Fail = nil
	w.unchanged(before)
	if !reflect.DeepEqual(w.keyring.Items(), items) {
		t.Error("the keyring changed")
	}
	w.run(r)
	w.must(w.kitOpens(newest))
	w.practice = w.reopened()
}

// TestKitReplacedDuringRestoreInARun: in a run of the kit, the kit that replaced it opens
// what was restored.
func TestKitReplacedDuringRestoreInARun(t *testing.T) {
	w := newWorld(t)
	path := w.backUp()
	w.clock.Advance(time.Minute)
	w.keyring.Fail = func(string, string) error { return keyring.ErrNoService }
	w.practice = w.rescued(false)
	w.signInAnna(nil)
	r := w.withSession(path)
	w.newKit()
	w.run(r)
	w.signInAnna(nil)
	w.must(w.kitOpens(w.kit))
}

// TestRestoreContentDamaged: what does not open in the backup is counted.
func TestRestoreContentDamaged(t *testing.T) {
	w := newWorld(t)
	w.fill(3)
	w.putRecords(func(rows *authtest.Rows) { rows.Records[1].Sealed[20] ^= 1 })
	path := w.backUp()
	if c := w.withKit(path).Content(); c.Patients != 3 || c.Damaged != 1 {
		t.Errorf("with the kit: %+v", c)
	}
	if c := w.withSession(path).Content(); c.Patients != 3 || c.Damaged != 1 {
		t.Errorf("with a session: %+v", c)
	}
}

// TestRestoreFromBeforeTheKit: a backup from before the first kit has none.
func TestRestoreFromBeforeTheKit(t *testing.T) {
	w := newWorldWithoutKit(t)
	path := w.backUp()
	key, err := authtest.MakeKit(w.ctx, w.anna)
	w.must(err)
	_, err = auth.OpenRestore(w.ctx, w.deps(), path, key)
	w.refused(err, auth.ErrNoKit)
}

// TestUnlinkedStaysOut: a computer that was unlinked is not linked again by
// older data.
func TestUnlinkedStaysOut(t *testing.T) {
	for name, back := range map[string]func(w *world, rows authtest.Rows, path string){
		"restored": func(w *world, _ authtest.Rows, path string) { w.run(w.withKit(path)) },
		"older data accepted": func(w *world, rows authtest.Rows, _ string) {
			w.memory.Put(rows)
			w.practice = w.rescued(true)
			w.signInAnna(nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			stolen := w.linkedByCode()
			path, rows := w.backUp(), w.memory.Rows()
			w.clock.Advance(time.Minute)
			w.unlink()
			back(w, rows, path)
			// What a program of the thief would do: open the key with its own
			// binding, whatever anchor the keyring has.
			_, anchor := stolen.items()
			w.must(stolen.keyring.Delete(w.ctx, anchor))
			_, err := auth.Open(w.ctx, stolen.deps())
			if errors.Is(err, auth.ErrAnchor) {
				t.Error("its binding opens the practice's register again")
			}
		})
	}
}
