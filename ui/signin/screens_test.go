package signin

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"anteroom/auth"
	"anteroom/auth/keyring"
)

type signInDesk struct {
	*desk
	*led
	attempt *fakePassword
	screen  *SignInScreen
}

func newSignInDesk(t *testing.T, list ...answer) *signInDesk {
	d := &signInDesk{desk: newDesk(t), led: &led{}, attempt: &fakePassword{answers{list: list}}}
	d.screen = NewSignIn(SignInParams{Host: d.host, Ways: d.ways(), Attempt: d.attempt, Practice: "Brook Street"})
	d.show(d.screen)
	return d
}

func TestSignInScreenByKeyboard(t *testing.T) {
	d := newSignInDesk(t, answer{state: auth.State{Step: auth.StepCode}})
	d.typeText("asmith")
	d.press(fyne.KeyReturn)
	want(t, "focus after Enter in the username", d.window.Canvas().Focused(), fyne.Focusable(d.screen.password))
	d.press(fyne.KeyReturn)
	want(t, "asked with no password", d.attempt.asked, 0)
	d.typeText("violet tractor")
	d.press(fyne.KeyReturn)
	want(t, "button while checking", d.screen.footer.primary.Disabled(), true)
	d.runUntil(t, "the next step", func() bool { return d.state != nil })
}

func TestSignInScreenAfterAWrongPassword(t *testing.T) {
	d := newSignInDesk(t, answer{err: refused(auth.ErrCredentials, 0)})
	d.screen.username.SetText("asmith")
	d.screen.password.SetText("wrong")
	d.screen.password.SetShown(true)
	button := d.screen.footer.primary
	before := fyne.CurrentApp().Driver().AbsolutePositionForObject(button)
	test.Tap(button)
	d.runUntil(t, "an error", func() bool { return d.screen.field.Error() != "" })
	want(t, "username", d.screen.username.Text, "asmith")
	want(t, "password", d.screen.password.Text, "")
	want(t, "password shown as bullets", d.screen.password.Password, true)
	want(t, "focus", d.window.Canvas().Focused(), fyne.Focusable(d.screen.password))
	want(t, "place of the button", fyne.CurrentApp().Driver().AbsolutePositionForObject(button), before)
}

func TestSignInScreenEscapeClears(t *testing.T) {
	d := newSignInDesk(t)
	d.typeText("asmith")
	d.window.Canvas().Focus(d.screen.password)
	d.typeText("secret")
	d.press(fyne.KeyEscape)
	want(t, "username", d.screen.username.Text, "")
	want(t, "password", d.screen.password.Text, "")
	want(t, "focus", d.window.Canvas().Focused(), fyne.Focusable(d.screen.username))
}

func TestSignInScreenWipesOnClose(t *testing.T) {
	d := newSignInDesk(t)
	d.screen.password.SetText("secret")
	d.screen.password.SetShown(true)
	d.screen.Close()
	d.screen.password.TypedShortcut(&fyne.ShortcutUndo{})
	want(t, "password", d.screen.password.Text, "")
	want(t, "bullets", d.screen.password.Password, true)
}

func TestForgottenPasswordGivesTheFocusBack(t *testing.T) {
	d := newSignInDesk(t)
	d.screen.explainForgotten()
	d.press(fyne.KeyEscape)
	want(t, "overlay", d.window.Canvas().Overlays().Top(), nil)
	want(t, "focus", d.window.Canvas().Focused(), fyne.Focusable(d.screen.username))
}

func TestCodeScreen(t *testing.T) {
	d, l := newDesk(t), &led{}
	attempt := &fakeCode{answers: answers{list: []answer{
		{state: auth.State{Step: auth.StepCode}, err: refused(auth.ErrCodeWrong, 0)},
		{state: auth.State{Step: auth.StepDone}},
	}}}
	var back int
	s := NewCode(CodeParams{Host: d.host, Ways: l.ways(), Attempt: attempt, Asking: &Asking{since: time.Now()}, Practice: "Brook Street", OnBack: func() { back++ }})
	d.show(s)
	want(t, "focus", d.window.Canvas().Focused(), s.code.Focusable())

	d.typeText("482913")
	d.runUntil(t, "an error", func() bool { return s.field.Error() != "" })
	want(t, "code", s.code.Text(), "")
	want(t, "focus", d.window.Canvas().Focused(), s.code.Focusable())

	d.press(fyne.KeyEscape)
	want(t, "back", back, 1)
	d.typeText("482-914")
	d.runUntil(t, "the session", func() bool { return l.state != nil })
	want(t, "asked", attempt.asked, 2)
}

