// Package computers is the pane "Computers" of the settings: which are linked, and the codes that
// link others.
package computers

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
	"anteroom/ui/words"
	"anteroom/ui/work"
)

// panel is the pane "Computers".
type panel struct {
	dialogs   *screen.Dialogs
	copier    *work.Copier
	presenter *Presenter
	view      *screen.View[View]

	content fyne.CanvasObject
	list    *widgets.Table[auth.ComputerInfo]
	result  *widgets.Notice
	busy    *widgets.Busy
	cancel  *widgets.Button
	goesOn  *fyne.Container
	name    *widgets.Text
	facts   *widgets.Text
	why     *widgets.Text
	code    *widgets.Button
	rename  *widgets.Button
	unlink  *widgets.Button
}

func newPanel(s *screen.Dialogs, c *work.Copier) *panel {
	w := &panel{dialogs: s, copier: c}
	now := func() time.Time { return w.presenter.Now() }
	w.list = widgets.NewTable(func(c auth.ComputerInfo) string { return c.ID }, columns(now)...)
	w.list.OnSelected = func(row int) { w.presenter.choose(row) }
	w.list.OnActivated = func(int) { w.openRename() }
	w.name, w.facts, w.why = widgets.Label(""), widgets.Quiet(""), widgets.Small("")
	w.result = widgets.NewNotice(widgets.Good, "")
	w.code = widgets.NewPrimaryButton(lang.L("Linking code…"), func() { w.presenter.NewCode() })
	w.rename = widgets.NewButton(lang.L("Rename…"), w.openRename)
	w.unlink = widgets.NewButton(lang.L("Unlink…"), w.openUnlink)
	acts := widgets.NewFlow(w.rename, w.unlink)
	w.busy = widgets.NewBusy()
	w.cancel = widgets.NewLink(lang.L("Cancel"), func() { w.presenter.Cancel() })
	w.goesOn = container.NewBorder(nil, nil, nil, w.cancel, w.busy)
	head := container.NewBorder(nil, nil, nil, w.code, widgets.Heading(lang.L("Computers")))
	w.list.Menu = func(int) []widgets.MenuItem { return pane.MenuOf(w.rename, w.unlink) }
	w.content = pane.OverList(head, widgets.NewListCard(w.list, w.goesOn, w.result, w.name, w.facts, acts, w.why))
	w.view = screen.NewView(w.show)
	w.Show(View{Chosen: -1})
	return w
}

// columns are what the list shows of a computer.
func columns(now func() time.Time) []widgets.Column[auth.ComputerInfo] {
	return []widgets.Column[auth.ComputerInfo]{
		{Title: lang.L("Name"), Width: 150, Grow: true, Text: computerName},
		{Title: lang.L("Account"), Width: 90, Grow: true, Text: func(c auth.ComputerInfo) string { return c.Account }},
		{Title: lang.L("Linked since"), Width: 112, Text: func(c auth.ComputerInfo) string { return words.Date(c.Since) }},
		{Title: lang.L("Last used"), Width: 132, Text: func(c auth.ComputerInfo) string { return words.Moment(c.LastUsed, now()) }},
		{Title: lang.L("Signed in now"), Width: 120, Grow: true, Text: func(c auth.ComputerInfo) string { return strings.Join(c.SignedIn, ", ") }},
	}
}

// Show implements Display.
func (w *panel) Show(v View) { w.view.Show(v) }

func (w *panel) show(v View) {
	w.list.SetRows(v.Rows)
	w.list.Select(v.Chosen)
	w.name.SetText(v.Name)
	w.facts.SetText(v.Facts)
	w.why.SetText(v.Why)
	pane.ShowResult(w.result, v.Good, v.Error)
	widgets.SetEnabled(w.code, v.CanCode)
	w.cancel.Hidden = !v.CanCancel
	w.goesOn.Hidden = v.Busy == ""
	if v.Busy != "" {
		w.busy.Start(v.Busy)
	} else {
		w.busy.Stop()
	}
	widgets.SetEnabled(w.rename, v.CanRename)
	widgets.SetEnabled(w.unlink, v.CanUnlink)
	layouts.Refresh(w.content)
}

// ShowCode implements Display.
func (w *panel) ShowCode(l *LinkingCode) { OpenLinkingCode(w.dialogs, l, w.copier) }

func (w *panel) openRename() {
	if info, ok := w.presenter.computer(); ok {
		openRename(w.dialogs, w.presenter, info)
	}
}

func (w *panel) openUnlink() {
	if info, ok := w.presenter.computer(); ok {
		openUnlink(w.dialogs, w.presenter, info)
	}
}

// New makes the pane. addresses are what another computer connects to; it is asked off the UI
// goroutine. nil: there is no server.
func New(p pane.Params, addresses func() []string) pane.Pane {
	w := newPanel(p.Dialogs, p.Copier)
	w.presenter = NewPresenter(p.Scope, p.Session, w, addresses)
	return pane.Pane{Content: w.content, Refresh: w.presenter.Refresh, Focus: func(c fyne.Canvas) { c.Focus(w.list.Focusable()) }}
}
