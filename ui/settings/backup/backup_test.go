package backup

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// backupsSample is the presenter with all that it showed and led to.
type backupsSample struct {
	*backups
	*bubbled
	*screentest.Asker
	view     backupsView
	asked    []restoreView
	kitPaths []string
	restored []*auth.Restore
	withKit  []string
	ends     []error
}

func newBackupsSample(b *bubbled) *backupsSample {
	stepUp, asker := newStepUp(b)
	s := &backupsSample{bubbled: b, Asker: asker}
	s.backups = newBackups(backups{
		session: b.session, pane: s,
		onRestore:        func(r *auth.Restore) { s.restored = append(s.restored, r) },
		onRestoreWithKit: func(path string) { s.withKit = append(s.withKit, path) },
		Scope: screen.Scope{
			Ctx: b.ctx, Runner: b.runner, StepUp: stepUp, OnEnded: func(err error) { s.ends = append(s.ends, err) },
		},
	})
	s.backups.refresh()
	s.Settle()
	return s
}

func (s *backupsSample) show(v backupsView)           { s.view = v }
func (s *backupsSample) confirmRestore(v restoreView) { s.asked = append(s.asked, v) }
func (s *backupsSample) offerKit(path string)         { s.kitPaths = append(s.kitPaths, path) }

func TestBackupsView(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newBackupsSample(b)
		v := s.view
		want := [][]string{{pane.DateAndClock(time.Now().Add(-time.Hour)), "48.2 MB", "new.db"}, {"3 Nov 2026, 9:40", "912 KB", "old.db"}}
		if !slices.EqualFunc(v.Rows, want, slices.Equal[[]string]) {
			t.Errorf("%q, want %q", v.Rows, want)
		}
		if v.Folder != "/mnt/usb/anteroom" || v.Warning != "" || !v.CanBackUp || !v.CanRestore || v.Chosen != 0 || v.Path != "/mnt/usb/anteroom/new.db" {
			t.Errorf("%+v", v)
		}
		b.session.backups.IsDefault = true
		s.refresh()
		s.Settle()
		if s.view.Folder != "/mnt/usb/anteroom (beside the database)" {
			t.Errorf("%q", s.view.Folder)
		}
	})
}

// At a desk nothing is restored: it says where.
func TestBackupsAtADesk(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh, b.session.restore = true, newRestore(t, 0)
		s := newBackupsSample(b)
		for _, kind := range []sharing.Kind{sharing.Alone, sharing.Host, sharing.Managed, sharing.Desk} {
			s.where = func() sharing.Where { return sharing.Where{Kind: kind} }
			s.refresh()
			s.Settle()
			isDesk := kind == sharing.Desk
			if s.view.CanRestore == isDesk || (s.view.Elsewhere == "Do this at the computer that is the practice's server.") != isDesk {
				t.Errorf("%d: %+v", kind, s.view)
			}
		}
		s.openRestore()
		s.Settle()
		if len(s.asked) != 0 {
			t.Error("restored at a desk")
		}
	})
}

func TestBackupsWarn(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*auth.BackupInfo)
		want   string // how it begins
	}{
		"a day old":  {func(i *auth.BackupInfo) { i.Newest = time.Now().Add(-backupAge) }, ""},
		"older":      {func(i *auth.BackupInfo) { i.Newest = time.Now().Add(-backupAge - time.Second) }, "The newest backup is older than a day."},
		"none":       {func(i *auth.BackupInfo) { i.Newest, i.Files = time.Time{}, nil }, "There is no backup yet."},
		"no folder":  {func(i *auth.BackupInfo) { i.Problem = fmt.Errorf("list: %w", auth.ErrFolder) }, "The folder /mnt/usb/anteroom is not there. Connect the drive, or choose another folder."},
		"unreadable": {func(i *auth.BackupInfo) { i.Problem = auth.ErrDisk }, "The folder /mnt/usb/anteroom can't be read."},
	} {
		bubble(t, func(t *testing.T, b *bubbled) {
			c.change(&b.session.backups)
			s := newBackupsSample(b)
			if !strings.HasPrefix(s.view.Warning, c.want) || (c.want == "") != (s.view.Warning == "") {
				t.Errorf("%s: %q, want %q", name, s.view.Warning, c.want)
			}
		})
	}
}

func TestSizes(t *testing.T) {
	for bytes, want := range map[int64]string{0: "1 KB", 999: "1 KB", 40_960: "41 KB", 1 << 20: "1.0 MB", 2_345_000_000: "2.3 GB"} {
		if got := words.Size(bytes); got != want {
			t.Errorf("%d: %q, want %q", bytes, got, want)
		}
	}
}

