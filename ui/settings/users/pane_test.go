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
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// runPane runs a test at the pane, with Anna, Ben, Cleo and Dan.
func runPane(t *testing.T, fn func(t *testing.T, s *sample)) {
	t.Helper()
	panetest.Run(t, practice.Records{}, func(p *panetest.Sample) {
		s := &sample{Sample: p}
		s.hire()
		s.Show(func(p pane.Params) pane.Pane { return New(p, Help{}) })
		fn(p.T, s)
	})
}

// atBen begins with a button about Ben.
func (s *sample) atBen(button string) {
	s.T.Helper()
	s.Press(fyne.KeyDown)
	s.Push(button)
}

// secret is what is handed out in the topmost dialog, as Copy gives it.
func (s *sample) secret() string {
	s.T.Helper()
	s.WantDialog("Done")
	s.Push("Copy")
	return fyne.CurrentApp().Clipboard().Content()
}

func TestAddUserByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *sample) {
		s.Press(panetest.ShiftTab, fyne.KeyReturn)
		s.WantDialog("Add user")
		s.Typed("Al Bo")
		s.Press(fyne.KeyTab)
		s.Typed("albo")
		s.Press(fyne.KeyReturn)
		s.Prove()
		secret := s.secret()
		state, err := s.Ben.Practice.NewAttempt().Password(t.Context(), "albo", secret)
		if err != nil || state.Step != auth.StepNewPassword || !s.Shows(secret) {
			t.Errorf("with %q: %+v, %v", secret, state, err)
		}
		s.Press(fyne.KeyEscape)
		if s.Dialog() != nil {
			t.Error("Esc did not close the one-time password")
		}
		if u := s.stored("Al Bo"); u.Role != pane.Roles[0] {
			t.Errorf("%+v", u)
		}
		s.Pass(work.CopiedFor)
		if got := fyne.CurrentApp().Clipboard().Content(); got != "" {
			t.Errorf("the clipboard still holds %q", got)
		}
	})
}

func TestResetSecondUserByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.Press(fyne.KeyDown, fyne.KeyTab, fyne.KeyTab, fyne.KeyReturn)
		s.WantDialog("Reset two-factor")
		s.Typed("Lost the old phone")
		s.Press(fyne.KeyReturn)
		if e := s.Newest(); e.Event != auth.EventTwoFactorReset || e.Whom != "Ben Jones (bjones)" || e.Detail != "Lost the old phone" {
			t.Errorf("%+v", e)
		}
		if s.Dialog() != nil || !s.stored("Ben Jones").Enrolled.IsZero() {
			t.Errorf("dialog: %v, %+v", s.Dialog(), s.stored("Ben Jones"))
		}
	})
}

func TestEnterOnARowEdits(t *testing.T) {
	runPane(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.Press(fyne.KeyDown, fyne.KeyReturn)
		s.WantDialog("Save")
		s.Typed("Dr ")
		s.Press(fyne.KeyReturn)
		if u := s.stored("Dr Ben Jones"); u.ID != s.Ben.Session.User() || u.Username != "bjones" || u.Role != auth.Staff {
			t.Errorf("%+v", u)
		}
		if s.Dialog() != nil || s.Window.Canvas().Focused() == nil {
			t.Error("the focus did not come back to the list")
		}
	})
}

func TestOneTimeCodeByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *sample) {
		s.atBen("One-time code…")
		s.WantDialog("Make the code")
		if text := s.DialogText(); !strings.Contains(text, "ten minutes") || !strings.Contains(text, "whose voice you know") {
			t.Errorf("%q", text)
		}
		s.Press(fyne.KeyTab, fyne.KeyReturn)
		s.WantDialog("Confirm")
		if !s.Shows("A recovery code or a one-time code does not count here.") {
			t.Errorf("%q", s.DialogText())
		}
		s.Prove()
		code := s.secret()
		if e := s.Newest(); e.Event != auth.EventOneTimeMade || e.Whom != "Ben Jones (bjones)" {
			t.Errorf("%+v", e)
		}
		d := s.Dialog()
		if !s.Shows(code) || !s.Shows("10 min") {
			t.Errorf("%q", s.DialogText())
		}
		s.Pass(8*time.Minute + 20*time.Second)
		if !s.Shows(code) || !s.Shows("2 min") {
			t.Errorf("%q", s.DialogText())
		}
		s.Press(fyne.KeyEscape)
		if text := panetest.Text(d); s.Dialog() != nil || strings.Contains(text, code) {
			t.Errorf("%q", text)
		}
	})
}

