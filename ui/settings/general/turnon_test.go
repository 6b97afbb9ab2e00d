package general

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/settings/panetest"
)

// turnOnNow says yes to what was asked.
func (s *sample) turnOnNow() {
	s.turnOn(s.asked)
	s.Settle()
}

// confirm is what the enrolment dialog does with a code.
func (s *sample) confirm(code string) (result error) {
	s.Go(func(ctx context.Context) error {
		return s.confirmEnrolment(ctx, s.asked, s.enrolled[0], code)
	}, func(err error) { result = err })
	s.Settle()
	return result
}

// scan sets up Anna's phone with the barcode, and gives its code.
func (s *sample) scan() (code string) {
	s.Anna.Scan(s.enrolled[0])
	return s.Anna.Code()
}

// seeCodeIsAskedFor sees that two-factor is on.
func (s *sample) seeCodeIsAskedFor(t *testing.T) {
	t.Helper()
	state, err := s.Anna.Practice.NewAttempt().Password(t.Context(), s.Anna.Username, s.Anna.Password)
	if err != nil || state.Step != auth.StepCode {
		t.Errorf("at the next sign-in: step %v, %v", state.Step, err)
	}
}

func TestTurnOnInOrder(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.change(tick)
		if n := s.changes(s.saveAndSettle); n != 0 {
			t.Errorf("%d changes before it was asked", n)
		}
		if len(s.turnOns) != 1 {
			t.Fatalf("asked %d times", len(s.turnOns))
		}
		want := []string{"Anna Smith (asmith) (you), on RECEPTION-1", "Ben Jones (bjones), on RECEPTION-1"}
		if v := s.turnOns[0]; v.Who != "2 people will be signed out, including you:" || !slices.Equal(v.Names, want) || v.You == "" {
			t.Errorf("%+v", v)
		}
		s.turnOnNow()
		if len(s.Proofs) != 1 || len(s.enrolled) != 0 {
			t.Fatalf("proofs: %d, enrolments: %d", len(s.Proofs), len(s.enrolled))
		}
		s.prove("")
		if len(s.enrolled) != 1 || s.stored().Policy.TwoFactor {
			t.Fatalf("enrolments: %d, on: %v", len(s.enrolled), s.stored().Policy.TwoFactor)
		}
		if err := s.confirm(s.scan()); err != nil {
			t.Fatal(err)
		}
		s.turnedOn()
		s.seeCodeIsAskedFor(t)
		for _, w := range []*auth.Session{s.Anna.Session, s.Ben.Session} {
			if err := w.Check(t.Context()); !errors.Is(err, auth.ErrSessionEnded) {
				t.Errorf("still signed in: %v", err)
			}
		}
		if len(s.Ends) != 1 || !errors.Is(s.Ends[0], auth.ErrSessionEnded) {
			t.Errorf("ended: %v", s.Ends)
		}
	})
}

// TestTurnOnNamesEachPersonOnce, who asks first, whatever the order of the sessions.
func TestTurnOnNamesEachPersonOnce(t *testing.T) {
	v := newTurnOnView(auth.Settings{SelfEnrolled: true, SignedIn: []auth.SignedIn{
		{User: "b", Name: "Ben Jones", Computer: "RECEPTION-1"},
		{User: "a", Name: "Anna Smith", Computer: "OFFICE", Self: true},
		{User: "b", Name: "Ben Jones", Computer: "RECEPTION-2"},
	}})
	want := []string{"Anna Smith (you), on OFFICE", "Ben Jones, on 2 computers"}
	if v.Who != "2 people will be signed out, including you:" || !slices.Equal(v.Names, want) || v.You != "" {
		t.Errorf("%+v", v)
	}
}

// TestYesTurnsOnWhatWasAsked, whatever the form has by then; and while it is asked
// the form is closed.
func TestYesTurnsOnWhatWasAsked(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.change(func(f *form) { f.TwoFactor, f.Name = true, "Brook Lane" })
		s.saveAndSettle()
		asked := s.form
		s.change(func(f *form) { f.Name, f.Idle = "Another", "60" })
		if s.form != asked {
			t.Errorf("changed while it is asked: %+v", s.form)
		}
		s.form.Name = "Another"
		s.turnOnNow()
		if err := s.confirm(s.scan()); err != nil {
			t.Fatal(err)
		}
		s.seeCodeIsAskedFor(t)
		if name := s.Anna.Practice.Name(); name != "Brook Lane" {
			t.Errorf("saved %q", name)
		}
	})
}

