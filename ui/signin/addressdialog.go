package signin

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"anteroom/ui/widgets"
)

// AddressParams are what the dialog "Change address" needs.
type AddressParams struct {
	Host
	Address string // as it is now
	// Change is slow, so it is called off the UI goroutine.
	Change func(ctx context.Context, address string) error
	Done   func() // the server is at the new address
}

type addressDialog struct {
	*widgets.Dialog
	field *widgets.Field
	focus func() // on what was typed
}

// AskAddress shows the dialog that asks where the practice's server is now.
func AskAddress(p AddressParams) {
	a := &address{host: p.Host, change: p.Change, done: p.Done}
	entry := widgets.NewEntry()
	entry.IsReplaced = true
	entry.SetText(p.Address)
	entry.OnChanged = func(string) { a.edited() }
	d := &addressDialog{
		field: widgets.NewField(lang.L("Address"), entry).Reserve(2),
		focus: func() { p.Window.Canvas().Focus(entry) },
	}
	d.Dialog = widgets.ShowDialog(p.Window, widgets.DialogOptions{
		Title: lang.L("Change address"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("For when the practice's server has another address. It has to be the same server: Anteroom looks at its key.")),
			d.field,
		),
		Primary: lang.L("Change address"), OnPrimary: func() { a.submit(entry.Text) }, KeepOpen: true,
		Cancel: lang.L("Cancel"), OnCancel: a.cancel, Unsaved: func() bool { return false },
		FirstFocus: entry,
	})
	a.display = d
}

func (d *addressDialog) show(v addressView) {
	d.field.SetError(v.Error)
	busy := ""
	if v.Busy {
		busy = lang.L("Looking for the server…")
	}
	d.SetBusy(busy)
	if v.Error != "" {
		d.focus()
	}
}

func (d *addressDialog) close() { d.Close() }
