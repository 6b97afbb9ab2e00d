package signin

import (
	"context"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/keyring"
	"anteroom/ui/screen/screentest"
)

// formCase is a form's display.
type formCase struct {
	*screentest.Bubble
	shown            FormView
	focused, retyped int
}

func (c *formCase) display() FormDisplay {
	return FormDisplay{View: screentest.View(&c.shown), FocusError: func() { c.focused++ }, Retype: func() { c.retyped++ }}
}

// setUpCase is the presenter of the screen "Set up your practice", before there is one.
type setUpCase struct {
	formCase
	deps      auth.Deps
	keyring   *authtest.Keyring
	presenter *setUp
	done      int
}

func inSetUp(t *testing.T, fn func(t *testing.T, c *setUpCase)) {
	t.Helper()
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		c := &setUpCase{formCase: formCase{Bubble: b}, keyring: authtest.NewKeyring()}
		c.deps = auth.Deps{Location: &authtest.Memory{}, Keyring: c.keyring, Now: time.Now, Cost: authtest.Cheap}
		c.presenter = newSetUp(b.Scope, func(ctx context.Context, f auth.SetUpForm) error {
			made, _, err := auth.SetUp(ctx, c.deps, f)
			if err == nil {
				t.Cleanup(func() { _ = made.Close() })
			}
			return err
		}, func() { c.done++ })
		c.presenter.Begin(c.display())
		fn(t, c)
	})
}

func (c *setUpCase) submit(f auth.SetUpForm, confirm string) {
	c.presenter.submit(f, confirm)
	c.Settle()
}

var goodForm = auth.SetUpForm{
	Practice: "Brook Street & Söhne: Clinic", Name: "Anna Smith", Username: "asmith", Password: testPassword, Zone: "Europe/Berlin",
}

func TestSetUpSaysAllThatIsWrongAtOnce(t *testing.T) {
	inSetUp(t, func(t *testing.T, c *setUpCase) {
		c.submit(auth.SetUpForm{Practice: " ", Name: "Anna Smith", Password: "password1234"}, "something else")
		for field, text := range map[auth.Field]string{
			auth.FieldPractice: "Type the practice's name.",
			auth.FieldName:     "",
			auth.FieldUsername: "Type a username.",
			auth.FieldZone:     "Type a city with the practice's time, such as Berlin.",
			auth.FieldPassword: "This is easy to guess. Add words that nobody would expect.",
			FieldConfirm:       "The passwords differ. Type the same one twice.",
		} {
			want(t, string(field), c.shown.Errors[field], text)
		}
		want(t, "focused", c.focused, 1)
		c.presenter.Edited(auth.FieldPractice)
		want(t, "after typing", c.shown.Errors[auth.FieldPractice], "")
		want(t, "of the others", c.shown.Errors[auth.FieldUsername], "Type a username.")
		exists, err := c.deps.Location.Exists(t.Context())
		want(t, "created", exists || err != nil, false)
	})
}

func TestSetUpKeepsTheFormWhenTheKeyringFails(t *testing.T) {
	inSetUp(t, func(t *testing.T, c *setUpCase) {
		c.keyring.Fail = func(string, string) error { return keyring.ErrLocked }
		c.submit(goodForm, testPassword)
		want(t, "error", c.shown.Error, "The keyring of this computer is locked. Unlock it, then try again.")
		want(t, "can submit", c.shown.CanSubmit, true)
		want(t, "retyped", c.retyped, 1)

		c.keyring.Fail = nil
		c.presenter.submit(goodForm, testPassword)
		c.submit(goodForm, testPassword)
		want(t, "done", c.done, 1)
	})
}

// TestSetUpShowsTheFieldErrorsOfAuth: also where only one field is wrong.
func TestSetUpShowsTheFieldErrorsOfAuth(t *testing.T) {
	inSetUp(t, func(t *testing.T, c *setUpCase) {
		f := goodForm
		f.Username = "a smith"
		c.submit(f, testPassword)
		want(t, "username", c.shown.Errors[auth.FieldUsername], "Leave out spaces and invisible characters.")
		want(t, "error", c.shown.Error, "")
	})
}

func TestStrengthIsSaidAMomentAfterTheLastKey(t *testing.T) {
	inSetUp(t, func(t *testing.T, c *setUpCase) {
		f := goodForm
		for _, step := range []struct{ password, want string }{
			{"seven", "5 of at least 12 characters."},
			{"anna smith anna smith", "Leave out the names of people, of the practice and of Anteroom."},
			{"password1234", "This is easy to guess. Add words that nobody would expect."},
			{testPassword, "Strength: very good."},
		} {
			before := c.shown.Strength
			f.Password = step.password
			c.presenter.typed(f)
			c.Pass(strengthPause / 2)
			want(t, "strength while typing", c.shown.Strength, before)
			c.Pass(strengthPause)
			want(t, "strength", c.shown.Strength, step.want)
		}
	})
}

func TestNewPassword(t *testing.T) {
	const chosen = "brass kettle on the hob"
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		all, l, c := newPractice(t), &led{}, &formCase{Bubble: b}
		all.Anna.StepUp()
		oneTime, err := all.Anna.Session.ResetPassword(t.Context(), all.Ben.Session.User())
		must(t, err)
		attempt := all.Ben.Practice.NewAttempt()
		_, err = attempt.Password(t.Context(), all.Ben.Username, oneTime)
		must(t, err)
		n := newNewPassword(NewPasswordParams{Scope: b.Scope, Navigation: l.navigation(), Attempt: attempt})
		n.Begin(c.display())
		submit := func(password, confirm string) {
			n.submit(password, confirm)
			b.Settle()
		}
		asked := all.Ben.Asked()
		submit("short", "shorter")
		want(t, "password", c.shown.Errors[auth.FieldPassword], "Use at least 12 characters.")
		want(t, "confirm", c.shown.Errors[FieldConfirm], "The passwords differ. Type the same one twice.")
		want(t, "asked", all.Ben.Asked(), asked)
		submit(oneTime, oneTime)
		want(t, "password", c.shown.Errors[auth.FieldPassword], "This is the password you have now. Choose another.")
		submit(chosen, chosen)
		if l.state == nil || l.state.Step != auth.StepDone {
			t.Errorf("the next step is %v", l.state)
		}
		submit(testPassword, testPassword) // of an attempt that is over
		want(t, "over", l.over != nil, true)
	})
}
