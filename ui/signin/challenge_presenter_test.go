package signin

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/words"
)

// another is the presenter of another screen of the same sign-in.
func (c *codeCase) another(given bool) (*code, *fakeCodeScreen) {
	presenter, display := newCode(c.params, c.presenter.step, c.attempt.check), &fakeCodeScreen{}
	presenter.given = given
	presenter.begin(display)
	return presenter, display
}

// onlyOne is one refusal of a code, at the time it is asked for.
func onlyOne(reason error, wait time.Duration) func() []answer {
	return func() []answer {
		return []answer{{state: auth.State{Step: auth.StepCode}, err: refused(reason, wait)}}
	}
}

func TestAWaitGoesOnOnTheOtherScreens(t *testing.T) {
	inCode(t, 0, onlyOne(auth.ErrCodeWrong, 30*time.Second), func(t *testing.T, c *codeCase) {
		c.presenter.submit("482913")
		c.pass(10 * time.Second)
		for _, given := range []bool{true, false} {
			_, other := c.another(given)
			want(t, "error", other.view.Error, "Too many failed attempts. Wait 20 s, then try again.")
			want(t, "can submit", other.view.CanSubmit, false)
		}
		c.pass(21 * time.Second)
		_, other := c.another(true)
		want(t, "error after the wait", other.view.Error, "")
		want(t, "can submit after the wait", other.view.CanSubmit, true)
	})
}

// Who can't give an Auth Code any more can still give a recovery code.
func TestADisabledAuthenticatorLeavesTheOtherWays(t *testing.T) {
	disabled := func() auth.State { return auth.State{Refused: refused(auth.ErrAuthenticatorDisabled, 0)} }
	list := func() []answer {
		return []answer{{}, {state: auth.State{Step: auth.StepCode}, err: refused(auth.ErrRecoveryWrong, time.Hour)}}
	}
	inCodeOf(t, disabled, list, func(t *testing.T, c *codeCase) {
		if !strings.HasPrefix(c.display.view.Error, "Your authenticator is disabled") {
			t.Errorf("error: %q", c.display.view.Error)
		}
		want(t, "can submit", c.display.view.CanSubmit, false)
		left := false
		c.presenter.leave(func() { left = true })
		want(t, "the way to the recovery codes", left, true)
		c.attempt.since = time.Now()
		c.presenter.askHelp = c.attempt.AskForHelp
		c.presenter.ask()
		c.pass(0)
		want(t, "help is on its way", c.display.view.Asked != "", true)

		presenter, other := c.another(true)
		want(t, "error", other.view.Error, "")
		want(t, "can submit a recovery code", other.view.CanSubmit, true)
		presenter.submit("aaaa-bbbb-cccc-dddd")
		c.pass(0)
		_, back := c.another(false)
		if !strings.HasPrefix(back.view.Error, "Your authenticator is disabled") {
			t.Errorf("error back at the Auth Code: %q", back.view.Error)
		}
	})
}

func TestTheFiveMinutesGoOnOnTheOtherScreens(t *testing.T) {
	inCode(t, 0, none, func(t *testing.T, c *codeCase) {
		c.pass(4 * time.Minute)
		other := &led{}
		c.params.Ways = other.ways()
		c.another(true)
		c.pass(59 * time.Second)
		want(t, "over too early", other.over, nil)
		c.pass(time.Second)
		want(t, "over", other.over, ErrNoCode)
	})
}

