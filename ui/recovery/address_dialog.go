package recovery

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// AddressParams are what the dialog "Change address" needs.
type AddressParams struct {
	screen.Scope
	Window  fyne.Window
	Address string // as it is now
	// Change is slow, so it is called off the UI goroutine.
	Change func(ctx context.Context, address string) error
	Done   func() // the server is at the new address
}

// AskAddress shows the dialog that asks where the practice's server is now.
func AskAddress(p AddressParams) {
	entry := widgets.NewEntry()
	entry.IsReplaced = true
	entry.SetText(p.Address)
	field := widgets.NewField(lang.L("Address"), entry).Reserve(2)
	var a *address
	dialogs := &screen.Dialogs{Window: p.Window}
	d := dialogs.ShowForm(widgets.DialogOptions{
		Title: lang.L("Change address"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("For when the practice's server has another address. It has to be the same server: Anteroom looks at its key.")),
			field,
		),
		Primary: lang.L("Change address"), OnPrimary: func() { a.submit(entry.Text) },
		Cancel: lang.L("Cancel"), OnCancel: func() { a.act.Cancel() }, Unsaved: func() bool { return false },
		FirstFocus: entry,
	}, map[auth.Field]*widgets.Field{fieldAddress: field}, nil)
	a = newAddress(p, d)
	entry.OnChanged = func(string) { a.edited() }
}
