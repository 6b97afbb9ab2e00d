package location

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"time"

	"anteroom/auth"
	"anteroom/auth/scram"
	"anteroom/data/disk"
	"anteroom/data/host"
	"anteroom/data/sharing"
	"anteroom/data/store/copying"
	"anteroom/data/store/postgres"
)

// minRoom is what a server needs on the disk besides the practice's data, in bytes.
const minRoom = 500 << 20

// Check implements sharing.Server.
func (l *Location) Check(ctx context.Context, s *auth.Session, each func(sharing.Check)) error {
	_, err := l.check(ctx, s, each)
	return err
}

// check says whether all is as it must be.
func (l *Location) check(ctx context.Context, s *auth.Session, each func(sharing.Check)) (good bool, err error) {
	good = true
	for _, kind := range sharing.Checks {
		c := l.look(ctx, s, kind)
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		good = good && c.Good
		each(c)
	}
	return good, nil
}

func (l *Location) look(ctx context.Context, s *auth.Session, kind sharing.CheckKind) sharing.Check {
	c := sharing.Check{Kind: kind}
	switch kind {
	case sharing.Installed:
		_, c.Err = host.Installed(ctx)
		c.Good = c.Err == nil
	case sharing.Room:
		if c.Room, c.Err = host.Room(l.folder.Name()); c.Err == nil {
			c.Good = c.Room >= minRoom+4*l.folder.Size()
		}
	case sharing.Kit:
		var info auth.KitInfo
		if info, c.Err = s.Kit(ctx); c.Err == nil && info.Made.IsZero() {
			c.Err = auth.ErrNoKit
		}
		c.Good = c.Err == nil && info.Access
	case sharing.Backup:
		c.Err = l.backUpToday(ctx, s)
		c.Good = c.Err == nil
	case sharing.Awake:
		c.Good, c.Err = l.host.Awake(ctx)
	case sharing.Nobody:
		c.Names, c.Err = s.Others(ctx)
		c.Good = c.Err == nil && len(c.Names) == 0
	}
	return c
}

// backUpToday makes a backup, unless there is one of today.
func (l *Location) backUpToday(ctx context.Context, s *auth.Session) error {
	info, err := s.Backups(ctx)
	if err != nil || info.Problem == nil && l.isToday(info.Newest) {
		return err
	}
	_, err = s.BackUp(ctx, nil)
	return err
}

func (l *Location) isToday(t time.Time) bool {
	y, m, d := t.Local().Date()
	yy, mm, dd := l.deps.Now().Local().Date()
	return y == yy && m == mm && d == dd
}

// Share implements sharing.Server.
func (l *Location) Share(ctx context.Context, s *auth.Session, at func(sharing.Progress)) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, err := l.noteOf(sharing.Alone); err != nil {
		return err
	}
	at(sharing.Progress{Step: sharing.BackingUp})
	if _, err := s.BackUp(ctx, nil); err != nil {
		return err
	}
	switch good, err := l.check(ctx, s, func(sharing.Check) {}); {
	case err != nil:
		return err
	case !good:
		return sharing.ErrNotReady
	}
	at(sharing.Progress{Step: sharing.Starting})
	n, a, err := l.startHost(ctx)
	if err == nil {
		err = l.moveOnto(ctx, s, n, a, at)
	}
	if err == nil {
		return nil
	}
	l.asideHost(ctx, true)
	if ctx.Err() != nil { // what is canceled fails in many ways
		return ctx.Err()
	}
	return err
}

// startHost makes this computer a server that has nothing yet.
func (l *Location) startHost(ctx context.Context) (*note, access, error) {
	l.asideHost(ctx, false) // what an earlier try left
	a := access{User: host.Owner, Password: newPassword()}
	verifier, err := scram.Verifier(a.Password)
	if err != nil {
		return nil, a, err
	}
	if err := l.host.Make(ctx, verifier); err != nil {
		return nil, a, err
	}
	if err := l.host.Start(ctx); err != nil {
		return nil, a, err
	}
	a.Key, err = l.host.Key()
	n := &note{Kind: sharing.Host, Host: "127.0.0.1", Port: l.host.Port(), Database: host.Database, Server: l.deps.Computer.Name}
	return n, a, err
}

// asideHost stops a server on this computer, if there is one, and sets it aside. One that
// never was the practice's is removed.
func (l *Location) asideHost(ctx context.Context, remove bool) {
	if !l.host.Exists() {
		return
	}
	aside, err := l.host.SetAside(context.WithoutCancel(ctx))
	if err == nil && remove {
		err = disk.RemoveAll(aside)
	}
	if err != nil {
		slog.Warn("a server that is not used any more is not set aside", "error", err)
	}
}

// asideLeft sets a server aside that was left when the practice moved back. The OS may ask
// for an administrator's rights, for which nobody waits who opens the practice.
func (l *Location) asideLeft(ctx context.Context) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n, err := l.readNote(); err == nil && n == nil {
		l.asideHost(ctx, false)
	}
}

