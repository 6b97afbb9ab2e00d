package server

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/screen"
	"anteroom/ui/settings/computers"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// The fields of the dialogs about a server.
const (
	fieldAddress    auth.Field = "address"
	fieldDatabase   auth.Field = "database"
	fieldServerUser auth.Field = "user of the server"
)

// serverPane shows the pane, and a linking code.
type serverPane interface {
	show(serverView)
	showCode(*computers.LinkingCode)
}

// server decides what the pane "Server" does.
type server struct {
	screen.Scope
	session *auth.Session
	sharing sharing.Server
	pane    serverPane
	codes   *computers.Presenter // makes linking codes, and knows who is linked

	onSwitching func(bool)                 // the practice is being moved, and this can't be called off
	onMoved     func(said, address string) // it is elsewhere now: open it anew

	status    sharing.Status
	known     bool // the status is
	away      bool // the server did not answer
	addresses []string
	message   string // why the status can't be told
	reading   bool
	moving    bool
	watching  bool
	coding    computers.View // how far a linking code is
	shown     serverView
}

// serverCodes is what the making of linking codes shows in the pane.
type serverCodes struct{ *server }

// Show implements computers.Display.
func (c serverCodes) Show(v computers.View) {
	c.coding = v
	c.server.show()
}

// ShowCode implements computers.Display.
func (c serverCodes) ShowCode(l *computers.LinkingCode) { c.pane.showCode(l) }

// watch reads how the server does, again and again while the pane is in sight.
func (s *server) watch(inSight func() bool) {
	s.refresh()
	if s.watching {
		return
	}
	s.watching = true
	s.Runner.Every(s.Ctx, pane.LookTime, func() {
		if inSight() {
			s.refresh()
		}
	})
}

// refresh reads how the server does, one reading at a time: a server may hang.
func (s *server) refresh() {
	s.show()
	if s.reading || s.moving {
		return
	}
	s.reading = true
	where := s.sharing.Where()
	if where.Kind == sharing.Host || where.Kind == sharing.Managed {
		s.codes.Refresh()
	}
	var status sharing.Status
	var addresses []string
	s.Runner.Go(s.Ctx, func(ctx context.Context) (err error) {
		addresses = reachable(s.sharing)
		if where.Kind != sharing.Alone {
			status, err = s.sharing.Status(ctx, s.session)
		}
		return err
	}, func(err error) {
		s.reading = false
		s.addresses, s.message, s.away = addresses, "", errors.Is(err, auth.ErrServer)
		switch {
		case errors.Is(err, auth.ErrSessionEnded):
			s.OnEnded(err)
			return
		case s.away:
			s.known, s.message = false, words.Silent(where)
		case err != nil:
			s.known, s.message = false, words.Error(err)
		default:
			s.known, s.status = true, status
		}
		s.show()
	})
}

// reachable are the addresses that other computers connect to, the likeliest first.
// Slow: off the UI goroutine.
func reachable(s sharing.Server) []string {
	switch where := s.Where(); where.Kind {
	case sharing.Host:
		return s.Addresses()
	case sharing.Managed:
		return []string{where.Address}
	default:
		return nil
	}
}

// show shows the view if it changed.
func (s *server) show() {
	if v := s.view(); !reflect.DeepEqual(v, s.shown) {
		s.shown = v
		s.pane.show(v)
	}
}

// linked are the names of the other computers.
func (s *server) linked() []string {
	var names []string
	for _, c := range s.codes.List() {
		if !c.This {
			names = append(names, c.Name)
		}
	}
	return names
}

// newTask begins what a dialog is for; how the server does is read again after it.
func (s *server) newTask(d screen.Form) *screen.Act {
	t := screen.NewAct(s.Scope, d, s.refresh, s.refresh)
	t.Over = func() {
		s.moving = false
		s.show()
		s.onSwitching(false)
	}
	return t
}

// proven is an act that needs step-up, also where nothing else asks for it.
func (s *server) proven(act func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		need, err := s.session.StepUpNeed(ctx)
		switch {
		case err != nil:
			return err
		case !need.Fresh:
			return auth.ErrStepUp
		}
		return act(ctx)
	}
}

// progressTick is how often the dialog is told how far a move is, at most.
const progressTick = 100 * time.Millisecond

// outcomeOfMove is what is said at the sign-in after a move.
type outcomeOfMove struct{ said, address string }

