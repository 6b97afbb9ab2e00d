// Package account is the pane "My account": the name, the phone, the recovery codes and the open
// sessions of who is signed in.
package account

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/signin"
	"anteroom/ui/widgets"
)

// Params are what the pane needs.
type Params struct {
	pane.Params
	Said            string         // what was just done
	OnPassword      func()         // to another password of one's own
	OnRecoveryCodes func([]string) // show them, this once
}

// panel is the pane "My account".
type panel struct {
	params    Params
	page      *widgets.Page
	presenter *presenter
	view      *screen.View[view]

	problem   *widgets.Notice
	name      *widgets.Entry
	nameField *widgets.Field
	save      *widgets.Button
	password  *widgets.Button
	facts     *widgets.Text
	twoFactor *widgets.Text
	move      *widgets.Button
	recovery  *widgets.Text
	few       *widgets.Notice
	newCodes  *widgets.Button
	signedIn  *fyne.Container
	sessions  *screen.View[[]ownSession]
	ends      []*widgets.Button // of the sessions that can be ended
	recent    *fyne.Container
	entries   *screen.View[[][]string]
	quiet     *widgets.Text
	outcomes  [parts]*outcomeLine
}

// New makes the pane.
func New(p Params) pane.Pane {
	w := &panel{params: p}
	w.view, w.sessions, w.entries = screen.NewView(w.show), screen.NewView(w.showSessions), screen.NewView(w.showRecent)
	w.presenter = newPresenter(presenter{
		Scope: p.Scope, session: p.Session, pane: w.view, enrol: w.enrol, onCodes: p.OnRecoveryCodes, outcome: outcome{Said: p.Said},
	})
	w.newWidgets()
	w.layOut()
	return pane.Pane{Content: w.page, Refresh: w.presenter.refresh, Focus: w.page.FocusFirst, Unsaved: w.unsaved}
}

func (w *panel) unsaved() (title, text string, isUnsaved bool) {
	return lang.L("Leave without saving?"), lang.L("What you changed in your account is not saved."), w.presenter.isChanged()
}

func (w *panel) newWidgets() {
	p, leave := w.presenter, w.params.LeaveFor
	w.problem = widgets.NewNotice(widgets.Error, "")
	w.name = widgets.NewEntry()
	w.name.OnChanged, w.name.OnSubmit = screen.Edited(w.view, p.edit), p.save
	w.nameField = widgets.NewField(lang.L("Name"), w.name).Reserve(1)
	w.save = widgets.NewPrimaryButton(lang.L("Save"), p.save)
	w.password = widgets.NewButton(lang.L("Change password…"), func() { leave(w.params.OnPassword) })
	w.facts, w.twoFactor, w.recovery = widgets.Quiet(""), widgets.Paragraph(""), widgets.Paragraph("")
	w.few = widgets.NewNotice(widgets.Warning, "")
	w.move = widgets.NewButton(lang.L("Move to a new phone"), func() { openMove(w.params.Dialogs, p) })
	w.newCodes = widgets.NewButton(lang.L("Make new ones…"), func() { leave(func() { openNewCodes(w.params.Dialogs, p) }) })
	w.signedIn, w.recent, w.quiet = widgets.NewColumn(), pane.Facts(), widgets.Quiet("")
	for i := range w.outcomes {
		w.outcomes[i] = newOutcomeLine(p.cancel)
	}
}

func (w *panel) layOut() {
	cards := []fyne.CanvasObject{
		widgets.NewCard(
			w.nameField, w.facts, w.outcomes[partName].content,
			widgets.NewFooter(w.password, w.save),
		),
		widgets.NewCard(
			widgets.Subheading(lang.L("Two-factor")), w.twoFactor,
			w.outcomes[partPhone].content, container.NewHBox(w.move),
			widgets.NewGap(),
			widgets.Subheading(lang.L("Recovery codes")), w.recovery, w.few,
			container.NewHBox(w.newCodes),
		),
		widgets.NewCard(
			widgets.Subheading(lang.L("Where you are signed in")), w.outcomes[partSessions].content, w.signedIn,
		),
		widgets.NewCard(widgets.Subheading(lang.L("What happened to your account lately")), w.recent, w.quiet),
	}
	column := widgets.NewColumn(widgets.Heading(lang.L("My account")), w.problem)
	for _, card := range cards {
		column.Add(widgets.NewGap())
		column.Add(card)
	}
	scroll := pane.Reading(column)
	w.page = widgets.NewPage(scroll, widgets.PageOptions{Keys: widgets.PageKeys(scroll)}) // at its end nothing takes the focus
}

