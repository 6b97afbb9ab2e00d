package users

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// usersSample is the presenter with all that it showed.
type usersSample struct {
	*users
	*bubbled
	*screentest.Asker
	view     usersView
	shows    int
	oneTimes []oneTimeView
	begun    []string // for whom an act was
	ends     []error
}

func newUsersSample(b *bubbled) *usersSample {
	stepUp, asker := newStepUp(b)
	s := &usersSample{bubbled: b, Asker: asker}
	s.users = &users{session: b.session, pane: s, Scope: screen.Scope{
		Ctx: b.ctx, Runner: b.runner, StepUp: stepUp, OnEnded: func(err error) { s.ends = append(s.ends, err) },
	}}
	s.users.refresh()
	s.Settle()
	return s
}

func (s *usersSample) show(v usersView)          { s.view = v; s.shows++ }
func (s *usersSample) showOneTime(v oneTimeView) { s.oneTimes = append(s.oneTimes, v) }

func (s *usersSample) begin(_ act, user auth.UserInfo) { s.begun = append(s.begun, user.Name) }

// do does an act to the chosen user.
func (s *usersSample) act(a act, reason string) *screentest.Form {
	d := &screentest.Form{}
	user, _ := s.user()
	s.do(s.newTask(d), a, user, reason)
	s.Settle()
	return d
}

func (s *usersSample) saveUser(id string, form auth.UserForm) (*screentest.Form, *screen.Act) {
	d := &screentest.Form{}
	t := s.newTask(d)
	var of auth.UserInfo
	for _, u := range s.list {
		if u.ID == id {
			of = u
		}
	}
	s.save(t, of, form)
	s.Settle()
	return d, t
}

func offActs(v usersView) []act {
	var off []act
	for _, a := range v.Acts {
		if a.Off {
			off = append(off, a.Act)
		}
	}
	return off
}

func TestUsersRows(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newUsersSample(b)
		want := [][]string{
			{"Anna Smith", "asmith", "Practice Admin", "– not set up", "today 0:00", "Active"},
			{"Ben Jones", "bjones", "Staff", "✓ 3 Nov 2026", "yesterday 0:00", "Active"},
			{"Cleo Marsh", "cmarsh", "Staff", "– not set up", "never", "One-time password"},
			{"Dan Okafor", "dokafor", "Staff", "! disabled", "3 Nov 2026", "Deactivated"},
		}
		for i, row := range want {
			row[4] = strings.Replace(row[4], "0:00", words.Clock(time.Now()), 1)
			if !slices.Equal(s.view.Rows[i], row) {
				t.Errorf("row %d: %q, want %q", i, s.view.Rows[i], row)
			}
		}
	})
}

func TestUsersActsThatWouldBeRefusedAreOff(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newUsersSample(b)
		for row, want := range []struct {
			off []act
			why string
		}{
			{[]act{actResetTwoFactor, actResetPassword, actOneTimeCode, actSignOut, actDeactivate}, "This is the last Practice Admin. Make somebody else a Practice Admin first."},
			{nil, ""},
			{[]act{actResetTwoFactor, actOneTimeCode}, "There is no authenticator to reset."},
			{[]act{actResetPassword, actOneTimeCode, actSignOut}, "Reactivating gives a new password."},
		} {
			s.choose(row)
			if got := offActs(s.view); !slices.Equal(got, want.off) || strings.Join(s.view.Why, "|") != want.why {
				t.Errorf("%s: off %v, %q", s.view.Name, got, s.view.Why)
			}
		}
		if last := s.view.Acts[5]; last.Act != actReactivate || last.Text != "Reactivate…" {
			t.Errorf("a deactivated user: %+v", last)
		}
	})
}

