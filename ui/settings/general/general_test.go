package general

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
)

func TestMain(m *testing.M) { uitest.Main(m) }

var records = practice.Records{Zone: "Europe/Berlin"}

// sample is the presenter with all that it led to.
type sample struct {
	*panetest.Sample
	*presenter
	kitAsked int
	turnOns  []turnOnView
	asked    auth.SettingsForm
	enrolled []*auth.Enrolment
}

// run is for a practice that has a kit.
func run(t *testing.T, fn func(t *testing.T, s *sample)) {
	t.Helper()
	panetest.Run(t, records, func(all *panetest.Sample) {
		s := &sample{Sample: all}
		s.MakeKit()
		s.Pass(time.Hour) // the proof is over
		s.begin()
		fn(all.T, s)
	})
}

// runOn is run with two-factor on, at every sign-in.
func runOn(t *testing.T, fn func(t *testing.T, s *sample)) {
	t.Helper()
	panetest.Run(t, records, func(all *panetest.Sample) {
		s := &sample{Sample: all}
		s.TurnOn()
		s.begin()
		fn(all.T, s)
	})
}

// begin has a new presenter read.
func (s *sample) begin() {
	s.presenter = newPresenter(presenter{
		Scope: s.Params.Scope, session: s.Params.Session, pane: screen.NewView(func(view) {}),
		askForKit: func() { s.kitAsked++ },
		confirmTurnOn: func(v turnOnView, form auth.SettingsForm) {
			s.turnOns, s.asked = append(s.turnOns, v), form
		},
		enrol: func(e *auth.Enrolment, _ auth.SettingsForm) { s.enrolled = append(s.enrolled, e) },
	})
	s.readAgain()
}

func (s *sample) readAgain() {
	s.refresh()
	s.Settle()
}

func (s *sample) shown() view { return s.pane.Shown() }

func (s *sample) change(fn func(*form)) {
	f := s.shown().Form
	fn(&f)
	s.edit(f)
}

func tick(f *form) { f.TwoFactor = true }

func (s *sample) saveAndSettle() {
	s.save()
	s.save() // a second Enter
	s.Settle()
}

// prove answers who is there.
func (s *sample) prove(code string) {
	s.Last().Submit(s.Anna.Password, code)
	s.Settle()
}

// stored are the settings as they are.
func (s *sample) stored() auth.Settings {
	s.T.Helper()
	now, err := s.Params.Session.Settings(s.T.Context())
	if err != nil {
		s.T.Fatal(err)
	}
	return now
}

// elsewhere changes what is stored, as another admin does.
func (s *sample) elsewhere(change func(*auth.SettingsForm)) {
	s.T.Helper()
	now := s.stored()
	f := auth.SettingsForm{Name: now.Name, WasName: now.Name, Policy: now.Policy, Was: now.Policy}
	change(&f)
	if err := s.Params.Session.SaveSettings(s.T.Context(), f); err != nil {
		s.T.Fatal(err)
	}
}

// changes says how often what is stored is written while fn runs.
func (s *sample) changes(fn func()) int64 {
	before, _ := s.Memory.DataVersion(s.T.Context())
	fn()
	after, _ := s.Memory.DataVersion(s.T.Context())
	return after - before
}

func TestGeneralSavesOnlyWhatChanged(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		if v := s.shown(); v.CanSave || v.People != "0 of 2 people are set up." || v.NotEnrolled != "Not set up yet: Anna Smith (asmith), Ben Jones (bjones)." {
			t.Errorf("at first: %+v", v)
		}
		if n := s.changes(s.saveAndSettle); n != 0 {
			t.Errorf("%d changes where nothing was changed", n)
		}
		s.change(func(f *form) { f.Name = "Brook Lane" })
		if !s.shown().CanSave {
			t.Error("a new name can't be saved")
		}
		if n := s.changes(s.saveAndSettle); n != 1 {
			t.Errorf("%d changes", n)
		}
		if v := s.shown(); v.CanSave || v.Saved != "Saved." || s.stored().Name != "Brook Lane" {
			t.Errorf("afterwards: %+v", v)
		}
		s.change(func(f *form) { f.Name = "Brook Land" })
		if s.shown().Saved != "" {
			t.Error("it still says that it is saved")
		}
	})
}

func TestGeneralFrequencyCountsOnlyWithTwoFactor(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.change(func(f *form) { f.TwoFactor, f.Frequency = true, auth.Monthly })
		if s.shown().FrequencyNote == "" {
			t.Error("nothing says that 30 days are below AAL2")
		}
		s.change(func(f *form) { f.Frequency = auth.Daily })
		if v := s.shown(); v.FrequencyNote != "" {
			t.Errorf("a day: %q", v.FrequencyNote)
		}
		s.change(func(f *form) { f.TwoFactor = false })
		if s.shown().CanSave {
			t.Error("there is something to save")
		}
	})
}