// Who has just proven who they are is not asked a second time.
func TestTurnOnIsNotAskedWhileFresh(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.change(tick)
		s.saveAndSettle()
		s.turnOnNow()
		if len(s.Proofs) != 0 || len(s.enrolled) != 1 {
			t.Fatalf("proofs: %d, enrolments: %d", len(s.Proofs), len(s.enrolled))
		}
	})
}

func TestTurnOnWithAnAuthenticatorSavesAtOnce(t *testing.T) {
	runOn(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.elsewhere(func(f *auth.SettingsForm) { f.Policy.TwoFactor = false })
		s.Pass(time.Hour) // the proof is over
		s.readAgain()
		s.change(tick)
		s.saveAndSettle()
		if s.turnOns[0].You != "" {
			t.Errorf("%+v", s.turnOns[0])
		}
		s.turnOnNow()
		s.prove(s.Anna.Code())
		if len(s.enrolled) != 0 || len(s.Ends) != 1 {
			t.Errorf("enrolments: %d, ends: %v", len(s.enrolled), s.Ends)
		}
		s.seeCodeIsAskedFor(t)
	})
}

func TestTurnOnCancelledAnywhereChangesNothing(t *testing.T) {
	steps := []func(*sample){(*sample).turnOnNow, func(s *sample) { s.prove("") }}
	cancels := []func(*sample){
		func(s *sample) { s.cancelTurnOn() },
		func(s *sample) { s.Last().Cancel(); s.Settle() },
		func(s *sample) { s.cancelTurnOn() },
	}
	for done, cancel := range cancels {
		run(t, func(t *testing.T, s *sample) {
			s.change(func(f *form) { f.Name, f.TwoFactor = "Brook Lane", true })
			want, was := s.shown(), s.stored()
			s.saveAndSettle()
			for _, step := range steps[:done] {
				step(s)
			}
			cancel(s)
			// What was typed stays, but a tick would be taken for "on".
			want.Form.TwoFactor, want.Error = false, "Not turned on. Nothing was changed."
			if got := s.shown(); got != want {
				t.Errorf("cancelled after %d steps: %+v, want %+v", done, got, want)
			}
			if now := s.stored(); now.Name != was.Name || now.Policy != was.Policy {
				t.Errorf("cancelled after %d steps: %+v is stored", done, now)
			}
			if len(s.Ends) != 0 {
				t.Errorf("cancelled after %d steps: ended", done)
			}
		})
	}
}

func TestTurnOnNeedsTheKitFirst(t *testing.T) {
	panetest.Run(t, records, func(all *panetest.Sample) {
		s := &sample{Sample: all}
		s.begin()
		s.change(tick)
		if n := s.changes(s.saveAndSettle); s.kitAsked != 1 || len(s.turnOns) != 0 || n != 0 {
			t.Errorf("asked for the kit %d times, to turn on: %v, %d changes", s.kitAsked, s.turnOns, n)
		}
		s.cancelTurnOn()
		if v := s.shown(); v.Form.TwoFactor || v.Error != "Not turned on. Nothing was changed." || v.Busy != "" {
			t.Errorf("cancelled: %+v", v)
		}
	})
}

// A practice that was restored after it was asked may have no kit any more.
func TestTurnOnNeedsTheKitAtTheLastMoment(t *testing.T) {
	panetest.Run(t, records, func(all *panetest.Sample) {
		s := &sample{Sample: all}
		s.begin()
		s.change(tick)
		s.asked = s.settingsForm()
		for _, in := range s.saved.SignedIn {
			s.asked.Ends = append(s.asked.Ends, in.ID)
		}
		s.turnOnNow()
		if v := s.shown(); s.kitAsked != 1 || v.Error != "" || len(s.Ends) != 0 || s.stored().Policy.TwoFactor {
			t.Errorf("asked for the kit %d times: %+v", s.kitAsked, v)
		}
	})
}

// Fetching a phone may take longer than the password counts.
func TestTurnOnAsksAgainWhenEnrolmentTookLong(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.change(tick)
		s.saveAndSettle()
		s.turnOnNow()
		s.prove("")
		s.Pass(time.Hour)
		_ = s.confirm(s.scan())
		if len(s.Proofs) != 2 {
			t.Fatalf("proofs: %d", len(s.Proofs))
		}
		s.prove("")
		s.seeCodeIsAskedFor(t)
	})
}
