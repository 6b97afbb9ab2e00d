package auth_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"anteroom/auth"
)

// guesser is somebody at a window who tries to get into Ben's account as fast as
// they are let.
type guesser struct {
	*clinic
	from   time.Time
	judged int // guesses that were looked at; the others were refused unseen
}

func newGuesser(t testing.TB) *guesser {
	c := newClinic(t)
	return &guesser{clinic: c, from: c.clock.Now()}
}

// sends makes so many guesses, one a second or, where there is a wait, after it.
func (g *guesser) sends(n int, guess func() error) (took time.Duration) {
	for range n {
		g.clock.Advance(time.Second)
		err := guess()
		if err == nil {
			g.t.Fatal("a wrong guess let somebody in")
		}
		if reason := reasonOf(err); reason != auth.ErrWait && reason != auth.ErrAuthenticatorDisabled {
			g.judged++
		}
		g.clock.Advance(waitOf(err))
	}
	return g.clock.Now().Sub(g.from)
}

// password guesses at the password.
func (g *guesser) password() error {
	_, err := g.practice.NewAttempt().Password(g.ctx, "bjones", "a password of Ben's")
	return err
}

// code guesses at the second factor, with the right password.
func (g *guesser) code(give func(a *auth.Attempt) error) func() error {
	var a *auth.Attempt
	return func() error {
		if a == nil {
			a = g.asked(auth.StepCode)
		}
		err := give(a)
		if errors.Is(err, auth.ErrAttemptOver) && waitOf(err) == 0 { // five minutes are over
			a = g.asked(auth.StepCode)
			err = give(a)
		}
		if errors.Is(err, auth.ErrAttemptOver) {
			a = nil
		}
		return err
	}
}

func (g *guesser) authCode(a *auth.Attempt) error {
	_, err := a.Code(g.ctx, wrongCode(g.benPhone.secret, g.clock.Now()))
	return err
}

func (g *guesser) otherCode(a *auth.Attempt) error {
	_, err := a.OtherCode(g.ctx, "0000 0000")
	return err
}

// chance is that of so many judged Auth Codes, of which three count at a time,
// that one is right: s·v/10^Digit of RFC 4226 §7.3.
func chance(judged int) float64 { return 3 * float64(judged) / math.Pow10(6) }

// TestGuesses: of all guesses at the Auth Code a hundred are judged, however long
// somebody goes on; those at the password take a quarter of an hour each.
// BenchmarkGuesses goes to ten thousand.
func TestGuesses(t *testing.T) {
	codes := newGuesser(t)
	took := codes.sends(1000, codes.code(codes.authCode))
	if codes.judged != 99 || !codes.seen().Disabled { // the hundredth, judged too, says that it is disabled
		t.Errorf("%d codes judged, disabled %v", codes.judged, codes.seen().Disabled)
	}
	if took < 80*time.Hour {
		t.Errorf("it took %v", took)
	}

	passwords := newGuesser(t)
	took = passwords.sends(100, passwords.password)
	if passwords.judged != 100 || took < 90*15*time.Minute {
		t.Errorf("%d passwords judged in %v", passwords.judged, took)
	}

	// Who does not wait is judged no more often in the same time.
	hasty := newGuesser(t)
	for range 360 {
		hasty.clock.Advance(10 * time.Second)
		if reasonOf(hasty.password()) == auth.ErrCredentials {
			hasty.judged++
		}
	}
	if hasty.judged != 12 { // five, and after waits of 30 s, 1, 2, 4, 8, 15 and 15 min
		t.Errorf("%d passwords judged in an hour", hasty.judged)
	}

	// Recovery and one-time codes are not disabled, but wait for an hour each.
	other := newGuesser(t)
	took = other.sends(120, other.code(other.otherCode))
	if other.judged != 120 || took < 108*time.Hour {
		t.Errorf("%d other codes judged in %v", other.judged, took)
	}
}

// BenchmarkGuesses prints what ten thousand guesses come to.
func BenchmarkGuesses(b *testing.B) {
	const n = 10_000
	for b.Loop() {
		codes := newGuesser(b)
		took := codes.sends(n, codes.code(codes.authCode))
		judged := codes.judged + 1
		b.Logf("%d guesses at the Auth Code by who knows the password: %d judged, in %.1f days; then it is disabled", n, judged, took.Hours()/24)
		b.Logf("  chance of success %.4f %% (s·v/10^6 of RFC 4226 §7.3 with s = 3, v = %d; with all of them judged, v = %d: %.1f %%)",
			100*chance(judged), judged, n, 100*chance(n))
		other := newGuesser(b)
		took = other.sends(n, other.code(other.otherCode))
		b.Logf("%d guesses at a recovery or one-time code: %d judged, in %.0f days; chance of a recovery code %.1g",
			n, other.judged, took.Hours()/24, 10*float64(other.judged)/math.Pow(2, 80))
		passwords := newGuesser(b)
		took = passwords.sends(n, passwords.password)
		b.Logf("%d guesses at the password: %d judged, in %.0f days", n, passwords.judged, took.Hours()/24)
	}
}
