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
	page      *Page
	form      *visitForm
	who       *widgets.Text
	alert     *widgets.Notice
	when      *widgets.Text
	status    *widgets.Text
	stamps    *widgets.Text
	row       *fyne.Container
	buttons   []*widgets.Button
	types     *widgets.Select
	typeField *widgets.Field
	note      *widgets.TextArea
	noteField *widgets.Field
	content   *fyne.Container
}

const visitWidth = 560

func newVisitDialog(t *Page, v data.Visit) *visitDialog {
	d := &visitDialog{
		page: t, who: widgets.Quiet(""), alert: widgets.NewNotice(widgets.Warning, ""), when: widgets.Paragraph(""),
		status: widgets.Label(""), stamps: widgets.Small(""), note: widgets.NewTextArea(2), row: widgets.NewFlow(),
	}
	for i := range actionCount {
		b := widgets.NewButton("", func() { d.form.press(d.form.display.Shown().Buttons[i].Action) })
		b.Narrow = true
		b.Hide()
		d.buttons = append(d.buttons, b)
		d.row.Add(b)
	}
	d.form = newVisitForm(t.day, v, t.leaveVisit)
	d.form.display, d.form.closes = screen.NewView(d.show), func() { d.Close() }
	edited := screen.Edited(d.form.display, func(string) { d.edited() })
	d.types, d.note.OnChanged = widgets.NewSelect(nil, edited), edited
	d.typeField = widgets.NewField(lang.L("Kind"), d.types).Reserve(0)
	d.noteField = widgets.NewField(lang.L("Note"), d.note).Reserve(1)
	d.content = widgets.NewColumn(d.alert, d.who, d.when, d.status, d.stamps, widgets.NewGap(), d.row, widgets.NewGap(), d.typeField, d.noteField)
	keys := widgets.NewPage(d.content, widgets.PageOptions{OnEnter: d.form.save, Keys: map[fyne.KeyName]func(){
		fyne.KeyF3: func() { d.form.press(actStep) },
	}})
	view := d.form.view()
	d.Dialog = t.dialogs.Show(widgets.DialogOptions{
		Title: view.Title, Content: keys, Width: visitWidth,
		Primary: lang.L("Save"), OnPrimary: d.form.save,
		Cancel: lang.L("Close"), OnCancel: d.form.left,
		FirstFocus: d.row, Unsaved: func() bool { return d.form.typeID != d.form.base.Type }, // the note is kept as a draft
	}, nil)
	d.form.show()
	if len(view.Buttons) > 0 {
		t.params.Window.Canvas().Focus(d.buttons[0])
	}
	return d
}

func (d *visitDialog) edited() {
	shown := d.form.display.Shown()
	typeID := shown.Type
	if i := d.types.SelectedIndex(); i >= 0 && i < len(shown.Types) {
		typeID = shown.Types[i].ID
	}
	d.form.edit(typeID, d.note.Text)
}

func (d *visitDialog) show(v visitView) {
	d.who.SetText(v.Who)
	d.alert.SetText(v.Alert)
	widgets.SetVisible(d.alert, v.Alert != "")
	widgets.SetVisible(d.who, v.Who != "")
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
	showChoices(d.types, v.Types, v.Type)
	if d.note.Text != v.Note {
		d.note.SetText(v.Note)
	}
	d.noteField.SetHelp(v.Help)
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
