package settings

import (
	"context"

	"anteroom/auth"

	"anteroom/ui/screen"
)

// kitMaker begins a recovery kit and hands it to the window, which shows it.
type kitMaker struct {
	screen.Scope
	session kitKeeper
	draft   func() *Draft // what General has that is not saved yet; nil: nothing asked there
	onNew   func(*auth.Kit, *Draft)
}

// kitTask is one kit that a dialog asks for. Whoever does not get it to the end
// has its secret wiped.
type kitTask struct {
	*screen.Act
	maker *kitMaker
	kit   *auth.Kit
	keep  func() bool // keeps the kit from being wiped when the settings are left
	over  bool        // the dialog was closed
}

func (m *kitMaker) newTask(d screen.Form) *kitTask {
	k := &kitTask{maker: m}
	k.Act = screen.NewAct(m.Scope, d, k.handOver, nil)
	return k
}

// begin makes the kit, with step-up where that is needed.
func (k *kitTask) begin() {
	k.Start(func(ctx context.Context) (err error) {
		if k.kit, err = k.maker.session.NewKit(ctx); err != nil {
			return err
		}
		k.keep = context.AfterFunc(k.maker.Ctx, k.kit.Forget)
		return nil
	})
}

// cancel takes it back when the dialog is closed, also when that comes late:
// nothing is stored yet.
func (k *kitTask) cancel() {
	k.over = true
	k.Act.Cancel()
}

func (k *kitTask) handOver() {
	k.keep()
	if k.over {
		k.kit.Forget()
		return
	}
	var draft *Draft
	if k.maker.draft != nil {
		draft = k.maker.draft()
	}
	k.maker.onNew(k.kit, draft)
}
