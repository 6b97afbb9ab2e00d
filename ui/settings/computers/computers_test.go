package computers

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// computersSample is the presenter with all that it showed.
type computersSample struct {
	*computers
	*bubbled
	*screentest.Asker
	view  computersView
	codes []*linkingCode
	ends  []error
}

func newComputersSample(b *bubbled) *computersSample {
	stepUp, asker := newStepUp(b)
	s := &computersSample{bubbled: b, Asker: asker}
	s.computers = newComputers(screen.Scope{
		Ctx: b.ctx, Runner: b.runner, StepUp: stepUp, OnEnded: func(err error) { s.ends = append(s.ends, err) },
	}, b.session, s, nil)
	s.computers.refresh()
	s.Settle()
	return s
}

func (s *computersSample) show(v computersView)    { s.view = v }
func (s *computersSample) showCode(l *linkingCode) { s.codes = append(s.codes, l) }

func TestComputersRows(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newComputersSample(b)
		clock := words.Clock(time.Now())
		want := [][]string{
			{"OFFICE (this computer)", "anna", "3 Nov 2026", "today " + clock, "Anna Smith"},
			{"RECEPTION-1", "desk", "3 Nov 2026", "yesterday " + clock, "Ben Jones, Cleo Marsh"},
			{"RECEPTION-2", "desk", "3 Nov 2026", "3 Nov 2026", ""},
		}
		if !slices.EqualFunc(s.view.Rows, want, slices.Equal[[]string]) {
			t.Errorf("%q, want %q", s.view.Rows, want)
		}
		s.choose(2)
		if s.view.Facts != "Account: desk · Linked since: 3 Nov 2026 · Last used: 3 Nov 2026 · Signed in now: nobody" {
			t.Errorf("%q", s.view.Facts)
		}
	})
}

func TestThisComputerIsNotUnlinked(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newComputersSample(b)
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
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newComputersSample(b)
		d := &screentest.Form{}
		task := s.newTask(d)
		s.rename(task, "r", "")
		s.Settle()
		if d.IsClosed || d.Last().Field != auth.FieldComputer || d.Last().Error == "" {
			t.Errorf("no name: %+v", d.Last())
		}
		s.rename(task, "r", "Front desk")
		s.Settle()
		if !d.IsClosed || s.view.Rows[1][0] != "Front desk" || s.view.Good != "Saved Front desk." {
			t.Errorf("closed: %v, %q, said: %q", d.IsClosed, s.view.Rows, s.view.Good)
		}
		wantChanges(t, b.session, "RenameComputer r", "RenameComputer r")
	})
}

// TestUnlinkShowsProgress also sees that the bar moves no more than ten times a
// second, and not before a second.
func TestUnlinkShowsProgress(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh, b.session.steps = true, 100
		s := newComputersSample(b)
		s.choose(1)
		d := &screentest.Form{}
		s.unlink(s.newTask(d), auth.ComputerInfo{ID: "r", Name: "RECEPTION-1"})
		start := time.Now()
		for !d.IsClosed {
			time.Sleep(stepTime)
			s.Settle()
			if p := d.Last(); p.Total > 0 && time.Since(start) < screen.LongAfter {
				t.Fatalf("a bar after %v", time.Since(start))
			}
		}
		if n, most := len(d.Shown), int((100*stepTime-screen.LongAfter)/screen.ProgressTick)+2; n > most || n < most/2 {
			t.Errorf("shown %d times, at most %d", n, most)
		}
		if p := d.Shown[1]; !p.Busy || p.Total != 100 || p.Done < 20 {
			t.Errorf("the first progress: %+v", p)
		}
		if len(s.view.Rows) != 2 || s.view.Chosen != 0 || s.view.Good != "RECEPTION-1 was unlinked, and everything is sealed anew." {
			t.Errorf("afterwards: %+v", s.view)
		}
	})
}

