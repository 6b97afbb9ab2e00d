package account

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen/screentest"

	"anteroom/ui/screen"
)

// fakeAccountPane notes what the pane shows.
type fakeAccountPane struct {
	view  accountView
	moves []*auth.Move
}

func (p *fakeAccountPane) show(v accountView) { p.view = v }
func (p *fakeAccountPane) enrol(m *auth.Move) { p.moves = append(p.moves, m) }

// accountSample is a presenter with all that it showed and reported.
type accountSample struct {
	*account
	shown *fakeAccountPane
	asker *screentest.Asker
	ends  []error
	codes [][]string
}

func newAccountSample(b *bubbled) *accountSample {
	s := &accountSample{shown: &fakeAccountPane{}}
	stepUp, asker := newStepUp(b)
	s.asker = asker
	s.account = newAccount(account{
		Scope:   screen.Scope{Ctx: b.ctx, Runner: b.runner, StepUp: stepUp, OnEnded: func(err error) { s.ends = append(s.ends, err) }},
		session: b.session, pane: s.shown,
		onCodes: func(codes []string) { s.codes = append(s.codes, codes) },
	})
	s.refresh()
	b.Settle()
	return s
}

func TestAccountView(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		v := newAccountSample(b).shown.view
		if !v.Ready || v.Name != "Anna Smith" || v.Facts != "Username: asmith · Practice Admin" || v.CanSave {
			t.Errorf("%+v", v)
		}
		if v.TwoFactor != "Your authenticator has been set up since 3 Nov 2026." || !v.CanMove {
			t.Errorf("two-factor: %q, %v", v.TwoFactor, v.CanMove)
		}
		if v.Recovery != "8 of your ten are left. They were made on 3 Nov 2026." || v.Few != "" {
			t.Errorf("recovery codes: %q, %q", v.Recovery, v.Few)
		}
		signedIn := []signedInView{{"1", "OFFICE (here), since today 0:00", true}, {"2", "RECEPTION-1, since yesterday 23:00", false}}
		if !slices.Equal(v.SignedIn, signedIn) {
			t.Errorf("signed in: %+v", v.SignedIn)
		}
		recent := [][]string{{"today 0:00", "Anna Smith signed in at OFFICE."}, {"3 Nov 2026 9:40", "A wrong password was typed for Anna Smith at RECEPTION-1."}}
		if !slices.EqualFunc(v.Recent, recent, slices.Equal[[]string]) || v.Quiet != "" {
			t.Errorf("recent: %q, %q", v.Recent, v.Quiet)
		}
	})
}

func TestAccountTexts(t *testing.T) {
	made := time.Date(2026, 11, 3, 9, 40, 0, 0, time.Local)
	for _, c := range []struct {
		account                  auth.Account
		twoFactor, recovery, few string
	}{
		{auth.Account{TwoFactor: true}, "No authenticator is set up. You set one up at your next sign-in.",
			"You get ten once your authenticator is set up.", ""},
		{auth.Account{}, "No authenticator is set up. You set one up once a Practice Admin turns two-factor authentication on.",
			"You get ten once your authenticator is set up.", ""},
		{auth.Account{Enrolled: made}, "Your authenticator has been set up since 3 Nov 2026.",
			"You have none. You get ten at your next sign-in with an Auth Code, or here.", ""},
		{auth.Account{Enrolled: made, RecoveryMade: made, RecoveryLeft: 3}, "Your authenticator has been set up since 3 Nov 2026.",
			"3 of your ten are left. They were made on 3 Nov 2026.", ""},
		{auth.Account{Enrolled: made, RecoveryMade: made, RecoveryLeft: 1}, "Your authenticator has been set up since 3 Nov 2026.",
			"1 of your ten is left. They were made on 3 Nov 2026.", "Make new ones while your phone is at hand."},
		{auth.Account{Enrolled: made, RecoveryMade: made}, "Your authenticator has been set up since 3 Nov 2026.",
			"0 of your ten are left. They were made on 3 Nov 2026.", "Make new ones while your phone is at hand."},
	} {
		recovery, few := recoveryCodesText(c.account)
		if ownTwoFactor(c.account) != c.twoFactor || recovery != c.recovery || few != c.few {
			t.Errorf("%+v: %q, %q, %q", c.account, ownTwoFactor(c.account), recovery, few)
		}
	}
	now := made.Add(time.Hour)
	for want, s := range map[string]auth.OwnSession{
		"Here, since today 9:40":                             {Since: made, This: true},
		"At a computer that is not linked, since today 9:40": {Since: made},
		"OFFICE (here), since today 9:40":                    {Computer: "OFFICE", Since: made, This: true},
		"OFFICE, since 1 Nov 2026":                           {Computer: "OFFICE", Since: made.AddDate(0, 0, -2)},
	} {
		if got := ownSessionText(s, now); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAccountShowsTheNewestTen(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.mine = slices.Repeat(b.session.mine[:1], 30)
		if v := newAccountSample(b).shown.view; len(v.Recent) != 10 {
			t.Errorf("%d entries", len(v.Recent))
		}
		b.session.mine = nil
		if v := newAccountSample(b).shown.view; v.Quiet != "Nothing happened yet." {
			t.Errorf("none: %q", v.Quiet)
		}
	})
}

