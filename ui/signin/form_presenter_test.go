package signin

import (
	"context"
	"errors"
	"maps"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/auth"
	"anteroom/auth/keyring"
)

type fakeForm struct {
	view             formView
	focused, retyped int
}

func (f *fakeForm) show(v formView) {
	v.Errors = maps.Clone(v.Errors)
	f.view = v
}
func (f *fakeForm) focusFirstError() { f.focused++ }
func (f *fakeForm) retype()          { f.retyped++ }

type setUpCase struct {
	*queue
	display   *fakeForm
	presenter *setUp
	created   []auth.SetUpForm
	result    error
	done      int
}

func inSetUp(t *testing.T, test func(*testing.T, *setUpCase)) {
	synctest.Test(t, func(t *testing.T) {
		c := &setUpCase{queue: &queue{}, display: &fakeForm{}}
		host, leave := newHost(t, c.queue)
		defer leave()
		c.presenter = newSetUp(host, func(_ context.Context, f auth.SetUpForm) error {
			c.created = append(c.created, f)
			return c.result
		}, func() { c.done++ })
		c.presenter.begin(c.display)
		test(t, c)
	})
}

var goodForm = auth.SetUpForm{
	Practice: "Brook Street & Söhne: Clinic", Name: "Anna Smith", Username: "asmith", Password: testPassword, Zone: "Europe/Berlin",
}

func TestSetUpSaysAllThatIsWrongAtOnce(t *testing.T) {
	inSetUp(t, func(t *testing.T, c *setUpCase) {
		c.presenter.submit(auth.SetUpForm{Practice: " ", Name: "Anna Smith", Password: "password1234"}, "something else")
		c.pass(0)
		got := c.display.view.Errors
		for field, text := range map[auth.Field]string{
			auth.FieldPractice: "Type the practice's name.",
			auth.FieldName:     "",
			auth.FieldUsername: "Type a username.",
			auth.FieldZone:     "Type a city with the practice's time, such as Berlin.",
			auth.FieldPassword: "This is easy to guess. Add words that nobody would expect.",
			fieldConfirm:       "The passwords differ. Type the same one twice.",
		} {
			want(t, string(field), got[field], text)
		}
		want(t, "focused", c.display.focused, 1)
		want(t, "created", len(c.created), 0)

		c.presenter.edited(auth.FieldPractice)
		want(t, "after typing", c.display.view.Errors[auth.FieldPractice], "")
		want(t, "of the others", c.display.view.Errors[auth.FieldUsername], "Type a username.")
	})
}

func TestSetUpKeepsTheFormWhenTheKeyringFails(t *testing.T) {
	inSetUp(t, func(t *testing.T, c *setUpCase) {
		c.result = keyring.ErrLocked
		c.presenter.submit(goodForm, testPassword)
		c.pass(0)
		want(t, "error", c.display.view.Error, "The keyring of this computer is locked. Unlock it, then try again.")
		want(t, "can submit", c.display.view.CanSubmit, true)

		c.result = nil
		c.presenter.submit(goodForm, testPassword)
		c.presenter.submit(goodForm, testPassword)
		c.pass(0)
		want(t, "done", c.done, 1)
		want(t, "created", len(c.created), 2)
	})
}

func TestSetUpShowsTheFieldErrorsOfAuth(t *testing.T) {
	inSetUp(t, func(t *testing.T, c *setUpCase) {
		c.result = auth.FieldErrors{{Field: auth.FieldUsername, Problem: auth.ProblemChars}}
		c.presenter.submit(goodForm, testPassword)
		c.pass(0)
		want(t, "username", c.display.view.Errors[auth.FieldUsername], "Leave out spaces and invisible characters.")
		want(t, "error", c.display.view.Error, "")
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
			before := c.display.view.Strength
			f.Password = step.password
			c.presenter.typed(f)
			c.pass(meterPause / 2)
			want(t, "strength while typing", c.display.view.Strength, before)
			c.pass(meterPause)
			want(t, "strength", c.display.view.Strength, step.want)
		}
	})
}

type fakeNewPassword struct{ answers }

func (f *fakeNewPassword) NewPassword(ctx context.Context, _ string) (auth.State, error) {
	return f.next(ctx)
}

func TestNewPassword(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, l, display := &queue{}, &led{}, &fakeForm{}
		host, leave := newHost(t, q)
		defer leave()
		here := auth.State{Step: auth.StepNewPassword}
		attempt := &fakeNewPassword{answers{list: []answer{
			{state: here, err: &auth.FieldError{Field: auth.FieldPassword, Problem: auth.ProblemSame}},
			{state: auth.State{Step: auth.StepEnrol}, after: time.Second},
			{err: auth.ErrAttemptOver},
		}}}
		n := newNewPassword(host, attempt, l.ways())
		n.begin(display)

		n.submit("short", "shorter")
		q.pass(0)
		want(t, "password", display.view.Errors[auth.FieldPassword], "Use at least 12 characters.")
		want(t, "confirm", display.view.Errors[fieldConfirm], "The passwords differ. Type the same one twice.")
		want(t, "asked", attempt.asked, 0)

		n.submit(testPassword, testPassword)
		q.pass(0)
		want(t, "password", display.view.Errors[auth.FieldPassword], "This is the password you have now. Choose another.")

		n.submit(testPassword, testPassword)
		q.pass(2 * time.Second)
		if l.state == nil || l.state.Step != auth.StepEnrol {
			t.Errorf("the next step is %v", l.state)
		}

		n.submit(testPassword, testPassword)
		q.pass(0)
		if !errors.Is(l.over, auth.ErrAttemptOver) {
			t.Errorf("over because of %v", l.over)
		}
	})
}
