// Package model is what anybody would expect of sign-in, in a few words, without
// a register, keys or transactions; and random sequences of what people do,
// which hold a practice to it. Only tests import it.
package model

import (
	"time"

	"anteroom/auth"
	"anteroom/auth/totp"
)

// practice is what is true of all.
type practice struct {
	policy auth.Policy
	users  []*user
	newest time.Time // the newest event that was stored
	names  map[string]*name
}

// name is what is true of a username that was typed, whether somebody has it or not.
type name struct {
	failures
	tried [computers]time.Time // at a sign-in, when last; zero: not since the right password
}

// user is what is true of one person.
type user struct {
	name, password string
	id             string
	role           auth.Role
	active         bool
	oneTime        bool // the password has to be changed

	phone    totp.Secret // nil: none
	usedUpTo totp.Step
	recovery []string // not used yet
	spent    []string // used ones, which still say so
	kept     bool
	given    *given // an admin's one-time code
	handOver *given // what a reset asks for; nil: nothing
	trusted  [2]time.Time
	since    [2]time.Time // of the trust
	offset   [2]totp.Step

	used     [computers]bool // signed in there
	help     time.Time       // since when they wait for help; zero: not at all
	codes    failures
	epoch    int
	sessions []*session
}

// given is a code that somebody was given.
type given struct {
	code         string
	since, until time.Time
	newest       time.Time // stored event by then
	used         bool
}

// isOver says that a code is not of this time.
func (g *given) isOver(time time.Time) bool { return time.Before(g.since) || !time.Before(g.until) }

// isOld says that more was stored since than a code lives.
func (g *given) isOld(newest time.Time) bool { return newest.Sub(g.newest) >= g.until.Sub(g.since) }

// session is one that should be good.
type session struct {
	real     *auth.Session
	user     *user
	computer int
	since    time.Time
	began    time.Time // since, or the newest event that was stored by then
	proven   time.Time
	locked   bool
}

// isDayOld says that a full sign-in is due. After a reference of time that was set
// again nobody can tell.
func (s *session) isDayOld(now, newest time.Time) bool {
	stored := newest.Sub(s.began)
	return stored < 0 || stored >= 24*time.Hour || now.Sub(s.since) >= 24*time.Hour
}

// failures in a row, of which some were forgiven.
type failures struct {
	count, lifted int
	last          time.Time
}

// wait is how long the next try has to wait. A last failure that lies in the
// future, after a clock was put back, counts from now.
func (f *failures) wait(now time.Time, most time.Duration) time.Duration {
	if f.last.After(now) {
		f.last = now
	}
	over := f.count - f.lifted - 4
	if over <= 0 {
		return 0
	}
	length := 30 * time.Second << min(over-1, 20)
	return max(0, f.last.Add(min(length, most)).Sub(now))
}

func (f *failures) charge(now time.Time) { f.count, f.last = f.count+1, now }

// of is the name of that username.
func (p *practice) of(username string) *name {
	if p.names[username] == nil {
		p.names[username] = &name{}
	}
	return p.names[username]
}

// tidy forgets what is a day old, and takes for now what lies in the future, after
// a clock was put back.
func (p *practice) tidy(now time.Time) {
	for username, n := range p.names {
		if n.last.After(now) {
			n.last = now
		}
		if now.Sub(n.last) >= 24*time.Hour {
			delete(p.names, username)
		}
		for computer, at := range n.tried {
			if at.After(now) {
				n.tried[computer] = now
			}
		}
	}
}

// signInWait is how long a name has to wait at a computer: its own wait, or that
// of the computer, from the twenty-first name of a day on.
func (p *practice) signInWait(username string, computer int, now time.Time) time.Duration {
	return max(p.waitAt(computer, now), p.of(username).wait(now, maxPasswordWait))
}

func (p *practice) waitAt(computer int, now time.Time) time.Duration {
	here := failures{count: 4 - 20}
	for _, n := range p.names {
		if at := n.tried[computer]; !at.IsZero() && now.Sub(at) < 24*time.Hour {
			here.count, here.last = here.count+1, newer(here.last, at)
		}
	}
	return here.wait(now, maxPasswordWait)
}

// waitOf is what an admin sees of a user's wait, and can lift: for a password, where
// they have signed in before, or for a code.
func (p *practice) waitOf(u *user, now time.Time) time.Duration {
	passwords, codes := p.of(u.name).failures, u.codes // to look moves nothing
	wait := max(passwords.wait(now, maxPasswordWait), codes.wait(now, maxCodeWait))
	for computer, used := range u.used {
		if used {
			wait = max(wait, p.waitAt(computer, now))
		}
	}
	return wait
}