func TestBackUpShowsProgress(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.steps = 100
		s := newBackupsSample(b)
		s.choose(1)
		s.backUp()
		s.backUp() // a second Enter
		s.Settle()
		if s.view.Busy == "" || s.view.CanCancel || s.view.CanBackUp || s.view.CanChange || s.view.CanRestore {
			t.Errorf("at first: %+v", s.view)
		}
		time.Sleep(2 * screen.LongAfter)
		s.Settle()
		if v := s.view; !v.CanCancel || v.Total != 100 || v.Done < 40 || v.Done > 50 {
			t.Errorf("after 2 s: %+v", v)
		}
		time.Sleep(2 * screen.LongAfter)
		s.Settle()
		if v := s.view; v.Good != "Backup made: now.db." || v.Busy != "" || v.Total != 0 || v.CanCancel || !v.CanBackUp || len(v.Rows) != 3 || v.Chosen != 0 {
			t.Errorf("at the end: %+v", v)
		}
		wantChanges(t, b.session, "BackUp")
	})
}

// To a folder of its own it is for who has just proven who they are.
func TestBackUpAsksWhoIsThere(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newBackupsSample(b)
		b.session.refused = auth.ErrStepUp
		s.backUp()
		s.Settle()
		if len(s.Proofs) != 1 {
			t.Fatalf("asked %d times", len(s.Proofs))
		}
		b.session.refused = nil
		s.Last().Submit(rightPassword, "")
		s.Settle()
		if v := s.view; v.Good != "Backup made: now.db." || v.Error != "" {
			t.Errorf("%+v", v)
		}
	})
}

func TestBackUpCancelled(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.steps = 100
		s := newBackupsSample(b)
		s.cancel() // nothing goes on
		s.backUp()
		time.Sleep(2 * screen.LongAfter)
		s.Settle()
		s.cancel()
		s.Settle()
		if v := s.view; v.Note != "Stopped. No backup was made." || v.Error != "" || v.Busy != "" || len(v.Rows) != 2 {
			t.Errorf("%+v", v)
		}
		time.Sleep(time.Minute)
		s.Settle()
		if s.view.Busy != "" || s.view.CanCancel {
			t.Errorf("later: %+v", s.view)
		}
	})
}

func TestBackUpStopsWhenTheSettingsAreLeft(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.steps = 100
		s := newBackupsSample(b)
		s.backUp()
		time.Sleep(screen.LongAfter)
		s.Settle()
		b.leave()
		time.Sleep(100 * stepTime)
		s.Settle()
		if n := len(b.session.backups.Files); n != 2 {
			t.Errorf("%d backups", n)
		}
	})
}

// What is done before Cancel comes stays done, and is said.
func TestBackUpCancelledTooLate(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.steps, b.session.deaf = 100, true
		s := newBackupsSample(b)
		s.backUp()
		time.Sleep(2 * screen.LongAfter)
		s.Settle()
		s.cancel()
		time.Sleep(4 * screen.LongAfter)
		s.Settle()
		if s.view.Good != "Backup made: now.db." || s.view.Error != "" {
			t.Errorf("%+v", s.view)
		}
	})
}

func TestBackUpErrors(t *testing.T) {
	for err, want := range map[error]string{
		auth.ErrFolder:   "No backup was made: the folder is not there.",
		auth.ErrReadOnly: "No backup was made: nothing can be written to the folder /mnt/usb/anteroom.",
		auth.ErrDiskFull: "No backup was made: the disk with the folder /mnt/usb/anteroom is full.",
		auth.ErrDisk:     "No backup was made: the disk with the folder /mnt/usb/anteroom reports an error.",
		auth.ErrBusy:     "Another program is using the practice's data.",
	} {
		bubble(t, func(t *testing.T, b *bubbled) {
			b.session.refused = fmt.Errorf("back up: %w", err)
			s := newBackupsSample(b)
			s.backUp()
			s.Settle()
			if !strings.HasPrefix(s.view.Error, want) || s.view.Good != "" || !s.view.CanBackUp {
				t.Errorf("%v: %+v", err, s.view)
			}
		})
	}
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newBackupsSample(b)
		b.session.refused = auth.ErrSessionEnded
		s.backUp()
		s.Settle()
		if len(s.ends) != 1 {
			t.Errorf("ends: %v", s.ends)
		}
	})
}

func TestBackupFolder(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newBackupsSample(b)
		d := &screentest.Form{}
		task := s.newTask(d)
		for folder, calls := range map[string][]string{" ": nil, "/mnt/gone": {"SetBackupFolder /mnt/gone"}} {
			b.session.calls = nil
			s.setFolder(task, folder)
			s.Settle()
			if d.IsClosed || d.Last().Field != auth.FieldFolder || d.Last().Error == "" {
				t.Errorf("%q: %+v", folder, d.Last())
			}
			wantChanges(t, b.session, calls...)
		}
		s.setFolder(task, "/mnt/other")
		s.Settle()
		if !d.IsClosed || s.view.Folder != "/mnt/other" || s.view.CanRestore || s.view.Good != "Backups go to the folder /mnt/other from now on." {
			t.Errorf("closed: %v, %+v", d.IsClosed, s.view)
		}
		s.setDefaultFolder(s.newTask(&screentest.Form{}))
		s.Settle()
		if !b.session.backups.IsDefault || s.view.Good != "Backups go to the folder beside the database from now on." {
			t.Errorf("the folder beside the database was not chosen, or it says %q", s.view.Good)
		}
	})
}

