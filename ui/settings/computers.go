package settings

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
)

// computersPane shows the pane, and a linking code.
type computersPane interface {
	show(computersView)
	showCode(*linkingCode)
}

// computers decides what the pane "Computers" does.
type computers struct {
	office
	session computerKeeper
	pane    computersPane
	// addresses are what the computer that a code is for connects to. Slow: off the
	// UI goroutine. nil: there is no server.
	addresses func() []string

	list    []auth.ComputerInfo
	chosen  string // id of the computer whose row is chosen
	reads   int    // readings that were begun: only the newest counts
	good    string // what was just done
	message string // what went wrong
	coding  bool   // a linking code is being made
	slow    bool   // that takes long
	stop    context.CancelFunc
}

// refresh reads the list again; which one is chosen stays chosen.
func (c *computers) refresh() {
	c.reads++
	number := c.reads
	var now []auth.ComputerInfo
	c.runner.Go(c.ctx, func(ctx context.Context) (err error) {
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
		c.ended(err)
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
func (c *computers) newTask(d taskDialog) *task {
	c.good = ""
	return &task{office: c.office, dialog: d, done: c.refresh, unsure: c.refresh}
}

func (c *computers) rename(t *task, id, name string) {
	t.done = c.saying(lang.L("Saved {{.Name}}.", named(strings.TrimSpace(name))))
	t.start(func(ctx context.Context) error { return c.session.RenameComputer(ctx, id, name) })
}

func (c *computers) unlink(t *task, of auth.ComputerInfo) {
	t.done = c.saying(lang.L("{{.Name}} was unlinked, and everything is sealed anew.", named(of.Name)))
	t.start(func(ctx context.Context) error { return c.session.Unlink(ctx, of.ID, t.meter(ctx)) })
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
	if c.coding {
		return
	}
	ctx, stop := context.WithCancel(c.ctx)
	c.coding, c.good, c.message, c.stop = true, "", "", stop
	c.pane.show(c.view())
	c.whenSlow(ctx, func() {
		c.slow = true
		c.pane.show(c.view())
	})
	var code auth.LinkingCode
	var addresses []string
	c.runner.Go(c.ctx, func(context.Context) error {
		return c.stepUp.do(ctx, func(ctx context.Context) (err error) {
			if code, err = c.session.NewLinkingCode(ctx); err == nil && c.addresses != nil {
				addresses = c.addresses()
			}
			return err
		})
	}, func(err error) {
		stop()
		c.coding, c.slow, c.stop = false, false, nil
		switch {
		case err == nil:
			c.pane.show(c.view())
			c.pane.showCode(&linkingCode{office: c.office, session: c.session, code: code, addresses: addresses, known: c.list, closed: c.refresh})
		case errors.Is(err, context.Canceled): // a code that was made all the same is seen by nobody
			c.pane.show(c.view())
		default:
			c.failed(err)
		}
	})
}

// cancel stops the making of a code.
func (c *computers) cancel() {
	if c.stop != nil {
		c.stop()
	}
}
