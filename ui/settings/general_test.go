package settings

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"anteroom/auth"
)

// generalSample is the presenter with all that it showed and led to.
type generalSample struct {
	*general
	*bubbled
	*asker
	view     generalView
	kitAsked int
	turnOns  []turnOnView
	enrolled []*auth.Enrolment
	ends     []error
}

func newGeneralSample(b *bubbled) *generalSample {
	stepUp, asker := newStepUp(b)
	s := &generalSample{bubbled: b, asker: asker}
	s.general = &general{session: b.session, pane: s, office: office{
		ctx: b.ctx, runner: b.runner, stepUp: stepUp, ended: func(err error) { s.ends = append(s.ends, err) },
	}}
	s.general.refresh()
	s.settle()
	return s
}

func (s *generalSample) show(v generalView)         { s.view = v }
func (s *generalSample) askForKit()                 { s.kitAsked++ }
func (s *generalSample) confirmTurnOn(v turnOnView) { s.turnOns = append(s.turnOns, v) }
func (s *generalSample) enrol(e *auth.Enrolment)    { s.enrolled = append(s.enrolled, e) }

func (s *generalSample) change(fn func(*generalForm)) {
	form := s.view.Form
	fn(&form)
	s.edit(form)
}

func turnOnForm(f *generalForm) { f.TwoFactor = true }

func (s *generalSample) saveAndSettle() {
	s.save()
	s.save() // a second Enter
	s.settle()
}

func TestGeneralSavesOnlyWhatChanged(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newGeneralSample(b)
		if s.view.CanSave || s.view.People != "5 of 7 people are set up." {
			t.Errorf("at first: %+v", s.view)
		}
		s.saveAndSettle()
		wantChanges(t, b.session)
		s.change(func(f *generalForm) { f.Name = "Brook Lane" })
		if !s.view.CanSave {
			t.Error("a new name can't be saved")
		}
		s.saveAndSettle()
		wantChanges(t, b.session, "SaveSettings")
		if s.view.CanSave || s.view.Saved != "Saved." || b.session.settings.Name != "Brook Lane" {
			t.Errorf("afterwards: %+v", s.view)
		}
		s.change(func(f *generalForm) { f.Name = "Brook Land" })
		if s.view.Saved != "" {
			t.Error("it still says that it is saved")
		}
	})
}

func TestGeneralFrequencyCountsOnlyWithTwoFactor(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newGeneralSample(b)
		s.change(func(f *generalForm) { f.TwoFactor, f.Frequency = true, auth.Monthly })
		if s.view.FrequencyNote == "" {
			t.Error("nothing says that 30 days are below AAL2")
		}
		s.change(func(f *generalForm) { f.Frequency = auth.Daily })
		if s.view.FrequencyNote != "" {
			t.Errorf("a day: %q", s.view.FrequencyNote)
		}
		s.change(func(f *generalForm) { f.TwoFactor = false })
		if s.view.CanSave {
			t.Error("there is something to save")
		}
	})
}

func TestGeneralShowsARefusedNameBesideIt(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newGeneralSample(b)
		s.change(func(f *generalForm) { f.Name = "" })
		s.saveAndSettle()
		if s.view.NameError == "" || s.view.Error != "" || !s.view.CanSave {
			t.Errorf("%+v", s.view)
		}
	})
}

func TestTurnOnInOrder(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true // asked all the same
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
		s.settle()
		if len(s.dialogs) != 1 || len(s.enrolled) != 0 {
			t.Fatalf("proofs: %d, enrolments: %d", len(s.dialogs), len(s.enrolled))
		}
		s.last().proof.submit(rightPassword, "")
		s.settle()
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
		if len(s.ends) != 1 || !errors.Is(s.ends[0], auth.ErrSessionEnded) {
			t.Errorf("ended: %v", s.ends)
		}
	})
}

// confirm is what the enrolment dialog does with a code.
func (s *generalSample) confirm(code string) (result error) {
	form := s.settingsForm()
	s.bubbled.runner.Go(s.bubbled.ctx, func(ctx context.Context) error {
		return s.confirmEnrolment(ctx, form, s.enrolled[0], code)
	}, func(err error) { result = err })
	s.settle()
	return result
}

