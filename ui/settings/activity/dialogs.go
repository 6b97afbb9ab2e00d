package activity

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// openEntry shows the whole of an entry.
func openEntry(s *screen.Dialogs, v entryView) {
	facts := []fyne.CanvasObject{widgets.Quiet(lang.L("When")).OneLine(), widgets.Paragraph(v.When)} // in pairs
	if v.Computer != "" {
		facts = append(facts, widgets.Quiet(lang.L("Computer")).OneLine(), widgets.Paragraph(v.Computer))
	}
	s.Show(widgets.DialogOptions{
		Title:   v.Title,
		Content: widgets.NewColumn(widgets.Paragraph(v.What), widgets.NewGap(), pane.Facts(facts...)),
		Cancel:  lang.L("Close"),
	}, nil)
}

// openExport asks where the entries go.
func openExport(s *screen.Dialogs, p *presenter) {
	d := pane.NewFileForm(s, p.exportName(), p.exportPath())
	d.Act = p.newExport(d)
	d.Open(s, widgets.DialogOptions{
		Title: lang.L("Export CSV"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("All entries that the filters let through, also those not yet shown:")),
			widgets.Label(p.filterText()),
			widgets.NewGap(),
			d.Field,
			widgets.NewNotice(widgets.Info, lang.L("The file is not sealed. Keep it where nobody else reads it.")),
		),
		Primary:   lang.L("Export"),
		OnPrimary: func() { p.export(d.Act, d.Path()) },
	})
}
