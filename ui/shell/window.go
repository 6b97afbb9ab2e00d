// Package shell is the window: the way between its screens, and the session that
// stays while they change.
package shell

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/theme"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/data/sharing"
	"anteroom/resources"
	"anteroom/ui/paper"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// Params are what the window needs.
type Params struct {
	App     fyne.App
	Auth    auth.Deps
	Runner  work.Runner
	DataDir string // shown where it helps
	// Synchronised is the program that synchronises DataDir; "": none is known. It asks
	// the disk: off the UI goroutine.
	Synchronised func() string
	// Server does what people ask for about the practice's server; nil: there can't be one.
	Server sharing.Server
	Order  data.DateOrder // in which dates are typed
	// Clipboard is where secrets are copied to; nil: App's.
	Clipboard work.Clipboard

	Version string // of Anteroom
	About   string // a line on every screen, about what kind of practice this is; "": none

	PaperDir string // private, for pages that the system's viewer shows
	NotesDir string // private and lasting, for notes about files that are not whole yet
	// Fonts are what pages are printed with, for letters that the program's own have not; nil: none.
	Fonts paper.FontSource

	// Idle says how long ago this computer was last touched; nil: only what
	// reaches the window counts.
	Idle interface {
		Idle(ctx context.Context) (time.Duration, error)
	}
	// OnOSLock calls lock when the OS locks its session or goes to sleep; nil:
	// the OS does not say so.
	OnOSLock func(ctx context.Context, lock func())

	// Prepare does for the OS's window, which it has just shown, what Fyne can't, and calls
	// capsLock with whether that is on; nil: nothing does.
	Prepare func(w fyne.Window, capsLock func(on bool))

	// Read says that Fyne walks the window for screen readers: its build tag "accessibility".
	Read bool

	// Translate makes lang know the texts, aside, while the OS makes the window; nil:
	// they stay English, which is what they are asked for by.
	Translate func() error
}

// Window is Anteroom's one window. Its methods belong on the UI goroutine.
type Window struct {
	params Params
	runner work.Runner
	window fyne.Window
	looks  *appearance
	menu   *menu
	help   *helper
	copier *work.Copier

	ctx  context.Context // ends when the window closes
	stop context.CancelFunc

	nav      *navigator
	lock     *locker
	signIn   *signInFlow
	recovery *recoveryFlow

	begun     *opening // what New began; nil: it was shown
	practice  *auth.Practice
	memory    *desk.Memory // of the practice's patients, while somebody is signed in
	untrusted error        // why there is none, on the page that says so
	replaced  bool         // another file lay in its place: what is there is being opened
	switched  *moved       // what the sign-in says once the practice is open where it was moved to; nil: it wasn't
	switching bool         // the practice is being moved: who moves it says how it ended

	backups       *backups           // nil while no practice is open
	server        serverNews         // of the practice that is open
	unwatchServer context.CancelFunc // nil: no practice was open yet
	paper         *paper.Folder
	files         *paper.Files
	unask         func() // withdraws the question whether to stop what is being written; nil: there is none
	carried       unsavedText
}

// firstSize is what a small office screen has, and what every screen is made for.
var firstSize = fyne.NewSize(1024, 700)

// New makes the window. Meanwhile the practice is being opened. An error is Translate's.
func New(p Params) (*Window, error) {
	ctx, stop := context.WithCancel(context.Background())
	w := &Window{params: p, runner: p.Runner, ctx: ctx, stop: stop, begun: beginOpening(ctx, p.Auth)}
	w.nav, w.lock, w.signIn, w.recovery = &navigator{window: w}, &locker{window: w}, &signInFlow{window: w}, &recoveryFlow{window: w}
	ready := make(chan error, 1)
	go func() {
		readFonts()
		ready <- p.translate()
	}()
	holdStill(p.App)
	w.window = p.App.NewWindow("Anteroom") // the OS takes its time
	if err := <-ready; err != nil {
		stop()
		return nil, fmt.Errorf("load translations: %w", err)
	}
	w.looks = newAppearance(p.App)
	w.copier = work.NewCopier(p.Runner, p.clipboard())
	w.paper = paper.NewFolder(p.PaperDir, paper.Viewer(p.App.OpenURL))
	w.clearPaper() // of a program that was killed
	w.files = paper.NewFiles(p.NotesDir)
	w.help = newHelper(w)
	w.menu = newMenu(w)
	w.window.SetIcon(resources.Icon)
	w.window.SetPadded(false)
	w.window.SetMainMenu(w.menu.main)
	w.window.SetCloseIntercept(w.Close)
	w.window.SetMaster()
	w.lock.watchIdle()
	w.nav.begin()
	w.window.Resize(firstSize)
	return w, nil
}

