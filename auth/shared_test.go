package auth_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
)

// roles are those that a server has.
type roles struct {
	mu    sync.Mutex
	desks []string
	kit   auth.KitAccess
	lost  bool // it does not answer who asks for a kit to be admitted
}

func (r *roles) has() (desks []string, kit auth.KitAccess) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.desks), r.kit
}

// roleLocation is the practice's server, for who comes with a role.
type roleLocation struct {
	*authtest.Server
	*roles
	role string // "": owns the database
}

func (p roleLocation) with(s auth.Store, err error) (auth.Store, error) {
	if err != nil {
		return nil, err
	}
	return roleStore{s, timeOf(p.Time), p}, nil
}

// Create implements auth.Location.
func (p roleLocation) Create(ctx context.Context, fill func(auth.Store) error) (auth.Store, error) {
	return p.with(p.Server.Create(ctx, fill))
}

// Open implements auth.Location.
func (p roleLocation) Open(ctx context.Context) (auth.Store, error) {
	return p.with(p.Server.Open(ctx))
}

// Replace implements auth.Location.
func (p roleLocation) Replace(ctx context.Context, path string, fill func(auth.Store) error) (auth.Store, string, error) {
	s, aside, err := p.Server.Replace(ctx, path, fill)
	s, err = p.with(s, err)
	return s, aside, err
}

type timeOf func() time.Time

// Now implements auth.Clock.
func (t timeOf) Now() time.Time { return t() }

type roleStore struct {
	auth.Store
	auth.Clock
	location roleLocation
}

var _ auth.Shared = roleStore{}

func (s roleStore) Role() string { return s.location.role }

func (s roleStore) Invite(context.Context, string, string, time.Time) error { return nil }

func (s roleStore) WithdrawInvite(context.Context, string) error { return nil }

func (s roleStore) AdmitKit(_ context.Context, kit auth.KitAccess) error {
	s.location.mu.Lock()
	defer s.location.mu.Unlock()
	if s.location.lost {
		return auth.ErrServer
	}
	s.location.kit = kit
	return nil
}

func (s roleStore) Roles(context.Context) ([]string, error) {
	desks, _ := s.location.has()
	return desks, nil
}

func (s roleStore) RevokeRole(_ context.Context, role string) error {
	s.location.mu.Lock()
	defer s.location.mu.Unlock()
	s.location.desks = slices.DeleteFunc(s.location.desks, func(d string) bool { return d == role })
	return nil
}

// owner is the computer that owns the database of a practice's server. Its admin has just
// proven who they are, and has a recovery kit.
type owner struct {
	*testing.T
	clock    *authtest.Clock
	server   *authtest.Server
	roles    *roles
	deps     auth.Deps
	practice *auth.Practice
	anna     *auth.Session
	kit      string
}

func newOwner(t *testing.T) *owner {
	t.Helper()
	o := &owner{T: t, clock: authtest.NewClock(), server: authtest.NewServer(), roles: &roles{}}
	o.server.Time = o.clock.Now
	o.deps = o.at("")
	var err error
	o.practice, o.anna, err = auth.SetUp(t.Context(), o.deps, auth.SetUpForm{Practice: "Brook Street", Name: "Anna Smith", Username: "asmith", Password: annaPassword})
	o.must(err)
	o.kit, err = authtest.MakeKit(t.Context(), o.anna)
	o.must(err)
	o.must(o.anna.StepUp(t.Context(), annaPassword, ""))
	return o
}

func (o *owner) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

// at are the parts of a computer with a role.
func (o *owner) at(role string) auth.Deps {
	return auth.Deps{
		Location: roleLocation{o.server, o.roles, role}, Keyring: authtest.NewKeyring(), Now: o.clock.Now, Cost: authtest.Cheap,
		Computer: auth.Computer{Name: role},
	}
}

// desk links a computer with a role.
func (o *owner) desk(role string) auth.Deps {
	o.Helper()
	deps := o.at(role)
	o.must(authtest.Link(o.Context(), o.anna, deps))
	o.comes(role)
	return deps
}

func (o *owner) comes(role string) {
	o.roles.mu.Lock()
	defer o.roles.mu.Unlock()
	o.roles.desks = append(o.roles.desks, role)
}

// left says which desks can sign in to the server.
func (o *owner) left(want ...string) {
	o.Helper()
	if desks, _ := o.roles.has(); !slices.Equal(desks, want) {
		o.Errorf("desks %q can sign in, want %q", desks, want)
	}
}

func (o *owner) signedIn(p *auth.Practice) *auth.Session {
	o.Helper()
	state, err := p.NewAttempt().Password(o.Context(), "asmith", annaPassword)
	o.must(err)
	return state.Session
}

// TestShutByTheWaysBack: after a restore, and after older data was accepted, only this
// computer is linked, and the server lets no other desk in any more, at once.
func TestShutByTheWaysBack(t *testing.T) {
	t.Run("restore", func(t *testing.T) {
		o := newOwner(t)
		o.desk("FORMER")
		file, err := o.practice.BackUp(t.Context(), nil)
		o.must(err)
		o.clock.Advance(time.Minute)
		r, err := auth.OpenRestore(t.Context(), o.deps, file.Path, o.kit)
		o.must(err)
		o.left("FORMER")
		_, _, err = r.Run(t.Context())
		o.must(err)
		o.left()
	})
	t.Run("older data", func(t *testing.T) {
		o := newOwner(t)
		o.desk("FORMER")
		rows := o.server.Memory().Rows()
		o.signedIn(o.practice)
		o.clock.Advance(time.Minute)
		o.server.Memory().Put(rows)
		r, err := auth.OpenRescue(t.Context(), o.deps, o.kit)
		o.must(err)
		if !errors.Is(r.Report().History, auth.ErrRolledBack) {
			t.Fatalf("%+v", r.Report())
		}
		o.left("FORMER")
		_, err = r.Open(t.Context(), true)
		o.must(err)
		o.left()
	})
}

// TestUnlinkInARunOfTheKit: who unlinks a computer in a run that the kit opened at a desk
// goes on working: the own role stays, though the register does not list it. Others that
// it does not list go.
func TestUnlinkInARunOfTheKit(t *testing.T) {
	o := newOwner(t)
	o.desk("FIRST")
	o.desk("SECOND")
	o.comes("RUN")
	o.comes("STRAY")
	here := o.at("RUN")
	keys := authtest.NewKeyring()
	keys.Fail = func(string, string) error { return keyring.ErrNoService }
	here.Keyring = keys
	r, err := auth.OpenRescue(t.Context(), here, o.kit)
	o.must(err)
	run, err := r.Open(t.Context(), false)
	o.must(err)
	if !run.ForThisRun() {
		t.Fatal("not only for this run")
	}
	anna := o.signedIn(run)
	o.must(anna.StepUp(t.Context(), annaPassword, ""))
	all, err := anna.Computers(t.Context())
	o.must(err)
	i := slices.IndexFunc(all, func(c auth.ComputerInfo) bool { return c.Name == "FIRST" })
	o.must(anna.Unlink(t.Context(), all[i].ID, nil))
	o.left("SECOND", "RUN")
	o.must(anna.Check(t.Context()))
}
