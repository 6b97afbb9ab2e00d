package shell

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/widgets"
)

// Close signs out and closes the window. The program ends with it. While a file is
// being written it asks first, and quits by itself once that is whole. It also asks where
// this computer is the practice's server, and where what was typed can't be written.
func (w *Window) Close() {
	if w.ctx.Err() != nil || w.unask != nil {
		return // under way already
	}
	if w.switching {
		return // half-way there is no end
	}
	if paths, wait := w.files.Running(); len(paths) > 0 {
		w.askToQuit(paths, wait)
		return
	}
	if w.isServer() || w.loses() {
		w.askBeforeQuit()
		return
	}
	w.end()
}

// isServer says whether others work with the server on this computer.
func (w *Window) isServer() bool { return w.practice != nil && w.where().Kind == sharing.Host }

// loses says whether something was typed at the window that can't be written now.
func (w *Window) loses() bool {
	return w.carried.typed() || slices.ContainsFunc(w.nav.workspaces, (*workspace).loses)
}

// slowWriting is from when on what is being written is taken for lost.
const slowWriting = time.Second

func (ws *workspace) loses() bool {
	s := ws.session
	return s.desk.Typed() && (s.unsaved || !s.locked.IsZero() || ws.window.server.last.Away ||
		s.saving && ws.window.runner.Now().Sub(s.saveBegan) > slowWriting)
}

// askBeforeQuit says what quitting means at the server's computer, and for what was typed.
func (w *Window) askBeforeQuit() {
	answered := func() { w.unask = nil }
	var said []string
	if w.loses() {
		said = append(said, lossByQuitting())
	}
	if w.isServer() {
		said = append(said, lang.L("This computer is the practice's server: leave it switched on, and don't let it sleep.")+w.othersGoOn())
	}
	d := widgets.ShowDialog(w.nav.at.proxy, widgets.DialogOptions{
		Title:   lang.L("Quit Anteroom?"),
		Content: widgets.Paragraph(strings.Join(said, "\n")),
		Primary: lang.L("Quit"), Danger: w.loses(), OnPrimary: func() {
			answered()
			w.end()
		},
		Cancel: lang.L("Don't quit"), OnCancel: answered,
	})
	w.unask = func() {
		answered()
		d.Close()
	}
}

func lossByQuitting() string {
	return lang.L("What was typed last could not be saved. It is lost when Anteroom quits.")
}

// askToLose asks before somebody signs out whose last words would be lost.
func (w *Window) askToLose(ws *workspace) {
	widgets.ShowDialog(ws.proxy, widgets.DialogOptions{
		Title:   lang.L("Sign out?"),
		Content: widgets.Paragraph(lang.L("What you typed last could not be saved. It is lost when you sign out.")),
		Primary: lang.L("Sign out"), Danger: true, OnPrimary: func() { w.nav.signOutNow(ws) },
		Cancel: lang.L("Stay signed in"),
	})
}

// othersGoOn is said after something else; "" while the server answers nobody.
func (w *Window) othersGoOn() string {
	if w.practice.Reach().Away {
		return ""
	}
	return " " + lang.L("Other computers go on working.")
}

// askToQuit asks whether to stop what is being written. Where that fails the window
// stays, and the dialog that it was asked for in says why.
func (w *Window) askToQuit(paths []string, wait func(context.Context) error) {
	ctx, stop := context.WithCancel(w.ctx)
	answered := func() {
		stop()
		w.unask = nil
	}
	quit := func() {
		answered()
		w.end()
	}
	text := lang.L("{{.Path}} is not whole yet. Anteroom quits by itself once it is.", pathsIn(paths))
	if w.loses() {
		text += " " + lossByQuitting()
	}
	if w.isServer() {
		text += w.othersGoOn()
	}
	d := widgets.ShowDialog(w.nav.at.proxy, widgets.DialogOptions{
		Title:   lang.L("A file is being written"),
		Content: widgets.Paragraph(text),
		Primary: lang.L("Stop it and quit"), OnPrimary: quit, Danger: true,
		Cancel: lang.L("Don't quit"), OnCancel: answered,
	})
	w.unask = func() {
		answered()
		d.Close()
	}
	w.runner.Go(ctx, wait, func(err error) {
		w.withdrawQuit()
		if err != nil {
			slog.Warn("the window stays: a file is not whole", "error", err)
			return
		}
		if w.loses() { // since it was asked, perhaps
			w.askBeforeQuit()
			return
		}
		w.end()
	})
}

// withdrawQuit takes the question whether to quit off the window: it was asked of who
// was there, and what they saw is shown no more.
func (w *Window) withdrawQuit() {
	if w.unask != nil {
		w.unask()
	}
}

// clearUnfinished removes what a program that was killed left of files, and has
// the sign-in say so.
func (w *Window) clearUnfinished() {
	var removed, left []string
	w.runner.Go(w.ctx, func(context.Context) (err error) {
		removed, left, err = w.files.ClearUnfinished()
		return err
	}, func(err error) {
		if err != nil {
			slog.Warn("could not remove an unfinished file", "error", err)
		}
		w.signIn.unfinished = unfinishedText(removed, left)
		if w.signIn.unfinished != "" && w.nav.at.route == routeSignIn { // it is there already
			widgets.ShowDialog(w.nav.at.proxy, widgets.DialogOptions{
				Title: lang.L("A file was not finished"), Content: widgets.Paragraph(w.signIn.unfinished), Cancel: lang.L("Close"),
			})
		}
	})
}

// unfinishedText says what a program that was killed left of files; "": nothing.
func unfinishedText(removed, left []string) string {
	var said []string
	if len(removed) > 0 {
		said = append(said, lang.L("Anteroom ended while it wrote a file. What there was of it is removed: {{.Path}}", pathsIn(removed)))
	}
	if len(left) > 0 {
		said = append(said, lang.L("Anteroom ended while it wrote a file. What there is of it can't be removed, delete it yourself: {{.Path}}", pathsIn(left)))
	}
	return strings.Join(said, " ")
}

// pathsIn are paths as a sentence names them.
func pathsIn(paths []string) map[string]any {
	return map[string]any{"Path": auth.CleanText(strings.Join(paths, ", "))}
}
