package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/layouts"
)

const dialogWidth = 480

// DialogOptions say what a dialog shows and what its buttons do. A button without a text is left out.
type DialogOptions struct {
	Title   string
	Content fyne.CanvasObject
	Width   float32 // for text at 100 %; 0 is 480

	Primary   string // names the act; lower right; Enter presses it
	OnPrimary func()
	Danger    bool // a question whose act cannot be taken back
	Careful   bool // a question: an Enter too many must not do it, so the focus begins on the cancel button, as with Danger
	KeepOpen  bool // the primary button leaves the dialog open; OnPrimary calls Close when all is well

	Cancel   string // Esc presses it
	OnCancel func() // the dialog is closed by then

	// Unsaved says that cancelling would lose what somebody typed, so it is asked about first. nil: whatever in Content
	// is not as it was when the dialog came, but for passwords, codes and paths.
	Unsaved func() bool

	// Dock puts the dialog into a page instead, and returns what takes it away again: beside what it is about, which then
	// can be used. nil: it lies over the window.
	Dock func(*Dialog) (undock func())

	FirstFocus fyne.CanvasObject // where typing begins; nil is the first empty field, or without fields the primary (of a Danger, the cancel) button
}

// Dialog is a sheet over a window that has to be answered before work goes on.
type Dialog struct {
	widget.BaseWidget
	options DialogOptions
	canvas  fyne.Canvas
	before  fyne.Focusable // what had the focus
	undock  func()         // nil: it lies over the window, or is closed

	title   *Text
	body    *container.Scroll
	message *Notice
	busy    *Busy
	footer  *fyne.Container
	primary *Button
	cancel  *Button

	isBusy, isPrimaryOff bool
	isBusyAbove          bool // what goes on stands above the buttons

	began   []string // what the inputs held
	closing Closing
}

// ShowDialog shows a dialog over a window. Tab stays inside it, and closing it gives the focus back.
func ShowDialog(window fyne.Window, options DialogOptions) *Dialog {
	return showDialog(window.Canvas(), options)
}

func showDialog(c fyne.Canvas, options DialogOptions) *Dialog {
	d := newDialog(c, options)
	hearUnfocusedKeys(d.canvas)
	d.before = d.canvas.Focused()
	if options.Dock != nil {
		d.undock = options.Dock(d)
	} else {
		d.canvas.Overlays().Add(d)
	}
	d.focusFirst()
	d.began = valuesIn(options.Content)
	return d
}

func newDialog(c fyne.Canvas, options DialogOptions) *Dialog {
	if options.Width == 0 {
		options.Width = dialogWidth
	}
	d := &Dialog{
		options: options,
		canvas:  c,
		title:   Subheading(options.Title),
		body:    container.NewVScroll(newRingRoom(options.Content)),
		message: NewSmallNotice(Error, ""),
		busy:    NewBusy(),
	}
	newAct := NewPrimaryButton
	if options.Danger {
		newAct = NewDangerButton
	}
	d.primary = newAct(options.Primary, d.pressPrimary)
	d.primary.Hidden = options.Primary == ""
	d.cancel = NewButton(options.Cancel, d.pressCancel)
	d.cancel.Hidden = options.Cancel == ""
	d.footer = container.NewHBox(d.cancel, d.primary)
	d.ExtendBaseWidget(d)
	return d
}

func (d *Dialog) focusFirst() {
	first := firstToFocus(d.options.Content)
	if d.options.FirstFocus != nil {
		first = firstToFocus(d.options.FirstFocus)
	}
	if first == nil {
		first = firstToFocus(d.buttonToFocus())
	}
	if first == nil {
		first = firstToFocus(d.footer)
	}
	if first != nil {
		d.canvas.Focus(first)
	}
}

// buttonToFocus is the one that an Enter too many may press.
func (d *Dialog) buttonToFocus() *Button {
	if d.options.Danger || d.options.Careful {
		return d.cancel
	}
	return d.primary
}

// Close takes the dialog, and any over it, off the window. Closing twice does nothing.
func (d *Dialog) Close() {
	if !d.isOpen() {
		return
	}
	d.busy.Stop() // or its animation would go on unseen
	if d.undock != nil {
		d.undock()
		d.undock = nil
	} else {
		d.canvas.Overlays().Remove(d)
	}
	if d.before != nil {
		d.canvas.Focus(d.before)
	}
}

func (d *Dialog) isOpen() bool {
	if d.options.Dock != nil {
		return d.undock != nil
	}
	for _, overlay := range d.canvas.Overlays().List() {
		if overlay == fyne.CanvasObject(d) {
			return true
		}
	}
	return false
}

// SetBusy says what goes on, and closes the dialog to changes meanwhile: what is being saved is what is to be seen. ""
// ends it. Cancel stays: it stops what goes on, or leaves it be.
func (d *Dialog) SetBusy(text string) { d.SetProgress(text, 0, 0) }

// SetSaving is SetBusy for what can't be stopped: Cancel and Esc wait, too, for what would be thrown away is done all the
// same.
func (d *Dialog) SetSaving(text string) {
	d.SetBusy(text)
	if d.isBusy {
		d.cancel.Disable()
	}
}

