package signin

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/widgets"
)

// saveWords say what is saved, and what a good place for it is.
type saveWords struct {
	File    string // its proposed name
	Folder  string // its proposed place
	Advice  string
	OwnDisk string // warns of this computer's own disk
}

// saveDialog asks where to save a page as PDF.
type saveDialog struct {
	*widgets.Dialog
	words  saveWords
	canvas fyne.Canvas
	path   *widgets.PathField
	field  *widgets.Field
	advice *widgets.Notice
	warned bool
}

// saveActs are what the dialog reports.
type saveActs struct {
	Edited func()
	Save   func(path string)
	Cancel func()
}

func openSaveDialog(window fyne.Window, w saveWords, acts saveActs) *saveDialog {
	d := &saveDialog{
		words: w, canvas: window.Canvas(),
		path: widgets.NewSaveField(window, w.File), advice: widgets.NewNotice(widgets.Info, ""),
	}
	d.path.SetText(pathIn(w.Folder, w.File))
	d.path.OnChanged = func(string) { acts.Edited() }
	d.field = widgets.NewField(lang.L("File"), d.path)
	d.Dialog = widgets.ShowDialog(window, widgets.DialogOptions{
		Title:      lang.L("Save as PDF"),
		Content:    widgets.NewColumn(d.field, newRoom(3, d.advice)),
		Primary:    lang.L("Save"),
		OnPrimary:  func() { acts.Save(d.path.Text()) },
		KeepOpen:   true,
		Cancel:     lang.L("Cancel"),
		OnCancel:   acts.Cancel,
		FirstFocus: d.path,
	})
	return d
}

// show shows the warning in the place of the advice, so nothing moves. Once there
// is one the focus is on the safe button: an Enter too many must not save.
func (d *saveDialog) show(v saveView) {
	d.field.SetError(v.Error)
	if v.OwnDisk {
		d.advice.Set(widgets.Warning, d.words.OwnDisk)
		d.SetPrimary(lang.L("Save all the same"), true)
	} else {
		d.advice.Set(widgets.Info, d.words.Advice)
		d.SetPrimary(lang.L("Save"), false)
	}
	busy := ""
	if v.Busy {
		busy = lang.L("Saving…")
	}
	d.SetBusy(busy)
	d.Refresh()
	if v.OwnDisk && !d.warned {
		d.canvas.Focus(d.Cancel())
	}
	d.warned = v.OwnDisk
}
