package recovery

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/ui/screen"
	"anteroom/ui/signin"
)

// typedKey is a key as it is typed off the page. It opens nothing.
const typedKey = "7K2M9 QX4TB 0HZ3N WJ8RV 5CDE1 MK29A TQ6YP 3FGH8"

// rescueSamples are the screens of the way back into a practice.
func rescueSamples() map[string]sample {
	return map[string]sample{
		"key": func(_ *testing.T, d *desk) { d.Show(newSampleKit(d)) },
		"key-slip": func(_ *testing.T, d *desk) {
			s := newSampleKit(d)
			d.Show(s)
			d.Type(typedKey)
			s.presenter.fail(auth.TypoError{Group: 4})
		},
		"key-wrong": func(_ *testing.T, d *desk) {
			s := newSampleKit(d)
			d.Show(s)
			d.Type(typedKey)
			s.presenter.fail(auth.ErrKitWrong)
			s.show(keyView{Error: s.presenter.text(), Stage: screen.Stalled})
		},
		"link": func(_ *testing.T, d *desk) {
			d.Show(NewLinkingCodeEntry(KeyEntryParams{Scope: d.Scope, Window: d.Window, Practice: "Brook Street Practice"}))
			d.Type("7k2m9 qx4")
		},
		"rescue-well": func(_ *testing.T, d *desk) { showRescue(d, auth.Report{Opens: true, Linked: true}) },
		"rescue-link": func(_ *testing.T, d *desk) { showRescue(d, auth.Report{Opens: true}) },
		"rescue-findings": func(_ *testing.T, d *desk) {
			showRescue(d, auth.Report{Opens: true, Linked: true, Findings: allFindings()})
		},
		"rescue-shut":        func(_ *testing.T, d *desk) { showShutRescue(d) },
		"rescue-this-run":    func(_ *testing.T, d *desk) { showRescue(d, auth.Report{Opens: true, Keyring: keyring.ErrNoService}) },
		"rescue-rolled-back": showRolledBackRescue,
		"rescue-other": func(_ *testing.T, d *desk) {
			showRescue(d, auth.Report{Opens: true, Linked: true, History: auth.ErrOtherHistory}).show(rescueView{Stage: screen.Lasting})
		},
		"rescue-admin": func(_ *testing.T, d *desk) { d.Show(newSampleRescueAdmin(d, 1)) },
		"rescue-admin-error": func(_ *testing.T, d *desk) {
			s := newSampleRescueAdmin(d, 2)
			d.Show(s)
			s.presenter.Fail(checkReset(-1, "short", "", nil))
		},
		"restore":         func(_ *testing.T, d *desk) { showRestore(d, stepChoose, nil) },
		"restore-empty":   showEmptyRestore,
		"restore-folder":  showMissingFolder,
		"restore-damaged": func(_ *testing.T, d *desk) { showRestore(d, stepChoose, auth.ErrDamaged) },
		"restore-looking": func(_ *testing.T, d *desk) { showRestore(d, stepLooking, nil) },
		"restore-kit":     func(_ *testing.T, d *desk) { showRestore(d, stepKit, auth.ErrKitWrong) },
		"restore-preview": func(_ *testing.T, d *desk) { showRestore(d, stepPreview, nil) },
		"restore-failed":  func(_ *testing.T, d *desk) { showRestore(d, stepPreview, auth.ErrDiskFull) },
	}
}

func newSampleKit(d *desk) *KeyEntryScreen {
	return NewKitEntry(KeyEntryParams{Scope: d.Scope, Window: d.Window, Practice: "Brook Street Practice"})
}

func allFindings() []auth.Finding {
	return []auth.Finding{
		{Kind: auth.FindingFile}, {Kind: auth.FindingName}, {Kind: auth.FindingRecipients},
		{Kind: auth.FindingActivity, Entry: 1204}, {Kind: auth.FindingRecords, Count: 3},
	}
}

