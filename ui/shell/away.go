package shell

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

const (
	// awayLock is how long the window shows what it shows without the practice's server.
	awayLock = 15 * time.Minute
	// toldTime is how long it is said that the server answers again, and what became of a
	// change.
	toldTime = 5 * time.Second
)

// serverNews decides what is said of the practice's server below every screen.
type serverNews struct {
	last  auth.Reach
	kind  widgets.Kind
	text  string    // what came of it
	until time.Time // when that has been said for long enough
}

// look takes what is known now, and says whether the server has come back. Where no desk asks
// it, nothing is known of that.
func (n *serverNews) look(r auth.Reach, now time.Time, asked bool) (back bool) {
	back = n.last.Away && !r.Away && asked
	kind, texts := widgets.Good, []string{}
	if back {
		texts = append(texts, lang.L("The server answers again."))
	}
	if r.Saved > n.last.Saved {
		texts = append(texts, lang.L("It was saved."))
	}
	if r.Lost > n.last.Lost {
		kind, texts = widgets.Warning, append(texts, words.Error(auth.ErrNotSaved))
	}
	if len(texts) > 0 {
		n.kind, n.text, n.until = kind, strings.Join(texts, " "), now.Add(toldTime)
	}
	n.last = r
	return back
}

// unsure is what is said while nobody knows whether a change was saved.
func (n *serverNews) unsure() string {
	if n.last.Unsure {
		return words.Error(auth.ErrUnknown)
	}
	return ""
}

// line is what is said now, where it is away in the words of say; "" is nothing.
func (n *serverNews) line(now time.Time, say func(error) string) (widgets.Kind, string) {
	away := ""
	if n.last.Away {
		away = say(&auth.AwayError{Since: n.last.Since})
	}
	switch text := strings.TrimSpace(away + " " + n.unsure()); {
	case text != "":
		return widgets.Warning, text
	case now.Before(n.until):
		return n.kind, n.text
	}
	return widgets.Info, ""
}

// watchServer begins to look after whether the practice's server answers. What asks it are
// the checks of the sessions.
func (w *Window) watchServer() {
	ctx, stop := context.WithCancel(w.ctx)
	w.server, w.unwatchServer = serverNews{}, stop
	w.runner.Every(ctx, checkTime, w.checkServer)
}

// checkServer says what is known of the server, reads anew what it held back, and locks
// where it is gone for long.
func (w *Window) checkServer() {
	if w.practice == nil {
		return
	}
	now := w.runner.Now()
	back := w.server.look(w.practice.Reach(), now, len(w.nav.workspaces) > 0)
	kind, text := w.server.line(now, words.Error)
	for _, ws := range w.nav.workspaces {
		ws.server.say(kind, text)
	}
	w.sayWhereSignedOut()
	if back {
		for _, ws := range w.nav.workspaces {
			ws.save()
			ws.sync()
			ws.readAnew()
		}
	}
	if ws := w.nav.at; ws.session != nil && w.server.last.Away && w.server.last.Silent >= awayLock {
		w.lock.lock(ws)
		w.lock.showLock(ws)
	}
}

// sayWhereSignedOut says of the server where nobody is signed in what every desk does, but for what is
// typed there; the lock screen has a sentence of its own.
func (w *Window) sayWhereSignedOut() {
	kind, text := widgets.Info, ""
	switch {
	case w.practice == nil:
	case w.nav.signedOut.route == routeLock:
		kind, text = widgets.Warning, w.server.unsure() // of an unlocking under way
	default:
		kind, text = w.server.line(w.runner.Now(), words.NoAnswerSince)
	}
	w.nav.signedOut.server.say(kind, text)
}

// readAnew reads again what the screen shows; where the desk is locked, after the unlocking.
func (ws *workspace) readAnew() {
	if !ws.session.locked.IsZero() {
		ws.session.missed = true
		return
	}
	switch s := ws.screen.(type) {
	case interface{ Refresh() }:
		s.Refresh()
	case interface{ ReadAnew() }:
		s.ReadAnew()
	}
}

// awayText is what the lock screen says of the server.
func (w *Window) awayText() string {
	if w.server.last.Away {
		return words.NoAnswer()
	}
	return ""
}
