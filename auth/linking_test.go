package auth_test

import (
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
	"anteroom/auth/vault"
)

// linkingCode is one that Anna makes, as it is typed.
func (w *world) linkingCode() string {
	w.t.Helper()
	if need, err := w.anna.StepUpNeed(w.ctx); err != nil || !need.Fresh {
		w.must(err)
		w.stepUp(w.anna, annaPassword, nil)
	}
	code, err := w.anna.NewLinkingCode(w.ctx)
	w.must(err)
	return strings.Join(code.Groups, " ")
}

// counts fails the test unless a code counts as Anna is told.
func (w *world) counts(code auth.LinkingCode, want bool) {
	w.t.Helper()
	got, err := w.anna.IsLinkingCodeValid(w.ctx, code.ID)
	w.must(err)
	if got != want {
		w.t.Errorf("a code counts: %v", got)
	}
}

// unchanged fails the test if anything in the database is another than before.
func (w *world) unchanged(before authtest.Rows) {
	w.t.Helper()
	if !reflect.DeepEqual(w.memory.Rows(), before) {
		w.t.Fatal("the database changed")
	}
}

// failingSet is a keyring's Fail whose nth Set fails.
func failingSet(n int) func(op, name string) error {
	return func(op, _ string) error {
		if op == "set" {
			if n--; n == 0 {
				return keyring.ErrLocked
			}
		}
		return nil
	}
}

// bound says whether a keyring has a binding for any practice.
func bound(k *authtest.Keyring) bool {
	for name := range k.Items() {
		if !strings.HasPrefix(name, "folder/") && !strings.HasSuffix(name, "/mark") {
			return true
		}
	}
	return false
}

// TestLinkingCode: it takes step-up, is read out in four groups of five, and
// links one computer, however it is typed.
func TestLinkingCode(t *testing.T) {
	w := newWorld(t)
	w.clock.Advance(time.Hour)
	_, err := w.anna.NewLinkingCode(w.ctx)
	w.refused(err, auth.ErrStepUp)
	w.stepUp(w.anna, annaPassword, nil)
	code, err := w.anna.NewLinkingCode(w.ctx)
	w.must(err)
	if len(code.Groups) != 4 || len(code.Groups[3]) != 5 || !code.Until.Equal(w.clock.Now().Add(10*time.Minute)) {
		t.Fatalf("%d groups until %v", len(code.Groups), code.Until)
	}
	w.counts(code, true)
	typed := " " + strings.ToLower(strings.Join(code.Groups, "-")) + "\n"
	other := w.desk()
	p, err := auth.LinkWithCode(w.ctx, other.depsAs("surgery"), typed)
	w.must(err)
	w.told(auth.NewsLinked, "Anna Smith (asmith)", "surgery")
	w.counts(code, false)
	if p.ForThisRun() || p.Name() != w.practice.Name() {
		t.Fatalf("%q, for this run: %v", p.Name(), p.ForThisRun())
	}
	other.practice = other.reopened()
	other.signInAnna(nil)

	before := w.memory.Rows()
	third := w.desk()
	_, err = auth.LinkWithCode(w.ctx, third.deps(), typed)
	w.refused(err, auth.ErrLinkCode)
	w.unchanged(before)
	if bound(third.keyring) {
		t.Error("a refused code left a binding")
	}
	w.reopened()
	w.logIntact()
}

// TestLinkingCodeEnds after ten minutes, to the millisecond, and then leaves
// with its envelope.
func TestLinkingCodeEnds(t *testing.T) {
	w := newWorld(t)
	in, out := w.linkingCode(), w.linkingCode()
	last, err := w.anna.NewLinkingCode(w.ctx)
	w.must(err)
	w.clock.Advance(10*time.Minute - time.Millisecond)
	_, err = auth.LinkWithCode(w.ctx, w.desk().deps(), in)
	w.must(err)
	w.counts(last, true)
	w.clock.Advance(time.Millisecond)
	w.counts(last, false)
	_, err = auth.LinkWithCode(w.ctx, w.desk().deps(), out)
	w.refused(err, auth.ErrLinkCode)

	w.signInAnna(nil)
	if r := w.register(w.practice); len(r.Links) != 0 {
		t.Errorf("links %+v", r.Links)
	}
	for _, e := range w.memory.Rows().Envelopes {
		if e.Kind == auth.RecipientLink {
			t.Error("the envelope of a code that is over is still there")
		}
	}
	// Gone is gone: the clock put back brings it not back.
	w.clock.Advance(-10 * time.Minute)
	_, err = auth.LinkWithCode(w.ctx, w.desk().deps(), out)
	w.refused(err, auth.ErrLinkCode)
	w.reopened()
}

