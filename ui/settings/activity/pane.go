package activity

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"anteroom/auth"
	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/widgets"
)

// listRows is how many rows of the activity are in sight at least.
const listRows = 8

// activityWidgets is the pane "Activity".
type activityWidgets struct {
	content  *container.Scroll
	dialogs  *screen.Dialogs
	activity *activity

	head    *activityHead
	person  *widgets.Select
	kind    *widgets.Select
	from    *widgets.Entry
	to      *widgets.Entry
	fromDay *widgets.Field
	toDay   *widgets.Field

	verify     *widgets.Button
	export     *widgets.Button
	stopVerify *widgets.Button
	verifying  *widgets.Busy
	result     *widgets.Notice

	list    *widgets.Table[*auth.ActivityEntry]
	problem *widgets.Notice
	reading *widgets.Busy
	read    *widgets.Text
	stop    *widgets.Button
	older   *widgets.Button

	shown   activityView
	showing bool // what changes now is not the person's doing
}

func newActivityWidgets(s *screen.Dialogs, goTo func(pane string)) *activityWidgets {
	w := &activityWidgets{dialogs: s, head: newActivityHead(s.Window, goTo)}
	filters, acts := w.newFilters(), w.newActs()
	head := widgets.NewColumn(widgets.Heading(lang.L("Activity")), w.head.column, widgets.NewGap(), filters, acts, container.NewStack(w.verifying, w.result), w.problem)
	below := w.newList()
	table := container.New(layout.NewCustomPaddedLayout(0, pane.ListMargin, pane.ListMargin, pane.ListMargin), w.list)
	body := container.New(pane.RoomForRows(listRows), table)
	frame := container.New(layout.NewBorderLayout(head, below, nil, nil), head, body, below) // in the order of Tab
	margin := container.New(layout.NewCustomPaddedLayout(pane.Margin, pane.Margin, pane.Margin, pane.Margin), frame)
	w.content = container.NewVScroll(margin)
	return w
}

func (w *activityWidgets) newFilters() fyne.CanvasObject {
	w.person = widgets.NewSelect(nil, func(string) {
		if !w.showing {
			w.activity.choosePerson(w.person.SelectedIndex())
		}
	})
	w.kind = widgets.NewSelect(kindTexts(), func(string) {
		if !w.showing {
			w.activity.chooseKind(w.kind.SelectedIndex())
		}
	})
	w.from, w.to = w.newDay(), w.newDay()
	w.fromDay, w.toDay = widgets.NewField(lang.L("From"), w.from), widgets.NewField(lang.L("To"), w.to)
	w.fromDay.SetHelp(lang.L("A day, such as 24 Nov 2026"))
	return pane.FieldsRow([]float32{200, 200, 160, 160},
		widgets.NewField(lang.L("Person"), w.person).Reserve(0), widgets.NewField(lang.L("Kind"), w.kind).Reserve(0), w.fromDay, w.toDay)
}

func (w *activityWidgets) newDay() *widgets.Entry {
	e := widgets.NewEntry()
	e.OnChanged = func(string) { w.activity.typeDays(w.from.Text, w.to.Text) }
	e.OnSubmit = func() { w.activity.judge() }
	return e
}

func (w *activityWidgets) newActs() fyne.CanvasObject {
	w.verify = widgets.NewButton(lang.L("Verify"), func() { w.activity.verify() })
	w.export = widgets.NewButton(lang.L("Export CSV…"), w.openExport)
	w.stopVerify = widgets.NewButton(lang.L("Cancel"), func() { w.activity.stopVerify() })
	w.stopVerify.Hide()
	w.verifying, w.result = widgets.NewBusy(), widgets.NewNotice(widgets.Good, "")
	w.problem = widgets.NewNotice(widgets.Error, "")
	w.problem.Hide()
	return widgets.NewFlow(w.verify, w.export, w.stopVerify)
}

func (w *activityWidgets) newList() (below fyne.CanvasObject) {
	w.list = widgets.NewTable(entryID,
		widgets.Column[*auth.ActivityEntry]{Title: lang.L("When"), Width: 112, Text: func(e *auth.ActivityEntry) string { return w.activity.when(e) }},
		widgets.Column[*auth.ActivityEntry]{Title: lang.L("What"), Width: 150, Grow: true, Text: entryText},
	)
	w.list.OnSelected = func(row int) { w.activity.reached(row) }
	w.list.OnActivated = w.openEntry
	w.reading, w.read = widgets.NewBusy(), widgets.Quiet("")
	w.stop = widgets.NewButton(lang.L("Cancel"), func() { w.activity.stopReading() })
	w.older = widgets.NewButton(lang.L("Show older"), func() { w.activity.showOlder() })
	w.stop.Hide()
	w.older.Hide()
	return container.NewBorder(nil, nil, nil, container.NewHBox(w.stop, w.older), container.NewStack(w.reading, w.read))
}

