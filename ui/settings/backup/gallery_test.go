package backup

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/ui/settings/panetest"
)

// TestGallery shows the states of the pane.
func TestGallery(t *testing.T) {
	states := map[string]func(*panetest.Sample){
		"backup-none": func(s *panetest.Sample) { (&paneSample{Sample: s}).show() },
	}
	for name, state := range gallery {
		states[name] = func(all *panetest.Sample) {
			s := &paneSample{Sample: all}
			s.paths = prepare(all)
			state(s)
		}
	}
	panetest.Gallery(t, withPatients(100), states)
}

var gallery = map[string]func(*paneSample){
	"backup": (*paneSample).show,
	"backup-gone": func(s *paneSample) {
		s.Memory.Folders = nil
		s.show()
	},
	"backup-long": func(s *paneSample) {
		s.useLongFolder()
		s.Memory.Folders = nil
		s.show()
	},
	"backup-many": func(s *paneSample) {
		s.useLongFolder()
		s.show()
	},
	"backup-busy": func(s *paneSample) {
		s.Anna.StepUp()
		s.Anna.DelayRows(oneTakes)
		s.show()
		s.Push("Back up now")
		s.Pass(40 * oneTakes)
	},
	"backup-made": func(s *paneSample) {
		s.Anna.StepUp()
		s.show()
		s.Push("Back up now")
	},
	"backup-full": func(s *paneSample) {
		s.Anna.StepUp()
		s.show()
		s.Anna.FailWrites(auth.ErrDiskFull)
		s.Push("Back up now")
	},
	"folder": func(s *paneSample) {
		s.show()
		s.Push("Change folder…")
		s.Typed("/mnt/gone")
		s.Press(fyne.KeyReturn)
	},
	"restore": func(s *paneSample) {
		s.Anna.StepUp()
		s.show()
		s.Press(fyne.KeyReturn)
	},
	"restore-kit": func(s *paneSample) {
		s.changePassword()
		s.show()
		s.Press(fyne.KeyReturn)
	},
}

// useLongFolder has backups go to a folder with a long name, with many there.
func (s *paneSample) useLongFolder() {
	folder := authtest.Path("/" + strings.Repeat("folder/", 30) + strings.Repeat("x", 200))
	s.Memory.Folders = []string{folder}
	s.Anna.StepUp()
	if err := s.Anna.Session.SetBackupFolder(s.T.Context(), folder); err != nil {
		s.T.Fatal(err)
	}
	made, err := s.Anna.Session.BackUp(s.T.Context(), nil)
	if err != nil {
		s.T.Fatal(err)
	}
	for i := range 10 {
		at := time.Now().AddDate(0, 0, -i-1)
		s.Memory.PutBackup(auth.BackupFile{Path: folder + "/" + at.Format("20060102"), At: at, Size: 4_820_000_000, Practice: made.Practice}, s.Memory.Rows())
	}
}
