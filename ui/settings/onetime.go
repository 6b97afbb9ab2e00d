package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"anteroom/ui/widgets"
	"anteroom/ui/work"
)

// oneTimeSheet shows a one-time password, this once.
type oneTimeSheet struct {
	*sheet
	copier   *work.Copier
	password string
	shown    *widget.RichText
	copied   *widgets.Text
}

func (s *sheets) openOneTime(v oneTimeView, c *work.Copier) {
	d := &oneTimeSheet{copier: c, password: v.Password, shown: largeFixedWidth(v.Password), copied: widgets.Small("")}
	copyButton := widgets.NewButton(lang.L("Copy"), d.copyPassword)
	content := widgets.NewColumn(
		widgets.Label(v.Name),
		d.shown,
		container.NewHBox(copyButton, container.NewCenter(d.copied.OneLine())),
		widgets.Paragraph(lang.L("Hand it over in person. It must be changed at the first sign-in, and it won't be shown again.")),
	)
	// Esc is Done too: there is nothing to cancel.
	page := widgets.NewPage(content, widgets.PageOptions{OnEscape: d.done})
	d.sheet = s.show(widgets.DialogOptions{
		Title:     lang.L("One-time password"),
		Content:   page,
		Primary:   lang.L("Done"),
		OnPrimary: d.done,
	}, d.wipe)
}

// largeFixedWidth is for what is read out or typed off the screen.
func largeFixedWidth(text string) *widget.RichText {
	r := widget.NewRichText()
	setLarge(r, text)
	return r
}

// setLarge shows another text; "" keeps its line.
func setLarge(r *widget.RichText, text string) {
	r.Segments = []widget.RichTextSegment{&widget.TextSegment{Text: text, Style: widget.RichTextStyle{
		ColorName: theme.ColorNameForeground,
		SizeName:  theme.SizeNameHeadingText,
		TextStyle: fyne.TextStyle{Monospace: true},
		Alignment: fyne.TextAlignCenter,
	}}}
	r.Refresh()
}

func (d *oneTimeSheet) copyPassword() {
	d.copier.Copy(d.password)
	d.copied.SetText(lang.L("Copied. It leaves the clipboard in 60 s"))
}

func (d *oneTimeSheet) done() { d.close() }

func (d *oneTimeSheet) wipe() {
	d.password = ""
	setLarge(d.shown, "")
}
