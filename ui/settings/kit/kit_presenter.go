// Package kit begins a recovery kit for a pane, which asks first.
package kit

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
)

// Question is what the dialog before a kit is made says.
type Question struct {
	Title   string
	Text    []string
	Primary string
}

// PageText says what has to be done for a kit.
func PageText() string {
	return lang.L("You print one page, or save it on a drive, and type its last group back. Only then does the kit count.")
}

// Maker begins a recovery kit and hands it to the window, which shows it.
type Maker struct {
	scope   screen.Scope
	session *auth.Session
	onNew   func(*auth.Kit)
}

// NewMaker makes a Maker. onNew gets the kit.
func NewMaker(s screen.Scope, session *auth.Session, onNew func(*auth.Kit)) *Maker {
	return &Maker{s, session, onNew}
}

// making is one kit that a dialog asks for. A kit that is not handed over has its secret wiped.
type making struct {
	*screen.Act
	maker    *Maker
	kit      *auth.Kit
	keep     func() bool // keeps the kit from being wiped when the settings are left
	isClosed bool        // the dialog was closed
}

func (m *Maker) begin(f screen.Form) *making {
	k := &making{maker: m}
	k.Act = screen.NewAct(m.scope, f, k.handOver, nil)
	return k
}

// start makes the kit, with step-up where that is needed.
func (k *making) start() {
	k.Start(func(ctx context.Context) (err error) {
		if k.kit, err = k.maker.session.NewKit(ctx); err != nil {
			return err
		}
		k.keep = context.AfterFunc(k.maker.scope.Ctx, k.kit.Forget)
		return nil
	})
}

// cancel is for when the dialog is closed. It is never too late: nothing is stored yet.
func (k *making) cancel() {
	k.isClosed = true
	k.Cancel()
}

func (k *making) handOver() {
	k.keep()
	if k.isClosed {
		k.kit.Forget()
		return
	}
	k.maker.onNew(k.kit)
}
