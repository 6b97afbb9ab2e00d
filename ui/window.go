// Package ui is the window: the way between its screens, and the session that
// stays while they change.
package ui

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/resources"
	"anteroom/ui/paper"
	"anteroom/ui/work"
)

// Params are what the window needs.
type Params struct {
	App     fyne.App
	Auth    auth.Deps
	Runner  work.Runner
	DataDir string // shown where it helps

	PaperDir string // private, for pages that the system's viewer shows
}

// Window is Anteroom's one window. Its methods belong on the UI goroutine.
type Window struct {
	params Params
	runner work.Runner
	window fyne.Window
	looks  *appearance
	menu   *menu
	copier *work.Copier

	ctx    context.Context // ends when the window closes
	stop   context.CancelFunc
	route  route
	screen screen
	leave  context.CancelFunc // ends the screen's context

	practice *auth.Practice
	shut     error // why there is none, on the page that says so
	entry    entry
	session  *watchedSession // nil while nobody is signed in
	backups  *backups        // nil while no practice is open
	rescue   rescue
	kit      kitWay
	pane     string // that the settings begin with
	paper    *paper.Folder
}

// firstSize is what a small office screen has, and what every screen is made for.
var firstSize = fyne.NewSize(1024, 700)

// New makes the window.
func New(p Params) *Window {
	w := &Window{params: p, runner: p.Runner, window: p.App.NewWindow("Anteroom")}
	w.ctx, w.stop = context.WithCancel(context.Background())
	w.leave = func() {}
	w.looks = newAppearance(p.App)
	w.copier = work.NewCopier(p.Runner, p.App.Clipboard())
	w.paper = paper.NewFolder(p.PaperDir, p.App.OpenURL)
	w.clearPaper() // of a program that was killed
	w.menu = newMenu(w)
	w.window.SetIcon(resources.Icon)
	w.window.SetPadded(false)
	w.window.SetMainMenu(w.menu.main)
	w.window.SetCloseIntercept(w.Close)
	w.window.SetMaster()
	w.goTo(routeStart)
	w.window.Resize(firstSize)
	return w
}

// Show shows the window. The App's Run comes next.
func (w *Window) Show() { w.window.Show() }

// Open begins to open the practice. It belongs into the App's OnStarted: before
// that, fyne.Do would run on whatever goroutine calls it.
func (w *Window) Open() { w.goTo(routeOpening) }

// clearPaper removes the pages that were shown in the system's viewer.
func (w *Window) clearPaper() { go logFailure("remove a printed page's file", w.paper.Clear) }

// Raise brings the window to the front, or asks for it where the OS forbids that.
func (w *Window) Raise() {
	w.window.Show()
	w.window.RequestFocus()
}

// closeTime is how long signing out may hold the end of the program up.
const closeTime = 3 * time.Second

// Close signs out and closes the window. The program ends with it.
func (w *Window) Close() {
	if w.ctx.Err() != nil {
		return // under way already
	}
	w.leaveScreen()
	w.copier.TakeBack()
	w.endSignIn()
	w.endRescue()
	session, practice := w.endSession(), w.practice
	w.stop()

	ctx, done := context.WithCancel(context.Background())
	w.runner.After(ctx, closeTime, w.window.Close) // come what may
	w.runner.Go(ctx, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, closeTime)
		defer cancel()
		return errors.Join(w.paper.Clear(), finish(ctx, session, practice))
	}, func(err error) {
		done()
		if err != nil {
			slog.Warn("the end was not clean", "error", err)
		}
		w.window.Close()
	})
}