func TestUsersAddShowsTheOneTimePasswordAndChoosesTheUser(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newUsersSample(b)
		d, _ := s.saveUser("", auth.UserForm{Name: "Al Bo", Username: "albo", Role: auth.Staff})
		s.Last().Submit(rightPassword, "")
		s.Settle()
		if !d.IsClosed || len(s.oneTimes) != 1 || s.oneTimes[0] != (oneTimePassword("Al Bo", "ab12-cd34-ef56-gh78")) {
			t.Errorf("closed: %v, shown: %v", d.IsClosed, s.oneTimes)
		}
		if s.view.Name != "Al Bo" || s.view.Chosen != 1 || s.view.Good != "Added Al Bo." {
			t.Errorf("chosen: %d, %s, said: %q", s.view.Chosen, s.view.Name, s.view.Good)
		}
		wantChanges(t, b.session, "AddUser albo", "StepUp", "AddUser albo")
	})
}

// TestUsersSavedAgain: a name that was refused first is not said once another one is saved.
func TestUsersSavedAgain(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newUsersSample(b)
		b.session.fresh, b.session.fail = true, &auth.FieldError{Field: auth.FieldUsername, Problem: auth.ProblemTaken}
		form := auth.UserForm{Name: "Ben First", Username: "bjones", Role: auth.Staff}
		_, task := s.saveUser("b", form)
		b.session.fail, form.Name = nil, "Ben Second"
		s.save(task, s.list[1], form)
		s.Settle()
		if s.view.Good != "Saved Ben Second." {
			t.Errorf("it says %q", s.view.Good)
		}
	})
}

func TestUsersStepUpCancelledLeavesTheDialogOpen(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newUsersSample(b)
		d, _ := s.saveUser("", auth.UserForm{Name: "Al Bo", Username: "albo", Role: auth.Staff})
		s.Last().Cancel()
		s.Settle()
		if d.IsClosed || d.Last() != (screen.Progress{}) || len(s.oneTimes) != 0 || len(s.view.Rows) != 4 {
			t.Errorf("closed: %v, %+v, %v", d.IsClosed, d.Last(), s.oneTimes)
		}
	})
}

func TestUsersFieldErrorsStandBesideTheField(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newUsersSample(b)
		d, _ := s.saveUser("", auth.UserForm{Name: "Ben", Username: "bjones", Role: auth.Staff})
		if d.IsClosed || d.Last().Field != auth.FieldUsername || !strings.Contains(d.Last().Error, "already") {
			t.Errorf("%+v", d.Last())
		}
	})
}

func TestUsersActs(t *testing.T) {
	for _, c := range []struct {
		act     act
		row     int
		call    string
		oneTime string
		said    string
	}{
		{actResetTwoFactor, 1, "ResetTwoFactor b", "", "Two-factor was reset for Ben Jones, who sets up an authenticator at the next sign-in."},
		{actDeactivate, 1, "Deactivate b", "", "Ben Jones was deactivated."},
		{actSignOut, 1, "SignOutUser b", "", "Ben Jones was signed out everywhere."},
		{actResetPassword, 1, "ResetPassword b", "zz99-yy88-xx77-ww66", "The password of Ben Jones was reset: the one-time password counts now."},
		{actReactivate, 3, "Reactivate d", "vv55-tt44-ss33-rr22", "Dan Okafor was reactivated, and signs in with the one-time password."},
	} {
		bubble(t, func(t *testing.T, b *bubbled) {
			b.session.fresh = true
			s := newUsersSample(b)
			s.choose(c.row)
			d := s.act(c.act, "Lost phone")
			wantChanges(t, b.session, c.call)
			if !d.IsClosed || s.view.Chosen != c.row || s.view.Good != c.said {
				t.Errorf("%s: closed: %v, chosen: %d, said: %q", c.call, d.IsClosed, s.view.Chosen, s.view.Good)
			}
			time.Sleep(pane.LookTime)
			s.refresh()
			s.Settle()
			if s.view.Good != c.said {
				t.Errorf("%s: after a look it says %q", c.call, s.view.Good)
			}
			if s.choose(0); s.view.Good != "" {
				t.Errorf("%s: of another user it says %q", c.call, s.view.Good)
			}
			if got := len(s.oneTimes) > 0; got != (c.oneTime != "") || got && s.oneTimes[0].Secret != c.oneTime {
				t.Errorf("%s: shown: %v", c.call, s.oneTimes)
			}
		})
	}
}

