package auth

import (
	"bytes"
	"context"
	"slices"
	"time"

	"anteroom/auth/totp"
	"anteroom/auth/vault"
)

// Account is what a user sees of themselves.
type Account struct {
	Name      string
	Username  string
	Role      Role
	TwoFactor bool      // the practice asks for Auth Codes
	Enrolled  time.Time // since when there is an authenticator; zero: none
	NextCode  time.Time // when the app shows a code not used up yet; zero: now

	RecoveryLeft int       // recovery codes that can be used yet
	RecoveryMade time.Time // zero: there never were any

	SignedIn []OwnSession // the newest first
}

// OwnSession is an open session of the user's own.
type OwnSession struct {
	ID       string
	Computer string // its name
	Since    time.Time
	This     bool // the one that is asked in
}

// Account reads it as it is now.
func (s *Session) Account(ctx context.Context) (Account, error) {
	var out Account
	err := s.view(ctx, func(r *register, me *user) error {
		out = Account{
			Name: me.Name, Username: me.Username, Role: me.Role, TwoFactor: r.Policy.TwoFactor,
			NextCode: me.nextCode(s.p.now(), s.p.clockOwner()), RecoveryLeft: me.Recovery.left(),
		}
		if me.Authenticator != nil {
			out.Enrolled = me.Authenticator.Since
		}
		if me.Recovery != nil {
			out.RecoveryMade = me.Recovery.Made
		}
		for _, o := range r.Sessions {
			if o.User == me.ID {
				own := OwnSession{ID: o.ID, Computer: r.computerName(o.Computer), Since: o.Since, This: o.ID == s.entry()}
				out.SignedIn = append(out.SignedIn, own)
			}
		}
		return nil
	})
	slices.SortStableFunc(out.SignedIn, func(a, b OwnSession) int { return b.Since.Compare(a.Since) })
	return out, err
}

// ChangeName changes the user's own name. A name that can't be is a FieldError.
func (s *Session) ChangeName(ctx context.Context, name string) error {
	name, err := cleanName(FieldName, name)
	if err != nil {
		return err
	}
	return s.p.stored(s.update(ctx, func(c *change, me *user) error {
		if me.Name != name {
			c.note(Entry{Event: EventNameChanged, By: me.ID, Detail: me.Name}) // the log shows names of now
			me.Name = name
		}
		return nil
	}))
}

// EndSession ends another session of the user's own; ErrNotFound says that it
// has ended already.
func (s *Session) EndSession(ctx context.Context, id string) error {
	return s.p.stored(s.update(ctx, func(c *change, me *user) error {
		o := c.session(id)
		if o == nil || o.User != me.ID || o.ID == s.entry() {
			return ErrNotFound
		}
		c.note(Entry{Event: EventSessionEnded, By: me.ID, Detail: c.computerName(o.Computer)})
		c.Sessions = slices.DeleteFunc(c.Sessions, func(o openSession) bool { return o.ID == id })
		return nil
	}))
}

// ChangePassword replaces the user's password; present is the one until now. It is
// counted as an attempt; a wrong one is a Refusal (ErrCredentials, ErrWait). A weak
// new password, or the same again, is a FieldError. The user's other sessions and
// trusts end. It computes argon2id two or three times.
func (s *Session) ChangePassword(ctx context.Context, present, text string) error {
	var names []string
	err := s.view(ctx, func(r *register, me *user) error {
		names = []string{r.Name, me.Name, me.Username}
		s.settle(me) // after a change before, whose outcome could not be read
		return nil
	})
	if err != nil {
		return err
	}
	if err := CheckPassword(text, names...); err != nil {
		return err
	}
	if text == present {
		return &FieldError{FieldPassword, ProblemSame}
	}
	proof, err := s.provePassword(ctx, s.me, present, nothingMore)
	if err != nil {
		return err
	}
	made, private, err := s.p.makePassword(s.user, text, false)
	if err != nil {
		return err
	}
	s.expect(private)
	err = s.p.stored(s.update(ctx, func(c *change, me *user) error {
		if !me.proves(proof) {
			return ErrConflict // another password meanwhile
		}
		records, err := s.recordsKey(c.register, me)
		if err != nil {
			return err
		}
		if err := c.setPassword(me, made, records); err != nil {
			return err
		}
		c.revokeOthers(me, s.entry())
		c.note(Entry{Event: EventPasswordChanged, By: me.ID})
		return nil
	}))
	if err == nil {
		err = s.view(ctx, func(_ *register, me *user) error {
			s.settle(me)
			return nil
		})
	}
	return err
}

