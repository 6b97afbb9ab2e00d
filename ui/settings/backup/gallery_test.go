package backup

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
)

// backupSamples are the gallery's states of "Backup".
var backupSamples = samples{
	"backup": func(_ *testing.T, s *screenSample) { s.enter(rowBackup) },
	"backup-none": func(_ *testing.T, s *screenSample) {
		s.session.backups = auth.BackupInfo{Folder: "/home/anna/.local/share/anteroom/backups", IsDefault: true}
		s.enter(rowBackup)
	},
	"backup-gone": func(_ *testing.T, s *screenSample) {
		s.session.backups.Problem, s.session.backups.Files = auth.ErrFolder, nil
		s.session.backups.Newest = time.Now().AddDate(0, 0, -3)
		s.enter(rowBackup)
	},
	"backup-long": func(_ *testing.T, s *screenSample) {
		folder := "/" + strings.Repeat("folder/", 30) + strings.Repeat("x", 200)
		s.session.backups = auth.BackupInfo{Folder: folder, Newest: time.Now(), Problem: auth.ErrFolder}
		for i := range 11 {
			s.session.backups.Files = append(s.session.backups.Files, auth.BackupFile{
				Path: fmt.Sprintf("%s/%02d.db", folder, i), At: time.Now().AddDate(0, 0, -i), Size: 4_820_000_000,
			})
		}
		s.enter(rowBackup)
	},
	"backup-busy": func(t *testing.T, s *screenSample) {
		s.enter(rowBackup)
		s.tabTo(t, "Back up now")
		s.goOn(fyne.KeyReturn)
	},
	"backup-made": func(t *testing.T, s *screenSample) {
		s.enter(rowBackup)
		s.tabTo(t, "Back up now")
		s.press(fyne.KeyReturn)
	},
	"backup-full": func(t *testing.T, s *screenSample) {
		s.session.refused = auth.ErrDiskFull
		s.enter(rowBackup)
		s.tabTo(t, "Back up now")
		s.press(fyne.KeyReturn)
	},
	"folder": func(t *testing.T, s *screenSample) {
		s.enter(rowBackup)
		s.tabTo(t, "Change folder…")
		s.press(fyne.KeyReturn)
		s.typed("/mnt/gone")
		s.press(fyne.KeyReturn)
	},
	"restore": func(t *testing.T, s *screenSample) {
		s.session.fresh, s.session.restore = true, newRestore(t, 1204)
		s.enter(rowBackup)
		s.press(fyne.KeyReturn)
	},
	"restore-kit": func(_ *testing.T, s *screenSample) {
		s.session.fresh, s.session.refused = true, auth.ErrNotLinked
		s.enter(rowBackup)
		s.press(fyne.KeyReturn)
	},
}
