package shell

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

// recoveryState is the way back into a practice with the recovery kit, a linking code
// or a backup: what its screens share.
type recoveryState struct {
	key     string         // of the kit, as it was typed; "": not typed yet
	opened  *auth.Rescue   // nil: the kit has not opened the practice
	present *auth.Practice // the practice that a backup will replace; nil: none is open
	restore *auth.Restore  // that an admin chose in the settings
	path    string         // of the backup that was chosen already; "": none
	newest  bool           // the newest good backup is wanted
	server  bool           // the kit connected this computer to the practice's server
}

// close ends every use of the practice's data. It may be called twice.
func (r recoveryState) close() {
	if r.present != nil {
		logFailure("close the practice", r.present.Close)
	}
	if r.opened != nil {
		logFailure("close what the kit opened", r.opened.Close)
	}
}

// recoveryFlow is the way back into a practice, and to one that lies on a server.
type recoveryFlow struct {
	window *Window
	state  recoveryState
}

// end forgets the key and what it opened.
func (f *recoveryFlow) end() {
	go f.state.close()
	f.state = recoveryState{}
}

// leave goes back to where it began.
func (f *recoveryFlow) leave() {
	f.end()
	switch {
	case f.window.untrusted != nil:
		f.window.nav.goTo(routeBlocked)
	case f.window.practice != nil:
		f.window.signIn.start()
	default:
		f.window.open()
	}
}

func (f *recoveryFlow) startKit() { f.window.nav.goTo(routeKitEntry) }

func (f *recoveryFlow) startLinkingCode() { f.window.nav.goTo(routeLinkingCode) }

func (f *recoveryFlow) startRestore() { f.window.nav.goTo(routeRestore) }

func (f *recoveryFlow) newKitEntry(scope screen.Scope) screen.Screen {
	var opened *auth.Rescue
	var typed string
	return recovery.NewKitEntry(recovery.KeyEntryParams{
		Scope: scope, Window: f.window.nav.signedOut.proxy, Practice: f.window.practiceName(),
		Open: func(ctx context.Context, key string) (err error) {
			opened, err = auth.OpenRescue(ctx, f.window.params.Auth, key)
			typed = key
			return err
		},
		Done: func() {
			f.state.key, f.state.opened = typed, opened
			f.window.nav.goTo(routeRescue)
		},
		OnBack: f.leave,
	})
}

func (f *recoveryFlow) newLinkingCodeEntry(scope screen.Scope) screen.Screen {
	var practice *auth.Practice
	return recovery.NewLinkingCodeEntry(recovery.KeyEntryParams{
		Scope: scope, Window: f.window.nav.signedOut.proxy, Practice: f.window.practiceName(),
		Open: func(ctx context.Context, key string) (err error) {
			practice, err = auth.LinkWithCode(ctx, f.window.params.Auth, key)
			return err
		},
		Done: func() {
			f.window.adopt(practice)
			f.window.signIn.startAfter(linkedNow(), nil)
		},
		OnBack: f.leave,
	})
}

func linkedNow() string { return lang.L("This computer is linked now. Sign in as usual.") }

func (f *recoveryFlow) newRescue(scope screen.Scope) screen.Screen {
	var practice *auth.Practice
	opened := f.state.opened
	p := recovery.RescueParams{
		Scope: scope, Window: f.window.nav.signedOut.proxy, Report: opened.Report(),
		Open: func(ctx context.Context, anyHistory bool) (err error) {
			if practice, err = opened.Open(ctx, anyHistory); err == nil {
				endOrphaned(ctx, practice)
			}
			return err
		},
		Done: func(admin bool) {
			isNew := f.state.server || errors.Is(f.window.untrusted, auth.ErrNotLinked)
			f.window.adopt(practice)
			if admin {
				f.window.nav.goTo(routeRescueAdmin)
				return
			}
			f.end()
			reason := ""
			if isNew && !practice.ForThisRun() {
				reason = linkedNow()
			}
			f.window.signIn.startAfter(reason, nil)
		},
		OnBack: f.leave,
	}
	if !f.state.server && f.window.where().Kind != sharing.Desk {
		p.OnRestore = func() {
			f.state.newest = !opened.Report().Opens
			f.window.nav.goTo(routeRestore)
		}
	}
	return recovery.NewRescue(p)
}

