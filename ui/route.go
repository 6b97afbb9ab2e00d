package ui

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"anteroom/ui/frontdesk"
	"anteroom/ui/screen"
	"anteroom/ui/settings"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/users"
	"anteroom/ui/signin"
)

// route is a place in the window.
type route int

const (
	routeStart route = iota // only painted: nothing goes on yet
	routeOpening
	routeBlocked
	routeSetUp
	routeSignIn
	routeCode
	routeNewPassword
	routeEnrol
	routeFrontDesk
	routeSettings
	routeKit
	routeKitEntry
	routeLinkingCode
	routeConnect
	routeConnectKit
	routeRescue
	routeRescueAdmin
	routeRestore
	routeRestoring
	routeLock
	routeSwitch
	routeOtherCode
	routeTwoCodes
	routeHandOver
	routeRecoveryCodes
	routePassword
)

// isSignIn says that a route is a step of a sign-in that has begun.
func (r route) isSignIn() bool {
	switch r {
	case routeCode, routeOtherCode, routeTwoCodes, routeHandOver, routeNewPassword, routeEnrol:
		return true
	}
	return false
}

// isRescue says that a route is on the way back into a practice.
func (r route) isRescue() bool {
	switch r {
	case routeKitEntry, routeLinkingCode, routeConnect, routeConnectKit, routeRescue, routeRescueAdmin, routeRestore:
		return true
	}
	return false
}

// goTo shows a screen where nobody is signed in.
func (w *Window) goTo(r route) {
	w.show(w.door)
	w.door.goTo(r)
	w.sayAtDoor()
}

// newScreen makes the screen of a route. What the screen needs is there before
// the place goes to it.
func (p *place) newScreen(ctx context.Context, r route) screen.Screen {
	scope := screen.Scope{Ctx: ctx, Runner: p.window.runner}
	if s := p.session; s != nil {
		scope.Runner = scope.Runner.While(func() bool { return s.locked.IsZero() })
		scope.OnEnded = p.suspect
		return p.newDeskScreen(scope, r)
	}
	return p.window.newDoorScreen(scope, r)
}

// newDeskScreen makes a screen of who is signed in.
func (p *place) newDeskScreen(scope screen.Scope, r route) screen.Screen {
	w, help, said, draft := p.window, p.help, p.said, p.draft
	p.help, p.said, p.draft = users.Help{}, "", nil
	switch r {
	case routeKit:
		return p.newKit(scope)
	case routeRecoveryCodes:
		return p.newRecoveryCodes(scope)
	case routePassword:
		return p.newPassword(scope)
	case routeSettings:
		return settings.New(settings.Params{
			Session: p.session.session, Desk: p.session.desk, Order: w.params.Order,
			Runner: scope.Runner, Ctx: scope.Ctx, Window: p.stage,
			Copier: w.copier, Admin: p.session.admin, Pane: p.pane, Help: help, Said: said, Draft: draft,
			Save: w.saveStream, Folder: documents(), Server: w.params.Server,
			OnPassword:      func() { p.goTo(routePassword) },
			OnRecoveryCodes: p.showNewCodes,
			OnNewKit:        p.startKitFromSettings, OnRestore: w.restoreNow, OnRestoreWithKit: w.restoreWithKit,
			OnBack: func() {
				p.learnRole() // the name may be another
				p.goTo(routeFrontDesk)
			},
			OnSwitching: w.setSwitching, OnMoved: w.moved,
			OnEnded: p.suspect,
		})
	default:
		return frontdesk.New(frontdesk.Params{
			Session: p.session.session, Desk: p.session.desk, Runner: scope.Runner, Ctx: scope.Ctx, Window: p.stage,
			Order: w.params.Order, Name: p.session.name, Practice: p.session.practice, Admin: p.session.admin,
			OnSignOut: func() { w.signOut(p) }, OnSettings: func() { p.openSettings("") }, OnEnded: p.suspect,
			OnPractitioners: func() { p.openSettings(settings.NewPractitioner) },
			OnAccount:       p.openAccount, OnHelp: p.openHelp,
			OnKit: p.startKitFromDesk, BackupProblem: w.backupProblem, ForThisRun: w.practice.ForThisRun(),
			OnPrintSlip: p.printSlip, OnPrintDay: p.printDay,
		})
	}
}

