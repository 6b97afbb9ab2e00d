package backup

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/widgets"
)

// paneSample is the pane alone in its window, with what it led to.
type paneSample struct {
	*panetest.Sample
	*panel
	paths    []string // of the backups
	restored []*auth.Restore
	withKit  []string
}

func runPane(t *testing.T, patients int, fn func(t *testing.T, s *paneSample)) {
	t.Helper()
	panetest.Run(t, withPatients(patients), func(all *panetest.Sample) {
		s := &paneSample{Sample: all}
		s.paths = prepare(all)
		fn(all.T, s)
	})
}

func (s *paneSample) show() {
	p := Params{
		OnRestore:        func(r *auth.Restore) { s.restored = append(s.restored, r) },
		OnRestoreWithKit: func(path string) { s.withKit = append(s.withKit, path) },
	}
	s.Show(func(shared pane.Params) pane.Pane {
		p.Params = shared
		s.panel = newPanel(p)
		return s.asPane()
	})
}

func TestBackUpAndRestoreByKeyboard(t *testing.T) {
	runPane(t, 2, func(t *testing.T, s *paneSample) {
		s.show()
		s.Push("Back up now")
		s.Prove()
		if !s.Shows("Backup made: 2000") {
			t.Errorf("%q", s.presenter.good)
		}
		s.Pass(time.Hour) // the proof is over
		s.Push("Restore…")
		s.Prove()
		s.WantDialog("Restore")
		s.Press(fyne.KeyReturn) // the focus is on Cancel
		if s.Dialog() != nil || len(s.restored) != 0 {
			t.Errorf("an Enter too many: dialog %v, restored %v", s.Dialog(), s.restored)
		}
		s.Press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		if len(s.restored) != 1 || s.restored[0].Content().Path == s.paths[0] {
			t.Errorf("restored: %v", s.restored)
		}
	})
}

func TestRestoreWithKitByKeyboard(t *testing.T) {
	runPane(t, 0, func(t *testing.T, s *paneSample) {
		s.changePassword()
		s.show()
		s.Press(fyne.KeyDown, fyne.KeyReturn)
		s.WantDialog("Use the recovery kit")
		s.Press(fyne.KeyTab, fyne.KeyReturn)
		if !slices.Equal(s.withKit, s.paths[1:]) {
			t.Errorf("%q", s.withKit)
		}
	})
}

// changePassword has only the kit open the backups of before.
func (s *paneSample) changePassword() {
	const next = "eight loud cranes walk"
	if err := s.Anna.Session.ChangePassword(s.T.Context(), s.Anna.Password, next); err != nil {
		s.T.Fatal(err)
	}
	s.Anna.Password = next
	s.Anna.StepUp()
}

func TestChangeFolderByKeyboard(t *testing.T) {
	runPane(t, 0, func(t *testing.T, s *paneSample) {
		s.Anna.StepUp()
		s.show()
		s.Push("Change folder…")
		s.WantDialog("Save")
		s.Typed("x")
		s.Push("Save")
		s.WantDialog("Save") // there is no such folder
		if field := pathFieldIn(s.Dialog()); s.Window.Canvas().Focused() != field.Focusable() || !strings.HasSuffix(field.Text(), "x") {
			t.Errorf("the focus is on %T, the field holds %q", s.Window.Canvas().Focused(), field.Text())
		}
		s.Push("Use the folder beside the database")
		if info, _ := s.Anna.Session.Backups(t.Context()); s.Dialog() != nil || !info.IsDefault {
			t.Errorf("dialog: %v, %+v", s.Dialog(), info)
		}
	})
}

func pathFieldIn(d *widgets.Dialog) *widgets.PathField {
	for _, o := range test.LaidOutObjects(d) {
		if field, ok := o.(*widgets.PathField); ok {
			return field
		}
	}
	return nil
}

// runPaneSlow is runPane where making a backup takes four seconds, and is under way.
func runPaneSlow(t *testing.T, fn func(t *testing.T, s *paneSample)) {
	t.Helper()
	runPane(t, 100, func(t *testing.T, s *paneSample) {
		s.Anna.StepUp()
		s.Anna.DelayRows(oneTakes)
		s.show()
		s.Push("Back up now")
		fn(t, s)
	})
}

// TestLeavingStopsABackupOnlyIfMeant: while it is under way leaving is asked about.
func TestLeavingStopsABackupOnlyIfMeant(t *testing.T) {
	runPaneSlow(t, func(t *testing.T, s *paneSample) {
		if title, text, isUnsaved := s.Pane.Unsaved(); !isUnsaved || title != "Leave without the backup?" || !strings.Contains(text, "Leaving stops it.") {
			t.Errorf("%v: %q, %q", isUnsaved, title, text)
		}
		s.Pass(time.Minute)
		if _, _, isUnsaved := s.Pane.Unsaved(); isUnsaved {
			t.Error("asked about a backup that is made")
		}
	})
}

func TestLeavingWhileABackupIsLookedInto(t *testing.T) {
	runPane(t, 0, func(t *testing.T, s *paneSample) {
		s.Anna.StepUp()
		s.show()
		s.Anna.Delay(time.Second)
		s.Press(fyne.KeyReturn)
		if _, _, isUnsaved := s.Pane.Unsaved(); isUnsaved || s.Button("Restore…") == nil || !s.Button("Restore…").Disabled() {
			t.Errorf("asked about: %v", isUnsaved)
		}
		s.Leave()
		if s.Pass(time.Minute); s.Dialog() != nil {
			t.Errorf("dialog: %v", s.Dialog())
		}
	})
}

func TestCancelOfABackupByKeyboard(t *testing.T) {
	runPaneSlow(t, func(t *testing.T, s *paneSample) {
		s.Pass(2 * screen.LongAfter)
		s.Push("Cancel")
		if s.presenter.busy() || !s.Shows("Stopped. No backup was made.") {
			t.Errorf("busy: %v, %q", s.presenter.busy(), s.presenter.note)
		}
		if got := s.FocusOn(); got != "Back up now" {
			t.Errorf("the focus is on %q", got)
		}
	})
}
