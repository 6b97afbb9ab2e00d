package computers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// renameSheet is the dialog "Rename computer".
type renameSheet struct {
	*screen.Dialog
	task   *screen.Act
	name   *widgets.Entry
	fields map[auth.Field]*widgets.Field
}

func openRename(s *screen.Dialogs, c *Presenter, info auth.ComputerInfo) {
	d := &renameSheet{name: widgets.NewEntry()}
	d.task = c.newTask(d)
	d.name.SetText(info.Name)
	field := widgets.NewField(lang.L("Name"), d.name)
	field.SetHelp(lang.L("Such as where it stands. The name is seen here and in the activity log."))
	d.fields = map[auth.Field]*widgets.Field{auth.FieldComputer: field}
	d.Dialog = s.ShowForm(widgets.DialogOptions{
		Title:      lang.L("Rename computer"),
		Content:    widgets.NewColumn(field),
		Primary:    lang.L("Rename"),
		OnPrimary:  func() { c.rename(d.task, info.ID, d.name.Text) },
		Cancel:     lang.L("Cancel"),
		OnCancel:   d.task.Cancel,
		FirstFocus: d.name,
	}, d.fields, nil)
}

// unlinkSheet is the dialog before a computer is unlinked.
type unlinkSheet struct {
	*screen.Dialog
	task *screen.Act
}

func openUnlink(s *screen.Dialogs, c *Presenter, info auth.ComputerInfo) {
	d := &unlinkSheet{}
	d.task = c.newTask(d)
	q := newUnlinkQuestion(info)
	content := widgets.NewColumn(widgets.Label(q.Name))
	for _, text := range q.Text {
		content.Add(widgets.Paragraph(text))
	}
	content.Add(widgets.NewGap())
	content.Add(widgets.NewNotice(widgets.Warning, q.Stolen))
	d.Dialog = s.Show(widgets.DialogOptions{
		Title:     lang.L("Unlink computer"),
		Content:   content,
		Primary:   lang.L("Unlink"),
		OnPrimary: func() { c.unlink(d.task, info) },
		Danger:    true,
		Cancel:    lang.L("Cancel"),
		OnCancel:  d.task.Cancel,
	}, nil)
}

// linkingCodeSheet shows a linking code, this once.
type linkingCodeSheet struct {
	*screen.Dialog
	copier *work.Copier
	code   *LinkingCode
	text   string // of the code
	shown  *widget.RichText
	left   *widgets.Text
	copy   *widgets.Button
	copied *widgets.Text
}

// OpenLinkingCode shows a linking code, this once.
func OpenLinkingCode(s *screen.Dialogs, l *LinkingCode, c *work.Copier) {
	d := &linkingCodeSheet{copier: c, code: l, shown: pane.LargeText(""), left: widgets.Quiet("").Centered(), copied: widgets.Small("")}
	d.copy = widgets.NewButton(lang.L("Copy"), d.copyCode)
	content := widgets.NewColumn()
	if len(l.addresses) > 0 {
		content.Add(widgets.Paragraph(lang.L("On the other computer start Anteroom, and choose “Connect to the practice's server…”. Type this address there, and the code within ten minutes. It works once.")))
		content.Add(pane.LargeText(l.addresses[0]))
		if others := OtherAddresses(l.addresses); others != "" {
			content.Add(widgets.Small(others).Centered())
		}
	} else {
		content.Add(widgets.Paragraph(lang.L("Type it on the other computer or account within ten minutes. It works once.")))
	}
	for _, o := range []fyne.CanvasObject{
		d.shown,
		d.left,
		container.NewHBox(d.copy, container.NewCenter(d.copied.OneLine())),
		widgets.Paragraph(lang.L("Whoever has it links a computer to this practice, so show it to nobody else.")),
	} {
		content.Add(o)
	}
	// Esc is Done too: there is nothing to cancel.
	page := widgets.NewPage(content, widgets.PageOptions{OnEscape: d.done})
	d.Dialog = s.Show(widgets.DialogOptions{
		Title:     lang.L("Linking code"),
		Content:   page,
		Primary:   lang.L("Done"),
		OnPrimary: d.done,
	}, d.wipe)
	l.begin(d)
}

// show implements linkingCodeDialog.
func (d *linkingCodeSheet) show(v linkingCodeView) {
	d.setText(v.Code)
	d.left.SetText(v.Left)
	if v.Code == "" {
		d.copied.SetText("")
		d.TurnOff(d.copy)
	}
}

func (d *linkingCodeSheet) copyCode() {
	d.copier.Copy(d.text)
	d.copied.SetText(lang.L("Copied. It leaves the clipboard in 60 s"))
}

func (d *linkingCodeSheet) done() { d.Close() }

func (d *linkingCodeSheet) wipe() {
	d.code.end()
	d.setText("")
}

func (d *linkingCodeSheet) setText(text string) {
	if text != d.text {
		d.text = text
		pane.SetLargeText(d.shown, text)
	}
}
