package signin

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest/practice"
)

// signInCase is the presenter of the screen "Sign in", at Ben's window.
type signInCase struct {
	*screentest.Bubble
	*led
	ben       *practice.Window
	all       *practice.Practice
	shown     signInView
	retyped   int
	presenter *signIn
}

// inSignIn runs a test of the presenter in a bubble of time.
func inSignIn(t *testing.T, change func(*SignInParams, *practice.Window), fn func(t *testing.T, c *signInCase)) {
	t.Helper()
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		all := newPractice(t)
		c := &signInCase{Bubble: b, led: &led{}, ben: all.Ben, all: all}
		p := SignInParams{Scope: b.Scope, Attempt: c.ben.Practice.NewAttempt(), Navigation: c.navigation()}
		if change != nil {
			change(&p, c.ben)
		}
		c.presenter = newSignIn(p)
		c.presenter.begin(screentest.View(&c.shown), func() { c.retyped++ })
		fn(t, c)
		c.ben.Answer()
	})
}

// submit tries a password of Ben's.
func (c *signInCase) submit(password string) {
	c.presenter.submit("bjones", password)
	c.Settle()
}

func TestSignInCountsAWaitDown(t *testing.T) {
	inSignIn(t, nil, func(t *testing.T, c *signInCase) {
		for range 4 {
			c.submit(wrongPassword)
			want(t, "error", c.shown.Error, "Username or password is wrong. Try again.")
		}
		c.submit(wrongPassword)
		want(t, "retyped", c.retyped, 5)
		for _, seconds := range []string{"30 s", "29 s", "28 s"} {
			want(t, "error", c.shown.Error, "Username or password is wrong. Wait "+seconds+", then try again.")
			want(t, "can submit while waiting", c.shown.CanSubmit, false)
			asked := c.ben.Asked()
			c.submit(testPassword)
			want(t, "asked too early", c.ben.Asked(), asked)
			c.Pass(time.Second)
		}
		c.Pass(28 * time.Second)
		want(t, "error", c.shown.Error, "Username or password is wrong. Try again.")
		want(t, "can submit", c.shown.CanSubmit, true)
		c.submit(testPassword)
		if c.state == nil || c.state.Step != auth.StepDone {
			t.Errorf("the next step is %v", c.state)
		}
	})
}

func TestSignInWaitIsForOneName(t *testing.T) {
	inSignIn(t, nil, func(t *testing.T, c *signInCase) {
		for range 5 {
			c.submit(wrongPassword)
		}
		c.presenter.rename("asmith")
		want(t, "error", c.shown.Error, "")
		want(t, "can submit", c.shown.CanSubmit, true)
	})
}

func TestSignInShowsThatItGoesOn(t *testing.T) {
	inSignIn(t, nil, func(t *testing.T, c *signInCase) {
		c.ben.Delay(time.Minute)
		asked := c.ben.Asked()
		c.submit(testPassword)
		c.submit(testPassword)
		for _, step := range []struct {
			pass time.Duration
			want screen.Stage
		}{{200 * time.Millisecond, screen.Begun}, {200 * time.Millisecond, screen.Lasting}, {time.Second, screen.Long}, {5 * time.Second, screen.Stalled}} {
			c.Pass(step.pass)
			want(t, "stage", c.shown.Stage, step.want)
			want(t, "can submit", c.shown.CanSubmit, false)
		}
		want(t, "clear while busy", c.presenter.clear(), false)
		c.Settle()
		want(t, "stage", c.shown.Stage, screen.Idle)
		want(t, "error", c.shown.Error, "")
		want(t, "asked", c.ben.Asked(), asked+1)
	})
}

// Whatever went wrong, the password does not wait in the field for who comes next; only who
// called the try off is there still.
func TestSignInKeepsNoPassword(t *testing.T) {
	for err, text := range map[error]string{
		auth.ErrDiskFull: "disk is full", keyring.ErrNoAnswer: "does not answer", auth.ErrServer: "server does not answer",
		&auth.AwayError{}: "has not answered", auth.ErrUnknown: "can't be told", auth.ErrBusy: "Try again",
	} {
		inSignIn(t, nil, func(t *testing.T, c *signInCase) {
			c.ben.Stop(err)
			c.submit(testPassword)
			if !strings.Contains(c.shown.Error, text) {
				t.Errorf("%q does not say %q", c.shown.Error, text)
			}
			want(t, "retyped", c.retyped, 1)
			c.ben.Answer()
			c.ben.Delay(time.Minute)
			c.submit(testPassword)
			c.presenter.clear()
			c.Settle()
			want(t, "retyped after it was called off", c.retyped, 1)
		})
	}
}

