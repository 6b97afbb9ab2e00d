package conform

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/authtest/limits"
)

// twoComputers are a practice with this computer and another one.
type twoComputers struct {
	*clinic
	there auth.Deps // at the other one
	this  string    // ids of the computers
	other string
}

func newTwoComputers(t testing.TB, e Engine) *twoComputers {
	t.Helper()
	two := &twoComputers{clinic: newClinic(t, e)}
	two.there = two.deps
	two.there.Keyring = fileKeyring(t.TempDir())
	two.this = two.computers()[0]
	two.linkOther()
	return two
}

func (two *twoComputers) linkOther() {
	two.Helper()
	two.must(two.anna.StepUp(two.Context(), password, ""))
	two.must(authtest.Link(two.Context(), two.anna, two.there))
	ids := two.computers()
	two.other = ids[1-slices.Index(ids, two.this)]
}

func (two *twoComputers) computers() []string {
	two.Helper()
	all, err := two.anna.Computers(two.Context())
	two.must(err)
	var ids []string
	for _, c := range all {
		ids = append(ids, c.ID)
	}
	return ids
}

// dyingKeyring kills the process instead of writing a mark, when it is armed.
type dyingKeyring struct {
	fileKeyring
	armed *bool
}

// Set implements auth.Keyring.
func (k dyingKeyring) Set(ctx context.Context, name, value string) error {
	if *k.armed && strings.HasSuffix(name, "/mark") {
		Die()
	}
	return k.fileKeyring.Set(ctx, name, value)
}

// dying are the parts of a practice whose keyring kills.
func (at site) dying(armed *bool, now func() time.Time) (auth.Deps, error) {
	deps, err := at.deps(now)
	deps.Keyring = dyingKeyring{fileKeyring(at.folder), armed}
	return deps, err
}

// unmarkedWindow is a child that dies between the database's write and the
// keyring's: at the mark of a sign-in, or of the session that follows it.
func unanchoredWindow(at site, in io.Reader, out io.Writer) {
	var now time.Time
	armed := false
	deps, err := at.dying(&armed, func() time.Time { return now })
	Commands(in, out, err, func(words []string) error {
		now = timeOf(words)
		p, err := auth.Open(context.Background(), deps)
		if err != nil {
			return err
		}
		armed = words[0] == "charge"
		state, err := p.NewAttempt().Password(context.Background(), "asmith", password)
		if err != nil {
			return err
		}
		armed = true
		return state.Session.SignOut(context.Background())
	})
}

// A program that dies between the database's write and the keyring's is not mistaken for
// a rollback, a hundred times (fewer with -short).
func testKilledBeforeTheAnchor(t *testing.T, e Engine) {
	two := newTwoComputers(t, e)
	two.must(two.anna.SignOut(t.Context()))
	version := func() int64 {
		t.Helper()
		s, err := two.deps.Location.Open(t.Context())
		two.must(err)
		defer s.Close()
		return register(t, s).Version
	}
	for i := range limits.Rounds(100) {
		two.now = two.now.Add(16 * time.Minute) // past any wait
		before := version()
		victim := two.start("unmarked")
		victim.tell([]string{"charge", "sign out"}[i%2], two.now)
		victim.Dies()
		if version() == before {
			t.Fatalf("round %d: it died before the database's write", i)
		}
		p, err := auth.Open(t.Context(), two.deps)
		if err != nil {
			t.Fatalf("round %d: %v", i, err)
		}
		two.must(p.Close())
	}
}

// unlinker is a child that unlinks the other computer, and dies when so many
// records are sealed again; at -1 it dies at the mark.
func unlinker(at site, in io.Reader, out io.Writer) {
	ctx := context.Background()
	armed := false
	deps, err := at.dying(&armed, func() time.Time { return began })
	Commands(in, out, err, func(words []string) error {
		last, _ := strconv.Atoi(words[1])
		p, err := auth.Open(ctx, deps)
		if err != nil {
			return err
		}
		state, err := p.NewAttempt().Password(ctx, "asmith", password)
		if err != nil {
			return err
		}
		if err := state.Session.StepUp(ctx, password, ""); err != nil {
			return err
		}
		armed = last < 0
		return state.Session.Unlink(ctx, words[0], func(done, _ int) {
			if last >= 0 && done >= last {
				Die()
			}
		})
	})
}

// Whenever the program dies while everything is sealed again, all of it is old or all of
// it is new.
func testKilledWhileRekeying(t *testing.T, e Engine) {
	const patients = 2500
	for _, last := range []int{0, 1000, rand.IntN(patients), patients, -1} {
		t.Run(fmt.Sprint(last), func(t *testing.T) {
			two := newTwoComputers(t, e)
			want := map[string]string{}
			batch := map[string][]byte{}
			for i := range patients {
				id := fmt.Sprintf("patient-%04d", i)
				want[id] = "invented " + id
				batch[id] = []byte(want[id])
			}
			two.must(authtest.PutPatients(t.Context(), two.anna, batch))

			victim := two.start("unlinker")
			victim.Send(two.other, strconv.Itoa(last))
			victim.Dies()

			isNew := last < 0
			if got := two.records(); !maps.Equal(got, want) {
				t.Errorf("%d records open with this computer", len(got))
			}
			p, err := auth.Open(t.Context(), two.there)
			if isNew != errors.Is(err, auth.ErrNotLinked) {
				t.Errorf("the other computer, new keys %v: %v", isNew, err)
			}
			if err == nil {
				two.must(p.Close())
			}
		})
	}
}

// records opens the practice again, signs in and reads every record.
func (two *twoComputers) records() map[string]string {
	two.Helper()
	p, err := auth.Open(two.Context(), two.deps)
	two.must(err)
	defer p.Close()
	state, err := p.NewAttempt().Password(two.Context(), "asmith", password)
	two.must(err)
	got := map[string]string{}
	two.must(authtest.EachPatient(two.Context(), state.Session, func(r auth.Record) error {
		got[r.ID] = string(r.Plain)
		return r.Err
	}))
	broken, err := state.Session.VerifyActivity(two.Context(), nil)
	two.must(err)
	if broken > 0 {
		two.Errorf("the log is broken at entry %d", broken)
	}
	return got
}