// expect keeps the private half of the user's next key pair beside the present one:
// until the change is stored, other goroutines of the session still need that.
func (s *Session) expect(private vault.Private) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = private
}

// settle keeps the private half that fits the register, and the earlier one for reads
// that began before the change.
func (s *Session) settle(me *user) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.next.IsZero() && bytes.Equal(s.next.Public(), me.Public) {
		s.before, s.private = append(s.before, s.private), s.next
	}
	s.next = vault.Private{}
}

// provePassword counts an attempt and verifies the password of the session's user;
// where it is right, more is done in the same transaction. Else it is a Refusal.
func (s *Session) provePassword(ctx context.Context, me accessCheck, text string, more func(c *change, me *user)) (vault.Stretched, error) {
	var username string
	err := s.viewAs(ctx, me, func(_ *register, me *user) error {
		username = me.Username
		return nil
	})
	if err != nil {
		return vault.Stretched{}, err
	}
	charged, err := s.p.chargePassword(ctx, username, false)
	if err != nil {
		return vault.Stretched{}, err
	}
	stretched, err := s.p.stretchWhileAnchoring(ctx, text, charged)
	if err != nil {
		return vault.Stretched{}, err
	}
	var refusal *Refusal
	err = s.updateAs(ctx, me, func(c *change, me *user) error {
		if !me.proves(stretched) {
			refusal = c.refusePassword(me, c.nameWait(username, s.p.computer, false))
			return nil
		}
		c.forgetGuesses(username)
		more(c, me)
		return nil
	})
	if err != nil {
		return vault.Stretched{}, err
	}
	if refusal != nil {
		return vault.Stretched{}, refusal
	}
	return stretched, nil
}

func nothingMore(*change, *user) {}

// Move is the set-up of a new phone by a user who still has the old one.
type Move struct {
	*Enrolment
	begun time.Time
	old   totp.Secret
}

// MovePhone begins to move the user to a new phone: it takes a code of the old
// one, as one attempt. The old phone's codes stay good until ConfirmMove.
func (s *Session) MovePhone(ctx context.Context, oldCode string) (*Move, error) {
	code, err := totp.Parse(oldCode)
	if err != nil {
		return nil, &Refusal{Reason: ErrCodeFormat, Now: s.p.now()}
	}
	var m *Move
	anyTime := func(*user) error { return nil }
	err = s.giveCode(ctx, code, anyTime, func(c *change, me *user) {
		m = &Move{newEnrolment(c.Name, me.Username), s.p.now(), me.Authenticator.Secret}
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// ConfirmMove moves the user to the phone whose code it is given, by this
// computer's clock or with the offset that two codes showed. A code that is not
// right is a Refusal, which is not counted as a failure. A move begun over 15 minutes ago, or
// before another change of the authenticator, is ErrConflict. The user's trusts
// end; the recovery codes stay. Every admin is told.
func (s *Session) ConfirmMove(ctx context.Context, m *Move, newCode string) error {
	return s.p.stored(s.update(ctx, func(c *change, me *user) error {
		now := s.p.now()
		confirmed, err := m.confirm(newCode, now)
		if offset := me.offset(s.p.clockOwner()); err != nil && offset != 0 {
			confirmed, err = m.confirmOff(newCode, now, offset)
		} else {
			me.setOffset(s.p.clockOwner(), 0)
		}
		if err != nil {
			return err
		}
		isOver := elapsed(now, m.begun) >= formTime
		if isOver || me.Authenticator == nil || me.Authenticator.Secret.String() != m.old.String() {
			return ErrConflict
		}
		me.Authenticator, me.Trusts = confirmed, nil
		c.note(Entry{Event: EventMoved, By: me.ID})
		c.addNews(NewsMoved, me.ID, "", c.now)
		return nil
	}))
}
