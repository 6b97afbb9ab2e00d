package signin

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
)

// passwordChecker is the first step of a sign-in. *auth.Attempt is one.
type passwordChecker interface {
	Password(ctx context.Context, username, password string) (auth.State, error)
}

// signInView is what the screen "Sign in" shows.
type signInView struct {
	Error     string
	Clock     string // names a clock that is behind
	Waiting   waiting
	CanSubmit bool
}

type signInDisplay interface {
	show(signInView)
	retype() // empties the password field and gives it the focus
}

// signIn decides what the screen "Sign in" does.
type signIn struct {
	attempt passwordChecker
	ways    Ways
	display signInDisplay
	clock   *clockWatch
	now     func() time.Time
	reach   func(context.Context) error // asks the practice's server something; nil: there is none

	task      task
	countdown countdown
	failed    failure
	asking    bool   // reach is under way
	username  string // that failed was about; "" for what came before this screen
}

func newSignIn(p SignInParams) *signIn {
	s := &signIn{attempt: p.Attempt, ways: p.Ways, now: p.Runner.Now, reach: p.Reach}
	s.task = newTask(p.Host, s.refresh)
	s.countdown = newCountdown(p.Host, s.refresh)
	s.clock = newClockWatch(p.Host, p.ClockBehind, p.ClockAhead, s.refresh)
	s.failed = failedAt(s.now(), p.Because)
	return s
}

// begin shows the screen for the first time.
func (s *signIn) begin(display signInDisplay) {
	s.display = display
	s.countdown.run(s.failed.counts())
	s.refresh()
	if s.reach != nil {
		s.task.runner.Every(s.task.ctx, time.Second, s.askServer)
	}
}

// askServer takes away that the server does not answer, once it does. Nobody else may be asking.
func (s *signIn) askServer() {
	failed := s.failed
	if s.asking || s.task.waiting != idle || !errors.Is(failed.Err, auth.ErrServer) {
		return
	}
	s.asking = true
	s.task.runner.Go(s.task.ctx, s.reach, func(err error) {
		s.asking = false
		if s.failed.At.Equal(failed.At) && !errors.Is(err, auth.ErrServer) {
			s.fail("", nil)
			s.refresh()
		}
	})
}

func (s *signIn) refresh() { s.display.show(s.view()) }

func (s *signIn) view() signInView {
	now := s.now()
	mustWait := s.username != "" && s.failed.Wait(now) > 0
	return signInView{
		Error:     s.failed.text(now),
		Clock:     s.clock.text,
		Waiting:   s.task.waiting,
		CanSubmit: s.task.waiting == idle && !mustWait,
	}
}

// submit checks a username and password, unless that goes on already or a wait
// is running.
func (s *signIn) submit(username, password string) {
	if !s.view().CanSubmit {
		return
	}
	s.fail("", nil)
	s.task.step(func(ctx context.Context) (auth.State, error) {
		return s.attempt.Password(ctx, username, password)
	}, func(state auth.State, err error) {
		if s.ways.lead(auth.StepPassword, state, err) {
			return
		}
		s.fail(username, err)
		s.refresh()
		if !calledOff(err) {
			s.display.retype()
		}
	})
}

func (s *signIn) fail(username string, err error) {
	s.username, s.failed = username, failedAt(s.now(), err)
	s.countdown.run(s.failed.counts())
}

// rename says that the username is another now: a wait is for one name only.
func (s *signIn) rename(username string) {
	if s.username != "" && s.username != username {
		s.fail("", nil)
		s.refresh()
	}
}

// isIdle says that nothing is under way.
func (s *signIn) isIdle() bool { return s.task.waiting == idle }

// clear ends what is under way. If that is nothing it begins anew, and says so.
func (s *signIn) clear() bool {
	if s.task.waiting != idle {
		s.task.cancel()
		return false
	}
	s.fail("", nil)
	s.refresh()
	return true
}

// noticeTime is for how long the sign-in screen says that everyone was signed out.
const noticeTime = 24 * time.Hour

// NoticeText says why everyone signs in again; "" if that is long ago.
func NoticeText(n *auth.Notice, now time.Time) string {
	if n == nil || now.Sub(n.At) >= noticeTime {
		return ""
	}
	at := n.At.Local()
	data := map[string]any{"Name": n.By, "Clock": words.Clock(at)}
	if at.YearDay() != now.Local().YearDay() {
		return lang.L("Two-factor was turned on by {{.Name}} yesterday at {{.Clock}}. Everyone signs in again.", data)
	}
	return lang.L("Two-factor was turned on by {{.Name}} at {{.Clock}}. Everyone signs in again.", data)
}
