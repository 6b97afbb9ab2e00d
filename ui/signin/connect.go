package signin

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/words"
)

// connectView is what the screen "Connect to the practice's server" shows.
type connectView struct {
	Kit          bool   // it asks for the recovery kit, not for a linking code
	AddressError string // beside the address
	KeyError     string // beside the code, or the kit's key
	Error        string // about neither
	Doing        string // what goes on
	Waiting      waiting
	CanSubmit    bool
}

type connectDisplay interface {
	show(connectView)
	goToAddress()      // puts the cursor there
	goToKey(group int) // likewise, at a group of the code or key; 0: into its field
}

// connect decides what the screen "Connect to the practice's server" does.
type connect struct {
	errand
	code, kit func(ctx context.Context, address, key string, at func(sharing.Step)) error
	done      func(kit bool)
	display   connectDisplay

	byKit   bool
	address string // that was tried last
	step    sharing.Step
	tries   int // only the last one says how far it is
	failed  failure
}

func newConnect(p ConnectParams) *connect {
	c := &connect{code: p.Connect, kit: p.ConnectWithKit, done: p.Done, byKit: p.Kit}
	c.errand = newErrand(p.Host, c.refresh, p.OnBack)
	return c
}

// connectKeyWords are what the screen says about a linking code, or the kit's key.
func connectKeyWords(kit bool) keyWords {
	if kit {
		w := kitWords("")
		w.Label = lang.L("Recovery key")
		return w
	}
	return linkingCodeWords("")
}

// begin shows the screen for the first time.
func (c *connect) begin(display connectDisplay) {
	c.display = display
	c.refresh()
}

func (c *connect) refresh() { c.display.show(c.view()) }

func (c *connect) view() connectView {
	v := connectView{Kit: c.byKit, Doing: words.Step(c.step), Waiting: c.waiting, CanSubmit: c.waiting == idle}
	var about bool
	if v.AddressError, about = words.Address(c.failed.Err, c.address); about {
		return v
	}
	if v.KeyError, about = connectKeyWords(c.byKit).refused(c.failed.Err); !about {
		v.Error = c.failed.text(c.runner.Now())
	}
	return v
}

// swap asks for the kit instead of a linking code, or the other way round. What was
// typed stays.
func (c *connect) swap() {
	if c.waiting != idle {
		return
	}
	c.byKit, c.failed = !c.byKit, failure{}
	c.refresh()
	c.display.goToKey(0)
}

// submit tries what was typed, unless that goes on already.
func (c *connect) submit(address, key string) {
	if c.waiting != idle {
		return
	}
	c.address, c.failed, c.step = strings.TrimSpace(address), failure{}, sharing.Looking
	if c.address == "" {
		c.fail(sharing.ErrAddress)
		return
	}
	c.tries++
	try, byKit, address := c.tries, c.byKit, c.address
	at := func(step sharing.Step) {
		c.runner.Dispatch(func() { c.reached(try, step) })
	}
	connect := c.code
	if byKit {
		connect = c.kit
	}
	c.start(func(ctx context.Context) error { return connect(ctx, address, key, at) }, func(err error) {
		if err == nil {
			c.done(byKit)
			return
		}
		c.fail(err)
	})
}

// reached says how far a try is.
func (c *connect) reached(try int, step sharing.Step) {
	if try == c.tries && c.waiting != idle && c.ctx.Err() == nil {
		c.step = step
		c.refresh()
	}
}

// fail says what is wrong, and takes the cursor there.
func (c *connect) fail(err error) {
	c.failed = failedAt(c.runner.Now(), err)
	c.refresh()
	if _, ok := words.Address(err, c.address); ok {
		c.display.goToAddress()
		return
	}
	var slip auth.TypoError
	if errors.As(err, &slip) {
		c.display.goToKey(slip.Group)
	} else if _, ok := words.Printed(err); ok {
		c.display.goToKey(0)
	}
}

// edited takes the error away, once what it is about may have changed.
func (c *connect) edited() {
	if c.failed.Err != nil && c.waiting == idle {
		c.failed = failure{}
		c.refresh()
	}
}
