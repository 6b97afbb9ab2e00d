package recovery

import (
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/panetest"
	"anteroom/ui/uitest"
	"anteroom/ui/uitest/practice"
	"anteroom/ui/words"
)

func TestMain(m *testing.M) { uitest.Main(m) }

// sample is the presenter over a practice with a kit.
type sample struct {
	*panetest.Sample
	*presenter
	key string // of the kit
}

func run(t *testing.T, fn func(t *testing.T, s *sample)) {
	panetest.Run(t, practice.Records{}, func(all *panetest.Sample) {
		s := &sample{Sample: all, key: all.MakeKit()}
		s.begin(all.Anna)
		fn(all.T, s)
	})
}

// begin has a presenter of who works at a window read.
func (s *sample) begin(who *practice.Window) {
	s.presenter = &presenter{Scope: s.Params.Scope, session: who.Session, pane: screen.NewView(func(view) {})}
	s.refresh()
	s.Settle()
}

func TestRecoverySaysWhichKitThereIs(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		want := view{Number: "Kit number " + s.kit.Number, Made: "Made by Anna Smith (asmith) on " + words.Date(time.Now())}
		if got := s.pane.Shown(); got != want || len(s.kit.Number) != len("4f2a-91bc") {
			t.Errorf("%+v, want %+v", got, want)
		}
		if q := s.question(); len(q.Text) != 2 || !strings.Contains(q.Text[1], "older copies and backups only") || q.Primary != "Make a new kit" {
			t.Errorf("%+v", q)
		}
	})
}

func TestRecoveryWarnsThatThereIsNoKit(t *testing.T) {
	panetest.Run(t, practice.Records{}, func(all *panetest.Sample) {
		s := &sample{Sample: all}
		s.begin(all.Anna)
		if v := s.pane.Shown(); !strings.HasPrefix(v.None, "There is no recovery kit yet. ") || v.Number != "" {
			t.Errorf("%+v", v)
		}
		if q := s.question(); strings.Contains(strings.Join(q.Text, ""), "old kit") || q.Primary != "Make the kit" {
			t.Errorf("%+v", q)
		}
	})
}

func TestRecoveryErrors(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		if s.begin(s.Ben); s.pane.Shown() != (view{Error: "Only a Practice Admin can do this."}) {
			t.Errorf("staff: %+v", s.pane.Shown())
		}
		_ = s.Anna.Session.SignOut(t.Context())
		if s.begin(s.Anna); len(s.Ends) != 1 || s.pane.Shown() != (view{}) {
			t.Errorf("the end was reported %d times, %+v", len(s.Ends), s.pane.Shown())
		}
	})
}

// open begins a check, as its dialog does.
func (s *sample) open() (c *check, leave func()) {
	return s.newCheck(screen.NewView(func(checkView) {}))
}

func TestKitCheckAnswers(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		old := s.key
		s.key = s.MakeKit()
		s.begin(s.Anna)
		groups := strings.Fields(s.key)
		slip := strings.Join(groups[:3], " ") + " " + withSlip(groups[3]) + " " + strings.Join(groups[4:], " ")
		for typed, want := range map[string]checkView{
			strings.ToLower(s.key): {Right: "Yes. This is the recovery kit."},
			slip:                   {Wrong: "Group 4 has a slip. Compare it with the page."},
			s.key[:len(s.key)-6]:   {Wrong: "The key has eight groups of five characters. 35 characters are typed."},
			old:                    {Wrong: "No. This is not the practice's kit: it is an older one, or another practice's. Look for the page with the number " + s.kit.Number + "."},
			" ":                    {Wrong: "Type the key that is on the page."},
		} {
			c, leave := s.open()
			c.run(typed)
			s.Settle()
			if got := c.dialog.Shown(); got != want {
				t.Errorf("%q: %+v, want %+v", typed, got, want)
			}
			if c.edited(); c.dialog.Shown() != (checkView{}) {
				t.Errorf("%q, edited: %+v", typed, c.dialog.Shown())
			}
			leave()
		}
	})
}

// withSlip is a group with another first character.
func withSlip(group string) string {
	if group[0] == 'A' {
		return "B" + group[1:]
	}
	return "A" + group[1:]
}

func TestKitCheckClosedMeanwhileSaysNothing(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.Delay(time.Second)
		c, leave := s.open()
		asked := s.Anna.Asked()
		c.run(s.key)
		c.run(s.key) // a second Enter
		c.edited()
		if s.Settle(); !c.dialog.Shown().Busy || s.Anna.Asked() != asked+1 {
			t.Errorf("%+v, asked %d times", c.dialog.Shown(), s.Anna.Asked()-asked)
		}
		leave()
		s.Pass(time.Second)
		if c.dialog.Shown() != (checkView{Busy: true}) {
			t.Errorf("afterwards: %+v", c.dialog.Shown())
		}
	})
}

func TestKitCheckErrors(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		c, leave := s.open()
		defer leave()
		s.Anna.Stop(auth.ErrBusy)
		c.run(s.key)
		if s.Settle(); c.dialog.Shown().Wrong == "" || c.dialog.Shown().Busy {
			t.Errorf("busy: %+v", c.dialog.Shown())
		}
		s.Anna.Answer()
		_ = s.Anna.Session.SignOut(t.Context())
		c.run(s.key)
		if s.Settle(); len(s.Ends) != 1 {
			t.Errorf("ends: %v", s.Ends)
		}
	})
}