// TestLinkingCodeAfterRekey: codes made before do not count.
func TestLinkingCodeAfterRekey(t *testing.T) {
	for name, rekey := range map[string]func(*world){
		"unlink":  func(w *world) { w.unlink() },
		"new kit": func(w *world) { w.newKit() },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.linkedByCode()
			code := w.linkingCode()
			rekey(w)
			_, err := auth.LinkWithCode(w.ctx, w.desk().deps(), code)
			w.refused(err, auth.ErrLinkCode)
			w.linkedByCode()
		})
	}
}

// TestWrongLinkingCodes are told from slips, and change nothing.
func TestWrongLinkingCodes(t *testing.T) {
	w, foreign := newWorld(t), newWorld(t)
	right := w.linkingCode()
	slip := []byte(right)
	if slip[7]++; !strings.ContainsRune("123456789BCDEFGHJKMNPQRSTVWXYZ", rune(slip[7])) {
		slip[7] = '0'
	}
	for name, c := range map[string]struct {
		typed string
		want  error
	}{
		"random":               {strings.Join(vault.NewLinkSecret().Groups(), " "), auth.ErrLinkCode},
		"of another practice":  {foreign.linkingCode(), auth.ErrLinkCode},
		"a slip":               {string(slip), auth.TypoError{Group: 2}},
		"a symbol too few":     {right[:len(right)-1], auth.TypoError{Group: 4}},
		"a group too few":      {right[:17], auth.LengthError{Got: 15, Want: 20}},
		"nothing":              {"", auth.LengthError{Got: 0, Want: 20}},
		"the kit":              {w.kit, auth.ErrPrinted},
		"a whole code doubled": {right + " " + right, auth.ErrPrinted},
	} {
		before := w.memory.Rows()
		other := w.desk()
		_, err := auth.LinkWithCode(w.ctx, other.deps(), c.typed)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
		w.unchanged(before)
		if len(other.keyring.Items()) != 0 {
			t.Errorf("%s: left %v in the keyring", name, other.keyring.Items())
		}
	}
	_, err := auth.LinkWithCode(w.ctx, w.desk().deps(), right)
	w.must(err)
}

// TestOneCodeTwoComputers: whoever comes second, at the same time, gets
// nothing; and the first gets it whole.
func TestOneCodeTwoComputers(t *testing.T) {
	w := newWorld(t)
	for range 20 {
		code := w.linkingCode()
		desks := []*world{w.desk(), w.desk()}
		errs := make([]error, len(desks))
		var together sync.WaitGroup
		for i, d := range desks {
			together.Go(func() { d.practice, errs[i] = auth.LinkWithCode(w.ctx, d.deps(), code) })
		}
		together.Wait()
		if errs[0] != nil {
			desks[0], desks[1], errs[0], errs[1] = desks[1], desks[0], errs[1], errs[0]
		}
		w.must(errs[0])
		w.refused(errs[1], auth.ErrLinkCode)
		desks[0].reopened()
		w.refused(desks[1].staysShut("who came second"), auth.ErrNotLinked)
		w.unlink()
	}
}

