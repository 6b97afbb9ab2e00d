package recovery

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/kit"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// recoveryWidgets is the pane "Recovery" of the practice details.
type recoveryWidgets struct {
	page     *widgets.Page
	dialogs  *screen.Dialogs
	recovery *recovery
	kits     *kit.Maker

	card   *widgets.Card
	number *widgets.Text
	made   *widgets.Text
	none   *widgets.Notice
	state  *widgets.Notice
	check  *widgets.Button
	first  *widgets.Button // makes the first kit
	again  *widgets.Button // makes another one
}

func newRecoveryWidgets(s *screen.Dialogs, kits *kit.Maker) *recoveryWidgets {
	w := &recoveryWidgets{dialogs: s, kits: kits}
	w.number, w.made = widgets.Label(""), widgets.Paragraph("")
	w.none, w.state = widgets.NewNotice(widgets.Warning, ""), widgets.NewNotice(widgets.Error, "")
	w.check = widgets.NewButton(lang.L("Check my kit…"), w.openCheck)
	w.again = widgets.NewButton(lang.L("Make a new kit…"), w.openMake)
	w.first = widgets.NewPrimaryButton(lang.L("Make the kit…"), w.openMake)
	w.card = widgets.NewCard(
		widgets.Paragraph(lang.L("The recovery kit is one printed page with the practice's own key. It links a new computer, and lets a Practice Admin in again when nothing else does.")),
		widgets.NewGap(),
		w.number, w.made, w.none, w.state,
		widgets.NewGap(),
		widgets.NewFooter(nil, w.check, w.again, w.first),
	)
	column := widgets.NewColumn(
		widgets.Quiet(lang.L("Practice details")),
		widgets.Heading(lang.L("Recovery")),
		widgets.NewGap(),
		w.card,
	)
	w.page = widgets.NewPage(pane.Reading(column), widgets.PageOptions{})
	w.show(recoveryView{})
	return w
}

func (w *recoveryWidgets) focus(c fyne.Canvas) { w.page.FocusFirst(c) }

// show implements recoveryPane.
func (w *recoveryWidgets) show(v recoveryView) {
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

func (w *recoveryWidgets) openCheck() { openKitCheck(w.dialogs, w.recovery) }

func (w *recoveryWidgets) openMake() { w.kits.Ask(w.dialogs, w.recovery.question(), func() {}) }

// New makes the pane. said is what was just done.
func New(p pane.Params, kits *kit.Maker, said string) pane.Pane {
	w := newRecoveryWidgets(p.Dialogs, kits)
	w.recovery = &recovery{Scope: p.Scope, session: p.Session, pane: w, good: said}
	return pane.Pane{Content: w.page, Refresh: w.recovery.refresh, Focus: w.focus}
}
