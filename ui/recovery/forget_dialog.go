package recovery

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// ForgetParams are what the question before "Forget this practice" needs.
type ForgetParams struct {
	screen.Scope
	Window   fyne.Window
	IsServer bool // this computer was the practice's server, or may have been
	// Forget is slow, so it is called off the UI goroutine.
	Forget func(ctx context.Context) error
	Done   func() // this computer knows of no practice
}

// AskToForget asks whether this computer is to forget a practice that lies on a server.
func AskToForget(p ForgetParams) {
	what := lang.L("Nothing is lost: the practice's data stays on the server. With a linking code this computer comes back.")
	if p.IsServer {
		what = lang.L("The practice's server on this computer, with all its data, is set aside: no other computer works with it any more. Restore the newest backup then. What was entered after it is missing there.")
	}
	var act *screen.Act
	dialogs := &screen.Dialogs{Window: p.Window}
	d := dialogs.Show(widgets.DialogOptions{
		Title: lang.L("Forget this practice"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("This computer does not work with the practice any more: Anteroom begins anew as after it was installed.")),
			widgets.Paragraph(what),
		),
		Primary: lang.L("Forget this practice"), OnPrimary: func() { act.Start(p.Forget) }, Danger: true,
		Cancel: lang.L("Cancel"), OnCancel: func() { act.Cancel() },
	}, nil)
	act = screen.NewAct(p.Scope, d, p.Done, nil)
}
