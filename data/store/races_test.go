package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest/limits"
	"anteroom/auth/totp"
)

// raceTime stands still: what is raced for must not get too old meanwhile.
var raceTime = time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)

// inside is a practice in this process.
type inside struct {
	testing.TB
	deps auth.Deps
	now  time.Time
	p    *auth.Practice
	anna *auth.Session
}

func (in *inside) must(err error) {
	in.Helper()
	if err != nil {
		in.Fatal(err)
	}
}

// newInside sets a practice up in a folder; Anna has proven who she is.
func newInside(t testing.TB, dir string) *inside {
	t.Helper()
	in := &inside{TB: t, now: raceTime}
	var err error
	in.deps, err = depsIn(dir, func() time.Time { return in.now })
	in.must(err)
	in.p, in.anna, err = auth.SetUp(t.Context(), in.deps, auth.SetUpForm{Practice: "Clinic", Name: "Anna Smith", Username: "asmith", Password: password})
	in.must(err)
	t.Cleanup(func() { in.p.Close() })
	in.must(in.anna.StepUp(t.Context(), password, ""))
	return in
}

// addUser adds a user who has a password of their own, and gives the sign-in after it.
func (in *inside) addUser(username string, role auth.Role) (id string, a *auth.Attempt, state auth.State) {
	in.Helper()
	oneTime, err := in.anna.AddUser(in.Context(), auth.UserForm{Name: strings.ToUpper(username), Username: username, Role: role})
	in.must(err)
	a = in.p.NewAttempt()
	_, err = a.Password(in.Context(), username, oneTime)
	in.must(err)
	state, err = a.NewPassword(in.Context(), password)
	in.must(err)
	users, err := in.anna.Users(in.Context())
	in.must(err)
	for _, u := range users {
		if u.Username == username {
			id = u.ID
		}
	}
	return id, a, state
}

// TestOneGivenCodeOneSession: two processes give the same recovery code, or the
// same one-time code, at the same moment, a thousand times (fewer with -short); each time exactly
// one of them gets a session.
func TestOneGivenCodeOneSession(t *testing.T) {
	dir := t.TempDir()
	in := newInside(t, dir)
	secret := turnOn(t, in.anna, in.now)
	a := in.p.NewAttempt()
	_, err := a.Password(t.Context(), "asmith", password)
	in.must(err)
	in.now = in.now.Add(totp.Period) // the code that turned it on is used up
	state, err := a.Code(t.Context(), totp.Code(secret, totp.StepAt(in.now)))
	in.must(err)
	in.anna = state.Session
	id, ben, _ := in.addUser("ben", auth.Staff)
	e, err := ben.Enrolment(t.Context())
	in.must(err)
	state, err = ben.Confirm(t.Context(), codeOf(t, e, in.now))
	in.must(err)
	recovery, session := state.Recovery, state.Session

	windows := []*process{start(t, dir), start(t, dir)}
	for round := range limits.Rounds(1000) {
		var given string
		var used error
		if round%2 == 0 {
			code, err := in.anna.NewOneTimeCode(t.Context(), id)
			in.must(err)
			given, used = strings.ReplaceAll(code.Code, " ", ""), auth.ErrOneTimeUsed
		} else {
			if len(recovery) == 0 {
				recovery, err = session.NewRecoveryCodes(t.Context())
				in.must(err)
			}
			given, recovery, used = recovery[0], recovery[1:], auth.ErrRecoveryUsed
		}
		for _, w := range windows {
			w.tell("password", in.now, "ben")
			w.expect(fmt.Sprint(auth.StepCode, " <nil>"))
		}
		for _, w := range windows {
			w.tell("other", in.now, given)
		}
		winner := oneWinner(t, windows, fmt.Sprint(auth.StepDone, " <nil>"), fmt.Sprint(auth.StepCode, " ", used))
		windows[winner].tell("out", in.now, "")
		windows[winner].expect(fmt.Sprint(auth.StepPassword, " <nil>"))
	}
}

// oneWinner sees that exactly one of two gets what it wanted.
func oneWinner(t *testing.T, windows []*process, won string, lost ...string) int {
	t.Helper()
	winner := -1
	for i, w := range windows {
		got := w.answer()
		switch {
		case got == won && winner >= 0:
			t.Fatalf("both got %q", got)
		case got == won:
			winner = i
		case !contains(lost, got):
			t.Fatalf("the other one got %q", got)
		}
	}
	if winner < 0 {
		t.Fatal("none won")
	}
	return winner
}

