package server

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/screen/screentest"

	"anteroom/ui/screen"

	"anteroom/ui/settings/pane"
)

// serverSample is the presenter with all that it showed.
type serverSample struct {
	*server
	*bubbled
	*screentest.Asker
	fake  *fakeServer
	view  serverView
	shows int
	codes []*linkingCode
	ends  []error
}

func newServerSample(b *bubbled, kind sharing.Kind, address string) *serverSample {
	stepUp, asker := newStepUp(b)
	s := &serverSample{bubbled: b, Asker: asker, fake: newFakeServer(b.session)}
	s.fake.on(kind, address)
	o := screen.Scope{Ctx: b.ctx, Runner: b.runner, StepUp: stepUp, OnEnded: func(err error) { s.ends = append(s.ends, err) }}
	s.server = &server{
		Scope: o, session: b.session, sharing: s.fake, pane: s, onSwitching: s.fake.switched, onMoved: s.fake.wasMoved,
	}
	s.server.codes = newComputers(o, b.session, serverCodes{s.server}, func() []string { return reachable(s.fake) })
	s.watch(func() bool { return true })
	s.Settle()
	return s
}

func (s *serverSample) show(v serverView)       { s.view, s.shows = v, s.shows+1 }
func (s *serverSample) showCode(l *linkingCode) { s.codes = append(s.codes, l) }

func TestServerSaysWhereTheDataLies(t *testing.T) {
	for _, c := range []struct {
		kind    sharing.Kind
		address string
		want    serverView
	}{
		{sharing.Alone, "", serverView{Text: "This practice is on this computer only.", Share: true, Move: true}},
		{sharing.Host, "", serverView{
			Text: "This computer is the practice's server.", Address: "192.168.1.20", Others: "If that one does not answer: 10.8.0.4, OFFICE",
			Facts: []string{"4 computers connected", "State 7F3K-2Q9D, change 1,204", "Other computers go on working when Anteroom is closed here, unless this computer goes to sleep."}, Link: true, Alone: true,
		}},
		{sharing.Desk, "192.168.1.20", serverView{
			Text:          "This computer works with the server at 192.168.1.20.",
			Facts:         []string{"State 7F3K-2Q9D, change 1,204", "It answers in 2 ms."},
			ChangeAddress: true, Leave: true,
		}},
		{sharing.Managed, "db.example.org", serverView{
			Text: "This practice is on the server at db.example.org, which somebody else runs.", Address: "db.example.org",
			Facts: []string{"4 computers connected", "State 7F3K-2Q9D, change 1,204", "It answers in 2 ms."},
			Link:  true, Alone: true,
		}},
	} {
		bubble(t, func(t *testing.T, b *bubbled) {
			s := newServerSample(b, c.kind, c.address)
			got := s.view
			c.want.CanLink, c.want.CanMove, c.want.CanAlone, c.want.CanLeave = got.CanLink, true, c.want.Alone, true
			facts := slices.Equal(got.Facts, c.want.Facts)
			got.Facts, c.want.Facts = nil, nil
			if !facts || !equalViews(got, c.want) {
				t.Errorf("%+v, %+v", s.view, c.want)
			}
		})
	}
}

func equalViews(a, b serverView) bool {
	type plain struct {
		text, address, others, busy, err                                                         string
		share, link, alone, change, leave, move, canMove, canAlone, canLink, canLeave, canCancel bool
	}
	of := func(v serverView) plain {
		return plain{v.Text, v.Address, v.Others, v.Busy, v.Error, v.Share, v.Link, v.Alone, v.ChangeAddress, v.Leave, v.Move, v.CanMove, v.CanAlone, v.CanLink, v.CanLeave, v.CanCancel}
	}
	return of(a) == of(b)
}

