package patients

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"anteroom/ui/layouts"
	"anteroom/ui/looks"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// recordHead leads back, and says who a patient is where the card that does so scrolls away.
type recordHead struct {
	content *fyne.Container
	who     *widgets.Text
	alert   *widgets.Banner
}

func newRecordHead(onBack func()) *recordHead {
	back := widgets.NewFlatButton(looks.SignEarlier, lang.L("Back"), onBack)
	back.Tip = lang.L("Esc")
	h := &recordHead{who: widgets.Label(""), alert: widgets.NewBanner(looks.ColorNameAlert, looks.ColorNameOnAlert)}
	row := &layouts.Row{Gap: gap, Fill: h.who, Align: layouts.Middle}
	h.content = padded(widgets.NewColumn(container.New(row, back, h.who), h.alert), gap/2, 0, margin)
	return h
}

func (h *recordHead) show(v recordView, isNarrow bool) {
	h.who.SetText(joined(shortened(v.Title, 2*shortName), v.Born))
	h.alert.SetText(shortened(inLine(v.Alert), alertInForms))
	widgets.SetVisible(h.who, isNarrow)
	widgets.SetVisible(h.alert, isNarrow && v.Alert != "")
}

// whoCard says who a patient is: what tells them from others, and what nobody may overlook.
type whoCard struct {
	of   *PatientPage
	card *widgets.Card

	title, born *widgets.Text
	sex, also   *widgets.Text
	alert       *widgets.Banner
	state       *widgets.Notice
	phones      *fyne.Container
	numbers     *widgets.Text
	edit, more  *widgets.Button
}

func newWhoCard(of *PatientPage) *whoCard {
	c := &whoCard{of: of, title: widgets.Heading(""), born: widgets.Subheading(""), sex: widgets.Quiet(""), also: widgets.Quiet("")}
	c.alert, c.state = widgets.NewBanner(looks.ColorNameAlert, looks.ColorNameOnAlert), hidden(widgets.NewNotice(widgets.Info, ""))
	c.phones, c.numbers = widgets.NewColumn(), widgets.Quiet("")
	c.edit = widgets.NewButton(lang.L("Edit…"), func() { of.params.OnEdit(of.record.id) })
	c.edit.Sign = looks.SignEdit
	c.more = widgets.NewMenuButton(nil, lang.L("More"), c.openMenu)
	c.card = widgets.NewCard(newTight(c.title, c.born, c.sex, c.also), c.alert, c.state, c.phones, c.numbers, widgets.NewFlow(c.edit, c.more))
	return c
}

func (c *whoCard) openMenu() {
	of := c.of
	widgets.ShowMenuBelow(c.more,
		widgets.MenuItem{Text: lang.L("Print next appointments"), Sign: looks.SignPrint, Act: of.print, Off: !of.shown().CanPrint},
		widgets.MenuItem{Text: lang.L("Merge…"), Act: of.openMerge},
	)
}

// print prints the next appointments.
func (w *PatientPage) print() { w.params.OnPrint(w.record.now.patient, w.record.next()) }

func (c *whoCard) show(v recordView, isNarrow bool) {
	c.title.SetHeading(v.Title)
	c.born.SetText(v.Born)
	setText(c.sex, v.Sex)
	setText(c.also, v.Also)
	c.alert.SetText(v.Alert)
	widgets.SetVisible(c.title, !isNarrow) // else the head has them
	widgets.SetVisible(c.born, !isNarrow && v.Born != "")
	widgets.SetVisible(c.alert, !isNarrow && v.Alert != "")
	setNotice(c.state, widgets.Info, v.State)
	c.phones.Objects = nil
	for _, phone := range v.Phones {
		c.phones.Objects = append(c.phones.Objects, signed(looks.SignPhone, phone))
	}
	widgets.SetVisible(c.phones, len(v.Phones) > 0)
	setText(c.numbers, v.Numbers)
	for _, button := range []*widgets.Button{c.edit, c.more} {
		widgets.SetEnabled(button, v.Ready && v.Busy == "")
	}
}

// signed is a line with a sign before it.
func signed(sign fyne.Resource, text string) fyne.CanvasObject {
	image := canvas.NewImageFromResource(theme.NewColoredResource(sign, theme.ColorNamePlaceHolder))
	image.FillMode = canvas.ImageFillContain
	side := layouts.Length(layouts.LineHeight)
	line := widgets.Paragraph(text)
	row := &layouts.Row{Gap: gap, Fill: line, Align: layouts.Top}
	return container.New(row, container.New(layouts.MinSize{Width: layouts.Exactly(side), Height: layouts.Exactly(side)}, image), line)
}

// setText shows words, or nothing and takes no room.
func setText(t *widgets.Text, text string) {
	t.SetText(text)
	widgets.SetVisible(t, text != "")
}

// restCard has all else that is known of a patient. Without anything it is not there.
type restCard struct {
	of    *PatientPage
	card  *widgets.Card
	facts *fyne.Container

	notesLabel  *widgets.Text
	notes       *widgets.Text
	fold        *widgets.Button
	mergedLines *fyne.Container
	merged      *screen.View[[]mergedLine]
}

func newRestCard(of *PatientPage) *restCard {
	c := &restCard{of: of, facts: widgets.NewColumn(), notesLabel: widgets.Small(lang.L("Notes")), notes: widgets.Paragraph("")}
	c.fold = widgets.NewLink("", of.record.unfold)
	c.mergedLines, c.merged = widgets.NewColumn(), screen.NewView(c.showMerged)
	c.card = widgets.NewCard(c.facts, newTight(c.notesLabel, c.notes, c.fold), c.mergedLines)
	c.card.Hide()
	return c
}

func (c *restCard) show(v recordView) {
	c.facts.Objects = nil
	for _, f := range v.Facts {
		c.facts.Objects = append(c.facts.Objects, newTight(widgets.Small(f.Label), widgets.Paragraph(f.Value)))
	}
	setText(c.notes, v.Notes)
	widgets.SetVisible(c.notesLabel, v.Notes != "")
	c.fold.SetText(v.Fold)
	widgets.SetVisible(c.fold, v.Fold != "")
	c.merged.Show(v.Merged)
	widgets.SetVisible(c.facts, len(v.Facts) > 0)
	widgets.SetVisible(c.mergedLines, len(v.Merged) > 0)
	widgets.SetVisible(c.card, len(v.Facts)+len(v.Merged) > 0 || v.Notes != "")
}

// showMerged has a line for each merge. They are a view of their own, so that their buttons keep
// the focus while something else changes.
func (c *restCard) showMerged(merged []mergedLine) {
	c.mergedLines.Objects = nil
	for _, m := range merged {
		take := widgets.NewButton(lang.L("Take back…"), func() { c.of.askTakeBack(m) })
		c.mergedLines.Add(widgets.NewNotice(widgets.Info, m.Text))
		c.mergedLines.Add(container.NewHBox(take))
	}
}
