package recovery

import (
	"context"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// checkDialog is the dialog "Check my kit".
type checkDialog struct {
	*screen.Dialog
	check  *check
	leave  context.CancelFunc
	key    *widgets.Entry
	result *widgets.Notice
}

func openCheck(s *screen.Dialogs, p *presenter) {
	d := &checkDialog{key: widgets.NewEntry(), result: widgets.NewNotice(widgets.Good, "")}
	d.check, d.leave = p.newCheck(screen.NewView(d.show))
	d.key.Spoken = lang.L("Key of the recovery kit")
	d.key.OnChanged = func(string) { d.check.edited() }
	content := widgets.NewColumn(
		widgets.Paragraph(lang.L("Type the key that is on the page, to see whether it opens the practice. Nothing is changed.")),
		widgets.NewGap(),
		widgets.Label(lang.L("Key of the recovery kit")),
		d.key, // wider than other fields, so that all of the key is in sight
		widgets.Small(lang.L("Eight groups of five characters. Spaces and capitals don't matter.")),
		container.New(layouts.MinSize{Height: layouts.AtLeast(layouts.Lines(2))}, d.result),
	)
	d.Dialog = s.Show(widgets.DialogOptions{
		Title:      lang.L("Check my kit"),
		Content:    content,
		Primary:    lang.L("Check"),
		OnPrimary:  func() { d.check.run(d.key.Text) },
		Cancel:     lang.L("Close"),
		Unsaved:    func() bool { return d.key.Text != "" && d.result.Text() == "" }, // not checked yet
		FirstFocus: d.key,
	}, d.wipe)
}

func (d *checkDialog) show(v checkView) {
	if v.Busy {
		d.SetBusy(lang.L("Checking…"))
	} else {
		d.SetBusy("")
	}
	d.result.Set(widgets.Good, v.Right)
	if v.Wrong != "" {
		d.result.Set(widgets.Error, v.Wrong)
	}
}

func (d *checkDialog) wipe() {
	d.leave()
	d.key.SetText("")
}
