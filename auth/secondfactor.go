package auth

import (
	"context"
	"errors"
	"time"

	"anteroom/auth/totp"
)

// factor is a kind of second factor. All share one count of failures.
type factor int

const (
	factorAuthCode factor = iota // or two
	factorOther                  // a recovery or one-time code
	factorHandOver
)

// otherCode is what was given instead of an Auth Code.
type otherCode int

const (
	noOther otherCode = iota
	recoveryGiven
	oneTimeGiven
)

// Code checks an Auth Code as people type it. Wrong, used and expired ones are
// a Refusal and count as failures; ErrCodeFormat is not counted. After five the
// attempt is over: ErrAttemptOver.
func (a *Attempt) Code(ctx context.Context, text string) (State, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	code, err := totp.Parse(text)
	if err != nil {
		return a.state, &Refusal{Reason: ErrCodeFormat, Now: a.p.now()}
	}
	return a.secondFactor(ctx, factorAuthCode, func(c *change, u *user) error {
		return u.judgeCode(code, c.now, a.p.clockOwner())
	})
}

// TwoCodes signs in with two consecutive Auth Codes, for a computer whose clock is wrong
// and can't be set. They are one attempt. From then on the user's codes are checked with
// the offset they showed, of at most 30 minutes, between the phone and that clock (for a
// server: at all its computers), until a code is right without it. Nothing else uses the
// offset. Every admin is told. Codes that don't follow each other are ErrTwoCodes.
func (a *Attempt) TwoCodes(ctx context.Context, first, second string) (State, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	one, err1 := totp.Parse(first)
	two, err2 := totp.Parse(second)
	if err := errors.Join(err1, err2); err != nil {
		return a.state, &Refusal{Reason: ErrCodeFormat, Now: a.p.now()}
	}
	return a.secondFactor(ctx, factorAuthCode, func(c *change, u *user) error {
		if err := u.judgeTwo(one, two, c.now, a.p.clockOwner()); err != nil {
			return err
		}
		c.noteOffset(u, a.p.clockOwner(), a.p.computer)
		return nil
	})
}

// OtherCode checks what is given instead of an Auth Code: a recovery code, or an admin's
// one-time code of eight digits. Neither gives a trust or a step-up. Wrong, used and
// expired ones are a Refusal and count as failures; ErrCodeShape is not counted.
func (a *Attempt) OtherCode(ctx context.Context, text string) (State, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if code, ok := parseDigits(text); ok {
		return a.secondFactor(ctx, factorOther, func(c *change, u *user) error { return a.oneTimeCode(c, u, code) })
	}
	if code, ok := parseLetters(text); ok {
		return a.secondFactor(ctx, factorOther, func(c *change, u *user) error { return a.recoveryCode(c, u, code) })
	}
	return a.state, &Refusal{Reason: ErrCodeShape, Now: a.p.now()}
}

func (a *Attempt) recoveryCode(c *change, u *user, code string) error {
	if err := u.judgeRecovery(code, c.now); err != nil {
		return err
	}
	a.other = recoveryGiven
	u.Codes = failures{} // a disabled authenticator works again
	c.note(Entry{Event: EventRecoveryUsed, By: u.ID})
	return nil
}

func (a *Attempt) oneTimeCode(c *change, u *user, code string) error {
	if err := u.judgeOneTime(code, c.now, c.newest()); err != nil {
		return err
	}
	a.other = oneTimeGiven
	u.Codes.Count-- // the charge of this one
	u.Codes.lift()
	if u.Codes.Count < maxCodeFailures { // else the authenticator stays disabled
		u.Codes = failures{}
	}
	c.note(Entry{Event: EventOneTimeUsed, By: u.ID})
	return nil
}

// HandOver checks the digits that the admin handed over after resetting the user's
// authenticator. Wrong ones are a Refusal and count as failures; ErrCodeShape is not
// counted. ErrResetLapsed says that the reset is a day old.
func (a *Attempt) HandOver(ctx context.Context, text string) (State, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	code, ok := parseDigits(text)
	if !ok {
		return a.state, &Refusal{Reason: ErrCodeShape, Now: a.p.now()}
	}
	return a.secondFactor(ctx, factorHandOver, func(c *change, u *user) error {
		if err := u.judgeHandOver(code, c.newest()); err != nil {
			return err
		}
		a.handedOver = true
		u.Codes = failures{}
		c.note(Entry{Event: EventHandedOver, By: u.ID})
		return nil
	})
}

// secondFactor counts an attempt with a second factor, has it judged, and takes the next
// step if it was right. After five wrong ones the attempt is over.
func (a *Attempt) secondFactor(ctx context.Context, kind factor, judge func(*change, *user) error) (State, error) {
	step := StepCode
	if kind == factorHandOver {
		step = StepHandOver
	}
	if err := a.check(step); err != nil {
		return a.state, err
	}
	isOn := func(r *register) error { _, err := a.userNow(r); return err }
	if err := a.p.chargeFactor(ctx, a.user, kind, isOn); err != nil {
		if errors.Is(err, ErrAttemptOver) {
			a.end()
		}
		return a.state, err
	}
	var refusal *Refusal
	err := a.p.update(ctx, func(c *change) error {
		u, err := a.userNow(c.register)
		if err != nil {
			return err
		}
		if err := c.mayTry(u, kind, u.Codes.Count-1); err != nil { // without the charge of this one
			return err
		}
		if reason := judge(c, u); reason != nil {
			refusal = c.refuseFactor(u, kind, reason, a.p.clockOwner())
			return nil
		}
		if kind == factorAuthCode {
			a.codeGiven = a.p.now()
			c.resetClockReference(u, a.p.computer)
			c.addTrust(u, a.p.computer, c.now)
		}
		return a.advance(c, u)
	})
	if refusal != nil && err == nil {
		a.refused(refusal)
	}
	return a.outcome(err, refusal)
}

