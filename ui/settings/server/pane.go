// Package server is the pane about where the practice's data lies: on this computer, or on a server.
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

// Params are what the pane needs.
type Params struct {
	pane.Params
	Server      sharing.Server
	OnSwitching func(bool)                 // the practice is being moved, and this can't be called off; until it is over
	OnMoved     func(said, address string) // it lies elsewhere: open it anew, and say so; address is what others connect to
}

// panel is what the pane shows.
type panel struct {
	page      *widgets.Page
	dialogs   *screen.Dialogs
	copier    *work.Copier
	presenter *presenter

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

// New makes the pane.
func New(p Params) pane.Pane {
	w := &panel{dialogs: p.Dialogs, copier: p.Copier}
	w.presenter = newPresenter(presenter{
		Scope: p.Scope, session: p.Session, sharing: p.Server, pane: screen.NewView(w.show), onSwitching: p.OnSwitching, onMoved: p.OnMoved,
		showCode: func(l *computers.LinkingCode) { computers.OpenLinkingCode(w.dialogs, l, w.copier) },
	})
	w.newButtons()
	w.layOut()
	w.show(view{})
	return pane.Pane{Content: w.page, Refresh: func() { w.presenter.watch(w.page.Visible) }, Focus: w.focus}
}

func (w *panel) newButtons() {
	open := func(dialog func(*screen.Dialogs, *presenter)) func() {
		return func() { dialog(w.dialogs, w.presenter) }
	}
	w.share = widgets.NewPrimaryButton(lang.L("Share with other computers…"), open(openShare))
	w.link = widgets.NewPrimaryButton(lang.L("Link a computer…"), w.presenter.codes.NewCode)
	w.alone = widgets.NewButton(lang.L("Work on this computer only…"), open(openAlone))
	w.change = widgets.NewButton(lang.L("Change address…"), open(openAddress))
	w.leave = widgets.NewButton(lang.L("Leave the server…"), open(openLeave))
	w.move = widgets.NewLink(lang.L("Move to another server…"), open(openMoveTo))
	w.cancel = widgets.NewLink(lang.L("Cancel"), w.presenter.codes.Cancel)
}

func (w *panel) layOut() {
	w.text, w.facts = widgets.Label(""), widgets.Quiet("")
	w.address, w.copied, w.others = widgets.Subheading(""), widgets.Small(""), widgets.Small("")
	w.where = widgets.NewColumn(
		widgets.Paragraph(lang.L("Other computers connect to")),
		w.address,
		container.NewBorder(nil, nil, widgets.NewLink(lang.L("Copy the address"), w.copyAddress), nil, w.copied),
		w.others,
	)
	w.busy, w.problem = widgets.NewBusy(), widgets.NewNotice(widgets.Error, "")
	w.goesOn = container.NewBorder(nil, nil, nil, w.cancel, w.busy)
	card := widgets.NewCard(
		w.text, w.where, w.goesOn,
		widgets.NewGap(),
		widgets.NewFlow(w.share, w.link, w.alone, w.change, w.leave),
		w.problem,
		widgets.NewGap(),
		w.facts, w.move,
	)
	column := widgets.NewColumn(
		widgets.Heading(lang.L("Server")),
		widgets.NewGap(),
		card,
	)
	w.page = widgets.NewPage(pane.Reading(column), widgets.PageOptions{})
}

// focus is on what is done most, whether the address above it is known yet or not.
func (w *panel) focus(c fyne.Canvas) {
	for _, b := range []*widgets.Button{w.share, w.link, w.change} {
		if b.Visible() && !b.Disabled() {
			c.Focus(b)
			return
		}
	}
	w.page.FocusFirst(c)
}

func (w *panel) show(v view) {
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
		widgets.SetEnabled(button, can)
	}
	layouts.Refresh(w.page)
}

func (w *panel) copyAddress() {
	w.copier.Copy(w.address.Text())
	w.copied.SetText(lang.L("Copied. It leaves the clipboard in 60 s"))
}

// Addresses asks what other computers connect to; nil: there is no server.
func Addresses(s sharing.Server) func() []string {
	if s == nil {
		return nil
	}
	return func() []string { return reachable(s) }
}
