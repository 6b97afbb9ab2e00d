package account

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// moveSheet is the first dialog of "Move to a new phone".
type moveSheet struct {
	*screen.Dialog
	move  *phoneMove
	code  *widgets.CodeField
	field *widgets.Field
}

func openMove(s *screen.Dialogs, a *account) {
	d := &moveSheet{code: widgets.NewCodeField()}
	d.move = a.newMove(d)
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
		OnPrimary:  d.submit,
		Cancel:     lang.L("Cancel"),
		OnCancel:   d.move.cancel,
		FirstFocus: d.code,
	}, d.wipe)
	d.move.refresh()
}

func (d *moveSheet) submit() { d.move.submit(d.code.Text()) }

// show implements moveDialog.
func (d *moveSheet) show(v moveView) {
	if v.Busy {
		d.SetBusy(lang.L("Checking…"))
	} else {
		d.SetBusy("")
	}
	d.EnablePrimary(v.CanSubmit)
	d.field.SetHelp(v.NextCode)
	d.field.SetError(v.Error)
}

// retype implements moveDialog.
func (d *moveSheet) retype() {
	d.code.Clear()
	d.Window().Canvas().Focus(d.code.Focusable())
}

func (d *moveSheet) wipe() {
	d.move.stop()
	d.code.Clear()
}

// newCodesSheet is the dialog before new recovery codes are made.
type newCodesSheet struct {
	*screen.Dialog
	task *screen.Act
}

func openNewCodes(s *screen.Dialogs, a *account) {
	d := &newCodesSheet{}
	d.task = a.newTask(d)
	d.Dialog = s.Show(widgets.DialogOptions{
		Title:     lang.L("Make new recovery codes"),
		Content:   widgets.Paragraph(lang.L("You get ten new ones to put away. Those you have now stop counting at once.")),
		Careful:   true,
		Primary:   lang.L("Make new ones"),
		OnPrimary: func() { a.newCodes(d.task) },
		Cancel:    lang.L("Cancel"),
		OnCancel:  d.task.Cancel,
	}, nil)
}