// readFonts has Fyne read the fonts that every screen has. It keeps them.
func readFonts() {
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		fyne.MeasureText("A", theme.DefaultTheme().Size(theme.SizeNameText), style)
	}
}

func (p Params) clipboard() work.Clipboard {
	if p.Clipboard == nil {
		return p.App.Clipboard()
	}
	return p.Clipboard
}

func (p Params) translate() error {
	if p.Translate == nil {
		return nil
	}
	return p.Translate()
}

// ErrNoWindow says that there can be no window: this computer's graphics are too old, or are
// not to be used from where it was started.
var ErrNoWindow = errors.New("there is no display with OpenGL 2.1")

// Show shows the window, with the sign-in as soon as the practice is open. The App's
// Run comes next, unless there is no window (ErrNoWindow).
func (w *Window) Show() (err error) {
	w.open()
	defer func() {
		if isThere(w.window) {
			return
		}
		err = ErrNoWindow
		if why := recover(); why != nil { // so Fyne says that there is no display at all
			err = fmt.Errorf("%w (%v)", ErrNoWindow, why)
		}
	}()
	w.window.Show()
	if w.params.Prepare != nil {
		w.params.Prepare(w.window, widgets.SetCapsLock)
	}
	return nil
}

// isThere says that the OS has made a window: Fyne only logs that it has not.
func isThere(w fyne.Window) bool {
	native, ok := w.(driver.NativeWindow)
	there := !ok // the windows of tests are nobody's
	if ok {
		native.RunNative(func(context any) { there = !reflect.ValueOf(context).IsZero() })
	}
	return there
}

// open shows the practice's sign-in, or why there is none.
func (w *Window) open() {
	w.clearUnfinished()
	if begun := w.begun; begun != nil && begun.isDone() {
		w.begun = nil
		w.opened(begun.practice, begun.err)
		return
	}
	w.nav.goTo(routeOpening)
}

// clearPaper removes the pages that were shown in the system's viewer.
func (w *Window) clearPaper() { go logFailure("remove a printed page's file", w.paper.Clear) }

// Raise brings the window to the front, or asks for it where the OS forbids that.
func (w *Window) Raise() {
	w.window.Show()
	w.window.RequestFocus()
}

// closeTime is how long signing out may hold the end of the program up.
const closeTime = 3 * time.Second

// end signs out and closes the window. What is being written is stopped, and what
// there is of it removed: a disk that hangs must not take the time for signing out.
func (w *Window) end() {
	w.nav.at.leaveScreen()
	w.copier.TakeBack()
	w.signIn.end()
	w.recovery.end()
	w.carried.clear()
	sessions, practice := w.nav.endWorkspaces(), w.practice
	w.stop()

	ctx, done := context.WithCancel(context.Background())
	closeOnce := sync.OnceFunc(w.window.Close)
	w.runner.After(ctx, closeTime, closeOnce) // come what may
	w.runner.Go(ctx, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, closeTime)
		defer cancel()
		err := errors.Join(w.paper.Clear(), signOutAll(ctx, sessions))
		_, wait := w.files.Running()
		_ = wait(ctx) // it was stopped
		return errors.Join(err, closePractice(practice))
	}, func(err error) {
		done()
		if err != nil {
			slog.Warn("the end was not clean", "error", err)
		}
		closeOnce()
	})
}

// practiceName is the practice's name as far as it is known.
func (w *Window) practiceName() string {
	var notLinked *auth.NotLinkedError
	switch {
	case w.practice != nil:
		return w.practice.Name()
	case errors.As(w.untrusted, &notLinked):
		return notLinked.Practice
	}
	return ""
}
