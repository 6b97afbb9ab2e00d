package conform

import (
	"context"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
	"anteroom/auth/totp"
	"anteroom/data/disk"
)

// began is when a clinic begins.
var began = time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)

const password = "violet tractor 91 sleeps"

// site is what several processes share: where the practice is, and the folder of what
// stands in for the keyrings of its computers.
type site struct {
	engine   Engine
	location string
	folder   string
}

// deps are the parts of the practice at this computer, with a clock that a test sets.
func (at site) deps(now func() time.Time) (auth.Deps, error) {
	p, err := at.engine.Open(at.location)
	return auth.Deps{Location: p, Keyring: fileKeyring(at.folder), Now: now, Cost: authtest.Cheap}, err
}

// fileKeyring stands in for an account's keyring that several processes share.
type fileKeyring string

func (k fileKeyring) path(name string) string {
	return filepath.Join(string(k), hex.EncodeToString([]byte(name)))
}

// lock keeps the others out: on Windows a file that is being read can't be replaced.
func (k fileKeyring) lock() (unlock func(), err error) {
	l := disk.Lock(filepath.Join(string(k), "lock"))
	return func() { _ = l.Unlock() }, l.Lock()
}

// Get implements auth.Keyring.
func (k fileKeyring) Get(_ context.Context, name string) (string, error) {
	unlock, err := k.lock()
	if err != nil {
		return "", err
	}
	defer unlock()
	value, err := os.ReadFile(k.path(name))
	if errors.Is(err, os.ErrNotExist) {
		return "", keyring.ErrNotFound
	}
	return string(value), err
}

// Set implements auth.Keyring.
func (k fileKeyring) Set(_ context.Context, name, value string) error {
	unlock, err := k.lock()
	if err != nil {
		return err
	}
	defer unlock()
	beside := k.path(name) + strconv.Itoa(os.Getpid())
	if err := os.WriteFile(beside, []byte(value), 0o600); err != nil {
		return err
	}
	return os.Rename(beside, k.path(name))
}

// Delete implements auth.Keyring.
func (k fileKeyring) Delete(_ context.Context, name string) error { return os.Remove(k.path(name)) }

// clinic is a practice that this process has open, and others may open too.
type clinic struct {
	testing.TB
	site
	deps auth.Deps
	now  time.Time
	p    *auth.Practice
	anna *auth.Session // an admin's, who has just proven who she is
}

func newClinic(t testing.TB, e Engine) *clinic {
	t.Helper()
	c := &clinic{TB: t, site: site{e, e.Spec(e.New(t)), t.TempDir()}, now: began}
	var err error
	c.deps, err = c.site.deps(func() time.Time { return c.now })
	c.must(err)
	c.p, c.anna, err = auth.SetUp(t.Context(), c.deps, auth.SetUpForm{Practice: "Clinic", Name: "Anna Smith", Username: "asmith", Password: password, Zone: "Europe/Berlin"})
	c.must(err)
	t.Cleanup(func() { c.p.Close() })
	c.must(c.anna.StepUp(t.Context(), password, ""))
	return c
}

func (c *clinic) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

// start starts a child at this practice.
func (c *clinic) start(role string) *Process {
	c.Helper()
	return start(c, role, c.site)
}

// turnOn turns two-factor on, and gives Anna's secret.
func (c *clinic) turnOn() totp.Secret {
	c.Helper()
	_, err1 := authtest.MakeKit(c.Context(), c.anna) // asked for before two-factor
	err2 := c.anna.StepUp(c.Context(), password, "")
	e, err3 := c.anna.NewEnrolment(c.Context())
	ends, err4 := authtest.SignedIn(c.Context(), c.anna)
	c.must(errors.Join(err1, err2, err3, err4))
	secret := c.secretOf(e)
	c.must(c.anna.SaveSettings(c.Context(), auth.SettingsForm{
		Name: "Clinic", Policy: auth.Policy{Idle: auth.DefaultIdle, TwoFactor: true, Frequency: auth.EverySignIn}, Was: auth.Policy{Idle: auth.DefaultIdle, Frequency: auth.EverySignIn},
		Ends: ends, Enrolment: e, Code: totp.Code(secret, totp.StepAt(c.now)),
	}))
	return secret
}

// secretOf is what a phone gets off the barcode.
func (c *clinic) secretOf(e *auth.Enrolment) totp.Secret {
	c.Helper()
	uri, err := url.Parse(e.URI())
	c.must(err)
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(uri.Query().Get("secret"))
	c.must(err)
	return secret
}

// addUser adds a user who has a password of their own, and gives the sign-in after it.
func (c *clinic) addUser(username string, role auth.Role) (id string, a *auth.Attempt, state auth.State) {
	c.Helper()
	oneTime, err := c.anna.AddUser(c.Context(), auth.UserForm{Name: "Of " + username, Username: username, Role: role})
	c.must(err)
	a = c.p.NewAttempt()
	_, err = a.Password(c.Context(), username, oneTime)
	c.must(err)
	state, err = a.NewPassword(c.Context(), password)
	c.must(err)
	return c.idOf(username), a, state
}

// idOf is a user's id.
func (c *clinic) idOf(username string) string {
	c.Helper()
	users, err := c.anna.Users(c.Context())
	c.must(err)
	i := slices.IndexFunc(users, func(u auth.UserInfo) bool { return u.Username == username })
	if i < 0 {
		c.Fatalf("no user %s", username)
	}
	return users[i].ID
}