// A server that hangs holds nothing up, and is asked once at a time.
func TestServerStatusOneAtATime(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newServerSample(b, sharing.Desk, "192.168.1.20")
		s.fake.set(func(f *fakeServer) { f.last = 3 * pane.LookTime; f.status.Computers = 9; f.status.State = "AAAA-BBBB" })
		time.Sleep(2*pane.LookTime + time.Second)
		s.Settle()
		if s.fake.reads != 2 {
			t.Errorf("read %d times, and the second still goes on", s.fake.reads)
		}
		if !s.reading || !strings.Contains(strings.Join(s.view.Facts, ""), "7F3K") {
			t.Errorf("while it hangs: reading %v, %q", s.reading, s.view.Facts)
		}
		s.fake.set(func(f *fakeServer) { f.last = 0; f.fail = auth.ErrServer })
		time.Sleep(4 * pane.LookTime)
		s.Settle()
		if s.view.Error == "" || len(s.view.Facts) != 0 {
			t.Errorf("a server that does not answer: %q, %q", s.view.Error, s.view.Facts)
		}
		s.fake.set(func(f *fakeServer) { f.fail = nil })
		time.Sleep(pane.LookTime)
		s.Settle()
		if s.view.Error != "" || len(s.view.Facts) == 0 {
			t.Errorf("it answers again: %q, %q", s.view.Error, s.view.Facts)
		}
	})
}

// What is read again by the timer is shown only where it is another one.
func TestServerIsShownWhenItChanges(t *testing.T) {
	for _, kind := range []sharing.Kind{sharing.Alone, sharing.Host, sharing.Desk} {
		bubble(t, func(t *testing.T, b *bubbled) {
			s := newServerSample(b, kind, "192.168.1.20")
			before := s.shows
			time.Sleep(3 * pane.LookTime)
			s.Settle()
			if s.shows != before {
				t.Errorf("kind %d: shown %d times without a change", kind, s.shows-before)
			}
			s.fake.set(func(f *fakeServer) { f.status.Change++ })
			time.Sleep(pane.LookTime)
			s.Settle()
			if changed := kind != sharing.Alone; (s.shows > before) != changed {
				t.Errorf("kind %d: shown anew: %v", kind, !changed)
			}
		})
	}
}

func TestServerLinkingCodeHasTheAddress(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newServerSample(b, sharing.Host, "")
		s.server.codes.newCode()
		s.Settle()
		if len(s.codes) != 1 || s.codes[0].addresses[0] != "192.168.1.20" {
			t.Fatalf("%d codes", len(s.codes))
		}
	})
}

func TestLinkingCodeAtADesk(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newServerSample(b, sharing.Host, "")
		b.session.set(func(f *fakeSession) { f.fail = auth.ErrAtServer })
		s.server.codes.newCode()
		s.Settle()
		if s.view.Error != "Do this at the computer that is the practice's server." {
			t.Errorf("%q", s.view.Error)
		}
	})
}

// Each act asks who is there, also the one that the session knows nothing of.
func TestServerActsNeedStepUp(t *testing.T) {
	for name, act := range map[string]func(*serverSample, *screen.Act){
		"WorkAlone": func(s *serverSample, t *screen.Act) { s.workAlone(t) },
		"Leave":     func(s *serverSample, t *screen.Act) { s.server.leave(t) },
		"MoveTo": func(s *serverSample, t *screen.Act) {
			s.moveTo(t, sharing.Target{Address: "a", Database: "d", User: "u"})
		},
	} {
		bubble(t, func(t *testing.T, b *bubbled) {
			s, d := newServerSample(b, sharing.Desk, "192.168.1.20"), &screentest.Form{}
			act(s, s.newTask(d))
			s.Settle()
			if len(s.Proofs) != 1 || len(s.fake.acts()) != 0 {
				t.Fatalf("%s: asked %d times, did %q", name, len(s.Proofs), s.fake.acts())
			}
			s.Last().Submit(rightPassword, "")
			s.Settle()
			if got := s.fake.acts(); !slices.Equal(got, []string{name}) || !d.IsClosed || len(s.fake.moved) != 1 {
				t.Errorf("%s: did %q, closed: %v, moved: %v", name, got, d.IsClosed, s.fake.moved)
			}
		})
	}
}

