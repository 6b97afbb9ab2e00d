package computers

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"

	"anteroom/ui/screen"

	"anteroom/ui/settings/pane"
)

// linkingCodeView is what the dialog "Linking code" shows.
type linkingCodeView struct {
	Code string // empty once it is over
	Left string // how long it counts, or that it is over
}

// linkingCodeDialog shows a code.
type linkingCodeDialog interface{ show(linkingCodeView) }

// LinkingCode is a code on the screen. It counts down, and goes when it is over.
type LinkingCode struct {
	screen.Scope
	session *auth.Session
	code    auth.LinkingCode
	// addresses are what to connect to, the likeliest first; none: there is no server.
	addresses []string
	known     []auth.ComputerInfo // when it was made
	dialog    linkingCodeDialog
	closed    func() // the dialog is; a computer may have been linked

	shown  linkingCodeView
	used   bool
	linked string // the computer that it linked, if that can be told
	stop   context.CancelFunc
}

func (l *LinkingCode) begin(d linkingCodeDialog) {
	var ctx context.Context
	ctx, l.stop = context.WithCancel(l.Ctx)
	l.dialog = d
	l.refresh()
	l.Runner.Every(ctx, time.Second, l.refresh)
	l.Runner.Every(ctx, pane.LookTime, func() { l.look(ctx) })
}

// look finds out whether the code was used.
func (l *LinkingCode) look(ctx context.Context) {
	if l.used || l.left() <= 0 {
		return
	}
	var counts bool
	var now []auth.ComputerInfo
	id := l.code.ID
	l.Runner.Go(ctx, func(ctx context.Context) (err error) {
		if counts, err = l.session.IsLinkingCodeValid(ctx, id); err != nil || counts {
			return err
		}
		now, err = l.session.Computers(ctx)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, auth.ErrSessionEnded):
			l.OnEnded(err)
		case err == nil && !counts && !l.used && l.left() > 0:
			l.used, l.linked = true, newComputer(l.known, now)
			l.refresh()
		}
	})
}

// newComputer is the name of one that was not known; "": there is none.
func newComputer(known, now []auth.ComputerInfo) string {
	if len(known) == 0 {
		return "" // which were there could not be read
	}
	for _, c := range now {
		if !slices.ContainsFunc(known, func(old auth.ComputerInfo) bool { return old.ID == c.ID }) {
			return c.Name
		}
	}
	return ""
}

// end forgets the code.
func (l *LinkingCode) end() {
	if l.stop == nil {
		return
	}
	l.stop()
	l.stop, l.code, l.shown = nil, auth.LinkingCode{}, linkingCodeView{}
	l.closed()
}

func (l *LinkingCode) refresh() {
	if v := l.view(); v != l.shown {
		l.shown = v
		l.dialog.show(v)
	}
}

func (l *LinkingCode) view() linkingCodeView {
	text, over := pane.LeftText(l.code.Until, l.Runner.Now())
	if l.used {
		text, over = usedText(l.linked), true
	}
	if over {
		l.code.Groups = nil
	}
	return linkingCodeView{Code: strings.Join(l.code.Groups, " "), Left: text}
}

func (l *LinkingCode) left() time.Duration { return l.code.Until.Sub(l.Runner.Now()) }

// usedText says why a code counts no more before its time. Where nothing was
// linked, new keys ended it.
func usedText(linked string) string {
	if linked == "" {
		return lang.L("This code counts no more. Close this and make a new one.")
	}
	return lang.L("{{.Computer}} was linked. This code counts no more.", map[string]any{"Computer": linked})
}

// OtherAddresses are those after the first, in words.
func OtherAddresses(all []string) string {
	if len(all) < 2 {
		return ""
	}
	return lang.L("If that one does not answer: {{.Addresses}}", map[string]any{"Addresses": strings.Join(all[1:], ", ")})
}
