package auth

import (
	"slices"
	"time"
)

// Frequency says how often an Auth Code is asked for.
type Frequency string

// The four frequencies, each a length from the code that was given.
const (
	EverySignIn Frequency = "every sign-in"
	Daily       Frequency = "24 h"
	Weekly      Frequency = "7 d"
	Monthly     Frequency = "30 d"
)

// Frequencies are all of them, the strictest first.
var Frequencies = []Frequency{EverySignIn, Daily, Weekly, Monthly}

// Length is how long a code given on a computer is good for there. 0 means
// that it is asked every time.
func (f Frequency) Length() time.Duration {
	const day = 24 * time.Hour
	switch f {
	case Daily:
		return day
	case Weekly:
		return 7 * day
	case Monthly:
		return 30 * day
	}
	return 0
}

// BelowAAL2 says that the frequency is weaker than NIST SP 800-63B-4 asks at
// authentication assurance level 2 (§2.2.3: reauthentication once in 24 h).
func (f Frequency) BelowAAL2() bool { return f.Length() > 24*time.Hour }

// MinIdle and MaxIdle are the limits of Policy.Idle, in minutes; DefaultIdle is that of a
// new practice.
const (
	MinIdle     = 1
	MaxIdle     = 60
	DefaultIdle = 10
)

// Policy is what the practice asks of everyone who signs in.
type Policy struct {
	TwoFactor bool      `json:"twoFactor"`
	Frequency Frequency `json:"frequency"`
	Idle      int       `json:"idle"`     // minutes without a touch after which a session locks
	HandOver  bool      `json:"handOver"` // a reset of two-factor asks for eight digits that the admin hands over
}

// check refuses what no practice may ask.
func (p Policy) check() error {
	switch {
	case !slices.Contains(Frequencies, p.Frequency):
		return &FieldError{FieldPolicy, ProblemUnknown}
	case p.Idle < MinIdle || p.Idle > MaxIdle:
		return &FieldError{FieldIdle, ProblemRange}
	}
	return nil
}

// weakerThan says that p lets somebody in where other would not.
func (p Policy) weakerThan(other Policy) bool {
	return other.TwoFactor && !p.TwoFactor || p.asksLessThan(other) ||
		p.Idle > other.Idle || other.HandOver && !p.HandOver
}

// asksLessThan says that p trusts a computer for longer than other.
func (p Policy) asksLessThan(other Policy) bool {
	return p.TwoFactor && other.TwoFactor && p.Frequency.Length() > other.Frequency.Length()
}

// trust says that a user gave a code on a computer. Its end is fixed when it is made: a
// weaker policy does not prolong it later.
type trust struct {
	Computer string    `json:"computer"`
	Since    time.Time `json:"since"`
	Until    time.Time `json:"until"`
}

// trusted says whether u's code is not asked for again on a computer. It uses the later of
// now and the newest stored event, so that a clock that was put back prolongs nothing.
func (r *register) trusted(u *user, computer string, now time.Time) bool {
	if r.behind(now) > maxClockBehind {
		return false
	}
	now = r.newer(now)
	return slices.ContainsFunc(u.Trusts, func(t trust) bool {
		return t.Computer == computer && !now.Before(t.Since) && now.Before(t.Until)
	})
}

// addTrust notes that u gave a code on a computer now. A computer that is not linked, in a
// run that the kit opened, gets no trust.
func (r *register) addTrust(u *user, computer string, now time.Time) {
	if r.computer(computer) == nil {
		return
	}
	u.Trusts = slices.DeleteFunc(u.Trusts, func(t trust) bool { return t.Computer == computer })
	if length := r.Policy.Frequency.Length(); r.Policy.TwoFactor && length > 0 {
		u.Trusts = append(u.Trusts, trust{Computer: computer, Since: now, Until: now.Add(length)})
	}
}

// facts are all that decides what a sign-in asks for next.
type facts struct {
	passwordGiven bool // the right one, in this attempt
	codeGiven     bool // a right Auth Code, in this attempt
	otherGiven    bool // a recovery or one-time code instead
	handOver      bool // the reset has a hand-over code that was not given in this attempt
	oneTime       bool // the password has to be changed
	twoFactor     bool // the policy asks for a second factor
	enrolled      bool // there is an authenticator
	trusted       bool // a code given on this computer is still valid
	clockLost     bool // no time limit can be checked
}

// next is what a sign-in asks for. An enrolled user gives an Auth Code before a one-time
// password is changed, a user with a hand-over code that code: so a one-time password
// alone is not enough to take over an account. With a lost clock only an Auth Code helps.
func (f facts) next() Step {
	switch {
	case !f.passwordGiven:
		return StepPassword
	case f.clockLost && !f.codeGiven:
		return StepCode
	case f.twoFactor && f.enrolled && !f.codeGiven && !f.otherGiven && !f.trusted:
		return StepCode
	case f.twoFactor && !f.enrolled && f.handOver:
		return StepHandOver
	case f.oneTime:
		return StepNewPassword
	case f.twoFactor && !f.enrolled:
		return StepEnrol
	}
	return StepDone
}
