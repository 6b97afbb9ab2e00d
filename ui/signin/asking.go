package signin

import (
	"errors"
	"time"

	"anteroom/auth"
)

// Asking is how a sign-in stands that asks for a code. The screens that take one
// share it, so that going from one to another forgets nothing: not how long the
// sign-in still waits, nor a wait after wrong codes, nor that help was asked for.
type Asking struct {
	since     time.Time
	next      time.Time // when the app shows a code that is not used up
	help      time.Time // since when the admins know; zero: nobody asked
	reset     *auth.ResetNote
	failed    failure // why no code would be judged
	clockLink bool    // a wrong clock may be why a code was refused
}

// NewAsking begins with what a step of a sign-in asks for.
func NewAsking(state auth.State, now time.Time) *Asking {
	return &Asking{
		since: now, next: state.NextCode, help: state.Help, reset: state.Reset,
		failed: failedAt(now, state.Refused),
	}
}

// left is how long the sign-in still waits for a code.
func (a *Asking) left(now time.Time) time.Duration { return codeTime - now.Sub(a.since) }

// refuses is why a code would be refused unseen now. For a code that somebody was
// given it does not matter that the authenticator is disabled.
func (a *Asking) refuses(now time.Time, given bool) failure {
	refusal := a.failed.AsOf(now)
	switch {
	case refusal == nil:
		return failure{}
	case refusal.Reason == auth.ErrAuthenticatorDisabled && given:
		return failure{}
	case cannotPass(refusal):
		return failedAt(now, refusal)
	case refusal.Wait > 0:
		return failedAt(now, &auth.Refusal{Reason: auth.ErrWait, Wait: refusal.Wait, Now: now})
	}
	return failure{}
}

// failedWith remembers what a refusal means for the next code.
func (a *Asking) failedWith(f failure) {
	a.clockLink = a.clockLink || errors.Is(f.Err, auth.ErrCodeWrong) || errors.Is(f.Err, auth.ErrCodeExpired)
	if !cannotPass(a.failed.Err) && f.Wait(f.At) > 0 {
		a.failed = f
	}
}

// cannotPass says that after this error nothing typed here would count.
func cannotPass(err error) bool {
	return errors.Is(err, auth.ErrAuthenticatorDisabled) || errors.Is(err, auth.ErrResetLapsed)
}