func (f *recoveryFlow) newRescueAdmin(scope screen.Scope) screen.Screen {
	opened, practice := f.state.opened, f.window.practice
	return recovery.NewRescueAdmin(recovery.RescueAdminParams{
		Scope: scope, Window: f.window.nav.signedOut.proxy, Admins: opened.Admins(),
		Reset: func(ctx context.Context, id, password string) error {
			return opened.ResetAdmin(ctx, practice, id, password)
		},
		Done: func(name string) {
			f.end()
			f.window.signIn.startAfter(lang.L("{{.Name}} has a new password. Sign in with it.", map[string]any{"Name": name}), nil)
		},
		OnBack: f.leave,
	})
}

func (f *recoveryFlow) newRestore(scope screen.Scope) screen.Screen {
	f.keepForRestore()
	deps, way := f.window.params.Auth, f.state
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
		Scope: scope, Window: f.window.nav.signedOut.proxy, Folders: f.backupFolders(), Backups: deps.Location.Backups,
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
		Done:   func(aside string) { f.restored(practice, restore.Content(), aside) },
		OnBack: f.leave,
	})
}

// keepForRestore keeps the practice, if one is open, for what will close it.
func (f *recoveryFlow) keepForRestore() {
	if f.window.practice != nil {
		f.state.present = f.window.practice
		f.window.release()
	}
}

// restoreNow is for an admin who chose a backup in the settings.
func (f *recoveryFlow) restoreNow(r *auth.Restore) {
	f.state.restore = r
	f.window.nav.goTo(routeRestoring)
}

// restoreWithKit is for a backup that this computer's own key does not open.
func (f *recoveryFlow) restoreWithKit(path string) {
	for _, session := range f.window.nav.endWorkspaces() {
		signOutLater(session.signOut)
	}
	f.state.path = path
	f.window.nav.goTo(routeRestore)
}

// newRestoring stands there while a backup is put in place. Sessions end with the
// database that they belong to.
func (f *recoveryFlow) newRestoring(scope screen.Scope) screen.Screen {
	sessions := f.window.nav.endWorkspaces()
	f.keepForRestore()
	way := f.state
	var practice *auth.Practice
	var aside string
	return signin.NewOpening(signin.OpeningParams{
		Scope: scope, Window: f.window.nav.signedOut.proxy, What: lang.L("Restoring the backup…"),
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
				f.end()
				f.window.block(err)
				return
			}
			f.restored(practice, way.restore.Content(), aside)
		},
	})
}

func (f *recoveryFlow) restored(practice *auth.Practice, content auth.BackupContent, aside string) {
	f.end()
	f.window.adopt(practice)
	if aside != "" {
		slog.Info("the database that was there before is kept", "as", aside)
	}
	f.window.signIn.startAfter(lang.L("The backup of {{.Date}}, {{.Clock}} was restored. Sign in as usual.",
		map[string]any{"Date": words.Date(content.Changed), "Clock": words.Clock(content.Changed)}), nil)
}

// backupFolders are where backups may be: those that this computer knows of.
func (f *recoveryFlow) backupFolders() []string {
	folders := []string{f.window.params.Auth.Location.BackupFolder()}
	if known := f.window.params.App.Preferences().String(keyBackupFolder); known != "" && known != folders[0] {
		folders = append(folders, known)
	}
	return folders
}

// newScreen makes a screen of the way back into a practice.
func (f *recoveryFlow) newScreen(scope screen.Scope, r route) screen.Screen {
	switch r {
	case routeLinkingCode:
		return f.newLinkingCodeEntry(scope)
	case routeConnect, routeConnectKit:
		return f.newConnect(scope, r == routeConnectKit)
	case routeRescue:
		return f.newRescue(scope)
	case routeRescueAdmin:
		return f.newRescueAdmin(scope)
	case routeRestore:
		return f.newRestore(scope)
	case routeRestoring:
		return f.newRestoring(scope)
	default:
		return f.newKitEntry(scope)
	}
}
