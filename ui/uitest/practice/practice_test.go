package practice

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/auth"
	"anteroom/data"
)

var monday = data.Date{Year: 2000, Month: time.January, Day: 3}

func sample() Records {
	details := data.DefaultDetails()
	details.Practitioners = []data.Practitioner{{ID: "osei", Name: "Dr Osei"}}
	a := data.Appointment{ID: "a", Patient: "ann", Practitioner: "osei", Type: details.Types[0].ID, Status: data.Booked, Start: monday.At(9*60, time.UTC)}
	a.End = a.Start.Add(15 * time.Minute)
	return Records{Details: details, Patients: []data.Patient{{ID: "ann", Name: "Ann Able"}}, Appointments: []data.Appointment{a}}
}

func inBubble(t *testing.T, fn func(t *testing.T, p *Practice)) {
	synctest.Test(t, func(t *testing.T) { fn(t, New(t, sample())) })
}

func wantErr(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestSomebodyElseIsFaster(t *testing.T) {
	inBubble(t, func(t *testing.T, p *Practice) {
		seen := p.Visits()["a"]
		if seen.Who.Name != "Ann Able" {
			t.Fatalf("%+v", seen)
		}
		_, err := p.Ben.Desk.Become(t.Context(), seen.Appointment, data.Arrived, "")
		wantErr(t, err, nil)
		_, err = p.Anna.Desk.Become(t.Context(), seen.Appointment, data.Absent, "")
		wantErr(t, err, auth.ErrConflict)
		_, err = p.Ben.Desk.SavePatient(t.Context(), data.Patient{Name: "Bo Best"})
		wantErr(t, err, nil)
		if p.Anna.CatchUp(); len(p.Anna.Desk.Search("bo", 5)) != 1 {
			t.Error("Anna's window knows nothing of what Ben wrote")
		}
		if w := p.Ben.Written(); len(w) != 2 || w[0].ID != "a" || w[1].Table != auth.TablePatient || len(p.Ben.Written())+len(p.Anna.Written()) != 0 {
			t.Errorf("%+v", w)
		}
		_, err = p.Ben.Desk.Undo(t.Context(), 0)
		wantErr(t, err, nil)
		read, err := p.Anna.Desk.Details(t.Context())
		wantErr(t, err, nil)
		p.ChangeDetails(func(d *data.Details) { d.WaitLimit = 45 })
		_, err = p.Anna.Desk.SaveDetails(t.Context(), read)
		wantErr(t, err, auth.ErrConflict)
		if got := p.Details().WaitLimit; got != 45 {
			t.Errorf("the limit is %d", got)
		}
		if now := p.Visits()["a"]; now.Status != data.Booked || now.Version != 3 {
			t.Errorf("undone: %+v", now)
		}
	})
}

// TestFaultsAreOfOneWindow: each says what it does, and the other window has none of it.
func TestFaultsAreOfOneWindow(t *testing.T) {
	for name, c := range map[string]struct {
		begin      func(*Window)
		read, save error
		takes      time.Duration
	}{
		"none":     {func(*Window) {}, nil, nil, 0},
		"slow":     {func(w *Window) { w.Delay(time.Second) }, nil, nil, time.Second},
		"too slow": {func(w *Window) { w.Delay(time.Hour) }, context.DeadlineExceeded, context.DeadlineExceeded, time.Minute},
		"stopped":  {func(w *Window) { w.Stop(auth.ErrDisk) }, auth.ErrDisk, auth.ErrDisk, 0},
		"full":     {func(w *Window) { w.FailWrites(auth.ErrDiskFull) }, nil, auth.ErrDiskFull, 0},
		"late":     {func(w *Window) { w.Hang(); time.AfterFunc(time.Second, w.Answer) }, nil, nil, time.Second},
		"hung":     {func(w *Window) { w.Hang(); time.AfterFunc(time.Hour, w.Answer) }, context.DeadlineExceeded, context.DeadlineExceeded, time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, p *Practice) {
				try := func(w *Window) (took time.Duration, read, save error) {
					ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
					defer cancel()
					began := time.Now()
					_, read = w.Desk.Details(ctx)
					took = time.Since(began)
					_, save = w.Desk.SavePatient(ctx, data.Patient{Name: "Bo Best"})
					return took, read, save
				}
				c.begin(p.Anna)
				asked := p.Anna.Asked()
				took, read, save := try(p.Anna)
				wantErr(t, read, c.read)
				wantErr(t, save, c.save)
				if took != c.takes || p.Anna.Asked() == asked {
					t.Errorf("it took %v, asked %d times", took, p.Anna.Asked()-asked)
				}
				if wrote := len(p.Anna.Written()) > 0; wrote != (save == nil) {
					t.Errorf("written: %v", wrote)
				}
				if took, read, save := try(p.Ben); read != nil || save != nil || took != 0 {
					t.Errorf("Ben: %v, %v, %v", read, save, took)
				}
				p.Anna.Answer()
				if took, read, save := try(p.Anna); read != nil || save != nil || took != 0 {
					t.Errorf("it goes on: %v, %v, %v", read, save, took)
				}
			})
		})
	}
}

