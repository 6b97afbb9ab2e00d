package screen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/widgets"
)

// SaveWords say what is saved, and what a good place for it is.
type SaveWords struct {
	File    string // its proposed name
	Folder  string // its proposed place
	Advice  string
	OwnDisk string // warns of this computer's own disk
}

// SaveDialog asks where to save a page as PDF. It belongs to a screen, and may be closed.
type SaveDialog struct {
	window fyne.Window
	words  SaveWords
	saver  *Saver

	dialog *widgets.Dialog // nil: it is closed
	path   *widgets.PathField
	field  *widgets.Field
	advice *widgets.Notice
	warned bool
}

// NewSaveDialog makes a dialog that is closed.
func NewSaveDialog(window fyne.Window, w SaveWords, s *Saver) *SaveDialog {
	return &SaveDialog{window: window, words: w, saver: s}
}

// Open shows the dialog.
func (d *SaveDialog) Open() {
	d.path, d.advice, d.warned = widgets.NewSaveField(d.window, d.words.File), widgets.NewNotice(widgets.Info, ""), false
	d.path.SetText(pathIn(d.words.Folder, d.words.File))
	d.path.OnChanged = func(string) { d.saver.edited() }
	d.field = widgets.NewField(lang.L("File"), d.path)
	d.dialog = widgets.ShowDialog(d.window, widgets.DialogOptions{
		Title:      lang.L("Save as PDF"),
		Content:    widgets.NewColumn(d.field, widgets.Room(3, d.advice)),
		Primary:    lang.L("Save"),
		OnPrimary:  func() { d.saver.Save(d.path.Text()) },
		KeepOpen:   true,
		Cancel:     lang.L("Cancel"),
		OnCancel:   d.cancel,
		FirstFocus: d.path,
	})
	d.saver.begin()
	d.Show(d.saver.View())
}

func (d *SaveDialog) cancel() {
	d.dialog = nil
	d.saver.end()
}

// Close takes the dialog away, if it is open.
func (d *SaveDialog) Close() {
	if open := d.dialog; open != nil {
		d.cancel()
		open.Close()
	}
}

// Show shows the warning in the place of the advice, so nothing moves. Once there
// is one the focus is on the safe button: an Enter too many must not save.
func (d *SaveDialog) Show(v SaveView) {
	if d.dialog == nil {
		return
	}
	d.field.SetError(v.Error)
	if v.OwnDisk {
		d.advice.Set(widgets.Warning, d.words.OwnDisk)
		d.dialog.SetPrimary(lang.L("Save all the same"), true)
	} else {
		d.advice.Set(widgets.Info, d.words.Advice)
		d.dialog.SetPrimary(lang.L("Save"), false)
	}
	busy := ""
	if v.Busy {
		busy = lang.L("Saving…")
	}
	d.dialog.SetBusy(busy)
	d.dialog.Refresh()
	if v.OwnDisk && !d.warned {
		d.window.Canvas().Focus(d.dialog.Cancel())
	}
	d.warned = v.OwnDisk
}
