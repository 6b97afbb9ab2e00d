package account

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// shows says whether a text stands somewhere on the screen.
func (s *screenSample) shows(text string) bool {
	for _, o := range test.LaidOutObjects(s.Content()) {
		if r, ok := o.(interface{ Text() string }); ok && strings.Contains(r.Text(), text) {
			return true
		}
	}
	return false
}

// focusedButton is the text of the button that has the focus, or "".
func (s *screenSample) focusedButton() string {
	if b, ok := s.window.Canvas().Focused().(*widgets.Button); ok {
		return b.Text
	}
	return ""
}

func TestStaffSeeTheirAccountOnly(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newStaffSample(t, b, looks.New(looks.Light, 1))
		if s.nav.Len() != 1 || !s.shows("Username: asmith · Staff") {
			t.Fatalf("%d rows, %+v", s.nav.Len(), s.rows)
		}
		s.GoTo(PaneUsers)
		s.press(fyne.KeyDown, fyne.KeyReturn)
		if !s.rows[0].pane.content.Visible() {
			t.Error("the account is gone")
		}
		for _, call := range b.session.calls {
			if !slices.Contains([]string{"Account", "MyActivity"}, call) {
				t.Errorf("%s was read", call)
			}
		}
		s.press(fyne.KeyEscape)
		if s.backs != 1 {
			t.Error("Esc did not lead back")
		}
	})
}

func TestNameByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowAccount)
		s.typed("Dr ")
		s.press(fyne.KeyReturn)
		if b.session.own.Name != "Dr Anna Smith" || !s.shows("Saved.") {
			t.Errorf("the name is %q", b.session.own.Name)
		}
		s.press(fyne.KeyTab)
		if s.focusedButton() != "Change password…" {
			t.Errorf("Tab leads to %q", s.focusedButton())
		}
		s.press(fyne.KeyReturn)
		if s.passwords != 1 {
			t.Error("Enter does not lead to the password")
		}
	})
}

// TestLeavingTheAccountUnsavedIsAsked, wherever to.
func TestLeavingTheAccountUnsavedIsAsked(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowAccount)
		s.typed("Dr ")
		s.press(fyne.KeyEscape)
		s.wantDialog(t, "Leave")
		s.press(fyne.KeyEscape)
		s.tabTo(t, "Change password…")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Leave")
		s.press(fyne.KeyReturn) // the focus is on Stay
		if s.passwords != 0 || s.backs != 0 || s.account.name != "Dr Anna Smith" {
			t.Errorf("left: %d, %d; %q", s.passwords, s.backs, s.account.name)
		}
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		if s.passwords != 1 {
			t.Error("Leave did not lead to the password")
		}
		s.GoTo(PaneGeneral)
		s.GoTo(PaneAccount)
		if s.account.name != "Dr Anna Smith" || s.window.Canvas().Focused() != s.nav.Focusable() {
			t.Errorf("%q", s.account.name)
		}
	})
}

func TestMoveByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowAccount)
		s.tabTo(t, "Move to a new phone")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Continue")
		s.typed("000000")
		s.wantDialog(t, "Continue")
		s.typed(rightCode)
		s.wantDialog(t, "Confirm") // of the enrolment
		s.typed("000000")
		s.wantDialog(t, "Confirm")
		if s.dialog().Error() == "" {
			t.Error("a wrong code says nothing")
		}
		s.typed(rightCode)
		if s.dialog() != nil || !s.shows("Moved. The old phone's codes count no more.") || s.focusedButton() != "Move to a new phone" {
			t.Errorf("dialog: %v, focus on %q", s.dialog(), s.focusedButton())
		}
		wantChanges(t, b.session, "MovePhone", "MovePhone", "ConfirmMove", "ConfirmMove")
	})
}

// TestMoveCancelledByEscape changes nothing, in either dialog.
func TestMoveCancelledByEscape(t *testing.T) {
	for dialogs := range 2 {
		bubble(t, func(t *testing.T, b *bubbled) {
			s := newPlainSample(t, b)
			s.enter(rowAccount)
			s.tabTo(t, "Move to a new phone")
			s.press(fyne.KeyReturn)
			if dialogs > 0 {
				s.typed(rightCode)
			} else {
				s.typed("1234")
			}
			s.press(fyne.KeyEscape)
			if s.dialog() != nil || b.session.own.Enrolled.Day() != 3 || s.focusedButton() != "Move to a new phone" {
				t.Errorf("Esc in dialog %d: dialog %v, focus on %q", dialogs, s.dialog(), s.focusedButton())
			}
			s.press(fyne.KeyReturn)
			s.wantDialog(t, "Continue") // it can be tried again
			if dialogs > 0 && !strings.Contains(shownIn(s.dialog()), "Your last code is used up") {
				t.Errorf("it does not say that the code is used up: %q", shownIn(s.dialog()))
			}
		})
	}
}

