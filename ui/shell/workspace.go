package shell

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/general"
	"anteroom/ui/settings/users"
	"anteroom/ui/widgets"
)

// place is where one person is in the window: the door, where nobody has signed
// in yet, or the desk of somebody who has. One place is shown; the others keep
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

	session *watchedSession // whose desk it is; nil: it is the door
	kit     kitWay
	pane    string         // that the settings begin with
	help    users.Help     // likewise
	draft   *general.Draft // likewise
	said    string         // likewise
	codes   recoveryCodes  // while they are shown
}

func (w *Window) newWorkspace() *workspace {
	ws := &workspace{window: w, leave: func() {}}
	ws.proxy = newWindowProxy(w.window, ws.overWindow, w.beneathWarning)
	ws.day, ws.server = newFootNotice(ws.layFoot), newFootNotice(ws.layFoot)
	return ws
}

// newOver makes the stage of what stays on top of every place, whoever is there.
func (w *Window) newOver() *windowProxy {
	over := newWindowProxy(w.window, func(o fyne.CanvasObject) fyne.CanvasObject {
		return w.behindPrivacyScreen(o, func() bool { return w.at.isCovered() })
	}, func(change func()) { change() })
	over.canvas.on = true
	return over
}

// behindCurtain puts the curtain before what is shown. What a screen reader finds
// stands beside it, and is not there either once the curtain is drawn.
func (w *Window) behindPrivacyScreen(o fyne.CanvasObject, isDrawn func() bool) fyne.CanvasObject {
	c := newPrivacyScreen(o, isDrawn, w.idle.touch)
	if w.params.Read {
		return widgets.Readable(c)
	}
	return c
}

// overWindow puts the curtain before what lies over the screen, which leaves the foot to be
// read while that says something of the server.
func (ws *workspace) overWindow(o fyne.CanvasObject) fyne.CanvasObject {
	return ws.window.behindPrivacyScreen(container.New(overFootLayout{ws}, o), ws.isCovered)
}

// onWindow is what the window shows of the place: its screen, behind the curtain,
// and below it what is said on every screen.
func (ws *workspace) onWindow() fyne.CanvasObject {
	foot := container.NewVBox(ws.server.line, ws.day.line)
	if about := ws.window.params.About; about != "" {
		foot.Add(footLine(widgets.NewNotice(widgets.Info, about)))
	}
	content := ws.window.behindPrivacyScreen(ws.screen.Content(), ws.isCovered)
	ws.frame = container.New(layouts.Column{Fill: content}, content, foot)
	return ws.frame
}

func footLine(n *widgets.Notice) *fyne.Container {
	return container.NewVBox(widget.NewSeparator(), container.NewPadded(n))
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

// say says something below every screen of the place; "" is nothing.
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
type overFootLayout struct{ place *workspace }

func (l overFootLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if ws := l.place; ws.frame != nil && ws.server.line.Visible() {
		size.Height -= ws.frame.Objects[1].Size().Height
	}
	objects[0].Resize(size)
}

func (overFootLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// isCovered says that nothing of the place must be seen.
func (ws *workspace) isCovered() bool { return ws.locks() && ws.window.idle.isDue() }

// locks says that a place shows, or leads to, what must not stand there when
// nobody is at the computer. What a rescue has begun to write it ends first.
func (ws *workspace) locks() bool {
	if ws.session != nil || ws.route.isSignIn() {
		return true
	}
	busy, ok := ws.screen.(interface{ IsBusy() bool })
	return ws.route.isRescue() && !(ok && busy.IsBusy())
}

// goTo leaves the screen there is and goes to another, which appears if the
// place is shown.
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

func (ws *workspace) isShown() bool { return ws.window.at == ws }

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

// show makes a place the one that is on the window.
func (w *Window) show(ws *workspace) {
	if w.at == ws {
		return
	}
	if w.at != nil {
		w.withdrawQuit()
		w.at.proxy.turnOff()
	}
	w.at = ws
	if ws.screen != nil {
		ws.proxy.turnOn(ws.onWindow())
		// What is off the window for long Fyne forgets how to draw, and of a new
		// theme it is not told. This lays it out anew.
		w.looks.apply()
		ws.proxy.refocus()
	}
	w.menu.refresh()
}
