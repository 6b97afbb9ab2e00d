package signin

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest/practice"
)

// secondStep is a sign-in of Ben's that asks for a code, at a practice with two-factor.
type secondStep struct {
	all     *practice.Practice
	ben     *practice.Window
	attempt *auth.Attempt
	asks    auth.State // for a code
}

func newSecondStep(t *testing.T, prepare func(t *testing.T, all *practice.Practice)) *secondStep {
	t.Helper()
	all := newPractice(t)
	all.TurnOn()
	if prepare != nil {
		prepare(t, all)
	}
	s := &secondStep{all: all, ben: all.Ben}
	s.attempt, s.asks = signInBen(t, all)
	return s
}

// signInBen takes Ben as far as a password does.
func signInBen(t *testing.T, all *practice.Practice) (*auth.Attempt, auth.State) {
	t.Helper()
	a := all.Ben.Practice.NewAttempt()
	state, err := a.Password(t.Context(), all.Ben.Username, all.Ben.Password)
	must(t, err)
	return a, state
}

// wrongCode is none that Ben's phone shows.
func wrongCode(ben *practice.Window) string {
	if ben.Code() == "123456" {
		return "654321"
	}
	return "123456"
}

// failCodes has Ben type so many wrong codes, as at another window.
func failCodes(n int) func(t *testing.T, all *practice.Practice) {
	return func(t *testing.T, all *practice.Practice) {
		t.Helper()
		a, _ := signInBen(t, all)
		defer a.End()
		for range n {
			_, err := a.Code(t.Context(), wrongCode(all.Ben))
			var refusal *auth.Refusal
			if !errors.As(err, &refusal) {
				t.Fatal(err)
			}
		}
	}
}

// newBensCodes are ten new recovery codes of Ben's.
func newBensCodes(t *testing.T, all *practice.Practice) []string {
	t.Helper()
	all.Ben.StepUp()
	codes, err := all.Ben.Session.NewRecoveryCodes(t.Context())
	must(t, err)
	return codes
}

// codeCase is the presenter of a screen that asks for a code.
type codeCase struct {
	*screentest.Bubble
	*led
	*secondStep
	params    CodeParams
	leave     context.CancelFunc // the screen before
	shown     codeView
	retyped   int
	presenter *code
}

// inCode runs a test of the presenter that takes Auth Codes.
func inCode(t *testing.T, prepare func(t *testing.T, all *practice.Practice), fn func(t *testing.T, c *codeCase)) {
	t.Helper()
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		c := &codeCase{Bubble: b, secondStep: newSecondStep(t, prepare)}
		c.led = &led{}
		c.params = CodeParams{Navigation: c.navigation(), Attempt: c.attempt, Challenge: NewChallenge(c.asks, time.Now())}
		c.begin(false)
		fn(t, c)
		c.ben.Answer()
	})
}

// begin begins a screen of the sign-in: for issued codes, or for Auth Codes.
func (c *codeCase) begin(isIssued bool) {
	check := func(ctx context.Context, typed []string) (auth.State, error) {
		switch {
		case c.asks.Step == auth.StepHandOver:
			return c.attempt.HandOver(ctx, typed[0])
		case isIssued:
			return c.attempt.OtherCode(ctx, typed[0])
		}
		return c.attempt.Code(ctx, typed[0])
	}
	if c.leave != nil {
		c.leave()
	}
	c.params.Scope, c.leave = c.Child()
	c.presenter, c.retyped = newCode(c.params, c.asks.Step, check), 0
	c.presenter.isIssued = isIssued
	c.presenter.begin(screentest.View(&c.shown), func() { c.retyped++ })
}

func (c *codeCase) submit(typed string) {
	c.presenter.submit(typed)
	c.Settle()
}

func TestCodeSaysWhenTheNextOneComes(t *testing.T) {
	inCode(t, nil, func(t *testing.T, c *codeCase) {
		want(t, "help", c.shown.Help, "Your last code is used up. The next one comes in 30 s.")
		want(t, "can submit", c.shown.CanSubmit, true)
		c.Pass(time.Second)
		want(t, "help", c.shown.Help, "Your last code is used up. The next one comes in 29 s.")
		c.Pass(29 * time.Second)
		want(t, "help", c.shown.Help, "")
		c.submit(c.ben.Code())
		want(t, "signed in", c.state != nil && c.state.Session != nil, true)
	})
}

// TestCodeWaitIsSaidAtOnce: not only after somebody has typed a code in vain.
func TestCodeWaitIsSaidAtOnce(t *testing.T) {
	inCode(t, failCodes(5), func(t *testing.T, c *codeCase) {
		want(t, "error", c.shown.Error, "Too many failed attempts. Wait 30 s, then try again.")
		want(t, "can submit", c.shown.CanSubmit, false)
		c.Pass(31 * time.Second)
		want(t, "error", c.shown.Error, "You can try again now.")
		want(t, "can submit", c.shown.CanSubmit, true)
	})
}

