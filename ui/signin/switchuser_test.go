package signin

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
	"anteroom/ui/uitest/practice"
)

// switchCase is the screen "Switch user" at a practice where Anna, and then Ben,
// have signed in.
type switchCase struct {
	*desk
	all       *practice.Practice
	screen    *SwitchUserScreen
	person    auth.Person
	other     int
	back      int
	untrusted error
}

func inSwitchUser(t *testing.T, change func(*SwitchUserParams, *switchCase), fn func(t *testing.T, c *switchCase)) {
	t.Helper()
	inWindow(t, func(t *testing.T, w *desk) {
		c := &switchCase{desk: w, all: newPractice(t)}
		p := SwitchUserParams{
			Scope: w.Scope, Window: w.Window, People: c.all.Ben.Practice.People,
			Desks:       Desks{c.all.Anna.Session.User(): time.Date(2026, 11, 24, 9, 40, 0, 0, time.Local)},
			OnPerson:    func(p auth.Person) { c.person = p },
			OnElse:      func() { c.other++ },
			OnBack:      func() { c.back++ },
			OnUntrusted: func(err error) { c.untrusted = err },
		}
		if change != nil {
			change(&p, c)
		}
		c.screen = NewSwitchUser(p)
		w.Show(c.screen)
		fn(t, c)
		c.all.Ben.Answer()
	})
}

func TestSwitchUser(t *testing.T) {
	inSwitchUser(t, nil, func(t *testing.T, c *switchCase) {
		c.Press(fyne.KeyReturn) // too soon
		want(t, "led on", c.person.ID != "" || c.other > 0, false)
		c.Settle()
		rows := [][]string{{"Ben Jones", ""}, {"Anna Smith", "locked since 9:40"}, {"Somebody else", ""}}
		if got := c.screen.presenter.view().Rows; !slices.EqualFunc(got, rows, slices.Equal) {
			t.Errorf("rows %q", got)
		}
		isFocused(t, c.desk, "first", c.screen.list.Focusable())
		c.Press(fyne.KeyReturn)
		want(t, "person", c.person.Username, "bjones")
		c.Press(fyne.KeyDown)
		c.Press(fyne.KeyReturn)
		want(t, "person", c.person.Username, "asmith")
		c.Press(fyne.KeyEnd)
		c.Press(fyne.KeyReturn)
		want(t, "somebody else", c.other, 1)
		c.Press(fyne.KeyEscape)
		want(t, "back", c.back, 1)
	})
}

// Two who take turns need no arrow: the one who has just left is not the first.
func TestSwitchUserBeginsWithAnother(t *testing.T) {
	left := func(p *SwitchUserParams, c *switchCase) { p.Left = c.all.Ben.Session.User() }
	inSwitchUser(t, left, func(t *testing.T, c *switchCase) {
		c.Settle()
		c.Press(fyne.KeyReturn)
		want(t, "person", c.person.Username, "asmith")
	})
}

func TestSwitchUserWithNoRoom(t *testing.T) {
	full := func(p *SwitchUserParams, _ *switchCase) { p.Full = true }
	inSwitchUser(t, full, func(t *testing.T, c *switchCase) {
		c.Settle()
		want(t, "said", c.screen.problem.Text(), fullText())
		c.Press(fyne.KeyReturn)
		c.Press(fyne.KeyEnd)
		c.Press(fyne.KeyReturn)
		want(t, "led on", c.person.ID != "" || c.other > 0, false)
		c.Press(fyne.KeyUp)
		c.Press(fyne.KeyReturn)
		want(t, "who has their work here", c.person.Username, "asmith")
	})
}

func TestSwitchUserWithoutAList(t *testing.T) {
	stopped := func(err error) func(*SwitchUserParams, *switchCase) {
		return func(_ *SwitchUserParams, c *switchCase) { c.all.Ben.Stop(err) }
	}
	inSwitchUser(t, stopped(auth.ErrDisk), func(t *testing.T, c *switchCase) {
		c.Settle()
		want(t, "said", c.screen.problem.Text() != "", true)
		c.Press(fyne.KeyReturn) // "Somebody else" is there all the same
		want(t, "somebody else", c.other, 1)
	})
	inSwitchUser(t, stopped(auth.ErrDamaged), func(t *testing.T, c *switchCase) {
		c.Settle()
		want(t, "untrusted", c.untrusted, error(auth.ErrDamaged))
	})
}
