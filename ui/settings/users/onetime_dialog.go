package users

import (
	"time"

	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// openOneTime shows something to pass on, this once.
func openOneTime(p pane.Params, v oneTimeView) {
	scope, leave := p.Child()
	secret, left := pane.NewSecret(p.Copier), widgets.Quiet("")
	secret.Set(v.Secret)
	content := widgets.NewColumn(widgets.Label(v.Name), secret.Large, secret.CopyRow, widgets.Paragraph(v.Text))
	if !v.Until.IsZero() {
		content.Add(left)
	}
	d := pane.ShowOnce(p.Dialogs, v.Title, content, func() {
		leave()
		secret.Set("")
	})
	if v.Until.IsZero() {
		return
	}
	count := func() {
		text, isOver := pane.LeftText(v.Until, p.Now())
		left.SetText(text)
		if isOver {
			secret.End(d)
		}
	}
	count()
	scope.Every(time.Second, count)
}
