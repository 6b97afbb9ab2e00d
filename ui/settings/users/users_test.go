package users

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

func offActions(v view) []action {
	var off []action
	for _, a := range v.Actions {
		if a.Off {
			off = append(off, a.Action)
		}
	}
	return off
}

func TestUsersRows(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Disable(s.Ben)
		s.Pass(time.Hour) // the wait after the last codes
		s.read()
		last := func(name string) string { return words.Moment(s.stored(name).LastSignIn, time.Now()) }
		since := func(name string) string { return words.Date(s.stored(name).Enrolled) }
		for i, row := range [][]string{
			{"Anna Smith", "asmith", "Practice Admin", "✓ " + since("Anna Smith"), last("Anna Smith"), "Active"},
			{"Ben Jones", "bjones", "Staff", "! disabled", last("Ben Jones"), "Active"},
			{"Cleo Marsh", "cmarsh", "Staff", "– not set up", "never", "One-time password"},
			{"Dan Okafor", "dokafor", "Staff", "✓ " + since("Dan Okafor"), last("Dan Okafor"), "Deactivated"},
		} {
			if !slices.Equal(s.rows()[i], row) {
				t.Errorf("row %d: %q, want %q", i, s.rows()[i], row)
			}
		}
	})
}

func TestUsersActsThatWouldBeRefusedAreOff(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		for row, want := range []struct {
			off []action
			why string
		}{
			{[]action{actionResetTwoFactor, actionResetPassword, actionOneTimeCode, actionSignOut, actionDeactivate}, "This is the last Practice Admin. Make somebody else a Practice Admin first."},
			{nil, ""},
			{[]action{actionResetTwoFactor, actionOneTimeCode}, "There is no authenticator to reset."},
			{[]action{actionResetPassword, actionOneTimeCode, actionSignOut}, "Reactivating gives a new password."},
		} {
			s.choose(row)
			if got := offActions(s.shown()); !slices.Equal(got, want.off) || strings.Join(s.shown().Why, "|") != want.why {
				t.Errorf("%s: off %v, %q", s.shown().Name, got, s.shown().Why)
			}
		}
		if last := s.shown().Actions[5]; last.Action != actionReactivate || last.Text != "Reactivate…" {
			t.Errorf("a deactivated user: %+v", last)
		}
	})
}

func TestUsersAddShowsTheOneTimePasswordAndChoosesTheUser(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		d, _ := s.saveUser("", newcomer)
		s.prove()
		if !d.IsClosed || len(s.oneTimes) != 1 || s.oneTimes[0] != oneTimePassword("Al Bo", s.oneTimes[0].Secret) {
			t.Fatalf("closed: %v, shown: %v", d.IsClosed, s.oneTimes)
		}
		if s.shown().Name != "Al Bo" || s.shown().Chosen != 0 || s.shown().Good != "Added Al Bo." {
			t.Errorf("chosen: %d, %s, said: %q", s.shown().Chosen, s.shown().Name, s.shown().Good)
		}
		state, err := s.Ben.Practice.NewAttempt().Password(t.Context(), "albo", s.oneTimes[0].Secret)
		if err != nil || state.Step != auth.StepNewPassword {
			t.Errorf("with what was shown: %+v, %v", state, err)
		}
		if s.choose(2); s.shown().Name != "Ben Jones" {
			t.Errorf("chosen: %s", s.shown().Name)
		}
		if s.read(); s.shown().Name != "Ben Jones" {
			t.Errorf("after another reading: %s", s.shown().Name)
		}
	})
}

// TestUsersSavedAgain: a name that was refused first is not said once another one is saved.
func TestUsersSavedAgain(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		form := auth.UserForm{Name: "Ben First", Username: "asmith", Role: auth.Staff}
		d, act := s.saveUser("Ben Jones", form)
		if d.IsClosed || s.shown().Good != "" {
			t.Fatalf("a taken username: closed %v, it says %q", d.IsClosed, s.shown().Good)
		}
		form.Name, form.Username = "Ben Second", "bjones"
		if s.saveAgain(act, "Ben Jones", form); s.shown().Good != "Saved Ben Second." {
			t.Errorf("it says %q", s.shown().Good)
		}
	})
}

func TestUsersStepUpCancelledLeavesTheDialogOpen(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		d, _ := s.saveUser("", newcomer)
		s.Last().Cancel()
		s.Settle()
		if d.IsClosed || d.Last() != (screen.Progress{}) || len(s.oneTimes) != 0 {
			t.Errorf("closed: %v, %+v, %v", d.IsClosed, d.Last(), s.oneTimes)
		}
		if s.read(); len(s.rows()) != 4 {
			t.Errorf("%q", s.rows())
		}
	})
}