func TestUsersResetNeedsAReason(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newUsersSample(b)
		s.choose(1)
		if d := s.act(actResetTwoFactor, ""); d.IsClosed || d.Last().Field != auth.FieldReason || d.Last().Error == "" {
			t.Errorf("%+v", d.Last())
		}
		s.act(actResetTwoFactor, "Lost phone")
		s.Last().Submit(rightPassword, "")
		s.Settle()
		if b.session.reason != "Lost phone" || s.view.Rows[1][3] != "– not set up" {
			t.Errorf("reason: %q, %q", b.session.reason, s.view.Rows[1][3])
		}
	})
}

func TestUsersTaskCancelledWhileUnderWay(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh, b.session.last = true, time.Second
		s := newUsersSample(b)
		d, task := s.saveUser("", auth.UserForm{Name: "Al Bo", Username: "albo", Role: auth.Staff})
		if !d.Last().Busy {
			t.Errorf("%+v", d.Last())
		}
		task.Start(func(context.Context) error { t.Error("a second Enter counts"); return nil })
		task.Cancel()
		s.Settle()
		wantChanges(t, b.session)
		if len(s.oneTimes) != 0 || len(s.ends) != 0 {
			t.Errorf("shown: %v, ends: %v", s.oneTimes, s.ends)
		}
	})
}

func TestUsersErrors(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fail = auth.ErrForbidden
		s := newUsersSample(b)
		if s.view.Error != "Only a Practice Admin can do this." || len(s.view.Acts) != 0 {
			t.Errorf("staff: %+v", s.view)
		}
		b.session.fail = nil
		s = newUsersSample(b)
		b.session.fail = auth.ErrSessionEnded
		if d := s.act(actDeactivate, ""); !d.IsClosed || len(s.ends) == 0 || !errors.Is(s.ends[0], auth.ErrSessionEnded) {
			t.Errorf("closed: %v, ends: %v", d.IsClosed, s.ends)
		}
	})
}

// Who shuts themselves out is signed out with the next look at the list.
func TestUsersQuestionsSayWhatTheyDoToYou(t *testing.T) {
	if q := newQuestion(actDeactivate, auth.UserInfo{Self: true}); q.You == "" {
		t.Error("nothing says that it is you")
	}
	if q := newQuestion(actDeactivate, auth.UserInfo{}); q.You != "" || !q.Danger {
		t.Errorf("%+v", q)
	}
	views, _ := acts(auth.UserInfo{Self: true, Active: true, Role: auth.Admin, Enrolled: time.Now()})
	if !views[2].Off || views[1].Off || !views[3].Off || !views[4].Off || views[5].Off {
		t.Errorf("on oneself: %+v", views)
	}
}

func TestUsersOneTimeCode(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newUsersSample(b)
		s.choose(1)
		d := s.act(actOneTimeCode, "")
		if !d.IsClosed || len(s.oneTimes) != 1 {
			t.Fatalf("shown: %+v", s.oneTimes)
		}
		v := s.oneTimes[0]
		if v.Name != "Ben Jones" || v.Secret != "1234 5678" || v.Title != "One-time code" {
			t.Errorf("%+v", v)
		}
		if text, over := pane.LeftText(v.Until, v.Until.Add(-61*time.Second)); over || text != "It can be used for 61 s more." {
			t.Errorf("%q %v", text, over)
		}
		if _, over := pane.LeftText(v.Until, v.Until); !over {
			t.Error("it counts for ever")
		}
	})
}

// A reset shows digits to hand over only where the practice asks for them.
func TestUsersHandOver(t *testing.T) {
	for _, code := range []string{"", "8765 4321"} {
		bubble(t, func(t *testing.T, b *bubbled) {
			b.session.fresh, b.session.handOver = true, code
			s := newUsersSample(b)
			s.choose(1)
			d := s.act(actResetTwoFactor, "lost")
			if want := len(code) > 0; !d.IsClosed || len(s.oneTimes) > 0 != want {
				t.Fatalf("%q: shown %+v", code, s.oneTimes)
			}
			if code != "" && s.oneTimes[0].Secret != code {
				t.Errorf("%+v", s.oneTimes[0])
			}
		})
	}
}

