package location

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"sync"
	"time"

	"anteroom/auth"
	"anteroom/auth/vault"
	"anteroom/data/sharing"
	"anteroom/data/store/postgres"
)

// lookTime is how long a computer is looked for at an address.
const lookTime = 5 * time.Second

// joined is a server that has just let this computer in.
type joined struct {
	note   *note
	access access
	server *postgres.Server
}

// join makes a role for this computer on the server of an address, as who has a password
// that lets a computer in.
func (l *Location) join(ctx context.Context, address, user, password string, at func(sharing.Step)) (*joined, error) {
	n, err := readAddress(address, ofDesk)
	if err != nil {
		return nil, err
	}
	at(sharing.Looking)
	if err := isThere(ctx, n); err != nil {
		return nil, err
	}
	at(sharing.Checking)
	c := postgres.Config{Host: n.Host, Port: n.Port, Database: n.Database, User: user, Password: password}
	if c.Key, err = postgres.Meet(ctx, c, l.folder); err != nil {
		return nil, err
	}
	server, err := postgres.At(c, l.folder)
	if err != nil {
		return nil, err
	}
	at(sharing.Linking)
	computer := rand.Text()
	own, err := server.Join(ctx, computer)
	if err != nil {
		return nil, err
	}
	j := &joined{
		note:   n,
		access: access{User: postgres.DeskRole(computer), Password: own, Key: c.Key},
	}
	j.server, err = l.serverBy(j.note, j.access)
	return j, err
}

// isThere says whether something takes connections there; otherwise auth.ErrServer.
func isThere(ctx context.Context, n *note) error {
	dialer := net.Dialer{Timeout: lookTime}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(n.Host, strconv.Itoa(int(n.Port))))
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("%w: %w", auth.ErrServer, err)
	}
	return conn.Close()
}

// keep has this computer work with the server from now on.
func (l *Location) keep(ctx context.Context, j *joined) error {
	if err := l.writeAccess(ctx, j.access); err != nil {
		return err
	}
	return l.writeNote(j.note)
}

// Connect implements sharing.Server.
func (l *Location) Connect(ctx context.Context, address, code string, at func(sharing.Step)) (*auth.Practice, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.mayConnect(ctx); err != nil {
		return nil, err
	}
	secret, err := vault.ParseLink(code)
	if err != nil {
		return nil, err
	}
	name, password := secret.Access()
	j, err := l.join(ctx, address, postgres.LinkRole(name), password, at)
	if err != nil {
		return nil, refusedAs(err, auth.ErrLinkCode)
	}
	deps := l.deps
	deps.Location = j.server
	before, err := l.remember(ctx)
	if err == nil {
		err = l.writeAccess(ctx, j.access) // first: a computer that nothing could open again is not to be linked
	}
	var practice *auth.Practice
	if err == nil {
		practice, err = auth.LinkWithCode(ctx, deps, code)
	}
	if err == nil {
		j.note.Server = practice.ServerName(ctx)
		if err = l.writeNote(j.note); err == nil {
			return practice, nil
		}
		err = errors.Join(err, practice.Close())
	}
	l.giveUp(ctx, j, before)
	return nil, err
}

// ConnectWithKit implements sharing.Server.
func (l *Location) ConnectWithKit(ctx context.Context, address, key string, at func(sharing.Step)) (*auth.Rescue, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.mayConnect(ctx); err != nil {
		return nil, err
	}
	secret, err := vault.ParseKit(key)
	if err != nil {
		return nil, err
	}
	name, password := secret.Access()
	j, err := l.join(ctx, address, postgres.KitRole(name), password, at)
	if err != nil {
		return nil, refusedAs(err, auth.ErrKitWrong)
	}
	deps := l.deps
	deps.Location, deps.Keyring = j.server, &keeping{Keyring: l.deps.Keyring, keep: func(ctx context.Context) error { return l.keep(ctx, j) }}
	rescue, err := auth.OpenRescue(ctx, deps, key)
	if err != nil {
		limited, done := context.WithTimeout(context.WithoutCancel(ctx), lookTime)
		defer done()
		err = errors.Join(err, j.server.RevokeRole(limited, computerOf(j.access.User)))
	}
	return rescue, err
}

