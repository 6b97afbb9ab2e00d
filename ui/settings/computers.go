package settings

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// computersPane shows the pane, and a linking code.
type computersPane interface {
	show(computersView)
	showCode(*linkingCode)
}

// computers decides what the pane "Computers" does.
type computers struct {
	screen.Scope
	session computerKeeper
	pane    computersPane
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

func newComputers(s screen.Scope, session computerKeeper, pane computersPane, addresses func() []string) *computers {
	c := &computers{Scope: s, session: session, pane: pane, addresses: addresses}
	c.coding = screen.NewTask(s, func() { c.pane.show(c.view()) })
	return c
}

// refresh reads the list again; which one is chosen stays chosen.
func (c *computers) refresh() {
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
		c.pane.show(c.view())
	})
}

func (c *computers) failed(err error) {
	if errors.Is(err, auth.ErrSessionEnded) {
		c.OnEnded(err)
		return
	}
	c.message = words.Error(err)
	c.pane.show(c.view())
}

// choose says that a row was chosen.
func (c *computers) choose(row int) {
	if row >= 0 && row < len(c.list) && row != c.row() {
		c.chosen, c.good = c.list[row].ID, ""
		c.pane.show(c.view())
	}
}

// row is the chosen one, or -1.
func (c *computers) row() int {
	return slices.IndexFunc(c.list, func(info auth.ComputerInfo) bool { return info.ID == c.chosen })
}

// computer is the chosen one.
func (c *computers) computer() (info auth.ComputerInfo, ok bool) {
	if row := c.row(); row >= 0 {
		return c.list[row], true
	}
	return auth.ComputerInfo{}, false
}

// newTask begins what a dialog is for; the list is read again after it.
func (c *computers) newTask(d screen.Form) *screen.Act {
	c.good = ""
	return screen.NewAct(c.Scope, d, c.refresh, c.refresh)
}

func (c *computers) rename(t *screen.Act, id, name string) {
	t.Done = c.saying(lang.L("Saved {{.Name}}.", named(strings.TrimSpace(name))))
	t.Start(func(ctx context.Context) error { return c.session.RenameComputer(ctx, id, name) })
}

func (c *computers) unlink(t *screen.Act, of auth.ComputerInfo) {
	t.Done = c.saying(lang.L("{{.Name}} was unlinked, and everything is sealed anew.", named(of.Name)))
	t.Start(func(ctx context.Context) error { return c.session.Unlink(ctx, of.ID, t.Report(ctx)) })
}

// saying has the pane say what was done.
func (c *computers) saying(text string) func() {
	return func() {
		c.good = text
		c.pane.show(c.view())
		c.refresh()
	}
}

// newCode makes a linking code, after step-up, and shows it. It can be
// cancelled: a keyring may hang.
func (c *computers) newCode() {
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
			c.pane.show(c.view())
			c.pane.showCode(&linkingCode{Scope: c.Scope, session: c.session, code: code, addresses: addresses, known: c.list, closed: c.refresh})
		case errors.Is(err, context.Canceled): // a code that was made all the same is seen by nobody
			c.pane.show(c.view())
		default:
			c.failed(err)
		}
	})
}

// cancel stops the making of a code.
func (c *computers) cancel() { c.coding.Cancel() }
