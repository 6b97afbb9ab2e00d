package users

import (
	"context"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// oneTimeDialog shows something to pass on, this once.
type oneTimeDialog struct {
	*screen.Dialog
	copier *work.Copier
	secret string
	shown  *widget.RichText
	copy   *widgets.Button
	copied *widgets.Text
	left   *widgets.Text // how long it is valid
	stop   context.CancelFunc
}

func openOneTime(p pane.Params, v oneTimeView) {
	scope, stop := p.Child()
	d := &oneTimeDialog{
		copier: p.Copier, secret: v.Secret, shown: pane.LargeText(v.Secret), stop: stop,
		copied: widgets.Small(""), left: widgets.Quiet(""),
	}
	d.copy = widgets.NewButton(lang.L("Copy"), d.copySecret)
	content := widgets.NewColumn(
		widgets.Label(v.Name),
		d.shown,
		container.NewHBox(d.copy, container.NewCenter(d.copied.OneLine())),
		widgets.Paragraph(v.Text),
	)
	if !v.Until.IsZero() {
		content.Add(d.left)
	}
	// Esc is Done too: there is nothing to cancel.
	page := widgets.NewPage(content, widgets.PageOptions{OnEscape: d.done})
	d.Dialog = p.Dialogs.Show(widgets.DialogOptions{
		Title:     v.Title,
		Content:   page,
		Primary:   lang.L("Done"),
		OnPrimary: d.done,
	}, d.wipe)
	if until := v.Until; !until.IsZero() {
		tick := func() { d.count(until, p.Now()) }
		tick()
		scope.Every(time.Second, tick)
	}
}

// count says how long it is valid yet, and takes it away when that is over.
func (d *oneTimeDialog) count(until, now time.Time) {
	text, over := pane.LeftText(until, now)
	d.left.SetText(text)
	if over && d.secret != "" {
		d.secret = ""
		pane.SetLargeText(d.shown, "")
		d.copied.SetText("")
		d.TurnOff(d.copy)
	}
}

func (d *oneTimeDialog) copySecret() {
	if d.secret == "" {
		return
	}
	d.copier.Copy(d.secret)
	d.copied.SetText(lang.L("Copied. It leaves the clipboard in 60 s"))
}

func (d *oneTimeDialog) done() { d.Close() }

func (d *oneTimeDialog) wipe() {
	d.stop()
	d.secret = ""
	pane.SetLargeText(d.shown, "")
}
