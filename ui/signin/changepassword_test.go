package signin

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/widgets"
)

// fakeChange is what the screen "Change password" has done.
type fakeChange struct {
	answers
	present, password string
	done, backs       int
	ended             error
}

func (f *fakeChange) params(host Host) ChangePasswordParams {
	return ChangePasswordParams{
		Host: host,
		Change: func(ctx context.Context, present, password string) error {
			f.present, f.password = present, password
			_, err := f.next(ctx)
			return err
		},
		Done:    func() { f.done++ },
		OnBack:  func() { f.backs++ },
		OnEnded: func(err error) { f.ended = err },
	}
}

const oldPassword = "nine loud otters swim"

func inChangePassword(t *testing.T, list []answer, test func(*testing.T, *changePassword, *fakeChange, *fakeForm, *queue)) {
	synctest.Test(t, func(t *testing.T) {
		q, f, display := &queue{}, &fakeChange{answers: answers{list: list}}, &fakeForm{}
		host, leave := newHost(t, q)
		defer leave()
		c := newChangePassword(f.params(host))
		c.begin(display)
		test(t, c, f, display, q)
	})
}

func TestChangePasswordSaysAllThatIsWrongAtOnce(t *testing.T) {
	inChangePassword(t, nil, func(t *testing.T, c *changePassword, f *fakeChange, display *fakeForm, q *queue) {
		c.submit("", "short", "shorter")
		q.pass(0)
		for field, text := range map[auth.Field]string{
			auth.FieldOld:      "Type your present password.",
			auth.FieldPassword: "Use at least 12 characters.",
			fieldConfirm:       "The passwords differ. Type the same one twice.",
		} {
			want(t, string(field), display.view.Errors[field], text)
		}
		want(t, "focused", display.focused, 1)
		c.submit("", testPassword, testPassword)
		q.pass(0)
		want(t, "of the new one", display.view.Errors[auth.FieldPassword], "")
		want(t, "of the present one", display.view.Errors[auth.FieldOld], "Type your present password.")
		want(t, "asked", f.asked, 0) // nor charged
	})
}

func TestChangePasswordCountsAWaitDown(t *testing.T) {
	list := []answer{{err: refused(auth.ErrCredentials, 30*time.Second)}, {}}
	inChangePassword(t, list, func(t *testing.T, c *changePassword, f *fakeChange, display *fakeForm, q *queue) {
		c.submit("wrong", testPassword, testPassword)
		q.pass(0)
		want(t, "refused", display.view.Errors[auth.FieldOld], "That is not your present password. Wait 30 s, then try again.")
		want(t, "can submit", display.view.CanSubmit, false)
		q.pass(10 * time.Second)
		want(t, "later", display.view.Errors[auth.FieldOld], "That is not your present password. Wait 20 s, then try again.")
		c.submit(oldPassword, testPassword, testPassword)
		q.pass(0)
		want(t, "asked while it waits", f.asked, 1)
		q.pass(21 * time.Second)
		want(t, "over", display.view.Errors[auth.FieldOld], "That is not your present password. Try again.")
		want(t, "can submit", display.view.CanSubmit, true)
		c.submit(oldPassword, testPassword, testPassword)
		q.pass(0)
		want(t, "done", f.done, 1)
		want(t, "present", f.present, oldPassword)
	})
}

func TestChangePasswordCancelled(t *testing.T) {
	list := []answer{{after: time.Minute}, {err: auth.ErrSessionEnded}}
	inChangePassword(t, list, func(t *testing.T, c *changePassword, f *fakeChange, display *fakeForm, q *queue) {
		c.submit(oldPassword, testPassword, testPassword)
		q.pass(stalledAfter + time.Second)
		want(t, "can be cancelled", display.view.Waiting, stalled)
		c.task.cancel()
		q.pass(0)
		want(t, "cancelled", display.view.Error, "Cancelled. If your old password is refused from now on, the new one counts.")
		want(t, "can submit", display.view.CanSubmit, true)
		c.submit(oldPassword, testPassword, testPassword)
		q.pass(0)
		want(t, "ended", f.ended, error(auth.ErrSessionEnded))
		want(t, "done", f.done, 0)
	})
}

