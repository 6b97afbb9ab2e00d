package kit

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// form is the dialog before a recovery kit is made.
type form struct{ *screen.Dialog }

// Ask asks before a kit is made; cancelled says that none was.
func (m *Maker) Ask(s *screen.Dialogs, q Question, cancelled func()) {
	d := &form{}
	making := m.begin(d)
	content := widgets.NewColumn()
	for _, text := range q.Text {
		content.Add(widgets.Paragraph(text))
	}
	d.Dialog = s.Show(widgets.DialogOptions{
		Title:     q.Title,
		Content:   content,
		Primary:   q.Primary,
		OnPrimary: making.start,
		Cancel:    lang.L("Cancel"),
		OnCancel: func() {
			making.cancel()
			cancelled()
		},
	}, nil)
}
