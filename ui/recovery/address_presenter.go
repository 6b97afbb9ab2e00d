package recovery

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// fieldAddress is where the practice's server is.
const fieldAddress auth.Field = "address"

// address decides what the dialog "Change address" does.
type address struct {
	act     *screen.Act
	change  func(ctx context.Context, address string) error
	failed  bool
	address string // that was tried last
}

func newAddress(p AddressParams, form screen.Form) *address {
	a := &address{change: p.Change, act: screen.NewAct(p.Scope, form, p.Done, nil)}
	a.act.Explain = a.explain
	return a
}

func (a *address) explain(err error) screen.Progress {
	a.failed = true
	progress := screen.Failed(err)
	if text, ok := words.Address(err, a.address); ok {
		progress.Error = text
	}
	progress.Field = fieldAddress
	return progress
}

// submit looks for the server at another address, unless that goes on already.
func (a *address) submit(typed string) {
	if a.act.IsBusy() {
		return
	}
	typed = strings.TrimSpace(typed)
	if a.address = typed; typed == "" {
		a.act.Refuse(a.explain(sharing.ErrAddress))
		return
	}
	a.failed = false
	a.act.Start(func(ctx context.Context) error { return a.change(ctx, typed) })
	a.act.Show(screen.Progress{Busy: true, Doing: lang.L("Looking for the server…")})
}

// edited takes an error away that was about another address.
func (a *address) edited() {
	if a.failed {
		a.failed = false
		a.act.Refuse(screen.Progress{})
	}
}
