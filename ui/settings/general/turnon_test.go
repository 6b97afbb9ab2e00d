package general

import (
	"context"
	"errors"
	"slices"
	"testing"

	"anteroom/auth"
)

func TestTurnOnInOrder(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newGeneralSample(b)
		s.change(turnOnForm)
		s.saveAndSettle()
		wantChanges(t, b.session)
		if len(s.turnOns) != 1 {
			t.Fatalf("asked %d times", len(s.turnOns))
		}
		want := []string{"Anna Smith (you), on OFFICE", "Ben Jones, on 2 computers"}
		if v := s.turnOns[0]; v.Who != "2 people will be signed out, including you:" || !slices.Equal(v.Names, want) || v.You == "" {
			t.Errorf("%+v", v)
		}
		s.turnOn()
		s.Settle()
		if len(s.Proofs) != 1 || len(s.enrolled) != 0 {
			t.Fatalf("proofs: %d, enrolments: %d", len(s.Proofs), len(s.enrolled))
		}
		s.Last().Submit(rightPassword, "")
		s.Settle()
		if len(s.enrolled) != 1 {
			t.Fatalf("enrolments: %d", len(s.enrolled))
		}
		if b.session.settings.Policy.TwoFactor {
			t.Error("it is on before the enrolment")
		}
		if err := s.confirm(rightCode); err != nil {
			t.Fatal(err)
		}
		s.turnedOn()
		if !b.session.settings.Policy.TwoFactor || b.session.saved.Enrolment != s.enrolled[0] || b.session.saved.Code != rightCode {
			t.Errorf("saved: %+v", b.session.saved)
		}
		if ends := b.session.saved.Ends; len(ends) != len(b.session.settings.SignedIn) {
			t.Errorf("ends %q, said were %+v", ends, b.session.settings.SignedIn)
		}
		if len(s.ends) != 1 || !errors.Is(s.ends[0], auth.ErrSessionEnded) {
			t.Errorf("ended: %v", s.ends)
		}
	})
}

// TestYesTurnsOnWhatWasAsked, whatever the form has by then; and while it is asked
// the form is closed.
func TestYesTurnsOnWhatWasAsked(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		b.session.settings.SelfEnrolled = true
		s := newGeneralSample(b)
		s.change(turnOnForm)
		s.saveAndSettle()
		asked := s.form
		s.change(func(f *generalForm) { f.Name, f.Idle = "Another", "60" })
		if s.form != asked {
			t.Errorf("changed while it is asked: %+v", s.form)
		}
		s.form.Name = "Another"
		s.turnOn()
		s.Settle()
		if b.session.saved.Name != asked.Name || !b.session.saved.Policy.TwoFactor {
			t.Errorf("saved %+v", b.session.saved)
		}
	})
}

// confirm is what the enrolment dialog does with a code.
func (s *generalSample) confirm(code string) (result error) {
	s.bubbled.runner.Go(s.bubbled.ctx, func(ctx context.Context) error {
		return s.confirmEnrolment(ctx, s.asked, s.enrolled[0], code)
	}, func(err error) { result = err })
	s.Settle()
	return result
}

// Who has just proven who they are is not asked a second time.
func TestTurnOnIsNotAskedWhileFresh(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newGeneralSample(b)
		s.change(turnOnForm)
		s.saveAndSettle()
		s.turnOn()
		s.Settle()
		if len(s.Proofs) != 0 || len(s.enrolled) != 1 {
			t.Fatalf("proofs: %d, enrolments: %d", len(s.Proofs), len(s.enrolled))
		}
	})
}

func TestTurnOnWithAnAuthenticatorSavesAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.settings.SelfEnrolled = true
		b.session.need.Code = true
		s := newGeneralSample(b)
		s.change(turnOnForm)
		s.saveAndSettle()
		s.turnOn()
		s.Settle()
		s.Last().Submit(rightPassword, rightCode)
		s.Settle()
		if len(s.enrolled) != 0 || !b.session.settings.Policy.TwoFactor || len(s.ends) != 1 || s.turnOns[0].You != "" {
			t.Errorf("enrolments: %d, on: %v, ends: %v", len(s.enrolled), b.session.settings.Policy.TwoFactor, s.ends)
		}
	})
}

func TestTurnOnCancelledAnywhereChangesNothing(t *testing.T) {
	steps := []func(*generalSample){
		func(s *generalSample) { s.turnOn(); s.Settle() },
		func(s *generalSample) { s.Last().Submit(rightPassword, ""); s.Settle() },
	}
	cancels := []func(*generalSample){
		func(s *generalSample) { s.cancelTurnOn() },
		func(s *generalSample) { s.Last().Cancel(); s.Settle() },
		func(s *generalSample) { s.cancelTurnOn() },
	}
	for done, cancel := range cancels {
		bubble(t, func(t *testing.T, b *bubbled) {
			s := newGeneralSample(b)
			s.change(func(f *generalForm) { f.Name, f.TwoFactor = "Brook Lane", true })
			before, was := s.view, b.session.settings
			s.saveAndSettle()
			for _, step := range steps[:done] {
				step(s)
			}
			cancel(s)
			// What was typed stays, but a tick would be taken for "on".
			before.Form.TwoFactor, before.Error = false, "Not turned on. Nothing was changed."
			if s.view != before {
				t.Errorf("cancelled after %d steps: the form was %+v, is %+v", done, before, s.view)
			}
			if now := b.session.settings; now.Name != was.Name || now.Policy != was.Policy {
				t.Errorf("cancelled after %d steps: %+v is stored", done, now)
			}
			if len(s.ends) != 0 {
				t.Errorf("cancelled after %d steps: ended", done)
			}
		})
	}
}

func TestTurnOnNeedsTheKitFirst(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.settings.KitMade = false
		s := newGeneralSample(b)
		s.change(turnOnForm)
		s.saveAndSettle()
		if s.kitAsked != 1 || len(s.turnOns) != 0 {
			t.Errorf("asked for the kit %d times, to turn on: %v", s.kitAsked, s.turnOns)
		}
		s.cancelTurnOn()
		if s.view.Form.TwoFactor || s.view.Error != "Not turned on. Nothing was changed." || s.view.Busy != "" {
			t.Errorf("cancelled: %+v", s.view)
		}
		wantChanges(t, b.session)
	})
}

// A practice that was restored meanwhile may have no kit any more.
func TestTurnOnNeedsTheKitAtTheLastMoment(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newGeneralSample(b)
		s.change(turnOnForm)
		s.saveAndSettle()
		b.session.settings.KitMade = false
		s.turnOn()
		s.Settle()
		s.Last().Submit(rightPassword, "")
		s.Settle()
		if s.kitAsked != 1 || s.view.Error != "" || len(s.ends) != 0 || b.session.settings.Policy.TwoFactor {
			t.Errorf("asked for the kit %d times: %+v", s.kitAsked, s.view)
		}
	})
}

// Fetching a phone may take longer than the password counts.
func TestTurnOnAsksAgainWhenEnrolmentTookLong(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newGeneralSample(b)
		s.change(turnOnForm)
		s.saveAndSettle()
		s.turnOn()
		s.Settle()
		s.Last().Submit(rightPassword, "")
		s.Settle()
		b.session.fresh = false
		_ = s.confirm(rightCode)
		if len(s.Proofs) != 2 {
			t.Fatalf("proofs: %d", len(s.Proofs))
		}
		s.Last().Submit(rightPassword, "")
		s.Settle()
		if !b.session.settings.Policy.TwoFactor {
			t.Error("it is not on")
		}
	})
}