func TestHelpIsAskedForOnce(t *testing.T) {
	inCode(t, 0, func() []answer { return []answer{{}, {}} }, func(t *testing.T, c *codeCase) {
		c.presenter.askHelp = c.attempt.AskForHelp
		c.attempt.since = time.Date(2026, 11, 24, 9, 40, 0, 0, time.Local)
		const text = "A Practice Admin was told at 9:40. They can give you a one-time code: type it under “Use a recovery code”."
		for range 2 {
			c.presenter.ask()
			c.pass(0)
			want(t, "asked", c.display.view.Asked, text)
		}
		_, other := c.another(false)
		want(t, "back from another screen", other.view.Asked, text)
	})
	since := time.Date(2026, 11, 24, 8, 5, 0, 0, time.Local)
	inCodeOf(t, func() auth.State { return auth.State{Help: since} }, none, func(t *testing.T, c *codeCase) {
		if !strings.HasPrefix(c.display.view.Asked, "A Practice Admin was told at 8:05.") {
			t.Errorf("asked before this sign-in: %q", c.display.view.Asked)
		}
	})
}

// A request that fails ends the sign-in, as any failure of the register does.
func TestHelpThatCannotBeAskedFor(t *testing.T) {
	for _, reason := range []error{auth.ErrDiskFull, refused(auth.ErrAttemptOver, 0), context.Canceled} {
		inCode(t, 0, func() []answer { return []answer{{err: reason}} }, func(t *testing.T, c *codeCase) {
			c.presenter.askHelp = c.attempt.AskForHelp
			c.presenter.ask()
			c.pass(0)
			if !errors.Is(c.over, reason) {
				t.Errorf("over because of %v, want %v", c.over, reason)
			}
		})
	}
	inCode(t, 0, func() []answer { return []answer{{err: auth.ErrDamaged}} }, func(t *testing.T, c *codeCase) {
		c.presenter.askHelp = c.attempt.AskForHelp
		c.presenter.ask()
		c.pass(0)
		want(t, "shut", c.shut, auth.ErrDamaged)
	})
}

func TestClockLinkComesWithWhatAClockCanExplain(t *testing.T) {
	for reason, link := range map[error]bool{
		auth.ErrCodeWrong: true, auth.ErrCodeExpired: true, auth.ErrCodeUsed: false, auth.ErrCodeFormat: false, auth.ErrWait: false,
	} {
		inCode(t, 0, onlyOne(reason, 0), func(t *testing.T, c *codeCase) {
			want(t, "link before", c.display.view.ClockLink, false)
			c.presenter.submit("482913")
			c.pass(0)
			want(t, reason.Error(), c.display.view.ClockLink, link)
			_, back := c.another(false)
			want(t, "back from another screen, "+reason.Error(), back.view.ClockLink, link)
		})
	}
}

// What was typed off paper is not typed again because of a wait.
func TestAGivenCodeStaysWhileItWasNotJudged(t *testing.T) {
	for _, c := range []struct {
		reason         error
		auth, recovery int // how often the field was emptied
	}{
		{auth.ErrWait, 1, 0}, {auth.ErrCodeShape, 0, 0}, {auth.ErrCodeFormat, 0, 0}, {auth.ErrRecoveryWrong, 1, 1}, {auth.ErrClockBehind, 1, 1},
	} {
		for given, retyped := range map[bool]int{false: c.auth, true: c.recovery} {
			inCode(t, 0, onlyOne(c.reason, 0), func(t *testing.T, k *codeCase) {
				presenter, display := k.another(given)
				presenter.submit("aaaa-bbbb-cccc-dddd")
				k.pass(0)
				want(t, c.reason.Error(), display.retyped, retyped)
			})
		}
	}
}

