package general

import (
	"context"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen/screentest"

	"anteroom/ui/screen"
)

// generalSample is the presenter with all that it showed and led to.
type generalSample struct {
	*general
	*bubbled
	*screentest.Asker
	view     generalView
	kitAsked int
	turnOns  []turnOnView
	asked    auth.SettingsForm
	enrolled []*auth.Enrolment
	ends     []error
}

func newGeneralSample(b *bubbled) *generalSample {
	stepUp, asker := newStepUp(b)
	s := &generalSample{bubbled: b, Asker: asker}
	s.general = newGeneral(general{session: b.session, pane: s, Scope: screen.Scope{
		Ctx: b.ctx, Runner: b.runner, StepUp: stepUp, OnEnded: func(err error) { s.ends = append(s.ends, err) },
	}})
	s.general.refresh()
	s.Settle()
	return s
}

func (s *generalSample) show(v generalView) { s.view = v }
func (s *generalSample) askForKit()         { s.kitAsked++ }
func (s *generalSample) confirmTurnOn(v turnOnView, form auth.SettingsForm) {
	s.turnOns, s.asked = append(s.turnOns, v), form
}
func (s *generalSample) enrol(e *auth.Enrolment, _ auth.SettingsForm) {
	s.enrolled = append(s.enrolled, e)
}

// turnOn says yes to what was asked.
func (s *generalSample) turnOn() { s.general.turnOn(s.asked) }

func (s *generalSample) change(fn func(*generalForm)) {
	form := s.view.Form
	fn(&form)
	s.edit(form)
}

func turnOnForm(f *generalForm) { f.TwoFactor = true }

func (s *generalSample) saveAndSettle() {
	s.save()
	s.save() // a second Enter
	s.Settle()
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
			s.Last().Cancel()
			s.Settle()
			if !s.view.CanSave || b.session.settings.Policy.Frequency != auth.Daily {
				t.Errorf("%s, cancelled: %+v", name, s.view)
			}
			s.saveAndSettle()
			s.Last().Submit(rightPassword, "")
			s.Settle()
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
			s.Settle()
			s.Last().Submit(rightPassword, "")
			s.Settle()
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, b *bubbled) {
				s := newGeneralSample(b)
				begin(s)
				if s.view.CanCancel || s.view.Busy == "" {
					t.Errorf("at once: %+v", s.view)
				}
				time.Sleep(screen.StalledAfter)
				s.Settle()
				if !s.view.CanCancel {
					t.Fatal("not offered")
				}
				s.general.session = b.session
				s.cancel()
				s.Settle()
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
		s.Settle()
		time.Sleep(10 * screen.StalledAfter)
		s.Settle()
		if s.view.CanCancel {
			t.Error("offered while it waits for the password")
		}
		s.Last().Submit(rightPassword, "")
		s.Settle()
		time.Sleep(2 * screen.StalledAfter)
		s.Settle()
		if !s.view.CanCancel {
			t.Error("not offered when it hangs after that")
		}
		s.cancel()
		s.Settle()
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

func (s *deafSaves) SaveSettings(ctx context.Context, _ auth.SettingsForm) error {
	if !s.fresh {
		return auth.ErrStepUp
	}
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
			s.Settle()
		}
		if f := s.view.Form; !f.TwoFactor || f.Idle != "15" || f.Name != "Brook Street Practice" || !s.view.CanSave {
			t.Errorf("%+v", s.view)
		}
	})
}

// A form that was filled before another admin saved undoes nothing of theirs: neither
// when it is read again, nor after the way to the kit.
func TestGeneralOvertakenWhileItWasFilled(t *testing.T) {
	for name, again := range map[string]func(*generalSample, *bubbled) *generalSample{
		"read again": func(s *generalSample, _ *bubbled) *generalSample { return s },
		"a draft": func(s *generalSample, b *bubbled) *generalSample {
			draft := s.asDraft()
			s = newGeneralSample(b)
			s.general.draft = draft
			return s
		},
	} {
		bubble(t, func(t *testing.T, b *bubbled) {
			b.session.settings.Policy.TwoFactor = true
			s := newGeneralSample(b)
			s.change(func(f *generalForm) { f.Idle = "15" })
			stricter := b.session.settings.Policy
			stricter.HandOver = true
			s = again(s, b)
			b.session.set(func(f *fakeSession) { f.settings.Policy = stricter })
			s.refresh()
			s.Settle()
			if s.view.Error == "" || !s.view.Form.HandOver || s.view.CanSave {
				t.Errorf("%s: %+v", name, s.view)
			}
			s.saveAndSettle()
			wantChanges(t, b.session)
		})
	}
}

// TestGeneralZone: the practice's time zone is typed as people know it, what becomes of
// appointments is said before it is saved, and what is no zone is refused beside the field.
func TestGeneralZone(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newGeneralSample(b)
		if s.view.Form.Zone != "Europe/Berlin" || s.view.ZoneNote != "" {
			t.Errorf("at first: %+v", s.view)
		}
		s.change(func(f *generalForm) { f.Zone = "Australia/Perth" })
		if s.view.ZoneNote != "Appointments keep their times of the day: 9:00 stays 9:00." || !s.view.CanSave {
			t.Errorf("changed: %+v", s.view)
		}
		s.saveAndSettle()
		if got := b.session.saved; got.Zone != "Australia/Perth" || got.WasZone != "Europe/Berlin" {
			t.Errorf("saved: %+v", got)
		}
		for zone, want := range map[string]string{
			"Atlantis":  "No known time zone. Type a city with the practice's time, such as Berlin.",
			"localtime": "No known time zone. Type a city with the practice's time, such as Berlin.",
			"":          "Type a city with the practice's time, such as Berlin.",
		} {
			s.change(func(f *generalForm) { f.Zone = zone })
			s.saveAndSettle()
			if s.view.ZoneError != want || s.view.Saved != "" {
				t.Errorf("%q: %+v", zone, s.view)
			}
		}
		s.change(func(f *generalForm) { f.Zone = "Europe/Paris" })
		if s.view.ZoneError != "" {
			t.Errorf("typed over: %+v", s.view)
		}
	})
}
