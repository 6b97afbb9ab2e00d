package settings

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
)

// linkingCodeView is what the dialog "Linking code" shows.
type linkingCodeView struct {
	Code string // empty once it is over
	Left string // how long it counts, or that it is over
}

// linkingCodeDialog shows a code.
type linkingCodeDialog interface{ show(linkingCodeView) }

// linkingCode is a code on the screen. It counts down, and goes when it is over.
type linkingCode struct {
	office
	code   auth.LinkingCode
	dialog linkingCodeDialog
	closed func() // the dialog is; a computer may have been linked

	shown linkingCodeView
	stop  context.CancelFunc
}

func (l *linkingCode) begin(d linkingCodeDialog) {
	var ctx context.Context
	ctx, l.stop = context.WithCancel(l.ctx)
	l.dialog = d
	l.refresh()
	l.runner.Every(ctx, time.Second, l.refresh)
}

// end forgets the code.
func (l *linkingCode) end() {
	if l.stop == nil {
		return
	}
	l.stop()
	l.stop, l.code, l.shown = nil, auth.LinkingCode{}, linkingCodeView{}
	l.closed()
}

func (l *linkingCode) refresh() {
	if v := l.view(); v != l.shown {
		l.shown = v
		l.dialog.show(v)
	}
}

func (l *linkingCode) view() linkingCodeView {
	left := l.code.Until.Sub(l.runner.Now())
	if left <= 0 {
		l.code.Groups = nil
		return linkingCodeView{Left: lang.L("This code is over. Close this and make a new one.")}
	}
	return linkingCodeView{
		Code: strings.Join(l.code.Groups, " "),
		Left: lang.L("It can be used for {{.Wait}} more.", map[string]any{"Wait": words.Wait(left)}),
	}
}
