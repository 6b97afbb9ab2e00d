package shell

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/general"
	"anteroom/ui/settings/users"
	"anteroom/ui/widgets"
)

// workspace is where one person is in the window: where nobody has signed in yet, or
// what somebody who has works in. One is shown; the others keep
// their screens, with what was typed there, off the window.
type workspace struct {
	window *Window
	proxy  *windowProxy
	route  route
	screen screen.Screen
	leave  context.CancelFunc // ends the screen's context
	frame  *fyne.Container    // what of it is on the window
	day    *footNotice        // in its foot, while a full sign-in is nearly due
	server *footNotice        // likewise, while the practice's server does not answer

	session *watchedSession // whose it is; nil: nobody is signed in
	kit     kitWay
	pane    string         // that the settings begin with
	help    users.Help     // likewise
	draft   *general.Draft // likewise
	said    string         // likewise
	done    string         // what ended the session; "": it was nothing done here
	codes   recoveryCodes  // while they are shown

	helpShown *widgets.Dialog // what a screen does, the last time that was asked; perhaps closed by now
	printing  *printing       // the last; nil: nothing was printed yet
}

// overWindow puts the privacy screen before what lies over the screen, which leaves the foot to be
// read while that says something of the server.
func (ws *workspace) overWindow(o fyne.CanvasObject) fyne.CanvasObject {
	return ws.window.nav.behindPrivacyScreen(container.New(overFootLayout{ws}, o), ws.proxy, ws.isCovered)
}

// onWindow is what the window shows of the workspace: its screen, behind the privacy screen,
// and below it what is said on every screen.
func (ws *workspace) onWindow() fyne.CanvasObject {
	foot := container.NewVBox(ws.server.line, ws.day.line)
	if about := ws.window.params.About; about != "" {
		foot.Add(footLine(widgets.NewSmallNotice(widgets.Info, about)))
	}
	content := ws.window.nav.behindPrivacyScreen(ws.screen.Content(), ws.proxy, ws.isCovered)
	ws.frame = container.New(layouts.Column{Fill: content}, content, foot)
	return ws.frame
}

const footMargin = 5 // above and below a line of the foot

func footLine(n *widgets.Notice) *fyne.Container {
	inset := layout.NewCustomPaddedLayout(footMargin, footMargin, theme.Padding(), theme.Padding())
	return container.NewVBox(widget.NewSeparator(), container.New(inset, n))
}

// footNotice is a line in the foot, which is there only while it says something.
type footNotice struct {
	line    *fyne.Container
	notice  *widgets.Notice
	changed func()
}

func newFootNotice(changed func()) *footNotice {
	n := &footNotice{notice: widgets.NewNotice(widgets.Warning, ""), changed: changed}
	n.line = footLine(n.notice)
	n.line.Hide()
	return n
}

// say says something below every screen of the workspace; "" is nothing.
func (n *footNotice) say(kind widgets.Kind, text string) {
	if text == n.notice.Text() {
		return
	}
	n.notice.Set(kind, text)
	n.line.Hidden = text == ""
	n.changed()
}

// layFoot gives the foot the room that its words need now.
func (ws *workspace) layFoot() {
	if ws.frame == nil {
		return
	}
	ws.frame.Objects[1].Refresh() // the words get their width
	ws.frame.Refresh()
	for _, o := range ws.proxy.canvas.overlays.all {
		if o.shown != nil {
			o.shown.Refresh()
		}
	}
}

// overFootLayout keeps what lies over the screen from the foot.
type overFootLayout struct{ workspace *workspace }

func (l overFootLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if ws := l.workspace; ws.frame != nil && ws.server.line.Visible() {
		size.Height -= ws.frame.Objects[1].Size().Height
	}
	objects[0].Resize(size)
}

func (overFootLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// isCovered says that nothing of the workspace must be seen.
func (ws *workspace) isCovered() bool { return ws.locks() && ws.window.lock.idle.isDue() }

// locks says that a workspace shows, or leads to, what must not stand there when
// nobody is at the computer. What a rescue has begun to write it ends first.
func (ws *workspace) locks() bool {
	if ws.session != nil || ws.route.isSignIn() {
		return true
	}
	busy, ok := ws.screen.(interface{ IsBusy() bool })
	return ws.route.isRescue() && !(ok && busy.IsBusy())
}

// goTo leaves the screen there is and goes to another, which appears if the
// workspace is shown.
func (ws *workspace) goTo(r route) {
	ws.leaveScreen()
	ctx, leave := context.WithCancel(ws.window.ctx)
	ws.route, ws.leave = r, leave
	ws.screen = ws.newScreen(ctx, r)
	if ws.isShown() {
		ws.proxy.turnOn(ws.onWindow())
	}
	ws.screen.Focus()
	ws.window.menu.refresh()
}

func (ws *workspace) isShown() bool { return ws.window.nav.at == ws }

// leaveScreen ends what the screen does and takes its secrets and dialogs away.
func (ws *workspace) leaveScreen() {
	if ws.isShown() {
		ws.window.withdrawQuit()
	}
	ws.leave()
	if s, ok := ws.screen.(interface{ Close() }); ok {
		s.Close()
	}
	ws.proxy.empty()
}
