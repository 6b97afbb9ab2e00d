package signin

import (
	"context"
	"strings"

	"anteroom/data/sharing"
	"anteroom/ui/words"
)

// addressView is what the dialog "Change address" shows.
type addressView struct {
	Busy  bool
	Error string // beside the field
}

type addressDisplay interface {
	show(addressView)
	close()
}

// address decides what the dialog "Change address" does.
type address struct {
	host    Host
	change  func(ctx context.Context, address string) error
	done    func()
	display addressDisplay

	stop   context.CancelFunc // nil while nothing is under way
	failed error
	typed  string // it is about this
}

func (a *address) refresh() {
	v := addressView{Busy: a.stop != nil}
	if a.failed != nil {
		about := false
		if v.Error, about = words.Address(a.failed, a.typed); !about {
			v.Error = words.Error(a.failed)
		}
	}
	a.display.show(v)
}

// submit looks for the server at another address, unless that goes on already.
func (a *address) submit(typed string) {
	if a.stop != nil {
		return
	}
	typed = strings.TrimSpace(typed)
	a.typed = typed
	if typed == "" {
		a.failed = sharing.ErrAddress
		a.refresh()
		return
	}
	ctx, stop := context.WithCancel(a.host.Ctx)
	a.stop, a.failed = stop, nil
	a.refresh()
	a.host.Runner.Go(ctx, func(ctx context.Context) error { return a.change(ctx, typed) }, func(err error) {
		stop()
		a.stop, a.failed = nil, err
		if err == nil {
			a.display.close()
			a.done()
			return
		}
		a.refresh()
	})
}

// edited takes an error away that was about another address.
func (a *address) edited() {
	if a.failed != nil {
		a.failed = nil
		a.refresh()
	}
}

// cancel is for a dialog that was closed.
func (a *address) cancel() {
	if a.stop != nil {
		a.stop()
		a.stop = nil
	}
}
