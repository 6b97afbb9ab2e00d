package signin

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/widgets"
)

// chosenPassword is the new one.
const chosenPassword = "brass kettle on the hob"

// changeCase is the presenter of the screen "Change password", at Ben's.
type changeCase struct {
	formCase
	ben       *practice.Window
	presenter *changePassword
	done      int
}

func changeParams(s screen.Scope, w fyne.Window, ben *practice.Window, done *int) ChangePasswordParams {
	return ChangePasswordParams{Scope: s, Window: w, Change: ben.Session.ChangePassword, Done: func() { *done++ }}
}

func inChangePassword(t *testing.T, fn func(t *testing.T, c *changeCase)) {
	t.Helper()
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		c := &changeCase{formCase: formCase{Bubble: b}, ben: newPractice(t).Ben}
		c.presenter = newChangePassword(changeParams(b.Scope, nil, c.ben, &c.done))
		c.presenter.Begin(c.display())
		fn(t, c)
		c.ben.Answer()
	})
}

func (c *changeCase) submit(present, password, confirm string) {
	c.presenter.submit(present, password, confirm)
	c.Settle()
}

func TestChangePasswordSaysAllThatIsWrongAtOnce(t *testing.T) {
	inChangePassword(t, func(t *testing.T, c *changeCase) {
		asked := c.ben.Asked()
		c.submit("", "short", "shorter")
		for field, text := range map[auth.Field]string{
			auth.FieldOld:      "Type your present password.",
			auth.FieldPassword: "Use at least 12 characters.",
			FieldConfirm:       "The passwords differ. Type the same one twice.",
		} {
			want(t, string(field), c.shown.Errors[field], text)
		}
		want(t, "focused", c.focused, 1)
		c.submit("", chosenPassword, chosenPassword)
		want(t, "of the new one", c.shown.Errors[auth.FieldPassword], "")
		want(t, "of the present one", c.shown.Errors[auth.FieldOld], "Type your present password.")
		want(t, "asked", c.ben.Asked(), asked) // nor charged
	})
}

func TestChangePasswordCountsAWaitDown(t *testing.T) {
	inChangePassword(t, func(t *testing.T, c *changeCase) {
		for range 5 {
			c.submit(wrongPassword, chosenPassword, chosenPassword)
		}
		want(t, "refused", c.shown.Errors[auth.FieldOld], "That is not your present password. Wait 30 s, then try again.")
		want(t, "can submit", c.shown.CanSubmit, false)
		c.Pass(10 * time.Second)
		want(t, "later", c.shown.Errors[auth.FieldOld], "That is not your present password. Wait 20 s, then try again.")
		asked := c.ben.Asked()
		c.submit(testPassword, chosenPassword, chosenPassword)
		want(t, "asked while it waits", c.ben.Asked(), asked)
		c.Pass(21 * time.Second)
		want(t, "over", c.shown.Errors[auth.FieldOld], "That is not your present password. Try again.")
		want(t, "can submit", c.shown.CanSubmit, true)
		c.submit(testPassword, chosenPassword, chosenPassword)
		want(t, "done", c.done, 1)
	})
}

func TestChangePasswordCancelled(t *testing.T) {
	inChangePassword(t, func(t *testing.T, c *changeCase) {
		c.ben.Delay(time.Minute)
		c.submit(testPassword, chosenPassword, chosenPassword)
		c.Pass(screen.StalledAfter + time.Second)
		want(t, "can be cancelled", c.shown.Stage, screen.Stalled)
		c.presenter.Task.Cancel()
		c.Settle()
		want(t, "cancelled", c.shown.Error, "Cancelled. If your old password is refused from now on, the new one counts.")
		want(t, "can submit", c.shown.CanSubmit, true)
		c.ben.Answer()
		must(t, c.ben.Session.SignOut(t.Context()))
		c.submit(testPassword, chosenPassword, chosenPassword)
		want(t, "ended", len(c.Ended), 1)
		want(t, "done", c.done, 0)
	})
}

func TestChangePasswordSaysThatItIsTheSame(t *testing.T) {
	inChangePassword(t, func(t *testing.T, c *changeCase) {
		c.submit(testPassword, testPassword, testPassword)
		want(t, "password", c.shown.Errors[auth.FieldPassword], "This is the password you have now. Choose another.")
		c.presenter.Typed(testPassword + "s")
		want(t, "after typing", c.shown.Errors[auth.FieldPassword], "")
	})
}

func TestChangePasswordScreenByKeyboard(t *testing.T) {
	inWindow(t, func(t *testing.T, w *desk) {
		ben, done, back := newPractice(t).Ben, 0, 0
		p := changeParams(w.Scope, w.Window, ben, &done)
		p.OnBack = func() { back++ }
		s := NewChangePassword(p)
		w.Show(s)
		isFocused(t, w, "first", s.present)
		for i, text := range []string{wrongPassword, chosenPassword, chosenPassword} {
			if i > 0 {
				w.Tab()
			}
			w.Type(text)
		}
		w.Press(fyne.KeyReturn)
		w.Until(t, "an error", func() bool { return s.Field(auth.FieldOld).Error() != "" })
		isFocused(t, w, "what is wrong", s.present)
		w.Type(testPassword)
		w.Press(fyne.KeyReturn)
		w.Until(t, "the end", func() bool { return done == 1 })
		_, err := ben.Practice.NewAttempt().Password(t.Context(), ben.Username, chosenPassword)
		want(t, "signs in with the new one", err, nil)
		w.Press(fyne.KeyEscape)
		want(t, "back", back, 1)
		s.Close()
		for _, entry := range []*widgets.PasswordEntry{s.present, s.password, s.confirm} {
			want(t, "after it is left", entry.Text, "")
		}
	})
}

// What may be valid already, or be with the next Enter, is not left in the fields. A new password
// is, as long as only the present one is wrong.
func TestChangePasswordKeepsNoPassword(t *testing.T) {
	for _, c := range []struct {
		present string
		fails   error
		left    string
	}{{testPassword, auth.ErrServer, ""}, {testPassword, auth.ErrUnknown, ""}, {wrongPassword, nil, chosenPassword}} {
		inWindow(t, func(t *testing.T, w *desk) {
			ben, done := newPractice(t).Ben, 0
			if c.fails != nil {
				ben.Stop(c.fails)
			}
			s := NewChangePassword(changeParams(w.Scope, w.Window, ben, &done))
			w.Show(s)
			for field, text := range map[*widgets.PasswordEntry]string{s.present: c.present, s.password: chosenPassword, s.confirm: chosenPassword} {
				field.SetText(text)
				field.SetShown(true)
			}
			s.submit()
			w.Until(t, "the answer", func() bool { return s.Message.Text()+s.Field(auth.FieldOld).Error() != "" })
			want(t, "present", s.present.Text, "")
			want(t, "new", s.password.Text, c.left)
			want(t, "new again", s.confirm.Text, c.left)
			for _, field := range []*widgets.PasswordEntry{s.present, s.password, s.confirm} {
				want(t, "hidden", field.Password, true)
			}
			isFocused(t, w, "after an error", s.present)
			ben.Answer()
		})
	}
}
