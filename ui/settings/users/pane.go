// Package users is the pane "Users" of the settings: who may sign in, and what an admin can do for them.
package users

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// panel is the pane "Users".
type panel struct {
	dialogs   *screen.Dialogs
	presenter *presenter
	view      *screen.View[view]

	content fyne.CanvasObject
	list    *widgets.Table[auth.UserInfo]
	result  *widgets.Notice
	name    *widgets.Text
	facts   *widgets.Text
	need    *widgets.Notice
	actions []*widgets.Button
	why     *widgets.Text
}

func newPanel(s *screen.Dialogs) *panel {
	w := &panel{dialogs: s}
	now := func() time.Time { return w.presenter.Now() }
	w.list = widgets.NewTable(func(u auth.UserInfo) string { return u.ID }, columns(now)...)
	w.list.OnSelected = func(row int) { w.presenter.choose(row) }
	w.list.OnActivated = func(int) { w.press(actionEdit) }
	w.name, w.facts, w.why = widgets.Label(""), widgets.Quiet(""), widgets.Small("")
	w.result, w.need = widgets.NewNotice(widgets.Good, ""), widgets.NewNotice(widgets.Warning, "")
	actions := widgets.NewFlow()
	for i := range maxActions {
		b := widgets.NewButton("", func() { w.press(w.view.Shown().Actions[i].Action) })
		b.Narrow = true
		b.Disable()
		w.actions = append(w.actions, b)
		actions.Add(b)
	}
	head := container.NewBorder(nil, nil, nil,
		widgets.NewPrimaryButton(lang.L("Add user…"), w.add), widgets.Heading(lang.L("Users")))
	w.list.Menu = func(int) []widgets.MenuItem { return w.menu() }
	w.content = pane.OverList(head, widgets.NewListCard(w.list, w.result, w.name, w.facts, w.need, actions, w.why))
	w.view = screen.NewView(w.show)
	return w
}

// columns are what the list shows of a user.
func columns(now func() time.Time) []widgets.Column[auth.UserInfo] {
	return []widgets.Column[auth.UserInfo]{
		{Title: lang.L("Name"), Width: 120, Grow: true, Text: func(u auth.UserInfo) string { return u.Name }},
		{Title: lang.L("Username"), Width: 90, Grow: true, Text: func(u auth.UserInfo) string { return u.Username }},
		{Title: lang.L("Role"), Width: 116, Text: func(u auth.UserInfo) string { return pane.RoleText(u.Role) }},
		{Title: lang.L("Two-factor"), Width: 112, Text: twoFactorText},
		{Title: lang.L("Last sign-in"), Width: 132, Text: func(u auth.UserInfo) string { return lastSignInText(u, now()) }},
		{Title: lang.L("Status"), Width: 150, Text: statusText},
	}
}

func (w *panel) show(v view) {
	w.list.SetRows(v.Rows)
	w.list.Select(v.Chosen)
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
		widgets.SetEnabled(b, !v.Actions[i].Off)
		b.Show()
	}
	layouts.Refresh(w.content)
}

// maxActions is how many things can be done to a user at most.
const maxActions = 7

// menu has the same as the buttons.
func (w *panel) menu() (items []widgets.MenuItem) {
	for _, a := range w.view.Shown().Actions {
		items = append(items, widgets.MenuItem{Text: a.Text, Off: a.Off, Act: func() { w.press(a.Action) }})
	}
	return items
}

func (w *panel) add() { openAddUser(w.dialogs, w.presenter) }

func (w *panel) press(a action) {
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
	w := newPanel(p.Dialogs)
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
	u.watch(w.content.Visible)
	return pane.Pane{Content: w.content, Refresh: u.refresh, Focus: func(c fyne.Canvas) { c.Focus(w.list.Focusable()) }}
}
