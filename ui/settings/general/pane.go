package general

import (
	"context"
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

// generalWidgets is the pane "General" of the practice details.
type generalWidgets struct {
	page    *widgets.Page
	dialogs *screen.Dialogs
	general *general
	kits    *kit.Maker
	params  Params

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

	showing bool // what changes now is not the person's doing
}

func newGeneralWidgets(s *screen.Dialogs, p Params) *generalWidgets {
	w := &generalWidgets{dialogs: s, params: p}
	w.name = widgets.NewEntry()
	w.name.OnChanged = func(string) { w.edited() }
	w.nameField = widgets.NewField(lang.L("Practice name"), w.name).Reserve(1)
	w.zone = signin.NewZoneField(w.edited)
	w.zoneField = widgets.NewField(lang.L("Time zone"), w.zone)
	w.twoFactor = widgets.NewCheck(lang.L("Enable Two-Factor Authentication"), func(bool) { w.edited() })
	var choices []string
	for _, f := range auth.Frequencies {
		choices = append(choices, frequencyText(f))
	}
	w.frequency = widgets.NewSelect(choices, func(string) { w.edited() })
	w.frequencyField = widgets.NewField(lang.L("Ask for an Auth Code"), w.frequency)
	w.people = widgets.Quiet("")
	w.idle = widgets.NewEntry()
	w.idle.OnChanged = func(string) { w.edited() }
	minutes := pane.ShortField(w.idle, lang.L("minutes idle"))
	w.idleField = widgets.NewField(lang.L("Lock after"), minutes).Reserve(1)
	w.idleField.SetHelp(lang.L("From 1 to 60. The password opens it again."))
	w.handOver = widgets.NewCheck(lang.L("Ask for a hand-over code after a reset"), func(bool) { w.edited() })
	w.cancel = widgets.NewLink(lang.L("Cancel"), func() { w.general.cancel() })
	w.cancel.Hide()
	w.state = widgets.NewNotice(widgets.Good, "")
	w.busy = widgets.NewBusy()
	w.save = widgets.NewPrimaryButton(lang.L("Save"), w.pressSave)

	under := widgets.NewColumn(w.frequencyField, w.people)
	handOver := widgets.NewColumn(widgets.Quiet(lang.L(
		"Whoever resets somebody's two-factor gets eight digits to hand over. They are asked for before the new barcode, within 24 hours.")))
	depending := pane.Indented(under)
	buttons := container.NewHBox(w.cancel, w.save)
	last := container.NewBorder(nil, nil, nil, buttons, container.NewStack(w.busy, w.state))
	card := widgets.NewCard(
		w.nameField, w.twoFactor, depending,
		w.handOver, pane.Indented(handOver),
		w.idleField, w.zoneField,
	)
	column := widgets.NewColumn(
		widgets.Quiet(lang.L("Practice details")),
		widgets.Heading(lang.L("General")),
		widgets.NewGap(),
		card,
	)
	scroll := pane.Reading(column)
	foot := container.New(pane.ReadingLayout(pane.FootMargin), last)
	all, _ := pane.OverFoot(scroll, foot)
	w.page = widgets.NewPage(all, widgets.PageOptions{OnEnter: w.pressSave})
	return w
}

func (w *generalWidgets) focus(c fyne.Canvas) { w.page.FocusFirst(c) }

func (w *generalWidgets) pressSave() { w.general.save() }

// edited reports the form, as the person changes it.
func (w *generalWidgets) edited() {
	if !w.showing {
		w.general.edit(w.form())
	}
}

func (w *generalWidgets) form() generalForm {
	return generalForm{
		Name:      w.name.Text,
		Zone:      w.zone.Name(),
		TwoFactor: w.twoFactor.Checked,
		Frequency: auth.Frequencies[max(0, w.frequency.SelectedIndex())],
		Idle:      w.idle.Text,
		HandOver:  w.handOver.Checked,
	}
}

// setForm fills the fields where they are otherwise; once that is saved, with the whole names too.
func (w *generalWidgets) setForm(form generalForm, isSaved bool) {
	w.showing = true
	defer func() { w.showing = false }()
	if w.form() != form || w.frequency.SelectedIndex() < 0 || isSaved {
		w.name.SetText(form.Name)
		w.zone.SetName(form.Zone)
		w.twoFactor.SetChecked(form.TwoFactor)
		w.frequency.SetSelectedIndex(slices.Index(auth.Frequencies, form.Frequency))
		w.idle.SetText(form.Idle)
		w.handOver.SetChecked(form.HandOver)
	}
}

// show implements generalPane.
func (w *generalWidgets) show(v generalView) {
	if v.Ready {
		w.setForm(v.Form, v.Saved != "")
	}
	open := v.Ready && v.Busy == "" // what is being saved is what is to be seen
	pane.Enable(w.name, open)
	pane.Enable(w.zone.Focusable().(fyne.Disableable), open)
	pane.Enable(w.twoFactor, open)
	pane.Enable(w.frequency, open && v.Form.TwoFactor)
	pane.Enable(w.idle, open)
	pane.Enable(w.handOver, open)
	pane.Enable(w.save, v.CanSave)
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
func (w *generalWidgets) showError(f *widgets.Field, input fyne.Focusable, text string) {
	isNew := text != "" && f.Error() == ""
	f.SetError(text)
	if isNew {
		w.dialogs.Window.Canvas().Focus(input)
	}
}

// askForKit implements generalPane.
func (w *generalWidgets) askForKit() { w.kits.Ask(w.dialogs, kitFirst(), w.general.cancelTurnOn) }

// confirmTurnOn implements generalPane.
func (w *generalWidgets) confirmTurnOn(v turnOnView, form auth.SettingsForm) {
	content := widgets.NewColumn(
		widgets.Paragraph(v.Who),
		widgets.Label(strings.Join(v.Names, "\n")),
		widgets.NewGap(),
		widgets.Paragraph(v.Then),
	)
	if v.You != "" {
		content.Add(widgets.NewGap())
		content.Add(widgets.NewNotice(widgets.Info, v.You))
	}
	var d *screen.Dialog
	d = w.dialogs.Show(widgets.DialogOptions{
		Title:   lang.L("Turn on two-factor authentication"),
		Content: content,
		Careful: true,
		Primary: lang.L("Turn on"),
		OnPrimary: func() {
			d.Close()
			w.general.turnOn(form)
		},
		Cancel:   lang.L("Cancel"),
		OnCancel: w.general.cancelTurnOn,
	}, nil)
}

// enrol implements generalPane.
func (w *generalWidgets) enrol(e *auth.Enrolment, form auth.SettingsForm) {
	signin.ShowEnrolment(w.dialogs.Window, signin.EnrolmentParams{
		Scope:     w.params.Scope,
		Copier:    w.params.Copier,
		Enrolment: e,
		Confirm: func(ctx context.Context, code string) error {
			return w.general.confirmEnrolment(ctx, form, e, code)
		},
		Done:      w.general.turnedOn,
		Cancelled: w.general.cancelTurnOn,
		Over:      w.general.failed,
	})
}

// Params are what the pane needs.
type Params struct {
	pane.Params
	Draft    *Draft                  // what it begins with, as it was left; nil: as it is stored
	Said     string                  // what was just done
	OnNewKit func(*auth.Kit, *Draft) // show the kit, confirm it, and come back with the draft
}

// New makes the pane.
func New(p Params) pane.Pane {
	w := newGeneralWidgets(p.Dialogs, p)
	w.general = newGeneral(general{Scope: p.Scope, session: p.Session, pane: w, draft: p.Draft, said: p.Said})
	w.kits = kit.NewMaker(p.Scope, p.Session, func(k *auth.Kit) { p.OnNewKit(k, w.general.asDraft()) })
	return pane.Pane{Content: w.page, Refresh: w.general.refresh, Focus: w.focus, Unsaved: func() (title, text string, isUnsaved bool) {
		title, text = pane.UnsavedDetails()
		return title, text, w.general.changed()
	}}
}
