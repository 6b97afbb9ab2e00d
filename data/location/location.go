// Package location knows where a practice's data is, as seen from one computer: in a
// folder there, or on a server. It is the location that auth works with, and moves the
// practice from the one to the other.
package location

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"anteroom/auth"
	"anteroom/auth/scram"
	"anteroom/data/host"
	"anteroom/data/sharing"
	"anteroom/data/store"
	"anteroom/data/store/postgres"
)

// Location is where the practice of one folder is. A note in the folder says that it is
// on a server; what opens that is in the OS keyring. It implements auth.Location and
// sharing.Server.
type Location struct {
	folder *store.Folder
	host   *host.Cluster
	deps   auth.Deps // of the practice; Place is this

	going sync.Once // keepGoing
	seen  atomic.Pointer[sharing.Where]

	mu    sync.Mutex // held while the practice is moved, or a note changes
	awake func()     // lets the computer sleep again; nil: nothing keeps it awake
}

var (
	_ auth.Location  = (*Location)(nil)
	_ sharing.Server = (*Location)(nil)
)

// At is the location of a folder's practice. cluster is the server that this computer can
// be. d is what opens the practice; its Place is not looked at.
func At(folder *store.Folder, cluster *host.Cluster, d auth.Deps) *Location {
	l := &Location{folder: folder, host: cluster, deps: d}
	l.deps.Location = l
	return l
}

// Deps is what opens the practice of this location.
func (l *Location) Deps() auth.Deps { return l.deps }

// Where implements sharing.Server. It is as the note was read last, which Open does first: a
// disk that hangs keeps nobody waiting here.
func (l *Location) Where() sharing.Where {
	if seen := l.seen.Load(); seen != nil {
		return *seen
	}
	return sharing.Where{}
}

// see keeps what a note says; nil: there is none.
func (l *Location) see(n *note) {
	if n == nil {
		l.seen.Store(&sharing.Where{})
		return
	}
	l.seen.Store(&sharing.Where{Kind: n.Kind, Address: n.typed(), Server: n.Server})
}

// server is the server that a note names, as this computer may use it. One of which this
// account's keyring has nothing is a *auth.NotLinkedError.
func (l *Location) server(ctx context.Context, n *note) (*postgres.Server, error) {
	a, err := l.readAccess(ctx)
	if err != nil {
		return nil, err
	}
	return l.serverBy(n, a)
}

// regain makes a new access to the server on this computer, where the keyring has lost it.
// It opens nothing: the practice still asks for this computer's binding, or the kit.
func (l *Location) regain(ctx context.Context) (err error) {
	a := access{User: host.Owner, Password: newPassword()}
	if a.Key, err = l.host.Key(); err != nil {
		return err
	}
	verifier, err := scram.Verifier(a.Password)
	if err != nil {
		return err
	}
	if err := l.host.SetOwner(ctx, verifier); err != nil {
		return err
	}
	return l.writeAccess(ctx, a)
}

// newPassword is one of 260 random bits.
func newPassword() string { return rand.Text() + rand.Text() }

func (l *Location) serverBy(n *note, a access) (*postgres.Server, error) {
	return postgres.At(postgres.Config{
		Host: n.Host, Port: n.Port, Database: n.Database, User: a.User, Password: a.Password, Key: a.Key,
		Owner: n.Kind != sharing.Desk,
	}, l.folder)
}

// Name implements auth.Location.
func (l *Location) Name() string {
	if n, err := l.readNote(); err == nil && n != nil {
		return n.name()
	}
	return l.folder.Name()
}

// Exists implements auth.Location. On a server there is a practice as long as this computer
// did not leave it: it is never no practice because a server does not answer.
func (l *Location) Exists(ctx context.Context) (bool, error) {
	if n, err := l.readNote(); err != nil || n != nil {
		return n != nil, err
	}
	return l.folder.Exists(ctx)
}

// Create implements auth.Location: a new practice begins in the folder.
func (l *Location) Create(ctx context.Context, fill func(auth.Store) error) (auth.Store, error) {
	n, err := l.readNote()
	switch {
	case err != nil:
		return nil, err
	case n != nil:
		return nil, auth.ErrExists
	}
	return l.folder.Create(ctx, fill)
}

// HasTwin implements auth.Location. Nothing on a server has one.
func (l *Location) HasTwin(ctx context.Context, name string) (bool, error) {
	n, err := l.readNote()
	if err != nil || n != nil || strings.HasPrefix(name, serverPrefix) {
		return false, err
	}
	return l.folder.HasTwin(ctx, name)
}

