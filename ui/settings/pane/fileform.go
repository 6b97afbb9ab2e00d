package pane

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// FileForm is a dialog in which a file to be written is named.
type FileForm struct {
	*screen.Dialog
	Act   *screen.Act
	Field *widgets.Field
	path  *widgets.PathField
}

// NewFileForm makes the dialog, which proposes a path. Act is to be set before Open.
func NewFileForm(s *screen.Dialogs, name, path string) *FileForm {
	d := &FileForm{path: widgets.NewSaveField(s.Window, name)}
	d.path.SetText(path)
	d.Field = widgets.NewField(lang.L("File"), d.path)
	return d
}

// Open shows it.
func (d *FileForm) Open(s *screen.Dialogs, options widgets.DialogOptions) {
	options.Cancel, options.OnCancel, options.FirstFocus = lang.L("Cancel"), d.Act.Cancel, d.path
	d.Dialog = s.ShowForm(options, map[auth.Field]*widgets.Field{auth.FieldFolder: d.Field}, nil)
}

// Path is what was typed.
func (d *FileForm) Path() string { return d.path.Text() }

// NotSealed says what everybody has to know of such a file.
func NotSealed() *widgets.Notice {
	return widgets.NewNotice(widgets.Warning, lang.L("The file is not sealed: whoever gets it reads all that is in it, with no password. Keep it where nobody else comes, and delete it when it has done its work."))
}
