package signin

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/auth/keyring"
)

type fakePassword struct{ answers }

func (f *fakePassword) Password(ctx context.Context, _, _ string) (auth.State, error) {
	return f.next(ctx)
}

type fakeSignIn struct {
	view    signInView
	retyped int
}

func (f *fakeSignIn) show(v signInView) { f.view = v }
func (f *fakeSignIn) retype()           { f.retyped++ }

type signInCase struct {
	*queue
	*led
	attempt   *fakePassword
	display   *fakeSignIn
	presenter *signIn
	leave     context.CancelFunc
}

// inSignIn runs a test of the presenter in a bubble of time.
func inSignIn(t *testing.T, because error, list []answer, test func(*testing.T, *signInCase)) {
	synctest.Test(t, func(t *testing.T) {
		c := &signInCase{queue: &queue{}, led: &led{}, attempt: &fakePassword{answers{list: list}}, display: &fakeSignIn{}}
		host, leave := newHost(t, c.queue)
		defer leave()
		c.leave = leave
		c.presenter = newSignIn(SignInParams{Host: host, Attempt: c.attempt, Ways: c.ways(), Because: because})
		c.presenter.begin(c.display)
		test(t, c)
	})
}

func refused(reason error, wait time.Duration) error {
	return &auth.Refusal{Reason: reason, Wait: wait, Now: time.Now()}
}

func TestSignInCountsAWaitDown(t *testing.T) {
	list := []answer{{err: refused(auth.ErrCredentials, 3*time.Second)}, {state: auth.State{Step: auth.StepCode}}}
	inSignIn(t, nil, list, func(t *testing.T, c *signInCase) {
		c.presenter.submit("asmith", "wrong")
		c.pass(0)
		want(t, "retyped", c.display.retyped, 1)
		for _, seconds := range []string{"3 s", "2 s", "1 s"} {
			want(t, "error", c.display.view.Error, "Username or password is wrong. Wait "+seconds+", then try again.")
			want(t, "can submit while waiting", c.display.view.CanSubmit, false)
			c.presenter.submit("asmith", "too early")
			c.pass(time.Second)
		}
		want(t, "error", c.display.view.Error, "Username or password is wrong. Try again.")
		want(t, "can submit", c.display.view.CanSubmit, true)
		want(t, "asked", c.attempt.asked, 1)

		c.presenter.submit("asmith", "right")
		c.pass(0)
		if c.state == nil || c.state.Step != auth.StepCode {
			t.Errorf("the next step is %v", c.state)
		}
	})
}

func TestSignInWaitIsForOneName(t *testing.T) {
	inSignIn(t, nil, []answer{{err: refused(auth.ErrWait, time.Minute)}}, func(t *testing.T, c *signInCase) {
		c.presenter.submit("asmith", "wrong")
		c.pass(0)
		c.presenter.rename("bjones")
		want(t, "error", c.display.view.Error, "")
		want(t, "can submit", c.display.view.CanSubmit, true)
	})
}

func TestSignInShowsThatItGoesOn(t *testing.T) {
	inSignIn(t, nil, []answer{{after: time.Minute}}, func(t *testing.T, c *signInCase) {
		c.presenter.submit("asmith", "password")
		c.presenter.submit("asmith", "password")
		for _, step := range []struct {
			pass time.Duration
			want waiting
		}{{200 * time.Millisecond, begun}, {200 * time.Millisecond, lasting}, {5 * time.Second, stalled}} {
			c.pass(step.pass)
			want(t, "waiting", c.display.view.Waiting, step.want)
			want(t, "can submit", c.display.view.CanSubmit, false)
		}
		want(t, "clear while busy", c.presenter.clear(), false)
		c.pass(0)
		want(t, "waiting", c.display.view.Waiting, idle)
		want(t, "error", c.display.view.Error, "")
		want(t, "asked", c.attempt.asked, 1)
	})
}