func TestOneTimeCodeGoesWhenItIsOver(t *testing.T) {
	runPane(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.atBen("One-time code…")
		s.Press(fyne.KeyTab, fyne.KeyReturn)
		code := s.secret()
		s.Pass(10 * time.Minute)
		if s.Shows(code) || !s.Shows("This code is over.") {
			t.Errorf("%q", s.DialogText())
		}
		s.Press(fyne.KeyReturn) // not Copy any more
		if got := fyne.CurrentApp().Clipboard().Content(); got != "" || s.Dialog() != nil {
			t.Errorf("copied %q, dialog: %v", got, s.Dialog())
		}
	})
}

func TestOneTimeCodeLeavesTheScreenWithTheSettings(t *testing.T) {
	runPane(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.atBen("One-time code…")
		s.Press(fyne.KeyTab, fyne.KeyReturn)
		code, d := s.secret(), s.Dialog()
		s.Leave()
		if text := panetest.Text(d); s.Dialog() != nil || strings.Contains(text, code) {
			t.Errorf("%q", text)
		}
	})
}

func TestHandOverCodeByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.handOver()
		s.atBen("Reset Two-Factor Auth")
		s.Typed("New phone")
		s.Press(fyne.KeyReturn)
		code, d := s.secret(), s.Dialog()
		if !s.Shows(code) || !s.Shows("within 24 hours") {
			t.Errorf("%q", s.DialogText())
		}
		s.Press(fyne.KeyEscape)
		if text := panetest.Text(d); s.Dialog() != nil || strings.Contains(text, code) {
			t.Errorf("%q", text)
		}
	})
}

func TestLiftWaitByKeyboard(t *testing.T) {
	runPane(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.Ben.Guess()
		s.Pass(pane.LookTime)
		s.atBen("Lift wait")
		s.WantDialog("Lift wait")
		if !s.Shows("A disabled authenticator stays disabled.") {
			t.Errorf("%q", s.DialogText())
		}
		s.Press(fyne.KeyTab, fyne.KeyReturn)
		if e := s.Newest(); e.Event != auth.EventWaitLifted || s.Dialog() != nil {
			t.Errorf("%+v, dialog: %v", e, s.Dialog())
		}
		if s.Button("Lift wait") != nil {
			t.Error("it can be lifted again")
		}
	})
}

// TestASecondEnterDoesNothing: what is asked before it is done to somebody is not done
// by one Enter too many.
func TestASecondEnterDoesNothing(t *testing.T) {
	for text, isActive := range map[string]bool{
		"One-time code…": true, "Lift wait": true, "Sign out…": true, "Reset password…": true, "Deactivate…": true, "Reactivate…": false,
	} {
		runPane(t, func(t *testing.T, s *sample) {
			s.Anna.StepUp()
			s.Ben.Guess()
			if !isActive {
				s.must(s.Anna.Session.Deactivate(t.Context(), s.Ben.Session.User()))
			}
			s.Pass(pane.LookTime)
			before := s.Newest().Seq
			s.atBen(text)
			if s.Dialog() == nil {
				t.Errorf("%s: nothing is asked", text)
			}
			s.Press(fyne.KeyReturn)
			if s.Dialog() != nil {
				t.Errorf("%s: shown is %q", text, s.DialogText())
			}
			if e := s.Newest(); e.Seq != before {
				t.Errorf("%s: %+v", text, e)
			}
		})
	}
}

// TestBeginsWithHelp: one step from the front desk, and the rest as ever.
func TestBeginsWithHelp(t *testing.T) {
	for primary, isReset := range map[string]bool{"Make the code": false, "Reset two-factor": true} {
		panetest.Run(t, practice.Records{}, func(p *panetest.Sample) {
			s := &sample{Sample: p}
			s.hire()
			before := s.Newest().Seq
			s.Show(func(p pane.Params) pane.Pane { return New(p, Help{User: s.Ben.Session.User(), IsReset: isReset}) })
			s.WantDialog(primary)
			if !s.Shows("Ben Jones") {
				t.Errorf("%q", s.DialogText())
			}
			s.Press(fyne.KeyEscape)
			if e := s.Newest(); s.Dialog() != nil || e.Seq != before {
				t.Errorf("Esc did not leave it: %+v", e)
			}
		})
	}
}

