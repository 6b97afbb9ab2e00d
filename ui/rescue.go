package ui

import (
	"context"
	"errors"
	"log/slog"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/recovery"
	"anteroom/ui/screen"
	"anteroom/ui/signin"
	"anteroom/ui/words"
)

// rescue is the way back into a practice with the recovery kit, a linking code
// or a backup: what its screens share.
type rescue struct {
	key     string         // of the kit, as it was typed; "": not typed yet
	opened  *auth.Rescue   // nil: the kit has not opened the practice
	present *auth.Practice // the practice that a backup will replace; nil: none is open
	restore *auth.Restore  // that an admin chose in the settings
	path    string         // of the backup that was chosen already; "": none
	newest  bool           // the newest good backup is wanted
	server  bool           // the kit connected this computer to the practice's server
}

// close ends every use of the practice's data. It may be called twice.
func (r rescue) close() {
	if r.present != nil {
		logFailure("close the practice", r.present.Close)
	}
	if r.opened != nil {
		logFailure("close what the kit opened", r.opened.Close)
	}
}

// endRescue forgets the key and what it opened.
func (w *Window) endRescue() {
	go w.rescue.close()
	w.rescue = rescue{}
}

// leaveRescue goes back to where it began.
func (w *Window) leaveRescue() {
	w.endRescue()
	switch {
	case w.shut != nil:
		w.goTo(routeBlocked)
	case w.practice != nil:
		w.startSignIn()
	default:
		w.open()
	}
}

func (w *Window) startKit() { w.goTo(routeKitEntry) }

func (w *Window) startLinkingCode() { w.goTo(routeLinkingCode) }

func (w *Window) startRestore() { w.goTo(routeRestore) }

func (w *Window) newKitEntry(scope screen.Scope) screen.Screen {
	var opened *auth.Rescue
	var typed string
	return recovery.NewKitEntry(recovery.KeyEntryParams{
		Scope: scope, Window: w.door.stage, Practice: w.practiceName(),
		Open: func(ctx context.Context, key string) (err error) {
			opened, err = auth.OpenRescue(ctx, w.params.Auth, key)
			typed = key
			return err
		},
		Done: func() {
			w.rescue.key, w.rescue.opened = typed, opened
			w.goTo(routeRescue)
		},
		OnBack: w.leaveRescue,
	})
}

func (w *Window) newLinkingCodeEntry(scope screen.Scope) screen.Screen {
	var practice *auth.Practice
	return recovery.NewLinkingCodeEntry(recovery.KeyEntryParams{
		Scope: scope, Window: w.door.stage, Practice: w.practiceName(),
		Open: func(ctx context.Context, key string) (err error) {
			practice, err = auth.LinkWithCode(ctx, w.params.Auth, key)
			return err
		},
		Done: func() {
			w.adopt(practice)
			w.startSignInAfter(linkedNow(), nil)
		},
		OnBack: w.leaveRescue,
	})
}

func linkedNow() string { return lang.L("This computer is linked now. Sign in as usual.") }

func (w *Window) newRescue(scope screen.Scope) screen.Screen {
	var practice *auth.Practice
	opened := w.rescue.opened
	p := recovery.RescueParams{
		Scope: scope, Window: w.door.stage, Report: opened.Report(),
		Open: func(ctx context.Context, anyHistory bool) (err error) {
			if practice, err = opened.Open(ctx, anyHistory); err == nil {
				endOutlived(ctx, practice)
			}
			return err
		},
		Done: func(admin bool) {
			isNew := w.rescue.server || errors.Is(w.shut, auth.ErrNotLinked)
			w.adopt(practice)
			if admin {
				w.goTo(routeRescueAdmin)
				return
			}
			w.endRescue()
			reason := ""
			if isNew && !practice.ForThisRun() {
				reason = linkedNow()
			}
			w.startSignInAfter(reason, nil)
		},
		OnBack: w.leaveRescue,
	}
	if !w.rescue.server && w.where().Kind != sharing.Desk {
		p.OnRestore = func() {
			w.rescue.newest = !opened.Report().Opens
			w.goTo(routeRestore)
		}
	}
	return recovery.NewRescue(p)
}

