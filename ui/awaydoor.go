package ui

import (
	"context"
	"errors"
	"time"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/recovery"
	"anteroom/ui/screen"
)

// retryTime is how often it is tried again by itself to open a practice whose server does
// not answer.
const retryTime = 5 * time.Second

// where says where the practice's data lies.
func (w *Window) where() sharing.Where {
	if w.params.Server == nil {
		return sharing.Where{}
	}
	return w.params.Server.Where()
}

// newBlocked makes the page that says why the practice stays shut.
func (w *Window) newBlocked(scope screen.Scope) screen.Screen {
	p := recovery.BlockedParams{
		Scope: scope, Window: w.door.stage, Err: w.shut, DataDir: w.params.DataDir, Where: w.where(),
		OnRetry: w.open, OnQuit: w.Close,
		OnKit: w.wayToKit(), OnLinkingCode: w.wayToCode(), OnRestore: w.startRestore,
	}
	if server := w.params.Server; server != nil {
		p.OnAddress = func() {
			recovery.AskAddress(recovery.AddressParams{
				Scope: scope, Window: w.door.stage, Address: server.Where().Address, Change: server.ChangeAddress, Done: w.open,
			})
		}
		p.OnForget = func() {
			recovery.AskToForget(recovery.ForgetParams{
				Scope: scope, Window: w.door.stage, IsServer: server.Where().Kind != sharing.Desk, Forget: server.Forget, Done: w.open,
			})
		}
	}
	if errors.Is(w.shut, auth.ErrServer) {
		w.openByItself(scope.Ctx)
	}
	return recovery.NewBlocked(p)
}

// openByItself tries to open the practice until the page is left. The page stays as long as
// the server does not answer.
func (w *Window) openByItself(ctx context.Context) {
	trying := false
	w.runner.Every(ctx, retryTime, func() {
		if trying {
			return
		}
		trying = true
		try := beginOpening(ctx, w.params.Auth)
		w.runner.Go(w.ctx, func(ctx context.Context) error {
			_, err := try.wait(ctx)
			return err
		}, func(err error) {
			trying = false
			switch {
			case ctx.Err() != nil: // somebody pressed a button meanwhile
				go logFailure("close the practice", func() error { return closePractice(try.practice) })
			case !errors.Is(err, auth.ErrServer):
				w.opened(try.practice, err)
			}
		})
	})
}
