package screen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/widgets"
)

// proofForm is the dialog "Confirm it is you".
type proofForm struct {
	*Dialog
	proof     *Proof
	password  *widgets.PasswordEntry
	code      *widgets.CodeField
	codeField *widgets.Field
}

// OpenProof shows the dialog of a proof.
func (s *Dialogs) OpenProof(p *Proof) ProofDialog {
	d := &proofForm{proof: p, password: widgets.NewPasswordEntry(), code: widgets.NewCodeField()}
	d.codeField = widgets.NewField(lang.L("Auth Code"), d.code)
	d.code.OnComplete = d.codeComplete

	text := lang.L("Type your password to go on.")
	content := []fyne.CanvasObject{widgets.NewField(lang.L("Your password"), d.password).Reserve(0)}
	if p.need.Code {
		text = lang.L("Type your password, and the code your authenticator app shows, to go on.")
		content = append(content, d.codeField, widgets.Small(lang.L("A recovery code or a one-time code does not count here.")))
	}
	content = append([]fyne.CanvasObject{widgets.Paragraph(text), widgets.NewGap()}, content...)
	d.Dialog = s.Show(widgets.DialogOptions{
		Title:      lang.L("Confirm it is you"),
		Content:    widgets.NewColumn(content...),
		Primary:    lang.L("Confirm"),
		OnPrimary:  d.submit,
		Cancel:     lang.L("Cancel"),
		OnCancel:   p.Cancel,
		FirstFocus: d.password,
	}, d.wipe)
	return d
}

// submit goes on to the code while that is empty: Enter after the password is no mistake.
func (d *proofForm) submit() {
	if d.proof.need.Code && d.password.Text != "" && d.code.Text() == "" {
		d.code.Focus()
		return
	}
	d.proof.Submit(d.password.Text, d.code.Text())
}

// codeComplete submits with the sixth digit, once the password is there.
func (d *proofForm) codeComplete(string) {
	if d.password.Text != "" {
		d.submit()
	}
}

// Show implements ProofDialog.
func (d *proofForm) Show(v ProofView) {
	d.EnablePrimary(v.CanSubmit)
	if v.Busy {
		d.SetBusy(lang.L("Checking…"))
	} else {
		d.SetBusy("")
	}
	d.SetError(v.Error)
	d.codeField.SetHelp(v.NextCode)
}

// Retype implements ProofDialog.
func (d *proofForm) Retype() {
	d.wipe()
	d.Window().Canvas().Focus(d.password)
}

func (d *proofForm) wipe() {
	d.password.SetText("")
	d.password.SetShown(false)
	d.code.Clear()
}
