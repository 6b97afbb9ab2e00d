package computers

import (
	"context"
	"errors"
	"slices"
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
	session *auth.Session
	pane    Display
	// addresses are what the computer that a code is for connects to. Slow: off the
	// UI goroutine. nil: there is no server.
	addresses func() []string

	list    []auth.ComputerInfo
	chosen  string       // id of the computer whose row is chosen
	reads   int          // readings that were begun: only the newest counts
	good    string       // what was just done
	message string       // what went wrong
	coding  *screen.Task // makes a linking code
}

// NewPresenter makes a presenter. addresses are what the computer that a code is for connects to;
// it is asked off the UI goroutine. nil: there is no server.
func NewPresenter(s screen.Scope, session *auth.Session, pane Display, addresses func() []string) *Presenter {
	c := &Presenter{Scope: s, session: session, pane: pane, addresses: addresses}
	c.coding = screen.NewTask(s, func() { c.pane.Show(c.view()) })
	return c
}

// Refresh reads the list again; which one is chosen stays chosen.
func (c *Presenter) Refresh() {
	c.reads++
	number := c.reads
	var now []auth.ComputerInfo
	c.Runner.Go(c.Ctx, func(ctx context.Context) (err error) {
		now, err = c.session.Computers(ctx)
		return err
	}, func(err error) {
		switch {
		case err != nil:
			c.failed(err)
			return
		case number != c.reads:
			return // what was read later counts
		}
		c.list, c.message = now, ""
		if c.row() < 0 && len(now) > 0 {
			c.chosen = now[0].ID
		}
		c.pane.Show(c.view())
	})
}

func (c *Presenter) failed(err error) {
	if errors.Is(err, auth.ErrSessionEnded) {
		c.OnEnded(err)
		return
	}
	c.message = words.Error(err)
	c.pane.Show(c.view())
}

// choose says that a row was chosen.
func (c *Presenter) choose(row int) {
	if row >= 0 && row < len(c.list) && row != c.row() {
		c.chosen, c.good = c.list[row].ID, ""
		c.pane.Show(c.view())
	}
}

// row is the chosen one, or -1.
func (c *Presenter) row() int {
	return slices.IndexFunc(c.list, func(info auth.ComputerInfo) bool { return info.ID == c.chosen })
}

// computer is the chosen one.
func (c *Presenter) computer() (info auth.ComputerInfo, ok bool) {
	if row := c.row(); row >= 0 {
		return c.list[row], true
	}
	return auth.ComputerInfo{}, false
}

// newTask begins what a dialog is for; the list is read again after it.
func (c *Presenter) newTask(d screen.Form) *screen.Act {
	c.good = ""
	return screen.NewAct(c.Scope, d, c.Refresh, c.Refresh)
}

func (c *Presenter) rename(t *screen.Act, id, name string) {
	t.Done = c.saying(lang.L("Saved {{.Name}}.", pane.Named(strings.TrimSpace(name))))
	t.Start(func(ctx context.Context) error { return c.session.RenameComputer(ctx, id, name) })
}

func (c *Presenter) unlink(t *screen.Act, of auth.ComputerInfo) {
	t.Done = c.saying(lang.L("{{.Name}} was unlinked, and everything is sealed anew.", pane.Named(of.Name)))
	t.Start(func(ctx context.Context) error { return c.session.Unlink(ctx, of.ID, t.Report(ctx)) })
}

// saying has the pane say what was done.
func (c *Presenter) saying(text string) func() {
	return func() {
		c.good = text
		c.pane.Show(c.view())
		c.Refresh()
	}
}

// NewCode makes a linking code, after step-up, and shows it. It can be
// cancelled: a keyring may hang.
func (c *Presenter) NewCode() {
	if c.coding.IsBusy() {
		return
	}
	c.good, c.message = "", ""
	var code auth.LinkingCode
	var addresses []string
	c.coding.Start(c.Proven(func(ctx context.Context) (err error) {
		if code, err = c.session.NewLinkingCode(ctx); err == nil && c.addresses != nil {
			addresses = c.addresses()
		}
		return err
	}), func(err error) {
		switch {
		case err == nil:
			c.pane.Show(c.view())
			c.pane.ShowCode(&LinkingCode{Scope: c.Scope, session: c.session, code: code, addresses: addresses, known: c.list, closed: c.Refresh})
		case errors.Is(err, context.Canceled): // a code that was made all the same is seen by nobody
			c.pane.Show(c.view())
		default:
			c.failed(err)
		}
	})
}

// Cancel stops the making of a code.
func (c *Presenter) Cancel() { c.coding.Cancel() }

// List are the linked computers, as far as they were read.
func (c *Presenter) List() []auth.ComputerInfo { return c.list }
