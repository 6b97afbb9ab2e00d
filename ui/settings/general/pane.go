// Package general is the pane about the practice itself, and when it asks who is there.
package general

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/kit"
	"anteroom/ui/settings/pane"
	"anteroom/ui/signin"
	"anteroom/ui/widgets"
)

// Params are what the pane needs.
type Params struct {
	pane.Params
	Draft    *Draft                  // what it begins with, as it was left; nil: as it is stored
	Said     string                  // what was just done
	OnNewKit func(*auth.Kit, *Draft) // show the kit, confirm it, and come back with the draft

	OnEnrolled func() // who turns two-factor on has set up their phone, and is about to be signed out
}

// panel is what the pane shows.
type panel struct {
	page      *widgets.Page
	params    Params
	pane      *screen.View[view]
	presenter *presenter
	kits      *kit.Maker

	name           *widgets.Entry
	nameField      *widgets.Field
	zone           signin.ZoneField
	zoneField      *widgets.Field
	twoFactor      *widgets.Check
	frequency      *widgets.Select
	frequencyField *widgets.Field
	people         *widgets.Text
	idle           *widgets.Entry
	idleField      *widgets.Field
	handOver       *widgets.Check
	cancel         *widgets.Button
	state          *widgets.Notice
	busy           *widgets.Busy
	save           *widgets.Button
}

// New makes the pane.
func New(p Params) pane.Pane { return newPanel(p).asPane() }

func (w *panel) asPane() pane.Pane {
	return pane.Pane{Content: w.page, Refresh: w.presenter.refresh, Focus: w.page.FocusFirst, Unsaved: func() (title, text string, isUnsaved bool) {
		title, text = pane.UnsavedDetails()
		return title, text, w.presenter.changed()
	}}
}

func newPanel(p Params) *panel {
	w := &panel{params: p}
	w.pane = screen.NewView(w.show)
	w.presenter = newPresenter(presenter{
		Scope: p.Scope, session: p.Session, pane: w.pane, draft: p.Draft, said: p.Said,
		askForKit: w.askForKit, confirmTurnOn: w.openTurnOn, enrol: w.openEnrolment,
	})
	w.kits = kit.NewMaker(p.Scope, p.Session, func(k *auth.Kit) { p.OnNewKit(k, w.presenter.asDraft()) })
	w.newFields()
	w.layOut()
	return w
}

// newFields makes what can be changed. What is changed by showing it is not reported.
func (w *panel) newFields() {
	edited := w.pane.ByPerson(func() { w.presenter.edit(w.form()) })
	w.name = widgets.NewEntry()
	w.name.OnChanged = func(string) { edited() }
	w.zone = signin.NewZoneField(edited)
	w.twoFactor = widgets.NewCheck(lang.L("Enable Two-Factor Authentication"), func(bool) { edited() })
	var choices []string
	for _, f := range auth.Frequencies {
		choices = append(choices, frequencyText(f))
	}
	w.frequency = widgets.NewSelect(choices, func(string) { edited() })
	w.idle = widgets.NewEntry()
	w.idle.OnChanged = func(string) { edited() }
	w.handOver = widgets.NewCheck(lang.L("Ask for a hand-over code after a reset"), func(bool) { edited() })
}

func (w *panel) layOut() {
	w.nameField = widgets.NewField(lang.L("Practice name"), w.name).Reserve(1)
	w.zoneField = widgets.NewField(lang.L("Time zone"), w.zone)
	w.frequencyField = widgets.NewField(lang.L("Ask for an Auth Code"), w.frequency)
	w.people = widgets.Quiet("")
	w.idleField = widgets.NewField(lang.L("Lock after"), pane.ShortField(w.idle, lang.L("minutes idle"))).Reserve(1)
	w.idleField.SetHelp(lang.L("From 1 to 60. The password opens it again."))
	handOver := widgets.Quiet(lang.L(
		"Whoever resets somebody's two-factor gets eight digits to hand over. They are asked for before the new barcode, within 24 hours."))
	card := widgets.NewCard(
		w.nameField,
		w.twoFactor, pane.Indented(widgets.NewColumn(w.frequencyField, w.people)),
		w.handOver, pane.Indented(widgets.NewColumn(handOver)),
		w.idleField, w.zoneField,
	)
	scroll := pane.Reading(widgets.NewColumn(
		widgets.Heading(lang.L("General")),
		widgets.NewGap(),
		card,
	))
	all, _ := pane.OverFoot(scroll, container.New(pane.ReadingLayout(pane.FootMargin), w.foot()))
	w.page = widgets.NewPage(all, widgets.PageOptions{OnEnter: w.presenter.save})
}

