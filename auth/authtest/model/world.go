package model

import (
	"context"
	"encoding/base32"
	"errors"
	"net/url"
	"slices"
	"time"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/totp"
)

// world is a practice under a sequence, beside the model of it.
type world struct {
	*rapid.T
	practice
	ctx     context.Context
	clock   *authtest.Clock
	deps    [computers]auth.Deps
	windows [computers]*auth.Practice
	clerk   *auth.Practice // the clerk's, at a computer of their own
	gone    []*session     // some that have ended
	zone    *time.Location // to which both computers are set
	stored  time.Time      // when something was stored last
	looks   int
}

func newWorld(t *rapid.T, from beginning, location auth.Location, keyrings [computers + 1]auth.Keyring) *world {
	w := &world{T: t, practice: from.practice.clone(), ctx: context.Background(), clock: authtest.NewClock(), zone: time.UTC}
	w.clock.Advance(from.at.Sub(w.clock.Now()))
	deps := depsOf(location, keyrings, w.now)
	w.deps = [computers]auth.Deps(deps[:])
	for i := range w.windows {
		w.open(i)
	}
	var err error
	w.clerk, err = auth.Open(w.ctx, deps[computers])
	w.must(err)
	return w
}

// open starts a window's program. Sessions of one that was killed end.
func (w *world) open(computer int) {
	p, err := auth.Open(w.ctx, w.deps[computer])
	if err == nil {
		err = p.EndOrphanedSessions(w.ctx)
	}
	w.must(err)
	w.windows[computer] = p
	isHere := func(s *session) bool { return s.computer == computer }
	w.gone = without(w.gone, isHere) // of a program that is closed
	for _, u := range w.users {
		u.sessions = without(u.sessions, isHere)
	}
}

