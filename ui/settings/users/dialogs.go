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

// userSheet is the dialog "Add user" or "Edit user".
type userSheet struct {
	*screen.Dialog
	users    *users
	task     *screen.Act
	of       auth.UserInfo // as they were when it opened; of a new one zero
	name     *widgets.Entry
	username *widgets.Entry
	role     *widgets.Select
	fields   map[auth.Field]*widgets.Field
}

func newUserSheet(u *users) *userSheet {
	d := &userSheet{users: u, name: widgets.NewEntry(), username: widgets.NewEntry()}
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
	d.task = u.newTask(d)
	return d
}

func openAddUser(s *screen.Dialogs, u *users) {
	d := newUserSheet(u)
	d.fields[auth.FieldUsername].SetHelp(lang.L("For signing in. No spaces."))
	d.fields[auth.FieldRole].Reserve(0)
	d.open(s, lang.L("Add user"), lang.L("Add user"))
}

func openEditUser(s *screen.Dialogs, u *users, user auth.UserInfo) {
	d := newUserSheet(u)
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

func (d *userSheet) open(s *screen.Dialogs, title, primary string) {
	d.Dialog = s.ShowForm(widgets.DialogOptions{
		Title:      title,
		Content:    widgets.NewColumn(d.fields[auth.FieldName], d.fields[auth.FieldUsername], d.fields[auth.FieldRole]),
		Primary:    primary,
		OnPrimary:  d.save,
		Cancel:     lang.L("Cancel"),
		OnCancel:   d.task.Cancel,
		FirstFocus: d.name,
	}, d.fields, nil)
}

func (d *userSheet) save() {
	form := auth.UserForm{Name: d.name.Text, Username: d.username.Text, Role: pane.Roles[d.role.SelectedIndex()]}
	d.users.save(d.task, d.of, form)
}

// questionSheet is the dialog before an act that has to be meant.
type questionSheet struct {
	*screen.Dialog
	users  *users
	task   *screen.Act
	act    act
	user   auth.UserInfo
	reason *widgets.Entry
	fields map[auth.Field]*widgets.Field
}

func openQuestion(s *screen.Dialogs, u *users, a act, user auth.UserInfo) {
	d := &questionSheet{users: u, act: a, user: user, reason: widgets.NewEntry()}
	d.task = u.newTask(d)
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
		OnCancel:  d.task.Cancel,
	}, d.fields, nil)
}

func (d *questionSheet) do() { d.users.do(d.task, d.act, d.user, d.reason.Text) }
