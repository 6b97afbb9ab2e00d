package shell

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/data/zone"
	"anteroom/ui/screen"
	"anteroom/ui/signin"
)

// signInFlow is the way from a password to a session.
type signInFlow struct {
	window     *Window
	entry      entry
	unfinished string // says what a program that was killed left of files; "": nothing
}

// entry is a sign-in under way: what its steps share, and why it began.
type entry struct {
	attempt   *auth.Attempt
	state     auth.State
	challenge *signin.Challenge // what the screens share that take a code
	who       string            // the username, where it is known who comes
	address   string            // that other computers connect to, where that is news; else ""
	reason    string            // why who was signed in is here; "": the practice's notice may say
	done      string            // what they did before; else ""
	because   error             // why the sign-in before led back here
}

func (f *signInFlow) newSetUp(scope screen.Scope) screen.Screen {
	var practice *auth.Practice
	var session *auth.Session
	return signin.NewSetUp(signin.SetUpParams{
		Scope: scope, Window: f.window.nav.signedOut.proxy,
		Create: func(ctx context.Context, form auth.SetUpForm) (err error) {
			practice, session, err = auth.SetUp(ctx, f.window.params.Auth, form)
			return err
		},
		Done: func() {
			f.window.adopt(practice)
			f.window.nav.startSession(session).startFirstKit()
		},
		Zone:         zone.Here(f.window.runner.Now()),
		OnRestore:    f.window.recovery.startRestore,
		OnConnect:    f.window.recovery.wayToConnect(),
		Synchronised: f.window.params.Synchronised,
	})
}

// start shows the first step of a new sign-in.
func (f *signInFlow) start() { f.startAfter("", nil) }

func (f *signInFlow) startAfter(reason string, because error) {
	f.begin(entry{reason: reason, because: because})
}

// startOf is start for who has a username.
func (f *signInFlow) startOf(username, reason string) {
	f.begin(entry{who: username, reason: reason})
}

func (f *signInFlow) begin(e entry) {
	f.end()
	e.attempt = f.window.practice.NewAttempt()
	f.entry = e
	f.window.nav.goTo(routeSignIn)
}

// end forgets a sign-in under way. A step of it may still be running, and
// End waits for that.
func (f *signInFlow) end() {
	if a := f.entry.attempt; a != nil {
		go a.End()
	}
	f.entry = entry{}
}

func (f *signInFlow) newSignInScreen(scope screen.Scope) screen.Screen {
	notice := f.entry.reason
	if notice == "" && f.entry.because == nil {
		notice = signin.NoticeText(f.window.practice.Notice(), f.window.runner.Now())
	}
	notice = strings.TrimSpace(notice + " " + f.unfinished)
	p := signin.SignInParams{
		Scope: scope, Window: f.window.nav.signedOut.proxy, Navigation: f.navigation(), Attempt: f.entry.attempt,
		Practice: f.window.practice.Name(), Username: f.entry.who, Done: f.entry.done, Notice: notice, Because: f.entry.because,
		Address: f.entry.address, Copier: f.window.copier,
		ClockBehind: f.window.practice.ClockBehind, ClockAhead: f.window.practice.ClockAhead,
		OnKit: f.window.recovery.startKit, OnBack: f.window.lock.wayBack(),
	}
	if practice := f.window.practice; f.window.where().Kind != sharing.Alone {
		p.Reach = func(ctx context.Context) error {
			_, err := practice.People(ctx)
			return err
		}
	}
	return signin.NewSignIn(p)
}

func (f *signInFlow) navigation() signin.Navigation {
	return signin.Navigation{
		OnState:     f.nextStep,
		OnOver:      func(err error) { f.startAfter("", err) },
		OnUntrusted: f.window.block,
	}
}

// nextStep shows what a sign-in asks for next.
func (f *signInFlow) nextStep(state auth.State) {
	f.entry.state = state
	f.entry.challenge = signin.NewChallenge(state, f.window.runner.Now())
	switch state.Step {
	case auth.StepCode:
		f.window.nav.goTo(routeCode)
	case auth.StepHandOver:
		f.window.nav.goTo(routeHandOver)
	case auth.StepNewPassword:
		f.window.nav.goTo(routeNewPassword)
	case auth.StepEnrol:
		f.window.nav.goTo(routeEnrol)
	case auth.StepDone:
		f.onSignedIn(state)
	default:
		f.start()
	}
}

// newStep makes a screen of a sign-in under way.
func (f *signInFlow) newStep(scope screen.Scope, r route) screen.Screen {
	switch r {
	case routeCode:
		return signin.NewCode(f.codeParams(scope, f.start))
	case routeOtherCode:
		return signin.NewOtherCode(f.codeParams(scope, func() { f.window.nav.goTo(routeCode) }))
	case routeTwoCodes:
		return signin.NewTwoCodes(f.codeParams(scope, func() { f.window.nav.goTo(routeCode) }))
	case routeHandOver:
		return signin.NewHandOver(f.codeParams(scope, f.start))
	case routeNewPassword:
		return signin.NewNewPassword(signin.NewPasswordParams{
			Scope: scope, Window: f.window.nav.signedOut.proxy, Navigation: f.navigation(), Attempt: f.entry.attempt, OnBack: f.start,
		})
	case routeEnrol:
		return signin.NewEnrol(signin.EnrolParams{
			Scope: scope, Window: f.window.nav.signedOut.proxy, Navigation: f.navigation(), Attempt: f.entry.attempt, State: f.entry.state,
			Copier: f.window.copier, OnBack: f.start,
		})
	default:
		return f.newSignInScreen(scope)
	}
}

// codeParams are what the screens need that ask for a code.
func (f *signInFlow) codeParams(scope screen.Scope, back func()) signin.CodeParams {
	return signin.CodeParams{
		Scope: scope, Window: f.window.nav.signedOut.proxy, Navigation: f.navigation(), Attempt: f.entry.attempt, Challenge: f.entry.challenge,
		Practice: f.window.practice.Name(), ClockBehind: f.window.practice.ClockBehind,
		OnOther:    func() { f.window.nav.goTo(routeOtherCode) },
		OnTwoCodes: func() { f.window.nav.goTo(routeTwoCodes) },
		OnBack:     back,
	}
}

// onSignedIn takes who has just signed in to their desk: the one that they left locked
// at this window, or a new one.
func (f *signInFlow) onSignedIn(state auth.State) {
	f.unfinished = "" // they were told
	if ws := f.window.nav.workspaceOf(state.Session.User()); ws != nil {
		f.window.lock.renew(ws, state)
		return
	}
	if len(f.window.nav.workspaces) >= maxWorkspaces {
		signOutLater(state.Session.SignOut)
		f.end()
		f.window.nav.goTo(routeSwitch)
		return
	}
	said := f.doneAtSignIn()
	f.window.nav.startSession(state.Session).beginWork(state, said)
}

func phoneIsSetUp() string { return lang.L("Your phone is set up.") }

// doneAtSignIn is what the last step of a sign-in did, beside letting somebody in.
func (f *signInFlow) doneAtSignIn() string {
	switch f.window.nav.signedOut.route {
	case routeEnrol:
		return phoneIsSetUp()
	case routeNewPassword:
		return lang.L("Your new password counts from now on.")
	}
	return ""
}