func TestCodeUsedCountsDown(t *testing.T) {
	inCode(t, nil, func(t *testing.T, c *codeCase) {
		c.submit(c.ben.Code())
		want(t, "error", c.shown.Error, "That code was used already. Wait 30 s for the next one.")
		want(t, "retyped", c.retyped, 1)
		want(t, "can submit", c.shown.CanSubmit, true) // a phone's clock may be ahead
		c.Pass(5 * time.Second)
		want(t, "error", c.shown.Error, "That code was used already. Wait 25 s for the next one.")
		c.Pass(26 * time.Second)
		want(t, "error", c.shown.Error, "That code was used already. Type the one your app shows now.")
	})
}

func TestCodeWaitHoldsTheNextOneBack(t *testing.T) {
	inCode(t, failCodes(4), func(t *testing.T, c *codeCase) {
		c.submit(wrongCode(c.ben))
		want(t, "can submit", c.shown.CanSubmit, false)
		want(t, "retyped", c.retyped, 1)
		asked := c.ben.Asked()
		c.submit(c.ben.Code())
		want(t, "asked", c.ben.Asked(), asked)
		c.Pass(31 * time.Second)
		want(t, "can submit", c.shown.CanSubmit, true)
		c.submit(c.ben.Code())
		want(t, "signed in", c.state != nil, true)
	})
}

func TestCodeOfTooFewDigitsStays(t *testing.T) {
	inCode(t, nil, func(t *testing.T, c *codeCase) {
		c.submit("482")
		want(t, "error", c.shown.Error, "An Auth Code has six digits. Type the one your app shows now.")
		want(t, "retyped", c.retyped, 0)
	})
}

// TestCodeIsTypedAnew: a code that was not judged does not wait for who comes next.
func TestCodeIsTypedAnew(t *testing.T) {
	for err, isIssued := range map[error]bool{auth.ErrServer: false, auth.ErrUnknown: true, auth.ErrBusy: false, auth.ErrDiskFull: true} {
		inCode(t, nil, func(t *testing.T, c *codeCase) {
			c.begin(isIssued)
			c.ben.Stop(err)
			c.submit(map[bool]string{false: c.ben.Code(), true: "aaaa-bbbb-cccc-dddd"}[isIssued])
			want(t, err.Error()+": retyped", c.retyped, 1)
			want(t, "said", c.shown.Error != "", true)
		})
	}
}

// Whatever ends the attempt leads back to the password, with the reason.
func TestCodeOver(t *testing.T) {
	inCode(t, nil, func(t *testing.T, c *codeCase) {
		commits := 0
		c.all.Memory.Fail = func() error {
			if commits++; commits > 1 { // the first counts the attempt
				return auth.ErrDiskFull
			}
			return nil
		}
		c.submit(c.ben.Code())
		want(t, "over", c.over, error(auth.ErrDiskFull))
		want(t, "retyped", c.retyped, 0)
	})
	inCode(t, nil, func(t *testing.T, c *codeCase) {
		for range 5 {
			c.submit(wrongCode(c.ben))
		}
		if !errors.Is(c.over, auth.ErrAttemptOver) {
			t.Errorf("over because of %v", c.over)
		}
	})
	inCode(t, nil, func(t *testing.T, c *codeCase) {
		old := c.all.Memory.Rows()
		failCodes(1)(t, c.all)
		c.all.Memory.Put(old)
		c.submit(c.ben.Code())
		want(t, "untrusted", c.untrusted != nil, true)
	})
}

func TestCodeGivesUpAfterFiveMinutes(t *testing.T) {
	inCode(t, nil, func(t *testing.T, c *codeCase) {
		c.Pass(codeTime - time.Second)
		want(t, "over too early", c.over, nil)
		c.Pass(time.Second)
		want(t, "over", c.over, ErrNoCode)
		want(t, "text", FailedAt(time.Time{}, c.over).Text(time.Now()), "Nobody typed an Auth Code for five minutes. Sign in again.")
	})
}

// Going to another screen while a code is checked would end the sign-in there.
func TestAScreenIsNotLeftWhileACodeIsChecked(t *testing.T) {
	inCode(t, nil, func(t *testing.T, c *codeCase) {
		left := 0
		leave := func() { left++ }
		c.ben.Delay(time.Minute)
		c.submit(c.ben.Code())
		c.presenter.leave(leave)
		want(t, "left", left, 0)
		c.presenter.back(leave)
		c.Settle()
		want(t, "left", left, 0)
		want(t, "error", c.shown.Error, "")
		want(t, "retyped", c.retyped, 0)
		c.presenter.back(leave)
		want(t, "left, with nothing under way", left, 1)
	})
}

