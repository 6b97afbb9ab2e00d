package recovery

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/signin"
	"anteroom/ui/widgets"
)

type rescueAdminDesk struct {
	*desk
	screen *RescueAdminScreen
	result error
	reset  []string
	done   []string
	back   int
}

func newRescueAdminDesk(w *desk, admins ...auth.UserInfo) *rescueAdminDesk {
	d := &rescueAdminDesk{desk: w}
	d.screen = NewRescueAdmin(RescueAdminParams{
		Scope: d.Scope, Window: d.Window, Admins: admins,
		Reset: func(_ context.Context, id, password string) error {
			d.reset = append(d.reset, id+" "+password)
			return d.result
		},
		Done:   func(name string) { d.done = append(d.done, name) },
		OnBack: func() { d.back++ },
	})
	d.Show(d.screen)
	return d
}

func (d *rescueAdminDesk) error(field auth.Field) string { return d.screen.Field(field).Error() }

// entry is one of the two fields for the password.
func (d *rescueAdminDesk) entry(name auth.Field) *widgets.PasswordEntry {
	return d.screen.Field(name).Input().(*widgets.PasswordEntry)
}

var (
	anna = auth.UserInfo{ID: "1", Name: "Anna Smith", Username: "asmith"}
	ben  = auth.UserInfo{ID: "2", Name: "Ben Jones", Username: "bjones"}
)

func TestRescueAdminOfOne(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newRescueAdminDesk(w, anna)
		want(t, "chosen", d.screen.admin.Selected, "Anna Smith, username asmith")
		want(t, "focus", d.Focused(), fyne.Focusable(d.entry(auth.FieldPassword)))
		d.Type(testPassword)
		d.Tab()
		d.Type(testPassword)
		d.Press(fyne.KeyReturn)
		d.Until(t, "the password to be set", func() bool { return len(d.done) == 1 })
		want(t, "done", d.done[0], "Anna Smith")
		want(t, "reset", strings.Join(d.reset, "|"), "1 "+testPassword)
	})
}

func TestRescueAdminSaysAllThatIsWrongAtOnce(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newRescueAdminDesk(w, anna, ben)
		d.entry(auth.FieldPassword).SetText("short")
		d.Press(fyne.KeyReturn)
		d.Until(t, "errors", func() bool { return d.error(signin.FieldConfirm) != "" })
		want(t, "admin", d.error(fieldAdmin), "Choose one from the list.")
		want(t, "password", d.error(auth.FieldPassword), "Use at least 12 characters.")
		want(t, "reset", len(d.reset), 0)
		want(t, "focus", d.Focused(), fyne.Focusable(d.screen.admin))

		d.screen.admin.SetSelectedIndex(1)
		want(t, "admin after choosing", d.error(fieldAdmin), "")
		d.entry(auth.FieldPassword).SetText("bjones and more words")
		d.entry(signin.FieldConfirm).SetText("bjones and more words")
		test.Tap(d.screen.Footer.Primary)
		d.Until(t, "an error", func() bool { return d.error(auth.FieldPassword) != "" })
		want(t, "password", d.error(auth.FieldPassword), "Leave out the names of people, of the practice and of Anteroom.")
		want(t, "reset", len(d.reset), 0)
	})
}

func TestRescueAdminFails(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := newRescueAdminDesk(w, anna, ben)
		d.result = errors.Join(errors.New("reset"), auth.ErrDiskFull)
		d.screen.admin.SetSelectedIndex(1)
		d.entry(auth.FieldPassword).SetText(testPassword)
		d.entry(signin.FieldConfirm).SetText(testPassword)
		d.Press(fyne.KeyReturn)
		d.Until(t, "an error", func() bool { return d.screen.Message.Text() != "" })
		want(t, "password", d.entry(auth.FieldPassword).Text+d.entry(signin.FieldConfirm).Text, "")
		want(t, "focus", d.Focused(), fyne.Focusable(d.entry(auth.FieldPassword)))
		want(t, "reset", strings.Join(d.reset, "|"), "2 "+testPassword)
		want(t, "done", len(d.done), 0)
		d.Press(fyne.KeyEscape)
		want(t, "back", d.back, 1)
		d.screen.Close()
		want(t, "password after the end", d.entry(auth.FieldPassword).Text, "")
	})
}
