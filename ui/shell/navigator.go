package shell

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/signin"
	"anteroom/ui/widgets"
)

// navigator is where people are in the window: which workspace is shown, and who has one.
type navigator struct {
	window *Window

	at         *workspace   // what the window shows
	signedOut  *workspace   // where nobody is signed in
	workspaces []*workspace // of who is signed in, the one used last at the end
	over       *windowProxy // of what stays on top of every workspace
}

// begin shows a window where nobody is signed in, and nothing goes on yet.
func (n *navigator) begin() {
	n.signedOut, n.over = n.newWorkspace(), n.newOver()
	n.show(n.signedOut)
	n.goTo(routeStart)
}

// goTo shows a screen where nobody is signed in.
func (n *navigator) goTo(r route) {
	n.show(n.signedOut)
	n.signedOut.goTo(r)
	n.window.sayWhereSignedOut()
}

// newSignedOutScreen makes a screen that needs nobody to be signed in.
func (n *navigator) newSignedOutScreen(scope screen.Scope, r route) screen.Screen {
	switch r {
	case routeBlocked:
		return n.window.recovery.newBlocked(scope)
	case routeSetUp:
		return n.window.signIn.newSetUp(scope)
	case routeSignIn, routeCode, routeOtherCode, routeTwoCodes, routeHandOver, routeNewPassword, routeEnrol:
		return n.window.signIn.newStep(scope, r)
	case routeLock:
		return n.window.lock.newLock(scope)
	case routeSwitch:
		return n.window.lock.newSwitchUser(scope)
	case routeOpening:
		return n.window.newOpening(scope)
	case routeKitEntry, routeLinkingCode, routeConnect, routeConnectKit, routeRescue, routeRescueAdmin, routeRestore, routeRestoring:
		return n.window.recovery.newScreen(scope, r)
	default:
		return signin.NewOpening(signin.OpeningParams{Scope: scope, Window: n.signedOut.proxy})
	}
}

func (n *navigator) newWorkspace() *workspace {
	ws := &workspace{window: n.window, leave: func() {}}
	ws.proxy = newWindowProxy(n.window.window, ws.overWindow, n.window.lock.beneathWarning)
	ws.day, ws.server = newFootNotice(ws.layFoot), newFootNotice(ws.layFoot)
	return ws
}

// newOver makes the proxy of what stays on top of every workspace, whoever is there.
func (n *navigator) newOver() *windowProxy {
	var over *windowProxy
	over = newWindowProxy(n.window.window, func(o fyne.CanvasObject) fyne.CanvasObject {
		return n.behindPrivacyScreen(o, over, func() bool { return n.at.isCovered() })
	}, func(change func()) { change() })
	over.canvas.on = true
	return over
}

// behindPrivacyScreen puts the privacy screen before what is shown, and before the menus that are let down over it. What a screen reader finds
// stands beside it, and is not there either once that is on.
func (n *navigator) behindPrivacyScreen(o fyne.CanvasObject, proxy *windowProxy, isOn func() bool) fyne.CanvasObject {
	after := func(delay time.Duration, show func()) (stop func()) {
		ctx, stop := context.WithCancel(n.window.ctx)
		n.window.runner.After(ctx, delay, show)
		return stop
	}
	c := newPrivacyScreen(widgets.NewTipLayer(n.window.help.askable(o), proxy.canvas, after), isOn, n.window.lock.idle.touch)
	if n.window.params.Read {
		return widgets.Readable(c)
	}
	return c
}

// show makes a workspace the one that is on the window.
func (n *navigator) show(ws *workspace) {
	if n.at == ws {
		return
	}
	if n.at != nil {
		n.window.withdrawQuit()
		n.at.proxy.turnOff()
	}
	n.at = ws
	if ws.screen != nil {
		ws.proxy.turnOn(ws.onWindow())
		// What is off the window for long Fyne forgets how to draw, and of a new
		// theme it is not told. This lays it out anew.
		n.window.looks.apply()
		ws.proxy.refocus()
	}
	n.window.menu.refresh()
}

// startSession shows the front desk to who just signed in.
func (n *navigator) startSession(s *auth.Session) *workspace {
	n.window.signIn.end()
	ctx, stop := context.WithCancel(n.window.ctx)
	ws := n.newWorkspace()
	ws.session = &watchedSession{session: s, desk: n.window.memory.Join(s), since: n.window.runner.Now(), ctx: ctx, stop: stop}
	ws.session.desk.GoOnWith(n.window.carried.take(s.User()))
	n.workspaces = append(n.workspaces, ws)
	n.window.runner.Every(ctx, checkTime, ws.check)
	n.window.runner.Every(ctx, checkTime, ws.save)
	n.window.runner.Every(ctx, checkTime, ws.sync)
	ws.save()
	ws.sync()
	ws.learnRole()
	n.enter(ws)
	ws.goTo(routeFrontDesk)
	return ws
}

// enter shows the workspace of who has just proven who they are.
func (n *navigator) enter(ws *workspace) {
	ws.session.locked = time.Time{}
	ws.session.isLocked.Store(false)
	n.window.lock.locked = nil
	n.workspaces = append(slices.DeleteFunc(n.workspaces, func(o *workspace) bool { return o == ws }), ws)
	n.signedOut.leaveScreen()
	n.signedOut.route, n.signedOut.screen = routeStart, nil
	n.window.lock.idle.start()
	n.show(ws)
	if s, ok := ws.screen.(interface{ Refresh() }); ok { // a locked desk reads nothing, whatever the day
		s.Refresh()
	} else if ws.session.missed {
		ws.readAnew()
	}
	ws.session.missed = false
}

// workspaceOf is the workspace that a user has at this window, or nil.
func (n *navigator) workspaceOf(user string) *workspace {
	for _, ws := range n.workspaces {
		if ws.session.session.User() == user {
			return ws
		}
	}
	return nil
}

// endWorkspace takes a workspace off the window and gives its session, which may go on.
func (n *navigator) endWorkspace(ws *workspace) *watchedSession {
	ws.session.stop()
	ws.leaveScreen()
	n.workspaces = slices.DeleteFunc(n.workspaces, func(o *workspace) bool { return o == ws })
	if n.window.lock.locked == ws {
		n.window.lock.locked = nil
	}
	n.window.clearPaper()
	return ws.session
}

// endWorkspaces is endWorkspace for all.
func (n *navigator) endWorkspaces() []*watchedSession {
	var sessions []*watchedSession
	for len(n.workspaces) > 0 {
		sessions = append(sessions, n.endWorkspace(n.workspaces[0]))
	}
	return sessions
}

// dropWorkspaces forgets sessions that have ended, or whose practice is gone.
func (n *navigator) dropWorkspaces() {
	for _, s := range n.endWorkspaces() {
		go s.forget()
	}
}

// signOut signs out, and asks first where what was typed can't be written.
func (n *navigator) signOut(ws *workspace) {
	if slices.Contains(n.workspaces, ws) && ws.loses() {
		n.window.askToLose(ws)
		return
	}
	n.signOutNow(ws)
}

// signOutNow goes back to the sign-in screen at once, from where others come back to
// their desks; storing it takes a moment.
func (n *navigator) signOutNow(ws *workspace) {
	if !slices.Contains(n.workspaces, ws) {
		return
	}
	signOutLater(n.endWorkspace(ws).signOut)
	n.window.signIn.start()
}
