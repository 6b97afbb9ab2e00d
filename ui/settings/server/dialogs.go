package server

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data/sharing"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// form is a dialog that asks for an act.
type form struct{ *screen.Dialog }

// shareDialog is the dialog "Share with other computers".
type shareDialog struct {
	form
	lines []*checkRow
	again *widgets.Button
	body  *fyne.Container
}

// checkRow is a line of the list.
type checkRow struct {
	text *widgets.Notice
	help *widgets.Text
}

var noticeOf = map[checkState]widgets.Kind{checkOpen: widgets.Open, checkGood: widgets.Good, checkBad: widgets.Warning}

func openShare(s *screen.Dialogs, p *presenter) {
	d := &shareDialog{body: widgets.NewColumn()}
	share := newShare(p, d, screen.NewView(d.show))
	for range sharing.Checks {
		row := &checkRow{text: widgets.NewNotice(widgets.Open, ""), help: widgets.Small("")}
		d.lines = append(d.lines, row)
		d.body.Add(row.text)
		d.body.Add(pane.Indented(row.help))
	}
	d.again = widgets.NewLink(lang.L("Look again"), share.look)
	d.again.Hide()
	content := widgets.NewColumn(
		widgets.Paragraph(lang.L("The practice's data moves into a server that Anteroom runs on this computer. Then other computers in the same network work with it too, as long as this one is switched on.")),
		widgets.Paragraph(lang.L("What is here now is kept aside. Everyone signs in again afterwards, with the password they have.")),
		widgets.NewGap(),
		d.body,
		d.again,
	)
	d.Dialog = s.Show(widgets.DialogOptions{
		Title:     lang.L("Share with other computers"),
		Content:   content,
		Width:     560,
		Careful:   true,
		Primary:   lang.L("Move and share"),
		OnPrimary: share.move,
		Cancel:    lang.L("Cancel"),
	}, share.close)
	share.look()
}

func (d *shareDialog) show(v shareView) {
	for i, line := range v.Lines {
		row := d.lines[i]
		row.text.Set(noticeOf[line.State], line.Text)
		row.help.SetText(line.Help)
		d.body.Objects[2*i+1].(*fyne.Container).Hidden = line.Help == ""
	}
	d.EnablePrimary(v.CanMove)
	d.again.Hidden = !v.CanLook
	d.body.Refresh()
	d.Refresh()
}

// openAlone asks before "Work on this computer only".
func openAlone(s *screen.Dialogs, p *presenter) {
	d, word := &form{}, widgets.NewEntry()
	act, q := p.newAct(d), newAloneQuestion(p.linked())
	content := widgets.NewColumn()
	for _, text := range q.Text {
		content.Add(widgets.Paragraph(text))
	}
	if q.Any {
		content.Add(widgets.NewNotice(widgets.Warning, q.Out))
	} else {
		content.Add(widgets.Paragraph(q.Out))
	}
	content.Add(widgets.NewGap())
	content.Add(widgets.NewField(lang.L("Type {{.Word}} to go on", map[string]any{"Word": q.Word}), word).Reserve(0))
	d.Dialog = s.Show(widgets.DialogOptions{
		Title:   lang.L("Work on this computer only"),
		Content: content,
		Primary: lang.L("Work on this computer only"),
		OnPrimary: func() {
			if q.isConfirmed(word.Text) {
				p.workAlone(act)
			}
		},
		Danger:     true,
		Cancel:     lang.L("Cancel"),
		OnCancel:   act.Cancel,
		FirstFocus: word,
		Unsaved:    func() bool { return false },
	}, nil)
	d.EnablePrimary(false)
	word.OnChanged = func(text string) { d.EnablePrimary(q.isConfirmed(text)) }
}

func openAddress(s *screen.Dialogs, p *presenter) {
	d, address := &form{}, widgets.NewEntry()
	act := p.newAct(d)
	address.IsReplaced = true
	address.SetText(p.sharing.Where().Address)
	field := widgets.NewField(lang.L("Address"), address)
	field.SetHelp(lang.L("The server's name or number. At the server it stands under Settings > Server."))
	d.Dialog = s.ShowForm(widgets.DialogOptions{
		Title: lang.L("Change address"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("For when the practice's server has another address. It has to be the same server: Anteroom looks at its key.")),
			widgets.Paragraph(lang.L("Everyone who is signed in at this window signs in again.")),
			widgets.NewGap(),
			field,
		),
		Primary:    lang.L("Change address"),
		OnPrimary:  func() { p.changeAddress(act, address.Text) },
		Cancel:     lang.L("Cancel"),
		OnCancel:   act.Cancel,
		FirstFocus: address,
		Unsaved:    func() bool { return false },
	}, map[auth.Field]*widgets.Field{fieldAddress: field}, nil)
}

// openLeave asks before "Leave the server".
func openLeave(s *screen.Dialogs, p *presenter) {
	d := &form{}
	act := p.newAct(d)
	d.Dialog = s.Show(widgets.DialogOptions{
		Title: lang.L("Leave the server"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("This computer does not work with the practice any more: who is signed in here is signed out, and Anteroom begins anew as after it was installed.")),
			widgets.Paragraph(lang.L("Nothing is lost: the practice's data stays on the server. With a linking code this computer comes back.")),
		),
		Primary:   lang.L("Leave the server"),
		OnPrimary: func() { p.leave(act) },
		Danger:    true,
		Cancel:    lang.L("Cancel"),
		OnCancel:  act.Cancel,
	}, nil)
}

func openMoveTo(s *screen.Dialogs, p *presenter) {
	d, address, database, user, password := &form{}, widgets.NewEntry(), widgets.NewEntry(), widgets.NewEntry(), widgets.NewPasswordEntry()
	act := p.newAct(d)
	fields := map[auth.Field]*widgets.Field{
		fieldAddress:       widgets.NewField(lang.L("Address"), address),
		fieldDatabase:      widgets.NewField(lang.L("Database"), database).Reserve(1),
		fieldServerUser:    widgets.NewField(lang.L("User"), user).Reserve(1),
		auth.FieldPassword: widgets.NewField(lang.L("Password"), password).Reserve(1),
	}
	fields[fieldAddress].SetHelp(lang.L("Name or number, with the port if it is not {{.Port}}.", map[string]any{"Port": "5432"}))
	fields[fieldServerUser].SetHelp(lang.L("The owner of the database, who may make roles."))
	d.Dialog = s.ShowForm(widgets.DialogOptions{
		Title: lang.L("Move to another server"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("For who runs a PostgreSQL 15 or newer for this practice. The data moves into an empty database there, whole or not at all. Everyone signs in again afterwards.")),
			widgets.NewGap(),
			fields[fieldAddress], fields[fieldDatabase], fields[fieldServerUser], fields[auth.FieldPassword],
		),
		Primary: lang.L("Move"),
		OnPrimary: func() {
			p.moveTo(act, sharing.Target{Address: address.Text, Database: database.Text, User: user.Text, Password: password.Text})
		},
		Cancel:     lang.L("Cancel"),
		OnCancel:   act.Cancel,
		FirstFocus: address,
		Unsaved: func() bool {
			return !act.IsBusy() && strings.TrimSpace(address.Text+database.Text+user.Text+password.Text) != ""
		},
	}, fields, func() { password.SetText("") })
}
