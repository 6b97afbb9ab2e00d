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

// shareSheet is the dialog "Share with other computers".
type shareSheet struct {
	*screen.Dialog
	share *share
	lines []*checkRow
	again *widgets.Button
	body  *fyne.Container
}

// checkRow is a line of the list.
type checkRow struct {
	text *widgets.Notice
	help *widgets.Text
}

var checkKinds = map[checkState]widgets.Kind{checkOpen: widgets.Open, checkGood: widgets.Good, checkBad: widgets.Warning}

func openShare(s *screen.Dialogs, srv *server) {
	d := &shareSheet{body: widgets.NewColumn()}
	d.share = newShare(srv, d)
	for range sharing.Checks {
		row := &checkRow{text: widgets.NewNotice(widgets.Open, ""), help: widgets.Small("")}
		d.lines = append(d.lines, row)
		d.body.Add(row.text)
		d.body.Add(pane.Indented(row.help))
	}
	d.again = widgets.NewLink(lang.L("Look again"), d.share.look)
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
		OnPrimary: d.share.move,
		Cancel:    lang.L("Cancel"),
	}, d.share.close)
	d.share.look()
}

// showChecks implements shareDialog.
func (d *shareSheet) showChecks(v shareView) {
	for i, line := range v.Lines {
		row := d.lines[i]
		row.text.Set(checkKinds[line.State], line.Text)
		row.help.SetText(line.Help)
		d.body.Objects[2*i+1].(*fyne.Container).Hidden = line.Help == ""
	}
	d.EnablePrimary(v.CanMove)
	d.again.Hidden = !v.CanLook
	d.body.Refresh()
	d.Refresh()
}

// aloneSheet is the question before "Work on this computer only".
type aloneSheet struct {
	*screen.Dialog
	task *screen.Act
}

func openAlone(s *screen.Dialogs, srv *server) {
	d, word := &aloneSheet{}, widgets.NewEntry()
	d.task = srv.newTask(d)
	q := newAloneQuestion(srv.linked())
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
				srv.workAlone(d.task)
			}
		},
		Danger:     true,
		Cancel:     lang.L("Cancel"),
		OnCancel:   d.task.Cancel,
		FirstFocus: word,
		Unsaved:    func() bool { return false },
	}, nil)
	d.EnablePrimary(false)
	word.OnChanged = func(text string) { d.EnablePrimary(q.isConfirmed(text)) }
}

// addressSheet is the dialog "Change address".
type addressSheet struct {
	*screen.Dialog
	task   *screen.Act
	fields map[auth.Field]*widgets.Field
}

func openAddress(s *screen.Dialogs, srv *server) {
	d, address := &addressSheet{}, widgets.NewEntry()
	d.task = srv.newTask(d)
	address.IsReplaced = true
	address.SetText(srv.sharing.Where().Address)
	field := widgets.NewField(lang.L("Address"), address)
	field.SetHelp(lang.L("The server's name or number. At the server it stands under Settings > Server."))
	d.fields = map[auth.Field]*widgets.Field{fieldAddress: field}
	d.Dialog = s.ShowForm(widgets.DialogOptions{
		Title: lang.L("Change address"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("For when the practice's server has another address. It has to be the same server: Anteroom looks at its key.")),
			widgets.Paragraph(lang.L("Everyone who is signed in at this window signs in again.")),
			widgets.NewGap(),
			field,
		),
		Primary:    lang.L("Change address"),
		OnPrimary:  func() { srv.changeAddress(d.task, address.Text) },
		Cancel:     lang.L("Cancel"),
		OnCancel:   d.task.Cancel,
		FirstFocus: address,
		Unsaved:    func() bool { return false },
	}, d.fields, nil)
}

// leaveSheet is the question before "Leave the server".
type leaveSheet struct {
	*screen.Dialog
	task *screen.Act
}

func openLeave(s *screen.Dialogs, srv *server) {
	d := &leaveSheet{}
	d.task = srv.newTask(d)
	d.Dialog = s.Show(widgets.DialogOptions{
		Title: lang.L("Leave the server"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("This computer does not work with the practice any more: who is signed in here is signed out, and Anteroom begins anew as after it was installed.")),
			widgets.Paragraph(lang.L("Nothing is lost: the practice's data stays on the server. With a linking code this computer comes back.")),
		),
		Primary:   lang.L("Leave the server"),
		OnPrimary: func() { srv.leave(d.task) },
		Danger:    true,
		Cancel:    lang.L("Cancel"),
		OnCancel:  d.task.Cancel,
	}, nil)
}

// moveToSheet is the dialog "Move to another server".
type moveToSheet struct {
	*screen.Dialog
	task                    *screen.Act
	address, database, user *widgets.Entry
	password                *widgets.PasswordEntry
	fields                  map[auth.Field]*widgets.Field
}

func openMoveTo(s *screen.Dialogs, srv *server) {
	d := &moveToSheet{address: widgets.NewEntry(), database: widgets.NewEntry(), user: widgets.NewEntry(), password: widgets.NewPasswordEntry()}
	d.task = srv.newTask(d)
	d.fields = map[auth.Field]*widgets.Field{
		fieldAddress:       widgets.NewField(lang.L("Address"), d.address),
		fieldDatabase:      widgets.NewField(lang.L("Database"), d.database).Reserve(1),
		fieldServerUser:    widgets.NewField(lang.L("User"), d.user).Reserve(1),
		auth.FieldPassword: widgets.NewField(lang.L("Password"), d.password).Reserve(1),
	}
	d.fields[fieldAddress].SetHelp(lang.L("Name or number, with the port if it is not {{.Port}}.", map[string]any{"Port": "5432"}))
	d.fields[fieldServerUser].SetHelp(lang.L("The owner of the database, who may make roles."))
	d.Dialog = s.ShowForm(widgets.DialogOptions{
		Title: lang.L("Move to another server"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("For who runs a PostgreSQL 15 or newer for this practice. The data moves into an empty database there, whole or not at all. Everyone signs in again afterwards.")),
			widgets.NewGap(),
			d.fields[fieldAddress], d.fields[fieldDatabase], d.fields[fieldServerUser], d.fields[auth.FieldPassword],
		),
		Primary: lang.L("Move"),
		OnPrimary: func() {
			srv.moveTo(d.task, sharing.Target{
				Address: d.address.Text, Database: d.database.Text, User: d.user.Text, Password: d.password.Text,
			})
		},
		Cancel:     lang.L("Cancel"),
		OnCancel:   d.task.Cancel,
		FirstFocus: d.address,
		Unsaved: func() bool {
			return !d.task.IsBusy() && strings.TrimSpace(d.address.Text+d.database.Text+d.user.Text+d.password.Text) != ""
		},
	}, d.fields, d.wipe)
}

func (d *moveToSheet) wipe() { d.password.SetText("") }
