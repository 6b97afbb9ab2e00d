package account

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC // as the texts of the tests have it
	uitest.Main(m)
}

// sample is Anna's account, and what it led to.
type sample struct {
	*panetest.Sample
	*presenter
	moves []*auth.Move
	codes [][]string
}

// run runs a test with her account, which was read. She has two-factor where that is on.
func run(t *testing.T, isOn bool, fn func(*testing.T, *sample)) {
	t.Helper()
	panetest.Run(t, practice.Records{}, func(p *panetest.Sample) {
		if isOn {
			p.TurnOn()
		}
		fn(p.T, newSample(p))
	})
}

func newSample(p *panetest.Sample) *sample {
	s := &sample{Sample: p}
	s.presenter = newPresenter(presenter{
		Scope: p.Params.Scope, session: p.Params.Session, pane: screen.NewView(func(view) {}),
		enrol:   func(m *auth.Move) { s.moves = append(s.moves, m) },
		onCodes: func(codes []string) { s.codes = append(s.codes, codes) },
	})
	s.read()
	return s
}

func (s *sample) read() {
	s.refresh()
	s.Settle()
}

func (s *sample) shown() view { return s.pane.Shown() }

// office links another computer, at which Anna signs in too, and gives her session there.
func (s *sample) office() (id string) {
	s.T.Helper()
	s.Link(auth.Computer{Name: "OFFICE"}, s.Anna)
	s.read()
	return otherSession(s.T, s.shown())
}

func otherSession(t *testing.T, v view) (id string) {
	t.Helper()
	i := slices.IndexFunc(v.SignedIn, func(o ownSession) bool { return !o.IsThis })
	if i < 0 {
		t.Fatalf("no other session: %+v", v.SignedIn)
	}
	return v.SignedIn[i].ID
}

// stored is Anna's account as it is in the register.
func stored(s *panetest.Sample) auth.Account {
	s.T.Helper()
	now, err := s.Anna.Session.Account(s.T.Context())
	if err != nil {
		s.T.Fatal(err)
	}
	return now
}

// noted is how many entries of the activity log are about an event.
func noted(s *panetest.Sample, event auth.Event) (n int) {
	s.T.Helper()
	page, err := s.Anna.Session.Activity(s.T.Context(), auth.ActivityFilter{}, 0, 1000)
	if err != nil {
		s.T.Fatal(err)
	}
	for _, e := range page.Entries {
		if e.Event == event {
			n++
		}
	}
	return n
}

