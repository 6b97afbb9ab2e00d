package conform

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest/limits"
)

// Two Practice Admins, in two processes, remove each other at the same moment, a thousand
// times (fewer with -short); each time exactly one of them stays.
func testTwoAdminsRace(t *testing.T, e Engine) {
	c := newClinic(t, e)
	id, _, _ := c.addUser("ben", auth.Admin)
	names, ids := []string{"asmith", "ben"}, []string{c.idOf("asmith"), id}
	rivals := []*Process{c.start("rival"), c.start("rival")}
	wins := make([]int, 2)
	for i, r := range rivals {
		r.Send("in", names[i])
		r.Expect("did <nil>")
	}
	for round := range limits.Rounds(1000) {
		how := "demote"
		if round%4 == 0 {
			how = "deactivate"
		}
		for i, r := range rivals {
			r.Send(how, ids[1-i])
		}
		winner := oneWinner(t, rivals, "did <nil>", "did "+auth.ErrSessionEnded.Error(), "did "+auth.ErrLastAdmin.Error())
		loser := 1 - winner
		wins[winner]++
		rivals[winner].Send("un"+how, ids[loser], names[loser])
		rivals[winner].Expect("did <nil>")
		rivals[loser].Send("in", names[loser])
		rivals[loser].Expect("did <nil>")
	}
	t.Logf("the two stayed %v times", wins)
}

// rival is a child that is a Practice Admin. Its time stands still: what is raced for
// must not get too old meanwhile.
func rival(at site, in io.Reader, out io.Writer) {
	ctx := context.Background()
	var session *auth.Session
	deps, err := at.deps(func() time.Time { return began })
	var p *auth.Practice
	if err == nil {
		p, err = auth.Open(ctx, deps)
	}
	oneTime := fileKeyring(at.folder) // passes one-time passwords on
	Commands(in, out, err, func(words []string) (err error) {
		switch who := words[1]; words[0] {
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
				err = oneTime.Set(ctx, words[2], given)
			}
		}
		return err
	})
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
