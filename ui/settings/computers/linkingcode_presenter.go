package computers

import (
	"context"
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
	Left string // how long it is valid, or that it is over
}

// LinkingCode is a code on the screen. It counts down, and goes when it is over.
type LinkingCode struct {
	screen.Scope
	session *auth.Session
	code    auth.LinkingCode
	// addresses are what to connect to, the likeliest first; none: there is no server.
	addresses []string
	known     []auth.ComputerInfo // when it was made
	closed    func()              // the dialog is; a computer may have been linked

	dialog *screen.View[linkingCodeView]
	used   bool
	linked string // the computer that it linked, if that can be told
	stop   context.CancelFunc
}

func (l *LinkingCode) begin(show func(linkingCodeView)) {
	l.Scope, l.stop = l.Child()
	l.dialog = screen.NewView(show)
	l.refresh()
	l.Every(time.Second, l.refresh)
	l.Every(pane.LookTime, l.look)
}

// look finds out whether the code was used.
func (l *LinkingCode) look() {
	if l.used || l.left() <= 0 {
		return
	}
	var isValid bool
	var now []auth.ComputerInfo
	id := l.code.ID
	l.Go(func(ctx context.Context) (err error) {
		if isValid, err = l.session.IsLinkingCodeValid(ctx, id); err != nil || isValid {
			return err
		}
		now, err = l.session.Computers(ctx)
		return err
	}, func(err error) {
		if !l.IsOver(err) && err == nil && !isValid && !l.used && l.left() > 0 {
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
	l.stop, l.code, l.dialog = nil, auth.LinkingCode{}, nil
	l.closed()
}

func (l *LinkingCode) refresh() { l.dialog.Show(l.view()) }

func (l *LinkingCode) view() linkingCodeView {
	text, isOver := pane.LeftText(l.code.Until, l.Now())
	if l.used {
		text, isOver = usedText(l.linked), true
	}
	if isOver {
		l.code.Groups = nil
	}
	return linkingCodeView{Code: strings.Join(l.code.Groups, " "), Left: text}
}

func (l *LinkingCode) left() time.Duration { return l.code.Until.Sub(l.Now()) }

// usedText says why a code is not valid any more before its time. Where nothing was
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