func TestAccountView(t *testing.T) {
	run(t, true, func(t *testing.T, s *sample) {
		office := s.office()
		v := s.shown()
		if !v.IsReady || v.Name != "Anna Smith" || v.Facts != "Username: asmith · Practice Admin" || v.CanSave {
			t.Errorf("%+v", v)
		}
		if v.TwoFactor != "Your authenticator has been set up since 1 Jan 2000." || !v.CanMove {
			t.Errorf("two-factor: %q, %v", v.TwoFactor, v.CanMove)
		}
		if v.Recovery != "10 of your ten are left. They were made on 1 Jan 2000." || v.Few != "" {
			t.Errorf("recovery codes: %q, %q", v.Recovery, v.Few)
		}
		signedIn := []ownSession{{office, "OFFICE, since today 2:01", false}, {v.SignedIn[1].ID, "RECEPTION-1 (here), since today 1:00", true}}
		if !slices.Equal(v.SignedIn, signedIn) {
			t.Errorf("signed in: %+v", v.SignedIn)
		}
		newest := []string{"today 2:01", "Anna Smith (asmith) signed in at OFFICE."}
		if !slices.Equal(v.Recent[0], newest) || v.Quiet != "" {
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
	run(t, false, func(t *testing.T, s *sample) {
		for i := range 30 {
			if err := s.session.ChangeName(t.Context(), "Anna Smith "+string(rune('A'+i))); err != nil {
				t.Fatal(err)
			}
		}
		s.read()
		if v := s.shown(); len(v.Recent) != recentEntries || v.Quiet != "" {
			t.Errorf("%d entries, %q", len(v.Recent), v.Quiet)
		}
		s.take(s.now, nil)
		if v := s.view(); v.Quiet != "Nothing happened yet." {
			t.Errorf("none: %q", v.Quiet)
		}
	})
}

func TestAccountSavesTheName(t *testing.T) {
	run(t, false, func(t *testing.T, s *sample) {
		s.save() // nothing is changed
		s.edit("  Dr Anna Smith ")
		if !s.isChanged() || !s.shown().CanSave {
			t.Errorf("can't be saved: %+v", s.shown())
		}
		s.save()
		s.save() // a second Enter
		s.edit("typed meanwhile")
		if o := s.shown().Outcomes[partName]; !o.IsBusy || s.shown().CanSave || s.shown().Name != "  Dr Anna Smith " {
			t.Errorf("while it is saved: %+v", s.shown())
		}
		s.Settle()
		if s.shown().Name != "Dr Anna Smith" || s.isChanged() || s.shown().Outcomes[partName].Said != "Saved." {
			t.Errorf("saved: %+v", s.shown())
		}
		if stored(s.Sample).Name != "Dr Anna Smith" || noted(s.Sample, auth.EventNameChanged) != 1 {
			t.Errorf("%q, changed %d times", stored(s.Sample).Name, noted(s.Sample, auth.EventNameChanged))
		}
		s.edit("")
		if s.shown().Outcomes[partName] != (outcome{}) {
			t.Errorf("it still says: %+v", s.shown().Outcomes)
		}
		s.save()
		s.Settle()
		if s.shown().NameError != "Type a name." || s.shown().Name != "" {
			t.Errorf("an empty name: %+v", s.shown())
		}
		s.edit("A")
		if s.shown().NameError != "" {
			t.Errorf("after typing: %q", s.shown().NameError)
		}
	})
}

func TestAccountKeepsWhatIsTyped(t *testing.T) {
	run(t, false, func(t *testing.T, s *sample) {
		office := s.office()
		s.edit("Dr Anna")
		s.read()
		s.end(office)
		s.Settle()
		if s.shown().Name != "Dr Anna" || !s.shown().CanSave || stored(s.Sample).Name != "Anna Smith" {
			t.Errorf("typed: %q, stored: %q", s.shown().Name, stored(s.Sample).Name)
		}
	})
}

func TestAccountEndsAnotherSession(t *testing.T) {
	run(t, false, func(t *testing.T, s *sample) {
		office := s.office()
		s.end(office)
		s.Settle()
		if len(s.shown().SignedIn) != 1 || s.shown().Outcomes[partSessions].Said != "Signed out there." {
			t.Errorf("%+v", s.shown())
		}
		s.end(office) // it was shown a moment too long
		s.Settle()
		if got := s.shown().Outcomes[partSessions]; got != (outcome{Said: "Signed out there."}) {
			t.Errorf("again: %+v", got)
		}
		if len(stored(s.Sample).SignedIn) != 1 || noted(s.Sample, auth.EventSessionEnded) != 1 {
			t.Errorf("%+v", stored(s.Sample).SignedIn)
		}
	})
}

func TestAccountSaysWhatFailedUntilItWorks(t *testing.T) {
	run(t, false, func(t *testing.T, s *sample) {
		s.Anna.Stop(auth.ErrBusy)
		s.edit("Dr Anna")
		s.save()
		s.Settle()
		if got := s.shown().Outcomes[partName].Error; !strings.HasPrefix(got, "Another program") || s.shown().Name != "Dr Anna" || !s.shown().CanSave {
			t.Errorf("%+v", s.shown())
		}
		s.read()
		if !strings.HasPrefix(s.shown().Error, "Another program") || !s.shown().IsReady {
			t.Errorf("read: %+v", s.shown())
		}
		s.Anna.Answer()
		s.read()
		if s.shown().Error != "" {
			t.Errorf("afterwards: %q", s.shown().Error)
		}
	})
}

// TestAccountCanBeCancelledWhileAKeyringHangs, or a database does.
func TestAccountCanBeCancelledWhileAKeyringHangs(t *testing.T) {
	run(t, false, func(t *testing.T, s *sample) {
		s.Anna.Delay(time.Hour)
		s.edit("Dr Anna")
		s.save()
		s.Settle()
		time.Sleep(screen.StalledAfter - time.Millisecond)
		s.Settle()
		if s.shown().Outcomes[partName].CanCancel {
			t.Error("it is offered at once")
		}
		time.Sleep(time.Millisecond)
		s.Settle()
		if !s.shown().Outcomes[partName].CanCancel {
			t.Error("it is not offered")
		}
		s.cancel()
		s.Settle()
		if got := s.shown().Outcomes[partName]; got != (outcome{Error: "Cancelled. Look whether it was saved."}) || s.shown().Name != "Dr Anna" {
			t.Errorf("%+v, %q", got, s.shown().Name)
		}
		s.cancel() // nothing goes on
	})
}

func TestAccountReportsTheEnd(t *testing.T) {
	for name, act := range map[string]func(*sample){
		"refresh": func(s *sample) { s.refresh() },
		"save":    func(s *sample) { s.edit("Dr Anna"); s.save() },
		"end":     func(s *sample) { s.end("2") },
		"codes":   func(s *sample) { s.newCodes(s.newAct(&screentest.Form{})) },
		"move":    func(s *sample) { s.move(&moveDialogNotes{}).submit("123456") },
		"enrol":   func(s *sample) { s.moveFailed(auth.ErrSessionEnded) },
	} {
		run(t, false, func(t *testing.T, s *sample) {
			if err := s.session.SignOut(t.Context()); err != nil {
				t.Fatal(err)
			}
			act(s)
			s.Settle()
			if len(s.Ends) != 1 || !errors.Is(s.Ends[0], auth.ErrSessionEnded) {
				t.Errorf("%s: reported %v", name, s.Ends)
			}
		})
	}
}

func TestNewCodesNeedStepUp(t *testing.T) {
	run(t, true, func(t *testing.T, s *sample) {
		d := &screentest.Form{}
		s.newCodes(s.newAct(d))
		s.Settle()
		if len(s.codes) != 0 || noted(s.Sample, auth.EventRecoveryMade) != 2 { // at Anna's and at Ben's first sign-in
			t.Errorf("made unasked: %v", s.codes)
		}
		s.Last().Submit(s.Anna.Password, s.Anna.Code())
		s.Settle()
		if len(s.codes) != 1 || len(s.codes[0]) != 10 || !d.IsClosed {
			t.Errorf("shown: %v, closed: %v", s.codes, d.IsClosed)
		}
		if made := stored(s.Sample).RecoveryMade; !made.Equal(time.Now()) {
			t.Errorf("made %v", made)
		}
	})
}

func TestNewCodesTakenBack(t *testing.T) {
	run(t, true, func(t *testing.T, s *sample) {
		d := &screentest.Form{}
		s.newCodes(s.newAct(d))
		s.Settle()
		s.Last().Cancel()
		s.Settle()
		if len(s.codes) != 0 || d.IsClosed || d.Last().Error != "" || !stored(s.Sample).RecoveryMade.Before(time.Now()) {
			t.Errorf("shown: %v, %+v", s.codes, d)
		}
	})
}