func TestTurnOnWithAnAuthenticatorSavesAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.settings.SelfEnrolled = true
		b.session.need.Code = true
		s := newGeneralSample(b)
		s.change(turnOnForm)
		s.saveAndSettle()
		s.turnOn()
		s.settle()
		s.last().proof.submit(rightPassword, rightCode)
		s.settle()
		if len(s.enrolled) != 0 || !b.session.settings.Policy.TwoFactor || len(s.ends) != 1 || s.turnOns[0].You != "" {
			t.Errorf("enrolments: %d, on: %v, ends: %v", len(s.enrolled), b.session.settings.Policy.TwoFactor, s.ends)
		}
	})
}

func TestTurnOnCancelledAnywhereChangesNothing(t *testing.T) {
	steps := []func(*generalSample){
		func(s *generalSample) { s.turnOn(); s.settle() },
		func(s *generalSample) { s.last().proof.submit(rightPassword, ""); s.settle() },
	}
	cancels := []func(*generalSample){
		func(s *generalSample) { s.cancelTurnOn() },
		func(s *generalSample) { s.last().proof.cancel(); s.settle() },
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
		s.settle()
		s.last().proof.submit(rightPassword, "")
		s.settle()
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
		s.settle()
		s.last().proof.submit(rightPassword, "")
		s.settle()
		b.session.fresh = false
		_ = s.confirm(rightCode)
		if len(s.dialogs) != 2 {
			t.Fatalf("proofs: %d", len(s.dialogs))
		}
		s.last().proof.submit(rightPassword, "")
		s.settle()
		if !b.session.settings.Policy.TwoFactor {
			t.Error("it is not on")
		}
	})
}

func TestGeneralWeakerPolicyNeedsStepUp(t *testing.T) {
	for name, weaken := range map[string]func(*generalForm){
		"off":        func(f *generalForm) { f.TwoFactor = false },
		"less often": func(f *generalForm) { f.Frequency = auth.Weekly },
	} {
		bubble(t, func(t *testing.T, b *bubbled) {
			b.session.settings.Policy = auth.Policy{Idle: auth.DefaultIdle, TwoFactor: true, Frequency: auth.Daily}
			s := newGeneralSample(b)
			s.change(weaken)
			s.saveAndSettle()
			s.last().proof.cancel()
			s.settle()
			if !s.view.CanSave || b.session.settings.Policy.Frequency != auth.Daily {
				t.Errorf("%s, cancelled: %+v", name, s.view)
			}
			s.saveAndSettle()
			s.last().proof.submit(rightPassword, "")
			s.settle()
			if s.view.Saved == "" || b.session.settings.Policy == (auth.Policy{Idle: auth.DefaultIdle, TwoFactor: true, Frequency: auth.Daily}) {
				t.Errorf("%s: %+v", name, s.view)
			}
		})
	}
}

func TestGeneralDoesNotSaveOverAnotherAdmin(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.settings.Policy = auth.Policy{Idle: auth.DefaultIdle, TwoFactor: true, Frequency: auth.Daily}
		s := newGeneralSample(b)
		s.change(func(f *generalForm) { f.Name = "Brook Lane" })
		b.session.settings.Policy.Frequency = auth.EverySignIn
		s.saveAndSettle()
		wantChanges(t, b.session)
		if s.view.Error == "" || s.view.Form.Frequency != auth.EverySignIn {
			t.Errorf("%+v", s.view)
		}
	})
}

func TestGeneralErrors(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fail = auth.ErrForbidden
		s := newGeneralSample(b)
		if s.view.Error != "Only a Practice Admin can do this." || s.view.Ready || s.view.CanSave {
			t.Errorf("staff: %+v", s.view)
		}
		b.session.fail = auth.ErrSessionEnded
		s = newGeneralSample(b)
		if len(s.ends) != 1 {
			t.Error("the end was not reported")
		}
	})
}

// What is no number of minutes from 1 to 60 stands beside the field, and nothing is saved.
func TestGeneralRefusesAbsurdMinutes(t *testing.T) {
	for _, typed := range []string{"", "0", "-5", "61", "1000000000", "99999999999999999999", "10^9", "abc", "1.5", "1e1", "０"} {
		bubble(t, func(t *testing.T, b *bubbled) {
			s := newGeneralSample(b)
			s.change(func(f *generalForm) { f.Idle, f.Name = typed, "Brook Lane" })
			s.saveAndSettle()
			if s.view.IdleError != "Type a number of minutes from 1 to 60." || len(b.session.changes()) != 0 {
				t.Errorf("%q: %q, %v", typed, s.view.IdleError, b.session.changes())
			}
			s.change(func(f *generalForm) { f.Idle = " 5 " })
			s.saveAndSettle()
			if s.view.IdleError != "" || b.session.settings.Policy.Idle != 5 {
				t.Errorf("after %q: %q, %+v", typed, s.view.IdleError, b.session.settings.Policy)
			}
		})
	}
}

