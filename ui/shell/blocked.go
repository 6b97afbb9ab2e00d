package shell

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

// newBlocked makes the page that says why the practice can't be opened.
func (f *recoveryFlow) newBlocked(scope screen.Scope) screen.Screen {
	p := recovery.BlockedParams{
		Scope: scope, Window: f.window.nav.signedOut.proxy, Err: f.window.untrusted, DataDir: f.window.params.DataDir, Where: f.window.where(),
		OnRetry: f.window.open, OnQuit: f.window.Close,
		OnKit: f.wayToKit(), OnLinkingCode: f.wayToCode(), OnRestore: f.startRestore,
	}
	if server := f.window.params.Server; server != nil {
		p.OnAddress = func() {
			recovery.AskAddress(recovery.AddressParams{
				Scope: scope, Window: f.window.nav.signedOut.proxy, Address: server.Where().Address, Change: server.ChangeAddress, Done: f.window.open,
			})
		}
		p.OnForget = func() {
			recovery.AskToForget(recovery.ForgetParams{
				Scope: scope, Window: f.window.nav.signedOut.proxy, IsServer: server.Where().Kind != sharing.Desk, Forget: server.Forget, Done: f.window.open,
			})
		}
	}
	if errors.Is(f.window.untrusted, auth.ErrServer) {
		f.openByItself(scope.Ctx)
	}
	return recovery.NewBlocked(p)
}

// openByItself tries to open the practice until the page is left. The page stays as long as
// the server does not answer.
func (f *recoveryFlow) openByItself(ctx context.Context) {
	trying := false
	f.window.runner.Every(ctx, retryTime, func() {
		if trying {
			return
		}
		trying = true
		try := beginOpening(ctx, f.window.params.Auth)
		f.window.runner.Go(f.window.ctx, func(ctx context.Context) error {
			_, err := try.wait(ctx)
			return err
		}, func(err error) {
			trying = false
			switch {
			case ctx.Err() != nil: // somebody pressed a button meanwhile
				go logFailure("close the practice", func() error { return closePractice(try.practice) })
			case !errors.Is(err, auth.ErrServer):
				f.window.opened(try.practice, err)
			}
		})
	})
}
