package auth_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"anteroom/auth"
)

// TestResetAdmin: the last resort lets one admin in again, and nobody else.
func TestResetAdmin(t *testing.T) {
	w := newWorld(t)
	w.put("p", "Grete")
	oneTime := w.addBen()
	phone := w.turnOn(auth.Monthly)
	w.signInAnna(phone)
	benPhone, ben := w.enrolBen(oneTime)
	old := w.anna
	users, err := w.anna.Users(w.ctx)
	w.must(err)
	annaID, benID := users[0].ID, users[1].ID
	cara := w.addAdmin()
	for range 6 { // somebody guessed at Anna's password
		_, err = w.practice.NewAttempt().Password(w.ctx, "asmith", "wrong")
	}
	w.refused(err, auth.ErrWait)

	r := w.rescue()
	w.practice, err = r.Open(w.ctx, false)
	w.must(err)
	if all := r.Admins(); len(all) != 2 || all[0].ID != annaID || all[1].ID != cara {
		t.Fatalf("%+v", all)
	}
	const fresh = "orange harbour 17 sings"
	before := w.memory.Rows()
	for id, want := range map[string]error{benID: auth.ErrConflict, "nobody": auth.ErrNotFound} {
		w.refused(r.ResetAdmin(w.ctx, w.practice, id, fresh), want)
	}
	for _, weak := range []string{"", "short", "password1234", "the smith of all things"} {
		var field *auth.FieldError
		if err := r.ResetAdmin(w.ctx, w.practice, annaID, weak); !errors.As(err, &field) || field.Field != auth.FieldPassword {
			t.Errorf("%q: %v", weak, err)
		}
	}
	w.unchanged(before)
	w.must(w.anna.Check(w.ctx))

	w.must(r.ResetAdmin(w.ctx, w.practice, annaID, fresh))
	w.refused(old.Check(w.ctx), auth.ErrSessionEnded)
	w.must(ben.Check(w.ctx))
	w.clock.Advance(time.Hour)
	_, err = w.practice.NewAttempt().Password(w.ctx, "asmith", annaPassword)
	w.refused(err, auth.ErrCredentials)
	a := w.practice.NewAttempt()
	state, err := a.Password(w.ctx, "asmith", fresh)
	w.must(err)
	if state.Step != auth.StepEnrol || state.Reset != nil {
		t.Fatalf("%+v", state)
	}
	e, err := a.Enrolment(w.ctx)
	w.must(err)
	state, err = a.Confirm(w.ctx, scan(t, e).code(w.clock.Now()))
	w.must(err)
	w.anna = state.Session
	w.reads("p", "Grete")
	if news := w.news(); news[len(news)-2] != auth.NewsKitAdmin || news[len(news)-1] != auth.NewsEnrolled {
		t.Errorf("news %q", news)
	}
	a = w.practice.NewAttempt()
	_, err = a.Password(w.ctx, "bjones", benPassword)
	w.must(err)
	_, err = a.Code(w.ctx, benPhone.code(w.clock.Now()))
	if err != nil && !errors.Is(err, auth.ErrAttemptOver) { // trusted: nothing was asked
		t.Error(err)
	}
	w.logIntact()
}

// addAdmin adds Cara, an admin, and gives her id.
func (w *world) addAdmin() string {
	w.t.Helper()
	_, err := w.anna.AddUser(w.ctx, auth.UserForm{Name: "Cara Lind", Username: "clind", Role: auth.Admin})
	w.must(err)
	users, err := w.anna.Users(w.ctx)
	w.must(err)
	return users[slices.IndexFunc(users, func(u auth.UserInfo) bool { return u.Name == "Cara Lind" })].ID
}

// TestResetAdminRefused: who was deactivated or is no admin any more stays out,
// also when it happened after the kit was typed; and so does a kit that was
// replaced meanwhile.
func TestResetAdminRefused(t *testing.T) {
	w := newWorld(t)
	w.stepUp(w.anna, annaPassword, nil)
	cara := w.addAdmin()
	r := w.rescue()
	p, err := r.Open(w.ctx, false)
	w.must(err)
	const fresh = "orange harbour 17 sings"
	w.must(w.edit(cara, auth.UserForm{Name: "Cara Lind", Username: "clind", Role: auth.Staff}))
	w.refused(r.ResetAdmin(w.ctx, p, cara, fresh), auth.ErrConflict)
	w.must(w.edit(cara, auth.UserForm{Name: "Cara Lind", Username: "clind", Role: auth.Admin}))
	w.must(w.anna.Deactivate(w.ctx, cara))
	w.refused(r.ResetAdmin(w.ctx, p, cara, fresh), auth.ErrConflict)
	if all := w.rescue().Admins(); len(all) != 1 || all[0].Name != "Anna Smith" {
		t.Errorf("%+v", all)
	}
	w.newKit()
	users, err := w.anna.Users(w.ctx)
	w.must(err)
	w.refused(r.ResetAdmin(w.ctx, p, users[0].ID, fresh), auth.ErrConflict)
	w.must(w.anna.Check(w.ctx))
}

// TestRestoreOlderPassword: an admin who had another password then needs the
// kit, for nothing else opens the records of that time. The password of then does
// not come back where the present data says that it was replaced.
func TestRestoreOlderPassword(t *testing.T) {
	w := newWorld(t)
	w.put("p", "Grete")
	path := w.backUp()
	w.clock.Advance(time.Minute)
	const fresh = "orange harbour 17 sings"
	r := w.rescue()
	p, err := r.Open(w.ctx, false)
	w.must(err)
	w.must(r.ResetAdmin(w.ctx, p, r.Admins()[0].ID, fresh))
	state, err := w.practice.NewAttempt().Password(w.ctx, "asmith", fresh)
	w.must(err)
	w.must(state.Session.StepUp(w.ctx, fresh, ""))
	_, err = state.Session.OpenRestore(w.ctx, path)
	w.refused(err, auth.ErrNotLinked)
	w.practice, _, err = w.withKit(path).Run(w.ctx)
	w.must(err)
	_, err = w.practice.NewAttempt().Password(w.ctx, "asmith", annaPassword)
	w.refused(err, auth.ErrCredentials)
	state, err = w.practice.NewAttempt().Password(w.ctx, "asmith", fresh)
	w.must(err)
	w.anna = state.Session
	w.reads("p", "Grete")
}
