package recovery

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
)

type rescueAdminDesk struct {
	*desk
	screen *RescueAdminScreen
	result error
	reset  []string
	done   []string
	back   int
}

func newRescueAdminDesk(t *testing.T, admins ...auth.UserInfo) *rescueAdminDesk {
	d := &rescueAdminDesk{desk: newDesk(t)}
	d.screen = NewRescueAdmin(RescueAdminParams{
		Host: d.host, Admins: admins,
		Reset: func(_ context.Context, id, password string) error {
			d.reset = append(d.reset, id+" "+password)
			return d.result
		},
		Done:   func(name string) { d.done = append(d.done, name) },
		OnBack: func() { d.back++ },
	})
	d.show(d.screen)
	return d
}

func (d *rescueAdminDesk) error(field auth.Field) string { return d.screen.field(field).Error() }

var (
	anna = auth.UserInfo{ID: "1", Name: "Anna Smith", Username: "asmith"}
	ben  = auth.UserInfo{ID: "2", Name: "Ben Jones", Username: "bjones"}
)

func TestRescueAdminOfOne(t *testing.T) {
	d := newRescueAdminDesk(t, anna)
	want(t, "chosen", d.screen.admin.Selected, "Anna Smith, username asmith")
	want(t, "focus", d.window.Canvas().Focused(), fyne.Focusable(d.screen.password))
	d.typeText(testPassword)
	d.window.Canvas().FocusNext()
	d.typeText(testPassword)
	d.press(fyne.KeyReturn)
	d.runUntil(t, "the password to be set", func() bool { return len(d.done) == 1 })
	want(t, "done", d.done[0], "Anna Smith")
	want(t, "reset", strings.Join(d.reset, "|"), "1 "+testPassword)
}

func TestRescueAdminSaysAllThatIsWrongAtOnce(t *testing.T) {
	d := newRescueAdminDesk(t, anna, ben)
	d.screen.password.SetText("short")
	d.press(fyne.KeyReturn)
	d.runUntil(t, "errors", func() bool { return d.error(fieldConfirm) != "" })
	want(t, "admin", d.error(fieldAdmin), "Choose one from the list.")
	want(t, "password", d.error(auth.FieldPassword), "Use at least 12 characters.")
	want(t, "reset", len(d.reset), 0)
	want(t, "focus", d.window.Canvas().Focused(), fyne.Focusable(d.screen.admin))

	d.screen.admin.SetSelectedIndex(1)
	want(t, "admin after choosing", d.error(fieldAdmin), "")
	d.screen.password.SetText("bjones and more words")
	d.screen.confirm.SetText("bjones and more words")
	test.Tap(d.screen.footer.primary)
	d.runUntil(t, "an error", func() bool { return d.error(auth.FieldPassword) != "" })
	want(t, "password", d.error(auth.FieldPassword), "Leave out the names of people, of the practice and of Anteroom.")
	want(t, "reset", len(d.reset), 0)
}

func TestRescueAdminFails(t *testing.T) {
	d := newRescueAdminDesk(t, anna, ben)
	d.result = errors.Join(errors.New("reset"), auth.ErrDiskFull)
	d.screen.admin.SetSelectedIndex(1)
	d.screen.password.SetText(testPassword)
	d.screen.confirm.SetText(testPassword)
	d.press(fyne.KeyReturn)
	d.runUntil(t, "an error", func() bool { return d.screen.message.Text() != "" })
	want(t, "password", d.screen.password.Text+d.screen.confirm.Text, "")
	want(t, "focus", d.window.Canvas().Focused(), fyne.Focusable(d.screen.password))
	want(t, "reset", strings.Join(d.reset, "|"), "2 "+testPassword)
	want(t, "done", len(d.done), 0)
	d.press(fyne.KeyEscape)
	want(t, "back", d.back, 1)
	d.screen.Close()
	want(t, "password after the end", d.screen.password.Text, "")
}