func TestGeneralSavesTheHandOver(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newGeneralSample(b)
		s.change(func(f *generalForm) { f.HandOver = true })
		s.saveAndSettle()
		if !b.session.settings.Policy.HandOver || s.view.Saved == "" {
			t.Errorf("%+v, %+v", b.session.settings.Policy, s.view)
		}
	})
}

func TestGeneralNamesWhoIsNotSetUp(t *testing.T) {
	for _, c := range []struct {
		names []string
		want  string
	}{
		{nil, ""},
		{[]string{"Ben Jones", "Cleo Marsh"}, "Not set up yet: Ben Jones, Cleo Marsh."},
		{[]string{"A", "B", "C", "D", "E", "F", "G", "H"}, "Not set up yet: A, B, C, D, E, F and 2 more."},
	} {
		if got := notEnrolledText(c.names); got != c.want {
			t.Errorf("%q", got)
		}
	}
}

// A keyring that hangs keeps nobody from going on.
func TestGeneralSavingCanBeCancelled(t *testing.T) {
	for name, begin := range map[string]func(*generalSample){
		"reading": func(s *generalSample) {
			s.general.session = &deafReads{s.bubbled.session}
			s.change(func(f *generalForm) { f.Name = "Brook Lane" })
			s.saveAndSettle()
		},
		"saving": func(s *generalSample) {
			s.bubbled.session.last = time.Hour
			s.change(func(f *generalForm) { f.Name = "Brook Lane" })
			s.saveAndSettle()
		},
		"turning on": func(s *generalSample) {
			s.change(turnOnForm)
			s.saveAndSettle()
			s.general.session = &deafSaves{s.bubbled.session}
			s.turnOn()
			s.settle()
			s.last().proof.submit(rightPassword, "")
			s.settle()
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, b *bubbled) {
				s := newGeneralSample(b)
				begin(s)
				if s.view.CanCancel || s.view.Busy == "" {
					t.Errorf("at once: %+v", s.view)
				}
				time.Sleep(cancelAfter)
				s.settle()
				if !s.view.CanCancel {
					t.Fatal("not offered")
				}
				s.general.session = b.session
				s.cancel()
				s.settle()
				if s.view.Busy != "" || s.view.CanCancel || s.view.Error == "" || !s.view.CanSave {
					t.Errorf("%+v", s.view)
				}
			})
		})
	}
}

// Whoever takes their time to say who they are is offered nothing behind it.
func TestGeneralWaitsForThePerson(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newGeneralSample(b)
		s.change(turnOnForm)
		s.saveAndSettle()
		s.general.session = &deafSaves{b.session}
		s.turnOn()
		s.settle()
		time.Sleep(10 * cancelAfter)
		s.settle()
		if s.view.CanCancel {
			t.Error("offered while it waits for the password")
		}
		s.last().proof.submit(rightPassword, "")
		s.settle()
		time.Sleep(2 * cancelAfter)
		s.settle()
		if !s.view.CanCancel {
			t.Error("not offered when it hangs after that")
		}
		s.cancel()
		s.settle()
	})
}

// deafReads is a session whose settings never come.
type deafReads struct{ *fakeSession }

func (*deafReads) Settings(ctx context.Context) (auth.Settings, error) {
	<-ctx.Done()
	return auth.Settings{}, ctx.Err()
}

// deafSaves is a session whose settings are never stored.
type deafSaves struct{ *fakeSession }

func (*deafSaves) SaveSettings(ctx context.Context, _ auth.SettingsForm) error {
	<-ctx.Done()
	return ctx.Err()
}

// What was changed outlives the way to the kit.
func TestGeneralBeginsWithADraft(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newGeneralSample(b)
		s.change(func(f *generalForm) { f.TwoFactor, f.Idle = true, "15" })
		draft := s.asDraft()
		b.session.set(func(f *fakeSession) { f.fail = auth.ErrBusy })
		s = newGeneralSample(b)
		s.general.draft = draft
		b.session.set(func(f *fakeSession) { f.fail = nil })
		for range 2 {
			s.refresh()
			s.settle()
		}
		if f := s.view.Form; !f.TwoFactor || f.Idle != "15" || f.Name != "Brook Street Practice" || !s.view.CanSave {
			t.Errorf("%+v", s.view)
		}
	})
}
