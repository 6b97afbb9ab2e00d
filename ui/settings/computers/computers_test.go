package computers

import (
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/words"
)

func TestComputersRows(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		all := s.stored()
		linked := func(i int) string { return words.Date(all[i].Since) }
		used := func(i int) string { return words.Moment(all[i].LastUsed, time.Now()) }
		want := [][]string{
			{"OFFICE (this computer)", "", linked(0), used(0), "Anna Smith (asmith), Ben Jones (bjones), Cleo Marsh (cmarsh)"},
			{"RECEPTION-1", "desk", linked(1), used(1), "Ben Jones (bjones), Cleo Marsh (cmarsh)"},
			{"RECEPTION-2", "desk", linked(2), used(2), ""},
		}
		if !slices.EqualFunc(s.rows(), want, slices.Equal[[]string]) {
			t.Errorf("%q, want %q", s.rows(), want)
		}
		s.choose(2)
		if s.view.Facts != "Account: desk · Linked since: "+linked(2)+" · Last used: "+used(2)+" · Signed in now: nobody" {
			t.Errorf("%q", s.view.Facts)
		}
	})
}

func TestThisComputerIsNotUnlinked(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		if s.view.CanUnlink || s.view.Why == "" || !s.view.CanRename {
			t.Errorf("this computer: %+v", s.view)
		}
		s.choose(1)
		if !s.view.CanUnlink || s.view.Why != "" {
			t.Errorf("another one: %+v", s.view)
		}
	})
}

func TestComputerRename(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		d := &screentest.Form{}
		act := s.newAct(d)
		id := s.list[2].ID
		s.rename(act, id, "")
		s.Settle()
		if d.IsClosed || d.Last().Field != auth.FieldComputer || d.Last().Error == "" {
			t.Errorf("no name: %+v", d.Last())
		}
		s.rename(act, id, "Surgery")
		s.Settle()
		s.prove()
		if !d.IsClosed || s.rows()[2][0] != "Surgery" || s.view.Good != "Saved Surgery." {
			t.Errorf("closed: %v, %q, said: %q", d.IsClosed, s.rows(), s.view.Good)
		}
		if e := s.Newest(); e.Event != auth.EventComputerRenamed || e.Detail != "Surgery" {
			t.Errorf("%+v", e)
		}
	})
}

func TestUnlinkShowsProgress(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.Anna.Delay(2 * time.Second)
		d, _ := s.startUnlink()
		s.Pass(time.Minute)
		if len(d.Shown) < 2 || d.Shown[0] != (screen.Progress{Busy: true}) || !d.Shown[1].Busy || d.Shown[1].Total < len(records.Patients) || !d.IsClosed {
			t.Errorf("closed: %v, %+v", d.IsClosed, d.Shown)
		}
		if len(s.rows()) != 2 || s.view.Chosen != 0 || s.view.Good != "RECEPTION-1 was unlinked, and everything is sealed anew." {
			t.Errorf("afterwards: %+v", s.view)
		}
		if e := s.Newest(); e.Event != auth.EventUnlinked || e.Detail != "RECEPTION-1" {
			t.Errorf("%+v", e)
		}
	})
}

func TestUnlinkCancelledHalfWay(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.Anna.Delay(2 * time.Second)
		d, cancel := s.startUnlink()
		before := len(d.Shown)
		cancel()
		s.Pass(time.Minute)
		if len(s.rows()) != 3 || len(s.stored()) != 3 || len(d.Shown) != before || s.view.Error+s.view.Good != "" {
			t.Errorf("%+v, shown %d times more", s.view, len(d.Shown)-before)
		}
	})
}

func TestUnlinkStopsWhenTheSettingsAreLeft(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.Anna.Delay(2 * time.Second)
		s.startUnlink()
		s.Leave()
		s.Pass(time.Minute)
		s.Anna.Answer()
		if n := len(s.stored()); n != 3 {
			t.Errorf("%d computers are left", n)
		}
	})
}

func TestUnlinkQuestionSaysWhatItDoes(t *testing.T) {
	q := newUnlinkQuestion(auth.ComputerInfo{Name: "RECEPTION-1", SignedIn: []string{"Ben Jones", "Cleo Marsh"}})
	text := strings.Join(q.Text, " ")
	for _, part := range []string{"Ben Jones, Cleo Marsh", "Auth Codes", "sealed anew", "many patients"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q lacks %q", text, part)
		}
	}
	if !strings.Contains(q.Stolen, "stolen") {
		t.Errorf("%q", q.Stolen)
	}
	if q := newUnlinkQuestion(auth.ComputerInfo{}); !strings.HasPrefix(q.Text[0], "Nobody") {
		t.Errorf("nobody there: %q", q.Text)
	}
}

// TestComputersOldListDoesNotCount: what is asked for while a reading goes on is read after it, and
// only that is shown.
func TestComputersOldListDoesNotCount(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.Delay(time.Second)
		s.Refresh()
		s.Refresh()
		s.Pass(1500 * time.Millisecond)
		s.Anna.Answer()
		s.Link(auth.Computer{Name: "SURGERY"})
		if s.Pass(time.Second); len(s.rows()) != 4 {
			t.Errorf("rows: %q", s.rows())
		}
	})
}

func TestComputersErrors(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.NewCode()
		s.Settle()
		s.Last().Cancel()
		s.Settle()
		if s.view.Error != "" || !s.view.CanCode || len(s.codes) != 0 {
			t.Errorf("step-up cancelled: %+v", s.view)
		}
		s.session = s.Ben.Session
		s.NewCode()
		s.Settle()
		if s.view.Error != "Only a Practice Admin can do this." || !s.view.CanCode {
			t.Errorf("staff: %+v", s.view)
		}
		if s.read(); s.view.Error != "Only a Practice Admin can do this." {
			t.Errorf("staff: %+v", s.view)
		}
		s.session = s.Anna.Session
		if s.read(); s.view.Error != "" {
			t.Errorf("an admin: %+v", s.view)
		}
		s.must(s.Anna.Session.SignOut(t.Context()))
		s.NewCode()
		s.Settle()
		if len(s.Ends) != 1 {
			t.Error("the end was not reported")
		}
	})
}
