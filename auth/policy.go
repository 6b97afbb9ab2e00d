package auth

import (
	"slices"
	"time"

	"anteroom/auth/totp"
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

// Policy is what the practice asks of everyone who signs in.
type Policy struct {
	TwoFactor bool      `json:"twoFactor"`
	Frequency Frequency `json:"frequency"`
}

// weakerThan says that p lets in where other would ask for a code.
func (p Policy) weakerThan(other Policy) bool {
	if p.TwoFactor != other.TwoFactor {
		return other.TwoFactor
	}
	return p.TwoFactor && p.Frequency.Length() > other.Frequency.Length()
}

// trust says that a user gave a code on a computer. Its end is fixed when it
// is made: a laxer policy later does not prolong it.
type trust struct {
	Computer string    `json:"computer"`
	Since    time.Time `json:"since"`
	Until    time.Time `json:"until"`
}

// maxClockBehind is how far the clock may be behind the newest stored event
// before no trust counts.
const maxClockBehind = 2 * time.Minute

// trusted says whether u's code is not asked again on a computer. Times are
// compared with the newer of now and the newest stored event, so a clock put
// back prolongs nothing.
func (r *register) trusted(u *user, computer string, now time.Time) bool {
	if r.behind(now) > maxClockBehind {
		return false
	}
	if r.Changed.After(now) {
		now = r.Changed
	}
	return slices.ContainsFunc(u.Trusts, func(t trust) bool {
		return t.Computer == computer && !now.Before(t.Since) && now.Before(t.Until)
	})
}

// addTrust notes that u gave a code on a computer now. One that is not linked,
// in a run that the kit opened, is trusted with nothing.
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
	oneTime       bool // the password has to be changed
	twoFactor     bool // the policy asks for a second factor
	enrolled      bool // there is an authenticator
	trusted       bool // a code given on this computer still counts
}

// next is what a sign-in asks for. A one-time password is changed only after
// the Auth Code of who has one, so that it alone takes nobody's account.
func (f facts) next() Step {
	switch {
	case !f.passwordGiven:
		return StepPassword
	case f.twoFactor && f.enrolled && !f.codeGiven && !f.trusted:
		return StepCode
	case f.oneTime:
		return StepNewPassword
	case f.twoFactor && !f.enrolled:
		return StepEnrol
	}
	return StepDone
}

// judgeCode judges a code against u's authenticator and uses up its step.
// It is the only place where a step is used up after enrolment.
func (u *user) judgeCode(code string, now time.Time) error {
	verdict, step := totp.Judge(u.Authenticator.Secret, code, now, u.Authenticator.Last)
	switch verdict {
	case totp.Right:
		u.Authenticator.Last = step
		u.Codes = failures{}
		return nil
	case totp.Used:
		return ErrCodeUsed
	case totp.Expired:
		return ErrCodeExpired
	}
	return ErrCodeWrong
}
