package users

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// usersWidgets is the pane "Users".
type usersWidgets struct {
	*pane.Table
	dialogs *screen.Dialogs
	copier  *work.Copier
	users   *users

	result *widgets.Notice
	name   *widgets.Text
	facts  *widgets.Text
	need   *widgets.Notice
	acts   []*widgets.Button
	why    *widgets.Text

	shown usersView
}

func newUsersWidgets(s *screen.Dialogs, c *work.Copier) *usersWidgets {
	w := &usersWidgets{dialogs: s, copier: c}
	list := widgets.NewList(
		widgets.Head{Title: lang.L("Name"), Width: 120, Grow: true},
		widgets.Head{Title: lang.L("Username"), Width: 90, Grow: true},
		widgets.Head{Title: lang.L("Role"), Width: 118},
		widgets.Head{Title: lang.L("Two-factor"), Width: 112},
		widgets.Head{Title: lang.L("Last sign-in"), Width: 132},
		widgets.Head{Title: lang.L("Status"), Width: 156},
	)
	list.ID = pane.IDIn(func() []auth.UserInfo { return w.users.list }, func(u auth.UserInfo) string { return u.ID })
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
	w.Table = pane.NewTable(head, list, widgets.NewColumn(w.result, w.name, w.facts, w.need, actsRow, w.why))
	return w
}

// show implements usersPane.
func (w *usersWidgets) show(v usersView) {
	rowsChanged := !slices.EqualFunc(w.shown.Rows, v.Rows, slices.Equal[[]string])
	w.shown = v
	if rowsChanged {
		w.List.SetRows(v.Rows)
	}
	w.List.Select(v.Chosen)
	w.name.SetText(v.Name)
	w.facts.SetText(v.Facts)
	w.why.SetText(strings.Join(v.Why, " "))
	pane.ShowResult(w.result, v.Good, v.Error)
	w.need.Set(widgets.Warning, v.Need)
	for i, b := range w.acts {
		if i >= len(v.Acts) {
			b.Hide()
			continue
		}
		b.SetText(v.Acts[i].Text)
		pane.Enable(b, !v.Acts[i].Off)
		b.Show()
	}
	layouts.Refresh(w.Content)
}

// maxActs is how many things can be done to a user at most.
const maxActs = 7

// begin implements usersPane.
func (w *usersWidgets) begin(a act, user auth.UserInfo) { openQuestion(w.dialogs, w.users, a, user) }

// showOneTime implements usersPane.
func (w *usersWidgets) showOneTime(v oneTimeView) { openOneTime(w.dialogs, v, w.copier, w.users.Scope) }

func (w *usersWidgets) add() { openAddUser(w.dialogs, w.users) }

func (w *usersWidgets) press(a act) {
	user, ok := w.users.user()
	switch {
	case !ok:
	case a == actEdit:
		openEditUser(w.dialogs, w.users, user)
	default:
		openQuestion(w.dialogs, w.users, a, user)
	}
}

// Help is an act with which the pane begins, for a user who asked for help.
type Help struct {
	User    string // id; "": nobody
	IsReset bool   // two-factor is reset; else it is a one-time code
}

// New makes the pane.
func New(p pane.Params, help Help) pane.Pane {
	w := newUsersWidgets(p.Dialogs, p.Copier)
	w.users = &users{Scope: p.Scope, session: p.Session, pane: w}
	switch {
	case help.User != "" && help.IsReset:
		w.users.help(help.User, actResetTwoFactor)
	case help.User != "":
		w.users.help(help.User, actOneTimeCode)
	}
	return pane.Pane{Content: w.Content, Refresh: func() { w.users.watch(w.Content.Visible) }, Focus: w.Focus}
}
