package recovery

import (
	"errors"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/settings/kit"

	"anteroom/ui/screen"
)

// recoverySample is the presenter with all that it showed and led to.
type recoverySample struct {
	*recovery
	*bubbled
	*screentest.Asker
	kits *kit.Maker
	view recoveryView
	got  []*auth.Kit
	ends []error
}

func newRecoverySample(b *bubbled) *recoverySample {
	stepUp, asker := newStepUp(b)
	s := &recoverySample{bubbled: b, Asker: asker}
	o := screen.Scope{Ctx: b.ctx, Runner: b.runner, StepUp: stepUp, OnEnded: func(err error) { s.ends = append(s.ends, err) }}
	s.recovery = &recovery{Scope: o, session: b.session, pane: s}
	s.kits = &kitMaker{Scope: o, session: b.session, onNew: func(k *auth.Kit, _ *Draft) { s.got = append(s.got, k) }}
	s.recovery.refresh()
	s.Settle()
	return s
}

func (s *recoverySample) show(v recoveryView) { s.view = v }

func TestRecoverySaysWhichKitThereIs(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newRecoverySample(b)
		want := recoveryView{Number: "Kit number 4f2a-91bc", Made: "Made by Anna Smith on 3 Nov 2026"}
		if s.view != want {
			t.Errorf("%+v, want %+v", s.view, want)
		}
		if q := s.question(); len(q.Text) != 2 || !strings.Contains(q.Text[1], "older copies and backups only") || q.Primary != "Make a new kit" {
			t.Errorf("%+v", q)
		}
	})
}

func TestRecoveryWarnsThatThereIsNoKit(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.kit = auth.KitInfo{}
		s := newRecoverySample(b)
		if !strings.HasPrefix(s.view.None, "There is no recovery kit yet. ") || s.view.Number != "" {
			t.Errorf("%+v", s.view)
		}
		if q := s.question(); strings.Contains(strings.Join(q.Text, ""), "old kit") || q.Primary != "Make the kit" {
			t.Errorf("%+v", q)
		}
	})
}

func TestRecoveryErrors(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fail = auth.ErrForbidden
		if s := newRecoverySample(b); s.view != (recoveryView{Error: "Only a Practice Admin can do this."}) {
			t.Errorf("staff: %+v", s.view)
		}
		b.session.fail = auth.ErrSessionEnded
		if s := newRecoverySample(b); len(s.ends) != 1 {
			t.Error("the end was not reported")
		}
	})
}

func TestNewKitIsHandedOverAfterStepUp(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.newKit = newKit(t)
		groups := b.session.newKit.Groups()
		s := newRecoverySample(b)
		d := &screentest.Form{}
		task := s.kits.newTask(d)
		task.begin()
		task.begin() // a second Enter
		s.Settle()
		s.Last().Submit(rightPassword, "")
		s.Settle()
		if !d.IsClosed || len(s.got) != 1 || s.got[0] != b.session.newKit {
			t.Fatalf("closed: %v, handed over: %v", d.IsClosed, s.got)
		}
		b.leave() // the window shows the kit on another screen
		s.Settle()
		if isForgotten(s.got[0], groups) {
			t.Error("the kit was wiped although the window has it")
		}
		wantChanges(t, b.session, "NewKit", "StepUp", "NewKit")
	})
}

func TestNewKitStepUpCancelledLeavesTheDialogOpen(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newRecoverySample(b)
		d := &screentest.Form{}
		s.kits.newTask(d).begin()
		s.Settle()
		s.Last().Cancel()
		s.Settle()
		if d.IsClosed || d.Last() != (screen.Progress{}) || len(s.got) != 0 {
			t.Errorf("closed: %v, %+v, %v", d.IsClosed, d.Last(), s.got)
		}
	})
}

// Nobody sees a kit whose dialog was closed, or whose settings were left, while
// it was being made.
func TestNewKitThatNobodyGetsIsWiped(t *testing.T) {
	for name, goAway := range map[string]func(*bubbled, *kitTask){
		"cancelled": func(_ *bubbled, task *kitTask) { task.cancel() },
		"left":      func(b *bubbled, _ *kitTask) { b.leave() },
	} {
		bubble(t, func(t *testing.T, b *bubbled) {
			b.session.fresh, b.session.deaf, b.session.last = true, true, time.Second
			b.session.newKit = newKit(t)
			groups := b.session.newKit.Groups()
			s := newRecoverySample(b)
			task := s.kits.newTask(&screentest.Form{})
			task.begin()
			s.Settle()
			goAway(b, task)
			time.Sleep(time.Second)
			s.Settle()
			if len(s.got) != 0 || !isForgotten(b.session.newKit, groups) {
				t.Errorf("%s: handed over: %v, wiped: %v", name, s.got, isForgotten(b.session.newKit, groups))
			}
		})
	}
}

// checkSample is a check with what its dialog showed.
type checkSample struct {
	*kitCheck
	view   kitCheckView
	closed bool
}

func (s *checkSample) show(v kitCheckView) { s.view = v }
func (s *checkSample) Close()              { s.closed = true }

func newCheckSample(s *recoverySample) (*checkSample, func()) {
	c := &checkSample{}
	var stop func()
	c.kitCheck, stop = s.newCheck(c)
	return c, stop
}

func TestKitCheckAnswers(t *testing.T) {
	for typed, want := range map[string]kitCheckView{
		rightKey:  {Right: "Yes. This is the recovery kit."},
		"slip":    {Wrong: "Group 4 has a slip. Compare it with the page."},
		"short":   {Wrong: "The key has eight groups of five characters. 37 characters are typed."},
		"another": {Wrong: "No. This is not the practice's kit: it is an older one, or another practice's. Look for the page with the number 4f2a-91bc."},
		" ":       {Wrong: "Type the key that is on the page."},
	} {
		bubble(t, func(t *testing.T, b *bubbled) {
			s := newRecoverySample(b)
			c, stop := newCheckSample(s)
			defer stop()
			c.check(typed)
			s.Settle()
			if c.view != want || c.closed {
				t.Errorf("%q: %+v, want %+v", typed, c.view, want)
			}
			c.edited()
			if c.view != (kitCheckView{}) {
				t.Errorf("%q, edited: %+v", typed, c.view)
			}
		})
	}
}

func TestKitCheckClosedMeanwhileSaysNothing(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.last = time.Second
		s := newRecoverySample(b)
		c, stop := newCheckSample(s)
		c.check(rightKey)
		c.check(rightKey) // a second Enter
		c.edited()
		if !c.view.Busy {
			t.Errorf("%+v", c.view)
		}
		stop()
		time.Sleep(time.Second)
		s.Settle()
		if c.view != (kitCheckView{Busy: true}) {
			t.Errorf("afterwards: %+v", c.view)
		}
	})
}

func TestKitCheckErrors(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newRecoverySample(b)
		c, stop := newCheckSample(s)
		defer stop()
		b.session.fail = auth.ErrBusy
		c.check(rightKey)
		s.Settle()
		if c.view.Wrong == "" || c.closed {
			t.Errorf("busy: %+v", c.view)
		}
		b.session.fail = auth.ErrSessionEnded
		c.check(rightKey)
		s.Settle()
		if !c.closed || len(s.ends) != 1 || !errors.Is(s.ends[0], auth.ErrSessionEnded) {
			t.Errorf("closed: %v, ends: %v", c.closed, s.ends)
		}
	})
}
