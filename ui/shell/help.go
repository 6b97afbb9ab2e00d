package shell

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/help"
	"anteroom/ui/widgets"
)

// helper shows what a screen does and its keys, in a dialog over the workspace that is shown. F1 comes and goes without
// a modifier, so it is no shortcut to Fyne: it comes through the pages, after all in them (askable).
type helper struct {
	window  *Window
	isShift func() bool // the key is held now
}

func newHelper(w *Window) *helper { return &helper{window: w, isShift: isShiftHeld} }

func isShiftHeld() bool {
	keys, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && keys.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}

// askable hears F1 wherever the focus is in o, and Shift+F1.
func (h *helper) askable(o fyne.CanvasObject) fyne.CanvasObject {
	return widgets.NewPage(o, widgets.PageOptions{Keys: map[fyne.KeyName]func(){fyne.KeyF1: h.press}})
}

func (h *helper) press() {
	if h.isShift() {
		h.showKeys()
	} else {
		h.showTopic()
	}
}

// showTopic shows what the screen does, or takes away what help there is.
func (h *helper) showTopic() {
	if !h.mayShow() {
		return
	}
	if t, ok := help.Of(widgets.HelpAt(h.window.nav.at.proxy.Canvas())); ok {
		h.show(func(w fyne.Window) *widgets.Dialog { return help.Show(w, t, h.showKeys) })
	}
}

// showKeys shows the keys of all screens. At the lock it is those of the lock: others are none of who stands there.
func (h *helper) showKeys() {
	switch {
	case h.window.lock.locked != nil:
		h.showTopic()
	case h.mayShow():
		h.show(help.ShowAll)
	}
}

// about says which Anteroom this is.
func (h *helper) about() {
	if !h.mayShow() {
		return
	}
	h.show(func(w fyne.Window) *widgets.Dialog {
		return widgets.ShowDialog(w, widgets.DialogOptions{
			Title: lang.L("About Anteroom"),
			Content: widgets.NewColumn(
				widgets.Paragraph(lang.L("Version {{.Version}}", map[string]any{"Version": h.window.params.Version})),
				widgets.Quiet(lang.L("The front desk of a small medical practice, on its own computers: no account elsewhere, and no internet.")),
				widgets.Quiet(lang.L("The licences of all its parts come with the program.")),
			),
			Cancel: lang.L("Close"),
		})
	})
}

func (h *helper) show(open func(fyne.Window) *widgets.Dialog) {
	at := h.window.nav.at
	at.helpShown = open(at.proxy)
}

// mayShow closes what help there is, and says whether other help may take its place: what F1 opens it closes, too. What
// stands over all workspaces is answered first.
func (h *helper) mayShow() bool {
	if h.window.nav.over.canvas.overlays.Top() != nil {
		return false
	}
	at := h.window.nav.at
	if !slices.Contains(at.proxy.canvas.overlays.List(), fyne.CanvasObject(at.helpShown)) {
		return true
	}
	at.helpShown.Close()
	return false
}

// newHelp is the menu of it.
func (m *menu) newHelp(h *helper) *fyne.Menu {
	this := fyne.NewMenuItem(lang.L("This screen"), h.showTopic)
	this.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyF1} // to be read: Fyne hears none without a modifier
	return fyne.NewMenu(lang.L("Help"),
		this,
		item(lang.L("All keys…"), fyne.KeySlash, 0, h.showKeys),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(lang.L("About Anteroom"), h.about),
	)
}