func TestUsersFieldErrorsStandBesideTheField(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		d, _ := s.saveUser("", auth.UserForm{Name: "Ben", Username: "bjones", Role: auth.Staff})
		if d.IsClosed || d.Last().Field != auth.FieldUsername || !strings.Contains(d.Last().Error, "already") {
			t.Errorf("%+v", d.Last())
		}
	})
}

// TestUsersEditOfWhoWasChangedMeanwhile: what another admin saved is not written over unseen.
func TestUsersEditOfWhoWasChangedMeanwhile(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		was := auth.UserForm{Name: "Ben Jones", Username: "bjones", Role: auth.Staff}
		theirs := auth.UserForm{Name: "Ben Jones-Lee", Username: "bjones", Role: auth.Staff}
		s.must(s.Anna.Session.EditUser(t.Context(), s.Ben.Session.User(), was, theirs))
		d, _ := s.saveUser("Ben Jones", auth.UserForm{Name: "Benjamin Jones", Username: "bjones", Role: auth.Staff})
		if d.IsClosed || !errors.Is(d.Last().Err, auth.ErrConflict) || s.rows()[1][0] != "Ben Jones-Lee" {
			t.Errorf("%+v, %q", d.Last(), s.rows()[1])
		}
	})
}

func TestUsersActs(t *testing.T) {
	const ben, dan = "Ben Jones (bjones)", "Dan Okafor (dokafor)"
	for _, c := range []struct {
		action    action
		row       int
		event     auth.Event
		whom      string
		isOneTime bool
		said      string
	}{
		{actionResetTwoFactor, 1, auth.EventTwoFactorReset, ben, false, "Two-factor was reset for Ben Jones, who sets up an authenticator at the next sign-in."},
		{actionDeactivate, 1, auth.EventUserDeactivated, ben, false, "Ben Jones was deactivated."},
		{actionSignOut, 1, auth.EventUserSignedOut, ben, false, "Ben Jones was signed out everywhere."},
		{actionResetPassword, 1, auth.EventPasswordReset, ben, true, "The password of Ben Jones was reset: the one-time password counts now."},
		{actionReactivate, 3, auth.EventUserReactivated, dan, true, "Dan Okafor was reactivated, and signs in with the one-time password."},
	} {
		t.Run(string(c.event), func(t *testing.T) {
			run(t, func(t *testing.T, s *sample) {
				s.Anna.StepUp()
				s.choose(c.row)
				d := s.act(c.action, "Lost phone")
				if e := s.Newest(); e.Event != c.event || e.Whom != c.whom || s.isSignedIn(s.Ben) == (c.row == 1) {
					t.Errorf("%+v, Ben signed in: %v", e, s.isSignedIn(s.Ben))
				}
				if !d.IsClosed || s.shown().Chosen != c.row || s.shown().Good != c.said {
					t.Errorf("closed: %v, chosen: %d, said: %q", d.IsClosed, s.shown().Chosen, s.shown().Good)
				}
				if s.read(); s.shown().Good != c.said {
					t.Errorf("after another reading it says %q", s.shown().Good)
				}
				if s.choose(0); s.shown().Good != "" {
					t.Errorf("of another user it says %q", s.shown().Good)
				}
				if got := len(s.oneTimes) > 0; got != c.isOneTime {
					t.Fatalf("shown: %v", s.oneTimes)
				}
				if username, _, _ := strings.Cut(c.whom[strings.Index(c.whom, "(")+1:], ")"); c.isOneTime {
					if _, err := s.Anna.Practice.NewAttempt().Password(t.Context(), username, s.oneTimes[0].Secret); err != nil {
						t.Errorf("with what was shown: %v", err)
					}
				}
			})
		})
	}
}

func TestUsersResetNeedsAReason(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.choose(1)
		if d := s.act(actionResetTwoFactor, ""); d.IsClosed || d.Last().Field != auth.FieldReason || d.Last().Error == "" {
			t.Errorf("%+v", d.Last())
		}
		s.act(actionResetTwoFactor, "Lost phone")
		s.prove()
		if e := s.Newest(); e.Detail != "Lost phone" || s.rows()[1][3] != "– not set up" {
			t.Errorf("%+v, %q", e, s.rows()[1][3])
		}
	})
}