func entryID(e *auth.ActivityEntry) string {
	if e == nil {
		return ""
	}
	return strconv.FormatInt(e.Seq, 10)
}

// focus begins at the top: the list is below what one looks at first.
func (w *activityWidgets) focus(c fyne.Canvas) { c.Focus(w.head.bars.Focusable()) }

// show implements activityPane.
func (w *activityWidgets) show(v activityView) {
	was := w.shown
	w.shown = v
	w.head.show(v)
	w.showFilters(v)
	w.showRows(was, v)
	w.showReading(v)
	w.showVerify(v)
	layouts.Refresh(w.content)
	if v.Result != was.Result && v.Result != "" {
		widgets.Reveal(w.result) // in a low window it is below what asked for it
	}
}

func (w *activityWidgets) showFilters(v activityView) {
	w.showing = true
	if !slices.Equal(w.person.Options, v.Persons) {
		w.person.SetOptions(v.Persons)
	}
	if w.person.SelectedIndex() != v.Person {
		w.person.SetSelectedIndex(v.Person)
	}
	if w.kind.SelectedIndex() != v.Kind {
		w.kind.SetSelectedIndex(v.Kind)
	}
	w.showing = false
	for field, text := range map[*widgets.Field]string{w.fromDay: v.FromError, w.toDay: v.ToError} {
		if field.Error() != text {
			field.SetError(text)
		}
	}
}

// showRows keeps the chosen row, unless the list begins anew.
func (w *activityWidgets) showRows(was, v activityView) {
	w.list.SetEmpty(v.Empty)
	anew := was.List != v.List
	if anew || was.Rows != v.Rows {
		if anew {
			w.list.Unselect()
		}
		w.list.SetSource(v.Rows, w.activity.at)
	} else if was.Empty != v.Empty {
		w.list.Refresh()
	}
	if w.list.Selected() < 0 {
		w.list.Select(0)
	}
}

func (w *activityWidgets) showReading(v activityView) {
	if v.Reading != "" {
		w.reading.SetProgress(v.Reading, v.Read, v.ReadTotal)
	} else {
		w.reading.Stop()
	}
	w.read.SetText(v.Shown)
	w.problem.SetText(v.ReadProblem)
	w.problem.Hidden = v.ReadProblem == ""
	w.showButton(w.stop, v.CanStop, w.list.Focusable())
	w.showButton(w.older, v.CanGoOn, w.list.Focusable())
}

func (w *activityWidgets) showVerify(v activityView) {
	pane.Enable(w.export, v.CanExport)
	w.showButton(w.stopVerify, v.CanStopVerify, w.verify)
	if v.Verifying != "" {
		w.verifying.SetProgress(v.Verifying, v.Verified, v.VerifyTotal)
	} else {
		w.verifying.Stop()
	}
	kind := widgets.Warning
	if v.Good {
		kind = widgets.Good
	}
	w.result.Set(kind, v.Result)
}

// showButton gives the focus to another when the button goes.
func (w *activityWidgets) showButton(b *widgets.Button, on bool, next fyne.Focusable) {
	b.Hidden = !on
	if c := w.dialogs.Window.Canvas(); !on && c.Focused() == fyne.Focusable(b) {
		c.Focus(next)
	}
}

func (w *activityWidgets) openEntry(row int) {
	if e, ok := w.activity.entry(row); ok {
		openEntry(w.dialogs, newEntryView(e))
	}
}

func (w *activityWidgets) openExport() {
	if w.activity.canExport() {
		openExport(w.dialogs, w.activity)
	}
}

// New makes the pane. goTo leads to another one.
func New(p pane.Params, goTo func(name string)) pane.Pane {
	w := newActivityWidgets(p.Dialogs, goTo)
	w.activity = newActivity(activity{Scope: p.Scope, session: p.Session, pane: w, save: p.Save, folder: p.Folder})
	return pane.Pane{Content: w.content, Refresh: w.activity.open, Focus: w.focus}
}
