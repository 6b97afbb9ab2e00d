package users

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"anteroom/auth"
	"anteroom/ui/looks"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// openBen goes to Ben in the users.
func (s *screenSample) openBen() {
	s.enter(rowUsers)
	s.press(fyne.KeyDown)
}

func TestOneTimeCodeByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.need.Code = true
		s := newPlainSample(t, b)
		s.openBen()
		s.tabTo(t, "One-time code…")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Make the code")
		if text := shownIn(s.dialog()); !strings.Contains(text, "ten minutes") || !strings.Contains(text, "whose voice you know") {
			t.Errorf("%q", text)
		}
		s.press(fyne.KeyTab, fyne.KeyReturn)
		s.wantDialog(t, "Confirm")
		if text := shownIn(s.dialog()); !strings.Contains(text, "A recovery code or a one-time code does not count here.") {
			t.Errorf("%q", text)
		}
		s.typed(rightPassword)
		s.press(fyne.KeyReturn)
		s.typed(rightCode)
		s.wantDialog(t, "Done")
		wantChanges(t, b.session, "NewOneTimeCode b", "StepUp", "NewOneTimeCode b")
		d := s.dialog()
		if text := shownIn(d); !strings.Contains(text, "1234 5678") || !strings.Contains(text, "10 min") {
			t.Errorf("%q", text)
		}
		time.Sleep(8*time.Minute + 20*time.Second)
		s.Settle()
		if text := shownIn(d); !strings.Contains(text, "1234 5678") || !strings.Contains(text, "2 min") {
			t.Errorf("%q", text)
		}
		s.press(fyne.KeyEscape)
		if text := shownIn(d); s.dialog() != nil || strings.Contains(text, "1234") {
			t.Errorf("%q", text)
		}
	})
}

func TestOneTimeCodeGoesWhenItIsOver(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newPlainSample(t, b)
		s.openBen()
		s.tabTo(t, "One-time code…")
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		time.Sleep(10 * time.Minute)
		s.Settle()
		if text := shownIn(s.dialog()); strings.Contains(text, "1234") || !strings.Contains(text, "This code is over.") {
			t.Errorf("%q", text)
		}
		s.press(fyne.KeyReturn) // not Copy any more
		if got := fyne.CurrentApp().Clipboard().Content(); got != "" || s.dialog() != nil {
			t.Errorf("copied %q, dialog: %v", got, s.dialog())
		}
	})
}

func TestOneTimeCodeLeavesTheScreenWithTheSettings(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newPlainSample(t, b)
		s.openBen()
		s.tabTo(t, "One-time code…")
		s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
		d := s.dialog()
		b.leave()
		s.Settle()
		if text := shownIn(d); s.dialog() != nil || strings.Contains(text, "1234") {
			t.Errorf("%q", text)
		}
	})
}

func TestHandOverCodeByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh, b.session.handOver = true, "8765 4321"
		s := newPlainSample(t, b)
		s.openBen()
		s.tabTo(t, "Reset Two-Factor Auth")
		s.press(fyne.KeyReturn)
		s.typed("New phone")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Done")
		d := s.dialog()
		if text := shownIn(d); !strings.Contains(text, "8765 4321") || !strings.Contains(text, "within 24 hours") {
			t.Errorf("%q", text)
		}
		s.press(fyne.KeyEscape)
		if text := shownIn(d); s.dialog() != nil || strings.Contains(text, "8765") {
			t.Errorf("%q", text)
		}
	})
}

func TestLiftWaitByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		b.session.users[1].WaitUntil = time.Now().Add(time.Minute)
		s := newPlainSample(t, b)
		s.openBen()
		s.tabTo(t, "Lift wait")
		s.press(fyne.KeyReturn)
		s.wantDialog(t, "Lift wait")
		if text := shownIn(s.dialog()); !strings.Contains(text, "A disabled authenticator stays disabled.") {
			t.Errorf("%q", text)
		}
		s.press(fyne.KeyTab, fyne.KeyReturn)
		wantChanges(t, b.session, "LiftWait b")
		for _, o := range test.LaidOutObjects(s.Content()) {
			if button, ok := o.(*widgets.Button); ok && button.Visible() && button.Text == "Lift wait" {
				t.Error("it can be lifted again")
			}
		}
	})
}

