package backup

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/data"
	"anteroom/data/sharing"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/words"
)

func TestMain(m *testing.M) { uitest.Main(m) }

var (
	drive = authtest.Path("/mnt/usb/anteroom")
	other = authtest.Path("/mnt/other")
	gone  = authtest.Path("/mnt/gone")
)

// withPatients are the records of a practice with so many.
func withPatients(n int) (r practice.Records) {
	for i := range n {
		r.Patients = append(r.Patients, data.Patient{ID: fmt.Sprint("p", i), Name: fmt.Sprint("Ann ", i)})
	}
	return r
}

// prepare has backups go to a drive, with one of today and one of a day in November there. It
// gives their paths, the newest first.
func prepare(s *panetest.Sample) (paths []string) {
	s.Memory.Folders = []string{drive, other}
	s.Anna.StepUp()
	if err := s.Anna.Session.SetBackupFolder(s.T.Context(), drive); err != nil {
		s.T.Fatal(err)
	}
	file, err := s.Anna.Session.BackUp(s.T.Context(), nil)
	if err != nil {
		s.T.Fatal(err)
	}
	old := auth.BackupFile{Path: drive + "/19991103-094000", At: time.Date(1999, 11, 3, 9, 40, 0, 0, time.Local), Size: 912_000, Practice: file.Practice}
	s.Memory.PutBackup(old, s.Memory.Rows())
	s.Pass(time.Hour) // the proof is over
	return []string{file.Path, old.Path}
}

// sample is the presenter with all that it led to.
type sample struct {
	*panetest.Sample
	*presenter
	paths    []string // of the backups
	asked    []restoreView
	kitPaths []string
	restored []*auth.Restore
	withKit  []string
}

func run(t *testing.T, patients int, fn func(t *testing.T, s *sample)) {
	t.Helper()
	panetest.Run(t, withPatients(patients), func(all *panetest.Sample) {
		s := &sample{Sample: all}
		s.paths = prepare(all)
		s.begin(all.Anna)
		fn(all.T, s)
	})
}

// begin has a presenter of who works at a window read.
func (s *sample) begin(who *practice.Window) {
	s.presenter = newPresenter(presenter{
		Scope: s.Params.Scope, session: who.Session, pane: screen.NewView(func(view) {}),
		confirmRestore:   func(v restoreView) { s.asked = append(s.asked, v) },
		offerKit:         func(path string) { s.kitPaths = append(s.kitPaths, path) },
		onRestore:        func(r *auth.Restore) { s.restored = append(s.restored, r) },
		onRestoreWithKit: func(path string) { s.withKit = append(s.withKit, path) },
	})
	s.readAgain()
}

func (s *sample) readAgain() {
	s.refresh()
	s.Settle()
}

func (s *sample) shown() view { return s.pane.Shown() }

// prove answers who is there.
func (s *sample) prove() {
	s.Last().Submit(s.Anna.Password, "")
	s.Settle()
}

// files is how many backups there are on the drive.
func (s *sample) files() int {
	all, _ := s.Memory.Backups(drive)
	return len(all)
}

func TestBackupsView(t *testing.T) {
	run(t, 0, func(t *testing.T, s *sample) {
		v := s.shown()
		made := time.Now().Add(-time.Hour)
		want := [][]string{{pane.DateAndClock(made), "1.0 MB", words.FileName(s.paths[0])}, {"3 Nov 1999, 9:40", "912 KB", "19991103-094000"}}
		if got := panetest.Rows(columns(), v.Rows); !slices.EqualFunc(got, want, slices.Equal[[]string]) {
			t.Errorf("%q, want %q", got, want)
		}
		if v.Folder != drive || v.Warning != "" || !v.CanBackUp || !v.CanRestore || v.Chosen != 0 || v.Path != s.paths[0] {
			t.Errorf("%+v", v)
		}
		s.Anna.StepUp()
		_ = s.Anna.Session.SetBackupFolder(t.Context(), "")
		s.readAgain()
		if got := s.shown().Folder; got != s.Memory.BackupFolder()+" (beside the database)" {
			t.Errorf("%q", got)
		}
	})
}