func showRescue(d *desk, r auth.Report) *RescueScreen {
	r.Practice, r.Changed = "Brook Street Practice", time.Date(2026, 11, 23, 17, 40, 0, 0, time.Local)
	s := NewRescue(RescueParams{Scope: d.Scope, Window: d.Window, Report: r})
	d.Show(s)
	return s
}

func showShutRescue(d *desk) {
	d.Show(NewRescue(RescueParams{Scope: d.Scope, Window: d.Window, Report: auth.Report{
		Practice: "Brook Street Practice", Findings: []auth.Finding{{Kind: auth.FindingRegister}},
	}}))
}

func showRolledBackRescue(_ *testing.T, d *desk) {
	found := time.Date(2026, 11, 23, 17, 40, 0, 0, time.Local)
	s := showRescue(d, auth.Report{Opens: true, Linked: true, History: &auth.RolledBackError{Found: found, Seen: found.Add(14 * time.Hour)}})
	d.Type("older")
	s.presenter.failed = signin.FailedAt(time.Now(), keyring.ErrNoAnswer)
	s.presenter.refresh()
}

func newSampleRescueAdmin(d *desk, admins int) *RescueAdminScreen {
	all := []auth.UserInfo{
		{ID: "a", Name: "Anna Smith", Username: "asmith"},
		{ID: "b", Name: "Ben " + strings.Repeat("von Jones ", 5), Username: "bjones"},
	}
	return NewRescueAdmin(RescueAdminParams{Scope: d.Scope, Window: d.Window, Admins: all[:admins]})
}

func sampleBackups(string) ([]auth.BackupFile, error) {
	now := time.Now()
	var files []auth.BackupFile
	for day := range 11 {
		files = append(files, auth.BackupFile{
			Path: "/home/reception/.local/share/anteroom/backups/b.db", At: now.Add(-time.Duration(day)*24*time.Hour - time.Minute), Size: 12_400_000,
		})
	}
	return files, nil
}

func sampleContent() auth.BackupContent {
	return auth.BackupContent{
		Path:     "/home/reception/.local/share/anteroom/backups/anteroom-3f2a-2026-11-23-1740.db",
		Practice: "Brook Street Practice", Changed: time.Date(2026, 11, 23, 17, 40, 0, 0, time.Local),
		Users: 7, Computers: 2, Patients: 812, Damaged: 3,
	}
}

// showRestore shows a step of the restore page, after an error.
func showRestore(d *desk, step restoreStep, err error) {
	s := newSampleRestore(d, sampleBackups)
	r := s.presenter
	r.step, r.content = step, sampleContent()
	r.refresh()
	if step == stepKit {
		d.Type(typedKey)
	}
	if err != nil {
		r.wanted.path = "chosen"
		r.failed = signin.FailedAt(time.Now(), err)
		r.refresh()
	}
	if step == stepLooking {
		r.what = "Looking for the newest good backup…"
		v := r.view()
		v.Stage, v.CanSubmit = screen.Stalled, false
		s.show(v)
	}
}

func showEmptyRestore(_ *testing.T, d *desk) {
	newSampleRestore(d, func(string) ([]auth.BackupFile, error) { return nil, nil })
}

func showMissingFolder(_ *testing.T, d *desk) {
	newSampleRestore(d, func(string) ([]auth.BackupFile, error) { return nil, auth.ErrFolder })
}

// newSampleRestore shows the restore page once it has listed the backups.
func newSampleRestore(d *desk, backups func(string) ([]auth.BackupFile, error)) *RestoreScreen {
	s := NewRestore(RestoreParams{
		Scope: d.Scope, Window: d.Window, Folders: []string{"/home/reception/.local/share/anteroom/backups", "/media/reception/stick"},
		Backups: backups,
		Open: func(context.Context, string, string) (auth.BackupContent, error) {
			return auth.BackupContent{}, errors.New("not here")
		},
	})
	d.Show(s)
	d.Settle()
	return s
}
