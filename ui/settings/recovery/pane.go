// Package recovery is the pane about the practice's recovery kit.
package recovery

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/kit"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// panel is what the pane shows.
type panel struct {
	page      *widgets.Page
	dialogs   *screen.Dialogs
	presenter *presenter
	kits      *kit.Maker

	number *widgets.Text
	made   *widgets.Text
	none   *widgets.Notice
	state  *widgets.Notice
	check  *widgets.Button
	first  *widgets.Button // makes the first kit
	again  *widgets.Button // makes another one
}

// New makes the pane. said is what was just done.
func New(p pane.Params, kits *kit.Maker, said string) pane.Pane {
	w := newPanel(p.Dialogs, kits)
	w.presenter = &presenter{Scope: p.Scope, session: p.Session, pane: screen.NewView(w.show), good: said}
	return pane.Pane{Content: w.page, Refresh: w.presenter.refresh, Focus: w.page.FocusFirst}
}

func newPanel(s *screen.Dialogs, kits *kit.Maker) *panel {
	w := &panel{dialogs: s, kits: kits}
	w.number, w.made = widgets.Label(""), widgets.Paragraph("")
	w.none, w.state = widgets.NewNotice(widgets.Warning, ""), widgets.NewNotice(widgets.Error, "")
	w.check = widgets.NewButton(lang.L("Check my kit…"), w.openCheck)
	w.again = widgets.NewButton(lang.L("Make a new kit…"), w.openMake)
	w.first = widgets.NewPrimaryButton(lang.L("Make the kit…"), w.openMake)
	card := widgets.NewCard(
		widgets.Paragraph(lang.L("The recovery kit is one printed page with the practice's own key. It links a new computer, and lets a Practice Admin in again when nothing else does.")),
		widgets.NewGap(),
		w.number, w.made, w.none, w.state,
		widgets.NewGap(),
		widgets.NewFooter(nil, w.check, w.again, w.first),
	)
	column := widgets.NewColumn(
		widgets.Heading(lang.L("Recovery")),
		widgets.NewGap(),
		card,
	)
	w.page = widgets.NewPage(pane.Reading(column), widgets.PageOptions{})
	w.show(view{})
	return w
}

func (w *panel) show(v view) {
	for text, o := range map[*widgets.Text]string{w.number: v.Number, w.made: v.Made} {
		text.SetText(o)
		text.Hidden = o == ""
	}
	pane.SetNotice(w.none, widgets.Warning, v.None)
	pane.ShowResult(w.state, v.Good, v.Error)
	w.check.Hidden = v.Number == ""
	w.again.Hidden = v.Number == ""
	w.first.Hidden = v.None == ""
	layouts.Refresh(w.page)
}

func (w *panel) openCheck() { openCheck(w.dialogs, w.presenter) }

func (w *panel) openMake() { w.kits.Ask(w.dialogs, w.presenter.question(), func() {}) }
