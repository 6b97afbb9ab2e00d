package shell

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/paper"
	"anteroom/ui/screen"
	"anteroom/ui/signin"
)

// recoveryCodes are shown to their user, this once.
type recoveryCodes struct {
	all  []string // gone once they are shown
	said string   // what was done before
	next func()   // once they were put away
}

// showRecoveryCodes shows new recovery codes, says what was done before, and then goes on.
func (ws *workspace) showRecoveryCodes(codes []string, said string, next func()) {
	ws.codes = recoveryCodes{codes, said, next}
	ws.goTo(routeRecoveryCodes)
}

// renewedCodes shows the codes that a full sign-in at a locked desk brought: those
// on its screen count no more. Other work there goes before; the next sign-in
// with a code brings new ones.
func (ws *workspace) renewedCodes(state auth.State) {
	switch {
	case len(state.Recovery) == 0:
	case ws.route == routeRecoveryCodes:
		ws.showRecoveryCodes(state.Recovery, "", ws.codes.next)
	case ws.route == routeFrontDesk:
		ws.beginWork(state, "")
	}
}

func (ws *workspace) newRecoveryCodes(scope screen.Scope) screen.Screen {
	w, watched, codes, next := ws.window, ws.session, ws.codes.all, ws.codes.next
	ws.codes.all = nil
	practice, made := w.practice.Name(), w.runner.Now()
	page := func() ([]byte, error) {
		me, err := watched.session.Overview(scope.Ctx)
		if err != nil {
			return nil, err
		}
		return paper.RecoveryCodes{Practice: practice, Name: me.Name, Made: made, Codes: codes}.PDF(scope.Ctx, w.params.Fonts)
	}
	return signin.NewRecoveryCodes(signin.RecoveryCodesParams{
		Scope: scope, Window: ws.proxy, Codes: codes, Copier: w.copier,
		Keep: watched.session.KeptRecoveryCodes,
		Print: func() error {
			content, err := page()
			if err != nil {
				return err
			}
			return w.showPage(scope.Ctx, watched, lang.L("Anteroom recovery codes.pdf"), content)
		},
		Save: func(path string) error {
			content, err := page()
			if err != nil {
				return err
			}
			return paperError(w.files.Save(path, content))
		},
		OwnDisk: func(path string) bool { return ownDisk(path, w.params.DataDir) },
		Folder:  documents(), Said: ws.codes.said,
		Done: func() {
			w.clearPaper()
			next()
		},
	})
}