// At a desk nothing is restored: it says where.
func TestBackupsAtADesk(t *testing.T) {
	run(t, 0, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		for _, kind := range []sharing.Kind{sharing.Alone, sharing.Host, sharing.Managed, sharing.Desk} {
			s.where = func() sharing.Where { return sharing.Where{Kind: kind} }
			s.readAgain()
			isDesk := kind == sharing.Desk
			if v := s.shown(); v.CanRestore == isDesk || (v.Elsewhere == "Do this at the computer that is the practice's server.") != isDesk {
				t.Errorf("%d: %+v", kind, v)
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
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		info auth.BackupInfo
		want string // how it begins
	}{
		"a day old":  {auth.BackupInfo{Newest: now.Add(-backupAge)}, ""},
		"older":      {auth.BackupInfo{Newest: now.Add(-backupAge - time.Second)}, "The newest backup is older than a day."},
		"none":       {auth.BackupInfo{}, "There is no backup yet."},
		"no folder":  {auth.BackupInfo{Folder: "/mnt/usb", Problem: fmt.Errorf("list: %w", auth.ErrFolder)}, "The folder /mnt/usb is not there. Connect the drive, or choose another folder."},
		"unreadable": {auth.BackupInfo{Folder: "/mnt/usb", Problem: auth.ErrDisk}, "The folder /mnt/usb can't be read."},
	} {
		if got := warning(c.info, now); !strings.HasPrefix(got, c.want) || (c.want == "") != (got == "") {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestBackupsWithoutTheDrive: it says what is missing, and lists nothing.
func TestBackupsWithoutTheDrive(t *testing.T) {
	run(t, 0, func(t *testing.T, s *sample) {
		s.Memory.Folders = nil
		s.readAgain()
		if v := s.shown(); len(v.Rows) != 0 || v.CanRestore || !strings.Contains(v.Warning, "is not there") || v.Empty == "" {
			t.Errorf("%+v", v)
		}
	})
}

func TestSizes(t *testing.T) {
	for bytes, want := range map[int64]string{0: "1 KB", 999: "1 KB", 40_960: "41 KB", 1 << 20: "1.0 MB", 2_345_000_000: "2.3 GB"} {
		if got := words.Size(bytes); got != want {
			t.Errorf("%d: %q, want %q", bytes, got, want)
		}
	}
}

// oneTakes is how long a patient takes where it is slow.
const oneTakes = 40 * time.Millisecond

// runSlow is run where a backup takes four seconds, and who is there has just proven it.
func runSlow(t *testing.T, fn func(t *testing.T, s *sample)) {
	t.Helper()
	run(t, 100, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.Anna.DelayRows(oneTakes)
		fn(t, s)
	})
}

func TestBackUpShowsProgress(t *testing.T) {
	runSlow(t, func(t *testing.T, s *sample) {
		before, _ := s.Memory.DataVersion(t.Context())
		s.choose(1)
		s.backUp()
		s.backUp() // a second Enter
		s.Settle()
		if v := s.shown(); v.Busy == "" || v.CanCancel || v.CanBackUp || v.CanChange || v.CanRestore {
			t.Errorf("at first: %+v", v)
		}
		s.Pass(2 * screen.LongAfter)
		if v := s.shown(); !v.CanCancel || v.Total != 100 || v.Done < 40 || v.Done > 50 {
			t.Errorf("after 2 s: %+v", v)
		}
		s.Pass(3 * screen.LongAfter)
		want := "Backup made: " + time.Now().Add(-5*time.Second).UTC().Format("20060102-1504")
		if v := s.shown(); !strings.HasPrefix(v.Good, want) || v.Busy != "" || v.Total != 0 || v.CanCancel || !v.CanBackUp || len(v.Rows) != 2 || v.Chosen != 0 || v.Path == s.paths[0] {
			t.Errorf("at the end: %+v, want %q", v, want)
		}
		if after, _ := s.Memory.DataVersion(t.Context()); after != before+1 {
			t.Errorf("%d changes", after-before)
		}
	})
}

// To a folder of its own it is for who has just proven who they are.
func TestBackUpAsksWhoIsThere(t *testing.T) {
	run(t, 0, func(t *testing.T, s *sample) {
		s.backUp()
		s.Settle()
		if len(s.Proofs) != 1 {
			t.Fatalf("asked %d times", len(s.Proofs))
		}
		s.prove()
		if v := s.shown(); !strings.HasPrefix(v.Good, "Backup made: ") || v.Error != "" {
			t.Errorf("%+v", v)
		}
	})
}

func TestBackUpCancelled(t *testing.T) {
	runSlow(t, func(t *testing.T, s *sample) {
		s.cancel() // nothing goes on
		s.backUp()
		s.Pass(2 * screen.LongAfter)
		s.cancel()
		s.Settle()
		if v := s.shown(); v.Note != "Stopped. No backup was made." || v.Error != "" || v.Busy != "" || v.Path != s.paths[0] {
			t.Errorf("%+v", v)
		}
		s.Pass(time.Minute)
		if v := s.shown(); v.Busy != "" || v.CanCancel {
			t.Errorf("later: %+v", v)
		}
	})
}

func TestBackUpStopsWhenTheSettingsAreLeft(t *testing.T) {
	runSlow(t, func(t *testing.T, s *sample) {
		_ = s.Anna.Session.SetBackupFolder(t.Context(), other)
		s.backUp()
		s.Pass(screen.LongAfter)
		s.Leave()
		s.Pass(100 * oneTakes)
		if files, _ := s.Memory.Backups(other); len(files) != 0 {
			t.Errorf("%v", files)
		}
	})
}

// What is done before Cancel comes stays done, and is said.
func TestBackUpCancelledTooLate(t *testing.T) {
	runSlow(t, func(t *testing.T, s *sample) {
		s.backUp()
		s.Pass(99 * oneTakes)
		time.Sleep(2 * oneTakes)
		synctest.Wait()
		s.cancel()
		s.Settle()
		if v := s.shown(); !strings.HasPrefix(v.Good, "Backup made: ") || v.Error != "" {
			t.Errorf("%+v", v)
		}
	})
}

func TestBackUpErrors(t *testing.T) {
	for err, want := range map[error]string{
		auth.ErrFolder:   "No backup was made: the folder is not there.",
		auth.ErrReadOnly: "No backup was made: nothing can be written to the folder " + drive + ".",
		auth.ErrDiskFull: "No backup was made: the disk with the folder " + drive + " is full.",
		auth.ErrDisk:     "No backup was made: the disk with the folder " + drive + " reports an error.",
		auth.ErrBusy:     "Another program is using the practice's data.",
	} {
		run(t, 0, func(t *testing.T, s *sample) {
			s.Anna.StepUp()
			s.Anna.FailWrites(fmt.Errorf("back up: %w", err))
			s.backUp()
			s.Settle()
			if v := s.shown(); !strings.HasPrefix(v.Error, want) || v.Good != "" || !v.CanBackUp || s.files() != 2 {
				t.Errorf("%v: %+v", err, v)
			}
		})
	}
	run(t, 0, func(t *testing.T, s *sample) {
		_ = s.Anna.Session.SignOut(t.Context())
		s.backUp()
		s.Settle()
		if len(s.Ends) != 1 {
			t.Errorf("ends: %v", s.Ends)
		}
	})
}

func TestBackupFolder(t *testing.T) {
	run(t, 0, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		d := &screentest.Form{}
		act := s.newAct(d)
		for _, folder := range []string{" ", gone} {
			s.setFolder(act, folder)
			s.Settle()
			if d.IsClosed || d.Last().Field != auth.FieldFolder || d.Last().Error == "" {
				t.Errorf("%q: %+v", folder, d.Last())
			}
			if info, _ := s.Anna.Session.Backups(t.Context()); info.Folder != drive {
				t.Errorf("%q: backups go to %q", folder, info.Folder)
			}
		}
		s.setFolder(act, other)
		s.Settle()
		if v := s.shown(); !d.IsClosed || v.Folder != other || v.CanRestore || v.Good != "Backups go to the folder "+other+" from now on." {
			t.Errorf("closed: %v, %+v", d.IsClosed, v)
		}
		s.setDefaultFolder(s.newAct(&screentest.Form{}))
		s.Settle()
		if info, _ := s.Anna.Session.Backups(t.Context()); !info.IsDefault || s.shown().Good != "Backups go to the folder beside the database from now on." {
			t.Errorf("the folder beside the database was not chosen, or it says %q", s.shown().Good)
		}
	})
}

func TestBackupsErrors(t *testing.T) {
	run(t, 0, func(t *testing.T, s *sample) {
		s.begin(s.Ben)
		if v := s.shown(); v.Error != "Only a Practice Admin can do this." || v.CanBackUp {
			t.Errorf("staff: %+v", v)
		}
		s.openRestore() // nothing is chosen
		_ = s.Anna.Session.SignOut(t.Context())
		if s.begin(s.Anna); len(s.Ends) != 1 {
			t.Error("the end was not reported")
		}
	})
}
