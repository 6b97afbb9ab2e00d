package auth

import (
	"slices"
	"time"

	"anteroom/auth/totp"
)

// The computer's clock may be wrong: set back, at 1970 because its battery is empty, or
// once set to the future. Times are UTC, so time zones and daylight saving time don't
// matter here.

const (
	// maxClockBehind is how far the clock may be behind the newest stored event
	// before that is shown and no trust is valid.
	maxClockBehind = 2 * time.Minute
	// clockLost is how far it may be behind before only an admin with an Auth
	// Code, or the kit, signs in.
	clockLost = 24 * time.Hour
	// maxClockOffset is the largest clock offset that two codes can correct.
	maxClockOffset = 30 * time.Minute
)

// clockOffset is how far a clock is off, for one user's codes only: a computer's, or
// the server's (serverClock).
type clockOffset struct {
	Computer string    `json:"computer"`
	Steps    totp.Step `json:"steps"` // to add to this computer's
}

// behind is how far the clock is behind the newest stored event; 0 if it isn't.
func (r *register) behind(now time.Time) time.Duration {
	return max(0, r.Changed.Sub(now))
}

// clockIsLost says that the clock is so far behind that no time limit can be checked.
func (r *register) clockIsLost(now time.Time) bool { return r.behind(now) > clockLost }

// newer is the later of now and the newest stored event: a clock that was put back
// prolongs nothing.
func (r *register) newer(now time.Time) time.Time {
	if r.Changed.After(now) {
		return r.Changed
	}
	return now
}

// newest is newer of the change's own time.
func (c *change) newest() time.Time { return c.newer(c.now) }

// refuseLostClock refuses users who can't confirm that the clock is right and the
// newest stored event is wrong: that takes an admin's Auth Code, or the kit.
func (c *change) refuseLostClock(u *user) *Refusal {
	if !c.clockIsLost(c.now) || u.canResetClock() {
		return nil
	}
	c.note(Entry{Event: EventClockRefused, Whom: u.ID})
	return &Refusal{Reason: ErrClockBehind, Now: c.now}
}

// canResetClock says whether u's Auth Code confirms that a lost clock is right.
func (u *user) canResetClock() bool { return u.Role == Admin && u.Authenticator != nil }

// resetClockReference takes the clock's time as the new reference if the clock was lost.
// u is the admin whose right Auth Code confirms it; nil: the kit does.
func (c *change) resetClockReference(u *user, computer string) {
	if !c.clockIsLost(c.now) {
		return
	}
	c.Changed = c.now
	by := ""
	if u != nil { // else the kit vouches
		by = u.ID
	}
	c.note(Entry{Event: EventClockReset, By: by})
	c.addNews(NewsClockReset, by, c.computerName(computer), c.now)
}

// computerName is the name of a linked computer; "" if it isn't linked.
func (r *register) computerName(id string) string {
	if k := r.computer(id); k != nil {
		return CleanName(k.Name) // earlier releases kept it as the OS said it
	}
	return ""
}

// ClockBehind is how far this computer's clock is behind the newest event that
// this program has seen stored; 0 if it is right or nearly so.
func (p *Practice) ClockBehind() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if behind := p.changed.Sub(p.now()); behind > maxClockBehind {
		return behind
	}
	return 0
}

// serverClock owns the clock of a practice on a server.
const serverClock = "server"

// clockOwner is whose clock codes are checked by: this computer's id, or the server.
func (p *Practice) clockOwner() string {
	if _, ok := p.store.(Clock); ok {
		return serverClock
	}
	return p.computer
}

// offset is the steps between the owner's clock and the user's phone, as far as two
// codes showed one.
func (u *user) offset(owner string) totp.Step {
	for _, o := range u.Offsets {
		if o.Computer == owner {
			return o.Steps
		}
	}
	return 0
}

func (u *user) setOffset(owner string, steps totp.Step) {
	u.Offsets = slices.DeleteFunc(u.Offsets, func(o clockOffset) bool { return o.Computer == owner })
	if steps != 0 {
		u.Offsets = append(u.Offsets, clockOffset{owner, steps})
	}
}

// judgeCode judges a code against u's authenticator and uses up its step.
// Only this and judgeTwo use up steps after enrolment. If a code is right without the
// offset to the owner's clock, that offset is dropped.
func (u *user) judgeCode(code string, now time.Time, owner string) error {
	a := u.Authenticator
	verdict, step := totp.Judge(a.Secret, code, now, a.Last)
	if verdict == totp.Right {
		u.setOffset(owner, 0)
	} else if offset := u.offset(owner); offset != 0 {
		if v, s := totp.Judge(a.Secret, code, now.Add(offset.Length()), a.Last); v != totp.Wrong {
			verdict, step = v, s
		}
	}
	switch verdict {
	case totp.Right:
		a.Last = step
		u.Codes = failures{}
		return nil
	case totp.Used:
		return ErrCodeUsed
	case totp.Expired:
		return ErrCodeExpired
	}
	return ErrCodeWrong
}

// judgeTwo judges two codes, one after the other, of a phone whose clock and the
// owner's differ by up to half an hour; it uses both up.
func (u *user) judgeTwo(first, second string, now time.Time, owner string) error {
	a := u.Authenticator
	steps, ok := totp.Offset(a.Secret, first, second, now, maxClockOffset)
	at := totp.StepAt(now) + steps
	switch {
	case !ok:
		return ErrTwoCodes
	case at <= a.Last: // at is the step of the second; the first may have been used
		return ErrCodeUsed
	}
	a.Last = at
	u.Codes = failures{}
	if steps.Length().Abs() <= totp.Period { // would fit without
		steps = 0
	}
	u.setOffset(owner, steps)
	return nil
}

// noteOffset tells the admins that a user's codes are checked with an offset. A
// computer that is not linked, in a run that the kit opened, keeps none.
func (c *change) noteOffset(u *user, owner, computer string) {
	offset := u.offset(owner)
	if offset == 0 {
		return
	}
	if owner != serverClock && c.computer(owner) == nil {
		u.setOffset(owner, 0)
	}
	c.note(Entry{Event: EventClockOffset, By: u.ID, Detail: offset.Length().String()})
	c.addNews(NewsClockOffset, u.ID, c.computerName(computer), c.now)
}
