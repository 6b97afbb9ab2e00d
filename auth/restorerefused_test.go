package auth_test

import (
	"context"
	"errors"
	"fmt"
	"path"
	"reflect"
	"slices"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

// TestRestoreWhoMay: by an admin with step-up, of this practice, from after this
// computer was linked.
func TestRestoreWhoMay(t *testing.T) {
	w, foreign := newWorld(t), newWorld(t)
	before := w.backUp()
	w.clock.Advance(time.Minute)
	other := w.linkedByKit()
	other.signInAnna(nil)
	other.stepUp(other.anna, annaPassword, nil)
	_, err := other.anna.OpenRestore(w.ctx, before)
	w.refused(err, auth.ErrNotLinked)
	_, err = w.anna.OpenRestore(w.ctx, before)
	w.refused(err, auth.ErrStepUp)
	w.stepUp(w.anna, annaPassword, nil)

	theirs := foreign.backUp()
	foreign.memory.Put(foreign.memory.Rows())
	s, err := foreign.memory.OpenBackup(w.ctx, theirs)
	w.must(err)
	w.memory.PutBackup(auth.BackupFile{Path: "memory/backups/theirs", At: w.clock.Now()}, s.(*authtest.Memory).Rows())
	_, err = w.anna.OpenRestore(w.ctx, "memory/backups/theirs")
	w.refused(err, auth.ErrOtherPractice)
	_, err = auth.OpenRestore(w.ctx, w.deps(), "memory/backups/theirs", w.kit)
	w.refused(err, auth.ErrKitWrong)

	// With the kit the other computer may, and is linked with it.
	other.run(other.withKit(before))
	other.practice = other.reopened()
	w.refused(w.staysShut("restored at another computer"), auth.ErrNotLinked)
}

// TestDamagedBackups are told, and passed over for an older good one.
func TestDamagedBackups(t *testing.T) {
	w := newWorld(t)
	w.put("p", "Grete")
	good := w.backUp()
	store, err := w.memory.OpenBackup(w.ctx, good)
	w.must(err)
	rows := store.(*authtest.Memory).Rows()
	newest := ""
	n := 0
	for name, harm := range map[string]func(rows *authtest.Rows){
		"register":     func(rows *authtest.Rows) { rows.Register = &auth.SealedRow{Version: 1, Sealed: rows.Register.Sealed} },
		"no register":  func(rows *authtest.Rows) { rows.Register = nil },
		"no practice":  func(rows *authtest.Rows) { rows.Practice = nil },
		"another name": func(rows *authtest.Rows) { rows.Practice = &auth.PracticeRow{ID: rows.Practice.ID, Name: "x"} },
		"envelopes": func(rows *authtest.Rows) {
			rows.Envelopes = slices.DeleteFunc(rows.Envelopes, func(e auth.Envelope) bool { return e.Kind == auth.RecipientComputer })
		},
		"activity": func(rows *authtest.Rows) { rows.Activity = rows.Activity[1:] },
		"cut log":  func(rows *authtest.Rows) { rows.Activity = rows.Activity[:1] },
	} {
		bad := rows
		bad.Envelopes, bad.Activity = slices.Clone(rows.Envelopes), slices.Clone(rows.Activity)
		harm(&bad)
		n++
		newest = path.Join(w.memory.BackupFolder(), fmt.Sprint("z", n))
		w.memory.PutBackup(auth.BackupFile{Path: newest, At: w.clock.Now().Add(time.Hour)}, bad)
		if _, err := auth.OpenRestore(w.ctx, w.deps(), newest, w.kit); !errors.Is(err, auth.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	r, err := auth.OpenNewestRestore(w.ctx, w.deps(), "", w.kit)
	w.must(err)
	if r.Content().Path != good {
		t.Errorf("%q, want %q", r.Content().Path, good)
	}
	w.run(r)

	w.memory.Broken = []string{"row 7 missing from index"}
	_, err = auth.OpenRestore(w.ctx, w.deps(), good, w.kit)
	w.refused(err, auth.ErrDamaged)
	w.memory.Broken = nil

	_, err = auth.OpenNewestRestore(w.ctx, w.deps(), "nowhere", w.kit)
	w.refused(err, auth.ErrFolder)
	w.memory.Folders = []string{"drive", "bad"}
	_, err = auth.OpenNewestRestore(w.ctx, w.deps(), "drive", w.kit)
	w.refused(err, auth.ErrNotFound)
	rows.Register = nil
	w.memory.PutBackup(auth.BackupFile{Path: "bad/1"}, rows)
	_, err = auth.OpenNewestRestore(w.ctx, w.deps(), "bad", w.kit)
	w.refused(err, auth.ErrDamaged)
}

// TestRestoreNotDone: what can't be stored, is canceled or is another file by
// now leaves the present database and the keyring as they were.
func TestRestoreNotDone(t *testing.T) {
	w := newWorld(t)
	path := w.backUp()
	w.clock.Advance(time.Minute)
	other := w.linkedByKit() // the backup does not know it
	w.put("p", "Grete")
	before := w.memory.Rows()
	refusedAt := func(d *world, r *auth.Restore, want error) {
		t.Helper()
		items := d.keyring.Items()
		_, _, err := r.Run(w.ctx)
		w.refused(err, want)
		w.unchanged(before)
		if !reflect.DeepEqual(d.keyring.Items(), items) {
			t.Error("the keyring changed")
		}
	}
	w.memory.Fail = func() error { return auth.ErrDiskFull }
	refusedAt(w, w.withKit(path), auth.ErrDiskFull)
	refusedAt(other, other.withKit(path), auth.ErrDiskFull)
	w.memory.Fail = func() error { return context.Canceled }
	refusedAt(other, other.withKit(path), context.Canceled)
	w.memory.Fail = nil

	r := w.withKit(path)
	w.memory.PutBackup(auth.BackupFile{Path: path}, before) // another file under that name
	refusedAt(w, r, auth.ErrConflict)
	w.practice = w.reopened()
	w.reads("p", "Grete")
	other.reopened()
}

// deskLocation is the place of a practice whose server another computer owns.
type deskLocation struct{ *authtest.Server }

func (d deskLocation) Open(ctx context.Context) (auth.Store, error) {
	s, err := d.Server.Open(ctx)
	return deskStore{Store: s, Clock: s.(auth.Clock)}, err
}

type deskStore struct {
	auth.Store
	auth.Clock
	rest
}

// rest is what a restore asks for nothing of.
type rest struct{ auth.Shared }

var _ auth.Shared = deskStore{}

func (deskStore) Role() string { return "desk" }

// TestRestoreAtADesk: who does not own the server's database does not replace it, neither
// as an admin nor with the kit, and is told before anything is closed.
func TestRestoreAtADesk(t *testing.T) {
	onServer(t, func(s *shared) {
		kit, err := authtest.MakeKit(s.Context(), s.anna)
		if err != nil {
			s.Fatal(err)
		}
		file, err := s.practice.BackUp(s.Context(), nil)
		if err != nil {
			s.Fatal(err)
		}
		deps := s.deps
		deps.Location = deskLocation{s.server}
		desk, err := auth.Open(s.Context(), deps)
		if err != nil {
			s.Fatal(err)
		}
		state, err := desk.NewAttempt().Password(s.Context(), "asmith", annaPassword)
		if err != nil {
			s.Fatal(err)
		}
		if _, err := state.Session.OpenRestore(s.Context(), file.Path); !errors.Is(err, auth.ErrAtServer) {
			s.Errorf("an admin: %v", err)
		}
		r, err := auth.OpenRestore(s.Context(), deps, file.Path, kit)
		if err != nil {
			s.Fatal(err)
		}
		before := s.server.Memory().Rows()
		if _, _, err := r.Run(s.Context()); !errors.Is(err, auth.ErrAtServer) || !reflect.DeepEqual(s.server.Memory().Rows(), before) {
			s.Errorf("the kit: %v", err)
		}
		if err := desk.Close(); err != nil {
			s.Error(err)
		}
	})
}
