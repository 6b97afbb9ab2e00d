package activity

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/ui/looks"
	"anteroom/ui/widgets"
)

// wantTitle looks for the title of the dialog.
func (s *screenSample) wantTitle(t *testing.T, title string) {
	t.Helper()
	d := s.dialog()
	if d == nil {
		t.Fatalf("there is no dialog, want %q", title)
	}
	for _, o := range test.WidgetRenderer(d).Objects() {
		if text, ok := o.(*widgets.Text); ok && text.Text() == title {
			return
		}
	}
	t.Fatalf("the dialog is not %q", title)
}

// TestActivityByKeyboard goes through the whole pane without a mouse.
func TestActivityByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.standing.KitMissing, b.session.fresh = true, true
		s := newPlainSample(t, b)
		s.enter(rowActivity)
		c := s.window.Canvas()
		s.press(fyne.KeyLeft, fyne.KeyHome, fyne.KeyEnd) // in the bars
		s.tabTo(t, "Go to Recovery")
		s.tabTo(t, "Verify")
		s.press(shiftTab)
		s.typed("31.2.2026") // in "To"
		s.press(fyne.KeyReturn)
		s.replace("")
		s.press(shiftTab)
		s.typed("2 Dec 1999") // in "From"
		s.press(fyne.KeyReturn)
		if f := b.session.lastFilter(); !f.From.Equal(day(1999, 12, 2)) || !f.Until.IsZero() {
			t.Errorf("%+v", f)
		}
		s.tabTo(t, "Verify")
		s.press(fyne.KeySpace, fyne.KeyTab)
		if button, ok := c.Focused().(*widgets.Button); !ok || button.Text != "Export CSV…" {
			t.Fatalf("the focus is on %T", c.Focused())
		}
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Export")
		s.replace(authtest.Path("/usb/a.csv"))
		s.press(fyne.KeyReturn)
		if s.dialog() != nil || s.files.content[authtest.Path("/usb/a.csv")] == "" {
			t.Fatalf("files: %v", s.files.content)
		}
		s.press(fyne.KeyTab, fyne.KeyDown, fyne.KeyReturn)
		s.wantTitle(t, "Entry 12,344")
		s.press(fyne.KeyEscape)
		if s.dialog() != nil || s.backs != 0 {
			t.Error("Esc did not close the entry alone")
		}
		s.press(fyne.KeyEscape)
		if s.backs != 1 {
			t.Error("Esc did not lead back")
		}
	})
}

// TestFilesAreCalledOffUnasked: a path is nothing to be lost, also while it is written there.
func TestFilesAreCalledOffUnasked(t *testing.T) {
	for row, act := range map[int]string{rowActivity: "Export CSV…", rowExchange: "Export all patients…"} {
		bubble(t, func(t *testing.T, b *bubbled) {
			s := newPlainSample(t, b)
			s.enter(row)
			s.tabTo(t, act)
			s.press(fyne.KeyReturn)
			s.wantDialog(t, "Export")
			s.replace(authtest.Path("/usb/a.csv"))
			s.press(fyne.KeyEscape)
			if s.dialog() != nil {
				t.Errorf("%s: it asks %q", act, shownIn(s.dialog()))
			}
		})
	}
}

// TestActivityToTheEndOfTheLog presses End until there is nothing older.
func TestActivityToTheEndOfTheLog(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.count = 1001
		s := newPlainSample(t, b)
		s.enter(rowActivity)
		s.tabTo(t, "Export CSV…")
		s.press(fyne.KeyTab)
		for range 6 {
			s.press(fyne.KeyEnd)
		}
		s.press(fyne.KeyReturn)
		s.wantTitle(t, "Entry 1")
		if b.session.made != 1001 {
			t.Errorf("%d entries were made", b.session.made)
		}
	})
}

func TestActivityLeadsToOtherPanes(t *testing.T) {
	for link, row := range map[string]int{"Go to Users": rowUsers, "Go to Recovery": rowRecovery, "Go to Backup": rowBackup, "Go to General": rowGeneral} {
		bubble(t, func(t *testing.T, b *bubbled) {
			b.session.standing = needyStanding("Anna Smith", "Ben Jones")
			b.session.standing.TwoFactor = false
			s := newPlainSample(t, b)
			s.enter(rowActivity)
			s.tabTo(t, link)
			s.press(fyne.KeyReturn)
			if s.nav.Selected() != row || !s.rows[row].pane.content.Visible() || s.window.Canvas().Focused() == s.nav.Focusable() {
				t.Errorf("%s: row %d", link, s.nav.Selected())
			}
		})
	}
}

// The focus stays in the pane when a link or a button goes that has it.
func TestActivityKeepsTheFocus(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.standing.KitMissing = true
		b.session.steps = 50
		s := newPlainSample(t, b)
		s.enter(rowActivity)
		bars := s.window.Canvas().Focused()
		s.tabTo(t, "Go to Recovery")
		b.session.set(func(f *fakeSession) { f.standing.KitMissing = false })
		s.rows[rowActivity].pane.refresh()
		s.Settle()
		if s.window.Canvas().Focused() != bars {
			t.Errorf("the focus is on %T", s.window.Canvas().Focused())
		}
		s.tabTo(t, "Verify")
		s.press(fyne.KeyReturn)
		for range 30 {
			time.Sleep(stepTime)
			s.Settle()
		}
		s.tabTo(t, "Cancel")
		time.Sleep(time.Minute)
		s.Settle()
		if button, ok := s.window.Canvas().Focused().(*widgets.Button); !ok || button.Text != "Verify" {
			t.Errorf("the focus is on %T", s.window.Canvas().Focused())
		}
	})
}

// A click on a row, and what scrolls into sight, reads no more than is seen.
func TestActivityOfAMillionOnTheScreen(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.count = 1_000_000
		s := newSampleAt(t, b, looks.New(looks.Dark, 2), PaneActivity)
		if b.session.made > 2*activityPage {
			t.Errorf("%d entries were made", b.session.made)
		}
		s.scrollDown()
		s.Settle()
		if b.session.made > 2*activityPage {
			t.Errorf("%d entries were made", b.session.made)
		}
	})
}

// Staff have no such pane.
func TestActivityIsForAdmins(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.Screen = New(Params{Session: b.session, Runner: b.runner, Ctx: b.ctx, Window: s.window, Copier: s.params.Copier, Pane: PaneActivity})
		s.Settle()
		for _, r := range s.rows {
			if strings.Contains(r.text, "Activity") {
				t.Error("staff see the activity")
			}
		}
	})
}

func TestActivityForgetsOldFaults(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fail = auth.ErrBusy
		s := newSampleAt(t, b, looks.New(looks.Light, 1), PaneActivity)
		b.session.set(func(f *fakeSession) { f.fail = nil })
		s.rows[rowActivity].pane.refresh()
		s.Settle()
		s.rows[rowActivity].pane.focus(s.window.Canvas())
		s.tabTo(t, "Export CSV…")
		s.press(fyne.KeyTab, fyne.KeyReturn)
		s.wantTitle(t, "Entry 12,345")
	})
}
