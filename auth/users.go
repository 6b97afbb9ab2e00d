package auth

import (
	"context"
	"time"
)

// UserForm is what an admin types of a user.
type UserForm struct {
	Name     string
	Username string
	Role     Role
}

// Users lists everyone, by name. For admins only.
func (s *Session) Users(ctx context.Context) ([]UserInfo, error) {
	var out []UserInfo
	err := s.adminView(ctx, func(r *register, me *user) error {
		for _, u := range r.Users {
			out = append(out, r.info(u, me.ID, s.p.now()))
		}
		return nil
	})
	sortUsers(out)
	return out, err
}

// AddUser adds a user and gives the one-time password to hand over, which is
// nowhere else. It needs step-up and takes as long as one argon2id.
func (s *Session) AddUser(ctx context.Context, form UserForm) (oneTime string, err error) {
	u := &user{ID: newID(), Active: true}
	made, oneTime, err := s.oneTimePassword(ctx, u.ID, func(r *register) error {
		_, _, err := r.checkUser(form.Name, form.Username, form.Role, "")
		return err
	})
	if err != nil {
		return "", err
	}
	err = s.admin(ctx, true, func(c *change, me *user) (err error) {
		if u.Name, u.Username, err = c.checkUser(form.Name, form.Username, form.Role, ""); err != nil {
			return err
		}
		if err := s.givePassword(c, me, u, made); err != nil {
			return err
		}
		u.Role = form.Role
		c.Users = append(c.Users, u)
		c.note(Entry{Event: EventUserAdded, By: me.ID, Whom: u.ID})
		return nil
	})
	if err != nil {
		return "", err
	}
	return oneTime, nil
}

// EditUser changes a user's name, username and role. A new role or username ends the
// user's sessions. was is what the admin saw; ErrConflict if that changed since. It needs
// step-up.
func (s *Session) EditUser(ctx context.Context, id string, was, form UserForm) error {
	return s.adminOn(ctx, id, func(c *change, me, u *user) error {
		if was != (UserForm{u.Name, u.Username, u.Role}) {
			return ErrConflict
		}
		name, username, err := c.checkUser(form.Name, form.Username, form.Role, u.ID)
		if err != nil {
			return err
		}
		if form.Role != u.Role && c.isLastAdmin(u) {
			return ErrLastAdmin
		}
		if form.Role != u.Role || username != u.Username {
			c.revoke(u)
		}
		c.moveGuesses(u.Username, username)
		detail := string(u.Role) + " to " + string(form.Role)
		u.Name, u.Username, u.Role = name, username, form.Role
		c.note(Entry{Event: EventUserEdited, By: me.ID, Whom: u.ID, Detail: detail})
		return nil
	})
}

// ResetPassword gives a user a one-time password and ends the user's sessions and trusts.
// It is refused for the asking admin (ErrSelf) and the last admin (ErrLastAdmin). It needs
// step-up.
func (s *Session) ResetPassword(ctx context.Context, id string) (oneTime string, err error) {
	return s.giveOneTime(ctx, id, func(c *change, me, u *user) error {
		switch {
		case !u.Active:
			return ErrConflict
		case u == me: // the session would end before the password could be read
			return ErrSelf
		case c.isLastAdmin(u):
			return ErrLastAdmin
		}
		c.revoke(u)
		u.PasswordReset = c.now
		c.note(Entry{Event: EventPasswordReset, By: me.ID, Whom: u.ID})
		if u.OneTime != nil {
			c.newsIfLetIn(u, me, u.OneTime.Since)
		}
		return nil
	})
}

// SignOutUser ends a user's sessions, locked ones too, and trusts: at every computer
// they sign in again, with a code where the policy asks for one. They are told by
// whom. Who asks signs out otherwise (ErrSelf). It needs step-up.
func (s *Session) SignOutUser(ctx context.Context, id string) error {
	return s.adminOn(ctx, id, func(c *change, me, u *user) error {
		switch {
		case u == me:
			return ErrSelf
		case !u.Active:
			return ErrConflict
		}
		c.revoke(u)
		u.SignedOut = &signedOut{At: c.newest(), By: me.ID}
		c.note(Entry{Event: EventUserSignedOut, By: me.ID, Whom: u.ID})
		return nil
	})
}

// Deactivate ends a user's access at once and deletes their keys. It is refused for the
// last admin (ErrLastAdmin). It needs step-up.
func (s *Session) Deactivate(ctx context.Context, id string) error {
	return s.adminOn(ctx, id, func(c *change, me, u *user) error {
		if c.isLastAdmin(u) {
			return ErrLastAdmin
		}
		u.deactivate()
		c.revoke(u)
		c.closeHelpRequest(u)
		c.note(Entry{Event: EventUserDeactivated, By: me.ID, Whom: u.ID})
		return nil
	})
}

// deactivate deletes a user's keys.
func (u *user) deactivate() {
	u.Active = false
	u.Private, u.Records, u.OneTime = nil, nil, nil
}

