package shell

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

// route is a screen of the window.
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

// newScreen makes the screen of a route. What the screen needs is there before
// the workspace goes to it.
func (ws *workspace) newScreen(ctx context.Context, r route) screen.Screen {
	scope := screen.Scope{Ctx: ctx, Runner: ws.window.runner}
	if s := ws.session; s != nil {
		scope.Runner = scope.Runner.While(func() bool { return s.locked.IsZero() })
		scope.OnEnded = ws.verifySession
		return ws.newSignedInScreen(scope, r)
	}
	return ws.window.nav.newSignedOutScreen(scope, r)
}

// newSignedInScreen makes a screen of who is signed in.
func (ws *workspace) newSignedInScreen(scope screen.Scope, r route) screen.Screen {
	w, help, said, draft := ws.window, ws.help, ws.said, ws.draft
	ws.help, ws.said, ws.draft = users.Help{}, "", nil
	switch r {
	case routeKit:
		return ws.newKit(scope)
	case routeRecoveryCodes:
		return ws.newRecoveryCodes(scope)
	case routePassword:
		return ws.newPassword(scope)
	case routeSettings:
		return settings.New(settings.Params{
			Session: ws.session.session, Desk: ws.session.desk, Order: w.params.Order,
			Runner: scope.Runner, Ctx: scope.Ctx, Window: ws.proxy,
			Copier: w.copier, Admin: ws.session.admin, Pane: ws.pane, Help: help, Said: said, Draft: draft,
			Save: w.saveStream, Folder: documents(), Server: w.params.Server,
			OnPassword:      func() { ws.goTo(routePassword) },
			OnRecoveryCodes: ws.showNewCodes,
			OnNewKit:        ws.startKitFromSettings, OnRestore: w.recovery.restoreNow, OnRestoreWithKit: w.recovery.restoreWithKit,
			Name: ws.session.name, Practice: ws.session.practice,
			OnBack:  ws.backToDesk,
			OnToday: w.menu.atDesk((*frontdesk.Screen).ShowToday), OnPatients: w.menu.atDesk((*frontdesk.Screen).ShowPatients),
			OnLock: w.lock.lockNow, OnSwitch: w.lock.startSwitch, OnSignOut: func() { w.nav.signOut(ws) },
			OnSwitching: w.setSwitching, OnMoved: w.moved,
			OnEnrolled: func() { ws.done = phoneIsSetUp() },
			OnEnded:    ws.verifySession,
		})
	default:
		return frontdesk.New(frontdesk.Params{
			Scope: scope, Session: ws.session.session, Desk: ws.session.desk, Window: ws.proxy,
			Order: w.params.Order, Name: ws.session.name, Practice: ws.session.practice, Admin: ws.session.admin,
			OnSignOut: func() { w.nav.signOut(ws) }, OnLock: w.lock.lockNow, OnSwitch: w.lock.startSwitch, OnSettings: func() { ws.openSettings("") },
			OnPractitioners: func() { ws.openSettings(settings.NewPractitioner) },
			OnAccount:       ws.openAccount, OnHelp: ws.openHelp,
			OnKit: ws.startKitFromDesk, BackupProblem: w.backupProblem, ForThisRun: w.practice.ForThisRun(),
			OnPrintSlip: ws.printSlip, OnPrintDay: ws.printDay, OnStep: ws.toStep(), OnStepsGone: ws.endSteps,
		})
	}
}

// backToDesk goes from the settings to the front desk.
func (ws *workspace) backToDesk() {
	ws.learnRole() // the name may be another
	ws.goTo(routeFrontDesk)
}

// openAccount shows "My account".
func (ws *workspace) openAccount() { ws.openSettings(pane.Account) }

// showNewCodes shows the codes that "My account" made, which says so afterwards.
func (ws *workspace) showNewCodes(codes []string) {
	ws.showRecoveryCodes(codes, "", func() {
		ws.said = lang.L("Your new recovery codes count now, and the old ones no more.")
		ws.openAccount()
	})
}

// say says on the front desk what was just done elsewhere.
func (ws *workspace) say(text string) {
	if s, ok := ws.screen.(interface{ Say(string) }); ok && text != "" {
		s.Say(text)
	}
}

func (ws *workspace) newPassword(scope screen.Scope) screen.Screen {
	return signin.NewChangePassword(signin.ChangePasswordParams{
		Scope: scope, Window: ws.proxy, Change: ws.session.session.ChangePassword,
		Done: func() {
			ws.said = lang.L("Your password is changed. Everywhere else you are signed out.")
			ws.openAccount()
		},
		OnBack: ws.openAccount,
	})
}

// openHelp shows the users, beginning with an act for who asked for help.
func (ws *workspace) openHelp(user string, reset bool) {
	ws.help = users.Help{User: user, IsReset: reset}
	ws.openSettings(pane.Users)
}

// openSettings shows the settings, beginning with a pane; "" is the first.
func (ws *workspace) openSettings(pane string) {
	ws.pane = pane
	ws.goTo(routeSettings)
}