// calm has all begin again at a computer.
func (p *practice) calm(computer int) {
	for _, n := range p.names {
		n.tried[computer] = time.Time{}
	}
}

// newer is the newer of two times.
func newer(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (p *practice) behind(now time.Time) time.Duration { return max(0, p.newest.Sub(now)) }

func (p *practice) isLost(now time.Time) bool { return p.behind(now) > 24*time.Hour }

// trusts says whether a code that was given at a computer still counts there.
func (p *practice) trusts(u *user, computer int, now time.Time) bool {
	return p.behind(now) <= 2*time.Minute && !p.newest.Before(u.since[computer]) && p.newest.Before(u.trusted[computer])
}

// steps that were taken in a sign-in.
type steps struct {
	code, other, handedOver bool
}

// next is what a sign-in asks for after the right password.
func (p *practice) next(u *user, s steps, computer int, now time.Time) auth.Step {
	second := s.code || s.other || p.trusts(u, computer, now)
	switch {
	case p.isLost(now) && !s.code:
		return auth.StepCode
	case p.policy.TwoFactor && u.phone != nil && !second:
		return auth.StepCode
	case p.policy.TwoFactor && u.phone == nil && u.handOver != nil && !s.handedOver:
		return auth.StepHandOver
	case u.oneTime:
		return auth.StepNewPassword
	case p.policy.TwoFactor && u.phone == nil:
		return auth.StepEnrol
	}
	return auth.StepDone
}

// judgeCode says what becomes of the code of a step.
func (u *user) judgeCode(step, now totp.Step, computer int) error {
	near := func(at totp.Step) bool { return step >= at-1 && step <= at+1 }
	plain, shifted := near(now), u.offset[computer] != 0 && near(now+u.offset[computer])
	switch {
	case (plain || shifted) && step > u.usedUpTo:
		if plain {
			u.offset[computer] = 0
		}
		u.usedUpTo = step
		u.codes = failures{}
		return nil
	case u.codes.count >= 100: // this was the hundredth
		return auth.ErrAuthenticatorDisabled
	case plain || shifted:
		return auth.ErrCodeUsed
	}
	return auth.ErrCodeWrong // or expired: both are refused
}

// disabled says that a hundred second factors failed in a row.
func (u *user) disabled() bool { return u.codes.count >= 100 }

// reads says that a code is, among those that are looked at, only that of its
// step: now and then the app shows the same digits twice.
func (u *user) reads(step, now totp.Step, computer int) bool {
	text := totp.Code(u.phone, step)
	for _, around := range []totp.Step{now, now + u.offset[computer]} {
		for at := around - 1; at <= around+1; at++ {
			if at != step && totp.Code(u.phone, at) == text {
				return false
			}
		}
	}
	return true
}

// wrongCode is one that the app does not show around now.
func (u *user) wrongCode(now totp.Step) string {
	step := now + 1000
	for !u.reads(step, now, 0) {
		step++
	}
	return totp.Code(u.phone, step)
}

// giveTrust notes a code that was given at a computer.
func (p *practice) giveTrust(u *user, computer int, now time.Time) {
	u.trusted[computer], u.since[computer] = time.Time{}, time.Time{}
	if p.policy.TwoFactor && p.policy.Frequency.Length() > 0 {
		u.since[computer], u.trusted[computer] = now, now.Add(p.policy.Frequency.Length())
	}
}

// cutOff ends all that a user has under way.
func (u *user) cutOff() {
	u.sessions, u.trusted, u.since = nil, [2]time.Time{}, [2]time.Time{}
	u.epoch++
}

// dropPhone takes all of a second factor away.
func (u *user) dropPhone() {
	u.phone, u.codes, u.recovery, u.spent, u.kept = nil, failures{}, nil, nil, false
	u.given, u.handOver, u.offset = nil, nil, [2]totp.Step{}
}

// canManage says that somebody is a Practice Admin who can sign in.
func (u *user) canManage() bool {
	return u.active && u.role == auth.Admin && !u.oneTime && u.codes.count < 100 && u.handOver == nil
}

// isLastAdmin says that without u nobody could manage the practice.
func (p *practice) isLastAdmin(u *user) bool {
	if !u.active || u.role != auth.Admin {
		return false
	}
	for _, o := range p.users {
		if o != u && o.canManage() {
			return false
		}
	}
	return true
}
