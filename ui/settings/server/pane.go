package server

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/data/sharing"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/computers"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// serverWidgets is the pane "Server" of the practice details.
type serverWidgets struct {
	page    *widgets.Page
	dialogs *screen.Dialogs
	copier  *work.Copier
	server  *server

	card    *widgets.Card
	text    *widgets.Text
	where   *fyne.Container // the address, and what is beside it
	address *widgets.Text
	copied  *widgets.Text
	others  *widgets.Text
	facts   *widgets.Text
	busy    *widgets.Busy
	cancel  *widgets.Button
	goesOn  *fyne.Container
	problem *widgets.Notice

	share, link, alone, change, leave, move *widgets.Button
}

func newServerWidgets(s *screen.Dialogs, c *work.Copier) *serverWidgets {
	w := &serverWidgets{dialogs: s, copier: c}
	w.text, w.facts = widgets.Label(""), widgets.Quiet("")
	w.address, w.copied, w.others = widgets.Subheading(""), widgets.Small(""), widgets.Small("")
	w.where = widgets.NewColumn(
		widgets.Paragraph(lang.L("Other computers connect to")),
		w.address,
		container.NewBorder(nil, nil, widgets.NewLink(lang.L("Copy the address"), w.copyAddress), nil, w.copied),
		w.others,
	)
	w.busy, w.problem = widgets.NewBusy(), widgets.NewNotice(widgets.Error, "")
	w.cancel = widgets.NewLink(lang.L("Cancel"), func() { w.server.codes.Cancel() })
	w.goesOn = container.NewBorder(nil, nil, nil, w.cancel, w.busy)
	w.share = widgets.NewPrimaryButton(lang.L("Share with other computers…"), func() { openShare(w.dialogs, w.server) })
	w.link = widgets.NewPrimaryButton(lang.L("Link a computer…"), func() { w.server.codes.NewCode() })
	w.alone = widgets.NewButton(lang.L("Work on this computer only…"), func() { openAlone(w.dialogs, w.server) })
	w.change = widgets.NewButton(lang.L("Change address…"), func() { openAddress(w.dialogs, w.server) })
	w.leave = widgets.NewButton(lang.L("Leave the server…"), func() { openLeave(w.dialogs, w.server) })
	w.move = widgets.NewLink(lang.L("Move to another server…"), func() { openMoveTo(w.dialogs, w.server) })
	w.card = widgets.NewCard(
		w.text, w.where, w.goesOn,
		widgets.NewGap(),
		widgets.NewFlow(w.share, w.link, w.alone, w.change, w.leave),
		w.problem,
		widgets.NewGap(),
		w.facts, w.move,
	)
	column := widgets.NewColumn(
		widgets.Quiet(lang.L("Practice details")),
		widgets.Heading(lang.L("Server")),
		widgets.NewGap(),
		w.card,
	)
	w.page = widgets.NewPage(pane.Reading(column), widgets.PageOptions{})
	w.show(serverView{})
	return w
}

// focus is on what is done most, whether the address above it is known yet or not.
func (w *serverWidgets) focus(c fyne.Canvas) {
	for _, b := range []*widgets.Button{w.share, w.link, w.change} {
		if b.Visible() && !b.Disabled() {
			c.Focus(b)
			return
		}
	}
	w.page.FocusFirst(c)
}

// show implements serverPane.
func (w *serverWidgets) show(v serverView) {
	w.text.SetText(v.Text)
	for text, now := range map[*widgets.Text]string{w.facts: strings.Join(v.Facts, "\n"), w.others: v.Others} {
		text.SetText(now)
		text.Hidden = now == ""
	}
	if w.address.Text() != v.Address {
		w.address.SetText(v.Address)
		w.copied.SetText("")
	}
	w.where.Hidden = v.Address == ""
	w.problem.SetText(v.Error)
	w.problem.Hidden = v.Error == ""
	w.goesOn.Hidden = v.Busy == ""
	if v.Busy != "" {
		w.busy.Start(v.Busy)
	} else {
		w.busy.Stop()
	}
	w.cancel.Hidden = !v.CanCancel
	for button, there := range map[*widgets.Button]bool{
		w.share: v.Share, w.link: v.Link, w.alone: v.Alone, w.change: v.ChangeAddress, w.leave: v.Leave, w.move: v.Move,
	} {
		button.Hidden = !there
	}
	for button, can := range map[*widgets.Button]bool{
		w.share: v.CanMove, w.link: v.CanLink, w.alone: v.CanAlone, w.leave: v.CanLeave, w.move: v.CanMove,
	} {
		pane.Enable(button, can)
	}
	layouts.Refresh(w.page)
}

// showCode implements serverPane.
func (w *serverWidgets) showCode(l *computers.LinkingCode) {
	computers.OpenLinkingCode(w.dialogs, l, w.copier)
}

func (w *serverWidgets) copyAddress() {
	w.copier.Copy(w.address.Text())
	w.copied.SetText(lang.L("Copied. It leaves the clipboard in 60 s"))
}

// Params are what the pane needs.
type Params struct {
	pane.Params
	Server      sharing.Server
	OnSwitching func(bool)                 // the practice is being moved, and this can't be called off; until it is over
	OnMoved     func(said, address string) // it lies elsewhere: open it anew, and say so; address is what others connect to
}

// New makes the pane.
func New(p Params) pane.Pane {
	w := newServerWidgets(p.Dialogs, p.Copier)
	w.server = &server{Scope: p.Scope, session: p.Session, sharing: p.Server, pane: w, onSwitching: p.OnSwitching, onMoved: p.OnMoved}
	w.server.codes = computers.NewPresenter(p.Scope, p.Session, serverCodes{w.server}, Addresses(p.Server))
	w.server.coding.CanCode = true
	return pane.Pane{Content: w.page, Refresh: func() { w.server.watch(w.page.Visible) }, Focus: w.focus}
}

// Addresses asks what other computers connect to; nil: there is no server.
func Addresses(s sharing.Server) func() []string {
	if s == nil {
		return nil
	}
	return func() []string { return reachable(s) }
}
