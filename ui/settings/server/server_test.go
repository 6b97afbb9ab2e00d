package server

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/settings/computers"
	"anteroom/ui/settings/pane"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
)

func TestMain(m *testing.M) { uitest.Main(m) }

// sample is the presenter with all that it showed, of a practice with this computer and
// RECEPTION-2.
type sample struct {
	*panetest.Sample
	*presenter
	fake       *fakeServer
	shows      int
	shownCodes int
}

func run(t *testing.T, kind sharing.Kind, address string, fn func(t *testing.T, s *sample)) {
	t.Helper()
	panetest.Run(t, practice.Records{}, func(all *panetest.Sample) {
		s := &sample{Sample: all, fake: newFakeServer()}
		s.Link(auth.Computer{Name: "RECEPTION-2", Account: "desk"})
		s.Pass(time.Hour) // the proof is over
		s.fake.on(kind, address)
		s.begin()
		fn(all.T, s)
	})
}

// begin has a new presenter read.
func (s *sample) begin() {
	s.presenter = newPresenter(presenter{
		Scope: s.Params.Scope, session: s.Params.Session, sharing: s.fake, pane: screen.NewView(func(view) { s.shows++ }),
		showCode: func(*computers.LinkingCode) { s.shownCodes++ }, onSwitching: s.fake.switched, onMoved: s.fake.wasMoved,
	})
	s.watch(func() bool { return true })
	s.Settle()
}

// runProven is run with who is there just proven.
func runProven(t *testing.T, kind sharing.Kind, address string, fn func(t *testing.T, s *sample)) {
	t.Helper()
	run(t, kind, address, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		fn(t, s)
	})
}

func (s *sample) shown() view { return s.pane.Shown() }

