package settings

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
	"anteroom/ui/words"
	"anteroom/ui/work"
)

// computersWidgets is the pane "Computers".
type computersWidgets struct {
	*tablePane
	list      *widgets.Table[auth.ComputerInfo]
	sheets    *sheets
	copier    *work.Copier
	computers *computers

	result *widgets.Notice
	busy   *widgets.Busy
	cancel *widgets.Button
	goesOn *fyne.Container
	name   *widgets.Text
	facts  *widgets.Text
	why    *widgets.Text
	code   *widgets.Button
	rename *widgets.Button
	unlink *widgets.Button

	shown computersView
}

func newComputersWidgets(s *sheets, c *work.Copier) *computersWidgets {
	w := &computersWidgets{sheets: s, copier: c}
	list := widgets.NewTable(func(c auth.ComputerInfo) string { return c.ID }, computerColumns(func() time.Time { return w.computers.runner.Now() })...)
	list.OnSelected = func(row int) { w.computers.choose(row) }
	list.OnActivated = func(int) { w.openRename() }
	w.name, w.facts, w.why = widgets.Label(""), widgets.Quiet(""), widgets.Small("")
	w.result = widgets.NewNotice(widgets.Good, "")
	w.code = widgets.NewPrimaryButton(lang.L("Linking code…"), func() { w.computers.newCode() })
	w.rename = widgets.NewButton(lang.L("Rename…"), w.openRename)
	w.unlink = widgets.NewButton(lang.L("Unlink…"), w.openUnlink)
	acts := widgets.NewFlow(w.rename, w.unlink)
	w.busy = widgets.NewBusy()
	w.cancel = widgets.NewLink(lang.L("Cancel"), func() { w.computers.cancel() })
	w.goesOn = container.NewBorder(nil, nil, nil, w.cancel, w.busy)
	head := container.NewBorder(nil, nil, nil, w.code, widgets.Heading(lang.L("Computers")))
	w.list, w.tablePane = list, newTablePane(head, list, widgets.NewColumn(w.goesOn, w.result, w.name, w.facts, acts, w.why))
	w.show(computersView{Chosen: -1})
	return w
}

// show implements computersPane.
func (w *computersWidgets) show(v computersView) {
	w.shown = v
	w.list.SetRows(v.Rows)
	w.list.Select(v.Chosen)
	w.name.SetText(v.Name)
	w.facts.SetText(v.Facts)
	w.why.SetText(v.Why)
	showResult(w.result, v.Good, v.Error)
	enable(w.code, v.CanCode)
	w.cancel.Hidden = !v.CanCancel
	w.goesOn.Hidden = v.Busy == ""
	if v.Busy != "" {
		w.busy.Start(v.Busy)
	} else {
		w.busy.Stop()
	}
	enable(w.rename, v.CanRename)
	enable(w.unlink, v.CanUnlink)
	layouts.Refresh(w.content)
}

// showCode implements computersPane.
func (w *computersWidgets) showCode(l *linkingCode) { w.sheets.openLinkingCode(l, w.copier) }

func (w *computersWidgets) openRename() {
	if info, ok := w.computers.computer(); ok {
		w.sheets.openRename(w.computers, info)
	}
}

func (w *computersWidgets) openUnlink() {
	if info, ok := w.computers.computer(); ok {
		w.sheets.openUnlink(w.computers, info)
	}
}

// computerColumns are what the list shows of a computer.
func computerColumns(now func() time.Time) []widgets.Column[auth.ComputerInfo] {
	return []widgets.Column[auth.ComputerInfo]{
		{Title: lang.L("Name"), Width: 150, Grow: true, Text: computerName},
		{Title: lang.L("Account"), Width: 90, Grow: true, Text: func(c auth.ComputerInfo) string { return c.Account }},
		{Title: lang.L("Linked since"), Width: 112, Text: func(c auth.ComputerInfo) string { return words.Date(c.Since) }},
		{Title: lang.L("Last used"), Width: 132, Text: func(c auth.ComputerInfo) string { return words.Moment(c.LastUsed, now()) }},
		{Title: lang.L("Signed in now"), Width: 120, Grow: true, Text: func(c auth.ComputerInfo) string { return strings.Join(c.SignedIn, ", ") }},
	}
}