// refused ends the attempt after too many wrong codes.
func (a *Attempt) refused(refusal *Refusal) {
	a.codesWrong++
	if a.codesWrong >= codesPerAttempt && refusal.Reason != ErrAuthenticatorDisabled {
		refusal.Reason = ErrAttemptOver
	}
	if refusal.Reason == ErrAttemptOver || refusal.Reason == ErrAuthenticatorDisabled {
		a.end()
	}
}

// chargeFactor counts an attempt with a second factor, unless it is refused without being
// judged.
func (p *Practice) chargeFactor(ctx context.Context, userID string, kind factor, isOn func(*register) error) error {
	ch := charge{
		of: func(c *change) *failures {
			if u := c.userByID(userID); u != nil {
				return &u.Codes
			}
			return nil
		},
		try: func(c *change) (time.Duration, bool) { return c.userByID(userID).Codes.charge(c.now, maxCodeWait) },
	}
	err := p.charge(ctx, &ch, func(c *change) error {
		u := c.userByID(userID)
		if u == nil || !u.Active {
			return &Refusal{Reason: ErrAttemptOver, Now: c.now}
		}
		if err := isOn(c.register); err != nil {
			return err
		}
		return c.mayTry(u, kind, u.Codes.Count)
	})
	if err != nil {
		return err
	}
	if err := errors.Join(p.advanceAnchor(ctx, ch.anchor), ctx.Err()); err != nil {
		p.undoCharge(ch)
		return err
	}
	return nil
}

// mayTry refuses what can't be right after so many failures: codes of who has no
// authenticator, Auth Codes of a disabled one, a hand-over code whose reset has
// lapsed, and with a lost clock anything but an Auth Code.
func (c *change) mayTry(u *user, kind factor, failed int) error {
	isOver := &Refusal{Reason: ErrAttemptOver, Now: c.now}
	switch {
	case kind == factorHandOver && u.Reset.lapsed(c.newest()):
		return &Refusal{Reason: ErrResetLapsed, Now: c.now}
	case kind == factorHandOver && (u.Authenticator != nil || u.Reset == nil || u.Reset.Code == nil):
		return isOver
	case kind != factorHandOver && u.Authenticator == nil:
		return isOver
	case kind == factorAuthCode && failed >= maxCodeFailures:
		return &Refusal{Reason: ErrAuthenticatorDisabled, Now: c.now}
	case kind != factorAuthCode && c.clockIsLost(c.now):
		return &Refusal{Reason: ErrClockBehind, Now: c.now}
	}
	return nil
}

// refusesCodes says why any Auth Code would be refused now, for the screen to say so
// before somebody types one; nil: it would not.
func (u *user) refusesCodes(now time.Time) error {
	if u.Codes.Count >= maxCodeFailures {
		return &Refusal{Reason: ErrAuthenticatorDisabled, Now: now}
	}
	return u.refusesForNow(now)
}

func (u *user) refusesForNow(now time.Time) error {
	if left := u.Codes.left(now, maxCodeWait); left > 0 {
		return &Refusal{Reason: ErrWait, Wait: left, Now: now}
	}
	return nil
}

// refuseFactor notes a second factor that was not right and says what to do
// next. owner is whose the clock is.
func (c *change) refuseFactor(u *user, kind factor, reason error, owner string) *Refusal {
	c.note(Entry{Event: EventCodeRefused, Whom: u.ID, Detail: reason.Error()})
	refusal := &Refusal{Reason: reason, Wait: u.Codes.length(maxCodeWait), Now: c.now}
	if u.Codes.Count == maxCodeFailures && u.Authenticator != nil {
		c.note(Entry{Event: EventDisabled, Whom: u.ID})
	}
	if u.Codes.Count >= maxCodeFailures && kind == factorAuthCode {
		refusal.Reason, refusal.Wait = ErrAuthenticatorDisabled, 0
	}
	if reason == ErrCodeUsed {
		refusal.Next = u.nextCode(c.now, owner)
	}
	return refusal
}

// nextCode is when the app shows a code that is not used up yet, by the owner's
// clock; zero if it shows one now.
func (u *user) nextCode(now time.Time, owner string) time.Time {
	offset := u.offset(owner)
	if u.Authenticator == nil || totp.StepAt(now)+offset > u.Authenticator.Last {
		return time.Time{}
	}
	return (u.Authenticator.Last + 1 - offset).Start()
}

// giveCode judges an Auth Code of the session's user, as one attempt, and then does what
// it is needed for, in the same transaction. A wrong one is a Refusal. Each of its two
// transactions asks may first.
func (s *Session) giveCode(ctx context.Context, code string, may func(me *user) error, then func(c *change, me *user)) error {
	isOn := func(r *register) error {
		me, err := s.me(r)
		if err != nil {
			return err
		}
		return may(me)
	}
	if err := s.p.chargeFactor(ctx, s.user, factorAuthCode, isOn); err != nil {
		return err
	}
	var refusal *Refusal
	err := s.update(ctx, func(c *change, me *user) error {
		if me.Authenticator == nil {
			return ErrStepUp
		}
		if err := may(me); err != nil {
			return err
		}
		if reason := me.judgeCode(code, c.now, s.p.clockOwner()); reason != nil {
			refusal = c.refuseFactor(me, factorAuthCode, reason, s.p.clockOwner())
			return nil
		}
		then(c, me)
		return nil
	})
	if err == nil && refusal != nil {
		return refusal
	}
	return err
}