func TestRestoreInOrder(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.restore = newRestore(t, 3)
		s := newBackupsSample(b)
		s.choose(1)
		s.openRestore()
		s.openRestore() // a second Enter
		s.Settle()
		s.Last().Submit(rightPassword, "")
		s.Settle()
		wantChanges(t, b.session, "OpenRestore /mnt/usb/anteroom/old.db", "StepUp", "OpenRestore /mnt/usb/anteroom/old.db")
		if len(s.asked) != 1 || len(s.restored) != 0 {
			t.Fatalf("asked: %v, restored: %v", s.asked, s.restored)
		}
		v := s.asked[0]
		if v.Practice != "Brook Street Practice" || !slices.Equal(v.Counts, []string{"1 person", "1 computer", "3 patients"}) || v.Damaged != "" {
			t.Errorf("%+v", v)
		}
		s.restore()
		s.restore()
		s.Settle()
		if len(s.restored) != 1 || s.restored[0] != b.session.restore {
			t.Errorf("restored: %v", s.restored)
		}
	})
}

func TestRestoreViewSaysHowNewItsDataIs(t *testing.T) {
	v := newRestoreView(auth.BackupContent{Changed: time.Date(2026, 11, 24, 9, 5, 0, 0, time.Local), Damaged: 2})
	if v.Changed != "Data of 24 Nov 2026, 9:05" || !strings.Contains(v.Then[1], "after 24 Nov 2026, 9:05") || !strings.HasPrefix(v.Damaged, "2 records") {
		t.Errorf("%+v", v)
	}
}

func TestRestoreTakenBack(t *testing.T) {
	for name, takeBack := range map[string]func(*backupsSample){
		"step-up cancelled": func(s *backupsSample) { s.Last().Cancel() },
		"cancelled": func(s *backupsSample) {
			s.Last().Submit(rightPassword, "")
			s.Settle()
			s.cancel()
		},
		"the dialog cancelled": func(s *backupsSample) {
			s.Last().Submit(rightPassword, "")
			for range 2 { // the proof, and then the backup
				time.Sleep(time.Second)
				s.Settle()
			}
			if s.opened == nil {
				panic("there is no dialog to cancel")
			}
			s.forgetRestore()
		},
	} {
		bubble(t, func(t *testing.T, b *bubbled) {
			b.session.restore, b.session.last, b.session.deaf = newRestore(t, 0), time.Second, true
			s := newBackupsSample(b)
			s.openRestore()
			time.Sleep(time.Second)
			s.Settle()
			takeBack(s)
			time.Sleep(time.Minute)
			s.Settle()
			s.restore()
			s.Settle()
			if len(s.restored) != 0 || s.opened != nil || s.view.Busy != "" || s.view.Error != "" {
				t.Errorf("%s: %+v", name, s.view)
			}
		})
	}
}

// Opening a backup changes nothing, so who cancels late is asked nothing more.
func TestRestoreCancelledTooLate(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.restore, b.session.last = newRestore(t, 0), time.Second
		b.session.fresh, b.session.deaf = true, true
		s := newBackupsSample(b)
		s.openRestore()
		s.cancel()
		time.Sleep(time.Second)
		s.Settle()
		if len(s.asked) != 0 || s.opened != nil || s.view.Busy != "" {
			t.Errorf("asked: %v, %+v", s.asked, s.view)
		}
	})
}

func TestRestoreFromBeforeTheLinkNeedsTheKit(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh, b.session.refused = true, &auth.NotLinkedError{}
		s := newBackupsSample(b)
		s.openRestore()
		s.Settle()
		if !slices.Equal(s.kitPaths, []string{"/mnt/usb/anteroom/new.db"}) || s.view.Error != "" {
			t.Fatalf("%q, %+v", s.kitPaths, s.view)
		}
		s.choose(1)
		s.restoreWithKit(s.kitPaths[0])
		if !slices.Equal(s.withKit, s.kitPaths) {
			t.Errorf("%q", s.withKit)
		}
	})
}

func TestRestoreErrors(t *testing.T) {
	for err, want := range map[error]string{
		auth.ErrDamaged:       "This backup is damaged",
		auth.ErrNewerDatabase: "A newer Anteroom made this backup.",
		auth.ErrFolder:        "This backup is not there any more.",
		auth.ErrOtherPractice: "This backup is of another practice.",
	} {
		bubble(t, func(t *testing.T, b *bubbled) {
			b.session.fresh, b.session.refused = true, fmt.Errorf("open: %w", err)
			s := newBackupsSample(b)
			s.openRestore()
			s.Settle()
			if !strings.HasPrefix(s.view.Error, want) || len(s.asked) != 0 || !s.view.CanRestore {
				t.Errorf("%v: %+v", err, s.view)
			}
		})
	}
}

func TestBackupsErrors(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fail = auth.ErrForbidden
		s := newBackupsSample(b)
		if s.view.Error != "Only a Practice Admin can do this." || s.view.CanBackUp {
			t.Errorf("staff: %+v", s.view)
		}
		s.openRestore()
		b.session.fail = auth.ErrSessionEnded
		if s := newBackupsSample(b); len(s.ends) != 1 {
			t.Error("the end was not reported")
		}
	})
}
