package practice

import (
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/totp"
	"anteroom/data"
	"anteroom/data/desk"
)

// Window is where a user works. The faults are of its own way to the database: the other
// windows have none of them.
type Window struct {
	*authtest.Faults
	Practice *auth.Practice
	Session  *auth.Session
	Desk     *desk.Desk
	Username string
	Password string

	t      testing.TB
	deps   auth.Deps
	memory *desk.Memory
	phone  totp.Secret // nil: none is set up
}

// window is for "Anna Smith", whose username is asmith.
func (p *Practice) window(name string) *Window {
	first, last, _ := strings.Cut(strings.ToLower(name), " ")
	w := &Window{Faults: &authtest.Faults{}, Username: first[:1] + last, Password: "seven quiet herons wade", t: p.t, deps: p.deps}
	w.deps.Location = authtest.Faulty{Location: p.Memory, Faults: w.Faults}
	w.memory = desk.NewMemory(now, data.DayFirst)
	p.t.Cleanup(func() {
		if w.Practice != nil {
			_ = w.Practice.Close()
		}
	})
	return w
}

// Hire has Anna add somebody to the Staff, who signs in. With two-factor on they set up a phone.
func (p *Practice) Hire(name string) *Window {
	p.t.Helper()
	w := p.window(name)
	p.Anna.StepUp()
	oneTime, err := p.Anna.Session.AddUser(p.t.Context(), auth.UserForm{Name: name, Username: w.Username, Role: auth.Staff})
	must(p.t, err)
	w.open(oneTime)
	return w
}

// open opens the practice and signs in.
func (w *Window) open(password string) {
	w.t.Helper()
	opened, err := auth.Open(w.t.Context(), w.deps)
	must(w.t, err)
	w.Practice = opened
	w.begin(w.signIn(opened.NewAttempt(), password))
}

// begin begins the desk of a session.
func (w *Window) begin(s *auth.Session) { w.Session, w.Desk = s, w.memory.Join(s) }

// signIn goes all the way from a password to a session.
func (w *Window) signIn(a *auth.Attempt, password string) *auth.Session {
	w.t.Helper()
	ctx := w.t.Context()
	state, err := a.Password(ctx, w.Username, password)
	if err == nil && state.Step == auth.StepNewPassword {
		state, err = a.NewPassword(ctx, w.Password)
	}
	must(w.t, err)
	switch state.Step {
	case auth.StepEnrol:
		e, err := a.Enrolment(ctx)
		must(w.t, err)
		w.Scan(e)
		state, err = a.Confirm(ctx, w.Code())
		must(w.t, err)
	case auth.StepCode:
		waitFor(state.NextCode)
		state, err = a.Code(ctx, w.Code())
		must(w.t, err)
	}
	return state.Session
}

// Scan sets up the user's phone.
func (w *Window) Scan(e *auth.Enrolment) { w.ScanKey(e.Key()) }

// ScanKey is Scan for the key as a screen shows it.
func (w *Window) ScanKey(key string) {
	w.t.Helper()
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.Join(strings.Fields(key), ""))
	must(w.t, err)
	w.phone = secret
}

// Code is what the user's phone shows now.
func (w *Window) Code() string { return totp.Code(w.phone, totp.StepAt(now())) }

// WrongCode is one that the phone does not show about now.
func (w *Window) WrongCode() string {
	for n := 0; ; n++ {
		code, now := fmt.Sprintf("%06d", n), totp.StepAt(now())
		if code != totp.Code(w.phone, now-1) && code != totp.Code(w.phone, now) && code != totp.Code(w.phone, now+1) {
			return code
		}
	}
}

// Guess types five wrong passwords for the user, who has to wait after them.
func (w *Window) Guess() {
	for range 5 {
		_, _ = w.Practice.NewAttempt().Password(w.t.Context(), w.Username, "not the password")
	}
}

// waitFor waits until the phone shows a code that is not used up.
func waitFor(next time.Time) {
	if !next.IsZero() {
		time.Sleep(next.Sub(now())) // of the bubble's time
	}
}

// StepUp has the user prove who they are, unless they just have.
func (w *Window) StepUp() {
	w.t.Helper()
	need, err := w.Session.StepUpNeed(w.t.Context())
	must(w.t, err)
	code := ""
	switch {
	case need.Fresh:
		return
	case need.Code:
		waitFor(need.NextCode)
		code = w.Code()
	}
	must(w.t, w.Session.StepUp(w.t.Context(), w.Password, code))
}

// Renew takes the session on, as a full sign-in does after a day.
func (w *Window) Renew() {
	w.t.Helper()
	must(w.t, w.Session.Renew(w.t.Context(), w.signIn(w.Practice.NewAttempt(), w.Password)))
}

// AskForHelp has the user ask an admin for help, at a sign-in that asks for a code.
func (w *Window) AskForHelp() {
	w.t.Helper()
	a := w.Practice.NewAttempt()
	_, err := a.Password(w.t.Context(), w.Username, w.Password)
	must(w.t, err)
	_, err = a.AskForHelp(w.t.Context())
	must(w.t, err)
}

// CatchUp reads what others wrote and writes what was typed, as a window does each second.
func (w *Window) CatchUp() {
	w.t.Helper()
	must(w.t, errors.Join(w.Desk.Save(w.t.Context()), w.Desk.Sync(w.t.Context())))
}

// Rejoin begins the desk anew, as after a sign-out: until CatchUp nothing is in its memory.
func (w *Window) Rejoin() {
	w.t.Helper()
	must(w.t, w.Desk.Close(w.t.Context()))
	w.Desk = w.memory.Join(w.Session)
}

// RejoinSlowly is Rejoin that goes on to read all patients, each of whom takes so long.
func (w *Window) RejoinSlowly(each time.Duration) {
	w.t.Helper()
	w.Rejoin()
	w.DelayRows(each)
	go func() {
		if err := w.Desk.Sync(w.t.Context()); err != nil {
			w.t.Error(err)
		}
	}()
}