// A dialog that is open stays as it is while the list is read again.
func TestLookingLeavesADialogAlone(t *testing.T) {
	runPane(t, func(t *testing.T, s *sample) {
		s.Press(fyne.KeyDown, fyne.KeyReturn)
		s.Typed("Dr ")
		s.add("Abe Alto", "aalto")
		s.Pass(pane.LookTime)
		s.WantDialog("Save")
		if e, ok := s.Window.Canvas().Focused().(*widgets.Entry); !ok || e.Text != "Dr Ben Jones" {
			t.Errorf("the focus is on %T", s.Window.Canvas().Focused())
		}
		s.Press(fyne.KeyEscape)
		if text := panetest.Text(s.Pane.Content); !strings.Contains(text, "Abe Alto") || !strings.Contains(text, "Username: bjones") {
			t.Errorf("shown: %q", text)
		}
	})
}

// A double click opens whom both presses hit, whatever the row says of them by then,
// and nobody where the list moved under the mouse.
func TestDoubleClickOnAUser(t *testing.T) {
	runPane(t, func(t *testing.T, s *sample) {
		row := itemWith(t, s.Pane.Content, "Ben Jones")
		row.MouseDown(nil)
		s.add("Abe Alto", "aalto")
		s.Pass(pane.LookTime)
		row.MouseDown(nil)
		row.DoubleTapped(nil)
		s.Settle()
		if s.Dialog() != nil {
			t.Fatal("it opens somebody else")
		}
		row.MouseDown(nil)
		u := s.stored("Anna Smith")
		was := auth.UserForm{Name: u.Name, Username: u.Username, Role: u.Role}
		s.must(s.Anna.Session.EditUser(t.Context(), u.ID, was, auth.UserForm{Name: "Anna Smith, MD", Username: u.Username, Role: u.Role}))
		s.Pass(pane.LookTime)
		row.MouseDown(nil)
		row.DoubleTapped(nil)
		s.Settle()
		s.WantDialog("Save")
	})
}

// listItem is a row of a list, as a mouse finds it.
type listItem interface {
	desktop.Mouseable
	fyne.DoubleTappable
}

// itemWith is the row of a list that shows a text.
func itemWith(t *testing.T, in fyne.CanvasObject, text string) listItem {
	t.Helper()
	for _, o := range test.LaidOutObjects(in) {
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

// Whoever gives a password and a code within a day is told before that all
// admins are.
func TestUsersQuestionsSayWhatAllAreTold(t *testing.T) {
	user := auth.UserInfo{GivenPassword: true, GivenCode: true}
	for a, want := range map[action]string{
		actionOneTimeCode: "new password", actionResetPassword: "one-time code",
	} {
		if q := newQuestion(a, user); !strings.Contains(q.You, want) || !strings.Contains(q.You, "all Practice Admins are told") {
			t.Errorf("%s: %q", q.Title, q.You)
		}
		if q := newQuestion(a, auth.UserInfo{}); q.You != "" {
			t.Errorf("%s: %q", q.Title, q.You)
		}
	}
	if q := newQuestion(actionDeactivate, user); q.You != "" {
		t.Errorf("%q", q.You)
	}
}

// TestMenuOfAUser lets down what the buttons below the list do, by the keyboard.
func TestMenuOfAUser(t *testing.T) {
	runPane(t, func(t *testing.T, s *sample) {
		s.Press(fyne.KeyDown, desktop.KeyMenu, fyne.KeyReturn)
		s.WantDialog("Save")
		if !strings.Contains(s.DialogText(), "Edit") {
			t.Errorf("the dialog is %q", s.DialogText())
		}
		s.Press(fyne.KeyEscape, desktop.KeyMenu, fyne.KeyDown, fyne.KeyReturn)
		s.WantDialog("Reset two-factor")
	})
}
