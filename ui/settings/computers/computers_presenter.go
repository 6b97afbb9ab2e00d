package computers

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// Display shows the pane, and a linking code.
type Display interface {
	Show(View)
	ShowCode(*LinkingCode)
}

// Presenter decides what the pane "Computers" does.
type Presenter struct {
	screen.Scope
	session   *auth.Session
	display   Display
	addresses func() []string

	list    []auth.ComputerInfo
	reading *screen.Task
	chosen  pane.Selection[auth.ComputerInfo]
	good    string       // what was just done
	message string       // what went wrong
	coding  *screen.Task // makes a linking code
}

// NewPresenter makes a presenter. addresses are what the computer that a code is for connects to;
// it is asked off the UI goroutine. nil: there is no server.
func NewPresenter(s screen.Scope, session *auth.Session, display Display, addresses func() []string) *Presenter {
	p := &Presenter{Scope: s, session: session, display: display, addresses: addresses, reading: screen.NewTask(s, nil)}
	p.chosen = pane.NewSelection(func(c auth.ComputerInfo) string { return c.ID })
	p.coding = screen.NewTask(s, p.show)
	return p
}

// Refresh reads the list again; which one is chosen stays chosen.
func (p *Presenter) Refresh() {
	var now []auth.ComputerInfo
	p.reading.Replace(func(ctx context.Context) (err error) {
		now, err = p.session.Computers(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.failed(err)
			return
		}
		p.list, p.message = now, ""
		p.chosen.Keep(now)
		p.show()
	})
}

func (p *Presenter) failed(err error) {
	if p.IsOver(err) {
		return
	}
	p.message = words.Error(err)
	p.show()
}

func (p *Presenter) show() { p.display.Show(p.view()) }

// choose says that a row was chosen.
func (p *Presenter) choose(row int) {
	if p.chosen.Choose(p.list, row) {
		p.good = ""
		p.show()
	}
}

// computer is the chosen one.
func (p *Presenter) computer() (info auth.ComputerInfo, ok bool) { return p.chosen.One(p.list) }

// newAct begins what a dialog is for; the list is read again after it.
func (p *Presenter) newAct(d screen.Form) *screen.Act {
	p.good = ""
	return screen.NewAct(p.Scope, d, p.Refresh, p.Refresh)
}

func (p *Presenter) rename(act *screen.Act, id, name string) {
	act.Done = p.saying(lang.L("Saved {{.Name}}.", pane.Named(strings.TrimSpace(name))))
	act.Start(func(ctx context.Context) error { return p.session.RenameComputer(ctx, id, name) })
}

func (p *Presenter) unlink(act *screen.Act, of auth.ComputerInfo) {
	act.Done = p.saying(lang.L("{{.Name}} was unlinked, and everything is sealed anew.", pane.Named(of.Name)))
	act.Start(func(ctx context.Context) error { return p.session.Unlink(ctx, of.ID, act.Report(ctx)) })
}

// saying has the pane say what was done.
func (p *Presenter) saying(text string) func() {
	return func() {
		p.good = text
		p.show()
		p.Refresh()
	}
}

// NewCode makes a linking code, after step-up, and shows it. It can be
// cancelled: a keyring may hang.
func (p *Presenter) NewCode() {
	if p.coding.IsBusy() {
		return
	}
	p.good, p.message = "", ""
	var code auth.LinkingCode
	var addresses []string
	p.coding.Start(p.Proven(func(ctx context.Context) (err error) {
		if code, err = p.session.NewLinkingCode(ctx); err == nil && p.addresses != nil {
			addresses = p.addresses()
		}
		return err
	}), func(err error) {
		switch {
		case err == nil:
			p.show()
			p.display.ShowCode(&LinkingCode{Scope: p.Scope, session: p.session, code: code, addresses: addresses, known: p.list, closed: p.Refresh})
		case errors.Is(err, context.Canceled): // a code that was made all the same is seen by nobody
			p.show()
		default:
			p.failed(err)
		}
	})
}

// Cancel stops the making of a code.
func (p *Presenter) Cancel() { p.coding.Cancel() }

// List are the linked computers, as far as they were read.
func (p *Presenter) List() []auth.ComputerInfo { return p.list }