// TestLinkWholeOrNot: a keyring that does not take the binding or the first
// anchor leaves no computer behind, with code or kit; one that fails later does
// not take the computer back. It can be tried again.
func TestLinkWholeOrNot(t *testing.T) {
	ways := map[string]func(w, other *world, code string) (*auth.Practice, error){
		"code": func(w, other *world, code string) (*auth.Practice, error) {
			return auth.LinkWithCode(w.ctx, other.deps(), code)
		},
		"kit": func(w, other *world, _ string) (*auth.Practice, error) {
			r, err := auth.OpenRescue(w.ctx, other.deps(), w.kit)
			w.must(err)
			return r.Open(w.ctx, false)
		},
	}
	for name, link := range ways {
		for n := 1; n <= 4; n++ { // binding, anchor, anchor of the link, folder
			w := newWorld(t)
			other := w.desk()
			code := w.linkingCode()
			before := w.memory.Rows()
			other.keyring.Fail = failingSet(n)
			p, err := link(w, other, code)
			other.keyring.Fail = nil
			if n > 2 {
				w.must(err)
				other.reopened()
				continue
			}
			if name == "kit" { // opens it all the same, and links nothing
				w.must(err)
				if !p.ForThisRun() || len(w.computers()) != 1 || bound(other.keyring) {
					t.Errorf("set %d: for this run %v, %+v", n, p.ForThisRun(), w.computers())
				}
				continue
			}
			w.refused(err, keyring.ErrLocked)
			w.unchanged(before)
			if bound(other.keyring) {
				t.Errorf("%s, set %d: %v", name, n, other.keyring.Items())
			}
			w.refused(other.staysShut("not linked"), auth.ErrNotLinked)
			_, err = link(w, other, code)
			w.must(err)
			other.practice = other.reopened()
			other.signInAnna(nil)
			if len(w.computers()) != 2 {
				t.Errorf("%s, set %d: %+v", name, n, w.computers())
			}
		}
	}
}

// TestLinkingNotStored: a database that takes nothing leaves no binding.
func TestLinkingNotStored(t *testing.T) {
	w := newWorld(t)
	code := w.linkingCode()
	before := w.memory.Rows()
	w.memory.Fail = func() error { return auth.ErrDiskFull }
	other := w.desk()
	_, err := auth.LinkWithCode(w.ctx, other.deps(), code)
	w.refused(err, auth.ErrDiskFull)
	w.memory.Fail = nil
	w.unchanged(before)
	if bound(other.keyring) {
		t.Fatalf("%v", other.keyring.Items())
	}
	_, err = auth.LinkWithCode(w.ctx, other.deps(), code)
	w.must(err)
}

// TestLinkingToDamaged: a code opens nothing that a start would refuse.
func TestLinkingToDamaged(t *testing.T) {
	w := newWorld(t)
	code := w.linkingCode()
	good := w.memory.Rows()

	bad := w.memory.Rows()
	bad.Practice = &auth.PracticeRow{ID: good.Practice.ID, Name: "Somebody else's"}
	w.memory.Put(bad)
	_, err := auth.LinkWithCode(w.ctx, w.desk().deps(), code)
	w.refused(err, auth.ErrDamaged)

	bad = w.memory.Rows()
	bad.Practice, bad.Register = good.Practice, &auth.SealedRow{Version: good.Register.Version + 1, Sealed: good.Register.Sealed}
	w.memory.Put(bad)
	_, err = auth.LinkWithCode(w.ctx, w.desk().deps(), code)
	w.refused(err, auth.ErrDamaged)
}

// TestCodeForWhoIsLinked: a linking code for an account that still has a binding
// links it again.
func TestCodeForWhoIsLinked(t *testing.T) {
	w := newWorld(t)
	code := w.linkingCode()
	_, anchor := w.items()
	w.garble(anchor)
	w.refused(w.staysShut("a damaged mark"), auth.ErrAnchor)
	_, err := auth.LinkWithCode(w.ctx, w.deps(), code)
	w.must(err)
	w.reopened()
}

// TestLinkingCodeAndClockPutBack: the clock put back gives a linking code no
// second life.
func TestLinkingCodeAndClockPutBack(t *testing.T) {
	w := newWorld(t)
	code := w.linkingCode()
	w.clock.Advance(9 * time.Minute) // nothing is stored meanwhile
	w.clock.Advance(-time.Hour)
	w.clock.Advance(50 * time.Minute) // an hour after it was made
	_, err := auth.LinkWithCode(w.ctx, w.desk().deps(), code)
	w.refused(err, auth.ErrLinkCode)
}

// TestLinkingCodeAndClockBehind: a code that is made counts, also while the
// clock is behind what was stored.
func TestLinkingCodeAndClockBehind(t *testing.T) {
	w := newWorld(t)
	w.clock.Advance(24 * time.Hour)
	w.signInAnna(nil)
	w.clock.Advance(-24 * time.Hour) // it had been wrong
	code := w.linkingCode()
	_, err := auth.LinkWithCode(w.ctx, w.desk().deps(), code)
	w.must(err)
}