// MoveTo implements sharing.Server.
func (l *Location) MoveTo(ctx context.Context, s *auth.Session, target sharing.Target, at func(sharing.Progress)) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, err := l.noteOf(sharing.Alone); err != nil {
		return err
	}
	n, err := readAddress(target.Address, note{Kind: sharing.Managed, Port: 5432, Database: target.Database})
	if err != nil {
		return err
	}
	if err := isThere(ctx, n); err != nil {
		return err
	}
	a := access{User: target.User, Password: target.Password, Key: target.Key}
	if a.Key == nil {
		c := postgres.Config{Host: n.Host, Port: n.Port, Database: n.Database, User: a.User, Password: a.Password}
		if a.Key, err = postgres.Meet(ctx, c, l.folder); err != nil {
			return err
		}
	}
	at(sharing.Progress{Step: sharing.BackingUp})
	if _, err := s.BackUp(ctx, nil); err != nil {
		return err
	}
	return l.moveOnto(ctx, s, n, a, at)
}

// moveOnto moves the practice from the folder onto a server. The note is what makes the
// server the practice's; what is in the folder is set aside when the practice is opened
// next.
func (l *Location) moveOnto(ctx context.Context, s *auth.Session, n *note, a access, at func(sharing.Progress)) error {
	server, err := l.serverBy(n, a)
	if err != nil {
		return err
	}
	if err := l.writeAccess(ctx, a); err != nil {
		return err
	}
	err = s.Move(ctx, false, func(from auth.Reader, finish func(auth.Store) error) error {
		create := func() (auth.Store, error) {
			return server.Create(ctx, func(fresh auth.Store) error { return fill(ctx, from, fresh, finish, at) })
		}
		opened, err := create()
		if errors.Is(err, auth.ErrExists) && isLeft(ctx, server, from) {
			if err = server.SetAside(ctx); err == nil {
				opened, err = create()
			}
		}
		if err != nil {
			return err
		}
		if err := errors.Join(opened.Close(), l.writeNote(n)); err != nil {
			return errors.Join(err, l.removeNote(), server.SetAside(context.WithoutCancel(ctx)))
		}
		return nil
	})
	if err != nil {
		return errors.Join(err, l.forgetAccess(ctx))
	}
	return nil
}

// isLeft says that what lies on a server is this practice, as an earlier try left it there, and
// that nobody went on from that: its log is the beginning of ours and the entry of the move.
// Whoever works there signs in first, which is an entry as well.
func isLeft(ctx context.Context, server *postgres.Server, from auth.Reader) bool {
	own, err := from.Practice()
	if err != nil {
		return false
	}
	left, err := server.Open(ctx)
	if err != nil {
		return false
	}
	defer left.Close()
	var there auth.PracticeRow
	var newest []auth.ActivityRow
	err = left.View(ctx, func(r auth.Reader) (err error) {
		if there, err = r.Practice(); err != nil {
			return err
		}
		newest, err = r.ActivityBefore(math.MaxInt64, 2)
		return err
	})
	if err != nil || there.ID != own.ID || len(newest) != 2 {
		return false
	}
	chain, err := from.ActivityChain(newest[1].Seq) // it stands for all that come before
	return err == nil && bytes.Equal(chain, newest[1].Chain)
}

// WorkAlone implements sharing.Server.
func (l *Location) WorkAlone(ctx context.Context, s *auth.Session, at func(sharing.Progress)) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	n, err := l.noteOf(sharing.Host, sharing.Managed)
	if err != nil {
		return err
	}
	server, err := l.server(ctx, n)
	if err != nil {
		return err
	}
	at(sharing.Progress{Step: sharing.BackingUp})
	if _, err := s.BackUp(ctx, nil); err != nil {
		return err
	}
	if _, err := l.folder.SetAside(ctx); err != nil { // what an earlier try left
		return err
	}
	err = s.Move(ctx, true, func(from auth.Reader, finish func(auth.Store) error) error {
		err := l.folder.Put(ctx, func(fresh auth.Store) error { return fill(ctx, from, fresh, finish, at) })
		if err == nil { // what a desk saved from here on would not be in the copy
			err = server.ShutAll(context.WithoutCancel(ctx))
		}
		if err == nil { // an answer says that the turn was ours all the time, and nobody saved meanwhile
			_, err = from.Practice()
		}
		if err != nil {
			return err
		}
		return l.removeNote() // from here on it is the practice's
	})
	if err != nil {
		return err
	}
	if n.Kind == sharing.Host {
		l.asideHost(ctx, false)
		l.sleep()
	} else if err := server.SetAside(context.WithoutCancel(ctx)); err != nil {
		slog.Warn("the practice that is not used any more lies on the server as it was", "error", err)
	}
	if err := l.forgetAccess(ctx); err != nil {
		slog.Warn("the access to the server stays in the keyring", "error", err)
	}
	return nil
}

// fill copies a practice, holds the copy against what it was made of, and has it finished.
func fill(ctx context.Context, from auth.Reader, fresh auth.Store, finish func(auth.Store) error, at func(sharing.Progress)) error {
	err := copying.Rows(ctx, from, fresh, func(done, total int) {
		at(sharing.Progress{Step: sharing.Copying, Done: done, Total: total})
	})
	if err != nil {
		return err
	}
	at(sharing.Progress{Step: sharing.Comparing})
	want, err := copying.Sum(ctx, from)
	if err != nil {
		return err
	}
	var got []byte
	err = fresh.View(ctx, func(r auth.Reader) (err error) {
		got, err = copying.Sum(ctx, r)
		return err
	})
	switch {
	case err != nil:
		return err
	case !bytes.Equal(got, want):
		return fmt.Errorf("the copy is another one: %w", auth.ErrDamaged)
	}
	at(sharing.Progress{Step: sharing.Switching})
	return finish(fresh)
}