// Open implements auth.Location. Where this computer is the server, that is started.
func (l *Location) Open(ctx context.Context) (auth.Store, error) {
	n, err := l.readNote()
	switch {
	case err != nil:
		return nil, err
	case n == nil:
		go l.asideLeft(ctx)
		return l.folder.Open(ctx)
	}
	opened, err := l.openServer(ctx, n)
	if errors.Is(err, auth.ErrNotLinked) && n.Kind == sharing.Host {
		if failed := l.regain(ctx); failed != nil {
			return nil, errors.Join(err, failed)
		}
		opened, err = l.openServer(ctx, n)
	}
	if err != nil {
		return nil, err
	}
	// What was here before it was moved, now that what it was moved to is seen.
	if aside, err := l.folder.SetAside(ctx); err != nil {
		slog.Warn("the data of before the move lies where it was, and is not used", "error", err)
	} else if aside != "" {
		slog.Info("the data of before the move is set aside", "file", aside)
	}
	return opened, nil
}

func (l *Location) openServer(ctx context.Context, n *note) (auth.Store, error) {
	server, err := l.server(ctx, n)
	if err != nil {
		return nil, err
	}
	if n.Kind == sharing.Host {
		if err := l.host.Start(ctx); err != nil {
			return nil, fmt.Errorf("%w: %w", auth.ErrServer, err)
		}
		l.stayAwake()
		l.going.Do(func() { go l.keepGoing() })
	}
	return server.Open(ctx)
}

// restartTime is how often it is looked whether the server on this computer runs.
const restartTime = 10 * time.Second

// stayAwake keeps the computer from going to sleep by itself, for as long as this program
// runs or the practice is on it.
func (l *Location) stayAwake() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.awake != nil {
		return
	}
	release, err := l.host.KeepAwake()
	if err != nil {
		slog.Warn("the computer may go to sleep, and the other computers without it can't work", "error", err)
		return
	}
	l.awake = release
}

// sleep takes back stayAwake.
func (l *Location) sleep() {
	if l.awake != nil {
		l.awake()
		l.awake = nil
	}
}

// keepGoing starts the server again where it has ended and the OS does not do that.
func (l *Location) keepGoing() {
	for range time.Tick(restartTime) {
		if !l.mu.TryLock() {
			continue // it is being moved
		}
		if l.Where().Kind == sharing.Host {
			if lasting, _ := l.host.Lasting(context.Background()); !lasting {
				if err := l.host.Start(context.Background()); err != nil {
					slog.Warn("the server does not run", "error", err)
				}
			}
		}
		l.mu.Unlock()
	}
}

// Backups implements auth.Location.
func (l *Location) Backups(folder string) ([]auth.BackupFile, error) { return l.folder.Backups(folder) }

// BackupFolder implements auth.Location.
func (l *Location) BackupFolder() string { return l.folder.BackupFolder() }

// OpenBackup implements auth.Location.
func (l *Location) OpenBackup(ctx context.Context, path string) (auth.Store, error) {
	return l.folder.OpenBackup(ctx, path)
}

// rename notes the name of the server's computer, who is asked about when it is off.
func (l *Location) rename(server string) {
	if !l.mu.TryLock() {
		return // it is being moved
	}
	defer l.mu.Unlock()
	n, err := l.readNote()
	if err != nil || n == nil || server == "" || n.Server == server {
		return
	}
	n.Server = server
	if err := l.writeNote(n); err != nil {
		slog.Warn("the name of the server's computer could not be noted", "error", err)
	}
}

// Replace implements auth.Location. A desk can't replace the practice of all: auth.ErrAtServer.
func (l *Location) Replace(ctx context.Context, path string, fill func(auth.Store) error) (s auth.Store, aside string, err error) {
	n, err := l.readNote()
	switch {
	case err != nil:
		return nil, "", err
	case n == nil:
		return l.folder.Replace(ctx, path, fill)
	case n.Kind == sharing.Desk:
		return nil, "", auth.ErrAtServer
	}
	server, err := l.server(ctx, n)
	if err != nil {
		return nil, "", err
	}
	return server.Replace(ctx, path, fill)
}

// Addresses implements sharing.Server.
func (l *Location) Addresses() []string { return l.host.Addresses() }

// Status implements sharing.Server.
func (l *Location) Status(ctx context.Context, s *auth.Session) (sharing.Status, error) {
	n, err := l.readNote()
	if err != nil || n == nil {
		return sharing.Status{}, errors.Join(err, sharing.ErrNotHere)
	}
	began := l.deps.Now()
	if _, err := s.DataVersion(ctx); err != nil {
		return sharing.Status{}, err
	}
	answer := l.deps.Now().Sub(began)
	found, err := s.Snapshot(ctx)
	if err != nil {
		return sharing.Status{}, err
	}
	l.rename(found.Server)
	server, err := l.server(ctx, n)
	if err != nil {
		return sharing.Status{}, err
	}
	computers, err := server.Connected(ctx)
	if err != nil {
		return sharing.Status{}, err
	}
	return sharing.Status{
		Where: l.Where(), Computers: computers, Answer: answer.Microseconds(),
		State: stateText(found.Sum), Change: found.Change,
	}, nil
}
