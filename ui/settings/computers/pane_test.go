package computers

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
)

// runPane runs a test at the pane.
func runPane(t *testing.T, fn func(t *testing.T, s *sample)) {
	t.Helper()
	panetest.Run(t, records, func(p *panetest.Sample) {
		s := &sample{Sample: p}
		s.open()
		fn(p.T, s)
	})
}

// open shows the pane with three computers.
func (s *sample) open() {
	s.link()
	s.Sample.Show(func(p pane.Params) pane.Pane { return New(p, nil) })
}

func TestLinkingCodeByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *sample) {
		s.Press(panetest.ShiftTab, fyne.KeyReturn)
		s.Prove()
		s.WantDialog("Done")
		s.Press(fyne.KeyReturn) // Copy
		code := fyne.CurrentApp().Clipboard().Content()
		if len(strings.Fields(code)) != 4 || !s.Shows(code) {
			t.Errorf("copied %q", code)
		}
		d := s.Dialog()
		s.Press(fyne.KeyEscape)
		if text := panetest.Text(d); s.Dialog() != nil || strings.Contains(text, code) {
			t.Errorf("dialog: %v, shown: %q", s.Dialog(), text)
		}
		s.linkWith(code, "SURGERY")
	})
}

func TestLinkingCodeLeavesTheScreenWithTheSettings(t *testing.T) {
	runPane(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.Press(panetest.ShiftTab, fyne.KeyReturn, fyne.KeyReturn)
		d, code := s.Dialog(), fyne.CurrentApp().Clipboard().Content()
		if !s.Shows(code) || code == "" {
			t.Fatalf("%q", s.DialogText())
		}
		s.Leave()
		if text := panetest.Text(d); s.Dialog() != nil || strings.Contains(text, code) {
			t.Errorf("dialog: %v, shown: %q", s.Dialog(), text)
		}
	})
}

func TestUnlinkByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.Press(fyne.KeyDown)
		s.Push("Unlink…")
		s.WantDialog("Unlink")
		if s.Window.Canvas().Focused() != fyne.Focusable(s.Dialog().Cancel()) {
			t.Error("an Enter too many unlinks")
		}
		s.Press(fyne.KeyTab, fyne.KeyReturn)
		if all := s.stored(); len(all) != 2 || all[0].Name != "OFFICE" || all[1].Name != "RECEPTION-2" || s.Dialog() != nil {
			t.Errorf("%+v, dialog: %v", all, s.Dialog())
		}
	})
}

func TestEnterOnAComputerRenames(t *testing.T) {
	runPane(t, func(t *testing.T, s *sample) {
		s.Press(fyne.KeyReturn)
		s.WantDialog("Rename")
		s.Typed("My ")
		s.Press(fyne.KeyReturn)
		s.Prove()
		if got := s.stored()[0].Name; got != "My OFFICE" || s.Dialog() != nil {
			t.Errorf("the name is %q, dialog: %v", got, s.Dialog())
		}
	})
}

// TestLinkingCodeSaysWhereToConnect: with a server the code alone is not enough.
func TestLinkingCodeSaysWhereToConnect(t *testing.T) {
	panetest.Run(t, records, func(p *panetest.Sample) {
		s := &sample{Sample: p}
		s.Anna.StepUp()
		s.Sample.Show(func(p pane.Params) pane.Pane {
			return New(p, func() []string { return []string{"office.local", "192.0.2.7"} })
		})
		s.Press(panetest.ShiftTab, fyne.KeyReturn)
		if !s.Shows("office.local") || !s.Shows("If that one does not answer: 192.0.2.7") {
			p.T.Errorf("%q", s.DialogText())
		}
		if e := s.Newest(); e.Event != auth.EventLinkingCode {
			p.T.Errorf("%+v", e)
		}
	})
}