func TestUsersLiftWait(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newUsersSample(b)
		s.choose(1)
		if len(s.view.Acts) != 6 {
			t.Fatalf("nobody waits: %+v", s.view.Acts)
		}
		b.session.set(func(f *fakeSession) { f.users[1].WaitUntil = time.Now().Add(time.Minute) })
		s.refresh()
		s.Settle()
		if last := s.view.Acts[len(s.view.Acts)-1]; last.Act != actLiftWait || !strings.Contains(s.view.Need, "Has to wait until") {
			t.Fatalf("%+v, %q", last, s.view.Need)
		}
		s.act(actLiftWait, "")
		if len(s.view.Acts) != 6 || s.view.Need != "" {
			t.Errorf("still waits: %+v, %q", s.view.Acts, s.view.Need)
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
	if views, _ := acts(auth.UserInfo{Active: true, ResetAgain: true}); views[1].Off {
		t.Error("a reset whose code was lost can't be made again")
	}
}

// The settings can begin with an act for somebody who asked for help.
func TestUsersBeginWithHelp(t *testing.T) {
	for name, c := range map[string]struct {
		user  string
		act   act
		begun []string
		name  string
	}{
		"code":              {"b", actOneTimeCode, []string{"Ben Jones"}, "Ben Jones"},
		"reset":             {"b", actResetTwoFactor, []string{"Ben Jones"}, "Ben Jones"},
		"can't be done":     {"c", actOneTimeCode, nil, "Cleo Marsh"},
		"nobody of that id": {"a", actResetTwoFactor, nil, "Ben Jones"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, b *bubbled) {
				if c.user == "a" {
					b.session.users = b.session.users[1:]
				}
				s := newUsersSample(b)
				s.help(c.user, c.act)
				b.session.set(func(f *fakeSession) { f.fail = auth.ErrBusy })
				s.refresh()
				s.Settle()
				b.session.set(func(f *fakeSession) { f.fail = nil })
				for range 2 {
					s.refresh()
					s.Settle()
				}
				if !slices.Equal(s.begun, c.begun) || s.view.Name != c.name {
					t.Errorf("begun for %q, chosen %q", s.begun, s.view.Name)
				}
			})
		})
	}
}

// TestUsersLook: what happens elsewhere is seen within seconds, and nothing is
// shown anew without a change, nor read out of sight.
func TestUsersLook(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newUsersSample(b)
		inSight := true
		s.watch(func() bool { return inSight })
		s.watch(func() bool { return inSight }) // opened again
		s.Settle()
		pass := func() (reads, shows int) {
			r, n := s.reads, s.shows
			time.Sleep(pane.LookTime)
			s.Settle()
			return s.reads - r, s.shows - n
		}
		if reads, shows := pass(); reads != 1 || shows != 0 {
			t.Errorf("read %d times, shown %d times without a change", reads, shows)
		}
		b.session.set(func(f *fakeSession) { f.users[1].Help = time.Now() })
		if pass(); s.view.Rows[1][5] != "Asks for help" {
			t.Errorf("%q", s.view.Rows[1])
		}
		inSight = false
		if reads, _ := pass(); reads != 0 {
			t.Error("read out of sight")
		}
	})
}

// slowFirst is a session whose first list comes late, as it was when asked for.
type slowFirst struct {
	*fakeSession
	calls atomic.Int32
}

func (s *slowFirst) late() {
	if s.calls.Add(1) == 1 {
		time.Sleep(time.Second)
	}
}

func (s *slowFirst) Users(ctx context.Context) ([]auth.UserInfo, error) {
	defer s.late()
	return s.fakeSession.Users(ctx)
}

func TestUsersOldListDoesNotCount(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newUsersSample(b)
		s.users.session = &slowFirst{fakeSession: b.session}
		s.refresh()
		s.Settle()
		b.session.set(func(f *fakeSession) { f.users = f.users[:2] })
		s.refresh()
		s.Settle()
		time.Sleep(time.Second)
		s.Settle()
		if len(s.view.Rows) != 2 {
			t.Errorf("rows: %q", s.view.Rows)
		}
	})
}