func TestServerSaysWhereTheDataLies(t *testing.T) {
	for _, c := range []struct {
		kind    sharing.Kind
		address string
		want    view
	}{
		{sharing.Alone, "", view{Text: "This practice is on this computer only.", Share: true, Move: true}},
		{sharing.Host, "", view{
			Text: "This computer is the practice's server.", Address: "192.168.1.20", Others: "If that one does not answer: 10.8.0.4, OFFICE",
			Facts: []string{"4 computers connected", "State 7F3K-2Q9D, change 1,204", "Other computers go on working when Anteroom is closed here, unless this computer goes to sleep."}, Link: true, Alone: true,
		}},
		{sharing.Desk, "192.168.1.20", view{
			Text:          "This computer works with the server at 192.168.1.20.",
			Facts:         []string{"State 7F3K-2Q9D, change 1,204", "It answers in 2 ms."},
			ChangeAddress: true, Leave: true,
		}},
		{sharing.Managed, "db.example.org", view{
			Text: "This practice is on the server at db.example.org, which somebody else runs.", Address: "db.example.org",
			Facts: []string{"4 computers connected", "State 7F3K-2Q9D, change 1,204", "It answers in 2 ms."},
			Link:  true, Alone: true,
		}},
	} {
		run(t, c.kind, c.address, func(t *testing.T, s *sample) {
			c.want.CanLink, c.want.CanMove, c.want.CanAlone, c.want.CanLeave = true, true, c.want.Alone, true
			if got := s.shown(); !reflect.DeepEqual(got, c.want) {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}

// A server that hangs holds nothing up, and is asked once at a time.
func TestServerStatusOneAtATime(t *testing.T) {
	for _, kind := range []sharing.Kind{sharing.Desk, sharing.Host} {
		run(t, kind, "192.168.1.20", func(t *testing.T, s *sample) {
			s.fake.set(func(f *fakeServer) { f.last = 3 * pane.LookTime; f.status.Computers = 9; f.status.State = "AAAA-BBBB" })
			s.Pass(pane.LookTime + time.Second)
			asked := s.Anna.Asked()
			s.Pass(pane.LookTime)
			if s.fake.reads != 2 || s.Anna.Asked() != asked {
				t.Errorf("read %d times, and the second still goes on; the session was asked %d times more", s.fake.reads, s.Anna.Asked()-asked)
			}
			if !s.reading.IsBusy() || !strings.Contains(strings.Join(s.shown().Facts, ""), "7F3K") {
				t.Errorf("while it hangs: reading %v, %q", s.reading.IsBusy(), s.shown().Facts)
			}
			s.fake.set(func(f *fakeServer) { f.last = 0; f.fail = auth.ErrServer })
			s.Pass(4 * pane.LookTime)
			if s.shown().Error == "" || len(s.shown().Facts) != 0 {
				t.Errorf("a server that does not answer: %q, %q", s.shown().Error, s.shown().Facts)
			}
			s.fake.set(func(f *fakeServer) { f.fail = nil })
			s.Pass(pane.LookTime)
			if s.shown().Error != "" || len(s.shown().Facts) == 0 {
				t.Errorf("it answers again: %q, %q", s.shown().Error, s.shown().Facts)
			}
		})
	}
}

// What is read again by the timer is shown only where it is another one.
func TestServerIsShownWhenItChanges(t *testing.T) {
	for _, kind := range []sharing.Kind{sharing.Alone, sharing.Host, sharing.Desk} {
		run(t, kind, "192.168.1.20", func(t *testing.T, s *sample) {
			before := s.shows
			s.Pass(3 * pane.LookTime)
			if s.shows != before {
				t.Errorf("kind %d: shown %d times without a change", kind, s.shows-before)
			}
			s.fake.set(func(f *fakeServer) { f.status.Change++ })
			s.Pass(pane.LookTime)
			if changed := kind != sharing.Alone; (s.shows > before) != changed {
				t.Errorf("kind %d: shown anew: %v", kind, !changed)
			}
		})
	}
}

func TestServerShowsALinkingCode(t *testing.T) {
	runProven(t, sharing.Host, "", func(t *testing.T, s *sample) {
		s.codes.NewCode()
		s.Settle()
		if s.shownCodes != 1 {
			t.Errorf("%d codes", s.shownCodes)
		}
	})
}

func TestLinkingCodeAtADesk(t *testing.T) {
	run(t, sharing.Host, "", func(t *testing.T, s *sample) {
		s.Anna.Stop(auth.ErrAtServer)
		s.codes.NewCode()
		s.Settle()
		if s.shown().Error != "Do this at the computer that is the practice's server." {
			t.Errorf("%q", s.shown().Error)
		}
	})
}

// Each act asks who is there, also the one that the session knows nothing of.
func TestServerActsNeedStepUp(t *testing.T) {
	for name, act := range map[string]func(*sample, *screen.Act){
		"WorkAlone": func(s *sample, act *screen.Act) { s.workAlone(act) },
		"Leave":     func(s *sample, act *screen.Act) { s.leave(act) },
		"MoveTo": func(s *sample, act *screen.Act) {
			s.moveTo(act, sharing.Target{Address: "a", Database: "d", User: "u"})
		},
	} {
		run(t, sharing.Desk, "192.168.1.20", func(t *testing.T, s *sample) {
			d := &screentest.Form{}
			act(s, s.newAct(d))
			s.Settle()
			if len(s.Proofs) != 1 || len(s.fake.acts()) != 0 {
				t.Fatalf("%s: asked %d times, did %q", name, len(s.Proofs), s.fake.acts())
			}
			s.Last().Submit(s.Anna.Password, "")
			s.Settle()
			if got := s.fake.acts(); !slices.Equal(got, []string{name}) || !d.IsClosed || len(s.fake.moved) != 1 {
				t.Errorf("%s: did %q, closed: %v, moved: %v", name, got, d.IsClosed, s.fake.moved)
			}
		})
	}
}

// A server that is away can't tell who is there: its new address is tried all the same.
func TestChangeAddressWhileAway(t *testing.T) {
	run(t, sharing.Desk, "192.168.1.20", func(t *testing.T, s *sample) {
		d := &screentest.Form{}
		s.Anna.Stop(&auth.AwayError{})
		s.changeAddress(s.newAct(d), " 10.0.0.9 ")
		s.Settle()
		if got := s.fake.acts(); !slices.Equal(got, []string{"ChangeAddress 10.0.0.9"}) || len(s.Proofs) != 0 || !d.IsClosed || len(s.fake.moved) != 1 {
			t.Errorf("did %q, asked %d times, closed: %v, moved: %v", got, len(s.Proofs), d.IsClosed, s.fake.moved)
		}
	})
}

// From when the server is told until all is done the window asks nothing of it, and there
// is no Cancel.
func TestLeaveIsWhole(t *testing.T) {
	runProven(t, sharing.Desk, "192.168.1.20", func(t *testing.T, s *sample) {
		d := &screentest.Form{}
		s.fake.set(func(f *fakeServer) { f.last = time.Second })
		act := s.newAct(d)
		s.leave(act)
		s.Settle()
		if !d.Last().Whole || !slices.Equal(s.fake.switching, []bool{true}) {
			t.Errorf("%+v, told the window %v", d.Last(), s.fake.switching)
		}
		act.Cancel()
		s.Pass(time.Second)
		if !d.IsClosed || len(s.fake.moved) != 1 || !slices.Equal(s.fake.switching, []bool{true, false}) {
			t.Errorf("closed: %v, moved: %v, told the window %v", d.IsClosed, s.fake.moved, s.fake.switching)
		}
	})
}

// Before the list of computers is read nobody says that none is out.
func TestAloneNeedsTheList(t *testing.T) {
	run(t, sharing.Host, "", func(t *testing.T, s *sample) {
		s.Anna.Stop(auth.ErrBusy)
		s.begin()
		if v := s.shown(); !v.Alone || v.CanAlone {
			t.Errorf("without the list: there %v, can be pressed %v", v.Alone, v.CanAlone)
		}
		s.Anna.Answer()
		s.Pass(pane.LookTime)
		if !s.shown().CanAlone {
			t.Error("with the list it can't be pressed")
		}
	})
}

// While it switches over there is no way back, and the window knows.
func TestWorkAloneStepByStep(t *testing.T) {
	runProven(t, sharing.Host, "", func(t *testing.T, s *sample) {
		d := &screentest.Form{}
		s.fake.set(func(f *fakeServer) { f.last = time.Second })
		s.workAlone(s.newAct(d))
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
	runProven(t, sharing.Host, "", func(t *testing.T, s *sample) {
		s.fake.set(func(f *fakeServer) { f.last = time.Second })
		s.workAlone(s.newAct(&screentest.Form{}))
		s.Pass(3*time.Second + time.Millisecond)
		s.Leave()
		s.Pass(2 * time.Second)
		if len(s.fake.moved) != 1 || !slices.Equal(s.fake.switching, []bool{true, false}) {
			t.Errorf("moved: %v, switching: %v", s.fake.moved, s.fake.switching)
		}
	})
}

func TestWorkAloneCalledOff(t *testing.T) {
	runProven(t, sharing.Host, "", func(t *testing.T, s *sample) {
		s.fake.set(func(f *fakeServer) { f.last = time.Second })
		act := s.newAct(&screentest.Form{})
		s.workAlone(act)
		s.Pass(time.Second)
		if s.shown().CanMove || s.shown().Busy == "" {
			t.Errorf("while it moves: %+v", s.shown())
		}
		act.Cancel()
		s.Settle()
		if !s.shown().CanMove || s.shown().Busy != "" {
			t.Errorf("after it: %+v", s.shown())
		}
		if len(s.fake.moved) != 0 || s.moving || slices.Contains(s.fake.switching, true) {
			t.Errorf("moved: %v, moving: %v, switching: %v", s.fake.moved, s.moving, s.fake.switching)
		}
	})
}

func TestChangeAddressSaysWhatIsWrong(t *testing.T) {
	runProven(t, sharing.Desk, "192.168.1.20", func(t *testing.T, s *sample) {
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
			s.changeAddress(s.newAct(d), c.typed)
			s.Settle()
			if p := d.Last(); d.IsClosed || p.Field != c.field || !strings.HasPrefix(p.Error, c.says) {
				t.Errorf("%q, %v: %q about %q", c.typed, c.err, p.Error, p.Field)
			}
		}
	})
}

func TestMoveToAsksForAll(t *testing.T) {
	runProven(t, sharing.Alone, "", func(t *testing.T, s *sample) {
		for _, c := range []struct {
			target sharing.Target
			field  auth.Field
		}{
			{sharing.Target{Database: "d", User: "u"}, fieldAddress},
			{sharing.Target{Address: "a", User: "u"}, fieldDatabase},
			{sharing.Target{Address: "a", Database: "d", User: " "}, fieldServerUser},
		} {
			d := &screentest.Form{}
			s.moveTo(s.newAct(d), c.target)
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
			s.moveTo(s.newAct(d), sharing.Target{Address: "a", Database: "d", User: "u"})
			s.Settle()
			if p := d.Last(); !strings.HasPrefix(p.Error, says) {
				t.Errorf("%v: %+v", err, p)
			}
		}
		d := &screentest.Form{}
		s.moveTo(s.newAct(d), sharing.Target{Address: " db:5433 ", Database: "d", User: "u", Password: " p "})
		s.Settle()
		if s.fake.target.Address != "db:5433" || s.fake.target.Password != " p " || s.fake.moved[0].address != "db:5433/d" {
			t.Errorf("%+v, %v", s.fake.target, s.fake.moved)
		}
	})
}

func TestServerEndedSession(t *testing.T) {
	run(t, sharing.Host, "", func(t *testing.T, s *sample) {
		s.fake.set(func(f *fakeServer) { f.fail = auth.ErrSessionEnded })
		s.Pass(pane.LookTime)
		if len(s.Ends) != 1 {
			t.Errorf("ended %d times", len(s.Ends))
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
