package users

import (
	"slices"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
)

// userForm is the dialog "Add user" or "Edit user".
type userForm struct {
	*screen.Dialog
	presenter *presenter
	act       *screen.Act
	of        auth.UserInfo // as they were when it opened; of a new one zero
	name      *widgets.Entry
	username  *widgets.Entry
	role      *widgets.Select
	fields    map[auth.Field]*widgets.Field
}

func newUserForm(p *presenter) *userForm {
	d := &userForm{presenter: p, name: widgets.NewEntry(), username: widgets.NewEntry()}
	var choices []string
	for _, role := range pane.Roles {
		choices = append(choices, pane.RoleText(role))
	}
	d.role = widgets.NewSelect(choices, nil)
	d.role.SetSelectedIndex(0)
	d.fields = map[auth.Field]*widgets.Field{
		auth.FieldName:     widgets.NewField(lang.L("Name"), d.name),
		auth.FieldUsername: widgets.NewField(lang.L("Username"), d.username),
		auth.FieldRole:     widgets.NewField(lang.L("Role"), d.role),
	}
	d.act = p.newAct(d)
	return d
}

func openAddUser(s *screen.Dialogs, p *presenter) {
	d := newUserForm(p)
	d.fields[auth.FieldUsername].SetHelp(lang.L("For signing in. No spaces."))
	d.fields[auth.FieldRole].Reserve(0)
	d.open(s, lang.L("Add user"), lang.L("Add user"))
}

func openEditUser(s *screen.Dialogs, p *presenter, user auth.UserInfo) {
	d := newUserForm(p)
	d.of = user
	d.name.SetText(user.Name)
	d.username.SetText(user.Username)
	d.role.SetSelectedIndex(slices.Index(pane.Roles, user.Role))
	d.fields[auth.FieldUsername].SetHelp(lang.L("A new username or role signs this person out."))
	if user.LastAdmin {
		d.role.Disable()
		d.fields[auth.FieldRole].SetHelp(words.Error(auth.ErrLastAdmin))
	}
	d.open(s, lang.L("Edit user"), lang.L("Save"))
}

func (d *userForm) open(s *screen.Dialogs, title, primary string) {
	d.Dialog = s.ShowForm(widgets.DialogOptions{
		Title:      title,
		Content:    widgets.NewColumn(d.fields[auth.FieldName], d.fields[auth.FieldUsername], d.fields[auth.FieldRole]),
		Primary:    primary,
		OnPrimary:  d.save,
		Cancel:     lang.L("Cancel"),
		OnCancel:   d.act.Cancel,
		FirstFocus: d.name,
	}, d.fields, nil)
}

func (d *userForm) save() {
	form := auth.UserForm{Name: d.name.Text, Username: d.username.Text, Role: pane.Roles[d.role.SelectedIndex()]}
	d.presenter.save(d.act, d.of, form)
}

// questionDialog is the dialog before an action that has to be meant.
type questionDialog struct {
	*screen.Dialog
	presenter *presenter
	act       *screen.Act
	action    action
	user      auth.UserInfo
	reason    *widgets.Entry
	fields    map[auth.Field]*widgets.Field
}

func openQuestion(s *screen.Dialogs, p *presenter, a action, user auth.UserInfo) {
	d := &questionDialog{presenter: p, action: a, user: user, reason: widgets.NewEntry()}
	d.act = p.newAct(d)
	q := newQuestion(a, user)
	content := widgets.NewColumn(widgets.Label(q.Name), widgets.Paragraph(q.Text))
	if q.You != "" {
		content.Add(widgets.NewNotice(widgets.Warning, q.You))
	}
	if q.Reason {
		field := widgets.NewField(lang.L("Reason"), d.reason)
		field.SetHelp(lang.L("It is kept in the activity log."))
		d.fields = map[auth.Field]*widgets.Field{auth.FieldReason: field}
		content.Add(widgets.NewGap())
		content.Add(field)
	}
	d.Dialog = s.ShowForm(widgets.DialogOptions{
		Title:     q.Title,
		Content:   content,
		Primary:   q.Primary,
		OnPrimary: d.do,
		Danger:    q.Danger,
		Careful:   true,
		Cancel:    lang.L("Cancel"),
		OnCancel:  d.act.Cancel,
	}, d.fields, nil)
}

func (d *questionDialog) do() { d.presenter.do(d.act, d.action, d.user, d.reason.Text) }
