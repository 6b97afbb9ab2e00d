package frontdesk

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/widgets"
)

// helpRow is a request for help, and what an admin can do about it.
type helpRow struct {
	content *fyne.Container
	text    *widgets.Notice
	user    string
}

func newHelpRow(onHelp func(user string, reset bool), dismiss func(user string)) *helpRow {
	r := &helpRow{text: widgets.NewNotice(widgets.Warning, "")}
	r.content = widgets.NewColumn(r.text, container.NewHBox(
		widgets.NewButton(lang.L("One-time code…"), func() { onHelp(r.user, false) }),
		widgets.NewButton(lang.L("Reset Two-Factor Auth"), func() { onHelp(r.user, true) }),
		widgets.NewButton(lang.L("Not now"), func() { dismiss(r.user) }),
	))
	r.content.Hide()
	return r
}

func (r *helpRow) show(v helpView) {
	r.user = v.User
	r.text.SetText(v.Text)
	showIf(r.content, v.User != "")
}
