//go:build postgres

package host_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data/host"
	"anteroom/data/location"
	"anteroom/data/sharing"
	"anteroom/data/store"
)

const password = "spare teapot under oak"

// A pc is a computer that can be the practice's server.
type pc struct {
	*testing.T
	*location.Location
	cluster *host.Cluster
	folder  string
	keys    *authtest.Keyring
}

func newPC(t *testing.T) *pc {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "anteroom")
	dir, err := store.At(folder)
	if err != nil {
		t.Fatal(err)
	}
	keys, cluster := authtest.NewKeyring(), host.At(filepath.Join(folder, "server"))
	t.Cleanup(func() {
		if err := cluster.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	d := auth.Deps{Keyring: keys, Now: time.Now, Cost: authtest.Cheap, Computer: auth.Computer{Name: "Front desk", Account: "reception"}}
	return &pc{t, location.At(dir, cluster, d), cluster, folder, keys}
}

func (c *pc) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

// signedIn opens the practice, and signs its admin in.
func (c *pc) signedIn() (*auth.Practice, *auth.Session) {
	c.Helper()
	p, err := auth.Open(c.Context(), c.Deps())
	c.must(err)
	c.must(p.EndOrphanedSessions(c.Context()))
	state, err := p.NewAttempt().Password(c.Context(), "asmith", password)
	c.must(err)
	c.must(state.Session.StepUp(c.Context(), password, ""))
	return p, state.Session
}

// TestShare: a computer becomes the practice's server, another one connects, the keyring
// loses what the server's computer knows of it, and the practice moves back.
func TestShare(t *testing.T) {
	c := newPC(t)
	p, anna, err := auth.SetUp(t.Context(), c.Deps(), auth.SetUpForm{Practice: "Clinic", Name: "Anna Smith", Username: "asmith", Password: password})
	c.must(err)
	c.must(anna.StepUp(t.Context(), password, ""))
	if err := c.Share(t.Context(), anna, func(sharing.Progress) {}); !errors.Is(err, sharing.ErrNotReady) || c.cluster.Exists() {
		t.Fatalf("without a kit: %v", err)
	}
	_, err = authtest.MakeKit(t.Context(), anna)
	c.must(err)
	checks := 0
	c.must(c.Check(t.Context(), anna, func(k sharing.Check) {
		if checks++; !k.Good || k.Err != nil {
			t.Errorf("%+v", k)
		}
	}))
	if checks != len(sharing.Checks) {
		t.Errorf("%d checks", checks)
	}
	for _, at := range []sharing.MoveStep{sharing.Starting, sharing.Comparing} {
		ctx, cancel := context.WithCancel(t.Context())
		err = c.Share(ctx, anna, func(p sharing.Progress) {
			if p.Step == at {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) || c.Where().Kind != sharing.Alone || c.cluster.Exists() {
			t.Errorf("called off at %d: %v, %+v", at, err, c.Where())
		}
	}
	var steps []sharing.MoveStep
	c.must(c.Share(t.Context(), anna, func(p sharing.Progress) {
		steps = append(steps, p.Step)
		if p.Step == sharing.BackingUp && c.cluster.Exists() || p.Step == sharing.Copying && !c.cluster.Exists() {
			t.Errorf("at %d the server exists: %v", p.Step, c.cluster.Exists())
		}
	}))
	if want := []sharing.MoveStep{sharing.BackingUp, sharing.Starting}; len(steps) < 4 || !slices.Equal(steps[:2], want) {
		t.Errorf("steps %v", steps)
	}
	c.must(p.Close())
	if c.Where().Kind != sharing.Host {
		t.Errorf("%+v", c.Where())
	}

	p, anna = c.signedIn()
	status, err := c.Status(t.Context(), anna)
	if err != nil || status.Computers != 1 {
		t.Errorf("%+v, %v", status, err)
	}
	code, err := anna.NewLinkingCode(t.Context())
	c.must(err)
	desk := newPC(t)
	address := strings.Replace(c.Where().Address, "127.0.0.1", "localhost", 1)
	there, err := desk.Connect(t.Context(), address, strings.Join(code.Groups, " "), func(sharing.Step) {})
	c.must(err)
	c.must(there.Close())
	c.must(p.Close())

	for item := range c.keys.Items() {
		if strings.HasPrefix(item, "server/") {
			c.must(c.keys.Delete(t.Context(), item))
		}
	}
	c.must(c.cluster.Stop(t.Context())) // as after the computer was switched off
	p, anna = c.signedIn()
	c.must(c.WorkAlone(t.Context(), anna, func(sharing.Progress) {}))
	c.must(p.Close())
	if c.Where().Kind != sharing.Alone || c.cluster.Exists() || c.cluster.Running(t.Context()) {
		t.Errorf("%+v", c.Where())
	}
	p, _ = c.signedIn()
	c.must(p.Close())
	if _, err := auth.Open(t.Context(), desk.Deps()); !errors.Is(err, auth.ErrServer) {
		t.Errorf("the other computer: %v", err)
	}
	if _, err := os.Stat(filepath.Join(c.folder, store.ElsewhereName)); !os.IsNotExist(err) {
		t.Errorf("the note: %v", err)
	}
}
