package today

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// visitDialog shows an appointment, and what can be done to it.
type visitDialog struct {
	*screen.Dialog
	page    *Page
	sheet   *visitSheet
	who     *widgets.Text
	alert   *widgets.Notice
	when    *widgets.Text
	status  *widgets.Text
	stamps  *widgets.Text
	row     *fyne.Container
	buttons []*widgets.Button
	kind    *widgets.Select
	kindOf  *widgets.Field
	note    *widgets.TextArea
	noteOf  *widgets.Field
	content *fyne.Container
}

const visitWidth = 560

func newVisitDialog(t *Page, v data.Visit) *visitDialog {
	d := &visitDialog{
		page: t, who: widgets.Quiet(""), alert: widgets.NewNotice(widgets.Warning, ""), when: widgets.Paragraph(""),
		status: widgets.Label(""), stamps: widgets.Small(""), note: widgets.NewTextArea(2), row: widgets.NewFlow(),
	}
	for i := range doesCount {
		b := widgets.NewButton("", func() { d.sheet.press(d.sheet.display.Shown().Buttons[i].Does) })
		b.Narrow = true
		b.Hide()
		d.buttons = append(d.buttons, b)
		d.row.Add(b)
	}
	d.sheet = newVisitSheet(t.day, v, t.leaveSheet)
	d.sheet.display, d.sheet.closes = screen.NewView(d.show), func() { d.Close() }
	edited := screen.Edited(d.sheet.display, func(string) { d.edited() })
	d.kind, d.note.OnChanged = widgets.NewSelect(nil, edited), edited
	d.kindOf = widgets.NewField(lang.L("Kind"), d.kind).Reserve(0)
	d.noteOf = widgets.NewField(lang.L("Note"), d.note).Reserve(1)
	d.content = widgets.NewColumn(d.alert, d.who, d.when, d.status, d.stamps, widgets.NewGap(), d.row, widgets.NewGap(), d.kindOf, d.noteOf)
	keys := widgets.NewPage(d.content, widgets.PageOptions{OnEnter: d.sheet.save, Keys: map[fyne.KeyName]func(){
		fyne.KeyF3: func() { d.sheet.press(doStep) },
	}})
	view := d.sheet.view()
	d.Dialog = t.dialogs.Show(widgets.DialogOptions{
		Title: view.Title, Content: keys, Width: visitWidth,
		Primary: lang.L("Save"), OnPrimary: d.sheet.save,
		Cancel: lang.L("Close"), OnCancel: d.sheet.left,
		FirstFocus: d.row, Unsaved: func() bool { return d.sheet.kind != d.sheet.base.Type }, // the note is kept as a draft
	}, nil)
	d.sheet.show()
	if len(view.Buttons) > 0 {
		t.params.Window.Canvas().Focus(d.buttons[0])
	}
	return d
}

func (d *visitDialog) edited() {
	shown := d.sheet.display.Shown()
	kind := shown.Kind
	if i := d.kind.SelectedIndex(); i >= 0 && i < len(shown.Kinds) {
		kind = shown.Kinds[i].ID
	}
	d.sheet.edit(kind, d.note.Text)
}

func (d *visitDialog) show(v visitView) {
	d.who.SetText(v.Who)
	d.alert.SetText(v.Alert)
	setShown(d.alert, v.Alert != "")
	setShown(d.who, v.Who != "")
	d.when.SetText(v.When)
	d.status.SetText(v.Status)
	d.stamps.SetText(strings.Join(v.Stamps, "\n"))
	focused := d.page.params.Window.Canvas().Focused()
	for i, b := range d.buttons {
		if i >= len(v.Buttons) {
			if focused == fyne.Focusable(b) {
				d.page.params.Window.Canvas().Focus(d.Cancel())
			}
			b.Hide()
			continue
		}
		if b.Text != v.Buttons[i].Text {
			b.SetText(v.Buttons[i].Text)
		}
		b.Show()
	}
	showChoices(d.kind, v.Kinds, v.Kind)
	if d.note.Text != v.Note {
		d.note.SetText(v.Note)
	}
	d.noteOf.SetHelp(v.Help)
	d.EnablePrimary(v.CanSave)
	d.SetSaving(v.Busy)
	d.SetError(v.Error)
	d.Refresh()
}

// showChoices shows a list of choices with one of them chosen.
func showChoices(s *widgets.Select, choices []choice, chosen string) {
	names := make([]string, len(choices))
	at := -1
	for i, c := range choices {
		names[i] = c.Name
		if c.ID == chosen {
			at = i
		}
	}
	if strings.Join(names, "\x00") != strings.Join(s.Options, "\x00") {
		s.Options = names
		s.Refresh()
	}
	switch {
	case at < 0:
		s.ClearSelected()
	case s.SelectedIndex() != at:
		s.SetSelectedIndex(at)
	}
}