func TestTheMoveClosesWhenTheSettingsAreLeft(t *testing.T) {
	for dialogs := range 2 {
		bubble(t, func(t *testing.T, b *bubbled) {
			s := newPlainSample(t, b)
			s.enter(rowAccount)
			s.tabTo(t, "Move to a new phone")
			s.press(fyne.KeyReturn)
			if dialogs > 0 {
				s.typed(rightCode)
			}
			b.leave()
			s.Settle()
			if s.dialog() != nil {
				t.Errorf("dialog %d stays", dialogs)
			}
		})
	}
}

func TestNewCodesByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowAccount)
		s.tabTo(t, "Make new ones…")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Make new ones")
		s.press(fyne.KeyReturn)
		if s.dialog() != nil || len(s.codes) != 0 {
			t.Fatal("an Enter too many makes new codes")
		}
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		s.wantDialog(t, "Confirm")
		s.typed(rightPassword)
		s.press(fyne.KeyReturn)
		if len(s.codes) != 1 || s.dialog() != nil {
			t.Errorf("codes: %v, dialog: %v", s.codes, s.dialog())
		}
	})
}

func TestEndSessionsByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.own.SignedIn = append(b.session.own.SignedIn, auth.OwnSession{ID: "3", Computer: "LAB"})
		s := newPlainSample(t, b)
		s.enter(rowAccount)
		s.tabTo(t, "End")
		s.press(fyne.KeyReturn)
		if s.focusedButton() != "End" || !s.shows("Signed out there.") {
			t.Errorf("the focus is on %q", s.focusedButton())
		}
		s.press(fyne.KeyReturn)
		if s.focusedButton() != "Make new ones…" {
			t.Errorf("the focus is on %q", s.focusedButton())
		}
		wantChanges(t, b.session, "EndSession 2", "EndSession 3")
	})
}

func TestAccountCancelKeepsTheFocus(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.last = time.Hour
		s := newPlainSample(t, b)
		s.enter(rowAccount)
		s.typed("Dr ")
		s.press(fyne.KeyReturn)
		if entry, ok := s.window.Canvas().Focused().(*widgets.Entry); !ok || !entry.Disabled() {
			t.Error("the name can be changed while it is saved")
		}
		time.Sleep(screen.StalledAfter)
		s.Settle()
		s.tabTo(t, "Cancel")
		s.press(fyne.KeyReturn)
		if entry, ok := s.window.Canvas().Focused().(*widgets.Entry); !ok || entry.Text != "Dr Anna Smith" || !s.shows("Cancelled.") {
			t.Errorf("the focus is on %T", s.window.Canvas().Focused())
		}
	})
}

// TestAccountIsReadByKeyboard to its end, where nothing takes the focus.
func TestAccountIsReadByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.mine = slices.Repeat(b.session.mine, 5)
		s := newScreenSample(t, b, looks.New(looks.Light, 2))
		s.enter(rowAccount)
		var scroll *container.Scroll
		for _, o := range s.rows[rowAccount].pane.content.(*widgets.Page).Children() {
			scroll = o.(*container.Scroll)
		}
		for range 10 {
			s.press(fyne.KeyPageDown)
		}
		if end := scroll.Content.Size().Height - scroll.Size().Height; scroll.Offset.Y != end || end < 500 {
			t.Errorf("at %v of %v", scroll.Offset.Y, end)
		}
		for range 10 {
			s.press(fyne.KeyPageUp)
		}
		if scroll.Offset.Y != 0 {
			t.Errorf("back at %v", scroll.Offset.Y)
		}
	})
}

func TestAccountSaysWhatWasDone(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newSample(t, b, looks.New(looks.Light, 1), Params{Pane: PaneAccount, Said: "Your password is changed."})
		if !s.shows("Your password is changed.") {
			t.Error("it is not said")
		}
		s.press(fyne.KeyReturn)
		s.typed("A")
		if s.shows("Your password is changed.") {
			t.Error("it stays")
		}
	})
}
