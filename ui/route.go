package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"anteroom/ui/frontdesk"
	"anteroom/ui/settings"
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
	routeRescue
	routeRescueAdmin
	routeRestore
	routeRestoring
)

// screen is what the window shows at a route.
type screen interface {
	Content() fyne.CanvasObject
	Focus()
}

// goTo leaves the screen there is and shows another.
func (w *Window) goTo(r route) {
	w.leaveScreen()
	ctx, leave := context.WithCancel(w.ctx)
	w.route, w.leave = r, leave
	w.screen = w.newScreen(ctx, r)
	w.window.SetContent(w.screen.Content())
	w.screen.Focus()
	w.menu.refresh()
}

// leaveScreen ends what the screen does and takes its secrets and dialogs away.
func (w *Window) leaveScreen() {
	w.leave()
	if s, ok := w.screen.(interface{ Close() }); ok {
		s.Close()
	}
	w.closeOverlays()
	w.window.Canvas().Unfocus()
}

func (w *Window) closeOverlays() {
	overlays := w.window.Canvas().Overlays()
	for top := overlays.Top(); top != nil; top = overlays.Top() {
		overlays.Remove(top)
	}
}

// newScreen makes the screen of a route. What the screen needs is there before
// the window goes to it.
func (w *Window) newScreen(ctx context.Context, r route) screen {
	host := signin.Host{Ctx: ctx, Runner: w.runner, Window: w.window}
	switch r {
	case routeBlocked:
		return signin.NewBlocked(signin.BlockedParams{
			Host: host, Err: w.shut, DataDir: w.params.DataDir,
			OnRetry: w.Open, OnQuit: w.Close,
			OnKit: w.startKit, OnLinkingCode: w.startLinkingCode, OnRestore: w.startRestore,
		})
	case routeSetUp:
		return w.newSetUp(host)
	case routeSignIn:
		return w.newSignIn(host)
	case routeCode:
		return signin.NewCode(signin.CodeParams{
			Host: host, Ways: w.ways(), Attempt: w.entry.attempt, State: w.entry.state,
			Practice: w.practice.Name(), OnBack: w.startSignIn,
		})
	case routeNewPassword:
		return signin.NewNewPassword(signin.NewPasswordParams{
			Host: host, Ways: w.ways(), Attempt: w.entry.attempt, OnBack: w.startSignIn,
		})
	case routeEnrol:
		return signin.NewEnrol(signin.EnrolParams{
			Host: host, Ways: w.ways(), Attempt: w.entry.attempt, State: w.entry.state,
			Copier: w.copier, OnBack: w.startSignIn,
		})
	case routeFrontDesk:
		return frontdesk.New(frontdesk.Params{
			Session: w.session.session, Runner: w.runner, Ctx: ctx, Window: w.window,
			OnSignOut: w.signOut, OnSettings: func() { w.openSettings("") }, OnEnded: w.sessionEnded,
			OnKit: w.startKitFromDesk, BackupProblem: w.backupProblem, ForThisRun: w.practice.ForThisRun(),
		})
	case routeSettings:
		return settings.New(settings.Params{
			Session: w.session.session, Runner: w.runner, Ctx: ctx, Window: w.window,
			Copier: w.copier, Pane: w.pane,
			OnNewKit: w.startKitFromSettings, OnRestore: w.restoreNow, OnRestoreWithKit: w.restoreWithKit,
			OnBack: func() { w.goTo(routeFrontDesk) }, OnEnded: w.sessionEnded,
		})
	case routeOpening:
		return w.newOpening(host)
	case routeKit:
		return w.newKit(host)
	case routeKitEntry, routeLinkingCode, routeRescue, routeRescueAdmin, routeRestore, routeRestoring:
		return w.newRescueScreen(host, r)
	default:
		return signin.NewOpening(signin.OpeningParams{Host: host})
	}
}

// newRescueScreen makes a screen of the way back into a practice.
func (w *Window) newRescueScreen(host signin.Host, r route) screen {
	switch r {
	case routeLinkingCode:
		return w.newLinkingCodeEntry(host)
	case routeRescue:
		return w.newRescue(host)
	case routeRescueAdmin:
		return w.newRescueAdmin(host)
	case routeRestore:
		return w.newRestore(host)
	case routeRestoring:
		return w.newRestoring(host)
	default:
		return w.newKitEntry(host)
	}
}

// openSettings shows the settings, beginning with a pane; "" is the first.
func (w *Window) openSettings(pane string) {
	w.pane = pane
	w.goTo(routeSettings)
}