// TestASecondEnterDoesNothing: what is asked before it is done to somebody is not done
// by one Enter too many.
func TestASecondEnterDoesNothing(t *testing.T) {
	for text, active := range map[string]bool{
		"One-time code…": true, "Lift wait": true, "Sign out…": true, "Reset password…": true, "Deactivate…": true, "Reactivate…": false,
	} {
		bubble(t, func(t *testing.T, b *bubbled) {
			b.session.fresh = true
			b.session.users[1].Active, b.session.users[1].WaitUntil = active, time.Now().Add(time.Minute)
			s := newPlainSample(t, b)
			s.openBen()
			s.tabTo(t, text)
			s.press(fyne.KeyReturn, fyne.KeyReturn)
			if s.dialog() != nil {
				t.Errorf("%s: shown is %q", text, shownIn(s.dialog()))
			}
			wantChanges(t, b.session)
		})
	}
}

// TestBeginsWithHelp: one step from the front desk, and the rest as ever.
func TestBeginsWithHelp(t *testing.T) {
	for primary, reset := range map[string]bool{"Make the code": false, "Reset two-factor": true} {
		bubble(t, func(t *testing.T, b *bubbled) {
			s := newSample(t, b, looks.New(looks.Light, 1), Params{Admin: true, Pane: PaneUsers, Help: Help{User: "b", Reset: reset}})
			s.wantDialog(t, primary)
			if !strings.Contains(shownIn(s.dialog()), "Ben Jones") {
				t.Errorf("%q", shownIn(s.dialog()))
			}
			s.press(fyne.KeyEscape)
			if s.dialog() != nil || s.nav.Selected() != rowUsers {
				t.Error("Esc did not leave it")
			}
			wantChanges(t, b.session)
		})
	}
}

// A sheet that is open stays as it is while the list is read again.
func TestLookingLeavesASheetAlone(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.openBen()
		s.press(fyne.KeyReturn)
		s.typed("Dr ")
		b.session.set(func(f *fakeSession) {
			f.users = append([]auth.UserInfo{{ID: "z", Name: "Al Bo", Active: true}}, f.users...)
		})
		time.Sleep(pane.LookTime)
		s.Settle()
		s.wantDialog(t, "Save")
		if e, ok := s.window.Canvas().Focused().(*widgets.Entry); !ok || e.Text != "Dr Ben Jones" {
			t.Errorf("the focus is on %T", s.window.Canvas().Focused())
		}
		s.press(fyne.KeyEscape)
		if user, _ := userOf(s); user != "Ben Jones" {
			t.Errorf("chosen: %s", user)
		}
	})
}

// A double click opens whom both presses hit, whatever the row says of them by then,
// and nobody where the list moved under the mouse.
func TestDoubleClickOnAUser(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.enter(rowUsers)
		row := itemWith(t, s, "Ben Jones")
		look := func(change func(f *fakeSession)) {
			b.session.set(change)
			time.Sleep(pane.LookTime)
			s.Settle()
		}
		row.MouseDown(nil)
		look(func(f *fakeSession) {
			f.users = append([]auth.UserInfo{{ID: "z", Name: "Al Bo", Active: true}}, f.users...)
		})
		row.MouseDown(nil)
		row.DoubleTapped(nil)
		s.Settle()
		if s.dialog() != nil {
			t.Fatal("it opens somebody else")
		}
		row.MouseDown(nil)
		look(func(f *fakeSession) { f.users[1].Name += ", MD" })
		row.MouseDown(nil)
		row.DoubleTapped(nil)
		s.Settle()
		s.wantDialog(t, "Save")
	})
}

// listItem is a row of a list, as a mouse finds it.
type listItem interface {
	desktop.Mouseable
	fyne.DoubleTappable
}