// What was typed off paper is not typed again because of a wait, which others began meanwhile.
func TestAnIssuedCodeStaysWhileItWasNotJudged(t *testing.T) {
	for isIssued, retyped := range map[bool]int{false: 1, true: 0} {
		inCode(t, nil, func(t *testing.T, c *codeCase) {
			c.begin(isIssued)
			failCodes(5)(t, c.all)
			c.submit(map[bool]string{false: c.ben.Code(), true: "aaaa-bbbb-cccc-dddd"}[isIssued])
			want(t, "error", c.shown.Error, "Too many failed attempts. Wait 30 s, then try again.")
			want(t, "retyped", c.retyped, retyped)
		})
	}
}

func TestIssuedCodesHaveTheirOwnWords(t *testing.T) {
	var codes []string
	prepare := func(t *testing.T, all *practice.Practice) {
		codes = newBensCodes(t, all)
		a, _ := signInBen(t, all)
		_, err := a.OtherCode(t.Context(), codes[0])
		must(t, err)
		failCodes(3)(t, all)
	}
	inCode(t, prepare, func(t *testing.T, c *codeCase) {
		c.begin(true)
		c.submit("4k2m 90ab")
		want(t, "error", c.shown.Error, "A recovery code has 16 characters in four groups, a one-time code eight digits. Look at it and type it again.")
		want(t, "retyped", c.retyped, 0)
		c.submit("1234 5678")
		if !strings.HasPrefix(c.shown.Error, "That one-time code is wrong.") || c.retyped != 1 {
			t.Errorf("%q, retyped %d", c.shown.Error, c.retyped)
		}
		c.submit(codes[0])
		const used = "That recovery code was used already. Each works once: type another of your ten."
		want(t, "error", c.shown.Error, used+" Wait 30 s before the next try.")
		want(t, "can submit", c.shown.CanSubmit, false)
		c.Pass(10 * time.Second)
		want(t, "error", c.shown.Error, used+" Wait 20 s before the next try.")
		c.Pass(21 * time.Second)
		want(t, "error", c.shown.Error, used)
		c.submit(codes[1])
		want(t, "signed in", c.state != nil, true)
	})
}

// reset takes Ben's authenticator away, and gives the hand-over code for his sign-in.
func reset(t *testing.T, all *practice.Practice) (handOver string) {
	t.Helper()
	ctx, s := t.Context(), all.Anna.Session
	all.Anna.StepUp()
	was, err := s.Settings(ctx)
	must(t, err)
	policy := was.Policy
	policy.HandOver = true
	must(t, s.SaveSettings(ctx, auth.SettingsForm{Name: was.Name, Policy: policy, Was: was.Policy}))
	handOver, err = s.ResetTwoFactor(ctx, all.Ben.Session.User(), "lost phone")
	must(t, err)
	return handOver
}

func TestHandOver(t *testing.T) {
	code := ""
	prepare := func(t *testing.T, all *practice.Practice) { code = reset(t, all) }
	inCode(t, prepare, func(t *testing.T, c *codeCase) {
		c.begin(true)
		c.submit("0000 0000")
		if !strings.HasPrefix(c.shown.Error, "Those digits are wrong.") {
			t.Errorf("error: %q", c.shown.Error)
		}
		c.submit(code)
		if c.state == nil || c.state.Step != auth.StepEnrol {
			t.Errorf("the next step is %v", c.state)
		}
	})
}

func TestLapsedReset(t *testing.T) {
	const text = "The reset was not used within 24 hours. Ask a Practice Admin to reset two-factor again."
	late := func(t *testing.T, all *practice.Practice) {
		reset(t, all)
		time.Sleep(25 * time.Hour) // of the bubble's time
	}
	inCode(t, late, func(t *testing.T, c *codeCase) {
		c.begin(true)
		want(t, "lapsed", c.shown.Lapsed, true)
		want(t, "can submit", c.shown.CanSubmit, false)
		want(t, "error", c.shown.Error, text)
	})
	almost := func(t *testing.T, all *practice.Practice) {
		reset(t, all)
		time.Sleep(24*time.Hour - time.Minute)
	}
	inCode(t, almost, func(t *testing.T, c *codeCase) {
		c.begin(true)
		want(t, "lapsed", c.shown.Lapsed, false)
		c.Pass(2 * time.Minute)
		c.submit("1234 5678")
		want(t, "lapsed meanwhile", c.shown.Lapsed, true)
		want(t, "can submit", c.shown.CanSubmit, false)
	})
}