func TestGeneralShowsARefusedNameBesideIt(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.change(func(f *form) { f.Name = "" })
		s.saveAndSettle()
		if v := s.shown(); v.NameError == "" || v.IdleError+v.ZoneError+v.Error != "" || !v.CanSave {
			t.Errorf("%+v", v)
		}
	})
}

func TestGeneralWeakerPolicyNeedsStepUp(t *testing.T) {
	for name, weaken := range map[string]func(*form){
		"off":        func(f *form) { f.TwoFactor = false },
		"less often": func(f *form) { f.Frequency = auth.Weekly },
	} {
		t.Run(name, func(t *testing.T) {
			runOn(t, func(t *testing.T, s *sample) {
				was := s.stored().Policy
				s.change(weaken)
				s.saveAndSettle()
				s.Last().Cancel()
				s.Settle()
				if !s.shown().CanSave || s.stored().Policy != was {
					t.Errorf("cancelled: %+v", s.shown())
				}
				s.saveAndSettle()
				s.prove(s.Anna.Code())
				if now := s.stored().Policy; s.shown().Saved == "" || now == was {
					t.Errorf("%+v, %+v", s.shown(), now)
				}
			})
		})
	}
}

func TestGeneralDoesNotSaveOverAnotherAdmin(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.change(func(f *form) { f.Name = "Brook Lane" })
		s.elsewhere(func(f *auth.SettingsForm) { f.Policy.HandOver = true })
		if n := s.changes(s.saveAndSettle); n != 0 {
			t.Errorf("%d changes", n)
		}
		if v := s.shown(); v.Error == "" || !v.Form.HandOver {
			t.Errorf("%+v", v)
		}
	})
}

func TestGeneralErrors(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Params.Session = s.Ben.Session
		s.begin()
		if v := s.shown(); v.Error != "Only a Practice Admin can do this." || v.Ready || v.CanSave {
			t.Errorf("staff: %+v", v)
		}
		_ = s.Ben.Session.SignOut(t.Context())
		if s.begin(); len(s.Ends) != 1 {
			t.Error("the end was not reported")
		}
	})
}

// What is no number of minutes from 1 to 60 stands beside the field, and nothing is saved.
func TestGeneralRefusesAbsurdMinutes(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		for _, typed := range []string{"", "0", "-5", "61", "1000000000", "99999999999999999999", "10^9", "abc", "1.5", "1e1", "０"} {
			s.change(func(f *form) { f.Idle, f.Name = typed, "Brook Lane" })
			if n := s.changes(s.saveAndSettle); s.shown().IdleError != "Type a number of minutes from 1 to 60." || n != 0 {
				t.Errorf("%q: %q, %d changes", typed, s.shown().IdleError, n)
			}
			s.change(func(f *form) { f.Idle = " 5 " })
			s.saveAndSettle()
			if now := s.stored(); s.shown().IdleError != "" || now.Policy.Idle != 5 || now.Name != "Brook Lane" {
				t.Errorf("after %q: %q, %+v", typed, s.shown().IdleError, now)
			}
			s.Anna.StepUp()
			s.elsewhere(func(f *auth.SettingsForm) { f.Name, f.Policy.Idle = "Brook Street", auth.DefaultIdle })
			s.readAgain()
		}
	})
}

func TestGeneralSavesTheHandOver(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.change(func(f *form) { f.HandOver = true })
		s.saveAndSettle()
		if now := s.stored().Policy; !now.HandOver || s.shown().Saved == "" {
			t.Errorf("%+v, %+v", now, s.shown())
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

// hangAfter runs what is under way to its end, and has what comes then hang.
func (s *sample) hangAfter(begin func()) {
	begin()
	synctest.Wait()
	s.Anna.Delay(time.Hour)
	s.Settle()
}

// A database that hangs keeps nobody from going on.
func TestGeneralSavingCanBeCancelled(t *testing.T) {
	rename := func(f *form) { f.Name = "Brook Lane" }
	for name, begin := range map[string]func(*sample){
		"reading": func(s *sample) {
			s.change(rename)
			s.hangAfter(func() {})
			s.saveAndSettle()
		},
		"saving": func(s *sample) {
			s.change(rename)
			s.hangAfter(s.save)
		},
		"turning on": func(s *sample) {
			s.change(tick)
			s.saveAndSettle()
			s.turnOn(s.asked)
			s.Settle()
			s.hangAfter(func() { s.Last().Submit(s.Anna.Password, "") })
		},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, func(t *testing.T, s *sample) {
				begin(s)
				if v := s.shown(); v.CanCancel || v.Busy == "" {
					t.Errorf("at once: %+v", v)
				}
				s.Pass(screen.StalledAfter)
				if !s.shown().CanCancel {
					t.Fatal("not offered")
				}
				s.cancel()
				s.Anna.Answer()
				s.Settle()
				if v := s.shown(); v.Busy != "" || v.CanCancel || v.Error == "" || !v.CanSave {
					t.Errorf("%+v", v)
				}
				if now := s.stored(); now.Name != "Brook Street" || now.Policy.TwoFactor {
					t.Errorf("stored: %+v", now)
				}
			})
		})
	}
}

