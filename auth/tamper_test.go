package auth_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
)

// untrusted are the answers that keep a practice shut.
var untrusted = []error{auth.ErrDamaged, auth.ErrRolledBack, auth.ErrOtherHistory, auth.ErrAnchor, auth.ErrNotLinked, keyring.ErrDamaged}

// staysShut fails the test unless opening the practice is refused and named.
func (w *world) staysShut(what string) error {
	w.t.Helper()
	_, err := auth.Open(w.ctx, w.deps())
	for _, s := range untrusted {
		if errors.Is(err, s) {
			return err
		}
	}
	w.t.Fatalf("%s: got %v", what, err)
	return nil
}

// TestEveryByteOfTheRegister: flip any bit, or change its version, and it
// stays shut.
func TestEveryByteOfTheRegister(t *testing.T) {
	w := newWorld(t)
	good := w.memory.Rows()
	for i := range good.Register.Sealed {
		bad := w.memory.Rows()
		row := *good.Register
		row.Sealed = bytes.Clone(row.Sealed)
		row.Sealed[i] ^= 1 << (i % 8)
		bad.Register = &row
		w.memory.Put(bad)
		w.refused(w.staysShut("a flipped bit"), auth.ErrDamaged)
	}
	for _, d := range []int64{-1, 1} {
		bad := w.memory.Rows()
		bad.Register = &auth.SealedRow{Version: good.Register.Version + d, Sealed: good.Register.Sealed}
		w.memory.Put(bad)
		w.refused(w.staysShut("another version"), auth.ErrDamaged)
	}
	w.memory.Put(good)
	_, err := auth.Open(w.ctx, w.deps())
	w.must(err)
}

// TestEveryByteOfTheKeyring: flip any bit of the binding or the anchor, cut or
// drop them, and it stays shut.
func TestEveryByteOfTheKeyring(t *testing.T) {
	w := newWorld(t)
	for name, good := range w.keyring.Items() {
		if strings.HasPrefix(name, "folder/") {
			continue // only says that there was a practice
		}
		for i := range good {
			for bit := range 8 {
				bad := []byte(good)
				bad[i] ^= 1 << bit
				w.must(w.keyring.Set(w.ctx, name, string(bad)))
				w.staysShut(name)
			}
		}
		w.must(w.keyring.Set(w.ctx, name, good[:len(good)/2]))
		w.staysShut("half of " + name)
		w.must(w.keyring.Delete(w.ctx, name))
		w.staysShut("without " + name)
		w.must(w.keyring.Set(w.ctx, name, good))
	}
	_, err := auth.Open(w.ctx, w.deps())
	w.must(err)
}

// TestOlderRegisters: ten older ones, put back in turn, are refused and dated,
// at the start and by a window that is open.
func TestOlderRegisters(t *testing.T) {
	w := newWorld(t)
	var older []authtest.Rows
	for range 10 {
		older = append(older, w.memory.Rows())
		w.clock.Advance(60e9)
		w.signInAnna(nil)
	}
	now := w.memory.Rows()
	for i, rows := range older {
		w.memory.Put(rows)
		err := w.staysShut("an older register")
		var back *auth.RolledBackError
		if !errors.As(err, &back) || !back.Found.Before(back.Seen) {
			t.Fatalf("register %d: %v", i, err)
		}
		w.refused(w.anna.Check(w.ctx), auth.ErrRolledBack)
		_, err = w.practice.NewAttempt().Password(w.ctx, "asmith", annaPassword)
		w.refused(err, auth.ErrRolledBack)
	}
	// The rest newer, the register old: refused as well.
	mixed := now
	mixed.Register = older[3].Register
	w.memory.Put(mixed)
	w.refused(w.staysShut("an older register among newer rows"), auth.ErrRolledBack)
	// A window that saw this does not go on, even when the file is put right.
	w.memory.Put(now)
	w.refused(w.anna.Check(w.ctx), auth.ErrRolledBack)
	again, err := auth.Open(w.ctx, w.deps())
	w.must(err)
	w.practice = again
	w.signInAnna(nil)
}

// openCopy opens a copy of the database, on the same keyring.
func (w *world) openCopy() *auth.Practice {
	w.t.Helper()
	copied := &authtest.Memory{}
	_, err := copied.Create(w.ctx, func(auth.Store) error { return nil })
	w.must(err)
	copied.Put(w.memory.Rows())
	deps := w.deps()
	deps.Location = copied
	other, err := auth.Open(w.ctx, deps)
	w.must(err)
	return other
}