func TestUsersTaskCancelledWhileUnderWay(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.Anna.Delay(time.Second)
		d, act := s.saveUser("", newcomer)
		if !d.Last().Busy {
			t.Errorf("%+v", d.Last())
		}
		act.Start(func(context.Context) error { t.Error("a second Enter is obeyed"); return nil })
		act.Cancel()
		s.Settle()
		s.Pass(time.Minute)
		if len(s.rows()) != 4 || len(s.oneTimes) != 0 || len(s.Ends) != 0 {
			t.Errorf("%q, shown: %v, ends: %v", s.rows(), s.oneTimes, s.Ends)
		}
	})
}

func TestUsersErrors(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.session = s.Ben.Session
		if s.read(); s.shown().Error != "Only a Practice Admin can do this." {
			t.Errorf("staff: %+v", s.shown())
		}
		s.session = s.Anna.Session
		if s.read(); s.shown().Error != "" || len(s.rows()) != 4 {
			t.Errorf("an admin: %+v", s.shown())
		}
		s.must(s.Anna.Session.SignOut(t.Context()))
		if d := s.act(actionDeactivate, ""); !d.IsClosed || len(s.Ends) == 0 || !errors.Is(s.Ends[0], auth.ErrSessionEnded) {
			t.Errorf("closed: %v, ends: %v", d.IsClosed, s.Ends)
		}
	})
}

// TestUsersLockedSaysNothing: what a locked session is refused is no message; the list comes with
// the next reading.
func TestUsersLockedSaysNothing(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		shows := s.shows
		s.Anna.Session.Lock()
		if s.read(); s.shows != shows || s.shown().Error != "" || len(s.Ends) != 0 {
			t.Errorf("%+v, ends: %v", s.shown(), s.Ends)
		}
	})
}

// Who shuts themselves out is signed out with the next look at the list.
func TestUsersQuestionsSayWhatTheyDoToYou(t *testing.T) {
	if q := newQuestion(actionDeactivate, auth.UserInfo{Self: true}); q.You == "" {
		t.Error("nothing says that it is you")
	}
	if q := newQuestion(actionDeactivate, auth.UserInfo{}); q.You != "" || !q.Danger {
		t.Errorf("%+v", q)
	}
	buttons, _ := actions(auth.UserInfo{Self: true, Active: true, Role: auth.Admin, Enrolled: time.Now()})
	if !buttons[2].Off || buttons[1].Off || !buttons[3].Off || !buttons[4].Off || buttons[5].Off {
		t.Errorf("on oneself: %+v", buttons)
	}
}

func TestUsersOneTimeCode(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.choose(1)
		d := s.act(actionOneTimeCode, "")
		if !d.IsClosed || len(s.oneTimes) != 1 {
			t.Fatalf("shown: %+v", s.oneTimes)
		}
		v := s.oneTimes[0]
		if v.Name != "Ben Jones" || v.Title != "One-time code" {
			t.Errorf("%+v", v)
		}
		if text, isOver := pane.LeftText(v.Until, v.Until.Add(-61*time.Second)); isOver || text != "It can be used for 61 s more." {
			t.Errorf("%q %v", text, isOver)
		}
		if _, isOver := pane.LeftText(v.Until, v.Until); !isOver {
			t.Error("it is valid for ever")
		}
		a := s.Ben.Practice.NewAttempt()
		_, err := a.Password(t.Context(), s.Ben.Username, s.Ben.Password)
		s.must(err)
		if state, err := a.OtherCode(t.Context(), v.Secret); err != nil || state.Session == nil {
			t.Errorf("with what was shown: %+v, %v", state, err)
		}
	})
}

// handOver has resets ask for a hand-over code.
func (s *sample) handOver() {
	s.T.Helper()
	was, err := s.Anna.Session.Settings(s.T.Context())
	s.must(err)
	policy := was.Policy
	policy.HandOver = true
	s.must(s.Anna.Session.SaveSettings(s.T.Context(), auth.SettingsForm{Name: was.Name, Policy: policy, Was: was.Policy}))
}

// A reset shows digits to hand over only where the practice asks for them.
func TestUsersHandOver(t *testing.T) {
	for _, isAsked := range []bool{false, true} {
		run(t, func(t *testing.T, s *sample) {
			s.Anna.StepUp()
			if isAsked {
				s.handOver()
			}
			s.choose(1)
			d := s.act(actionResetTwoFactor, "lost")
			if !d.IsClosed || len(s.oneTimes) > 0 != isAsked {
				t.Fatalf("asked for: %v, shown %+v", isAsked, s.oneTimes)
			}
			if isAsked && s.oneTimes[0] != handOverCode("Ben Jones", s.oneTimes[0].Secret) {
				t.Errorf("%+v", s.oneTimes[0])
			}
		})
	}
}

