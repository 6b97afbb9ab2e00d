package screen_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/widgets"
)

// proveInWindow is prove with the dialog over a screen.
func proveInWindow(t *testing.T, fn func(t *testing.T, s *proving, w *screentest.Window)) {
	t.Helper()
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		s := &proving{Bubble: w.Bubble, Practice: practice.New(t, practice.Records{})}
		time.Sleep(time.Hour) // of the bubble's time
		fn(t, s, w)
	})
}

// askIn is ask with the dialog.
func (s *proving) askIn(ctx context.Context, w *screentest.Window) *outcome {
	return s.deactivateBen(ctx, (&screen.Dialogs{Window: w.Window}).OpenProof)
}

// typeProof types what proves who is there.
func (s *proving) typeProof(w *screentest.Window, password, code string) {
	w.Type(password)
	w.Press(fyne.KeyReturn)
	w.Settle()
	if code != "" {
		w.Type(code)
		w.Settle()
	}
}

// TestProver asks over a screen that is not in the settings.
func TestProver(t *testing.T) {
	proveInWindow(t, func(t *testing.T, s *proving, w *screentest.Window) {
		wantDialog := func() {
			t.Helper()
			if d := w.Dialog(); d == nil || d.Primary().Text != "Confirm" {
				t.Fatalf("%v", d)
			}
		}
		ctx, leave := context.WithCancel(s.Ctx)
		s.askIn(ctx, w)
		wantDialog()
		leave()
		if s.Settle(); w.Dialog() != nil {
			t.Error("the dialog outlives its screen")
		}

		o := s.askIn(s.Ctx, w)
		wantDialog()
		w.Press(fyne.KeyEscape)
		if s.Settle(); w.Dialog() != nil || !errors.Is(o.err, context.Canceled) || !s.isActive(t) {
			t.Errorf("taken back: dialog %v, %v", w.Dialog(), o.err)
		}

		o = s.askIn(s.Ctx, w)
		s.typeProof(w, s.Anna.Password, "")
		if w.Dialog() != nil || !o.isOver || o.err != nil || s.isActive(t) || s.acts != 4 {
			t.Errorf("proven: dialog %v, %+v, tried %d times", w.Dialog(), o, s.acts)
		}
	})
}

// TestProofKeepsNothingTyped: whatever went wrong, no password waits, to be shown or sent, in the
// dialog for who comes next.
func TestProofKeepsNothingTyped(t *testing.T) {
	for name, fails := range map[string]error{"no answer": auth.ErrServer, "away": &auth.AwayError{}, "wrong code": nil} {
		t.Run(name, func(t *testing.T) {
			proveInWindow(t, func(t *testing.T, s *proving, w *screentest.Window) {
				s.turnOn()
				s.askIn(s.Ctx, w)
				password := w.Focused().(*widgets.PasswordEntry)
				password.SetShown(true)
				code := s.Anna.WrongCode()
				if fails != nil {
					code = s.Anna.Code()
					s.Anna.Stop(fails)
				}
				s.typeProof(w, s.Anna.Password, code)
				if d := w.Dialog(); d == nil || d.Error() == "" {
					t.Fatalf("%v", d)
				}
				if password.Text != "" || !password.Password || w.Focused() != fyne.Focusable(password) {
					t.Errorf("the password is %q, hidden %v", password.Text, password.Password)
				}
				if text := strings.Join(w.Texts(), "\n"); strings.Contains(text, "still here") || !strings.Contains(text, "A recovery code or a one-time code does not count here.") {
					t.Errorf("%q", text)
				}
				asked := s.Anna.Asked()
				w.Press(fyne.KeyReturn)
				if s.Settle(); s.Anna.Asked() != asked {
					t.Error("Enter sends something")
				}
			})
		})
	}
}
