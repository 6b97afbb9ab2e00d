package signin

import (
	"context"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/auth"
)

// chosen is where the list of people led.
type chosen struct {
	person auth.Person
	other  int
	back   int
	shut   error
}

func (c *chosen) params(d *desk, err error, full bool) SwitchUserParams {
	people := []auth.Person{{ID: "a", Name: "Anna Smith"}, {ID: "b", Name: "Ben Jones"}}
	return SwitchUserParams{
		Host: d.host, Full: full, Desks: Desks{"b": time.Date(2026, 11, 24, 9, 40, 0, 0, time.Local)},
		People: func(context.Context) ([]auth.Person, error) {
			if err != nil {
				return nil, err
			}
			return people, nil
		},
		OnPerson: func(p auth.Person) { c.person = p },
		OnElse:   func() { c.other++ },
		OnBack:   func() { c.back++ },
		OnShut:   func(err error) { c.shut = err },
	}
}

func showSwitch(t *testing.T, c *chosen, err error, full bool) (*desk, *SwitchUserScreen) {
	t.Helper()
	d := newDesk(t)
	s := NewSwitchUser(c.params(d, err, full))
	d.show(s)
	d.runUntil(t, "the people", func() bool { return s.presenter.task.waiting == idle })
	return d, s
}

func TestSwitchUser(t *testing.T) {
	c := &chosen{}
	d, s := showSwitch(t, c, nil, false)
	rows := [][]string{{"Anna Smith", ""}, {"Ben Jones", "locked since 9:40"}, {"Somebody else", ""}}
	if got := s.presenter.view().Rows; !slices.EqualFunc(got, rows, slices.Equal) {
		t.Errorf("rows %q", got)
	}
	want(t, "focus", d.window.Canvas().Focused(), s.list.Focusable())
	d.press(fyne.KeyReturn)
	want(t, "person", c.person.ID, "a")
	d.press(fyne.KeyDown)
	d.press(fyne.KeyReturn)
	want(t, "person", c.person.ID, "b")
	d.press(fyne.KeyEnd)
	d.press(fyne.KeyReturn)
	want(t, "somebody else", c.other, 1)
	d.press(fyne.KeyEscape)
	want(t, "back", c.back, 1)
}

// Two who take turns need no arrow: the one who has just left is not the first.
func TestSwitchUserBeginsWithAnother(t *testing.T) {
	c := &chosen{}
	d := newDesk(t)
	p := c.params(d, nil, false)
	p.Left = "a"
	s := NewSwitchUser(p)
	d.show(s)
	d.press(fyne.KeyReturn) // too soon
	want(t, "led on", c.person.ID != "" || c.other > 0, false)
	d.runUntil(t, "the people", func() bool { return s.presenter.task.waiting == idle })
	d.press(fyne.KeyReturn)
	want(t, "person", c.person.ID, "b")
}

func TestSwitchUserWithNoRoom(t *testing.T) {
	c := &chosen{}
	d, s := showSwitch(t, c, nil, true)
	want(t, "said", s.problem.Text(), fullText())
	d.press(fyne.KeyReturn)
	d.press(fyne.KeyEnd)
	d.press(fyne.KeyReturn)
	want(t, "led on", c.person.ID != "" || c.other > 0, false)
	d.press(fyne.KeyUp)
	d.press(fyne.KeyReturn)
	want(t, "who has their work here", c.person.ID, "b")
}

func TestSwitchUserWithoutAList(t *testing.T) {
	c := &chosen{}
	d, s := showSwitch(t, c, auth.ErrDiskFull, false)
	want(t, "said", s.problem.Text() != "", true)
	d.press(fyne.KeyReturn) // "Somebody else" is there all the same
	want(t, "somebody else", c.other, 1)

	showSwitch(t, c, auth.ErrRolledBack, false)
	want(t, "shut", c.shut, error(auth.ErrRolledBack))
}