// itemWith is the row of a list that shows a text.
func itemWith(t *testing.T, s *screenSample, text string) listItem {
	t.Helper()
	for _, o := range test.LaidOutObjects(s.Content()) {
		item, ok := o.(listItem)
		if !ok {
			continue
		}
		for _, cell := range test.LaidOutObjects(o) {
			if cell, ok := cell.(*widget.RichText); ok && cell.String() == text {
				return item
			}
		}
	}
	t.Fatalf("no row says %q", text)
	return nil
}

// userOf is who is chosen in the pane.
func userOf(s *screenSample) (name string, ok bool) {
	for _, o := range test.LaidOutObjects(s.Content()) {
		if text, isText := o.(*widgets.Text); isText && text.Visible() && strings.HasPrefix(text.Text(), "Ben") {
			return text.Text(), true
		}
	}
	return "", false
}

// What is wrong in General gets the focus, so that it is in sight.
func TestGeneralErrorGetsTheFocus(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.press(fyne.KeyReturn)
		for _, typed := range []string{"9", "x", "-"} { // before the 10
			s.press(fyne.KeyTab)
			for s.window.Canvas().Focused() != fyne.Focusable(idleEntry(s)) {
				s.press(fyne.KeyTab)
			}
			s.typed(typed)
			s.tabTo(t, "Save")
			s.press(fyne.KeyReturn)
			if s.window.Canvas().Focused() != fyne.Focusable(idleEntry(s)) || s.general.view().IdleError == "" {
				t.Errorf("%q: the focus is on %T, %+v", typed, s.window.Canvas().Focused(), s.general.view())
			}
			s.press(fyne.KeyBackspace)
		}
		wantChanges(t, b.session)
	})
}

func idleEntry(s *screenSample) *widgets.Entry {
	return s.general.pane.(*generalWidgets).idle
}

// TestProofKeepsNothingTyped: whatever went wrong, no password waits, to be shown or sent, in the
// dialog for who comes next.
func TestProofKeepsNothingTyped(t *testing.T) {
	for _, err := range []error{auth.ErrServer, &auth.AwayError{}, &auth.Refusal{Reason: auth.ErrCodeWrong}} {
		bubble(t, func(t *testing.T, b *bubbled) {
			b.session.need.Code, b.session.refuse = true, err
			s := newPlainSample(t, b)
			s.openBen()
			s.tabTo(t, "One-time code…")
			s.press(fyne.KeyReturn, fyne.KeyTab, fyne.KeyReturn)
			s.wantDialog(t, "Confirm")
			password := s.window.Canvas().Focused().(*widgets.PasswordEntry)
			password.SetShown(true)
			s.typed(rightPassword)
			s.press(fyne.KeyReturn)
			s.typed(rightCode)
			s.wantDialog(t, "Confirm")
			if password.Text != "" || !password.Password || s.window.Canvas().Focused() != fyne.Focusable(password) {
				t.Errorf("%v: the password is %q, hidden %v", err, password.Text, password.Password)
			}
			if text := shownIn(s.dialog()); strings.Contains(text, "still here") {
				t.Errorf("%q", text)
			}
			s.press(fyne.KeyReturn)
			wantChanges(t, b.session, "NewOneTimeCode b", "StepUp")
		})
	}
}

// Whoever gives a password and a code within a day is told before that all
// admins are.
func TestUsersQuestionsSayWhatAllAreTold(t *testing.T) {
	user := auth.UserInfo{GivenPassword: true, GivenCode: true}
	for a, want := range map[act]string{
		actOneTimeCode: "new password", actResetPassword: "one-time code",
	} {
		if q := newQuestion(a, user); !strings.Contains(q.You, want) || !strings.Contains(q.You, "all Practice Admins are told") {
			t.Errorf("%s: %q", q.Title, q.You)
		}
		if q := newQuestion(a, auth.UserInfo{}); q.You != "" {
			t.Errorf("%s: %q", q.Title, q.You)
		}
	}
	if q := newQuestion(actDeactivate, user); q.You != "" {
		t.Errorf("%q", q.You)
	}
}
