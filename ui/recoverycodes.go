package ui

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/paper"
	"anteroom/ui/signin"
)

// recoveryCodes are shown to their user, this once.
type recoveryCodes struct {
	all  []string
	next func() // once they were put away
}

// showRecoveryCodes shows new recovery codes, and then goes on.
func (p *place) showRecoveryCodes(codes []string, next func()) {
	p.codes = recoveryCodes{codes, next}
	p.goTo(routeRecoveryCodes)
}

func (p *place) newRecoveryCodes(host signin.Host) screen {
	w, codes := p.window, p.codes
	p.codes = recoveryCodes{}
	page := func() ([]byte, error) {
		return paper.RecoveryCodes{
			Practice: w.practice.Name(), Name: p.session.name, Made: w.runner.Now(), Codes: codes.all,
		}.PDF()
	}
	return signin.NewRecoveryCodes(signin.RecoveryCodesParams{
		Host: host, Codes: codes.all, Copier: w.copier,
		Keep: p.session.session.KeptRecoveryCodes,
		Print: func() error {
			content, err := page()
			if err != nil {
				return err
			}
			return paperError(w.paper.Show(lang.L("Anteroom recovery codes.pdf"), content))
		},
		Save: func(path string) error {
			content, err := page()
			if err != nil {
				return err
			}
			return paperError(paper.Save(path, content))
		},
		OwnDisk: func(path string) bool { return ownDisk(path, w.params.DataDir) },
		Folder:  documents(),
		Done: func() {
			w.clearPaper()
			codes.next()
		},
		OnEnded: p.suspect,
	})
}