func without(all []*session, drop func(*session) bool) (kept []*session) {
	for _, s := range all {
		if !drop(s) {
			kept = append(kept, s)
		}
	}
	return kept
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// expect holds an error to what the model says.
func (w *world) expect(what string, got, want error) bool {
	w.Helper()
	wrong := errors.Is(want, auth.ErrCodeWrong) && errors.Is(got, auth.ErrCodeExpired)
	if (got == nil) != (want == nil) || want != nil && !errors.Is(got, want) && !wrong {
		w.Fatalf("%s at %v: got %v, want %v", what, w.clock.Now(), got, want)
	}
	return want == nil
}

func (w *world) now() time.Time { return w.clock.Now().In(w.zone) }

// tick has something stored, so that the newest stored event is known: the clerk
// signs in, who never fails, at a computer where nobody else does.
func (w *world) tick() {
	if w.stored.Equal(w.now()) {
		return
	}
	w.stored = w.now()
	w.tidy(w.now())
	state, err := w.clerk.NewAttempt().Password(w.ctx, clerk, passwords[0])
	w.expect("the clerk's sign-in", err, when(w.isLost(w.now()), auth.ErrClockBehind))
	if state.Session != nil {
		w.must(state.Session.SignOut(w.ctx))
	}
	if w.now().After(w.newest) {
		w.newest = w.now()
	}
}

// check holds the sessions, and what an admin sees of the users, to the model.
func (w *world) check() {
	for _, u := range w.users {
		for _, s := range u.sessions {
			w.expect("a session of "+u.name, s.real.Check(w.ctx), nil)
		}
	}
	w.gone = w.gone[max(0, len(w.gone)-5):]
	for _, s := range w.gone {
		w.expect("a session that has ended", s.real.Check(w.ctx), auth.ErrSessionEnded)
	}
	if admin := w.adminAtWork(); admin != nil {
		w.compare(admin)
	}
	managers := 0
	for _, u := range w.users {
		if u.active && u.role == auth.Admin {
			managers++
		}
	}
	if managers == 0 {
		w.Fatal("nobody manages the practice any more")
	}
}

// compare holds what an admin sees of the users to the model.
func (w *world) compare(admin *auth.Session) {
	infos, err := admin.Users(w.ctx)
	w.must(err)
	for _, i := range infos {
		if i.Username == clerk {
			continue
		}
		u := w.users[slices.IndexFunc(w.users, func(u *user) bool { return u.id == i.ID })]
		wait := w.waitOf(u, w.now())
		want := auth.UserInfo{
			ID: u.id, Name: u.name, Username: u.name, Role: u.role, Active: u.active, OneTime: u.oneTime,
			Disabled: u.disabled(), ResetAgain: u.handOver != nil, LastAdmin: w.isLastAdmin(u), Help: u.help,
			Lapsed: u.handOver != nil && u.handOver.isOver(w.newer()),
		}
		if wait > 0 {
			want.WaitUntil = w.now().Add(wait)
		}
		enrolled := !i.Enrolled.IsZero()
		if !i.Help.Equal(want.Help) || !i.WaitUntil.Equal(want.WaitUntil) || enrolled != (u.phone != nil) {
			w.Fatalf("at %v: %+v, want %+v", w.now(), i, want)
		}
		i.Enrolled, i.Help, i.WaitUntil, i.LastSignIn, i.Self = time.Time{}, want.Help, want.WaitUntil, time.Time{}, false
		i.GivenPassword, i.GivenCode = false, false
		if i != want {
			w.Fatalf("at %v: %+v, want %+v", w.now(), i, want)
		}
	}
	o, err := admin.Overview(w.ctx)
	w.must(err)
	asking := 0
	for _, u := range w.users {
		if u.active && !u.help.IsZero() {
			asking++
		}
	}
	if len(o.Help) != asking {
		w.Fatalf("%d wait for help, want %d", len(o.Help), asking)
	}
}

// verify has an admin check the activity log.
func (w *world) verify() {
	if admin := w.adminAtWork(); admin != nil {
		broken, err := admin.VerifyActivity(w.ctx, nil)
		w.must(err)
		if broken != 0 {
			w.Fatalf("the activity log: %+v", broken)
		}
	}
}

// adminAtWork is a session of an admin that can do something; nil: there is none.
func (w *world) adminAtWork() *auth.Session {
	for _, u := range w.users {
		for _, s := range u.sessions {
			if u.role == auth.Admin && w.guard(s) == nil {
				return s.real
			}
		}
	}
	return nil
}

// end ends a user's sessions, but for one.
func (w *world) end(u *user, but *session) {
	for _, s := range u.sessions {
		if s != but {
			w.gone = append(w.gone, s)
		}
	}
}

// cutOff is user.cutOff, and remembers the sessions that it ended.
func (w *world) cutOff(u *user) {
	w.end(u, nil)
	u.cutOff()
}

func (w *world) anyUser() *user {
	return w.users[rapid.IntRange(0, len(w.users)-1).Draw(w.T, "user")]
}

func (w *world) chance(percent int, what string) bool {
	return rapid.IntRange(1, 100).Draw(w.T, what) <= percent
}

// anySession is a session of somebody whom ok lets pass; nil if there is none.
func (w *world) anySession(ok func(*session) bool) *session {
	var all []*session
	for _, u := range w.users {
		for _, s := range u.sessions {
			if ok(s) {
				all = append(all, s)
			}
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all[rapid.IntRange(0, len(all)-1).Draw(w.T, "session")]
}

// secretOf is what a phone takes off a barcode.
func (w *world) secretOf(e *auth.Enrolment) totp.Secret {
	secret, err := secretOf(e)
	w.must(err)
	return secret
}

func secretOf(e *auth.Enrolment) (totp.Secret, error) {
	uri, err := url.Parse(e.URI())
	if err != nil {
		return nil, err
	}
	return base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(uri.Query().Get("secret"))
}

// codeNow is the code that a phone with the right time shows, if the clock is right.
func (w *world) codeNow(secret totp.Secret) string { return totp.Code(secret, totp.StepAt(w.now())) }

// newer is the newer of now and the newest stored event.
func (w *world) newer() time.Time { return newer(w.now(), w.newest) }

// look is check now and then: it costs as much as all the rest.
func (w *world) look() {
	if w.looks++; w.looks%8 == 0 {
		w.check()
	}
}
