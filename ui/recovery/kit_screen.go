package recovery

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// KitParams are what the screen "Recovery kit" needs.
type KitParams struct {
	screen.Scope
	Window fyne.Window

	// These are slow, so called off the UI goroutine. Confirm makes the kit
	// valid; a wrong last group is a FieldError.
	New     func(context.Context) (*auth.Kit, error)
	Confirm func(ctx context.Context, k *auth.Kit, lastGroup string, progress auth.Progress) error
	Print   func(*auth.Kit) error // shows the page in the system's viewer
	Save    func(k *auth.Kit, path string) error
	OwnDisk func(path string) bool // a path on a disk that is lost with this computer

	Folder   string // proposed for saving
	Replaces bool   // there is a kit already: the practice is re-keyed

	Later  func() // leaves it for later today; nil: not offered
	OnBack func() // nil: there is no way back
	Done   func() // the kit is valid
}

// kitShape is that of a kit's key on paper: two lines.
var kitShape = widgets.SheetShape{Count: 8, Columns: groupsInLine, Length: groupLength, Size: 2}

// KitScreen makes a recovery kit: it shows the key, and then has its last group
// typed off the page.
type KitScreen struct {
	screen.Page
	params    KitParams
	presenter *kit
	card      *widgets.Card
	outer     fyne.CanvasObject // around the card

	shown       fyne.CanvasObject // the first step
	sheet       *widgets.KeySheet
	number      *widgets.Text
	print, save *widgets.Button
	typed       fyne.CanvasObject // the second
	group       *groupField
	footer      kitFooter

	saving *screen.SaveDialog
	asking *widgets.Dialog
}

// NewKit makes the screen.
func NewKit(p KitParams) *KitScreen {
	s := &KitScreen{params: p, presenter: newKit(p)}
	s.shown, s.typed, s.footer = s.newShownPart(), s.newTypedPart(), s.newFooter()
	s.card = widgets.NewCard(widgets.Heading(lang.L("Recovery kit")), s.shown, s.typed).Footed(s.footer.line)
	s.card.Width = screen.WideCard
	s.outer = widgets.Centered(s.card)
	s.Page = screen.NewPage(p.Window, help.Kit, s.outer, widgets.PageOptions{OnEnter: s.goOn, OnEscape: s.presenter.back})
	s.saving = screen.NewSaveDialog(p.Window, screen.SaveWords{
		File: kitFile(), Folder: p.Folder,
		Advice:  lang.L("A USB stick that is locked away is a good place. Whoever has this file can open everything."),
		OwnDisk: lang.L("This is this computer's own disk: if the computer is lost, the kit is lost with it, and whoever takes the disk has both. A USB stick that is locked away is better."),
	}, &s.presenter.saver)
	s.presenter.begin(kitDisplay{
		View: screen.NewView(s.show), FocusStep: s.focusStep, Retype: s.retype,
		CloseSave: s.saving.Close, AskToLeave: s.askToLeave,
	})
	return s
}

func (s *KitScreen) newShownPart() fyne.CanvasObject {
	s.sheet, s.number = widgets.NewKeySheet(kitShape), widgets.Quiet("").OneLine()
	s.print = widgets.NewButton(lang.L("Print"), s.presenter.print)
	s.save = widgets.NewButton(lang.L("Save as PDF…"), func() { s.saving.Open() })
	part := widgets.NewColumn(widgets.Paragraph(lang.L(
		"This is the practice's own key, to be kept on paper. It opens everything on a new computer. Without it, what was on a lost computer is lost.")))
	if s.params.Replaces {
		part.Add(widgets.NewNotice(widgets.Info, lang.L(
			"Once you confirm this kit, the old one opens older copies and backups only. Destroy it once there is a newer backup.")))
	}
	part.Add(widgets.NewGap())
	part.Add(s.sheet)
	part.Add(widgets.NewGap())
	part.Add(widgets.Paragraph(lang.L(
		"Print it, or write it down by hand: all eight groups, and the kit number. Then lock it away, not beside a computer.")))
	part.Add(container.NewBorder(nil, nil, container.NewHBox(s.print, s.save), container.NewCenter(s.number)))
	return part
}

func (s *KitScreen) newTypedPart() fyne.CanvasObject {
	text := lang.L("The key is hidden now. The kit counts once you have typed its last group off your page.")
	if s.params.Replaces {
		text = lang.L("The key is hidden now. The kit counts once you have typed its last group off your page. Then everything is sealed anew.")
	}
	s.group = newGroupField(lang.L("Type the last group of the key from your page"), s.presenter.edited)
	return widgets.NewColumn(widgets.Paragraph(text), widgets.NewGap(), s.group.field)
}

// goOn is the primary button, and Enter.
func (s *KitScreen) goOn() {
	switch s.presenter.step {
	case kitFailed:
		s.presenter.start()
	case kitShown:
		s.presenter.next()
	case kitTyped:
		if s.group.text() == "" {
			s.FocusOn(s.group.entry)
			return
		}
		s.presenter.confirm(s.group.text())
	}
}

// Focus waits for the key: an Enter too many must not leave the screen.
func (s *KitScreen) Focus() {
	s.Page.Focus()
	s.Window.Canvas().Unfocus()
	s.focusStep(s.presenter.step)
}

func (s *KitScreen) focusStep(step kitStep) {
	switch step {
	case kitShown:
		s.FocusOn(s.print)
	case kitTyped:
		s.FocusOn(s.group.entry)
	case kitFailed:
		s.FocusOn(s.footer.primary)
	}
}

// Close wipes the key and what was typed.
func (s *KitScreen) Close() {
	s.presenter.close()
	s.sheet.Set(nil)
	s.group.wipe()
	s.footer.busy.Stop()
	s.saving.Close()
	if s.asking != nil {
		s.asking.Close()
	}
}

func (s *KitScreen) show(v kitView) {
	widgets.SetVisible(s.shown, v.Step != kitTyped)
	widgets.SetVisible(s.typed, v.Step == kitTyped)
	s.sheet.Set(v.Groups)
	s.number.SetText("")
	if v.Number != "" {
		s.number.SetText(lang.L("Kit number {{.Number}}", map[string]any{"Number": v.Number}))
	}
	s.group.show(v.Said, v.Error, v.CanSubmit)
	if v.Step != kitTyped {
		s.group.wipe()
	}
	widgets.SetEnabled(s.print, v.CanSubmit && v.Step == kitShown)
	widgets.SetEnabled(s.save, v.CanSubmit && v.Step == kitShown)
	s.footer.show(v)
	s.saving.Show(v.Save)
	s.card.Refresh() // gives what was hidden its width, which its height depends on
	s.outer.Refresh()
}

func (s *KitScreen) retype() {
	s.group.wipe()
	s.FocusOn(s.group.entry)
}

// askToLeave says what the page is worth that somebody has already.
func (s *KitScreen) askToLeave(leave func()) {
	act := lang.L("Leave")
	if s.params.Later != nil {
		act = lang.L("Print it later today")
	}
	s.asking = widgets.ShowDialog(s.Window, widgets.DialogOptions{
		Title: lang.L("This kit does not count yet"),
		Content: widgets.NewColumn(
			widgets.Paragraph(lang.L("The page that was printed or saved opens nothing. Confirm it now, or destroy it: next time Anteroom makes another key.")),
		),
		Careful:   true,
		Primary:   act,
		OnPrimary: leave,
		Cancel:    lang.L("Confirm it now"),
		OnCancel:  s.presenter.next,
	})
}
