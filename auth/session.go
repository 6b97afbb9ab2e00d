package auth

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"time"

	"anteroom/auth/vault"
)

// Session is one user at work on one computer, from sign-in to sign-out. It is valid while
// the register lists it; every method checks that in its own transaction, else it is
// ErrSessionEnded. While it is locked, only Check, Unlock, Renew and SignOut work; all
// else is ErrLocked. A day after the full sign-in only Check, Lock, Renew and SignOut
// work; all else is ErrFullSignIn.
type Session struct {
	p    *Practice
	user string

	mu      sync.Mutex
	id      string          // of its entry in the register; Renew gives it another
	private vault.Private   // of the user; opens the records key
	next    vault.Private   // replaces private once a new password is stored
	before  []vault.Private // what private was earlier
	setUp   time.Time       // when this session set the practice up; zero: another did
	proven  time.Time       // when password and code were last given; zero: not
	since   time.Time       // the full sign-in
	began   time.Time       // likewise, or the newest stored event of then
	locked  bool            // until Unlock or Renew

	records openedKey // the records key as it was last opened

	byRecovery bool   // signed in with a recovery code
	shown      []byte // salt of the recovery codes that were shown last
	told       *News  // that an admin had signed the user out, until it is seen
	checked    int64  // the data version that Check last looked at
}

// startSession opens a session for u.
func (c *change) startSession(p *Practice, u *user, private vault.Private) *Session {
	s := &Session{p: p, id: newID(), user: u.ID, private: private, since: p.now(), began: c.newest(), checked: -1}
	c.Sessions = append(c.Sessions, openSession{ID: s.id, User: u.ID, Computer: p.computer, Since: s.began})
	u.LastSignIn = c.now
	if n := u.SignedOut; n != nil && !n.Told {
		s.told = c.signedOutNews(n)
	}
	if k := c.computer(p.computer); k != nil {
		k.LastUsed = c.now
		k.used(u.ID)
	}
	return s
}

// entry is the id of the session's entry in the register.
func (s *Session) entry() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.id
}

// accessCheck finds the session's user in a register, or says why the session may not act
// there.
type accessCheck func(r *register) (*user, error)

// me is the session's user while the session is valid, not locked, and signed in within
// the last day. Each transaction asks it.
func (s *Session) me(r *register) (*user, error) {
	u, err := s.listed(r)
	switch {
	case err != nil:
		return nil, err
	case s.IsLocked():
		return nil, ErrLocked
	case s.left(r.Changed) <= 0:
		return nil, ErrFullSignIn
	}
	return u, nil
}

// listed is the session's user while the session is valid, locked or not. That is enough
// only for Check, Renew and SignOut.
func (s *Session) listed(r *register) (*user, error) {
	u := r.userByID(s.user)
	if r.session(s.entry()) == nil || u == nil || !u.Active {
		return nil, s.whyEnded(r, u)
	}
	return u, nil
}

// whyEnded is a SignedOutError where an admin signed the user out since this session
// began, else ErrSessionEnded.
func (s *Session) whyEnded(r *register, u *user) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u == nil || u.SignedOut == nil || u.SignedOut.At.Before(s.began) {
		return ErrSessionEnded
	}
	out := &SignedOutError{At: u.SignedOut.At}
	if by := r.userByID(u.SignedOut.By); by != nil {
		out.By = by.Name // whoever is at the screen reads it
	}
	return out
}

// signedOutNews tells a user who signed them out.
func (r *register) signedOutNews(n *signedOut) *News {
	return &News{At: n.At, Kind: NewsSignedOut, Who: r.called(n.By)}
}

// openedKey is a key and the sealed bytes it was opened from, which are unique for each
// sealing.
type openedKey struct {
	sealed []byte
	key    vault.Key
}

// recordsKey opens the records key for the session's user. Each transaction asks for it,
// because the practice may have got new keys. Opening takes longer than the rest of a
// small transaction, so the key opened last is kept until the session's keys are wiped.
func (s *Session) recordsKey(r *register, me *user) (vault.Key, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, private := range append([]vault.Private{s.private, s.next}, s.before...) {
		if private.IsZero() || !bytes.Equal(private.Public(), me.Public) {
			continue
		}
		if bytes.Equal(s.records.sealed, me.Records) && len(me.Records) > 0 {
			return s.records.key, nil
		}
		key, err := r.recordsKey(me, private)
		if err == nil {
			s.records = openedKey{bytes.Clone(me.Records), key}
		}
		return key, err
	}
	if s.locked {
		return vault.Key{}, ErrLocked
	}
	return vault.Key{}, ErrSessionEnded
}

// view gives fn the register while the session may read it.
func (s *Session) view(ctx context.Context, fn func(r *register, me *user) error) error {
	return s.viewAs(ctx, s.me, fn)
}

func (s *Session) viewAs(ctx context.Context, me accessCheck, fn func(r *register, me *user) error) error {
	return s.p.view(ctx, func(r *register, _ anchor) error {
		me, err := me(r)
		if err != nil {
			return err
		}
		return fn(r, me)
	})
}

