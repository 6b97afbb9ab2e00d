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
}

func (a *address) refresh() {
	a.display.show(addressView{Busy: a.stop != nil, Error: addressText(a.failed)})
}

// submit looks for the server at another address, unless that goes on already.
func (a *address) submit(typed string) {
	if a.stop != nil {
		return
	}
	typed = strings.TrimSpace(typed)
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

// addressText is what stands beside the field.
func addressText(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, sharing.ErrAddress):
		return lang.L("Type the name or number of the server's computer, such as 192.168.1.20.")
	case errors.Is(err, auth.ErrOtherServer):
		return lang.L("Another computer answers there, or the server was set up anew. Nothing was sent to it.")
	case errors.Is(err, auth.ErrServer):
		return lang.L("Nothing answers there. Is the server switched on and in the same network?")
	}
	return words.Error(err)
}