func TestGivenCodesHaveTheirOwnWords(t *testing.T) {
	for reason, text := range map[error]string{
		auth.ErrCodeShape:      "A recovery code has 16 characters in four groups, a one-time code eight digits.",
		auth.ErrRecoveryWrong:  "That recovery code is wrong.",
		auth.ErrRecoveryUsed:   "That recovery code was used already.",
		auth.ErrOneTimeWrong:   "That one-time code is wrong.",
		auth.ErrOneTimeUsed:    "That one-time code was used already.",
		auth.ErrOneTimeExpired: "That one-time code has expired",
		auth.ErrHandOverWrong:  "Those digits are wrong.",
		auth.ErrTwoCodes:       "Those two codes don't fit.",
	} {
		inCode(t, 0, onlyOne(reason, 0), func(t *testing.T, c *codeCase) {
			presenter, display := c.another(true)
			presenter.submit("1234 5678")
			c.pass(0)
			if !strings.HasPrefix(display.view.Error, text) {
				t.Errorf("%v: %q", reason, display.view.Error)
			}
		})
	}
	inCode(t, 0, onlyOne(auth.ErrRecoveryUsed, 30*time.Second), func(t *testing.T, c *codeCase) {
		presenter, display := c.another(true)
		presenter.submit("aaaa-bbbb-cccc-dddd")
		c.pass(0)
		want(t, "error", display.view.Error, "That recovery code was used already. Each works once: type another of your ten. Wait 30 s before the next try.")
		want(t, "can submit", display.view.CanSubmit, false)
		c.pass(10 * time.Second)
		want(t, "error", display.view.Error, "That recovery code was used already. Each works once: type another of your ten. Wait 20 s before the next try.")
		c.pass(21 * time.Second)
		want(t, "error", display.view.Error, "That recovery code was used already. Each works once: type another of your ten.")
		want(t, "can submit", display.view.CanSubmit, true)
	})
}

// Going to another screen while a code is checked would end the sign-in there.
func TestAScreenIsNotLeftWhileACodeIsChecked(t *testing.T) {
	slow := func() []answer { return []answer{{after: time.Minute}, {after: time.Minute}} }
	inCode(t, 0, slow, func(t *testing.T, c *codeCase) {
		left := 0
		leave := func() { left++ }
		c.presenter.submit("482913")
		c.presenter.leave(leave)
		want(t, "left", left, 0)
		c.presenter.back(leave)
		c.pass(0)
		want(t, "left", left, 0)
		want(t, "over", c.over, context.Canceled)
		want(t, "text", failedAt(time.Now(), c.over).text(time.Now()), "")
		c.presenter.back(leave)
		want(t, "left, with nothing under way", left, 1)
	})
}

func TestLapsedReset(t *testing.T) {
	lapsed := func() auth.State { return auth.State{Refused: refused(auth.ErrResetLapsed, 0)} }
	inCodeOf(t, lapsed, none, func(t *testing.T, c *codeCase) {
		_, display := c.another(true)
		want(t, "lapsed", display.view.Lapsed, true)
		want(t, "can submit", display.view.CanSubmit, false)
		want(t, "error", display.view.Error, "The reset was not used within 24 hours. Ask a Practice Admin to reset two-factor again.")
	})
	inCode(t, 0, onlyOne(auth.ErrResetLapsed, 0), func(t *testing.T, c *codeCase) {
		presenter, display := c.another(true)
		presenter.submit("1234 5678")
		c.pass(0)
		want(t, "lapsed meanwhile", display.view.Lapsed, true)
		want(t, "can submit", display.view.CanSubmit, false)
	})
}

func TestClockIsNamedOnlyWhileItIsBehind(t *testing.T) {
	inCode(t, 0, none, func(t *testing.T, c *codeCase) {
		want(t, "clock", c.display.view.Clock, "")
		behind := 3 * time.Hour
		c.params.ClockBehind = func() time.Duration { return behind }
		_, display := c.another(false)
		says := func() string {
			return "This computer's clock says " + words.Clock(time.Now()) + " on " + words.Date(time.Now()) +
				", but Anteroom was last used later than that. Have the clock set right."
		}
		want(t, "behind", display.view.Clock, says())
		c.pass(time.Minute)
		want(t, "a minute later", display.view.Clock, says())
		behind = 0
		c.pass(clockTime)
		want(t, "set right", display.view.Clock, "")
		behind = time.Hour
		c.pass(clockTime)
		want(t, "behind again", display.view.Clock != "", true)
	})
}