// A server that is away can't tell who is there: its new address is tried all the same.
func TestChangeAddressWhileAway(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s, d := newServerSample(b, sharing.Desk, "192.168.1.20"), &screentest.Form{}
		b.session.set(func(f *fakeSession) { f.fail = &auth.AwayError{} })
		s.changeAddress(s.newTask(d), " 10.0.0.9 ")
		s.Settle()
		if got := s.fake.acts(); !slices.Equal(got, []string{"ChangeAddress 10.0.0.9"}) || len(s.Proofs) != 0 || !d.IsClosed || len(s.fake.moved) != 1 {
			t.Errorf("did %q, asked %d times, closed: %v, moved: %v", got, len(s.Proofs), d.IsClosed, s.fake.moved)
		}
	})
}

// From when the server is told until all is done the window asks nothing of it, and there
// is no Cancel.
func TestLeaveIsWhole(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s, d := newServerSample(b, sharing.Desk, "192.168.1.20"), &screentest.Form{}
		s.fake.set(func(f *fakeServer) { f.last = time.Second })
		task := s.newTask(d)
		s.server.leave(task)
		s.Settle()
		if !d.Last().Whole || !slices.Equal(s.fake.switching, []bool{true}) {
			t.Errorf("%+v, told the window %v", d.Last(), s.fake.switching)
		}
		task.Cancel()
		time.Sleep(time.Second)
		s.Settle()
		if !d.IsClosed || len(s.fake.moved) != 1 || !slices.Equal(s.fake.switching, []bool{true, false}) {
			t.Errorf("closed: %v, moved: %v, told the window %v", d.IsClosed, s.fake.moved, s.fake.switching)
		}
	})
}

// Before the list of computers is read nobody says that none is out.
func TestAloneNeedsTheList(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newServerSample(b, sharing.Host, "")
		s.server.codes.list = nil
		if v := s.server.view(); !v.Alone || v.CanAlone {
			t.Errorf("without the list: there %v, can be pressed %v", v.Alone, v.CanAlone)
		}
	})
}

// While it switches over there is no way back, and the window knows.
func TestWorkAloneStepByStep(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s, d := newServerSample(b, sharing.Host, ""), &screentest.Form{}
		s.fake.set(func(f *fakeServer) { f.last = time.Second })
		s.workAlone(s.newTask(d))
		var doing []string
		for range 5 {
			s.Settle()
			if d.IsClosed {
				break
			}
			p := d.Last()
			doing = append(doing, p.Doing)
			if whole := p.Doing == "Switching over…"; p.Whole != whole || slices.Equal(s.fake.switching, []bool{true}) != whole {
				t.Errorf("%q: can't be called off: %v, told the window %v", p.Doing, p.Whole, s.fake.switching)
			}
			time.Sleep(time.Second)
		}
		want := []string{"Backing up…", "Copying 12,000 of 100,000…", "Checking…", "Switching over…"}
		if !slices.Equal(doing, want) || !slices.Equal(s.fake.switching, []bool{true, false}) {
			t.Errorf("%q, %v", doing, s.fake.switching)
		}
		if len(s.fake.moved) != 1 || s.fake.moved[0].address != "" {
			t.Errorf("%v", s.fake.moved)
		}
	})
}

// Who leaves the settings while it switches over is told all the same.
func TestMoveOutlivesTheSettings(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newServerSample(b, sharing.Host, "")
		s.fake.set(func(f *fakeServer) { f.last = time.Second })
		s.workAlone(s.newTask(&screentest.Form{}))
		time.Sleep(3*time.Second + time.Millisecond)
		s.Settle()
		b.leave()
		time.Sleep(2 * time.Second)
		s.Settle()
		if len(s.fake.moved) != 1 || !slices.Equal(s.fake.switching, []bool{true, false}) {
			t.Errorf("moved: %v, switching: %v", s.fake.moved, s.fake.switching)
		}
	})
}

func TestWorkAloneCalledOff(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newServerSample(b, sharing.Host, "")
		s.fake.set(func(f *fakeServer) { f.last = time.Second })
		task := s.newTask(&screentest.Form{})
		s.workAlone(task)
		time.Sleep(time.Second)
		s.Settle()
		if s.view.CanMove || s.view.Busy == "" {
			t.Errorf("while it moves: %+v", s.view)
		}
		task.Cancel()
		s.Settle()
		if !s.view.CanMove || s.view.Busy != "" {
			t.Errorf("after it: %+v", s.view)
		}
		if len(s.fake.moved) != 0 || s.moving || slices.Contains(s.fake.switching, true) {
			t.Errorf("moved: %v, moving: %v, switching: %v", s.fake.moved, s.moving, s.fake.switching)
		}
	})
}