func TestUnlinkCancelledHalfWay(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh, b.session.steps = true, 100
		s := newComputersSample(b)
		d := &screentest.Form{}
		task := s.newTask(d)
		s.unlink(task, auth.ComputerInfo{ID: "r", Name: "RECEPTION-1"})
		time.Sleep(2 * screen.LongAfter)
		s.Settle()
		before := len(d.Shown)
		time.Sleep(2 * screen.ProgressTick) // what is reported now comes after Cancel
		task.Cancel()
		time.Sleep(100 * stepTime)
		s.Settle()
		if len(s.view.Rows) != 3 || len(d.Shown) != before || s.view.Error+s.view.Good != "" {
			t.Errorf("%+v, shown %d times more", s.view, len(d.Shown)-before)
		}
	})
}

func TestUnlinkStopsWhenTheSettingsAreLeft(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh, b.session.steps = true, 100
		s := newComputersSample(b)
		s.unlink(s.newTask(&screentest.Form{}), auth.ComputerInfo{ID: "r", Name: "RECEPTION-1"})
		time.Sleep(screen.LongAfter)
		s.Settle()
		b.leave()
		time.Sleep(100 * stepTime)
		s.Settle()
		if n := len(b.session.computers); n != 3 {
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

// fakeCodeDialog notes what a linking code shows.
type fakeCodeDialog struct{ shown []linkingCodeView }

func (d *fakeCodeDialog) show(v linkingCodeView) { d.shown = append(d.shown, v) }
func (d *fakeCodeDialog) last() linkingCodeView  { return d.shown[len(d.shown)-1] }

func TestLinkingCodeAfterStepUpCountsDown(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newComputersSample(b)
		s.newCode()
		s.newCode() // a second Enter
		s.Settle()
		if s.view.CanCode {
			t.Error("another code can be made meanwhile")
		}
		s.Last().Submit(rightPassword, "")
		s.Settle()
		if len(s.codes) != 1 || !s.view.CanCode {
			t.Fatalf("codes: %d, %+v", len(s.codes), s.view)
		}
		d := &fakeCodeDialog{}
		s.codes[0].begin(d)
		if got := d.last(); got.Code != "7K2QM R9XB4 0DHVE ZT51P" || got.Left != "It can be used for 10 min more." {
			t.Errorf("at first: %+v", got)
		}
		time.Sleep(9 * time.Minute)
		s.Settle()
		if got := d.last(); got.Code == "" || got.Left != "It can be used for 60 s more." {
			t.Errorf("after 9 min: %+v", got)
		}
		time.Sleep(time.Minute)
		s.Settle()
		if got := d.last(); got.Code != "" || !strings.HasPrefix(got.Left, "This code is over.") || s.codes[0].code.Groups != nil {
			t.Errorf("at the end: %+v", got)
		}
		s.codes[0].end()
		s.codes[0].end()
		wantChanges(t, b.session, "NewLinkingCode", "StepUp", "NewLinkingCode")
	})
}

func TestLinkingCodeIsForgottenWithItsDialog(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newComputersSample(b)
		s.newCode()
		s.Settle()
		d := &fakeCodeDialog{}
		code := s.codes[0]
		code.begin(d)
		b.session.computers = append(b.session.computers, auth.ComputerInfo{ID: "n", Name: "NEW"})
		code.end()
		s.Settle()
		shown := len(d.shown)
		time.Sleep(time.Hour)
		s.Settle()
		if code.code.Groups != nil || code.shown.Code != "" || len(d.shown) != shown {
			t.Errorf("%+v, shown %d times more", code, len(d.shown)-shown)
		}
		if len(s.view.Rows) != 4 {
			t.Error("the computer that was linked meanwhile is not there")
		}
	})
}

