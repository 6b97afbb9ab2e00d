package pane

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/screen"
	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// Secret is what a dialog shows once, to be read out or typed, with a button that copies it.
type Secret struct {
	Large   *widget.RichText
	CopyRow fyne.CanvasObject // the button, and that it was copied

	copier *work.Copier
	text   string
	button *widgets.Button
	copied *widgets.Text
}

// NewSecret makes one that is empty.
func NewSecret(c *work.Copier) *Secret {
	s := &Secret{Large: LargeText(""), copier: c, copied: widgets.Small("")}
	s.button = widgets.NewButton(lang.L("Copy"), s.copy)
	s.CopyRow = container.NewHBox(s.button, container.NewCenter(s.copied.OneLine()))
	return s
}

// Set shows a text; "" wipes it.
func (s *Secret) Set(text string) {
	if text != s.text {
		s.text = text
		SetLargeText(s.Large, text)
	}
}

// End wipes it while its dialog stays open: it is not valid any more.
func (s *Secret) End(d *screen.Dialog) {
	s.Set("")
	s.copied.SetText("")
	d.TurnOff(s.button)
}

func (s *Secret) copy() {
	s.copier.Copy(s.text)
	s.copied.SetText(lang.L("Copied. It leaves the clipboard in 60 s"))
}

// ShowOnce opens a dialog that only shows something, this once.
func ShowOnce(s *screen.Dialogs, title string, content fyne.CanvasObject, wipe func()) *screen.Dialog {
	var d *screen.Dialog
	done := func() { d.Close() }
	d = s.Show(widgets.DialogOptions{
		Title:     title,
		Content:   widgets.NewPage(content, widgets.PageOptions{OnEscape: done}), // there is nothing to cancel
		Primary:   lang.L("Done"),
		OnPrimary: done,
	}, wipe)
	return d
}