// Whatever went wrong, the password does not wait in the field for who comes next; only who
// called the try off is there still.
func TestSignInKeepsNoPassword(t *testing.T) {
	for err, text := range map[error]string{
		auth.ErrDiskFull: "disk is full", keyring.ErrNoAnswer: "does not answer", auth.ErrServer: "server does not answer",
		&auth.AwayError{}: "has not answered", auth.ErrUnknown: "can't be told", auth.ErrBusy: "Try again",
	} {
		inSignIn(t, nil, []answer{{err: err}, {after: time.Minute}}, func(t *testing.T, c *signInCase) {
			c.presenter.submit("asmith", "password")
			c.pass(0)
			if !strings.Contains(c.display.view.Error, text) {
				t.Errorf("%q does not say %q", c.display.view.Error, text)
			}
			want(t, "retyped", c.display.retyped, 1)
			c.presenter.submit("asmith", "password")
			c.presenter.clear()
			c.pass(0)
			want(t, "retyped after it was called off", c.display.retyped, 1)
		})
	}
}

// The field is empty then, and shows nothing of what is typed next.
func TestSignInScreenKeepsNoPassword(t *testing.T) {
	d := newDesk(t)
	attempt := &fakePassword{answers{list: []answer{{err: &auth.AwayError{}}}}}
	s := NewSignIn(SignInParams{Host: d.host, Ways: (&led{}).ways(), Attempt: attempt, Practice: "Brook Street"})
	d.show(s)
	s.username.SetText("asmith")
	s.password.SetText(testPassword)
	s.password.SetShown(true)
	s.submit()
	d.runUntil(t, "the answer", func() bool { return s.field.Error() != "" })
	want(t, "password", s.password.Text, "")
	want(t, "hidden", s.password.Password, true)
	want(t, "focus", d.window.Canvas().Focused(), fyne.Focusable(s.password))
	want(t, "username", s.username.Text, "asmith")
}

// TestSignInSaysWhenTheServerAnswers: it says since when it has not, and no more, and takes that
// away by itself.
func TestSignInSaysWhenTheServerAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &signInCase{queue: &queue{}, led: &led{}, display: &fakeSignIn{}}
		host, leave := newHost(t, c.queue)
		defer leave()
		since := time.Date(2026, 11, 24, 6, 39, 0, 0, time.Local)
		c.attempt = &fakePassword{answers{list: []answer{{err: &auth.AwayError{Since: since}}, {err: auth.ErrDiskFull}}}}
		server := answers{list: []answer{{err: auth.ErrServer}, {after: 3 * time.Second}}}
		c.presenter = newSignIn(SignInParams{Host: host, Attempt: c.attempt, Ways: c.ways(), Reach: func(ctx context.Context) error {
			_, err := server.next(ctx)
			return err
		}})
		c.presenter.begin(c.display)
		c.pass(2 * time.Second)
		want(t, "asked while there is nothing to know", server.asked, 0)
		c.presenter.submit("asmith", "password")
		c.pass(4 * time.Second)
		want(t, "error", c.display.view.Error, "The practice's server has not answered since 6:39.")
		c.pass(2 * time.Second)
		want(t, "error once it answers", c.display.view.Error, "")
		want(t, "asked", server.asked, 2)
		c.presenter.submit("asmith", "password")
		c.pass(5 * time.Second)
		want(t, "another error stays", c.display.view.Error != "", true)
		want(t, "asked", server.asked, 2)
	})
}

func TestSignInStaysShutWhenTheDataIsNotTrusted(t *testing.T) {
	inSignIn(t, nil, []answer{{err: &auth.RolledBackError{}}}, func(t *testing.T, c *signInCase) {
		c.presenter.submit("asmith", "password")
		c.pass(0)
		if c.shut == nil {
			t.Error("sign-in goes on with old data")
		}
	})
}

func TestSignInSaysWhyItBeginsAgain(t *testing.T) {
	because := &auth.Refusal{Reason: auth.ErrAttemptOver, Wait: 2 * time.Second}
	inSignIn(t, because, nil, func(t *testing.T, c *signInCase) {
		want(t, "error", c.display.view.Error, "Five wrong codes. Wait 2 s, then sign in again.")
		want(t, "can submit", c.display.view.CanSubmit, true)
		c.presenter.rename("a")
		c.pass(3 * time.Second)
		want(t, "error", c.display.view.Error, "You can try again now.")
	})
}

func TestSignInIsQuietWhenItWasLeft(t *testing.T) {
	inSignIn(t, nil, []answer{{after: time.Second}}, func(t *testing.T, c *signInCase) {
		c.presenter.submit("asmith", "password")
		c.leave()
		c.display.view = signInView{Error: "untouched"}
		c.pass(10 * time.Second)
		want(t, "view", c.display.view, signInView{Error: "untouched"})
		if c.state != nil || c.over != nil {
			t.Error("a screen that was left leads on")
		}
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