// A code that was used says so, and which computer it linked.
func TestLinkingCodeNoticesItsUse(t *testing.T) {
	for _, linked := range []string{"SURGERY", ""} {
		bubble(t, func(t *testing.T, b *bubbled) {
			b.session.fresh = true
			s := newComputersSample(b)
			s.newCode()
			s.Settle()
			d := &fakeCodeDialog{}
			s.codes[0].begin(d)
			time.Sleep(pane.LookTime)
			s.Settle()
			if d.last().Code == "" {
				t.Fatalf("not used yet: %+v", d.last())
			}
			b.session.set(func(f *fakeSession) {
				f.used = true
				if linked != "" {
					f.computers = slices.Insert(f.computers, 1, auth.ComputerInfo{ID: "n", Name: linked})
				}
			})
			time.Sleep(pane.LookTime)
			s.Settle()
			want := "This code counts no more. Close this and make a new one."
			if linked != "" {
				want = "SURGERY was linked. This code counts no more."
			}
			if got := d.last(); got.Code != "" || got.Left != want || s.codes[0].code.Groups != nil {
				t.Errorf("%+v, want %q", got, want)
			}
			shown, calls := len(d.shown), len(b.session.calls)
			time.Sleep(10 * time.Minute)
			s.Settle()
			if len(d.shown) != shown || len(b.session.calls) != calls {
				t.Errorf("later it says %+v, and asked %d times more", d.last(), len(b.session.calls)-calls)
			}
			s.codes[0].end()
		})
	}
}

func TestLinkingCodeEndsWithTheSession(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newComputersSample(b)
		s.newCode()
		s.Settle()
		s.codes[0].begin(&fakeCodeDialog{})
		b.session.set(func(f *fakeSession) { f.fail = auth.ErrSessionEnded })
		time.Sleep(pane.LookTime)
		s.Settle()
		if len(s.ends) != 1 {
			t.Errorf("reported %v", s.ends)
		}
	})
}

// A keyring that hangs keeps nobody from going on.
func TestLinkingCodeCanBeCancelled(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh, b.session.last = true, time.Hour
		s := newComputersSample(b)
		s.newCode()
		s.Settle()
		if s.view.CanCancel || s.view.Busy == "" {
			t.Errorf("at once: %+v", s.view)
		}
		time.Sleep(screen.StalledAfter)
		s.Settle()
		if !s.view.CanCancel {
			t.Fatal("not offered")
		}
		s.computers.cancel()
		s.Settle()
		if s.view.CanCancel || s.view.Busy != "" || !s.view.CanCode || s.view.Error != "" || len(s.codes) != 0 {
			t.Errorf("%+v", s.view)
		}
	})
}

func (s *slowFirst) Computers(ctx context.Context) ([]auth.ComputerInfo, error) {
	defer s.late()
	return s.fakeSession.Computers(ctx)
}

// The list after unlinking is not put back by one that was asked for before.
func TestComputersOldListDoesNotCount(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newComputersSample(b)
		s.computers.session = &slowFirst{fakeSession: b.session}
		s.refresh()
		s.Settle()
		d := &screentest.Form{}
		s.unlink(s.newTask(d), auth.ComputerInfo{ID: "r", Name: "RECEPTION-1"})
		s.Settle()
		time.Sleep(time.Second)
		s.Settle()
		if len(s.view.Rows) != 2 {
			t.Errorf("rows: %q", s.view.Rows)
		}
	})
}

func TestComputersErrors(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newComputersSample(b)
		s.newCode()
		s.Settle()
		s.Last().Cancel()
		s.Settle()
		if s.view.Error != "" || !s.view.CanCode || len(s.codes) != 0 {
			t.Errorf("step-up cancelled: %+v", s.view)
		}
		b.session.fail = auth.ErrForbidden
		s.newCode()
		s.Settle()
		if s.view.Error != "Only a Practice Admin can do this." || !s.view.CanCode {
			t.Errorf("staff: %+v", s.view)
		}
		b.session.fail = auth.ErrSessionEnded
		s.newCode()
		s.Settle()
		if len(s.ends) != 1 {
			t.Error("the end was not reported")
		}
	})
}
