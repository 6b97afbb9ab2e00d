package settings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/signin"
	"anteroom/ui/widgets"
)

// accountWidgets is the pane "My account".
type accountWidgets struct {
	page    *widgets.Page
	sheets  *sheets
	params  Params
	account *account

	name      *widgets.Entry
	nameField *widgets.Field
	save      *widgets.Button
	facts     *widgets.Text
	twoFactor *widgets.Text
	move      *widgets.Button
	recovery  *widgets.Text
	few       *widgets.Notice
	newCodes  *widgets.Button
	signedIn  *fyne.Container
	recent    *fyne.Container
	state     *widgets.Notice
	grown     []fyne.CanvasObject // hold the lines that change, the innermost first

	shown   accountView
	showing bool // what changes now is not the person's doing
}

func newAccountWidgets(s *sheets, p Params) *accountWidgets {
	w := &accountWidgets{sheets: s, params: p}
	w.name = widgets.NewEntry()
	w.name.OnChanged = w.typed
	w.name.OnSubmit = func() { w.account.save() }
	w.nameField = widgets.NewField(lang.L("Name"), w.name)
	w.save = widgets.NewPrimaryButton(lang.L("Save"), func() { w.account.save() })
	w.facts, w.twoFactor, w.recovery = widgets.Quiet(""), widgets.Paragraph(""), widgets.Paragraph("")
	w.few, w.state = widgets.NewNotice(widgets.Warning, ""), widgets.NewNotice(widgets.Good, "")
	w.move = widgets.NewButton(lang.L("Move to a new phone"), w.openMove)
	w.newCodes = widgets.NewButton(lang.L("Make new ones…"), w.openNewCodes)
	w.signedIn, w.recent = widgets.NewColumn(), container.New(factsLayout{})

	first := widgets.NewCard(
		w.nameField,
		container.NewBorder(nil, nil, nil, w.save, w.facts),
		widgets.NewGap(),
		container.NewHBox(widgets.NewButton(lang.L("Change password…"), p.OnPassword)),
	)
	second := widgets.NewCard(
		widgets.Subheading(lang.L("Two-factor")),
		w.twoFactor,
		container.NewHBox(w.move),
		widgets.NewGap(),
		widgets.Subheading(lang.L("Recovery codes")),
		w.recovery, w.few,
		container.NewHBox(w.newCodes),
	)
	third := widgets.NewCard(widgets.Subheading(lang.L("Where you are signed in")), w.signedIn)
	fourth := widgets.NewCard(widgets.Subheading(lang.L("What happened to your account lately")), w.recent)
	column := widgets.NewColumn(widgets.Heading(lang.L("My account")), w.state, widgets.NewGap(),
		first, widgets.NewGap(), second, widgets.NewGap(), third, widgets.NewGap(), fourth)
	scroll := inPane(column)
	w.page = widgets.NewPage(scroll, widgets.PageOptions{})
	w.grown = []fyne.CanvasObject{w.signedIn, w.recent, first, second, third, fourth, column, scroll, w.page}
	return w
}

func (w *accountWidgets) focus(c fyne.Canvas) { w.page.FocusFirst(c) }

func (w *accountWidgets) typed(text string) {
	if !w.showing {
		w.account.edit(text)
	}
}

// show implements accountPane.
func (w *accountWidgets) show(v accountView) {
	w.showing = true
	if w.name.Text != v.Name {
		w.name.SetText(v.Name)
	}
	w.showing = false
	enable(w.name, v.Ready)
	enable(w.save, v.CanSave)
	enable(w.move, v.CanMove)
	enable(w.newCodes, v.CanMove)
	w.nameField.SetError(v.NameError)
	w.facts.SetText(v.Facts)
	w.twoFactor.SetText(v.TwoFactor)
	w.recovery.SetText(v.Recovery)
	w.few.SetText(v.Few)
	w.state.Set(widgets.Good, v.Said)
	if v.Error != "" {
		w.state.Set(widgets.Error, v.Error)
	}
	if !slices.Equal(w.shown.SignedIn, v.SignedIn) {
		w.showSignedIn(v.SignedIn)
	}
	if !slices.EqualFunc(w.shown.Recent, v.Recent, slices.Equal[[]string]) {
		w.showRecent(v.Recent)
	}
	w.shown = v
	for _, o := range w.grown {
		o.Refresh()
	}
}

func (w *accountWidgets) showSignedIn(all []signedInView) {
	w.signedIn.RemoveAll()
	for _, s := range all {
		if s.This {
			w.signedIn.Add(widgets.Paragraph(s.Text))
			continue
		}
		end := widgets.NewButton(lang.L("End"), func() { w.account.end(s.ID) })
		w.signedIn.Add(container.NewBorder(nil, nil, nil, container.NewCenter(end), widgets.Paragraph(s.Text)))
	}
}

func (w *accountWidgets) showRecent(rows [][]string) {
	var objects []fyne.CanvasObject // in pairs: the layout takes no half ones
	for _, row := range rows {
		objects = append(objects, widgets.Quiet(row[0]).OneLine(), widgets.Paragraph(row[1]))
	}
	w.recent.Objects = objects
	w.recent.Refresh()
}

// enrol implements accountPane.
func (w *accountWidgets) enrol(m *auth.Move) {
	signin.ShowEnrolment(w.params.Window, signin.EnrolmentParams{
		Ctx: w.params.Ctx, Runner: w.params.Runner, Copier: w.params.Copier, Enrolment: m.Enrolment,
		Confirm: func(ctx context.Context, code string) error {
			return w.params.Session.ConfirmMove(ctx, m, code)
		},
		Done:      w.account.moved,
		Cancelled: w.account.refresh,
		Over:      w.account.failed,
	})
}

func (w *accountWidgets) openMove() { w.sheets.openMove(w.account) }

func (w *accountWidgets) openNewCodes() { w.sheets.openNewCodes(w.account) }