// Reactivate activates a user again, with a one-time password. If another user has the
// username, as may be after a restore, it is a FieldError: EditUser gives another one. It
// needs step-up.
func (s *Session) Reactivate(ctx context.Context, id string) (oneTime string, err error) {
	return s.giveOneTime(ctx, id, func(c *change, me, u *user) error {
		if u.Active {
			return ErrConflict
		}
		if c.userByName(u.Username) != u {
			return &FieldError{FieldUsername, ProblemTaken}
		}
		u.Active = true
		u.Epoch++
		u.PasswordReset = c.now
		c.note(Entry{Event: EventUserReactivated, By: me.ID, Whom: u.ID})
		return nil
	})
}

// ResetTwoFactor takes a user's authenticator and recovery codes away, for a new
// phone, and ends the user's sessions and trusts. Where the policy says so it
// gives a hand-over code of eight digits, which is nowhere else: the user is
// asked for it before the new barcode, within a day. The reason goes into the
// activity log. The last admin's stays. It needs step-up.
func (s *Session) ResetTwoFactor(ctx context.Context, id, reason string) (handOver string, err error) {
	reason, err = cleanName(FieldReason, reason)
	if err != nil {
		return "", err
	}
	code := newDigits()
	plain, _ := parseDigits(code)
	err = s.adminOn(ctx, id, func(c *change, me, u *user) error {
		isAgain := u.Reset != nil && u.Reset.Code != nil // the code was lost, or the reset has lapsed
		switch {
		case c.isLastAdmin(u):
			return ErrLastAdmin
		case u.Authenticator == nil && !isAgain:
			return ErrConflict
		}
		u.dropAuthenticator()
		u.Reset = &reset{At: c.now, By: me.ID}
		if c.Policy.HandOver {
			hashed := hashCode(u.ID, plain)
			u.Reset.Code, handOver = &hashed, code
		}
		c.revoke(u)
		c.closeHelpRequest(u)
		c.note(Entry{Event: EventTwoFactorReset, By: me.ID, Whom: u.ID, Detail: reason})
		return nil
	})
	if err != nil {
		return "", err
	}
	return handOver, nil
}

// dropAuthenticator takes away all that a second factor of u is.
func (u *user) dropAuthenticator() {
	u.Authenticator, u.Codes = nil, failures{}
	u.Recovery, u.OneTime, u.Offsets, u.Reset = nil, nil, nil, nil
}

// LiftWait ends the waits after a user's failed passwords and codes, which somebody else's
// guesses may have caused, and those of the computers where the user signs in. A disabled
// authenticator stays disabled. ErrConflict says that there is no wait. It needs step-up.
func (s *Session) LiftWait(ctx context.Context, id string) error {
	return s.adminOn(ctx, id, func(c *change, me, u *user) error {
		if c.waits(u, c.now) <= 0 {
			return ErrConflict
		}
		c.guessesOf(u.Username).Failures.lift()
		u.Codes.lift()
		for _, computer := range c.usedBy(u) {
			c.forgetNamesTried(computer)
		}
		c.note(Entry{Event: EventWaitLifted, By: me.ID, Whom: u.ID})
		return nil
	})
}

// waits is how long u has to wait, for the password or for a code.
func (r *register) waits(u *user, now time.Time) time.Duration {
	return max(r.passwordWait(u, now), u.Codes.left(now, maxCodeWait))
}

// adminOn is admin, with step-up, about one user.
func (s *Session) adminOn(ctx context.Context, id string, decide func(c *change, me, u *user) error) error {
	return s.admin(ctx, true, func(c *change, me *user) error {
		u := c.userByID(id)
		if u == nil {
			return ErrNotFound
		}
		return decide(c, me, u)
	})
}

// giveOneTime is adminOn, with a one-time password for the user.
func (s *Session) giveOneTime(ctx context.Context, id string, decide func(c *change, me, u *user) error) (string, error) {
	made, oneTime, err := s.oneTimePassword(ctx, id, func(*register) error { return nil })
	if err != nil {
		return "", err
	}
	err = s.adminOn(ctx, id, func(c *change, me, u *user) error {
		if err := decide(c, me, u); err != nil {
			return err
		}
		return s.givePassword(c, me, u, made)
	})
	if err != nil {
		return "", err
	}
	return oneTime, nil
}

// givePassword puts a made password into place, with the records key that the
// asking admin has.
func (s *Session) givePassword(c *change, me, u *user, made newPassword) error {
	records, err := s.recordsKey(c.register, me)
	if err != nil {
		return err
	}
	return c.setPassword(u, made, records)
}

// oneTimePassword does the slow part of giving a user a one-time password. It first asks
// whether the change would be allowed, so that a refusal is quick. The transaction after
// it decides.
func (s *Session) oneTimePassword(ctx context.Context, userID string, allowed func(*register) error) (newPassword, string, error) {
	err := s.adminView(ctx, func(r *register, _ *user) error {
		if err := allowed(r); err != nil {
			return err
		}
		if !s.fresh() {
			return ErrStepUp
		}
		return nil
	})
	if err != nil {
		return newPassword{}, "", err
	}
	oneTime := newLetters()
	made, _, err := s.p.makePassword(userID, oneTime, true)
	return made, oneTime, err
}