// Whoever takes their time to say who they are is offered nothing behind it.
func TestGeneralWaitsForThePerson(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.change(tick)
		s.saveAndSettle()
		s.turnOn(s.asked)
		s.Pass(10 * screen.StalledAfter)
		if s.shown().CanCancel {
			t.Error("offered while it waits for the password")
		}
		s.hangAfter(func() { s.Last().Submit(s.Anna.Password, "") })
		s.Pass(2 * screen.StalledAfter)
		if !s.shown().CanCancel {
			t.Error("not offered when it hangs after that")
		}
		s.cancel()
		s.Settle()
	})
}

// What was changed outlives the way to the kit.
func TestGeneralBeginsWithADraft(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.change(func(f *form) { f.TwoFactor, f.Idle = true, "15" })
		draft := s.asDraft()
		s.Anna.Stop(auth.ErrBusy)
		s.begin()
		s.draft = draft
		s.Anna.Answer()
		for range 2 {
			s.readAgain()
		}
		if v := s.shown(); !v.Form.TwoFactor || v.Form.Idle != "15" || v.Form.Name != "Brook Street" || !v.CanSave || v.Error != "" {
			t.Errorf("%+v", v)
		}
	})
}

// A form that was filled before another admin saved undoes nothing of theirs: neither
// when it is read again, nor after the way to the kit.
func TestGeneralOvertakenWhileItWasFilled(t *testing.T) {
	for name, again := range map[string]func(*sample){
		"read again": func(*sample) {},
		"a draft": func(s *sample) {
			draft := s.asDraft()
			s.begin()
			s.draft = draft
		},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, func(t *testing.T, s *sample) {
				s.change(func(f *form) { f.Idle = "15" })
				again(s)
				s.elsewhere(func(f *auth.SettingsForm) { f.Policy.HandOver = true })
				s.readAgain()
				if v := s.shown(); v.Error == "" || !v.Form.HandOver || v.CanSave {
					t.Errorf("%+v", v)
				}
				if n := s.changes(s.saveAndSettle); n != 0 {
					t.Errorf("%d changes", n)
				}
			})
		})
	}
}

// TestGeneralZone: the practice's time zone is typed as people know it, what becomes of
// appointments is said before it is saved, and what is no zone is refused beside the field.
func TestGeneralZone(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		if v := s.shown(); v.Form.Zone != "Europe/Berlin" || v.ZoneNote != "" {
			t.Errorf("at first: %+v", v)
		}
		s.change(func(f *form) { f.Zone = "Australia/Perth" })
		if v := s.shown(); v.ZoneNote != "Appointments keep their times of the day: 9:00 stays 9:00." || !v.CanSave {
			t.Errorf("changed: %+v", v)
		}
		s.saveAndSettle()
		if got := s.stored().Zone; got != "Australia/Perth" {
			t.Errorf("saved: %q", got)
		}
		for zone, want := range map[string]string{
			"Atlantis":  "No known time zone. Type a city with the practice's time, such as Berlin.",
			"localtime": "No known time zone. Type a city with the practice's time, such as Berlin.",
			"":          "Type a city with the practice's time, such as Berlin.",
		} {
			s.change(func(f *form) { f.Zone = zone })
			s.saveAndSettle()
			if v := s.shown(); v.ZoneError != want || v.Saved != "" {
				t.Errorf("%q: %+v", zone, v)
			}
		}
		s.change(func(f *form) { f.Zone = "Europe/Paris" })
		if v := s.shown(); v.ZoneError != "" {
			t.Errorf("typed over: %+v", v)
		}
		// Another admin's zone is not undone either.
		s.elsewhere(func(f *auth.SettingsForm) { f.Zone, f.WasZone = "Asia/Tokyo", "Australia/Perth" })
		s.saveAndSettle()
		if got := s.stored().Zone; got != "Asia/Tokyo" || s.shown().Error == "" {
			t.Errorf("saved %q over another admin's: %+v", got, s.shown())
		}
	})
}

// TestGeneralKeepsTheFormWhileItIsSaved: what is typed then is not in what is saved, so it does
// not stay in the fields either.
func TestGeneralKeepsTheFormWhileItIsSaved(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		var filled []string
		s.pane = screen.NewView(func(v view) { filled = append(filled, v.Form.Name) })
		s.change(func(f *form) { *f = newForm(s.saved); f.Name = "Brook Lane" })
		s.save()
		filled = nil
		s.change(func(f *form) { f.Name = "Brook Land" })
		if !slices.Equal(filled, []string{"Brook Lane"}) {
			t.Errorf("the field was filled with %q", filled)
		}
		s.Settle()
		if got := s.stored().Name; got != "Brook Lane" {
			t.Errorf("saved %q", got)
		}
	})
}
