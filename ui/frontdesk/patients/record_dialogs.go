package patients

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

func (w *PatientPage) askTakeBack(m mergedLine) {
	var d *screen.Dialog
	d = w.dialogs.Show(widgets.DialogOptions{
		Title: lang.L("Take the merge back?"),
		Content: w.withAlert(widgets.Paragraph(lang.L(
			"{{.Name}} becomes a patient of their own again, with the appointments they had. Fields changed since the merge stay as they are.",
			map[string]any{"Name": m.Name}))),
		Careful: true,
		Primary: lang.L("Take back"),
		OnPrimary: func() {
			d.Close()
			w.canvas().Focus(w.who.edit) // the line with the button goes
			w.record.takeBack(m.ID)
		},
		Cancel: lang.L("Cancel"),
	}, nil)
}

// withAlert has the patient's alert above what a dialog shows.
func (w *PatientPage) withAlert(content ...fyne.CanvasObject) fyne.CanvasObject {
	return alertOver(w.shown().Alert, content...)
}

// alertOver puts an alert above what a dialog or a form shows.
func alertOver(alert string, content ...fyne.CanvasObject) fyne.CanvasObject {
	if alert == "" {
		return widgets.NewColumn(content...)
	}
	notice := widgets.NewNotice(widgets.Warning, shortened(inLine(alert), alertInForms))
	return widgets.NewColumn(append([]fyne.CanvasObject{notice}, content...)...)
}

// alertInForms is how much of an alert stands above forms and dialogs; the
// patient's page has all of it.
const alertInForms = 240
