package screen

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"anteroom/ui/widgets"
)

// TestFooter: it says one thing at a time, Cancel comes when it is worth it, and nothing moves.
func TestFooter(t *testing.T) {
	test.NewTempApp(t)
	f := NewMessageFooter("Checking…", widgets.NewButton("Back", nil), widgets.NewPrimaryButton("Go on", nil), func() {})
	test.NewTempWindow(t, f.Line)
	height := f.Line.MinSize().Height
	for _, c := range []struct {
		stage         Stage
		says, message string
		cancel        bool
	}{
		{Idle, "", "It failed.", false}, {Begun, "", "It failed.", false}, {Lasting, "Checking…", "", false}, {Long, "Checking…", "", false},
		{Stalled, "Waiting for the keyring", "", true}, {Idle, "", "It failed.", false},
	} {
		f.ShowMessage("It failed.", c.stage, c.stage == Idle)
		if f.busy.AccessibilityLabel() != c.says || f.Message.Text() != c.message || f.Cancel.Visible() != c.cancel || f.Primary.Disabled() != (c.stage != Idle) {
			t.Errorf("%v: says %q and %q, Cancel: %v", c.stage, f.busy.AccessibilityLabel(), f.Message.Text(), f.Cancel.Visible())
		}
		if f.Line.MinSize().Height != height {
			t.Errorf("%v: it has another height", c.stage)
		}
	}
	f.CancelFrom = Lasting
	f.Show(Lasting, false)
	if f.Say("Linking…"); f.busy.AccessibilityLabel() != "Linking…" || !f.Cancel.Visible() {
		t.Errorf("says %q, Cancel: %v", f.busy.AccessibilityLabel(), f.Cancel.Visible())
	}
}
