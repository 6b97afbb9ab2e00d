package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/authtest/limits"
)

// linkWith links another computer, whose keyring lies in a folder of its own,
// with a code of an admin who has just proven who they are.
func linkWith(ctx context.Context, s *auth.Session, deps auth.Deps, keys string) error {
	code, err := s.NewLinkingCode(ctx)
	if err != nil {
		return err
	}
	deps.Keyring = fileKeyring(keys)
	p, err := auth.LinkWithCode(ctx, deps, strings.Join(code.Groups, "-"))
	if err != nil {
		return err
	}
	return p.Close()
}

// twoComputers are a practice with this computer and another one.
type twoComputers struct {
	testing.TB
	dir     string
	deps    auth.Deps
	session *auth.Session
	this    string // ids of the computers
	other   string
}

func newTwoComputers(t testing.TB, dir string, now time.Time) *twoComputers {
	t.Helper()
	deps, err := depsIn(dir, func() time.Time { return now })
	two := &twoComputers{TB: t, dir: dir, deps: deps}
	two.must(err)
	p, s, err := auth.SetUp(t.Context(), deps, auth.SetUpForm{Practice: "Clinic", Name: "Anna Smith", Username: "asmith", Password: password})
	two.must(err)
	t.Cleanup(func() { p.Close() })
	two.session = s
	two.this = two.computers()[0]
	two.linkOther()
	return two
}

func (two *twoComputers) must(err error) {
	two.Helper()
	if err != nil {
		two.Fatal(err)
	}
}

// otherKeys is the folder that stands in for the other computer's keyring.
func otherKeys(dir string) string { return filepath.Join(dir, "other keyring") }

func (two *twoComputers) linkOther() {
	two.Helper()
	two.must(os.MkdirAll(otherKeys(two.dir), 0o700))
	two.must(two.session.StepUp(two.Context(), password, ""))
	two.must(linkWith(two.Context(), two.session, two.deps, otherKeys(two.dir)))
	ids := two.computers()
	two.other = ids[1-slices.Index(ids, two.this)]
}

func (two *twoComputers) computers() []string {
	two.Helper()
	all, err := two.session.Computers(two.Context())
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

func (k dyingKeyring) Set(ctx context.Context, name, value string) error {
	if *k.armed && strings.HasSuffix(name, "/mark") {
		die()
	}
	return k.fileKeyring.Set(ctx, name, value)
}

// unmarkedWindow is a child that dies between the database's write and the
// keyring's: at the mark of a sign-in, or of the session that follows it.
func unmarkedWindow(dir string, in io.Reader, out io.Writer) {
	var now time.Time
	armed := false
	deps, err := depsIn(dir, func() time.Time { return now })
	if err == nil {
		deps.Keyring = dyingKeyring{deps.Keyring.(fileKeyring), &armed}
	}
	commands(in, out, err, func(words []string) error {
		ms, _ := strconv.ParseInt(words[1], 10, 64)
		now = time.UnixMilli(ms)
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

// TestKilledBeforeTheMark: a program that dies between the database's write and
// the keyring's is not mistaken for a rollback, a hundred times (fewer with -short).
func TestKilledBeforeTheMark(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	two := newTwoComputers(t, dir, now)
	two.must(two.session.SignOut(t.Context()))
	deps, err := depsIn(dir, func() time.Time { return now })
	two.must(err)
	version := func() int64 {
		t.Helper()
		s, err := deps.Place.Open(t.Context())
		two.must(err)
		defer s.Close()
		return register(t, s).Version
	}
	for i := range limits.Rounds(100) {
		now = now.Add(16 * time.Minute) // past any wait
		before := version()
		victim := startAs(t, "unmarked", dir)
		victim.send([]string{"charge", "sign out"}[i%2], strconv.FormatInt(now.UnixMilli(), 10))
		if victim.out.Scan() {
			t.Fatalf("round %d: it lives, and says %q", i, victim.out.Text())
		}
		victim.cmd.Wait()
		if version() == before {
			t.Fatalf("round %d: it died before the database's write", i)
		}
		p, err := auth.Open(t.Context(), deps)
		if err != nil {
			t.Fatalf("round %d: %v", i, err)
		}
		two.must(p.Close())
	}
}

// unlinker is a child that unlinks the other computer, and dies when so many
// records are sealed anew; at -1 it dies at the mark.
func unlinker(dir string, in io.Reader, out io.Writer) {
	ctx := context.Background()
	armed := false
	deps, err := depsIn(dir, func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC) })
	if err == nil {
		deps.Keyring = dyingKeyring{deps.Keyring.(fileKeyring), &armed}
	}
	commands(in, out, err, func(words []string) error {
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
				die()
			}
		})
	})
}

// TestKilledWhileRekeying: whenever the program dies while everything is sealed
// anew, all of it is old or all of it is new.
func TestKilledWhileRekeying(t *testing.T) {
	const patients = 2500
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for _, last := range []int{0, 1000, rand.IntN(patients), patients, -1} {
		t.Run(fmt.Sprint(last), func(t *testing.T) {
			two := newTwoComputers(t, t.TempDir(), now)
			want := map[string]string{}
			batch := map[string][]byte{}
			for i := range patients {
				id := fmt.Sprintf("patient-%04d", i)
				want[id] = "invented " + id
				batch[id] = []byte(want[id])
			}
			two.must(authtest.PutPatients(t.Context(), two.session, batch))

			victim := startAs(t, "unlinker", two.dir)
			victim.send(two.other, strconv.Itoa(last))
			if victim.out.Scan() {
				t.Fatalf("it lives, and says %q", victim.out.Text())
			}
			victim.cmd.Wait()

			isNew := last < 0
			if got := two.records(two.deps); !maps.Equal(got, want) {
				t.Errorf("%d records open with this computer", len(got))
			}
			other := two.deps
			other.Keyring = fileKeyring(otherKeys(two.dir))
			p, err := auth.Open(t.Context(), other)
			if isNew != errors.Is(err, auth.ErrNotLinked) {
				t.Errorf("the other computer, new keys %v: %v", isNew, err)
			}
			if err == nil {
				two.must(p.Close())
			}
		})
	}
}

// records opens the practice anew, signs in and reads every record.
func (two *twoComputers) records(deps auth.Deps) map[string]string {
	two.Helper()
	p, err := auth.Open(two.Context(), deps)
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
	if broken.Seq > 0 {
		two.Errorf("the log is broken: %+v", broken)
	}
	return got
}

var _ auth.Keyring = dyingKeyring{}
