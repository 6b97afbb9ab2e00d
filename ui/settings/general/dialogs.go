package general

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/signin"
	"anteroom/ui/widgets"
)

func (w *panel) askForKit() {
	w.kits.Ask(w.params.Dialogs, kitFirst(), w.presenter.cancelTurnOn)
}

// openTurnOn asks before two-factor is turned on.
func (w *panel) openTurnOn(v turnOnView, form auth.SettingsForm) {
	content := widgets.NewColumn(
		widgets.Paragraph(v.Who),
		widgets.Label(strings.Join(v.Names, "\n")),
		widgets.NewGap(),
		widgets.Paragraph(v.Then),
	)
	if v.You != "" {
		content.Add(widgets.NewGap())
		content.Add(widgets.NewNotice(widgets.Info, v.You))
	}
	var d *screen.Dialog
	d = w.params.Dialogs.Show(widgets.DialogOptions{
		Title:   lang.L("Turn on two-factor authentication"),
		Content: content,
		Careful: true,
		Primary: lang.L("Turn on"),
		OnPrimary: func() {
			d.Close()
			w.presenter.turnOn(form)
		},
		Cancel:   lang.L("Cancel"),
		OnCancel: w.presenter.cancelTurnOn,
	}, nil)
}

// openEnrolment sets up the admin's authenticator before two-factor is turned on.
func (w *panel) openEnrolment(e *auth.Enrolment, form auth.SettingsForm) {
	signin.ShowEnrolment(w.params.Dialogs.Window, signin.EnrolmentParams{
		Scope:     w.params.Scope,
		Copier:    w.params.Copier,
		Enrolment: e,
		Confirm: func(ctx context.Context, code string) error {
			return w.presenter.confirmEnrolment(ctx, form, e, code)
		},
		Done: func() {
			w.params.OnEnrolled()
			w.presenter.turnedOn()
		},
		Cancelled: w.presenter.cancelTurnOn,
		Over:      w.presenter.failed,
	})
}
