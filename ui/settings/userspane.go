package settings

import (
	"slices"
	"strings"

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
	list := widgets.NewList(
		widgets.Column{Title: lang.L("Name"), Width: 120, Grow: true},
		widgets.Column{Title: lang.L("Username"), Width: 90, Grow: true},
		widgets.Column{Title: lang.L("Role"), Width: 118},
		widgets.Column{Title: lang.L("Two-factor"), Width: 112},
		widgets.Column{Title: lang.L("Last sign-in"), Width: 132},
		widgets.Column{Title: lang.L("Status"), Width: 156},
	)
	list.ID = idIn(func() []auth.UserInfo { return w.users.list }, func(u auth.UserInfo) string { return u.ID })
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
	w.tablePane = newTablePane(head, list, widgets.NewColumn(w.result, w.name, w.facts, w.need, actsRow, w.why))
	return w
}

// show implements usersPane.
func (w *usersWidgets) show(v usersView) {
	rowsChanged := !slices.EqualFunc(w.shown.Rows, v.Rows, slices.Equal[[]string])
	w.shown = v
	if rowsChanged {
		w.list.SetRows(v.Rows)
	}
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