func TestAccountSavesTheName(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newAccountSample(b)
		s.save() // nothing is changed
		s.edit("  Dr Anna Smith ")
		if !s.changed() || !s.shown.view.CanSave {
			t.Errorf("can't be saved: %+v", s.shown.view)
		}
		s.save()
		s.save() // a second Enter
		s.edit("typed meanwhile")
		if o := s.shown.view.Outcomes[partName]; !o.Busy || s.shown.view.CanSave || s.shown.view.Name != "  Dr Anna Smith " {
			t.Errorf("while it is saved: %+v", s.shown.view)
		}
		b.Settle()
		if s.shown.view.Name != "Dr Anna Smith" || s.changed() || s.shown.view.Outcomes[partName].Said != "Saved." {
			t.Errorf("saved: %+v", s.shown.view)
		}
		wantChanges(t, b.session, "ChangeName")
		s.edit("")
		if s.shown.view.Outcomes[partName] != (outcome{}) {
			t.Errorf("it still says: %+v", s.shown.view.Outcomes)
		}
		s.save()
		b.Settle()
		if s.shown.view.NameError != "Type a name." || s.shown.view.Name != "" {
			t.Errorf("an empty name: %+v", s.shown.view)
		}
		s.edit("A")
		if s.shown.view.NameError != "" {
			t.Errorf("after typing: %q", s.shown.view.NameError)
		}
	})
}

func TestAccountKeepsWhatIsTyped(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newAccountSample(b)
		s.edit("Dr Anna")
		s.refresh()
		b.Settle()
		s.end("2")
		b.Settle()
		if s.shown.view.Name != "Dr Anna" || !s.shown.view.CanSave || b.session.own.Name != "Anna Smith" {
			t.Errorf("typed: %q, stored: %q", s.shown.view.Name, b.session.own.Name)
		}
	})
}

func TestAccountEndsAnotherSession(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newAccountSample(b)
		s.end("2")
		b.Settle()
		if len(s.shown.view.SignedIn) != 1 || s.shown.view.Outcomes[partSessions].Said != "Signed out there." {
			t.Errorf("%+v", s.shown.view)
		}
		s.end("2") // it was shown a moment too long
		b.Settle()
		if got := s.shown.view.Outcomes[partSessions]; got != (outcome{Said: "Signed out there."}) {
			t.Errorf("again: %+v", got)
		}
		wantChanges(t, b.session, "EndSession 2", "EndSession 2")
	})
}

func TestAccountSaysWhatFailedUntilItWorks(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newAccountSample(b)
		b.session.set(func(f *fakeSession) { f.fail = auth.ErrBusy })
		s.edit("Dr Anna")
		s.save()
		b.Settle()
		if got := s.shown.view.Outcomes[partName].Error; !strings.HasPrefix(got, "Another program") || s.shown.view.Name != "Dr Anna" || !s.shown.view.CanSave {
			t.Errorf("%+v", s.shown.view)
		}
		s.refresh()
		b.Settle()
		if !strings.HasPrefix(s.shown.view.Error, "Another program") || !s.shown.view.Ready {
			t.Errorf("read: %+v", s.shown.view)
		}
		b.session.set(func(f *fakeSession) { f.fail = nil })
		s.refresh()
		b.Settle()
		if s.shown.view.Error != "" {
			t.Errorf("afterwards: %q", s.shown.view.Error)
		}
	})
}

func TestAccountCanBeCancelledWhileAKeyringHangs(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newAccountSample(b)
		b.session.last = time.Hour
		s.edit("Dr Anna")
		s.save()
		time.Sleep(screen.StalledAfter - time.Millisecond)
		b.Settle()
		if s.shown.view.Outcomes[partName].CanCancel {
			t.Error("it is offered at once")
		}
		time.Sleep(time.Millisecond)
		b.Settle()
		if !s.shown.view.Outcomes[partName].CanCancel {
			t.Error("it is not offered")
		}
		s.cancel()
		b.Settle()
		if got := s.shown.view.Outcomes[partName]; got != (outcome{Error: "Cancelled. Look whether it was saved."}) || s.shown.view.Name != "Dr Anna" {
			t.Errorf("%+v, %q", got, s.shown.view.Name)
		}
		s.cancel() // nothing goes on
	})
}

func TestAccountReportsTheEnd(t *testing.T) {
	for name, act := range map[string]func(*accountSample){
		"refresh": func(s *accountSample) { s.refresh() },
		"save":    func(s *accountSample) { s.edit("Dr Anna"); s.save() },
		"end":     func(s *accountSample) { s.end("2") },
		"codes":   func(s *accountSample) { s.newCodes(s.newTask(&screentest.Form{})) },
		"move":    func(s *accountSample) { s.newMove(&fakeMoveDialog{}).submit(rightCode) },
		"enrol":   func(s *accountSample) { s.moveFailed(auth.ErrSessionEnded) },
	} {
		bubble(t, func(t *testing.T, b *bubbled) {
			s := newAccountSample(b)
			b.session.fail = auth.ErrSessionEnded
			act(s)
			b.Settle()
			if len(s.ends) != 1 || !errors.Is(s.ends[0], auth.ErrSessionEnded) {
				t.Errorf("%s: reported %v", name, s.ends)
			}
		})
	}
}

func TestNewCodesNeedStepUp(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s, d := newAccountSample(b), &screentest.Form{}
		s.newCodes(s.newTask(d))
		b.Settle()
		s.asker.Last().Submit(rightPassword, "")
		b.Settle()
		if len(s.codes) != 1 || len(s.codes[0]) == 0 || !d.IsClosed {
			t.Errorf("shown: %v, closed: %v", s.codes, d.IsClosed)
		}
		wantChanges(t, b.session, "NewRecoveryCodes", "StepUp", "NewRecoveryCodes")
	})
}

func TestNewCodesTakenBack(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s, d := newAccountSample(b), &screentest.Form{}
		s.newCodes(s.newTask(d))
		b.Settle()
		s.asker.Last().Cancel()
		b.Settle()
		if len(s.codes) != 0 || d.IsClosed || d.Last().Error != "" || b.session.own.RecoveryLeft != 8 {
			t.Errorf("shown: %v, %+v", s.codes, d)
		}
	})
}
