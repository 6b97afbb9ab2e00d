package signin

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// switchView is what the screen "Switch user" shows.
type switchView struct {
	Rows   [][]string // who, and whether their work is here
	Chosen int        // at first
	Error  string
}

// switchUser decides what the screen "Switch user" does.
type switchUser struct {
	params  SwitchUserParams
	display *screen.View[switchView]
	task    *screen.Task

	people []auth.Person
	error  string
}

func newSwitchUser(p SwitchUserParams) *switchUser {
	s := &switchUser{params: p}
	s.task = screen.NewTask(p.Scope, s.refresh)
	return s
}

// begin reads who has signed in at this computer.
func (s *switchUser) begin(display *screen.View[switchView]) {
	s.display = display
	if s.params.Full {
		s.error = fullText()
	}
	var people []auth.Person
	s.task.Start(func(ctx context.Context) (err error) {
		people, err = s.params.People(ctx)
		return err
	}, func(err error) {
		switch {
		case IsUntrusted(err):
			s.params.OnUntrusted(err)
			return
		case err != nil:
			s.error = words.Error(err)
		}
		s.people = people
		s.refresh()
	})
}

func fullText() string {
	return lang.L("Five people have their work open here. One of them signs out first, or you sign in at another computer.")
}

func (s *switchUser) refresh() { s.display.Show(s.view()) }

// view shows no row before all are known: an Enter that comes too soon must not
// choose another one.
func (s *switchUser) view() switchView {
	v := switchView{Error: s.error}
	if s.people == nil && s.task.IsBusy() {
		return v
	}
	v.Chosen = max(slices.IndexFunc(s.people, func(p auth.Person) bool { return p.ID != s.params.Left }), 0)
	for _, p := range s.people {
		state := ""
		if since, here := s.params.Desks[p.ID]; here {
			state = lang.L("locked since {{.Clock}}", map[string]any{"Clock": words.Clock(since)})
		}
		v.Rows = append(v.Rows, []string{p.Name, state})
	}
	v.Rows = append(v.Rows, []string{lang.L("Somebody else"), ""})
	return v
}

// choose goes on with a row. While there is no room, only who has their work here
// goes on.
func (s *switchUser) choose(row int) {
	isPerson := row >= 0 && row < len(s.people)
	here := false
	if isPerson {
		_, here = s.params.Desks[s.people[row].ID]
	}
	switch {
	case row < 0:
	case s.params.Full && !here:
		s.error = fullText()
		s.refresh()
	case isPerson:
		s.params.OnPerson(s.people[row])
	default:
		s.params.OnElse()
	}
}

// Desks says since when who has work at this window has it locked, by user id.
type Desks = map[string]time.Time
