package server

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// checkState is how far the look at something is.
type checkState int

const (
	checkOpen checkState = iota // not looked at yet
	checkGood
	checkBad
)

// checkLine is a line of what must be so before a practice is shared.
type checkLine struct {
	State checkState
	Text  string
	Help  string // what to do
}

// shareView is what the dialog "Share with other computers" shows, besides how far
// the move is.
type shareView struct {
	Lines   []checkLine
	CanMove bool
	CanLook bool // again
}

// share decides what the dialog "Share with other computers" does.
type share struct {
	*presenter
	act     *screen.Act
	dialog  *screen.View[shareView]
	looking *screen.Task // its scope ends with the dialog
	found   map[sharing.CheckKind]sharing.Check
	close   func() // for when the dialog is closed
}

func newShare(p *presenter, d screen.Form, dialog *screen.View[shareView]) *share {
	h := &share{presenter: p, act: p.newAct(d), dialog: dialog}
	scope, leave := p.Child()
	h.looking = screen.NewTask(scope, nil)
	h.close = func() {
		leave()
		h.act.Cancel()
	}
	h.act.Unsure = func() {
		p.refresh()
		if scope.Ctx.Err() == nil {
			h.look()
		}
	}
	return h
}

// look looks at all that must be so, and shows each as soon as it is known.
func (h *share) look() {
	h.looking.Cancel()
	h.found = map[sharing.CheckKind]sharing.Check{}
	h.looking.Replace(h.Proven(h.needsProof(func(ctx context.Context) error { // a backup may be made for it
		return h.sharing.Check(ctx, h.session, func(c sharing.Check) { h.tick(ctx, c) })
	})), func(err error) {
		switch {
		case h.IsOver(err):
			return
		case h.act.IsBusy(): // the practice is being moved: this look was called off
			return
		case err != nil && !errors.Is(err, context.Canceled):
			h.act.Refuse(screen.Failed(err))
		}
		h.showChecks()
	})
	h.showChecks()
}

// tick shows what was found, off the UI goroutine.
func (h *share) tick(ctx context.Context, c sharing.Check) {
	h.Runner.Dispatch(func() {
		if ctx.Err() == nil {
			h.found[c.Kind] = c
			h.showChecks()
		}
	})
}

func (h *share) showChecks() { h.dialog.Show(h.checks()) }

func (h *share) checks() shareView {
	v := shareView{CanMove: true, CanLook: !h.looking.IsBusy()}
	for _, kind := range sharing.Checks {
		line := h.line(kind)
		if _, known := h.found[kind]; !known && h.looking.IsBusy() && len(v.Lines) == len(h.found) { // they come in this order
			line.Text = lang.L("{{.What}}: looking…", map[string]any{"What": line.Text})
		}
		v.Lines = append(v.Lines, line)
		v.CanMove = v.CanMove && line.State == checkGood
	}
	v.CanLook = v.CanLook && !v.CanMove
	return v
}

func (h *share) line(kind sharing.CheckKind) checkLine {
	c, known := h.found[kind]
	if !known {
		return checkLine{Text: openText(kind)}
	}
	if c.Good {
		return checkLine{State: checkGood, Text: goodText(c)}
	}
	text, help := badText(c)
	return checkLine{State: checkBad, Text: text, Help: help}
}

// openText is a line that nothing is known of yet.
func openText(kind sharing.CheckKind) string {
	if kind == sharing.Room {
		return lang.L("Room on the disk")
	}
	return goodText(sharing.Check{Kind: kind})
}

func goodText(c sharing.Check) string {
	switch c.Kind {
	case sharing.Room:
		return lang.L("Room on the disk: {{.Size}}", map[string]any{"Size": words.Size(c.Room)})
	case sharing.Kit:
		return lang.L("A recovery kit exists")
	case sharing.Backup:
		return lang.L("Today's backup is good")
	case sharing.Awake:
		return lang.L("This computer stays awake while it is the server")
	case sharing.Nobody:
		return lang.L("Nobody else is signed in")
	default:
		return lang.L("PostgreSQL is installed")
	}
}

// badText says what is not as it must be, and what to do.
func badText(c sharing.Check) (text, help string) {
	switch c.Kind {
	case sharing.Room:
		text, help = goodText(c), lang.L("That is too little. Make room on this computer's disk, then look again.")
		if c.Room <= 0 {
			text = lang.L("Room on the disk")
		}
		return text, whyNot(c.Err, help)
	case sharing.Kit:
		if errors.Is(c.Err, auth.ErrNoKit) || errors.Is(c.Err, auth.ErrKitNeeded) {
			return lang.L("There is no recovery kit"), lang.L("Make it first, under Settings > Recovery.")
		}
		return lang.L("The recovery kit opens no server"), whyNot(c.Err, lang.L("Make a new recovery kit first: this one is from before a restore, or from before several computers could share."))
	case sharing.Backup:
		return lang.L("There is no good backup of today"), whyNot(c.Err, lang.L("Make one first, under Settings > Backup."))
	case sharing.Awake:
		return lang.L("This computer may go to sleep"), whyNot(c.Err, lang.L("Switch sleep off in its energy settings, then look again."))
	case sharing.Nobody:
		if len(c.Names) == 0 {
			return lang.L("It can't be told who is signed in"), whyNot(c.Err, lang.L("Look again."))
		}
		return lang.L("Signed in besides you: {{.Names}}", map[string]any{"Names": strings.Join(c.Names, ", ")}),
			lang.L("Ask them to sign out, or sign them out under Settings > Users. Then look again.")
	default:
		if errors.Is(c.Err, sharing.ErrOneAccount) {
			return lang.L("Anteroom is not installed for anyone, under Program Files"), words.Error(c.Err)
		}
		return lang.L("PostgreSQL is not installed, or too old"), words.Error(sharing.ErrNotInstalled)
	}
}

// whyNot is what to do: what an error says that has words of its own, else help.
func whyNot(err error, help string) string {
	for _, known := range []error{auth.ErrServer, auth.ErrBusy, auth.ErrDisk, auth.ErrReadOnly, auth.ErrFolder, auth.ErrForbidden} {
		if errors.Is(err, known) {
			return words.Error(err)
		}
	}
	return help
}

// move moves the practice, once all is as it must be.
func (h *share) move() {
	if !h.checks().CanMove {
		return
	}
	h.looking.Cancel()
	h.presenter.move(h.act, h.sharing.Share, func() outcome {
		o := outcome{said: lang.L("This computer is the practice's server now. Everyone signs in again.")}
		if all := h.sharing.Addresses(); len(all) > 0 {
			o.address = all[0]
		}
		return o
	})
}