// move moves the practice. told is what is said then; it is asked off the UI goroutine.
func (s *server) move(t *screen.Act, act func(ctx context.Context, s *auth.Session, at func(sharing.Progress)) error, told func() outcomeOfMove) {
	if t.IsBusy() {
		return
	}
	s.moving = true
	s.show()
	var outcome outcomeOfMove
	t.Whole = true
	t.Done = func() { s.onMoved(outcome.said, outcome.address) }
	t.Start(s.proven(func(ctx context.Context) error {
		if err := act(ctx, s.session, s.progress(ctx, t)); err != nil {
			return err
		}
		outcome = told()
		return nil
	}))
}

// progress brings how far a move is to the UI goroutine.
func (s *server) progress(ctx context.Context, t *screen.Act) func(sharing.Progress) {
	next, step := s.Runner.Now(), sharing.MoveStep(-1)
	return func(p sharing.Progress) {
		now := s.Runner.Now()
		if p.Step == step && now.Before(next) {
			return
		}
		next, step = now.Add(progressTick), p.Step
		s.Runner.Dispatch(func() {
			whole := p.Step == sharing.Switching
			if whole {
				s.switchOver(t)
			}
			if ctx.Err() == nil && t.IsBusy() {
				t.Refuse(screen.Progress{Busy: true, Doing: words.Moving(p), Done: p.Done, Total: p.Total, Whole: whole})
			}
		})
	}
}

// switchOver says that what goes on can't be called off any more.
func (s *server) switchOver(t *screen.Act) {
	if t.IsBusy() {
		t.Commit()
		s.onSwitching(true)
	}
}

func (s *server) workAlone(t *screen.Act) {
	s.move(t, s.sharing.WorkAlone, func() outcomeOfMove {
		return outcomeOfMove{said: lang.L("The practice is on this computer only again. Everyone signs in again.")}
	})
}

// moveTo moves the practice to a server that somebody else runs.
func (s *server) moveTo(t *screen.Act, target sharing.Target) {
	target.Address, target.Database, target.User = strings.TrimSpace(target.Address), strings.TrimSpace(target.Database), strings.TrimSpace(target.User)
	t.Explain = func(err error) screen.Progress {
		if text, ok := words.MoveTo(err); ok {
			return screen.Progress{Error: text, Err: err}
		}
		return aboutAddress(err, target.Address)
	}
	switch {
	case target.Address == "":
		t.Refuse(aboutAddress(sharing.ErrAddress, ""))
		return
	case target.Database == "":
		t.Refuse(screen.Progress{Field: fieldDatabase, Error: lang.L("Type the name of the database.")})
		return
	case target.User == "":
		t.Refuse(screen.Progress{Field: fieldServerUser, Error: lang.L("Type the name of the user who owns the database.")})
		return
	}
	s.move(t, func(ctx context.Context, session *auth.Session, at func(sharing.Progress)) error {
		return s.sharing.MoveTo(ctx, session, target, at)
	}, func() outcomeOfMove {
		return outcomeOfMove{lang.L("The practice is on the other server now. Everyone signs in again."), s.sharing.Where().Address}
	})
}

// changeAddress looks for the same server at another address.
func (s *server) changeAddress(t *screen.Act, address string) {
	address = strings.TrimSpace(address)
	t.Explain = func(err error) screen.Progress { return aboutAddress(err, address) }
	if address == "" {
		t.Refuse(aboutAddress(sharing.ErrAddress, ""))
		return
	}
	t.Done = func() {
		s.onMoved(lang.L("This computer works with the server at {{.Address}} now. Sign in again.", map[string]any{"Address": address}), "")
	}
	// Without step-up: the server, which is away, would have to say who is there.
	t.Start(func(ctx context.Context) error { return s.sharing.ChangeAddress(ctx, address) })
}

// leave ends this computer's use of the server. The server lets it in no more before all
// is done, which is no news then.
func (s *server) leave(t *screen.Act) {
	t.Whole = true
	t.Done = func() { s.onMoved("", "") }
	t.Start(s.proven(func(ctx context.Context) error {
		s.Runner.Dispatch(func() {
			s.switchOver(t)
			if t.IsBusy() {
				t.Refuse(screen.Progress{Busy: true, Whole: true})
			}
		})
		return s.sharing.Leave(ctx, s.session)
	}))
}

// aboutAddress is why a server could not be reached, beside its address where it is
// about that.
func aboutAddress(err error, address string) screen.Progress {
	p := screen.Failed(err)
	if text, ok := words.Address(err, address); ok {
		p.Field, p.Error = fieldAddress, text
	}
	return p
}
