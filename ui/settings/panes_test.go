package settings

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

func TestBeginsWithTheNamedPane(t *testing.T) {
	for name, row := range map[string]int{"": rowGeneral, PaneRecovery: rowRecovery, PanePractitioners: rowPractitioners, PaneAppointments: rowAppointments, PaneServer: rowServer, PaneComputers: rowComputers, PaneActivity: rowActivity, PaneBackup: rowBackup, PaneExchange: rowExchange, PaneUsers: rowUsers, PaneAccount: rowAccount} {
		bubble(t, func(t *testing.T, b *bubbled) {
			s := newSampleAt(t, b, looks.New(looks.Light, 1), name)
			if s.nav.Selected() != row || !s.rows[row].pane.content.Visible() || s.window.Canvas().Focused() != s.nav.Focusable() {
				t.Errorf("%q: row %d, focus on %T", name, s.nav.Selected(), s.window.Canvas().Focused())
			}
		})
	}
}

// TestPanesInTheirOrder goes down the list to its end.
func TestPanesInTheirOrder(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		for row := rowGeneral; row <= rowAccount; row++ {
			for other, r := range s.rows {
				pane := r.pane
				if pane == nil {
					continue
				}
				if pane.content.Visible() != (other == row) {
					t.Errorf("at row %d: the pane of row %d is shown: %v", row, other, pane.content.Visible())
				}
			}
			s.press(fyne.KeyDown)
		}
		if s.nav.Len() != rowAccount+1 {
			t.Errorf("%d rows", s.nav.Len())
		}
	})
}

func TestLinkingCodeByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowComputers)
		s.press(shiftTab, fyne.KeyReturn)
		s.wantDialog(t, "Confirm")
		s.typed(rightPassword)
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Done")
		s.press(fyne.KeyReturn) // Copy
		const code = "7K2QM R9XB4 0DHVE ZT51P"
		clipboard := fyne.CurrentApp().Clipboard()
		if clipboard.Content() != code || !strings.Contains(shownIn(s.dialog()), code) {
			t.Errorf("copied %q", clipboard.Content())
		}
		d := s.dialog()
		s.press(fyne.KeyEscape)
		if s.dialog() != nil || strings.Contains(shownIn(d), code) {
			t.Errorf("dialog: %v, shown: %q", s.dialog(), shownIn(d))
		}
	})
}

func TestLinkingCodeLeavesTheScreenWithTheSettings(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newPlainSample(t, b)
		s.enter(rowComputers)
		s.press(shiftTab, fyne.KeyReturn)
		d := s.dialog()
		b.leave()
		s.Settle()
		if s.dialog() != nil || strings.Contains(shownIn(d), "7K2QM") {
			t.Errorf("dialog: %v, shown: %q", s.dialog(), shownIn(d))
		}
	})
}

// shownIn is all text of a dialog.
func shownIn(d *widgets.Dialog) string {
	var text strings.Builder
	for _, o := range test.LaidOutObjects(d) {
		if r, ok := o.(interface{ String() string }); ok {
			text.WriteString(r.String() + "\n")
		}
	}
	return text.String()
}

func TestUnlinkByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newPlainSample(t, b)
		s.enter(rowComputers)
		s.press(fyne.KeyDown)
		s.tabTo(t, "Unlink…")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Unlink")
		if s.window.Canvas().Focused() != fyne.Focusable(s.dialog().Cancel()) {
			t.Error("an Enter too many unlinks")
		}
		s.press(fyne.KeyTab, fyne.KeyReturn)
		wantChanges(t, b.session, "Unlink r")
		if s.dialog() != nil {
			t.Error("the dialog stays")
		}
	})
}

func TestEnterOnAComputerRenames(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowComputers)
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Rename")
		s.typed("My ")
		s.press(fyne.KeyReturn)
		if got := b.session.computers[0].Name; got != "My OFFICE" || s.dialog() != nil {
			t.Errorf("the name is %q, dialog: %v", got, s.dialog())
		}
	})
}

// TestProver asks over a screen that is not in the settings.
func TestProver(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		test.NewTempApp(t).Settings().SetTheme(looks.New(looks.Light, 1))
		w := test.NewTempWindow(t, widgets.NewEntry())
		s := &screenSample{bubbled: b, window: w}
		prover := screen.NewStepUp(b.session, b.runner, (&screen.Dialogs{Window: w}).OpenProof)
		ask := func(ctx context.Context) (result *error) {
			result = new(error)
			b.runner.Go(b.ctx, func(context.Context) error {
				return prover.Do(ctx, func(ctx context.Context) error { return b.session.Deactivate(ctx, "b") })
			}, func(err error) { *result = err })
			s.Settle()
			return result
		}

		ctx, leave := context.WithCancel(b.ctx)
		ask(ctx)
		s.wantDialog(t, "Confirm")
		leave()
		s.Settle()
		if s.dialog() != nil {
			t.Error("the dialog outlives its screen")
		}

		result := ask(b.ctx)
		s.press(fyne.KeyEscape)
		if s.dialog() != nil || !errors.Is(*result, context.Canceled) {
			t.Errorf("taken back: dialog %v, %v", s.dialog(), *result)
		}

		result = ask(b.ctx)
		s.typed(rightPassword)
		s.press(fyne.KeyReturn)
		if s.dialog() != nil || *result != nil {
			t.Errorf("proven: dialog %v, %v", s.dialog(), *result)
		}
		wantChanges(t, b.session, "Deactivate b", "Deactivate b", "Deactivate b", "StepUp", "Deactivate b")
	})
}
