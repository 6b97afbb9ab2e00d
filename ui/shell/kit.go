package shell

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"

	"fyne.io/fyne/v2/lang"
	"github.com/adrg/xdg"

	"anteroom/auth"
	"anteroom/ui/paper"
	"anteroom/ui/recovery"
	"anteroom/ui/screen"
	"anteroom/ui/settings/general"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// kitWay is why the kit's screen is shown.
type kitWay struct {
	kit      *auth.Kit      // begun already; nil: the screen begins one
	mayWait  bool           // it can be done later today
	settings bool           // the settings asked for it, and get the person back
	draft    *general.Draft // with this, if their General did
}

// startFirstKit shows the kit's screen to who can still do it later today.
func (ws *workspace) startFirstKit() {
	ws.kit = kitWay{mayWait: true}
	ws.goTo(routeKit)
}

// startKitFromDesk is for the line on the front desk.
func (ws *workspace) startKitFromDesk() {
	ws.kit = kitWay{}
	ws.goTo(routeKit)
}

// startKitFromSettings goes on with a kit that the settings began.
func (ws *workspace) startKitFromSettings(k *auth.Kit, d *general.Draft) {
	ws.kit = kitWay{kit: k, settings: true, draft: d}
	ws.goTo(routeKit)
}

func (ws *workspace) newKit(scope screen.Scope) screen.Screen {
	w, session, way := ws.window, ws.session.session, ws.kit
	stepUp := screen.NewStepUp(session, w.runner, (&screen.Dialogs{Window: ws.proxy}).OpenProof)
	leave := func() {
		w.clearPaper()
		switch {
		case way.draft != nil:
			ws.draft = way.draft
			ws.openSettings(pane.General)
		case way.settings:
			ws.openSettings(pane.Recovery)
		default:
			ws.goTo(routeFrontDesk)
		}
	}
	params := recovery.KitParams{
		Scope: scope, Window: ws.proxy, Replaces: ws.session.hasKit,
		New: func(ctx context.Context) (k *auth.Kit, err error) {
			if way.kit != nil {
				return way.kit, nil
			}
			err = stepUp.Do(ctx, func(ctx context.Context) error {
				k, err = session.NewKit(ctx)
				return err
			})
			return k, err
		},
		Confirm: func(ctx context.Context, k *auth.Kit, lastGroup string, progress auth.Progress) error {
			return stepUp.Do(ctx, func(ctx context.Context) error { return session.ConfirmKit(ctx, k, lastGroup, progress) })
		},
		Print: func(k *auth.Kit) error {
			content, err := w.kitPage(scope.Ctx, k)
			if err != nil {
				return err
			}
			return w.showPage(scope.Ctx, ws.session, lang.L("Anteroom recovery kit.pdf"), content)
		},
		Save:    w.saveKit,
		OwnDisk: func(path string) bool { return ownDisk(path, w.params.DataDir) },
		Folder:  documents(),
		Done: func() {
			said := lang.L("The recovery kit counts now.")
			ws.session.hasKit, ws.said = true, said
			leave()
			ws.say(said)
		},
	}
	if way.mayWait {
		params.Later = leave
	} else {
		params.OnBack = leave
	}
	return recovery.NewKit(params)
}

// showPage has the system's viewer show a page with secrets, unless its screen
// was left or locked meanwhile: who asked for it may be gone. It belongs off the
// UI goroutine.
func (w *Window) showPage(ctx context.Context, s *watchedSession, name string, content []byte) error {
	isOver := func() error {
		if s.isLocked.Load() {
			return auth.ErrLocked
		}
		return ctx.Err()
	}
	if err := isOver(); err != nil {
		return err
	}
	err := w.paper.Show(name, content)
	if isOver() != nil { // while it was written
		w.clearPaper()
	}
	return paperError(err)
}

func (w *Window) saveKit(k *auth.Kit, path string) error {
	content, err := w.kitPage(w.ctx, k)
	if err != nil {
		return err
	}
	return paperError(w.files.Save(path, content))
}

// saveStream writes a file bit by bit. What write gives comes out unchanged.
func (w *Window) saveStream(path string, write func(io.Writer) error) error {
	return paperError(w.files.SaveStream(path, write))
}

func (w *Window) kitPage(ctx context.Context, k *auth.Kit) ([]byte, error) {
	kit := paper.Kit{Practice: k.Practice(), Number: k.Number(), Made: k.Made(), By: k.By(), Groups: k.Groups()}
	return kit.PDF(ctx, w.params.Fonts)
}

// paperError says in words that the screens know why a paper could not be written or shown, so
// that each has one sentence.
func paperError(err error) error {
	for theirs, ours := range map[error]error{
		paper.ErrExists:     &auth.FieldError{Field: auth.FieldFolder, Problem: auth.ProblemTaken},
		paper.ErrNoFolder:   &auth.FieldError{Field: auth.FieldFolder, Problem: auth.ProblemMissing},
		paper.ErrPermission: auth.ErrReadOnly,
		paper.ErrFull:       auth.ErrDiskFull,
		paper.ErrViewer:     words.ErrViewer,
	} {
		if errors.Is(err, theirs) {
			return ours
		}
	}
	return err
}

// ownDisk says whether a path is on the disk that would be lost with this
// computer; who can't tell warns.
func ownDisk(path, dataDir string) bool {
	own, err := paper.OnOwnDisk(path, dataDir)
	if err != nil {
		slog.Warn("can't tell which disk this is", "error", err)
	}
	return own || err != nil
}

// documents is where people expect their documents.
func documents() string {
	if info, err := os.Stat(xdg.UserDirs.Documents); err == nil && info.IsDir() {
		return xdg.UserDirs.Documents
	}
	return xdg.Home
}