func TestZone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := sample()
		r.Zone = "Europe/Berlin"
		p := New(t, r)
		v := p.Visits()["a"]
		if got := v.Start.Format("15:04 MST"); got != "10:00 CET" || p.Anna.Desk.Zone().String() != "Europe/Berlin" {
			t.Errorf("%s", got)
		}
	})
}

// TestTurnOn: with two-factor on, whoever comes sets up a phone, and Anna is told.
func TestTurnOn(t *testing.T) {
	inBubble(t, func(t *testing.T, p *Practice) {
		p.TurnOn()
		cleo := p.Hire("Cleo Marsh")
		cleo.Renew()
		cleo.AskForHelp()
		o, err := p.Anna.Session.Overview(t.Context())
		wantErr(t, err, nil)
		var told []string
		for _, n := range o.News {
			told = append(told, string(n.Kind)+" "+n.Who)
		}
		want := []string{"enrolled Anna Smith (asmith)", "enrolled Ben Jones (bjones)", "enrolled Cleo Marsh (cmarsh)"}
		if !slices.Equal(told, want) || o.KitMissing || len(o.Help) != 1 || o.Help[0].Computer != "RECEPTION-1" {
			t.Errorf("%q, %+v", told, o)
		}
		if seen := p.Visits()["a"]; seen.Who.Name != "Ann Able" {
			t.Errorf("after it: %+v", seen)
		}
	})
}

// TestRejoin: nothing that was in the memory is there at once, and what was typed comes back.
func TestRejoin(t *testing.T) {
	inBubble(t, func(t *testing.T, p *Practice) {
		p.Anna.Desk.SetDraft("booking", "typed")
		p.Anna.RejoinSlowly(time.Second)
		for after, want := range []int{0, 1} {
			time.Sleep(time.Duration(after) * 2 * time.Second) // of the bubble's time
			synctest.Wait()
			if found := p.Anna.Desk.Search("able", 5); len(found) != want {
				t.Errorf("in second %d it finds %v", 2*after, found)
			}
		}
		if p.Anna.CatchUp(); p.Anna.Desk.Draft("booking") != "typed" {
			t.Error("what was typed is lost")
		}
	})
}

// TestLink: another computer is one of its own, and Ben is signed in at both.
func TestLink(t *testing.T) {
	inBubble(t, func(t *testing.T, p *Practice) {
		p.Link(auth.Computer{Name: "SURGERY", Account: "desk"}, p.Ben)
		p.Link(auth.Computer{Name: "OFFICE"})
		all, err := p.Anna.Session.Computers(t.Context())
		wantErr(t, err, nil)
		var told []string
		for _, c := range all {
			told = append(told, c.Name+" "+c.Account+" "+strings.Join(c.SignedIn, ", "))
		}
		want := []string{"OFFICE  ", "RECEPTION-1  Anna Smith (asmith), Ben Jones (bjones)", "SURGERY desk Ben Jones (bjones)"}
		if !slices.Equal(told, want) {
			t.Errorf("%q", told)
		}
	})
}

// TestGuesses: wrong passwords cost a wait, and a hundred wrong codes the authenticator.
func TestGuesses(t *testing.T) {
	inBubble(t, func(t *testing.T, p *Practice) {
		p.TurnOn()
		p.Disable(p.Ben)
		p.Anna.Guess()
		if e := p.Newest(); e.Event != auth.EventPasswordRefused || e.Whom != "Anna Smith (asmith)" {
			t.Errorf("%+v", e)
		}
		users, err := p.Anna.Session.Users(t.Context())
		wantErr(t, err, nil)
		if anna, ben := users[0], users[1]; !ben.Disabled || anna.Disabled || anna.WaitUntil.IsZero() {
			t.Errorf("%+v, %+v", anna, ben)
		}
	})
}

// TestBackupsHaveFaults: making one takes time for each patient, and fails as other changes do.
func TestBackupsHaveFaults(t *testing.T) {
	inBubble(t, func(t *testing.T, p *Practice) {
		var reported []int
		p.Anna.DelayRows(time.Second)
		began := time.Now()
		file, err := p.Anna.Session.BackUp(t.Context(), func(done, total int) { reported = append(reported, done, total) })
		wantErr(t, err, nil)
		if took := time.Since(began); took != time.Second || !slices.Equal(reported[:2], []int{1, 1}) {
			t.Errorf("it took %v, reported %v", took, reported)
		}
		p.Anna.Answer()
		p.Anna.StepUp()
		p.Anna.FailWrites(auth.ErrDiskFull)
		_, err = p.Anna.Session.BackUp(t.Context(), nil)
		wantErr(t, err, auth.ErrDiskFull)
		_, err = p.Anna.Session.OpenRestore(t.Context(), file.Path)
		wantErr(t, err, nil)
	})
}
