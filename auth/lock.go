package auth

import (
	"context"
	"slices"
	"time"

	"anteroom/auth/vault"
)

// IdleAfter is how long a session may be idle before it locks.
func (p *Practice) IdleAfter() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Duration(p.idle) * time.Minute
}

// Person is somebody who signs in at this computer, for a list to choose from.
type Person struct {
	ID       string
	Name     string
	Username string
}

// People are the active users who signed in at this computer, the latest first.
// Of others nothing is said.
func (p *Practice) People(ctx context.Context) ([]Person, error) {
	var out []Person
	err := p.view(ctx, func(r *register, _ anchor) error {
		k := r.computer(p.computer)
		if k == nil {
			return nil // a run that the kit opened
		}
		for _, id := range k.People {
			if u := r.userByID(id); u != nil && u.Active {
				out = append(out, Person{ID: u.ID, Name: u.Name, Username: u.Username})
			}
		}
		return nil
	})
	return out, err
}

// fullSignInAfter is the time after a full sign-in when the next one is due, however often
// the session was unlocked (SP 800-63B-4 §2.2.3).
const fullSignInAfter = 24 * time.Hour

// Left is the time until a full sign-in is due, by this computer's clock or the newest
// stored event that this program has seen, whichever is later; 0 or less: it is due. It
// reads no disk.
func (s *Session) Left() time.Duration { return s.left(s.p.newestEvent()) }

// left is Left, given the newest stored event. If that is before the sign-in the clock
// reference was reset since, so the time that passed is unknown: a sign-in is due.
func (s *Session) left(changed time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.p.now()
	newest := now
	if changed.After(now) {
		newest = changed
	}
	stored := newest.Sub(s.began)
	if stored < 0 {
		return 0
	}
	return fullSignInAfter - max(elapsed(now, s.since), stored)
}

// newestEvent is when the newest event was stored that this program has seen.
func (p *Practice) newestEvent() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.changed
}

// User is the id of the session's user.
func (s *Session) User() string { return s.user }

// Lock wipes the session's keys and its step-up: until Unlock it opens no record. The
// session goes on. It reads and writes no disk.
func (s *Session) Lock() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget()
	s.locked = true
}

// IsLocked says whether the session is locked.
func (s *Session) IsLocked() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.locked
}

// Unlock unlocks a session with its user's password, which is counted as an attempt; a
// wrong one is a Refusal. A day after the sign-in it is ErrFullSignIn: then Renew
// continues the session. ErrSessionEnded says that it has ended.
func (s *Session) Unlock(ctx context.Context, text string) error {
	var private vault.Private
	stretched, err := s.provePassword(ctx, s.opening, text, func(c *change, me *user) { c.note(Entry{Event: EventUnlocked, By: me.ID}) })
	if err != nil {
		return err
	}
	err = s.viewAs(ctx, s.opening, func(r *register, me *user) (err error) {
		if !me.proves(stretched) {
			return ErrConflict // another password meanwhile
		}
		private, err = me.openPrivate(r.Practice, stretched)
		return err
	})
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.private, s.locked = private, false
	return nil
}

// opening is the session's user while the password alone opens the session.
func (s *Session) opening(r *register) (*user, error) {
	u, err := s.listed(r)
	if err == nil && s.left(r.Changed) <= 0 {
		return nil, ErrFullSignIn
	}
	return u, err
}

// Renew continues a locked session, and the work in it, with a newer sign-in of the same
// user; newer must not be used after it. The old entry in the register ends.
func (s *Session) Renew(ctx context.Context, newer *Session) error {
	if newer.user != s.user {
		return ErrForbidden
	}
	old := s.takeOver(newer)
	return s.p.stored(s.updateAs(ctx, s.listed, func(c *change, _ *user) error {
		c.Sessions = slices.DeleteFunc(c.Sessions, func(o openSession) bool { return o.ID == old })
		return nil
	}))
}

func (s *Session) takeOver(newer *Session) (old string) {
	newer.mu.Lock()
	defer newer.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	old = s.id
	s.id, s.private, s.proven = newer.id, newer.private, newer.proven
	s.since, s.began, s.told = newer.since, newer.began, newer.told
	s.byRecovery = newer.byRecovery
	if newer.shown != nil { // else the codes shown before are the last
		s.shown = newer.shown
	}
	s.checked, s.locked = -1, newer.locked // it may have been locked before anybody went on
	newer.forget()
	return old
}
