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
	buttons [3]*widgets.Button
	user    string
}

func newHelpRow(onHelp func(user string, reset bool), dismiss func(user string)) *helpRow {
	r := &helpRow{text: widgets.NewNotice(widgets.Warning, "")}
	r.buttons = [...]*widgets.Button{
		widgets.NewButton(lang.L("One-time code…"), func() { onHelp(r.user, false) }),
		widgets.NewButton(lang.L("Reset Two-Factor Auth"), func() { onHelp(r.user, true) }),
		widgets.NewButton(lang.L("Not now"), func() { dismiss(r.user) }),
	}
	r.content = widgets.NewColumn(r.text, container.NewHBox(r.buttons[0], r.buttons[1], r.buttons[2]))
	r.content.Hide()
	return r
}

// show shows a request. Where that is another than before, the focus goes: an
// Enter that was meant for the one must not count for the other.
func (r *helpRow) show(v helpView, c fyne.Canvas) {
	for _, b := range r.buttons {
		if r.user != v.User && c.Focused() == fyne.Focusable(b) {
			c.Unfocus()
		}
	}
	r.user = v.User
	r.text.SetText(v.Text)
	widgets.SetVisible(r.content, v.User != "")
}