// newDoorScreen makes a screen that needs nobody to be signed in.
func (w *Window) newDoorScreen(scope screen.Scope, r route) screen.Screen {
	switch r {
	case routeBlocked:
		return w.newBlocked(scope)
	case routeSetUp:
		return w.newSetUp(scope)
	case routeSignIn, routeCode, routeOtherCode, routeTwoCodes, routeHandOver, routeNewPassword, routeEnrol:
		return w.newSignInStep(scope, r)
	case routeLock:
		return w.newLock(scope)
	case routeSwitch:
		return w.newSwitchUser(scope)
	case routeOpening:
		return w.newOpening(scope)
	case routeKitEntry, routeLinkingCode, routeConnect, routeConnectKit, routeRescue, routeRescueAdmin, routeRestore, routeRestoring:
		return w.newRescueScreen(scope, r)
	default:
		return signin.NewOpening(signin.OpeningParams{Scope: scope, Window: w.door.stage})
	}
}

// newSignInStep makes a screen of a sign-in under way.
func (w *Window) newSignInStep(scope screen.Scope, r route) screen.Screen {
	switch r {
	case routeCode:
		return signin.NewCode(w.codeParams(scope, w.startSignIn))
	case routeOtherCode:
		return signin.NewOtherCode(w.codeParams(scope, func() { w.goTo(routeCode) }))
	case routeTwoCodes:
		return signin.NewTwoCodes(w.codeParams(scope, func() { w.goTo(routeCode) }))
	case routeHandOver:
		return signin.NewHandOver(w.codeParams(scope, w.startSignIn))
	case routeNewPassword:
		return signin.NewNewPassword(signin.NewPasswordParams{
			Scope: scope, Window: w.door.stage, Navigation: w.navigation(), Attempt: w.entry.attempt, OnBack: w.startSignIn,
		})
	case routeEnrol:
		return signin.NewEnrol(signin.EnrolParams{
			Scope: scope, Window: w.door.stage, Navigation: w.navigation(), Attempt: w.entry.attempt, State: w.entry.state,
			Copier: w.copier, OnBack: w.startSignIn,
		})
	default:
		return w.newSignIn(scope)
	}
}

// newRescueScreen makes a screen of the way back into a practice.
func (w *Window) newRescueScreen(scope screen.Scope, r route) screen.Screen {
	switch r {
	case routeLinkingCode:
		return w.newLinkingCodeEntry(scope)
	case routeConnect, routeConnectKit:
		return w.newConnect(scope, r == routeConnectKit)
	case routeRescue:
		return w.newRescue(scope)
	case routeRescueAdmin:
		return w.newRescueAdmin(scope)
	case routeRestore:
		return w.newRestore(scope)
	case routeRestoring:
		return w.newRestoring(scope)
	default:
		return w.newKitEntry(scope)
	}
}

// openAccount shows "My account".
func (p *place) openAccount() { p.openSettings(pane.Account) }

// showNewCodes shows the codes that "My account" made, which says so afterwards.
func (p *place) showNewCodes(codes []string) {
	p.showRecoveryCodes(codes, "", func() {
		p.said = lang.L("Your new recovery codes count now, and the old ones no more.")
		p.openAccount()
	})
}

// say says on the front desk what was just done elsewhere.
func (p *place) say(text string) {
	if s, ok := p.screen.(interface{ Say(string) }); ok && text != "" {
		s.Say(text)
	}
}

func (p *place) newPassword(scope screen.Scope) screen.Screen {
	return signin.NewChangePassword(signin.ChangePasswordParams{
		Scope: scope, Window: p.stage, Change: p.session.session.ChangePassword,
		Done: func() {
			p.said = lang.L("Your password is changed. Everywhere else you are signed out.")
			p.openAccount()
		},
		OnBack: p.openAccount,
	})
}

// openHelp shows the users, beginning with an act for who asked for help.
func (p *place) openHelp(user string, reset bool) {
	p.help = users.Help{User: user, IsReset: reset}
	p.openSettings(pane.Users)
}

// codeParams are what the screens need that ask for a code.
func (w *Window) codeParams(scope screen.Scope, back func()) signin.CodeParams {
	return signin.CodeParams{
		Scope: scope, Window: w.door.stage, Navigation: w.navigation(), Attempt: w.entry.attempt, Challenge: w.entry.challenge,
		Practice: w.practice.Name(), ClockBehind: w.practice.ClockBehind,
		OnOther:    func() { w.goTo(routeOtherCode) },
		OnTwoCodes: func() { w.goTo(routeTwoCodes) },
		OnBack:     back,
	}
}

// openSettings shows the settings, beginning with a pane; "" is the first.
func (p *place) openSettings(pane string) {
	p.pane = pane
	p.goTo(routeSettings)
}