func TestUsersLiftWait(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.choose(1)
		if len(s.shown().Actions) != 6 {
			t.Fatalf("nobody waits: %+v", s.shown().Actions)
		}
		s.Anna.StepUp()
		s.Ben.Guess()
		s.read()
		if last := s.shown().Actions[len(s.shown().Actions)-1]; last.Action != actionLiftWait || !strings.Contains(s.shown().Need, "Has to wait until") {
			t.Fatalf("%+v, %q", last, s.shown().Need)
		}
		s.act(actionLiftWait, "")
		if len(s.shown().Actions) != 6 || s.shown().Need != "" || !s.stored("Ben Jones").WaitUntil.IsZero() {
			t.Errorf("still waits: %+v, %q", s.shown().Actions, s.shown().Need)
		}
	})
}

func TestUsersSayWhatIsNeeded(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 40, 0, 0, time.Local)
	for want, user := range map[string]auth.UserInfo{
		"": {Active: true},
		"Asks for help with the Auth Code since 9:40.":                    {Active: true, Help: at},
		"Asks for help with the Auth Code since yesterday 17:05.":         {Active: true, Help: at.Add(-16*time.Hour - 35*time.Minute)},
		"The reset was not used within 24 hours. Reset two-factor again.": {Active: true, ResetAgain: true, Lapsed: true},
		"Two-factor was reset, and the hand-over code was not used yet.":  {Active: true, ResetAgain: true},
	} {
		if got := needText(user, at); got != want {
			t.Errorf("%+v: %q", user, got)
		}
	}
	if buttons, _ := actions(auth.UserInfo{Active: true, ResetAgain: true}); buttons[1].Off {
		t.Error("a reset whose code was lost can't be made again")
	}
}

// The settings can begin with an action for somebody who asked for help.
func TestUsersBeginWithHelp(t *testing.T) {
	for name, c := range map[string]struct {
		user   string
		action action
		begun  []string
		name   string
	}{
		"code":              {"Ben Jones", actionOneTimeCode, []string{"Ben Jones"}, "Ben Jones"},
		"reset":             {"Ben Jones", actionResetTwoFactor, []string{"Ben Jones"}, "Ben Jones"},
		"can't be done":     {"Cleo Marsh", actionOneTimeCode, nil, "Cleo Marsh"},
		"nobody of that id": {"", actionResetTwoFactor, nil, "Anna Smith"},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, func(t *testing.T, s *sample) {
				id := "nobody"
				if c.user != "" {
					id = s.stored(c.user).ID
				}
				s.help(id, c.action)
				s.Anna.Stop(auth.ErrBusy)
				s.read()
				s.Anna.Answer()
				for range 2 {
					s.read()
				}
				if !slices.Equal(s.begun, c.begun) || s.shown().Name != c.name {
					t.Errorf("begun for %q, chosen %q", s.begun, s.shown().Name)
				}
			})
		})
	}
}

// TestUsersLook: what happens elsewhere is seen within seconds, and nothing is
// shown anew without a change, nor read out of sight.
func TestUsersLook(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		inSight := true
		s.watch(func() bool { return inSight })
		pass := func() (asked, shows int) {
			a, n := s.Anna.Asked(), s.shows
			s.Pass(pane.LookTime)
			return s.Anna.Asked() - a, s.shows - n
		}
		if asked, shows := pass(); asked == 0 || shows != 0 {
			t.Errorf("asked %d times, shown %d times without a change", asked, shows)
		}
		s.Ben.AskForHelp()
		if _, shows := pass(); shows != 1 || s.rows()[1][5] != "Asks for help" {
			t.Errorf("shown %d times, %q", shows, s.rows()[1])
		}
		inSight = false
		if asked, _ := pass(); asked != 0 {
			t.Error("read out of sight")
		}
	})
}

// TestUsersOldListDoesNotCount: what is asked for while a reading goes on is read after it, and
// only that is shown.
func TestUsersOldListDoesNotCount(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		shows := s.shows
		s.Anna.Delay(time.Second)
		s.refresh()
		s.refresh()
		s.Pass(1500 * time.Millisecond)
		s.Ben.AskForHelp()
		s.Anna.Answer()
		s.Pass(time.Second)
		if s.shows != shows+1 || s.rows()[1][5] != "Asks for help" {
			t.Errorf("shown %d times, %q", s.shows-shows, s.rows())
		}
	})
}