// update changes the register while the session may.
func (s *Session) update(ctx context.Context, decide func(c *change, me *user) error) error {
	return s.updateAs(ctx, s.me, decide)
}

func (s *Session) updateAs(ctx context.Context, me accessCheck, decide func(c *change, me *user) error) error {
	return s.p.update(ctx, func(c *change) error {
		me, err := me(c.register)
		if err != nil {
			return err
		}
		return decide(c, me)
	})
}

// Check says whether the session is still valid, locked or not: nil or ErrSessionEnded, or
// why that can't be told. While nothing changed in the database it costs one pragma, so a
// window may call it every second.
func (s *Session) Check(ctx context.Context) error {
	version, err := s.p.store.DataVersion(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	same := version == s.checked
	s.mu.Unlock()
	if same {
		return nil
	}
	if err := s.viewAs(ctx, s.listed, func(*register, *user) error { return nil }); err != nil {
		return err
	}
	s.mu.Lock()
	s.checked = version
	s.mu.Unlock()
	return nil
}

// DataVersion changes whenever anybody changed the database. It is cheap.
func (s *Session) DataVersion(ctx context.Context) (int64, error) { return s.p.store.DataVersion(ctx) }

// SignOut ends the session. Its keys are forgotten even if that can't be stored.
func (s *Session) SignOut(ctx context.Context) error {
	s.Forget()
	return s.updateAs(ctx, s.listed, func(c *change, me *user) error {
		c.Sessions = slices.DeleteFunc(c.Sessions, func(o openSession) bool { return o.ID == s.entry() })
		c.note(Entry{Event: EventSignOut, By: me.ID})
		return nil
	})
}

// Forget wipes the session's keys, when it has ended.
func (s *Session) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget()
}

func (s *Session) forget() {
	s.private, s.next, s.before = vault.Private{}, vault.Private{}, nil
	s.records.key.Wipe()
	s.records = openedKey{}
	s.proven, s.setUp = time.Time{}, time.Time{}
}

// EndOrphanedSessions ends the sessions of this computer that a killed program left
// behind. Call it only while no other window of this account is open.
func (p *Practice) EndOrphanedSessions(ctx context.Context) error {
	mine := func(o openSession) bool { return o.Computer == p.computer }
	var any bool
	err := p.view(ctx, func(r *register, _ anchor) error {
		any = slices.ContainsFunc(r.Sessions, mine)
		return nil
	})
	if err != nil || !any {
		return err
	}
	return p.update(ctx, func(c *change) error {
		c.Sessions = slices.DeleteFunc(c.Sessions, mine)
		c.note(Entry{Event: EventSessionsOrphaned})
		return nil
	})
}

// Overview is what the front desk shows of the person and the news: what concerns
// them, and to admins what all of them are told.
type Overview struct {
	Practice string
	Name     string
	Username string
	Role     Role
	News     []News

	KitMissing bool          // for admins: there is no recovery kit yet
	Help       []HelpRequest // for admins: who waits for help with the code

	RecoveryLeft  int  // how many recovery codes can be used yet
	RecoveryOffer bool // new ones are due: one was used for this sign-in, or two are left
}

// Overview reads it as it is now.
func (s *Session) Overview(ctx context.Context) (Overview, error) {
	var o Overview
	err := s.view(ctx, func(r *register, me *user) error {
		o = Overview{Practice: r.Name, Name: me.Name, Username: me.Username, Role: me.Role, RecoveryLeft: me.Recovery.left()}
		o.News = s.ownNews()
		o.RecoveryOffer = me.Authenticator != nil && me.Recovery != nil && (s.wasByRecovery(me) || o.RecoveryLeft <= FewRecoveryCodes)
		if me.Role == Admin {
			o.KitMissing = r.Kit == nil
			o.Help = r.helpRequests()
			for _, n := range r.News {
				if n.Seq > me.NewsSeen {
					o.News = append(o.News, r.shown(n))
				}
			}
		}
		return nil
	})
	return o, err
}

// ownNews is what only the session's user is told.
func (s *Session) ownNews() []News {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.told == nil {
		return nil
	}
	return []News{*s.told}
}

// FewRecoveryCodes are so few that new ones are offered.
const FewRecoveryCodes = 2

// wasByRecovery says that this session began with one of the codes that me has
// now.
func (s *Session) wasByRecovery(me *user) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.byRecovery && me.Recovery.left() < recoveryCount
}

// sameDay says whether two moments are on one day of this computer's calendar.
func sameDay(a, b time.Time) bool {
	y1, m1, d1 := a.Local().Date()
	y2, m2, d2 := b.Local().Date()
	return y1 == y2 && m1 == m2 && d1 == d2
}

// MarkNewsSeen notes that the user has seen the news up to seq, and their own.
func (s *Session) MarkNewsSeen(ctx context.Context, seq int64) error {
	err := s.update(ctx, func(c *change, me *user) error {
		me.NewsSeen = max(me.NewsSeen, seq)
		if me.SignedOut != nil && len(s.ownNews()) > 0 {
			me.SignedOut.Told = true
		}
		return nil
	})
	if err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.told = nil
	}
	return err
}