func (w *Window) newRescueAdmin(scope screen.Scope) screen.Screen {
	opened, practice := w.rescue.opened, w.practice
	return recovery.NewRescueAdmin(recovery.RescueAdminParams{
		Scope: scope, Window: w.door.stage, Admins: opened.Admins(),
		Reset: func(ctx context.Context, id, password string) error {
			return opened.ResetAdmin(ctx, practice, id, password)
		},
		Done: func(name string) {
			w.endRescue()
			w.startSignInAfter(lang.L("{{.Name}} has a new password. Sign in with it.", map[string]any{"Name": name}), nil)
		},
		OnBack: w.leaveRescue,
	})
}

func (w *Window) newRestore(scope screen.Scope) screen.Screen {
	w.letGo()
	deps, way := w.params.Auth, w.rescue
	var restore *auth.Restore // the goroutines that use it follow each other
	var practice *auth.Practice
	keep := func(r *auth.Restore, err error) (auth.BackupContent, error) {
		if err != nil {
			return auth.BackupContent{}, err
		}
		restore = r
		return r.Content(), nil
	}
	return recovery.NewRestore(recovery.RestoreParams{
		Scope: scope, Window: w.door.stage, Folders: w.backupFolders(), Backups: deps.Location.Backups,
		Key: way.key, Path: way.path, TryNewest: way.newest,
		Open: func(ctx context.Context, path, key string) (auth.BackupContent, error) {
			return keep(auth.OpenRestore(ctx, deps, path, key))
		},
		Newest: func(ctx context.Context, folder, key string) (auth.BackupContent, error) {
			return keep(auth.OpenNewestRestore(ctx, deps, folder, key))
		},
		Run: func(ctx context.Context) (aside string, err error) {
			way.close()
			practice, aside, err = restore.Run(ctx)
			return aside, err
		},
		Done:   func(aside string) { w.restored(practice, restore.Content(), aside) },
		OnBack: w.leaveRescue,
	})
}

// letGo keeps the practice, if one is open, for what will close it.
func (w *Window) letGo() {
	if w.practice != nil {
		w.rescue.present = w.practice
		w.release()
	}
}

// restoreNow is for an admin who chose a backup in the settings.
func (w *Window) restoreNow(r *auth.Restore) {
	w.rescue.restore = r
	w.goTo(routeRestoring)
}

// restoreWithKit is for a backup that this computer's own key does not open.
func (w *Window) restoreWithKit(path string) {
	for _, session := range w.endDesks() {
		signOutLater(session.signOut)
	}
	w.rescue.path = path
	w.goTo(routeRestore)
}

// newRestoring stands there while a backup is put in place. Sessions end with the
// database that they belong to.
func (w *Window) newRestoring(scope screen.Scope) screen.Screen {
	sessions := w.endDesks()
	w.letGo()
	way := w.rescue
	var practice *auth.Practice
	var aside string
	return signin.NewOpening(signin.OpeningParams{
		Scope: scope, Window: w.door.stage, What: lang.L("Restoring the backup…"),
		Open: func(context.Context) (err error) {
			ctx := context.Background() // half-way there is no Cancel
			for _, session := range sessions {
				logFailure("sign out", func() error { return session.signOut(ctx) })
			}
			way.close()
			practice, aside, err = way.restore.Run(ctx)
			return err
		},
		Done: func(err error) {
			if err != nil {
				w.endRescue()
				w.block(err)
				return
			}
			w.restored(practice, way.restore.Content(), aside)
		},
	})
}

func (w *Window) restored(practice *auth.Practice, content auth.BackupContent, aside string) {
	w.endRescue()
	w.adopt(practice)
	if aside != "" {
		slog.Info("the database that was there before is kept", "as", aside)
	}
	w.startSignInAfter(lang.L("The backup of {{.Date}}, {{.Clock}} was restored. Sign in as usual.",
		map[string]any{"Date": words.Date(content.Changed), "Clock": words.Clock(content.Changed)}), nil)
}

// backupFolders are where backups may be: those that this computer knows of.
func (w *Window) backupFolders() []string {
	folders := []string{w.params.Auth.Location.BackupFolder()}
	if known := w.params.App.Preferences().String(keyBackupFolder); known != "" && known != folders[0] {
		folders = append(folders, known)
	}
	return folders
}

// practiceName is the practice's name as far as it is known.
func (w *Window) practiceName() string {
	var notLinked *auth.NotLinkedError
	switch {
	case w.practice != nil:
		return w.practice.Name()
	case errors.As(w.shut, &notLinked):
		return notLinked.Practice
	}
	return ""
}
