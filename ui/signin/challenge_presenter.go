package signin

import (
	"errors"
	"time"

	"anteroom/auth"
)

// Challenge is the state of a sign-in that asks for a code. The screens that take one
// share it, so that going from one to another forgets nothing: not how long the
// sign-in still waits, nor a wait after wrong codes, nor that help was asked for.
type Challenge struct {
	since     time.Time
	next      time.Time // when the app shows a code that is not used up
	help      time.Time // since when the admins know; zero: nobody asked
	reset     *auth.ResetNote
	failed    Failure // why no code would be checked
	clockLink bool    // a wrong clock may be why a code was refused
}

// NewChallenge begins with what a step of a sign-in asks for.
func NewChallenge(state auth.State, now time.Time) *Challenge {
	return &Challenge{
		since: now, next: state.NextCode, help: state.Help, reset: state.Reset,
		failed: FailedAt(now, state.Refused),
	}
}

// left is how long the sign-in still waits for a code.
func (c *Challenge) left(now time.Time) time.Duration { return codeTime - now.Sub(c.since) }

// refusal is why a code would be refused unseen now. For an issued code
// it does not matter that the authenticator is disabled.
func (c *Challenge) refusal(now time.Time, isIssued bool) Failure {
	refusal := c.failed.AsOf(now)
	switch {
	case refusal == nil:
		return Failure{}
	case refusal.Reason == auth.ErrAuthenticatorDisabled && isIssued:
		return Failure{}
	case isFinal(refusal):
		return FailedAt(now, refusal)
	case refusal.Wait > 0:
		return FailedAt(now, &auth.Refusal{Reason: auth.ErrWait, Wait: refusal.Wait, Now: now})
	}
	return Failure{}
}

// noteFailure remembers what a refusal means for the next code.
func (c *Challenge) noteFailure(f Failure) {
	c.clockLink = c.clockLink || errors.Is(f.Err, auth.ErrCodeWrong) || errors.Is(f.Err, auth.ErrCodeExpired)
	if !isFinal(c.failed.Err) && f.Wait(f.At) > 0 {
		c.failed = f
	}
}

// isFinal says that after this error no code that is typed here is accepted.
func isFinal(err error) bool {
	return errors.Is(err, auth.ErrAuthenticatorDisabled) || errors.Is(err, auth.ErrResetLapsed)
}
