package server

import (
	"context"
	"errors"
	"strings"

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

// presenter decides what the pane "Server" does.
type presenter struct {
	screen.Scope
	session  *auth.Session
	sharing  sharing.Server
	pane     *screen.View[view]
	codes    *computers.Presenter // makes linking codes, and knows who is linked
	showCode func(*computers.LinkingCode)

	onSwitching func(bool)                 // the practice is being moved, and this can't be called off
	onMoved     func(said, address string) // it is elsewhere now: open it anew

	reading   *screen.Task // one at a time: a server may hang
	status    sharing.Status
	known     bool // the status is
	away      bool // the server did not answer
	addresses []string
	message   string // why the status can't be told
	moving    bool
	watching  bool
	coding    computers.View // how far a linking code is
}

func newPresenter(p presenter) *presenter {
	p.reading = screen.NewTask(p.Scope, nil)
	p.codes = computers.NewPresenter(p.Scope, p.session, coding{&p}, Addresses(p.sharing))
	p.coding.CanCode = true
	return &p
}

// coding shows in the pane how far a linking code is.
type coding struct{ *presenter }

// Show implements computers.Display.
func (c coding) Show(v computers.View) {
	c.presenter.coding = v
	c.show()
}

// ShowCode implements computers.Display.
func (c coding) ShowCode(l *computers.LinkingCode) { c.showCode(l) }

// watch reads how the server does, again and again while the pane is in sight.
func (p *presenter) watch(inSight func() bool) {
	p.refresh()
	if p.watching {
		return
	}
	p.watching = true
	p.Every(pane.LookTime, func() {
		if inSight() {
			p.refresh()
		}
	})
}

// refresh reads how the server does.
func (p *presenter) refresh() {
	p.show()
	if p.reading.IsBusy() || p.moving {
		return
	}
	where := p.sharing.Where()
	if where.Kind == sharing.Host || where.Kind == sharing.Managed {
		p.codes.Refresh()
	}
	var status sharing.Status
	var addresses []string
	p.reading.Start(func(ctx context.Context) (err error) {
		addresses = reachable(p.sharing)
		if where.Kind != sharing.Alone {
			status, err = p.sharing.Status(ctx, p.session)
		}
		return err
	}, func(err error) {
		p.addresses, p.message, p.away = addresses, "", errors.Is(err, auth.ErrServer)
		switch {
		case p.IsOver(err):
			return
		case p.away:
			p.known, p.message = false, words.Silent(where)
		case err != nil:
			p.known, p.message = false, words.Error(err)
		default:
			p.known, p.status = true, status
		}
		p.show()
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

func (p *presenter) show() { p.pane.Show(p.view()) }

// linked are the names of the other computers.
func (p *presenter) linked() []string {
	var names []string
	for _, c := range p.codes.List() {
		if !c.This {
			names = append(names, c.Name)
		}
	}
	return names
}

// newAct begins what a dialog is for; how the server does is read again after it.
func (p *presenter) newAct(d screen.Form) *screen.Act {
	a := screen.NewAct(p.Scope, d, p.refresh, p.refresh)
	a.Over = func() {
		p.moving = false
		p.show()
		p.onSwitching(false)
	}
	return a
}

// needsProof is an act that needs step-up, also where nothing else asks for it.
func (p *presenter) needsProof(act func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		need, err := p.session.StepUpNeed(ctx)
		switch {
		case err != nil:
			return err
		case !need.Fresh:
			return auth.ErrStepUp
		}
		return act(ctx)
	}
}

// outcome is what is said at the sign-in after a move.
type outcome struct{ said, address string }

// move moves the practice. told is what is said then; it is asked off the UI goroutine.
func (p *presenter) move(a *screen.Act, act func(ctx context.Context, s *auth.Session, at func(sharing.Progress)) error, told func() outcome) {
	if a.IsBusy() {
		return
	}
	p.moving = true
	p.show()
	var came outcome
	a.Whole = true
	a.Done = func() { p.onMoved(came.said, came.address) }
	a.Start(p.needsProof(func(ctx context.Context) error {
		if err := act(ctx, p.session, p.progress(ctx, a)); err != nil {
			return err
		}
		came = told()
		return nil
	}))
}

// progress brings how far a move is to the UI goroutine.
func (p *presenter) progress(ctx context.Context, a *screen.Act) func(sharing.Progress) {
	next, step := p.Now(), sharing.MoveStep(-1)
	return func(at sharing.Progress) {
		now := p.Now()
		if at.Step == step && now.Before(next) {
			return
		}
		next, step = now.Add(screen.ProgressTick), at.Step
		p.Runner.Dispatch(func() {
			whole := at.Step == sharing.Switching
			if whole {
				p.switchOver(a)
			}
			if ctx.Err() == nil {
				a.Show(screen.Progress{Busy: true, Doing: words.Moving(at), Done: at.Done, Total: at.Total, Whole: whole})
			}
		})
	}
}

// switchOver says that what goes on can't be called off any more.
func (p *presenter) switchOver(a *screen.Act) {
	if a.IsBusy() {
		a.Commit()
		p.onSwitching(true)
	}
}

func (p *presenter) workAlone(a *screen.Act) {
	p.move(a, p.sharing.WorkAlone, func() outcome {
		return outcome{said: lang.L("The practice is on this computer only again. Everyone signs in again.")}
	})
}

// moveTo moves the practice to a server that somebody else runs.
func (p *presenter) moveTo(a *screen.Act, target sharing.Target) {
	target.Address, target.Database, target.User = strings.TrimSpace(target.Address), strings.TrimSpace(target.Database), strings.TrimSpace(target.User)
	a.Explain = func(err error) screen.Progress {
		if text, ok := words.MoveTo(err); ok {
			return screen.Progress{Error: text, Err: err}
		}
		return aboutAddress(err, target.Address)
	}
	switch {
	case target.Address == "":
		a.Refuse(aboutAddress(sharing.ErrAddress, ""))
		return
	case target.Database == "":
		a.Refuse(screen.Progress{Field: fieldDatabase, Error: lang.L("Type the name of the database.")})
		return
	case target.User == "":
		a.Refuse(screen.Progress{Field: fieldServerUser, Error: lang.L("Type the name of the user who owns the database.")})
		return
	}
	p.move(a, func(ctx context.Context, session *auth.Session, at func(sharing.Progress)) error {
		return p.sharing.MoveTo(ctx, session, target, at)
	}, func() outcome {
		return outcome{lang.L("The practice is on the other server now. Everyone signs in again."), p.sharing.Where().Address}
	})
}

// changeAddress looks for the same server at another address.
func (p *presenter) changeAddress(a *screen.Act, address string) {
	address = strings.TrimSpace(address)
	a.Explain = func(err error) screen.Progress { return aboutAddress(err, address) }
	if address == "" {
		a.Refuse(aboutAddress(sharing.ErrAddress, ""))
		return
	}
	a.Done = func() {
		p.onMoved(lang.L("This computer works with the server at {{.Address}} now. Sign in again.", map[string]any{"Address": address}), "")
	}
	// Without step-up: the server, which is away, would have to say who is there.
	a.Start(func(ctx context.Context) error { return p.sharing.ChangeAddress(ctx, address) })
}

// leave ends this computer's use of the server. The server lets it in no more before all
// is done, which is no news then.
func (p *presenter) leave(a *screen.Act) {
	a.Whole = true
	a.Done = func() { p.onMoved("", "") }
	a.Start(p.needsProof(func(ctx context.Context) error {
		p.Runner.Dispatch(func() {
			p.switchOver(a)
			a.Show(screen.Progress{Busy: true, Whole: true})
		})
		return p.sharing.Leave(ctx, p.session)
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
