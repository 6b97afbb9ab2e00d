package exchange

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// openRefused asks where the rows go that don't come in.
func openRefused(s *screen.Dialogs, i *importer) {
	d := pane.NewFileForm(s, i.refusedName(), i.refusedPath())
	d.Act = i.newRefused(d)
	d.Open(s, widgets.DialogOptions{
		Title: lang.L("Save the refused lines"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("All lines that don't come in, duplicates too, each with its number and the reason. Set them right there, and import that file.")),
			widgets.NewGap(), d.Field, pane.NotSealed(),
		),
		Primary:   lang.L("Save"),
		OnPrimary: func() { i.saveRefused(d.Act, d.Path()) },
	})
}

// openExportPatients asks where all patients go.
func openExportPatients(s *screen.Dialogs, e *exporter) {
	d := pane.NewFileForm(s, e.name(), e.path())
	d.Act = e.newAct(d)
	d.Open(s, widgets.DialogOptions{
		Title: lang.L("Export all patients"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("Every patient with all that the practice keeps of them, but for appointments.")),
			widgets.NewGap(), d.Field, pane.NotSealed(),
		),
		Primary:   lang.L("Export"),
		OnPrimary: func() { e.export(d.Act, d.Path()) },
	})
}

// openImport asks before an import.
func openImport(s *screen.Dialogs, i *importer, title, text string) {
	var d *screen.Dialog
	d = s.Show(widgets.DialogOptions{
		Title:   lang.L("{{.Import}}?", map[string]any{"Import": title}),
		Content: widgets.Paragraph(text),
		Careful: true,
		Primary: title,
		OnPrimary: func() {
			d.Close()
			i.run()
		},
		Cancel: lang.L("Cancel"),
	}, nil)
}
