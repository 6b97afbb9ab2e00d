package settings

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// usersWidgets is the pane "Users".
type usersWidgets struct {
	*tablePane
	list   *widgets.Table[auth.UserInfo]
	sheets *sheets
	copier *work.Copier
	users  *users

	result *widgets.Notice
	name   *widgets.Text
	facts  *widgets.Text
	need   *widgets.Notice
	acts   []*widgets.Button
	why    *widgets.Text

	shown usersView
}

func newUsersWidgets(s *sheets, c *work.Copier) *usersWidgets {
	w := &usersWidgets{sheets: s, copier: c}
	list := widgets.NewTable(func(u auth.UserInfo) string { return u.ID }, userColumns(func() time.Time { return w.users.runner.Now() })...)
	list.OnSelected = func(row int) { w.users.choose(row) }
	list.OnActivated = func(int) { w.press(actEdit) }
	w.name, w.facts, w.why = widgets.Label(""), widgets.Quiet(""), widgets.Small("")
	w.result, w.need = widgets.NewNotice(widgets.Good, ""), widgets.NewNotice(widgets.Warning, "")
	actsRow := widgets.NewFlow()
	for i := range maxActs {
		b := widgets.NewButton("", func() { w.press(w.shown.Acts[i].Act) })
		b.Disable()
		w.acts = append(w.acts, b)
		actsRow.Add(b)
	}
	head := container.NewBorder(nil, nil, nil,
		widgets.NewPrimaryButton(lang.L("Add user…"), w.add), widgets.Heading(lang.L("Users")))
	w.list, w.tablePane = list, newTablePane(head, list, widgets.NewColumn(w.result, w.name, w.facts, w.need, actsRow, w.why))
	return w
}

// show implements usersPane.
func (w *usersWidgets) show(v usersView) {
	w.shown = v
	w.list.SetRows(v.Rows)
	w.list.Select(v.Chosen)
	w.name.SetText(v.Name)
	w.facts.SetText(v.Facts)
	w.why.SetText(strings.Join(v.Why, " "))
	showResult(w.result, v.Good, v.Error)
	w.need.Set(widgets.Warning, v.Need)
	for i, b := range w.acts {
		if i >= len(v.Acts) {
			b.Hide()
			continue
		}
		b.SetText(v.Acts[i].Text)
		enable(b, !v.Acts[i].Off)
		b.Show()
	}
	layouts.Refresh(w.content)
}

// maxActs is how many things can be done to a user at most.
const maxActs = 7

// begin implements usersPane.
func (w *usersWidgets) begin(a act, user auth.UserInfo) { w.sheets.openQuestion(w.users, a, user) }

// showOneTime implements usersPane.
func (w *usersWidgets) showOneTime(v oneTimeView) { w.sheets.openOneTime(v, w.copier, w.users.office) }

func (w *usersWidgets) add() { w.sheets.openAddUser(w.users) }

func (w *usersWidgets) press(a act) {
	user, ok := w.users.user()
	switch {
	case !ok:
	case a == actEdit:
		w.sheets.openEditUser(w.users, user)
	default:
		w.sheets.openQuestion(w.users, a, user)
	}
}

// userColumns are what the list shows of a user.
func userColumns(now func() time.Time) []widgets.Column[auth.UserInfo] {
	return []widgets.Column[auth.UserInfo]{
		{Title: lang.L("Name"), Width: 120, Grow: true, Text: func(u auth.UserInfo) string { return u.Name }},
		{Title: lang.L("Username"), Width: 90, Grow: true, Text: func(u auth.UserInfo) string { return u.Username }},
		{Title: lang.L("Role"), Width: 118, Text: func(u auth.UserInfo) string { return roleText(u.Role) }},
		{Title: lang.L("Two-factor"), Width: 112, Text: twoFactorText},
		{Title: lang.L("Last sign-in"), Width: 132, Text: func(u auth.UserInfo) string { return lastSignInText(u, now()) }},
		{Title: lang.L("Status"), Width: 156, Text: statusText},
	}
}
