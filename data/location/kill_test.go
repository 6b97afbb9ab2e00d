//go:build postgres

package location_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
	"anteroom/data"
	"anteroom/data/demo"
	"anteroom/data/desk"
	"anteroom/data/host"
	"anteroom/data/location"
	"anteroom/data/sharing"
	"anteroom/data/store"
)

// task is what a child does with the practice of a folder.
type task struct {
	Folder string
	Target *sharing.Target // nil: back into the folder
}

// TestMain is also the child that moves a practice.
func TestMain(m *testing.M) {
	if text := os.Getenv("ANTEROOM_MOVE"); text != "" {
		if err := runTask(text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func runTask(text string) error {
	var what task
	if err := json.Unmarshal([]byte(text), &what); err != nil {
		return err
	}
	ctx := context.Background()
	l, err := onFolder(what.Folder)
	if err != nil {
		return err
	}
	p, err := auth.Open(ctx, l.Deps())
	if err != nil {
		return err
	}
	if err := p.EndOrphanedSessions(ctx); err != nil { // of children that were killed
		return err
	}
	state, err := p.NewAttempt().Password(ctx, "asmith", password)
	if err != nil {
		return err
	}
	if err := state.Session.StepUp(ctx, password, ""); err != nil {
		return err
	}
	_, _ = os.Stdout.WriteString("ready") // from here on it may be killed
	if what.Target == nil {
		return l.WorkAlone(ctx, state.Session, nothing)
	}
	return l.MoveTo(ctx, state.Session, *what.Target, nothing)
}

// onFolder is the location of a folder, with a keyring that outlives its process.
func onFolder(folder string) (*location.Location, error) {
	dir, err := store.At(folder)
	if err != nil {
		return nil, err
	}
	d := auth.Deps{Keyring: fileKeyring(folder + ".keys"), Now: time.Now, Cost: authtest.Cheap, Computer: auth.Computer{Name: "Front desk"}}
	return location.At(dir, host.At(filepath.Join(folder, "server")), d), nil
}

// fileKeyring keeps its items in a file, of which each state is whole.
type fileKeyring string

var fileKeyringMu sync.Mutex

func (k fileKeyring) change(fn func(map[string]string)) (map[string]string, error) {
	fileKeyringMu.Lock()
	defer fileKeyringMu.Unlock()
	items := map[string]string{}
	if raw, err := os.ReadFile(string(k)); err == nil {
		if err := json.Unmarshal(raw, &items); err != nil {
			return nil, err
		}
	}
	before := maps.Clone(items)
	fn(items)
	if maps.Equal(items, before) {
		return items, nil
	}
	raw, err := json.Marshal(items)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(string(k)+".new", raw, 0o600); err != nil {
		return nil, err
	}
	return items, os.Rename(string(k)+".new", string(k))
}

func (k fileKeyring) Get(_ context.Context, name string) (string, error) {
	items, err := k.change(func(map[string]string) {})
	if err != nil {
		return "", err
	}
	if value, ok := items[name]; ok {
		return value, nil
	}
	return "", keyring.ErrNotFound
}

func (k fileKeyring) Set(_ context.Context, name, value string) error {
	_, err := k.change(func(items map[string]string) { items[name] = value })
	return err
}

func (k fileKeyring) Delete(_ context.Context, name string) error {
	_, err := k.change(func(items map[string]string) { delete(items, name) })
	return err
}

// TestMoveKilled: whoever moves a practice is killed at any moment, and it is whole, in one
// place, and can be used and moved on.
func TestMoveKilled(t *testing.T) {
	if testing.Short() {
		moveKilled(t, 0, 6)
		return
	}
	moveKilled(t, 0, 40)
	moveKilled(t, 100_000, 20)
}

func moveKilled(t *testing.T, patients, rounds int) {
	folder := filepath.Join(t.TempDir(), "anteroom")
	l, err := onFolder(folder)
	if err != nil {
		t.Fatal(err)
	}
	c := &pc{T: t, Location: l, folder: folder}
	p, anna, _ := c.practice()
	if patients > 0 {
		d := desk.NewMemory(time.Now, data.DayFirst).Join(anna)
		c.must(d.Fill(t.Context(), data.DefaultDetails(), slices.Collect(demo.Patients(patients, 1)), nil))
	}
	c.must(p.Close())
	want := c.records()
	to := target(t) // the same each time: what an earlier try left there is in nobody's way
	longest := c.move(0, to)
	ended := map[sharing.Kind]int{}
	for range rounds {
		c.move(time.Duration(rand.Int64N(int64(longest)*4/3+1)), to)
		if got := c.records(); got != want {
			t.Fatal("the records are others")
		}
		if got := contentOf(c, c.open()); got != "Ada" {
			t.Fatalf("a patient is %q", got)
		}
		ended[c.Where().Kind]++
	}
	t.Logf("%d patients, a move takes %v: %d ended in the folder, %d on the server", patients, longest.Round(time.Millisecond), ended[sharing.Alone], ended[sharing.Managed])
}

// move has a child move the practice to where it is not, and kills it after a while; 0: not.
// It returns how long that took.
func (c *pc) move(until time.Duration, to sharing.Target) time.Duration {
	c.Helper()
	what := task{Folder: c.folder}
	if c.Where().Kind == sharing.Alone {
		what.Target = &to
	}
	text, err := json.Marshal(what)
	c.must(err)
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "ANTEROOM_MOVE="+string(text))
	var said strings.Builder
	child.Stderr = &said
	out, err := child.StdoutPipe()
	c.must(err)
	c.must(child.Start())
	if n, _ := out.Read(make([]byte, len("ready"))); n == 0 {
		c.Fatalf("%v: %s", child.Wait(), said.String())
	}
	began := time.Now()
	if until > 0 {
		timer := time.AfterFunc(until, func() { _ = child.Process.Kill() })
		defer timer.Stop()
	}
	err = child.Wait()
	if err != nil && until == 0 {
		c.Fatalf("%v: %s", err, said.String())
	}
	return time.Since(began)
}
