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

func TestNewKitByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowRecovery)
		s.tabTo(t, "Make a new kit…")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Make a new kit")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Confirm")
		s.typed(rightPassword)
		s.press(fyne.KeyReturn)
		if len(s.kits) != 1 || s.dialog() != nil || s.drafts[0] != nil {
			t.Errorf("kits: %v, dialog: %v, drafts: %v", s.kits, s.dialog(), s.drafts)
		}
	})
}

func TestFirstKitNeedsNoStepUp(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.kit, b.session.fresh = auth.KitInfo{}, true
		s := newPlainSample(t, b)
		s.enter(rowRecovery)
		s.tabTo(t, "Make the kit…")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Make the kit")
		s.press(fyne.KeyReturn)
		if len(s.kits) != 1 || s.dialog() != nil {
			t.Errorf("kits: %v, dialog: %v", s.kits, s.dialog())
		}
	})
}

func TestKitCheckByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowRecovery)
		s.tabTo(t, "Check my kit…")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Check")
		field := s.window.Canvas().Focused().(*widgets.Entry)
		if field.Password {
			t.Error("the key is hidden")
		}
		s.typed(rightKey)
		s.press(fyne.KeyReturn)
		wantChanges(t, b.session, "CheckKit")
		if s.dialog() == nil || field.Text != rightKey {
			t.Errorf("the field holds %q, dialog: %v", field.Text, s.dialog())
		}
		s.press(fyne.KeyEscape)
		if s.dialog() != nil || field.Text != "" {
			t.Errorf("closed: the field holds %q, dialog: %v", field.Text, s.dialog())
		}
	})
}

func TestKitIsWipedFromTheFieldWhenTheSettingsAreLeft(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowRecovery)
		s.tabTo(t, "Check my kit…")
		s.press(fyne.KeyReturn)
		s.typed(rightKey)
		field := s.window.Canvas().Focused().(*widgets.Entry)
		b.leave()
		s.Settle()
		if field.Text != "" || s.dialog() != nil {
			t.Errorf("the field holds %q, dialog: %v", field.Text, s.dialog())
		}
	})
}

func TestTurnOnWithoutAKitLeadsToIt(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.settings.KitMade, b.session.fresh = false, true
		s := newPlainSample(t, b)
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeySpace, fyne.KeyReturn)
		s.wantDialog(t, "Make the kit")
		s.press(fyne.KeyEscape)
		if check, ok := s.window.Canvas().Focused().(*widgets.Check); s.dialog() != nil || !ok || check.Checked {
			t.Errorf("cancelled: dialog %v, focus on %T", s.dialog(), s.window.Canvas().Focused())
		}
		s.press(fyne.KeySpace, fyne.KeyReturn)
		s.wantDialog(t, "Make the kit")
		s.press(fyne.KeyReturn)
		if len(s.kits) != 1 || s.dialog() != nil || b.session.settings.Policy.TwoFactor {
			t.Errorf("kits: %v, dialog: %v", s.kits, s.dialog())
		}
		b.session.settings.KitMade = true
		s = newSample(t, b, looks.New(looks.Light, 1), Params{Admin: true, Pane: PaneGeneral, Draft: s.drafts[0]})
		s.press(fyne.KeyReturn, fyne.KeyTab)
		if check, ok := s.window.Canvas().Focused().(*widgets.Check); !ok || !check.Checked {
			t.Fatal("the tick is lost")
		}
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Turn on")
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

func TestBackUpAndRestoreByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.restore = newRestore(t, 2)
		s := newPlainSample(t, b)
		s.enter(rowBackup)
		s.tabTo(t, "Back up now")
		s.press(fyne.KeyReturn)
		if s.backups.good != "Backup made: now.db." {
			t.Errorf("%q", s.backups.good)
		}
		s.tabTo(t, "Restore…")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Confirm")
		s.typed(rightPassword)
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Restore")
		s.press(fyne.KeyReturn) // the focus is on Cancel
		if s.dialog() != nil || len(s.restores) != 0 {
			t.Errorf("an Enter too many: dialog %v, restored %v", s.dialog(), s.restores)
		}
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		if len(s.restores) != 1 || s.restores[0] != b.session.restore {
			t.Errorf("restored: %v", s.restores)
		}
	})
}

func TestRestoreWithKitByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh, b.session.refused = true, auth.ErrNotLinked
		s := newPlainSample(t, b)
		s.enter(rowBackup)
		s.press(fyne.KeyDown, fyne.KeyReturn)
		s.wantDialog(t, "Use the recovery kit")
		s.press(fyne.KeyTab, fyne.KeyReturn)
		if len(s.withKit) != 1 || s.withKit[0] != "/mnt/usb/anteroom/old.db" {
			t.Errorf("%q", s.withKit)
		}
	})
}

func TestChangeFolderByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowBackup)
		s.tabTo(t, "Change folder…")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Save")
		s.typed("x")
		s.tabTo(t, "Save")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Save") // there is no such folder
		if field := pathFieldIn(s.dialog()); s.window.Canvas().Focused() != field.Focusable() || !strings.HasSuffix(field.Text(), "x") {
			t.Errorf("the focus is on %T, the field holds %q", s.window.Canvas().Focused(), field.Text())
		}
		s.tabTo(t, "Use the folder beside the database")
		s.press(fyne.KeyReturn)
		if s.dialog() != nil || !b.session.backups.IsDefault {
			t.Errorf("dialog: %v, %+v", s.dialog(), b.session.backups)
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

func TestLeavingStopsABackupOnlyIfMeant(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.steps = 1000
		s := newPlainSample(t, b)
		s.enter(rowBackup)
		s.tabTo(t, "Back up now")
		s.press(fyne.KeyReturn, fyne.KeyEscape)
		s.wantDialog(t, "Leave")
		s.press(fyne.KeyReturn)
		if s.backs != 0 || !s.backups.busy() {
			t.Errorf("an Enter too many: back %d times, busy: %v", s.backs, s.backups.busy())
		}
		s.press(fyne.KeyEscape, fyne.KeyTab, fyne.KeyReturn)
		if s.backs != 1 {
			t.Error("Leave did not leave")
		}
	})
}

func TestLeavingWhileABackupIsLookedInto(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh, b.session.last = true, time.Second
		s := newPlainSample(t, b)
		s.enter(rowBackup)
		s.press(fyne.KeyReturn, fyne.KeyEscape)
		if s.backs != 1 || s.dialog() != nil {
			t.Errorf("back %d times, dialog: %v", s.backs, s.dialog())
		}
	})
}

func TestCancelOfABackupByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.steps = 1000
		s := newPlainSample(t, b)
		s.enter(rowBackup)
		s.tabTo(t, "Back up now")
		s.press(fyne.KeyReturn)
		time.Sleep(2 * time.Second)
		s.Settle()
		s.tabTo(t, "Cancel")
		s.press(fyne.KeyReturn)
		if s.backups.busy() || s.backups.note == "" {
			t.Errorf("busy: %v, %q", s.backups.busy(), s.backups.note)
		}
		if button, ok := s.window.Canvas().Focused().(*widgets.Button); !ok || button.Text != "Back up now" {
			t.Errorf("the focus is on %T", s.window.Canvas().Focused())
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
