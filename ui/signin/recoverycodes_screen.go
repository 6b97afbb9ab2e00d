package signin

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// RecoveryCodesParams are what the screen "Your recovery codes" needs.
type RecoveryCodesParams struct {
	screen.Scope
	Window fyne.Window
	Codes  []string
	Copier *work.Copier

	// These are slow, so called off the UI goroutine.
	Keep    func(context.Context) error // notes that they were put away
	Print   func() error                // shows the page in the system's viewer
	Save    func(path string) error
	OwnDisk func(path string) bool // a path on a disk that is lost with this computer
	Folder  string                 // proposed for saving
	Said    string                 // what was just done; "": nothing is said

	Done func()
}

// recoveryCodesShape is a list of ten codes.
var recoveryCodesShape = widgets.SheetShape{Count: 10, Columns: 2, Length: 19, Size: 1.2, Beside: true}

// RecoveryCodesScreen shows a user's ten recovery codes, this once.
type RecoveryCodesScreen struct {
	screen.Page
	params    RecoveryCodesParams
	presenter *recoveryCodes
	sheet     *widgets.KeySheet
	said      *widgets.Notice
	print     *widgets.Button
	save      *widgets.Button
	copy      *widgets.Button
	footer    *screen.Footer
	saving    *screen.SaveDialog
	card      *widgets.Card
}

// NewRecoveryCodes makes the screen.
func NewRecoveryCodes(p RecoveryCodesParams) *RecoveryCodesScreen {
	s := &RecoveryCodesScreen{
		params: p, presenter: newRecoveryCodes(p), sheet: widgets.NewKeySheet(recoveryCodesShape), said: widgets.NewNotice(widgets.Good, ""),
	}
	s.sheet.Set(p.Codes)
	s.saving = screen.NewSaveDialog(p.Window, screen.SaveWords{
		File: recoveryCodesFile(), Folder: p.Folder,
		Advice:  lang.L("A USB stick that you keep with you is a good place. With your password, whoever has this file can sign in as you."),
		OwnDisk: lang.L("This is this computer's own disk: whoever sits here may find the codes. Your own USB stick or paper is better."),
	}, &s.presenter.saver)
	s.print = widgets.NewButton(lang.L("Print"), s.presenter.print)
	s.save = widgets.NewButton(lang.L("Save as PDF…"), s.saving.Open)
	s.copy = widgets.NewButton(lang.L("Copy"), s.presenter.copy)
	s.footer = screen.NewFooter(lang.L("One moment…"), nil,
		widgets.NewPrimaryButton(lang.L("I have put them away"), s.presenter.keep), s.presenter.task.Cancel)
	done := widgets.NewNotice(widgets.Good, p.Said)
	done.Hidden = p.Said == ""
	s.card = widgets.NewCard(
		done,
		widgets.Heading(lang.L("Your recovery codes")),
		widgets.Paragraph(lang.L("Each lets you in once when your phone is not at hand. Print them or write them down now, and keep them away from this computer.")),
		s.sheet,
		container.NewHBox(s.print, s.save, s.copy),
	).Footed(widgets.Room(2, s.said), s.footer.Line)
	s.card.Width = screen.WideCard
	s.Page = screen.NewPage(p.Window, help.RecoveryCodes, widgets.Centered(s.card), widgets.PageOptions{})
	s.presenter.begin(screen.NewView(s.show), s.saving.Close)
	return s
}

// Focus leaves the focus with nothing: an Enter too many, after the sixth digit
// of a code, must neither print the codes nor say that they were put away.
func (s *RecoveryCodesScreen) Focus() {
	s.Page.Focus()
	s.Window.Canvas().Unfocus()
}

// Close wipes the codes.
func (s *RecoveryCodesScreen) Close() {
	s.sheet.Set(nil)
	s.saving.Close()
	s.footer.Show(screen.Idle, false)
}

func (s *RecoveryCodesScreen) show(v recoveryCodesView) {
	s.said.Set(widgets.Good, v.Said)
	if v.Error != "" {
		s.said.Set(widgets.Error, v.Error)
	}
	s.footer.Primary.SetText(lang.L("I have put them away"))
	if v.Unkept {
		s.footer.Primary.SetText(lang.L("Go on"))
	}
	widgets.SetEnabled(s.print, v.CanSubmit)
	widgets.SetEnabled(s.save, v.CanSubmit)
	s.footer.Show(v.Stage, v.CanSubmit)
	s.saving.Show(v.Save)
	s.card.Refresh()
}
