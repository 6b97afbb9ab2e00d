package ui

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
type place struct {
	window *Window
	stage  *stage
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

func (w *Window) newPlace() *place {
	p := &place{window: w, leave: func() {}}
	p.stage = newStage(w.window, p.overWindow, w.beneathWarning)
	p.day, p.server = newFootNotice(p.layFoot), newFootNotice(p.layFoot)
	return p
}

// newOver makes the stage of what stays on top of every place, whoever is there.
func (w *Window) newOver() *stage {
	over := newStage(w.window, func(o fyne.CanvasObject) fyne.CanvasObject {
		return w.behindCurtain(o, func() bool { return w.at.isCovered() })
	}, func(change func()) { change() })
	over.canvas.on = true
	return over
}

// behindCurtain puts the curtain before what is shown. What a screen reader finds
// stands beside it, and is not there either once the curtain is drawn.
func (w *Window) behindCurtain(o fyne.CanvasObject, isDrawn func() bool) fyne.CanvasObject {
	c := newCurtain(o, isDrawn, w.idle.touch)
	if w.params.Read {
		return widgets.Readable(c)
	}
	return c
}

// overWindow puts the curtain before what lies over the screen, which leaves the foot to be
// read while that says something of the server.
func (p *place) overWindow(o fyne.CanvasObject) fyne.CanvasObject {
	return p.window.behindCurtain(container.New(overFootLayout{p}, o), p.isCovered)
}

// onWindow is what the window shows of the place: its screen, behind the curtain,
// and below it what is said on every screen.
func (p *place) onWindow() fyne.CanvasObject {
	foot := container.NewVBox(p.server.line, p.day.line)
	if about := p.window.params.About; about != "" {
		foot.Add(footLine(widgets.NewNotice(widgets.Info, about)))
	}
	content := p.window.behindCurtain(p.screen.Content(), p.isCovered)
	p.frame = container.New(layouts.Column{Fill: content}, content, foot)
	return p.frame
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
func (p *place) layFoot() {
	if p.frame == nil {
		return
	}
	p.frame.Objects[1].Refresh() // the words get their width
	p.frame.Refresh()
	for _, o := range p.stage.canvas.overlays.all {
		if o.shown != nil {
			o.shown.Refresh()
		}
	}
}

// overFootLayout keeps what lies over the screen from the foot.
type overFootLayout struct{ place *place }

func (l overFootLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if p := l.place; p.frame != nil && p.server.line.Visible() {
		size.Height -= p.frame.Objects[1].Size().Height
	}
	objects[0].Resize(size)
}

func (overFootLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// isCovered says that nothing of the place must be seen.
func (p *place) isCovered() bool { return p.locks() && p.window.idle.isDue() }

// locks says that a place shows, or leads to, what must not stand there when
// nobody is at the computer. What a rescue has begun to write it ends first.
func (p *place) locks() bool {
	if p.session != nil || p.route.isSignIn() {
		return true
	}
	busy, ok := p.screen.(interface{ IsBusy() bool })
	return p.route.isRescue() && !(ok && busy.IsBusy())
}

// goTo leaves the screen there is and goes to another, which appears if the
// place is shown.
func (p *place) goTo(r route) {
	p.leaveScreen()
	ctx, leave := context.WithCancel(p.window.ctx)
	p.route, p.leave = r, leave
	p.screen = p.newScreen(ctx, r)
	if p.isShown() {
		p.stage.turnOn(p.onWindow())
	}
	p.screen.Focus()
	p.window.menu.refresh()
}

func (p *place) isShown() bool { return p.window.at == p }

// leaveScreen ends what the screen does and takes its secrets and dialogs away.
func (p *place) leaveScreen() {
	if p.isShown() {
		p.window.withdrawQuit()
	}
	p.leave()
	if s, ok := p.screen.(interface{ Close() }); ok {
		s.Close()
	}
	p.stage.empty()
}

// show makes a place the one that is on the window.
func (w *Window) show(p *place) {
	if w.at == p {
		return
	}
	if w.at != nil {
		w.withdrawQuit()
		w.at.stage.turnOff()
	}
	w.at = p
	if p.screen != nil {
		p.stage.turnOn(p.onWindow())
		// What is off the window for long Fyne forgets how to draw, and of a new
		// theme it is not told. This lays it out anew.
		w.looks.apply()
		p.stage.refocus()
	}
	w.menu.refresh()
}
