package signin

import (
	"context"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// RecoveryCodesParams are what the screen "Your recovery codes" needs.
type RecoveryCodesParams struct {
	Host
	Codes  []string
	Copier *work.Copier

	// These are slow, so called off the UI goroutine.
	Keep    func(context.Context) error // notes that they were put away
	Print   func() error                // shows the page in the system's viewer
	Save    func(path string) error
	OwnDisk func(path string) bool // a path on a disk that is lost with this computer
	Folder  string                 // proposed for saving
	Said    string                 // what was just done; "": nothing is said

	Done    func()
	OnEnded func(error)
}

// RecoveryCodesScreen shows a user's ten recovery codes, this once.
type RecoveryCodesScreen struct {
	page
	params    RecoveryCodesParams
	presenter *recovery
	sheet     *keySheet
	said      *widgets.Notice
	print     *widgets.Button
	save      *widgets.Button
	copy      *widgets.Button
	footer    *footer
	saving    *saveDialog // nil while it is not open
	card      *widgets.Card
}

// NewRecoveryCodes makes the screen.
func NewRecoveryCodes(p RecoveryCodesParams) *RecoveryCodesScreen {
	s := &RecoveryCodesScreen{
		params: p, presenter: newRecovery(p), sheet: newKeySheet(recoveryShape), said: widgets.NewNotice(widgets.Good, ""),
	}
	s.sheet.set(p.Codes)
	s.print = widgets.NewButton(lang.L("Print"), s.presenter.print)
	s.save = widgets.NewButton(lang.L("Save as PDF…"), s.openSave)
	s.copy = widgets.NewButton(lang.L("Copy"), s.presenter.copy)
	s.footer = newFooter(lang.L("One moment…"), nil,
		widgets.NewPrimaryButton(lang.L("I have put them away"), s.presenter.keep), s.presenter.task.cancel)
	s.card = widgets.NewCard(
		widgets.Heading(lang.L("Your recovery codes")),
		widgets.Paragraph(lang.L("Each lets you in once when your phone is not at hand. Print them or write them down now, and keep them away from this computer.")),
		s.sheet,
		container.NewHBox(s.print, s.save, s.copy),
	).Footed(newRoom(2, s.said), s.footer.line)
	s.card.Width = blockedWidth
	s.page = newPage(p.Host, widgets.Centered(s.card), widgets.PageOptions{})
	s.presenter.begin(s)
	return s
}

// Focus leaves the focus with nothing: an Enter too many, after the sixth digit
// of a code, must neither print the codes nor say that they were put away.
func (s *RecoveryCodesScreen) Focus() {
	s.page.Focus()
	s.host.Window.Canvas().Unfocus()
}

// Close wipes the codes.
func (s *RecoveryCodesScreen) Close() {
	s.sheet.set(nil)
	s.closeSave()
	s.footer.show(idle, false)
}

func (s *RecoveryCodesScreen) show(v recoveryView) {
	s.said.Set(widgets.Good, v.Said)
	if v.Error != "" {
		s.said.Set(widgets.Error, v.Error)
	}
	s.footer.primary.SetText(lang.L("I have put them away"))
	if v.Unkept {
		s.footer.primary.SetText(lang.L("Go on"))
	}
	setEnabled(s.print, v.CanSubmit)
	setEnabled(s.save, v.CanSubmit)
	s.footer.show(v.Waiting, v.CanSubmit)
	if s.saving != nil {
		s.saving.show(v.Save)
	}
	s.card.Refresh()
}

func (s *RecoveryCodesScreen) openSave() {
	s.saving = openSaveDialog(s.host.Window, saveWords{
		File: recoveryFileName(), Folder: s.params.Folder,
		Advice:  lang.L("A USB stick that you keep with you is a good place. With your password, whoever has this file can sign in as you."),
		OwnDisk: lang.L("This is this computer's own disk: whoever sits here may find the codes. Your own USB stick or paper is better."),
	}, saveActs{
		Edited: s.presenter.saver.pathEdited,
		Save:   s.presenter.saver.saveTo,
		Cancel: func() { s.saving = nil; s.presenter.saver.leaveSave() },
	})
	s.presenter.saver.openSave()
}

func (s *RecoveryCodesScreen) closeSave() {
	if d := s.saving; d != nil {
		s.saving = nil
		s.presenter.saver.leaveSave()
		d.Close()
	}
}