func TestSetUpScreenFocusesTheFirstWrongField(t *testing.T) {
	d := newDesk(t)
	var created []auth.SetUpForm
	result := error(keyring.ErrNoService)
	s := NewSetUp(SetUpParams{Host: d.host, Zone: "Europe/Berlin", Done: func() {}, Create: func(_ context.Context, f auth.SetUpForm) error {
		created = append(created, f)
		return result
	}})
	d.show(s)
	button := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.footer.primary)

	d.typeText("Brook Street")
	s.password.SetText(testPassword)
	s.confirm.SetText("something else")
	d.press(fyne.KeyReturn)
	d.runUntil(t, "errors", func() bool { return s.field(fieldConfirm).Error() != "" })
	want(t, "focus", d.window.Canvas().Focused(), fyne.Focusable(s.name))

	d.typeText("Anna Smith")
	want(t, "error after typing", s.field(auth.FieldName).Error(), "")
	s.username.SetText("asmith")
	s.confirm.SetText(testPassword)
	s.password.SetShown(true)
	d.press(fyne.KeyReturn)
	d.runUntil(t, "the keyring's error", func() bool { return s.message.Text() != "" })
	want(t, "what was typed", created[0], auth.SetUpForm{Practice: "Brook Street", Name: "Anna Smith", Username: "asmith", Password: testPassword, Zone: "Europe/Berlin"})
	want(t, "password kept", s.password.Text, testPassword)
	want(t, "and hidden", s.password.Password, true)
	want(t, "place of the button", fyne.CurrentApp().Driver().AbsolutePositionForObject(s.footer.primary), button)
}

func TestOpeningCanBeCancelled(t *testing.T) {
	d := newDesk(t)
	var result error
	s := NewOpening(OpeningParams{Host: d.host, Open: hang, Done: func(err error) { result = err }})
	d.show(s)
	want(t, "cancel at once", s.footer.cancel.Visible(), false)
	s.task.become(stalled)
	want(t, "cancel after a while", s.footer.cancel.Visible(), true)
	test.Tap(s.footer.cancel)
	d.runUntil(t, "the end", func() bool { return result != nil })
	want(t, "result", result, context.Canceled)
}

// A session that comes after its screen was left is signed out.
func TestSessionThatNobodyWaitsForIsSignedOut(t *testing.T) {
	d := newDesk(t)
	_, session := newTestPractice()
	tasks := newTask(d.host, func() {})
	began, goOn := make(chan struct{}), make(chan struct{})
	tasks.step(func(context.Context) (auth.State, error) {
		close(began)
		<-goOn
		return auth.State{Step: auth.StepDone, Session: session}, nil
	}, func(auth.State, error) { t.Error("the screen was left") })
	<-began
	d.leave()
	close(goOn)
	d.runUntil(t, "the session to end", func() bool {
		time.Sleep(time.Millisecond)
		return session.Check(t.Context()) != nil
	})
}

// A data folder that another program copies is named before anything lies in it. The
// disk is asked beside the screen, which does not wait for it.
func TestSetUpNamesASynchronisedFolder(t *testing.T) {
	for service, want := range map[string]bool{"": false, "Dropbox": true} {
		d := newDesk(t)
		answers := make(chan string)
		s := NewSetUp(SetUpParams{Host: d.host, Zone: "Europe/Berlin", Done: func() {}, Synchronised: func() string { return <-answers }})
		d.show(s)
		answers <- service
		d.runUntil(t, "what is said in "+service, func() bool {
			return want == slices.ContainsFunc(textsIn(s.Content()), func(text string) bool {
				return strings.HasPrefix(text, "The data folder is in "+service+", which can damage the data")
			})
		})
	}
}
