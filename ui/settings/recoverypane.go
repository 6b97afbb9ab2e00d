package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/layouts"
	"anteroom/ui/widgets"
)

// recoveryWidgets is the pane "Recovery" of the practice details.
type recoveryWidgets struct {
	page     *widgets.Page
	sheets   *sheets
	recovery *recovery
	kits     *kitMaker

	card   *widgets.Card
	number *widgets.Text
	made   *widgets.Text
	none   *widgets.Notice
	state  *widgets.Notice
	check  *widgets.Button
	first  *widgets.Button // makes the first kit
	again  *widgets.Button // makes another one
}

func newRecoveryWidgets(s *sheets, kits *kitMaker) *recoveryWidgets {
	w := &recoveryWidgets{sheets: s, kits: kits}
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
	w.page = widgets.NewPage(inPane(column), widgets.PageOptions{})
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
	setNotice(w.none, widgets.Warning, v.None)
	showResult(w.state, v.Good, v.Error)
	w.check.Hidden = v.Number == ""
	w.again.Hidden = v.Number == ""
	w.first.Hidden = v.None == ""
	layouts.Refresh(w.page)
}

func (w *recoveryWidgets) openCheck() { w.sheets.openKitCheck(w.recovery) }

func (w *recoveryWidgets) openMake() { w.sheets.openKit(w.kits, w.recovery.question(), func() {}) }
