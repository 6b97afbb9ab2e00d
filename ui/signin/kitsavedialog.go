package signin

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/widgets"
)

// kitSaveDialog asks where to save the page of a kit.
type kitSaveDialog struct {
	*widgets.Dialog
	path   *widgets.PathField
	field  *widgets.Field
	advice *widgets.Notice
	warned bool
}

func (s *KitScreen) openSave() {
	d := &kitSaveDialog{path: widgets.NewSaveField(s.host.Window, kitFileName()), advice: widgets.NewNotice(widgets.Info, "")}
	d.path.SetText(kitPath(s.params.Folder))
	d.path.OnChanged = func(string) { s.presenter.pathEdited() }
	d.field = widgets.NewField(lang.L("File"), d.path)
	d.Dialog = widgets.ShowDialog(s.host.Window, widgets.DialogOptions{
		Title:      lang.L("Save as PDF"),
		Content:    widgets.NewColumn(d.field, newRoom(3, d.advice)),
		Primary:    lang.L("Save"),
		OnPrimary:  func() { s.presenter.saveTo(d.path.Text()) },
		KeepOpen:   true,
		Cancel:     lang.L("Cancel"),
		OnCancel:   func() { s.saving = nil; s.presenter.leaveSave() },
		FirstFocus: d.path,
	})
	s.saving = d
	s.presenter.openSave()
}

// show shows the warning in the place of the advice, so nothing moves.
func (d *kitSaveDialog) show(v kitSaveView) {
	d.field.SetError(v.Error)
	if v.OwnDisk {
		d.advice.Set(widgets.Warning, lang.L("This is this computer's own disk: if the computer is lost, the kit is lost with it, and whoever takes the disk has both. A USB stick that is locked away is better."))
		d.SetPrimary(lang.L("Save all the same"), true)
	} else {
		d.advice.Set(widgets.Info, lang.L("A USB stick that is locked away is a good place. Whoever has this file can open everything."))
		d.SetPrimary(lang.L("Save"), false)
	}
	busy := ""
	if v.Busy {
		busy = lang.L("Saving…")
	}
	d.SetBusy(busy)
	if v.Busy {
		d.path.Disable()
	} else {
		d.path.Enable()
	}
	d.Refresh()
}

// careful puts the focus on the safe button once there is a warning: an Enter
// too many must not save.
func (s *KitScreen) careful(v kitSaveView) {
	if v.OwnDisk && !s.saving.warned {
		s.focus(s.saving.Cancel())
	}
	s.saving.warned = v.OwnDisk
}

// closeSave takes the dialog away, if it is open.
func (s *KitScreen) closeSave() {
	if d := s.saving; d != nil {
		s.saving = nil
		s.presenter.leaveSave()
		d.Close()
	}
}
