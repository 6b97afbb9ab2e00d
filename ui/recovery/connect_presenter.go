package recovery

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/screen"
	"anteroom/ui/signin"
	"anteroom/ui/words"
)

// connectView is what the screen "Connect to the practice's server" shows.
type connectView struct {
	Kit          bool   // it asks for the recovery kit, not for a linking code
	AddressError string // beside the address
	KeyError     string // beside the code, or the kit's key
	Error        string // about neither
	Doing        string // what goes on
	Stage        screen.Stage
	CanSubmit    bool
}

// connectDisplay shows the screen.
type connectDisplay struct {
	View        *screen.View[connectView]
	GoToAddress func()          // puts the cursor there
	GoToKey     func(group int) // likewise, at a group of the code or key; 0: into its field
}

// connect decides what the screen "Connect to the practice's server" does.
type connect struct {
	params  ConnectParams
	task    *screen.Task
	display connectDisplay

	byKit   bool
	address string // that was tried last
	step    sharing.Step
	tries   int // only the last one says how far it is
	failed  signin.Failure
}

func newConnect(p ConnectParams) *connect {
	c := &connect{params: p, byKit: p.Kit}
	c.task = screen.NewTask(p.Scope, c.refresh)
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

func (c *connect) refresh() { c.display.View.Show(c.view()) }

func (c *connect) view() connectView {
	v := connectView{Kit: c.byKit, Doing: words.Step(c.step), Stage: c.task.Stage(), CanSubmit: !c.task.IsBusy()}
	var about bool
	if v.AddressError, about = words.Address(c.failed.Err, c.address); about {
		return v
	}
	if v.KeyError, about = connectKeyWords(c.byKit).explain(c.failed.Err); !about {
		v.Error = c.failed.Text(c.params.Now())
	}
	return v
}

// swap asks for the kit instead of a linking code, or the other way round. What was
// typed stays.
func (c *connect) swap() {
	if c.task.IsBusy() {
		return
	}
	c.byKit, c.failed = !c.byKit, signin.Failure{}
	c.refresh()
	c.display.GoToKey(0)
}

// submit tries what was typed, unless that goes on already.
func (c *connect) submit(address, key string) {
	if c.task.IsBusy() {
		return
	}
	c.address, c.failed, c.step = strings.TrimSpace(address), signin.Failure{}, sharing.Looking
	if c.address == "" {
		c.fail(sharing.ErrAddress)
		return
	}
	c.tries++
	try, byKit, address := c.tries, c.byKit, c.address
	at := func(step sharing.Step) {
		c.params.Runner.Dispatch(func() { c.reached(try, step) })
	}
	connect := c.params.Connect
	if byKit {
		connect = c.params.ConnectWithKit
	}
	c.task.Start(func(ctx context.Context) error { return connect(ctx, address, key, at) }, func(err error) {
		if err == nil {
			c.params.Done(byKit)
			return
		}
		c.fail(err)
	})
}

// reached says how far a try is.
func (c *connect) reached(try int, step sharing.Step) {
	if try == c.tries && c.task.IsBusy() && c.params.Ctx.Err() == nil {
		c.step = step
		c.refresh()
	}
}

// fail says what is wrong, and takes the cursor there.
func (c *connect) fail(err error) {
	c.failed = signin.FailedAt(c.params.Now(), err)
	c.refresh()
	if _, ok := words.Address(err, c.address); ok {
		c.display.GoToAddress()
		return
	}
	var typo auth.TypoError
	if errors.As(err, &typo) {
		c.display.GoToKey(typo.Group)
	} else if _, ok := words.Printed(err); ok {
		c.display.GoToKey(0)
	}
}

// back leaves the screen, once nothing is under way any more.
func (c *connect) back() { c.task.Leave(c.params.OnBack) }

// edited takes the error away, once what it is about may have changed.
func (c *connect) edited() {
	if c.failed.Err != nil && !c.task.IsBusy() {
		c.failed = signin.Failure{}
		c.refresh()
	}
}
