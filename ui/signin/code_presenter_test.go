package signin

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/auth"
)

// fakeCode is the part of a sign-in that takes codes. It keeps what was typed.
type fakeCode struct {
	answers
	typed []string
	since time.Time // that it gives for a request for help
}

func (f *fakeCode) check(ctx context.Context, typed []string) (auth.State, error) {
	f.typed = typed
	return f.next(ctx)
}

func (f *fakeCode) Code(ctx context.Context, text string) (auth.State, error) {
	return f.check(ctx, []string{text})
}

func (f *fakeCode) TwoCodes(ctx context.Context, first, second string) (auth.State, error) {
	return f.check(ctx, []string{first, second})
}

func (f *fakeCode) OtherCode(ctx context.Context, text string) (auth.State, error) {
	return f.check(ctx, []string{text})
}

func (f *fakeCode) HandOver(ctx context.Context, text string) (auth.State, error) {
	return f.check(ctx, []string{text})
}

func (f *fakeCode) AskForHelp(ctx context.Context) (time.Time, error) {
	_, err := f.next(ctx)
	return f.since, err
}

type fakeCodeScreen struct {
	view    codeView
	retyped int
}

func (f *fakeCodeScreen) show(v codeView) { f.view = v }
func (f *fakeCodeScreen) retype()         { f.retyped++ }

type codeCase struct {
	*queue
	*led
	attempt   *fakeCode
	params    CodeParams
	display   *fakeCodeScreen
	presenter *code
}

func inCode(t *testing.T, next time.Duration, list func() []answer, test func(*testing.T, *codeCase)) {
	inCodeOf(t, func() auth.State { return auth.State{NextCode: time.Now().Add(next)} }, list, test)
}

func inCodeOf(t *testing.T, state func() auth.State, list func() []answer, test func(*testing.T, *codeCase)) {
	synctest.Test(t, func(t *testing.T) {
		c := &codeCase{queue: &queue{}, led: &led{}, attempt: &fakeCode{answers: answers{list: list()}}, display: &fakeCodeScreen{}}
		host, leave := newHost(t, c.queue)
		defer leave()
		c.params = CodeParams{Host: host, Ways: c.ways(), Asking: NewAsking(state(), time.Now())}
		c.presenter = newCode(c.params, auth.StepCode, c.attempt.check)
		c.presenter.begin(c.display)
		test(t, c)
	})
}

func none() []answer { return nil }

func TestCodeSaysWhenTheNextOneComes(t *testing.T) {
	inCode(t, 3*time.Second, none, func(t *testing.T, c *codeCase) {
		want(t, "help", c.display.view.Help, "Your last code is used up. The next one comes in 3 s.")
		want(t, "can submit", c.display.view.CanSubmit, true)
		c.pass(time.Second)
		want(t, "help", c.display.view.Help, "Your last code is used up. The next one comes in 2 s.")
		c.pass(2 * time.Second)
		want(t, "help", c.display.view.Help, "")
	})
}

// TestCodeWaitIsSaidAtOnce: not only after somebody has typed a code in vain.
func TestCodeWaitIsSaidAtOnce(t *testing.T) {
	waits := func() auth.State {
		return auth.State{Refused: &auth.Refusal{Reason: auth.ErrWait, Wait: 30 * time.Second, Now: time.Now()}}
	}
	inCodeOf(t, waits, none, func(t *testing.T, c *codeCase) {
		want(t, "error", c.display.view.Error, "Too many failed attempts. Wait 30 s, then try again.")
		want(t, "can submit", c.display.view.CanSubmit, false)
		c.pass(31 * time.Second)
		want(t, "error", c.display.view.Error, "You can try again now.")
		want(t, "can submit", c.display.view.CanSubmit, true)
	})
}