// TestCopies: on one keyring, a copy of the database that goes its own way
// gives neither free guesses nor a second session for a code: whoever comes
// second stops for good.
func TestCopies(t *testing.T) {
	w := newWorld(t)
	other := w.openCopy()

	guess := func(p *auth.Practice, want error) {
		t.Helper()
		_, err := p.NewAttempt().Password(w.ctx, "asmith", "wrong")
		w.refused(err, want)
	}
	guess(other, auth.ErrCredentials)
	guess(w.practice, auth.ErrRolledBack)
	guess(w.practice, auth.ErrRolledBack)
	guess(other, auth.ErrCredentials)
	w.refused(w.staysShut("the folder left behind"), auth.ErrRolledBack)
}

// TestPumpedCopy: a copy that catches up with the anchor by its version is not
// taken for the one that the anchor saw.
func TestPumpedCopy(t *testing.T) {
	w := newWorld(t)
	other := w.openCopy()
	for range 4 {
		_, err := other.NewAttempt().Password(w.ctx, "asmith", "wrong")
		w.refused(err, auth.ErrCredentials)
	}
	w.keyring.Fail = func(string, string) error { return keyring.ErrLocked }
	for range 12 { // canceled: two versions on each, no anchor
		_, err := w.practice.NewAttempt().Password(w.ctx, "asmith", "wrong")
		w.refused(err, keyring.ErrLocked)
	}
	w.keyring.Fail = nil
	_, err := w.practice.NewAttempt().Password(w.ctx, "asmith", annaPassword)
	w.refused(err, auth.ErrOtherHistory)
	w.refused(w.staysShut("the pumped copy"), auth.ErrOtherHistory)
}

// TestNoVerdictNoCharge: attempts that the keyring kept from a verdict are not
// counted, nor is one that was canceled.
func TestNoVerdictNoCharge(t *testing.T) {
	w := newWorld(t)
	w.keyring.Fail = func(op, _ string) error {
		if op == "set" {
			return keyring.ErrLocked
		}
		return nil
	}
	for range 10 {
		_, err := w.practice.NewAttempt().Password(w.ctx, "asmith", annaPassword)
		w.refused(err, keyring.ErrLocked)
	}
	w.keyring.Fail = nil
	called, cancel := context.WithCancel(w.ctx)
	w.keyring.Fail = func(string, string) error { cancel(); return nil }
	_, err := w.practice.NewAttempt().Password(called, "asmith", annaPassword)
	w.refused(err, context.Canceled)
	w.keyring.Fail = nil
	w.signInAnna(nil)
}

// TestNewerThanAnchor: a crash between the database's write and the keyring's is
// no rollback.
func TestNewerThanAnchor(t *testing.T) {
	w := newWorld(t)
	down := errors.New("killed")
	w.keyring.Fail = func(op, _ string) error {
		if op == "set" {
			return down
		}
		return nil
	}
	_, err := w.practice.NewAttempt().Password(w.ctx, "asmith", annaPassword)
	w.refused(err, down)
	w.keyring.Fail = nil
	_, err = auth.Open(w.ctx, w.deps())
	w.must(err)
}

// TestOtherPractice: rows and items of one practice open nothing of another.
func TestOtherPractice(t *testing.T) {
	w, other := newWorld(t), newWorld(t)
	good, foreign := w.memory.Rows(), other.memory.Rows()

	bad := w.memory.Rows()
	bad.Register = foreign.Register
	w.memory.Put(bad)
	w.refused(w.staysShut("another practice's register"), auth.ErrDamaged)

	w.memory.Put(foreign)
	w.refused(w.staysShut("another practice's database"), auth.ErrNotLinked)

	bad = good
	name := *good.Practice
	name.Name = "Somebody else's"
	bad.Practice = &name
	w.memory.Put(bad)
	w.refused(w.staysShut("another name in clear"), auth.ErrDamaged)

	bad = good
	bad.Envelopes = nil
	w.memory.Put(bad)
	w.refused(w.staysShut("no envelope"), auth.ErrNotLinked)

	bad = good
	bad.Envelopes = []auth.Envelope{{Kind: good.Envelopes[0].Kind, Recipient: good.Envelopes[0].Recipient, Sealed: foreign.Envelopes[0].Sealed}}
	w.memory.Put(bad)
	w.refused(w.staysShut("another envelope"), auth.ErrDamaged)
}

