package settings

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// fileSheet is a dialog in which a file to be written is named.
type fileSheet struct {
	*screen.Dialog
	task   *screen.Act
	path   *widgets.PathField
	fields map[auth.Field]*widgets.Field
}

func newFileSheet(s *screen.Dialogs, name, path string) *fileSheet {
	d := &fileSheet{path: widgets.NewSaveField(s.Window, name)}
	d.path.SetText(path)
	d.fields = map[auth.Field]*widgets.Field{auth.FieldFolder: widgets.NewField(lang.L("File"), d.path)}
	return d
}

func (d *fileSheet) open(s *screen.Dialogs, options widgets.DialogOptions) {
	options.Cancel, options.OnCancel, options.FirstFocus = lang.L("Cancel"), d.task.Cancel, d.path
	d.Dialog = s.ShowForm(options, d.fields, nil)
}

// notSealed says what everybody has to know of such a file.
func notSealed() *widgets.Notice {
	return widgets.NewNotice(widgets.Warning, lang.L("The file is not sealed: whoever gets it reads all that is in it, with no password. Keep it where nobody else comes, and delete it when it has done its work."))
}

// openRefused asks where the rows go that don't come in.
func openRefused(s *screen.Dialogs, i *importing) {
	d := newFileSheet(s, i.refusedName(), i.refusedPath())
	d.task = i.newRefused(d)
	d.open(s, widgets.DialogOptions{
		Title: lang.L("Save the refused lines"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("All lines that don't come in, duplicates too, each with its number and the reason. Set them right there, and import that file.")),
			widgets.NewGap(), d.fields[auth.FieldFolder], notSealed(),
		),
		Primary:   lang.L("Save"),
		OnPrimary: func() { i.saveRefused(d.task, d.path.Text()) },
	})
}

// openExportPatients asks where all patients go.
func openExportPatients(s *screen.Dialogs, e *patientExport) {
	d := newFileSheet(s, e.name(), e.path())
	d.task = e.newTask(d)
	d.open(s, widgets.DialogOptions{
		Title: lang.L("Export all patients"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("Every patient with all that the practice keeps of them, but for appointments.")),
			widgets.NewGap(), d.fields[auth.FieldFolder], notSealed(),
		),
		Primary:   lang.L("Export"),
		OnPrimary: func() { e.export(d.task, d.path.Text()) },
	})
}
