package signin

import (
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/words"
)

func TestAWaitGoesOnOnTheOtherScreens(t *testing.T) {
	inCode(t, failCodes(4), func(t *testing.T, c *codeCase) {
		c.submit(wrongCode(c.ben))
		c.Pass(10 * time.Second)
		for _, isIssued := range []bool{true, false} {
			c.begin(isIssued)
			want(t, "error", c.shown.Error, "Too many failed attempts. Wait 20 s, then try again.")
			want(t, "can submit", c.shown.CanSubmit, false)
		}
		c.Pass(21 * time.Second)
		c.begin(true)
		want(t, "error after the wait", c.shown.Error, "")
		want(t, "can submit after the wait", c.shown.CanSubmit, true)
	})
}

// disable has Ben fail until his authenticator is disabled.
func disable(t *testing.T, all *practice.Practice) {
	t.Helper()
	for range 99 {
		failCodes(1)(t, all)
		time.Sleep(time.Hour) // of the bubble's time
	}
	failCodes(1)(t, all)
	time.Sleep(time.Hour)
}

// Who can't give an Auth Code any more can still give a recovery code.
func TestADisabledAuthenticatorLeavesTheOtherWays(t *testing.T) {
	inCode(t, disable, func(t *testing.T, c *codeCase) {
		if !strings.HasPrefix(c.shown.Error, "Your authenticator is disabled") {
			t.Errorf("error: %q", c.shown.Error)
		}
		want(t, "can submit", c.shown.CanSubmit, false)
		left := false
		c.presenter.leave(func() { left = true })
		want(t, "the way to the recovery codes", left, true)
		c.presenter.ask()
		c.Settle()
		want(t, "help is on its way", c.shown.Asked != "", true)

		c.begin(true)
		want(t, "error", c.shown.Error, "")
		want(t, "can submit a recovery code", c.shown.CanSubmit, true)
		c.submit("aaaa-bbbb-cccc-dddd")
		if !strings.HasPrefix(c.shown.Error, "That recovery code is wrong.") {
			t.Errorf("error: %q", c.shown.Error)
		}
		c.begin(false)
		if !strings.HasPrefix(c.shown.Error, "Your authenticator is disabled") {
			t.Errorf("error back at the Auth Code: %q", c.shown.Error)
		}
	})
}

func TestTheFiveMinutesGoOnOnTheOtherScreens(t *testing.T) {
	inCode(t, nil, func(t *testing.T, c *codeCase) {
		c.Pass(4 * time.Minute)
		other := &led{}
		c.params.Navigation = other.navigation()
		c.begin(true)
		c.Pass(59 * time.Second)
		want(t, "over too early", other.over, nil)
		c.Pass(time.Second)
		want(t, "over", other.over, ErrNoCode)
	})
}

func TestHelpIsAskedForOnce(t *testing.T) {
	told := func(at time.Time) string {
		return "A Practice Admin was told at " + words.Clock(at) + ". They can give you a one-time code: type it under “Use a recovery code”."
	}
	inCode(t, nil, func(t *testing.T, c *codeCase) {
		at := time.Now()
		for range 2 {
			c.presenter.ask()
			c.Pass(time.Minute)
			want(t, "asked", c.shown.Asked, told(at))
		}
		c.begin(false)
		want(t, "back from another screen", c.shown.Asked, told(at))
	})
	var before time.Time
	inCode(t, func(_ *testing.T, all *practice.Practice) {
		before = time.Now()
		all.Ben.AskForHelp()
		time.Sleep(time.Hour) // of the bubble's time
	}, func(t *testing.T, c *codeCase) { want(t, "asked before this sign-in", c.shown.Asked, told(before)) })
}

// A request that fails ends the sign-in, as any failure of the register does.
func TestHelpThatCannotBeAskedFor(t *testing.T) {
	inCode(t, nil, func(t *testing.T, c *codeCase) {
		c.ben.FailWrites(auth.ErrDiskFull)
		c.presenter.ask()
		c.Settle()
		want(t, "over", c.over, error(auth.ErrDiskFull))
	})
	inCode(t, nil, func(t *testing.T, c *codeCase) {
		c.ben.Stop(auth.ErrDamaged)
		c.presenter.ask()
		c.Settle()
		want(t, "untrusted", c.untrusted, error(auth.ErrDamaged))
	})
}

func TestClockLinkComesWithWhatAClockCanExplain(t *testing.T) {
	for name, s := range map[string]struct {
		submit func(c *codeCase)
		link   bool
	}{
		"wrong":  {func(c *codeCase) { c.submit(wrongCode(c.ben)) }, true},
		"used":   {func(c *codeCase) { c.submit(c.ben.Code()) }, false},
		"format": {func(c *codeCase) { c.submit("482") }, false},
		"expired": {func(c *codeCase) {
			c.Pass(30 * time.Second)
			code := c.ben.Code()
			c.Pass(2 * time.Minute)
			c.submit(code)
		}, true},
	} {
		inCode(t, nil, func(t *testing.T, c *codeCase) {
			want(t, "link before", c.shown.ClockLink, false)
			s.submit(c)
			want(t, name, c.shown.ClockLink, s.link)
			c.begin(false)
			want(t, "back from another screen, "+name, c.shown.ClockLink, s.link)
		})
	}
}

func TestClockIsNamedOnlyWhileItIsBehind(t *testing.T) {
	inCode(t, nil, func(t *testing.T, c *codeCase) {
		want(t, "clock", c.shown.Clock, "")
		behind := 3 * time.Hour
		c.params.ClockBehind = func() time.Duration { return behind }
		c.begin(false)
		says := func() string {
			return "This computer's clock says " + words.Clock(time.Now()) + " on " + words.Date(time.Now()) +
				", but Anteroom was last used later than that. Have the clock set right."
		}
		want(t, "behind", c.shown.Clock, says())
		c.Pass(time.Minute)
		want(t, "a minute later", c.shown.Clock, says())
		behind = 0
		c.Pass(clockTime)
		want(t, "set right", c.shown.Clock, "")
		behind = time.Hour
		c.Pass(clockTime)
		want(t, "behind again", c.shown.Clock != "", true)
	})
}