// TestSetUpWholeOrNot: a set-up that can't store its binding or its anchor
// leaves neither a database nor a binding behind, and can be tried again.
func TestSetUpWholeOrNot(t *testing.T) {
	down := errors.New("the keyring is locked")
	form := auth.SetUpForm{Practice: "P", Name: "Anna Smith", Username: "asmith", Password: annaPassword}
	for n := 1; n <= 2; n++ {
		w := &world{t: t, ctx: context.Background(), clock: authtest.NewClock(), keyring: authtest.NewKeyring(), memory: &authtest.Memory{}}
		sets := 0
		w.keyring.Fail = func(op, _ string) error {
			if op == "set" {
				if sets++; sets == n {
					return down
				}
			}
			return nil
		}
		_, _, err := auth.SetUp(w.ctx, w.deps(), form)
		w.refused(err, down)
		if exists, _ := w.memory.Exists(t.Context()); exists || len(w.keyring.Items()) != 0 {
			t.Fatalf("set %d failed: database %v, items %v", n, exists, w.keyring.Items())
		}
		w.keyring.Fail = nil
		_, err = auth.Open(w.ctx, w.deps())
		w.refused(err, auth.ErrNoPractice)
		_, _, err = auth.SetUp(w.ctx, w.deps(), form)
		w.must(err)
		_, _, err = auth.SetUp(w.ctx, w.deps(), form)
		w.refused(err, auth.ErrExists)
	}
}

// TestSetUpForm: every wrong field is named at once.
func TestSetUpForm(t *testing.T) {
	w := &world{t: t, ctx: context.Background(), clock: authtest.NewClock(), keyring: authtest.NewKeyring(), memory: &authtest.Memory{}}
	_, _, err := auth.SetUp(w.ctx, w.deps(), auth.SetUpForm{Practice: " ", Name: "", Username: "a b", Password: "123456789012"})
	var wrong auth.FieldErrors
	if !errors.As(err, &wrong) || len(wrong) != 4 {
		t.Fatalf("%v", err)
	}
	for i, want := range []auth.Problem{auth.ProblemEmpty, auth.ProblemEmpty, auth.ProblemChars, auth.ProblemCommon} {
		if wrong[i].Problem != want {
			t.Errorf("%v, want %v", wrong[i], want)
		}
	}
}

// TestAnyName works, kept as it is typed.
func TestAnyName(t *testing.T) {
	for _, name := range []string{
		"Smith & Sons: Clinic", "100 % #1 / \"quoted\" 'name'", "診療所 🩺👩🏽‍⚕️", "مستشفى", strings.Repeat("é", 200),
	} {
		w := &world{t: t, ctx: context.Background(), clock: authtest.NewClock(), keyring: authtest.NewKeyring(), memory: &authtest.Memory{}}
		_, s, err := auth.SetUp(w.ctx, w.deps(), auth.SetUpForm{Practice: name, Name: name, Username: "a&:%#/é🩺", Password: annaPassword})
		w.must(err)
		o, err := s.Overview(w.ctx)
		w.must(err)
		if o.Practice != name || o.Name != name {
			t.Errorf("%q became %q, %q", name, o.Practice, o.Name)
		}
	}
}

// TestMissing: a database without its item, and an item without its database,
// are named; a keyring that fails is not taken for an empty one.
func TestMissing(t *testing.T) {
	w := newWorld(t)
	full := w.keyring
	w.keyring = authtest.NewKeyring()
	w.refused(w.staysShut("a database without its item"), auth.ErrNotLinked)

	w.keyring = full
	w.memory = &authtest.Memory{}
	_, err := auth.Open(w.ctx, w.deps())
	w.refused(err, auth.ErrDatabaseMissing)
	w.keyring.Fail = func(string, string) error { return keyring.ErrDamaged } // it is there, whatever it says
	_, err = auth.Open(w.ctx, w.deps())
	w.refused(err, auth.ErrDatabaseMissing)
	w.keyring.Fail = func(string, string) error { return keyring.ErrLocked }
	_, err = auth.Open(w.ctx, w.deps())
	w.refused(err, keyring.ErrLocked)
	w.refused(err, auth.ErrNoDatabase)
}

// unreachable is a place where nobody can tell whether there is a database.
type unreachable struct{ auth.Location }

func (unreachable) Exists(context.Context) (bool, error) { return false, auth.ErrReadOnly }

// TestUnreachable: where the keyring has an item of the folder there is a practice;
// otherwise there may be none yet.
func TestUnreachable(t *testing.T) {
	w := newWorld(t)
	d := w.deps()
	d.Location = unreachable{w.memory}
	_, err := auth.Open(w.ctx, d)
	w.refused(err, auth.ErrReadOnly)
	if errors.Is(err, auth.ErrNoDatabase) {
		t.Errorf("of a practice that was there: %v", err)
	}
	d.Keyring = authtest.NewKeyring()
	_, err = auth.Open(w.ctx, d)
	w.refused(err, auth.ErrReadOnly)
	w.refused(err, auth.ErrNoDatabase)
}