func contains(all []string, one string) bool {
	for _, text := range all {
		if text == one {
			return true
		}
	}
	return false
}

// TestTwoAdminsRace: two Practice Admins, in two processes, remove each other at
// the same moment, a thousand times (fewer with -short); each time exactly one of them stays.
func TestTwoAdminsRace(t *testing.T) {
	dir := t.TempDir()
	in := newInside(t, dir)
	id, _, _ := in.addUser("ben", auth.Admin)
	users, err := in.anna.Users(t.Context())
	in.must(err)
	anna := users[0].ID
	if anna == id {
		anna = users[1].ID
	}
	names, ids := []string{"asmith", "ben"}, []string{anna, id}
	rivals := []*process{startAs(t, "rival", dir), startAs(t, "rival", dir)}
	wins := make([]int, 2)
	for i, r := range rivals {
		r.tell("in", raceTime, names[i])
		r.expect("ok")
	}
	for round := range limits.Rounds(1000) {
		how := "demote"
		if round%4 == 0 {
			how = "deactivate"
		}
		for i, r := range rivals {
			r.tell(how, raceTime, ids[1-i])
		}
		winner := oneWinner(t, rivals, "ok", auth.ErrSessionEnded.Error(), auth.ErrLastAdmin.Error())
		loser := 1 - winner
		wins[winner]++
		rivals[winner].tell("un"+how, raceTime, ids[loser]+" "+names[loser])
		rivals[winner].expect("ok")
		rivals[loser].tell("in", raceTime, names[loser])
		rivals[loser].expect("ok")
	}
	t.Logf("the two stayed %v times", wins)
}

// rival is a Practice Admin in a process of their own.
func rival(dir string, in io.Reader, out io.Writer) {
	ctx := context.Background()
	var session *auth.Session
	deps, err := depsIn(dir, func() time.Time { return raceTime })
	var p *auth.Practice
	if err == nil {
		p, err = auth.Open(ctx, deps)
	}
	fmt.Fprintln(out, "open", err)
	oneTime := fileKeyring(dir) // passes one-time passwords on
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		command, who := words[0], words[2]
		switch command {
		case "in":
			session, err = signInRival(ctx, p, who, oneTime)
		case "demote":
			err = setRole(ctx, session, who, auth.Staff)
		case "deactivate":
			err = session.Deactivate(ctx, who)
		case "undemote":
			err = setRole(ctx, session, who, auth.Admin)
		case "undeactivate":
			var given string
			if given, err = session.Reactivate(ctx, who); err == nil {
				err = oneTime.Set(ctx, words[3], given)
			}
		}
		if err != nil {
			fmt.Fprintln(out, err)
			continue
		}
		fmt.Fprintln(out, "ok")
	}
}

// setRole gives a user another role, who keeps their names.
func setRole(ctx context.Context, s *auth.Session, id string, role auth.Role) error {
	users, err := s.Users(ctx)
	if err != nil {
		return err
	}
	for _, u := range users {
		if u.ID == id {
			was := auth.UserForm{Name: u.Name, Username: u.Username, Role: u.Role}
			return s.EditUser(ctx, id, was, auth.UserForm{Name: u.Name, Username: u.Username, Role: role})
		}
	}
	return auth.ErrNotFound
}

// signInRival signs in, with the one-time password if there is one, and proves it.
func signInRival(ctx context.Context, p *auth.Practice, username string, oneTime fileKeyring) (*auth.Session, error) {
	a := p.NewAttempt()
	first := password
	given, err := oneTime.Get(ctx, username)
	if err == nil {
		first = given
		if err := oneTime.Delete(ctx, username); err != nil {
			return nil, err
		}
	}
	state, err := a.Password(ctx, username, first)
	if err == nil && state.Step == auth.StepNewPassword {
		state, err = a.NewPassword(ctx, password)
	}
	if err != nil {
		return nil, err
	}
	if state.Session == nil {
		return nil, errors.New("no session")
	}
	return state.Session, state.Session.StepUp(ctx, password, "")
}

func codeOf(t testing.TB, e *auth.Enrolment, now time.Time) string {
	t.Helper()
	return totp.Code(secretOf(t, e), totp.StepAt(now))
}
