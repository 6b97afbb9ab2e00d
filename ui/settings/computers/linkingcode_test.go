package computers

import (
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
)

func TestLinkingCodeAfterStepUpCountsDown(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.NewCode()
		s.NewCode() // a second Enter
		s.Settle()
		if s.view.CanCode {
			t.Error("another code can be made meanwhile")
		}
		s.prove()
		if len(s.codes) != 1 || !s.view.CanCode {
			t.Fatalf("codes: %d, %+v", len(s.codes), s.view)
		}
		if e := s.Newest(); e.Event != auth.EventLinkingCode {
			t.Errorf("%+v", e)
		}
		c := &shownCode{LinkingCode: s.codes[0]}
		c.begin(func(v linkingCodeView) { c.shown = append(c.shown, v) })
		if got := c.last(); got.Code != strings.Join(c.code.Groups, " ") || len(c.code.Groups) != 4 || got.Left != "It can be used for 10 min more." {
			t.Errorf("at first: %+v", got)
		}
		s.Pass(9 * time.Minute)
		if got := c.last(); got.Code == "" || got.Left != "It can be used for 60 s more." {
			t.Errorf("after 9 min: %+v", got)
		}
		s.Pass(time.Minute)
		if got := c.last(); got.Code != "" || !strings.HasPrefix(got.Left, "This code is over.") || c.code.Groups != nil {
			t.Errorf("at the end: %+v", got)
		}
		c.end()
		c.end()
	})
}

func TestLinkingCodeIsForgottenWithItsDialog(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		c := s.makeCode()
		s.linkWith(c.last().Code, "SURGERY")
		c.end()
		s.Settle()
		shown := len(c.shown)
		s.Pass(time.Hour)
		if c.code.Groups != nil || c.dialog != nil || len(c.shown) != shown {
			t.Errorf("%+v, shown %d times more", c.code, len(c.shown)-shown)
		}
		if len(s.rows()) != 4 {
			t.Error("the computer that was linked meanwhile is not there")
		}
	})
}

// A code that was used says so, and which computer it linked.
func TestLinkingCodeNoticesItsUse(t *testing.T) {
	for want, use := range map[string]func(*sample, string){
		"SURGERY was linked. This code counts no more.": func(s *sample, code string) { s.linkWith(code, "SURGERY") },
		"This code counts no more. Close this and make a new one.": func(s *sample, _ string) {
			s.must(s.Anna.Session.Unlink(s.T.Context(), s.stored()[2].ID, nil)) // gives the practice new keys
		},
	} {
		run(t, func(t *testing.T, s *sample) {
			c := s.makeCode()
			code := c.last().Code
			if s.Pass(pane.LookTime); c.last().Code != code {
				t.Fatalf("not used yet: %+v", c.last())
			}
			use(s, code)
			s.Pass(pane.LookTime)
			if got := c.last(); got.Code != "" || got.Left != want || c.code.Groups != nil {
				t.Errorf("%+v, want %q", got, want)
			}
			shown, asked := len(c.shown), s.Anna.Asked()
			s.Pass(10 * time.Minute)
			if len(c.shown) != shown || s.Anna.Asked() != asked {
				t.Errorf("later it says %+v, and asked %d times more", c.last(), s.Anna.Asked()-asked)
			}
			c.end()
		})
	}
}

func TestLinkingCodeEndsWithTheSession(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.makeCode()
		s.must(s.Anna.Session.SignOut(t.Context()))
		if s.Pass(pane.LookTime); len(s.Ends) != 1 {
			t.Errorf("reported %v", s.Ends)
		}
	})
}

// A keyring that hangs keeps nobody from going on.
func TestLinkingCodeCanBeCancelled(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.Anna.StepUp()
		s.Anna.Delay(time.Hour)
		s.NewCode()
		s.Settle()
		if s.view.CanCancel || s.view.Busy == "" {
			t.Errorf("at once: %+v", s.view)
		}
		if s.Pass(screen.StalledAfter); !s.view.CanCancel {
			t.Fatal("not offered")
		}
		s.Cancel()
		s.Settle()
		if s.view.CanCancel || s.view.Busy != "" || !s.view.CanCode || s.view.Error != "" || len(s.codes) != 0 {
			t.Errorf("%+v", s.view)
		}
	})
}
