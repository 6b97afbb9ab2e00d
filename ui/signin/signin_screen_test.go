package signin

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"anteroom/auth"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/work"
)

// signInDesk is the screen "Sign in" in a window, at Ben's.
type signInDesk struct {
	*desk
	*led
	ben    *practice.Window
	screen *SignInScreen
}

func inSignInDesk(t *testing.T, change func(*SignInParams), fn func(t *testing.T, d *signInDesk)) {
	t.Helper()
	inWindow(t, func(t *testing.T, w *desk) {
		d := &signInDesk{desk: w, led: &led{}, ben: newPractice(t).Ben}
		p := SignInParams{Scope: w.Scope, Window: w.Window, Navigation: d.navigation(), Attempt: d.ben.Practice.NewAttempt(), Practice: "Brook Street"}
		if change != nil {
			change(&p)
		}
		d.screen = NewSignIn(p)
		d.Show(d.screen)
		fn(t, d)
		d.ben.Answer()
	})
}

// try submits a password that is shown.
func (d *signInDesk) try(password string) {
	d.screen.username.SetText("bjones")
	d.screen.password.SetText(password)
	d.screen.password.SetShown(true)
	test.Tap(d.screen.footer.Primary)
	d.Settle()
}

func TestSignInScreenByKeyboard(t *testing.T) {
	inSignInDesk(t, nil, func(t *testing.T, d *signInDesk) {
		asked := d.ben.Asked()
		d.Type("bjones")
		d.Press(fyne.KeyReturn)
		isFocused(t, d.desk, "Enter in the username", d.screen.password)
		d.Press(fyne.KeyReturn)
		want(t, "asked with no password", d.ben.Asked(), asked)
		d.Type(testPassword)
		d.Press(fyne.KeyReturn)
		want(t, "button while checking", d.screen.footer.Primary.Disabled(), true)
		d.Until(t, "the next step", func() bool { return d.state != nil })
	})
}

// The field is empty after an error, and shows nothing of what is typed next.
func TestSignInScreenKeepsNoPassword(t *testing.T) {
	for password, fails := range map[string]error{wrongPassword: nil, testPassword: &auth.AwayError{}} {
		inSignInDesk(t, nil, func(t *testing.T, d *signInDesk) {
			if fails != nil {
				d.ben.Stop(fails)
			}
			before := place(d.screen.footer.Primary)
			d.try(password)
			want(t, "says something", d.screen.field.Error() != "", true)
			want(t, "username", d.screen.username.Text, "bjones")
			want(t, "password", d.screen.password.Text, "")
			want(t, "password shown as bullets", d.screen.password.Password, true)
			isFocused(t, d.desk, "after an error", d.screen.password)
			want(t, "place of the button", place(d.screen.footer.Primary), before)
		})
	}
}

func TestSignInScreenEscapeClears(t *testing.T) {
	inSignInDesk(t, nil, func(t *testing.T, d *signInDesk) {
		d.Type("asmith")
		d.Window.Canvas().Focus(d.screen.password)
		d.Type("secret")
		d.Press(fyne.KeyEscape)
		want(t, "username", d.screen.username.Text, "")
		want(t, "password", d.screen.password.Text, "")
		isFocused(t, d.desk, "after Esc", d.screen.username)
	})
}

func TestSignInScreenWipesOnClose(t *testing.T) {
	inSignInDesk(t, nil, func(t *testing.T, d *signInDesk) {
		d.screen.password.SetText("secret")
		d.screen.Close()
		want(t, "password", d.screen.password.Text, "")
	})
}

func TestForgottenPasswordGivesTheFocusBack(t *testing.T) {
	kit := 0
	inSignInDesk(t, func(p *SignInParams) { p.OnKit = func() { kit++ } }, func(t *testing.T, d *signInDesk) {
		d.screen.explainForgotten()
		d.Press(fyne.KeyEscape)
		want(t, "dialog", d.Dialog(), nil)
		isFocused(t, d.desk, "after Esc", d.screen.username)
		d.screen.explainForgotten()
		test.Tap(d.Dialog().Primary())
		want(t, "the way to the kit", kit, 1)
	})
}

// TestSignInScreenNamesAClockThatIsBehind: once it is two days behind, only an admin with a code
// or the kit gets in.
func TestSignInScreenNamesAClockThatIsBehind(t *testing.T) {
	inWindow(t, func(t *testing.T, w *desk) {
		behind := 48 * time.Hour
		slow := newPractice(t).OpenAt(func() time.Time { return time.Now().Add(-behind) })
		s := NewSignIn(SignInParams{
			Scope: w.Scope, Window: w.Window, Navigation: (&led{}).navigation(), Attempt: slow.NewAttempt(), Practice: "Brook Street",
			ClockBehind: slow.ClockBehind,
		})
		w.Show(s)
		want(t, "clock is named", s.clock.Visible() && s.clock.Text() != "", true)
		button := place(s.footer.Primary)
		s.username.SetText("bjones")
		w.Window.Canvas().Focus(s.password)
		w.Type(testPassword)
		w.Press(fyne.KeyReturn)
		w.Until(t, "the refusal", func() bool { return s.field.Error() != "" })
		s.card.Refresh()
		want(t, "place of the button", place(s.footer.Primary), button)

		behind = 0
		w.Pass(clockTime)
		want(t, "set right", s.clock.Visible(), false)
	})
}

func TestSignInTellsTheAddress(t *testing.T) {
	inSignInDesk(t, nil, func(t *testing.T, d *signInDesk) {
		want(t, "a link without an address", d.Button("Copy the address") == nil, true)
		clip := test.NewClipboard()
		d.Show(NewSignIn(SignInParams{Scope: d.Scope, Window: d.Window, Address: "192.168.1.20", Copier: work.NewCopier(d.Runner, clip)}))
		var shown string
		for _, o := range test.LaidOutObjects(d.Window.Content()) {
			if r, ok := o.(*widget.RichText); ok {
				shown += r.String()
			}
		}
		want(t, "shown", strings.Contains(shown, "Other computers connect to 192.168.1.20."), true)
		d.Button("Copy the address").OnTapped()
		want(t, "copied", clip.Content(), "192.168.1.20")
	})
}

func TestOpeningCanBeCancelled(t *testing.T) {
	inWindow(t, func(t *testing.T, w *desk) {
		var result error
		s := NewOpening(OpeningParams{Scope: w.Scope, Window: w.Window, Open: hang, Done: func(err error) { result = err }})
		w.Show(s)
		want(t, "cancel at once", s.footer.Cancel.Visible(), false)
		w.Pass(5 * time.Second)
		want(t, "cancel after a while", s.footer.Cancel.Visible(), true)
		test.Tap(s.footer.Cancel)
		w.Settle()
		want(t, "called off", isCancelled(result), true)
	})
}
