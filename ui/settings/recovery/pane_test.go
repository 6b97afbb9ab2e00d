package recovery

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/settings/kit"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/widgets"
)

// show shows the pane, and gives the kits that it handed over.
func show(s *panetest.Sample) (got func() int) {
	var kits []*auth.Kit
	s.Show(func(p pane.Params) pane.Pane {
		return New(p, kit.NewMaker(p.Scope, p.Session, func(k *auth.Kit) { kits = append(kits, k) }), "")
	})
	return func() int { return len(kits) }
}

func TestNewKitByKeyboard(t *testing.T) {
	panetest.Run(t, practice.Records{}, func(s *panetest.Sample) {
		s.MakeKit()
		s.Pass(time.Hour) // the proof is over
		got := show(s)
		s.Push("Make a new kit…")
		s.WantDialog("Make a new kit")
		s.Press(fyne.KeyReturn)
		s.Prove()
		if got() != 1 || s.Dialog() != nil {
			t.Errorf("%d kits, dialog: %v", got(), s.Dialog())
		}
	})
}

func TestFirstKitNeedsNoStepUp(t *testing.T) {
	panetest.Run(t, practice.Records{}, func(s *panetest.Sample) {
		s.Anna.StepUp()
		got := show(s)
		s.Push("Make the kit…")
		s.WantDialog("Make the kit")
		s.Press(fyne.KeyReturn)
		if got() != 1 || s.Dialog() != nil {
			t.Errorf("%d kits, dialog: %v", got(), s.Dialog())
		}
	})
}

// openAndType opens the dialog "Check my kit", and types a key.
func openAndType(s *panetest.Sample, typed string) *widgets.Entry {
	show(s)
	s.Push("Check my kit…")
	s.WantDialog("Check")
	s.Typed(typed)
	return s.Window.Canvas().Focused().(*widgets.Entry)
}

func TestKitCheckByKeyboard(t *testing.T) {
	panetest.Run(t, practice.Records{}, func(s *panetest.Sample) {
		key := s.MakeKit()
		field := openAndType(s, key)
		if field.Password {
			t.Error("the key is hidden")
		}
		s.Press(fyne.KeyReturn)
		if !s.Shows("Yes. This is the recovery kit.") || field.Text != key {
			t.Errorf("the field holds %q, dialog: %v", field.Text, s.Dialog())
		}
		s.Press(fyne.KeyEscape)
		if s.Dialog() != nil || field.Text != "" {
			t.Errorf("closed: the field holds %q, dialog: %v", field.Text, s.Dialog())
		}
	})
}

func TestKitIsWipedFromTheFieldWhenTheSettingsAreLeft(t *testing.T) {
	panetest.Run(t, practice.Records{}, func(s *panetest.Sample) {
		field := openAndType(s, s.MakeKit())
		s.Leave()
		if field.Text != "" || s.Dialog() != nil {
			t.Errorf("the field holds %q, dialog: %v", field.Text, s.Dialog())
		}
	})
}
