package computers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// renameForm is the dialog "Rename computer".
type renameForm struct {
	*screen.Dialog
	act    *screen.Act
	name   *widgets.Entry
	fields map[auth.Field]*widgets.Field
}

func openRename(s *screen.Dialogs, p *Presenter, info auth.ComputerInfo) {
	d := &renameForm{name: widgets.NewEntry()}
	d.act = p.newAct(d)
	d.name.SetText(info.Name)
	field := widgets.NewField(lang.L("Name"), d.name)
	field.SetHelp(lang.L("Such as where it stands. The name is seen here and in the activity log."))
	d.fields = map[auth.Field]*widgets.Field{auth.FieldComputer: field}
	d.Dialog = s.ShowForm(widgets.DialogOptions{
		Title:      lang.L("Rename computer"),
		Content:    widgets.NewColumn(field),
		Primary:    lang.L("Rename"),
		OnPrimary:  func() { p.rename(d.act, info.ID, d.name.Text) },
		Cancel:     lang.L("Cancel"),
		OnCancel:   d.act.Cancel,
		FirstFocus: d.name,
	}, d.fields, nil)
}

// unlinkDialog is the dialog before a computer is unlinked.
type unlinkDialog struct {
	*screen.Dialog
	act *screen.Act
}

func openUnlink(s *screen.Dialogs, p *Presenter, info auth.ComputerInfo) {
	d := &unlinkDialog{}
	d.act = p.newAct(d)
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
		OnPrimary: func() { p.unlink(d.act, info) },
		Danger:    true,
		Cancel:    lang.L("Cancel"),
		OnCancel:  d.act.Cancel,
	}, nil)
}

// OpenLinkingCode shows a linking code, this once.
func OpenLinkingCode(s *screen.Dialogs, l *LinkingCode, c *work.Copier) {
	secret, left := pane.NewSecret(c), widgets.Quiet("").Centered()
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
		secret.Large, left, secret.CopyRow,
		widgets.Paragraph(lang.L("Whoever has it links a computer to this practice, so show it to nobody else.")),
	} {
		content.Add(o)
	}
	d := pane.ShowOnce(s, lang.L("Linking code"), content, func() {
		l.end()
		secret.Set("")
	})
	l.begin(func(v linkingCodeView) {
		secret.Set(v.Code)
		left.SetText(v.Left)
		if v.Code == "" {
			secret.End(d)
		}
	})
}
