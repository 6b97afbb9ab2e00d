// Package users is the pane "Users" of the settings: who may sign in, and what an admin can do for them.
package users

import (
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// table is the pane "Users".
type table struct {
	*pane.Table
	dialogs   *screen.Dialogs
	presenter *presenter
	view      *screen.View[view]
	rows      *screen.View[[][]string]

	result  *widgets.Notice
	name    *widgets.Text
	facts   *widgets.Text
	need    *widgets.Notice
	actions []*widgets.Button
	why     *widgets.Text
}

func newTable(s *screen.Dialogs) *table {
	w := &table{dialogs: s}
	list := widgets.NewList(
		widgets.Head{Title: lang.L("Name"), Width: 120, Grow: true},
		widgets.Head{Title: lang.L("Username"), Width: 90, Grow: true},
		widgets.Head{Title: lang.L("Role"), Width: 118},
		widgets.Head{Title: lang.L("Two-factor"), Width: 112},
		widgets.Head{Title: lang.L("Last sign-in"), Width: 132},
		widgets.Head{Title: lang.L("Status"), Width: 156},
	)
	list.ID = pane.IDIn(func() []auth.UserInfo { return w.presenter.list }, func(u auth.UserInfo) string { return u.ID })
	list.OnSelected = func(row int) { w.presenter.choose(row) }
	list.OnActivated = func(int) { w.press(actionEdit) }
	w.name, w.facts, w.why = widgets.Label(""), widgets.Quiet(""), widgets.Small("")
	w.result, w.need = widgets.NewNotice(widgets.Good, ""), widgets.NewNotice(widgets.Warning, "")
	actions := widgets.NewFlow()
	for i := range maxActions {
		b := widgets.NewButton("", func() { w.press(w.view.Shown().Actions[i].Action) })
		b.Disable()
		w.actions = append(w.actions, b)
		actions.Add(b)
	}
	head := container.NewBorder(nil, nil, nil,
		widgets.NewPrimaryButton(lang.L("Add user…"), w.add), widgets.Heading(lang.L("Users")))
	w.Table = pane.NewTable(head, list, widgets.NewColumn(w.result, w.name, w.facts, w.need, actions, w.why))
	w.view, w.rows = screen.NewView(w.show), screen.NewView(w.List.SetRows)
	return w
}

func (w *table) show(v view) {
	w.rows.Show(v.Rows)
	w.List.Select(v.Chosen)
	w.name.SetText(v.Name)
	w.facts.SetText(v.Facts)
	w.why.SetText(strings.Join(v.Why, " "))
	pane.ShowResult(w.result, v.Good, v.Error)
	w.need.Set(widgets.Warning, v.Need)
	for i, b := range w.actions {
		if i >= len(v.Actions) {
			b.Hide()
			continue
		}
		b.SetText(v.Actions[i].Text)
		pane.Enable(b, !v.Actions[i].Off)
		b.Show()
	}
	layouts.Refresh(w.Content)
}

// maxActions is how many things can be done to a user at most.
const maxActions = 7

func (w *table) add() { openAddUser(w.dialogs, w.presenter) }

func (w *table) press(a action) {
	user, ok := w.presenter.user()
	switch {
	case !ok:
	case a == actionEdit:
		openEditUser(w.dialogs, w.presenter, user)
	default:
		w.presenter.open(a, user)
	}
}

// Help is an action with which the pane begins, for a user who asked for help.
type Help struct {
	User    string // id; "": nobody
	IsReset bool   // two-factor is reset; else it is a one-time code
}

// New makes the pane.
func New(p pane.Params, help Help) pane.Pane {
	w := newTable(p.Dialogs)
	u := newPresenter(p.Scope, p.Session, w.view)
	u.showOneTime = func(v oneTimeView) { openOneTime(p, v) }
	u.open = func(a action, user auth.UserInfo) { openQuestion(p.Dialogs, u, a, user) }
	switch {
	case help.User != "" && help.IsReset:
		u.help(help.User, actionResetTwoFactor)
	case help.User != "":
		u.help(help.User, actionOneTimeCode)
	}
	w.presenter = u
	u.watch(w.Content.Visible)
	return pane.Pane{Content: w.Content, Refresh: u.refresh, Focus: w.Focus}
}