// foot has the buttons, and what becomes of them.
func (w *panel) foot() fyne.CanvasObject {
	w.cancel = widgets.NewLink(lang.L("Cancel"), w.presenter.cancel)
	w.cancel.Hide()
	w.save = widgets.NewPrimaryButton(lang.L("Save"), w.presenter.save)
	w.state, w.busy = widgets.NewNotice(widgets.Good, ""), widgets.NewBusy()
	return container.NewBorder(nil, nil, nil, container.NewHBox(w.cancel, w.save), container.NewStack(w.busy, w.state))
}

func (w *panel) form() form {
	return form{
		Name:      w.name.Text,
		Zone:      w.zone.Name(),
		TwoFactor: w.twoFactor.Checked,
		Frequency: auth.Frequencies[max(0, w.frequency.SelectedIndex())],
		Idle:      w.idle.Text,
		HandOver:  w.handOver.Checked,
	}
}

// setForm fills the fields where they are otherwise; once that is saved, with the whole names too.
func (w *panel) setForm(f form, isSaved bool) {
	if w.form() != f || w.frequency.SelectedIndex() < 0 || isSaved {
		w.name.SetText(f.Name)
		w.zone.SetName(f.Zone)
		w.twoFactor.SetChecked(f.TwoFactor)
		w.frequency.SetSelectedIndex(slices.Index(auth.Frequencies, f.Frequency))
		w.idle.SetText(f.Idle)
		w.handOver.SetChecked(f.HandOver)
	}
}

func (w *panel) show(v view) {
	if v.Ready {
		w.setForm(v.Form, v.Saved != "")
	}
	open := v.Ready && v.Busy == "" // what is being saved is what is to be seen
	widgets.SetEnabled(w.name, open)
	widgets.SetEnabled(w.zone.Focusable().(fyne.Disableable), open)
	widgets.SetEnabled(w.twoFactor, open)
	widgets.SetEnabled(w.frequency, open && v.Form.TwoFactor)
	widgets.SetEnabled(w.idle, open)
	widgets.SetEnabled(w.handOver, open)
	widgets.SetEnabled(w.save, v.CanSave)
	w.cancel.Hidden = !v.CanCancel
	w.showError(w.idleField, w.idle, v.IdleError)
	w.showError(w.nameField, w.name, v.NameError)
	w.showError(w.zoneField, w.zone.Focusable(), v.ZoneError)
	w.zoneField.SetHelp(v.ZoneNote)
	w.frequencyField.SetHelp(v.FrequencyNote)
	w.people.SetText(strings.TrimSpace(v.People + " " + v.NotEnrolled))
	w.state.Set(widgets.Good, v.Saved)
	if v.Error != "" {
		w.state.Set(widgets.Error, v.Error)
	}
	if v.Busy != "" {
		w.busy.Start(v.Busy)
	} else {
		w.busy.Stop()
	}
	layouts.Refresh(w.page)
}

// showError says beside a field what is wrong with it, and brings it into sight.
func (w *panel) showError(f *widgets.Field, input fyne.Focusable, text string) {
	isNew := text != "" && f.Error() == ""
	f.SetError(text)
	if isNew {
		w.params.Dialogs.Window.Canvas().Focus(input)
	}
}
