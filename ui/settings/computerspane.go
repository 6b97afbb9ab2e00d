package settings

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// computersWidgets is the pane "Computers".
type computersWidgets struct {
	*tablePane
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
	list := widgets.NewList(
		widgets.Column{Title: lang.L("Name"), Width: 150, Grow: true},
		widgets.Column{Title: lang.L("Account"), Width: 90, Grow: true},
		widgets.Column{Title: lang.L("Linked since"), Width: 112},
		widgets.Column{Title: lang.L("Last used"), Width: 132},
		widgets.Column{Title: lang.L("Signed in now"), Width: 120, Grow: true},
	)
	list.ID = idIn(func() []auth.ComputerInfo { return w.computers.list }, func(c auth.ComputerInfo) string { return c.ID })
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
	w.tablePane = newTablePane(head, list, widgets.NewColumn(w.goesOn, w.result, w.name, w.facts, acts, w.why))
	w.show(computersView{Chosen: -1})
	return w
}

// show implements computersPane.
func (w *computersWidgets) show(v computersView) {
	rowsChanged := !slices.EqualFunc(w.shown.Rows, v.Rows, slices.Equal[[]string])
	w.shown = v
	if rowsChanged {
		w.list.SetRows(v.Rows)
	}
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
