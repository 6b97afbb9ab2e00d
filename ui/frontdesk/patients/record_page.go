package patients

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/layouts"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// PatientPage is the page of one patient: who it is at the left, the appointments at the right.
type PatientPage struct {
	base
	record *record
	page   *widgets.Page
	cards  *fyne.Container

	head       *recordHead
	who        *whoCard
	rest       *restCard
	visits     *visitsCard
	error      *widgets.Notice
	busy       *widgets.Busy
	toast      *widgets.Toast
	isNarrow   bool // there is one column
	wantsFocus bool // "Book…" gets it when the patient was read
}

// NewPatient makes the page of a patient; said is what was just done with it.
// OnEdit, OnBook, OnVisit, OnMove, OnPrint, OnPatient (after a merge) and OnBack lead on.
func NewPatient(p Params, id, said string) *PatientPage {
	w := &PatientPage{base: newBase(p)}
	w.record = newRecord(w.scope, id, said)
	w.record.display = screen.NewView(w.show)
	w.head, w.who, w.rest, w.visits = newRecordHead(p.OnBack), newWhoCard(w), newRestCard(w), newVisitsCard(w)
	w.error, w.busy = hidden(widgets.NewNotice(widgets.Error, "")), widgets.NewBusy()
	w.busy.Hide()
	w.toast = widgets.NewToast(w.undo, w.record.quiet)
	w.page = widgets.NewPage(w.layOut(), widgets.PageOptions{
		OnEscape: p.OnBack, Keys: map[fyne.KeyName]func(){fyne.KeyF3: w.NextStep},
	})
	w.record.update()
	w.record.refresh()
	return w
}

func (w *PatientPage) layOut() fyne.CanvasObject {
	l := &recordLayout{who: w.who.card, visits: w.visits.card, rest: w.rest.card}
	w.cards = container.New(l, l.who, l.visits, l.rest) // in the order of Tab
	l.narrowed = func(isNarrow bool) {
		w.cards.Objects = []fyne.CanvasObject{l.who, l.visits, l.rest}
		if isNarrow { // what is done comes first, for who it is stands above
			w.cards.Objects = []fyne.CanvasObject{l.visits, l.who, l.rest}
		}
		w.setNarrow(isNarrow)
	}
	column := widgets.NewColumn(w.error, w.busy, w.cards)
	wide := layouts.MaxWidth{Width: layouts.Growing(recordWidth), MarginX: margin}
	scroll := container.NewVScroll(padded(container.New(wide, column), gap/2, margin, 0))
	body := container.New(layouts.Column{Fill: scroll}, w.head.content, scroll)
	return container.New(toastLayout{w.toast}, body, w.toast)
}

// setNarrow has what says who it is stay above what scrolls, where there is one column: or it would be out of sight beside
// the appointments.
func (w *PatientPage) setNarrow(isNarrow bool) {
	w.isNarrow = isNarrow
	w.head.show(w.shown(), isNarrow)
	w.who.show(w.shown(), isNarrow)
	layouts.Refresh(w.page)
}

// ID is the patient's whose page it is.
func (w *PatientPage) ID() string { return w.record.id }

// Content is what the window shows.
func (w *PatientPage) Content() fyne.CanvasObject { return w.page }

// Focus puts the focus on "Book…", as soon as that can be pressed.
func (w *PatientPage) Focus() {
	w.page.FocusFirst(w.canvas()) // for the keys of the page
	w.canvas().Unfocus()
	w.wantsFocus = !w.shown().Ready
	if w.shown().Ready {
		w.canvas().Focus(w.visits.book)
	}
}

// NextStep has the patient arrive for today's appointment.
func (w *PatientPage) NextStep() {
	if w.shown().Ready {
		w.params.OnArrive(w.record.id, w.record.told)
	}
}

// undo takes back what the toast says.
func (w *PatientPage) undo() {
	w.record.quiet()
	w.canvas().Focus(w.visits.book) // the link goes
	w.params.OnUndo(w.record.undone)
}

// Say says what was just done elsewhere.
func (w *PatientPage) Say(text string) { w.record.say(said{Text: text}) }

// Refresh reads the patient again: the records changed.
func (w *PatientPage) Refresh() { w.record.refresh() }

func (w *PatientPage) shown() recordView { return w.record.display.Shown() }

func (w *PatientPage) show(v recordView) {
	setNotice(w.error, widgets.Error, v.Error)
	widgets.SetVisible(w.busy, v.Busy != "")
	if v.Busy != "" {
		w.busy.Start(v.Busy)
	} else {
		w.busy.Stop()
	}
	w.head.show(v, w.isNarrow)
	w.who.show(v, w.isNarrow)
	w.rest.show(v)
	w.visits.show(v)
	w.showSaid(v.Said)
	layouts.Refresh(w.page)
	if focused, ok := w.canvas().Focused().(fyne.CanvasObject); ok && v.Said.Text != "" {
		widgets.Reveal(focused) // the toast took room
	}
	if w.wantsFocus && v.Ready {
		w.wantsFocus = false
		if w.canvas().Focused() == nil {
			w.canvas().Focus(w.visits.book)
		}
	}
}

func (w *PatientPage) showSaid(what said) {
	kind, act := widgets.Good, ""
	if what.Failed {
		kind = widgets.Warning
	}
	if what.Undo {
		act = lang.L("Undo")
	}
	w.toast.Set(kind, what.Text, act)
}