// TestSignInSaysWhenTheServerAnswers: it says since when it has not, and no more, and takes that
// away by itself.
func TestSignInSaysWhenTheServerAnswers(t *testing.T) {
	reach := func(p *SignInParams, ben *practice.Window) {
		p.Reach = func(ctx context.Context) error {
			_, err := ben.Practice.People(ctx)
			return err
		}
	}
	inSignIn(t, reach, func(t *testing.T, c *signInCase) {
		asked := c.ben.Asked()
		c.Pass(2 * time.Second)
		want(t, "asked while there is nothing to know", c.ben.Asked(), asked)
		c.ben.Stop(&auth.AwayError{Since: time.Date(2026, 11, 24, 6, 39, 0, 0, time.Local)})
		c.submit(testPassword)
		c.Pass(4 * time.Second)
		want(t, "error", c.shown.Error, "The practice's server has not answered since 6:39.")
		c.ben.Answer()
		c.Pass(2 * time.Second)
		want(t, "error once it answers", c.shown.Error, "")
		c.ben.FailWrites(auth.ErrDiskFull)
		c.submit(testPassword)
		c.Pass(5 * time.Second)
		want(t, "another error stays", c.shown.Error != "", true)
	})
}

func TestSignInEndsWhenTheDataIsNotTrusted(t *testing.T) {
	inSignIn(t, nil, func(t *testing.T, c *signInCase) {
		old := c.all.Memory.Rows()
		c.all.MakeKit()
		c.all.Memory.Put(old)
		c.submit(testPassword)
		if c.untrusted == nil {
			t.Error("sign-in goes on with old data")
		}
	})
}

func TestSignInSaysWhyItBeginsAgain(t *testing.T) {
	because := func(p *SignInParams, _ *practice.Window) {
		p.Because = &auth.Refusal{Reason: auth.ErrAttemptOver, Wait: 2 * time.Second}
	}
	inSignIn(t, because, func(t *testing.T, c *signInCase) {
		want(t, "error", c.shown.Error, "Five wrong codes. Wait 2 s, then sign in again.")
		want(t, "can submit", c.shown.CanSubmit, true)
		c.presenter.rename("a")
		c.Pass(3 * time.Second)
		want(t, "error", c.shown.Error, "You can try again now.")
	})
}

func TestSignInIsQuietWhenItWasLeft(t *testing.T) {
	inSignIn(t, nil, func(t *testing.T, c *signInCase) {
		c.ben.Delay(time.Second)
		c.submit(wrongPassword)
		c.Leave()
		shown := c.shown
		c.Pass(10 * time.Second)
		want(t, "view", c.shown, shown)
		if c.state != nil || c.over != nil || c.retyped > 0 {
			t.Error("a screen that was left leads on")
		}
	})
}

// A session that comes after its screen was left is signed out.
func TestSessionThatNobodyWaitsForIsSignedOut(t *testing.T) {
	inSignIn(t, nil, func(t *testing.T, c *signInCase) {
		signedIn := func() int {
			settings, err := c.all.Anna.Session.Settings(t.Context())
			must(t, err)
			return len(settings.SignedIn)
		}
		before := signedIn()
		c.presenter.submit("bjones", testPassword)
		synctest.Wait()
		want(t, "signed in meanwhile", signedIn(), before+1)
		c.Leave()
		c.Settle()
		want(t, "led on", c.state == nil, true)
		want(t, "signed in", signedIn(), before)
	})
}

func TestNoticeText(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.Local)
	for _, c := range []struct {
		ago  time.Duration
		want string
	}{
		{20 * time.Minute, "Two-factor was turned on by Anna Smith at 9:40. Everyone signs in again."},
		{20 * time.Hour, "Two-factor was turned on by Anna Smith yesterday at 14:00. Everyone signs in again."},
		{24 * time.Hour, ""},
	} {
		want(t, c.ago.String(), NoticeText(&auth.Notice{At: now.Add(-c.ago), By: "Anna Smith"}, now), c.want)
	}
	want(t, "no notice", NoticeText(nil, now), "")
}