func TestChangePasswordSaysThatItIsTheSame(t *testing.T) {
	list := []answer{{err: &auth.FieldError{Field: auth.FieldPassword, Problem: auth.ProblemSame}}}
	inChangePassword(t, list, func(t *testing.T, c *changePassword, f *fakeChange, display *fakeForm, q *queue) {
		c.submit(testPassword, testPassword, testPassword)
		q.pass(0)
		want(t, "password", display.view.Errors[auth.FieldPassword], "This is the password you have now. Choose another.")
		c.typed(testPassword + "s")
		want(t, "after typing", display.view.Errors[auth.FieldPassword], "")
	})
}

func TestChangePasswordScreenByKeyboard(t *testing.T) {
	d := newDesk(t)
	f := &fakeChange{answers: answers{list: []answer{{err: refused(auth.ErrCredentials, 0)}, {}}}}
	s := NewChangePassword(f.params(d.host))
	d.show(s)
	want(t, "focus", d.window.Canvas().Focused(), fyne.Focusable(s.present))
	for i, text := range []string{oldPassword, testPassword, testPassword} {
		if i > 0 {
			d.window.Canvas().FocusNext()
		}
		d.typeText(text)
	}
	d.press(fyne.KeyReturn)
	d.runUntil(t, "an error", func() bool { return s.field(auth.FieldOld).Error() != "" })
	want(t, "focus on what is wrong", d.window.Canvas().Focused(), fyne.Focusable(s.present))
	d.typeText(oldPassword)
	d.press(fyne.KeyReturn)
	d.runUntil(t, "the end", func() bool { return f.done == 1 })
	want(t, "password", f.password, testPassword)
	d.press(fyne.KeyEscape)
	want(t, "back", f.backs, 1)
	s.Close()
	for _, entry := range []*widgets.PasswordEntry{s.present, s.password, s.confirm} {
		want(t, "after it is left", entry.Text, "")
	}
}

func showChangePassword(d *desk) {
	s := NewChangePassword((&fakeChange{}).params(d.host))
	d.show(s)
	s.present.SetText("wrong")
	s.password.SetText(testPassword)
	s.confirm.SetText(testPassword + "s")
	s.presenter.meter.text = strengthText(testPassword)
	s.presenter.fail(wrongIn("", testPassword, ""))
	s.presenter.failed = failedAt(time.Now(), refused(auth.ErrWait, 30*time.Second))
	s.presenter.task.become(stalled)
}

// What may count already, or with the next Enter, is not left in the fields. A new password is, as
// long as only the present one is wrong.
func TestChangePasswordKeepsNoPassword(t *testing.T) {
	for _, c := range []struct {
		err  error
		left string
	}{{auth.ErrServer, ""}, {auth.ErrUnknown, ""}, {refused(auth.ErrWait, time.Minute), ""}, {refused(auth.ErrCredentials, 0), testPassword}} {
		d := newDesk(t)
		f := &fakeChange{answers: answers{list: []answer{{err: c.err}}}}
		s := NewChangePassword(f.params(d.host))
		d.show(s)
		for field, text := range map[*widgets.PasswordEntry]string{s.present: oldPassword, s.password: testPassword, s.confirm: testPassword} {
			field.SetText(text)
			field.SetShown(true)
		}
		s.submit()
		d.runUntil(t, "the answer", func() bool { return s.message.Text()+s.field(auth.FieldOld).Error() != "" })
		want(t, "present", s.present.Text, "")
		want(t, "new", s.password.Text, c.left)
		want(t, "new again", s.confirm.Text, c.left)
		for _, field := range []*widgets.PasswordEntry{s.present, s.password, s.confirm} {
			want(t, "hidden", field.Password, true)
		}
		want(t, "focus", d.window.Canvas().Focused(), fyne.Focusable(s.present))
	}
}
