package signin

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// signInView is what the screen "Sign in" shows.
type signInView struct {
	Error     string
	Clock     string // names a clock that is behind
	Stage     screen.Stage
	CanSubmit bool
}

// signIn decides what the screen "Sign in" does.
type signIn struct {
	params  SignInParams
	display *screen.View[signInView]
	retype  func() // empties the password field and gives it the focus
	clock   *clockWatch

	task       *screen.Task
	countdown  countdown
	failed     Failure
	isReaching bool   // Reach is under way
	username   string // that failed was about; "" for what came before this screen
}

func newSignIn(p SignInParams) *signIn {
	s := &signIn{params: p}
	s.task = screen.NewTask(p.Scope, s.refresh)
	s.countdown = newCountdown(p.Scope, s.refresh)
	s.clock = newClockWatch(p.Scope, p.ClockBehind, p.ClockAhead, s.refresh)
	s.failed = FailedAt(s.params.Now(), p.Because)
	return s
}

// begin shows the screen for the first time.
func (s *signIn) begin(display *screen.View[signInView], retype func()) {
	s.display, s.retype = display, retype
	s.countdown.run(s.failed.countsDown())
	s.refresh()
	if s.params.Reach != nil {
		s.params.Every(time.Second, s.askServer)
	}
}

// askServer takes away that the server does not answer, once it does. Nobody else may be asking.
func (s *signIn) askServer() {
	failed := s.failed
	if s.isReaching || s.task.IsBusy() || !errors.Is(failed.Err, auth.ErrServer) {
		return
	}
	s.isReaching = true
	s.params.Go(s.params.Reach, func(err error) {
		s.isReaching = false
		if s.failed.At.Equal(failed.At) && !errors.Is(err, auth.ErrServer) {
			s.fail("", nil)
			s.refresh()
		}
	})
}

func (s *signIn) refresh() { s.display.Show(s.view()) }

func (s *signIn) view() signInView {
	now := s.params.Now()
	mustWait := s.username != "" && s.failed.Wait(now) > 0
	return signInView{
		Error:     s.failed.Text(now),
		Clock:     s.clock.text,
		Stage:     s.task.Stage(),
		CanSubmit: !s.task.IsBusy() && !mustWait,
	}
}

// submit checks a username and password, unless that goes on already or a wait
// is running.
func (s *signIn) submit(username, password string) {
	if !s.view().CanSubmit {
		return
	}
	s.fail("", nil)
	startStep(s.task, func(ctx context.Context) (auth.State, error) {
		return s.params.Attempt.Password(ctx, username, password)
	}, func(state auth.State, err error) {
		if s.params.follow(auth.StepPassword, state, err) {
			return
		}
		s.fail(username, err)
		s.refresh()
		if !isCancelled(err) {
			s.retype()
		}
	})
}

func (s *signIn) fail(username string, err error) {
	s.username, s.failed = username, FailedAt(s.params.Now(), err)
	s.countdown.run(s.failed.countsDown())
}

// rename says that the username is another now: a wait is for one name only.
func (s *signIn) rename(username string) {
	if s.username != "" && s.username != username {
		s.fail("", nil)
		s.refresh()
	}
}

// isIdle says that nothing is under way.
func (s *signIn) isIdle() bool { return !s.task.IsBusy() }

// clear ends what is under way. If that is nothing it begins anew, and says so.
func (s *signIn) clear() bool {
	if s.task.IsBusy() {
		s.task.Cancel()
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