func TestChangeAddressSaysWhatIsWrong(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newServerSample(b, sharing.Desk, "192.168.1.20")
		for _, c := range []struct {
			typed string
			err   error
			field auth.Field
			says  string
		}{
			{" ", nil, fieldAddress, "Type the server's name or number"},
			{"a b", sharing.ErrAddress, fieldAddress, "This is no address"},
			{"10.0.0.9", auth.ErrServer, fieldAddress, "10.0.0.9 does not answer."},
			{"10.0.0.9", auth.ErrOtherServer, fieldAddress, "What answers at 10.0.0.9 is not the practice's server."},
			{"10.0.0.9", errors.New("other"), "", "Something went wrong"},
		} {
			d := &screentest.Form{}
			s.fake.set(func(f *fakeServer) { f.refuse = c.err })
			s.changeAddress(s.newTask(d), c.typed)
			s.Settle()
			if p := d.Last(); d.IsClosed || p.Field != c.field || !strings.HasPrefix(p.Error, c.says) {
				t.Errorf("%q, %v: %q about %q", c.typed, c.err, p.Error, p.Field)
			}
		}
	})
}

func TestMoveToAsksForAll(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		b.session.fresh = true
		s := newServerSample(b, sharing.Alone, "")
		for _, c := range []struct {
			target sharing.Target
			field  auth.Field
		}{
			{sharing.Target{Database: "d", User: "u"}, fieldAddress},
			{sharing.Target{Address: "a", User: "u"}, fieldDatabase},
			{sharing.Target{Address: "a", Database: "d", User: " "}, fieldServerUser},
		} {
			d := &screentest.Form{}
			s.moveTo(s.newTask(d), c.target)
			s.Settle()
			if p := d.Last(); p.Field != c.field || p.Error == "" || len(s.fake.acts()) != 0 {
				t.Errorf("%+v: %+v", c.target, p)
			}
		}
		for err, says := range map[error]string{
			auth.ErrNotLinked: "The server refuses this user or password",
			auth.ErrServer:    "a does not answer.",
		} {
			d := &screentest.Form{}
			s.fake.set(func(f *fakeServer) { f.refuse = err })
			s.moveTo(s.newTask(d), sharing.Target{Address: "a", Database: "d", User: "u"})
			s.Settle()
			if p := d.Last(); !strings.HasPrefix(p.Error, says) {
				t.Errorf("%v: %+v", err, p)
			}
		}
		d := &screentest.Form{}
		s.moveTo(s.newTask(d), sharing.Target{Address: " db:5433 ", Database: "d", User: "u", Password: " p "})
		s.Settle()
		if s.fake.target.Address != "db:5433" || s.fake.target.Password != " p " || s.fake.moved[0].address != "db:5433/d" {
			t.Errorf("%+v, %v", s.fake.target, s.fake.moved)
		}
	})
}

func TestServerEndedSession(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newServerSample(b, sharing.Host, "")
		s.fake.set(func(f *fakeServer) { f.fail = auth.ErrSessionEnded })
		time.Sleep(pane.LookTime)
		s.Settle()
		if len(s.ends) != 1 {
			t.Errorf("ended %d times", len(s.ends))
		}
	})
}

func TestAloneQuestion(t *testing.T) {
	q := newAloneQuestion([]string{"RECEPTION-2", "RECEPTION-1"})
	if q.Out != "These can't work with the practice any more: RECEPTION-1, RECEPTION-2." || !q.Any {
		t.Errorf("%q, %v", q.Out, q.Any)
	}
	if nobody := newAloneQuestion(nil); nobody.Out != "No other computer is linked, so nobody is out." || nobody.Any {
		t.Errorf("%q, %v", nobody.Out, nobody.Any)
	}
	for typed, want := range map[string]bool{"": false, "alon": false, " alone ": true, "ALONE": true} {
		if q.isConfirmed(typed) != want {
			t.Errorf("%q", typed)
		}
	}
}