func (w *panel) show(v view) {
	if w.name.Text != v.Name {
		w.name.SetText(v.Name)
	}
	widgets.SetEnabled(w.name, v.IsReady && !v.Outcomes[partName].IsBusy)
	widgets.SetEnabled(w.save, v.CanSave)
	widgets.SetEnabled(w.move, v.CanMove)
	widgets.SetEnabled(w.newCodes, v.CanMove)
	w.nameField.SetError(v.NameError)
	w.facts.SetText(v.Facts)
	w.twoFactor.SetText(v.TwoFactor)
	w.recovery.SetText(v.Recovery)
	pane.SetNotice(w.few, widgets.Warning, v.Few)
	pane.SetNotice(w.problem, widgets.Error, v.Error)
	w.quiet.SetText(v.Quiet)
	w.quiet.Hidden = v.Quiet == ""
	w.recent.Hidden = v.Quiet != ""
	w.sessions.Show(v.SignedIn)
	w.entries.Show(v.Recent)
	for i, line := range w.outcomes {
		w.showOutcome(line, v.Outcomes[i], w.beginnings()[i])
	}
	layouts.Refresh(w.page)
}

// showOutcome takes the focus back to where the act began when its Cancel goes.
func (w *panel) showOutcome(line *outcomeLine, o outcome, begin fyne.Focusable) {
	c := w.params.Dialogs.Window.Canvas()
	hadFocus := c.Focused() == fyne.Focusable(line.cancel)
	line.show(o)
	if hadFocus && line.cancel.Hidden {
		c.Focus(begin)
	}
}

// beginnings are where the acts of the parts begin.
func (w *panel) beginnings() [parts]fyne.Focusable {
	last := w.password
	if !w.newCodes.Disabled() {
		last = w.newCodes // of what is always there before the sessions
	}
	if len(w.ends) > 0 {
		last = w.ends[0]
	}
	return [parts]fyne.Focusable{w.name, w.move, last}
}

// showSessions takes the focus along when the button that has it goes.
func (w *panel) showSessions(all []ownSession) {
	c := w.params.Dialogs.Window.Canvas()
	had := slices.IndexFunc(w.ends, func(end *widgets.Button) bool { return c.Focused() == fyne.Focusable(end) })
	w.signedIn.RemoveAll()
	w.ends = nil
	for _, s := range all {
		if s.IsThis {
			w.signedIn.Add(widgets.Paragraph(s.Text))
			continue
		}
		end := widgets.NewButton(lang.L("End"), func() { w.presenter.end(s.ID) })
		w.ends = append(w.ends, end)
		w.signedIn.Add(widgets.Beside(widgets.Paragraph(s.Text), end, pane.Indent))
	}
	switch {
	case had < 0:
	case had < len(w.ends):
		c.Focus(w.ends[had])
	default:
		c.Focus(w.beginnings()[partSessions])
	}
}

func (w *panel) showRecent(rows [][]string) {
	var objects []fyne.CanvasObject // in pairs: the layout takes no half ones
	for _, row := range rows {
		objects = append(objects, widgets.Quiet(row[0]).OneLine(), widgets.Paragraph(row[1]))
	}
	w.recent.Objects = objects
	w.recent.Refresh()
}

// enrol opens the dialog of a new phone.
func (w *panel) enrol(m *auth.Move) {
	signin.ShowEnrolment(w.params.Dialogs.Window, signin.EnrolmentParams{
		Scope: w.params.Scope, Copier: w.params.Copier, Enrolment: m.Enrolment,
		Confirm:   func(ctx context.Context, code string) error { return w.presenter.confirmMove(ctx, m, code) },
		Done:      w.presenter.moved,
		Cancelled: w.presenter.refresh,
		Over:      w.presenter.moveFailed,
	})
}

// outcomeLine says what goes on in a part of the pane, or came of it. Without
// words it takes no room.
type outcomeLine struct {
	content *fyne.Container
	notice  *widgets.Notice
	busy    *widgets.Busy
	cancel  *widgets.Button
}

func newOutcomeLine(cancel func()) *outcomeLine {
	l := &outcomeLine{notice: widgets.NewNotice(widgets.Good, ""), busy: widgets.NewBusy(), cancel: widgets.NewLink(lang.L("Cancel"), cancel)}
	l.content = container.NewBorder(nil, nil, nil, l.cancel, container.NewStack(l.busy, l.notice))
	l.content.Hide()
	l.cancel.Hide()
	return l
}

func (l *outcomeLine) show(o outcome) {
	l.content.Hidden = o == outcome{}
	l.cancel.Hidden = !o.CanCancel
	if o.IsBusy {
		l.busy.Start(lang.L("One moment…"))
	} else {
		l.busy.Stop()
	}
	l.notice.Set(widgets.Good, o.Said)
	if o.Error != "" {
		l.notice.Set(widgets.Error, o.Error)
	}
	l.content.Refresh()
}
