package kit

import (
	"strings"
	"testing"
	"testing/synctest"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
)

func TestMain(m *testing.M) { uitest.Main(m) }

// sample is a Maker with what it handed over.
type sample struct {
	*panetest.Sample
	*Maker
	got []*auth.Kit
}

func run(t *testing.T, fn func(*sample)) {
	panetest.Run(t, practice.Records{}, func(all *panetest.Sample) {
		s := &sample{Sample: all}
		s.Maker = NewMaker(all.Params.Scope, all.Params.Session, func(k *auth.Kit) { s.got = append(s.got, k) })
		fn(s)
	})
}

func TestNewKitIsHandedOverAfterStepUp(t *testing.T) {
	run(t, func(s *sample) {
		d := &screentest.Form{}
		making := s.begin(d)
		making.start()
		making.start() // a second Enter
		s.Settle()
		if len(s.Proofs) != 1 || len(s.got) != 0 {
			t.Fatalf("asked %d times, handed over: %v", len(s.Proofs), s.got)
		}
		s.Last().Submit(s.Anna.Password, "")
		s.Settle()
		if !d.IsClosed || len(s.got) != 1 {
			t.Fatalf("closed: %v, handed over: %v", d.IsClosed, s.got)
		}
		s.Leave() // the window shows the kit on another screen
		groups := s.got[0].Groups()
		if err := s.Anna.Session.ConfirmKit(s.T.Context(), s.got[0], groups[len(groups)-1], nil); err != nil {
			t.Errorf("the kit was wiped although the window has it: %v", err)
		}
	})
}

func TestNewKitStepUpCancelledLeavesTheDialogOpen(t *testing.T) {
	run(t, func(s *sample) {
		d := &screentest.Form{}
		s.begin(d).start()
		s.Settle()
		s.Last().Cancel()
		s.Settle()
		if d.IsClosed || d.Last() != (screen.Progress{}) || len(s.got) != 0 {
			t.Errorf("closed: %v, %+v, %v", d.IsClosed, d.Last(), s.got)
		}
	})
}

// TestNewKitThatNobodyGetsIsWiped: its dialog was closed, or the settings were left, when the
// kit was made and not handed over yet.
func TestNewKitThatNobodyGetsIsWiped(t *testing.T) {
	for name, goAway := range map[string]func(*sample, *making){
		"cancelled": func(_ *sample, making *making) { making.cancel() },
		"left":      func(s *sample, _ *making) { s.Leave() },
	} {
		t.Run(name, func(t *testing.T) {
			run(t, func(s *sample) {
				s.Anna.StepUp()
				making := s.begin(&screentest.Form{})
				making.start()
				synctest.Wait()
				groups := making.kit.Groups()
				goAway(s, making)
				s.Settle()
				if len(s.got) != 0 || !isForgotten(making.kit, groups) {
					t.Errorf("handed over: %v, wiped: %v", s.got, isForgotten(making.kit, groups))
				}
			})
		})
	}
}

// isForgotten says whether a kit's secret was wiped, given what it was.
func isForgotten(k *auth.Kit, groups []string) bool {
	return !k.LastGroupIs(groups[len(groups)-1]) && strings.Join(k.Groups(), "") != strings.Join(groups, "")
}

// TestAsk: a taken back question makes no kit, and whoever asked is told.
func TestAsk(t *testing.T) {
	run(t, func(s *sample) {
		s.Anna.StepUp()
		cancelled := 0
		ask := func() {
			s.Ask(s.Params.Dialogs, Question{Title: "A kit", Text: []string{PageText()}, Primary: "Make it"}, func() { cancelled++ })
			s.WantDialog("Make it")
		}
		ask()
		s.Dialog().Cancel().Tapped(nil)
		if s.Settle(); s.Dialog() != nil || cancelled != 1 || len(s.got) != 0 {
			t.Errorf("cancelled %d times, handed over: %v", cancelled, s.got)
		}
		ask()
		s.Dialog().Primary().Tapped(nil)
		if s.Settle(); s.Dialog() != nil || cancelled != 1 || len(s.got) != 1 {
			t.Errorf("cancelled %d times, handed over: %v", cancelled, s.got)
		}
	})
}