// mayConnect refuses a computer that has a practice of its own, or is the server.
func (l *Location) mayConnect(ctx context.Context) error {
	n, err := l.noteOf(sharing.Alone, sharing.Desk)
	if err != nil || n != nil {
		return err
	}
	there, err := l.folder.Exists(ctx)
	if err == nil && there {
		err = auth.ErrExists
	}
	return err
}

// refusedAs names what a server does not let in by what somebody typed.
func refusedAs(err, typed error) error {
	if errors.Is(err, auth.ErrNotLinked) {
		return fmt.Errorf("%w (%w)", typed, err)
	}
	return err
}

// keeping is a keyring that has this computer work with a server once something of its
// practice is written there: until then a rescue only looks.
type keeping struct {
	auth.Keyring
	mu   sync.Mutex
	keep func(context.Context) error // nil: it was done
}

// Set implements auth.Keyring.
func (k *keeping) Set(ctx context.Context, item, value string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.keep != nil {
		if err := k.keep(ctx); err != nil {
			return err
		}
		k.keep = nil
	}
	return k.Keyring.Set(ctx, item, value)
}

// remember is the access that the keyring has now; nil: none.
func (l *Location) remember(ctx context.Context) (*access, error) {
	a, err := l.readAccess(ctx)
	switch {
	case errors.Is(err, auth.ErrNotLinked):
		return nil, nil //nolint:nilnil // there is none
	case err != nil:
		return nil, err
	}
	return &a, nil
}

// giveUp ends a role that is of no use, and puts the keyring back as it was.
func (l *Location) giveUp(ctx context.Context, j *joined, before *access) {
	ctx = context.WithoutCancel(ctx)
	var err error
	if before != nil {
		err = l.writeAccess(ctx, *before)
	} else {
		err = l.forgetAccess(ctx)
	}
	limited, done := context.WithTimeout(ctx, lookTime)
	defer done()
	if err = errors.Join(err, j.server.RevokeRole(limited, computerOf(j.access.User))); err != nil {
		slog.Warn("what was begun to connect is not all undone", "error", err)
	}
}

// computerOf is the computer that has a role.
func computerOf(role string) string { return role[len(postgres.DeskRole("")):] }

// ChangeAddress implements sharing.Server.
func (l *Location) ChangeAddress(ctx context.Context, address string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	n, err := l.noteOf(sharing.Desk, sharing.Managed)
	if err != nil {
		return err
	}
	usual := *n
	if usual.Kind == sharing.Desk {
		usual.Port = postgres.DefaultPort
	}
	if n, err = readAddress(address, usual); err != nil {
		return err
	}
	if err := isThere(ctx, n); err != nil {
		return err
	}
	server, err := l.server(ctx, n)
	if err != nil {
		return err
	}
	switch there, err := server.Exists(ctx); {
	case err != nil:
		return err
	case !there:
		return fmt.Errorf("no practice: %w", auth.ErrOtherServer)
	}
	return l.writeNote(n)
}

// Leave implements sharing.Server.
func (l *Location) Leave(ctx context.Context, s *auth.Session) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, err := l.noteOf(sharing.Desk); err != nil {
		return err
	}
	if err := s.Leave(ctx, nil); err != nil {
		return err
	}
	if err := l.forgetAccess(ctx); err != nil { // it opens nothing any more
		slog.Warn("the keyring keeps the access to a server that was left", "error", err)
	}
	return l.removeNote()
}

// Forget implements sharing.Server. The note goes last: what fails is tried again.
func (l *Location) Forget(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	n, err := l.noteOf(sharing.Desk, sharing.Host)
	switch {
	case errors.Is(err, sharing.ErrNote):
	case err != nil:
		return err
	case n.Kind == sharing.Host && l.host.Running(ctx):
		return sharing.ErrNotHere
	}
	if err := l.forgetAccess(ctx); err != nil {
		return err
	}
	if l.host.Exists() {
		aside, err := l.host.SetAside(context.WithoutCancel(ctx))
		if err != nil {
			return err
		}
		slog.Info("the practice's server is set aside", "folder", aside)
	}
	l.sleep()
	return l.removeNote()
}