// SetProgress is SetBusy with a bar that shows how much is done. Where the total is 0 nobody knows, and there is none.
func (d *Dialog) SetProgress(text string, done, total int) {
	d.isBusy = text != ""
	if d.isBusy {
		d.busy.SetProgress(text, done, total)
	} else {
		d.busy.Stop()
	}
	d.cancel.Enable()
	d.closing.Set(d.options.Content, d.isBusy)
	d.refreshPrimary()
	if d.needsBusyAbove() != d.isBusyAbove {
		d.Refresh()
	}
}

// needsBusyAbove says that there is no room for what goes on beside the buttons.
func (d *Dialog) needsBusyAbove() bool {
	return d.isBusy && d.busy.width() > d.innerWidth()-d.footer.MinSize().Width-gap
}

// innerWidth is that of what stands in the sheet.
func (d *Dialog) innerWidth() float32 {
	if d.options.Dock != nil {
		return d.Size().Width - 2*d.pad()
	}
	return min(layouts.Scaled(d.options.Width), d.Size().Width-2*dialogMargin) - 2*cardPad
}

// SetError shows what went wrong and what to do, above the buttons, where room is kept for it; "" takes it away.
func (d *Dialog) SetError(text string) {
	d.message.SetText(text)
	d.Refresh()
}

// Title returns what stands at its head.
func (d *Dialog) Title() string { return d.title.Text() }

// Error returns the error shown, or "".
func (d *Dialog) Error() string { return d.message.Text() }

// EnablePrimary says whether the primary button can be pressed yet.
func (d *Dialog) EnablePrimary(on bool) {
	d.isPrimaryOff = !on
	d.refreshPrimary()
}

func (d *Dialog) refreshPrimary() {
	if d.isBusy || d.isPrimaryOff {
		d.primary.Disable()
	} else {
		d.primary.Enable()
	}
}

// SetPrimary gives the primary button another text, and says whether its act cannot be taken back.
func (d *Dialog) SetPrimary(text string, danger bool) {
	d.primary.Text, d.primary.Importance = text, widget.HighImportance
	if danger {
		d.primary.Importance = widget.DangerImportance
	}
	d.primary.Refresh()
	d.Refresh() // the buttons need another width
}

// Primary returns the primary button.
func (d *Dialog) Primary() *Button { return d.primary }

// Cancel returns the cancel button.
func (d *Dialog) Cancel() *Button { return d.cancel }

func (d *Dialog) pressPrimary() {
	if !d.options.KeepOpen {
		d.Close()
	}
	if d.options.OnPrimary != nil {
		d.options.OnPrimary()
	}
}

// pressCancel closes the dialog, after asking where something was typed: nothing typed is lost by one key.
func (d *Dialog) pressCancel() {
	if !d.isUnsaved() {
		d.leave()
		return
	}
	askToThrowAway(d.canvas, d.leave)
}

// AskToThrowAway asks whether what was typed may be lost, for a screen; yes is done then.
func AskToThrowAway(window fyne.Window, yes func()) { askToThrowAway(window.Canvas(), yes) }

func askToThrowAway(c fyne.Canvas, yes func()) {
	var q *Dialog
	q = showDialog(c, DialogOptions{
		Title:   lang.L("Throw away what you typed?"),
		Content: Paragraph(lang.L("It was not saved, and can't be brought back.")),
		Careful: true,
		Primary: lang.L("Throw away"),
		OnPrimary: func() {
			q.Close()
			yes()
		},
		Cancel: lang.L("Go on typing"),
	})
}

func (d *Dialog) isUnsaved() bool {
	if d.options.Unsaved != nil {
		return d.options.Unsaved()
	}
	return !slices.Equal(d.began, valuesIn(d.options.Content))
}

// leave cancels without a question.
func (d *Dialog) leave() {
	d.Close()
	if d.options.OnCancel != nil {
		d.options.OnCancel()
	}
}

// takeKey makes Enter the primary button and Esc the cancel button, as long as they are there. Of all other keys only F1
// reaches what a dialog lies in: help is there over a dialog, too. One in a page takes no keys of what is beside it.
func (d *Dialog) takeKey(key *fyne.KeyEvent) bool {
	if !d.hasKeys() {
		return false
	}
	switch {
	case isEnter(key) && d.primary.Visible() && !d.primary.Disabled():
		d.pressPrimary()
	case key.Name == fyne.KeyEscape && d.cancel.Visible() && !d.cancel.Disabled():
		d.pressCancel()
	case key.Name == fyne.KeyPageDown:
		scrollPages(d.body, 1)
	case key.Name == fyne.KeyPageUp:
		scrollPages(d.body, -1)
	case key.Name == fyne.KeyDown:
		scrollLines(d.body, 1)
	case key.Name == fyne.KeyUp:
		scrollLines(d.body, -1)
	}
	return key.Name != fyne.KeyF1
}

// takeRune keeps letters from what lies under the dialog.
func (d *Dialog) takeRune(rune) bool { return d.hasKeys() }

// hasKeys says that the keys go here.
func (d *Dialog) hasKeys() bool {
	focused, _ := d.canvas.Focused().(fyne.CanvasObject)
	return d.options.Dock == nil || pathTo(d, focused) != nil
}

// Children implements layouts.Parent.
func (d *Dialog) Children() []fyne.CanvasObject {
	return []fyne.CanvasObject{d.body, d.footer}
}