func TestCodeUsedCountsDown(t *testing.T) {
	used := func() []answer {
		now := time.Now()
		return []answer{{
			state: auth.State{Step: auth.StepCode},
			err:   &auth.Refusal{Reason: auth.ErrCodeUsed, Next: now.Add(12 * time.Second), Now: now},
		}}
	}
	inCode(t, 0, used, func(t *testing.T, c *codeCase) {
		c.presenter.submit("482913")
		c.pass(0)
		want(t, "error", c.display.view.Error, "That code was used already. Wait 12 s for the next one.")
		want(t, "retyped", c.display.retyped, 1)
		want(t, "can submit", c.display.view.CanSubmit, true) // a phone's clock may be ahead
		c.pass(5 * time.Second)
		want(t, "error", c.display.view.Error, "That code was used already. Wait 7 s for the next one.")
		c.pass(8 * time.Second)
		want(t, "error", c.display.view.Error, "That code was used already. Type the one your app shows now.")
	})
}

func TestCodeWaitHoldsTheNextOneBack(t *testing.T) {
	wait := func() []answer {
		return []answer{{state: auth.State{Step: auth.StepCode}, err: refused(auth.ErrWait, 30*time.Second)}}
	}
	inCode(t, 0, wait, func(t *testing.T, c *codeCase) {
		c.presenter.submit("482913")
		c.pass(0)
		c.presenter.submit("482914")
		want(t, "asked", c.attempt.asked, 1)
		want(t, "can submit", c.display.view.CanSubmit, false)
		c.pass(31 * time.Second)
		want(t, "can submit", c.display.view.CanSubmit, true)
		want(t, "error", c.display.view.Error, "You can try again now.")
	})
}

func TestCodeOfTooFewDigitsStays(t *testing.T) {
	format := func() []answer {
		return []answer{{state: auth.State{Step: auth.StepCode}, err: refused(auth.ErrCodeFormat, 0)}}
	}
	inCode(t, 0, format, func(t *testing.T, c *codeCase) {
		c.presenter.submit("482")
		c.pass(0)
		want(t, "error", c.display.view.Error, "An Auth Code has six digits. Type the one your app shows now.")
		want(t, "retyped", c.display.retyped, 0)
	})
}

// TestCodeIsTypedAnew: a code that was not judged does not wait for who comes next; one that was
// called off does, and one that somebody was given, for the end of a wait.
func TestCodeIsTypedAnew(t *testing.T) {
	for _, tt := range []struct {
		err     error
		given   bool
		retyped int
	}{
		{auth.ErrServer, false, 1}, {auth.ErrServer, true, 1}, {auth.ErrUnknown, true, 1}, {auth.ErrBusy, false, 1},
		{refused(auth.ErrRecoveryWrong, 0), true, 1}, {refused(auth.ErrWait, time.Second), false, 1},
		{refused(auth.ErrWait, time.Second), true, 0}, {context.Canceled, true, 0},
	} {
		list := func() []answer { return []answer{{state: auth.State{Step: auth.StepCode}, err: tt.err}} }
		inCode(t, 0, list, func(t *testing.T, c *codeCase) {
			c.presenter.given = tt.given
			c.presenter.submit("482913")
			c.pass(0)
			want(t, tt.err.Error()+": retyped", c.display.retyped, tt.retyped)
		})
	}
}

// Whatever ends the attempt leads back to the password, with the reason.
func TestCodeOver(t *testing.T) {
	for _, reason := range []error{auth.ErrAttemptOver, auth.ErrAuthenticatorDisabled, auth.ErrDiskFull} {
		over := func() []answer { return []answer{{err: reason}} }
		inCode(t, 0, over, func(t *testing.T, c *codeCase) {
			c.presenter.submit("482913")
			c.pass(0)
			if !errors.Is(c.over, reason) {
				t.Errorf("over because of %v, want %v", c.over, reason)
			}
		})
	}
}

func TestCodeGivesUpAfterFiveMinutes(t *testing.T) {
	inCode(t, 0, none, func(t *testing.T, c *codeCase) {
		c.pass(codeTime - time.Second)
		want(t, "over too early", c.over, nil)
		c.pass(time.Second)
		want(t, "over", c.over, ErrNoCode)
		want(t, "text", failedAt(time.Time{}, c.over).text(time.Now()), "Nobody typed an Auth Code for five minutes. Sign in again.")
	})
}
