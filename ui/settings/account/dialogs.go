package account

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// moveDialog is the first dialog of "Move to a new phone".
type moveDialog struct {
	*screen.Dialog
	move  *move
	code  *widgets.CodeField
	field *widgets.Field
}

func openMove(s *screen.Dialogs, p *presenter) {
	d := &moveDialog{code: widgets.NewCodeField()}
	d.move = p.newMove(move{dialog: screen.NewView(d.show), retype: d.retype, close: func() { d.Close() }})
	d.code.OnComplete = d.move.submit
	d.field = widgets.NewField(lang.L("Auth Code"), d.code)
	d.Dialog = s.Show(widgets.DialogOptions{
		Title: lang.L("Move to a new phone"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("Type a code from your old phone. It goes on working until the new one is confirmed.")),
			widgets.NewGap(),
			d.field,
		),
		Primary:    lang.L("Continue"),
		OnPrimary:  func() { d.move.submit(d.code.Text()) },
		Cancel:     lang.L("Cancel"),
		OnCancel:   d.move.cancel,
		FirstFocus: d.code,
	}, d.wipe)
	d.move.show()
}

func (d *moveDialog) show(v moveView) {
	busy := ""
	if v.IsBusy {
		busy = lang.L("Checking…")
	}
	d.SetBusy(busy)
	d.EnablePrimary(v.CanSubmit)
	d.field.SetHelp(v.NextCode)
	d.field.SetError(v.Error)
}

func (d *moveDialog) retype() {
	d.code.Clear()
	d.Window().Canvas().Focus(d.code.Focusable())
}

func (d *moveDialog) wipe() {
	d.move.stop()
	d.code.Clear()
}

// openNewCodes asks before new recovery codes are made.
func openNewCodes(s *screen.Dialogs, p *presenter) {
	var act *screen.Act
	d := s.Show(widgets.DialogOptions{
		Title:     lang.L("Make new recovery codes"),
		Content:   widgets.Paragraph(lang.L("You get ten new ones to put away. Those you have now stop counting at once.")),
		Careful:   true,
		Primary:   lang.L("Make new ones"),
		OnPrimary: func() { p.newCodes(act) },
		Cancel:    lang.L("Cancel"),
		OnCancel:  func() { act.Cancel() },
	}, nil)
	act = p.newAct(d)
}
