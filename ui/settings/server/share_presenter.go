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

// shareDialog shows it.
type shareDialog interface {
	screen.Form
	showChecks(shareView)
}

// share decides what the dialog "Share with other computers" does.
type share struct {
	*server
	dialog shareDialog
	task   *screen.Act
	found  map[sharing.CheckKind]sharing.Check
	stop   context.CancelFunc // ends the look under way; nil: none is
	closed bool
}

func newShare(s *server, d shareDialog) *share {
	h := &share{server: s, dialog: d}
	h.task = s.newTask(d)
	h.task.Unsure = func() {
		s.refresh()
		if !h.closed {
			h.look()
		}
	}
	return h
}

// look looks at all that must be so, and shows each as soon as it is known.
func (h *share) look() {
	h.end()
	ctx, stop := context.WithCancel(h.Ctx)
	h.stop, h.found = stop, map[sharing.CheckKind]sharing.Check{}
	h.showChecks()
	each := func(c sharing.Check) {
		h.Runner.Dispatch(func() {
			if ctx.Err() == nil {
				h.found[c.Kind] = c
				h.showChecks()
			}
		})
	}
	h.Runner.Go(ctx, func(ctx context.Context) error {
		// A backup may be made for it, which needs step-up.
		return h.StepUp.Do(ctx, h.proven(func(ctx context.Context) error { return h.sharing.Check(ctx, h.session, each) }))
	}, func(err error) {
		h.end()
		switch {
		case errors.Is(err, auth.ErrSessionEnded):
			h.dialog.Close()
			h.OnEnded(err)
			return
		case err != nil && !errors.Is(err, context.Canceled):
			h.dialog.ShowProgress(screen.Failed(err))
		}
		h.showChecks()
	})
}

// end stops the look under way.
func (h *share) end() {
	if h.stop != nil {
		h.stop()
		h.stop = nil
	}
}

// close is for when the dialog is closed.
func (h *share) close() {
	h.closed = true
	h.end()
	h.task.Cancel()
}

func (h *share) showChecks() { h.dialog.showChecks(h.checks()) }

func (h *share) checks() shareView {
	v := shareView{CanMove: true, CanLook: h.stop == nil}
	for _, kind := range sharing.Checks {
		line := h.line(kind)
		if _, known := h.found[kind]; !known && h.stop != nil && len(v.Lines) == len(h.found) { // they come in this order
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
	h.end()
	h.server.move(h.task, h.sharing.Share, func() outcomeOfMove {
		outcome := outcomeOfMove{said: lang.L("This computer is the practice's server now. Everyone signs in again.")}
		if all := h.sharing.Addresses(); len(all) > 0 {
			outcome.address = all[0]
		}
		return outcome
	})
}
