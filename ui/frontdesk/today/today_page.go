package today

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// Params are what the page needs.
type Params struct {
	screen.Scope
	Desk   *desk.Desk
	Window fyne.Window
	Order  data.DateOrder
	Admin  bool // who is signed in is a Practice Admin

	OnSettings func()          // to where practitioners are added; for admins only
	OnPatient  func(id string) // to a patient's page
	OnPrint    func(data.Date) // the day's list on paper
}

// Page is the day, with the waiting room beside it.
type Page struct {
	params  Params
	day     *day
	week    *week
	waiting *waiting
	dialogs *screen.Dialogs
	booking *booking // that is open; nil: none is

	page   *widgets.Page
	grid   *grid
	table  *weekTable
	panel  *waitPanel
	empty  *fyne.Container
	card   *widgets.Card
	advice *widgets.Text
	toAdd  *widgets.Button
	bar    *toolbar
	status *statusBar
	isWeek bool
	stop   context.CancelFunc
}

// New makes the page and begins to read what it shows.
func New(p Params) *Page {
	child, stop := p.Child()
	t := &Page{params: p, stop: stop, grid: newGrid(), table: newWeekTable(), panel: newWaitPanel(), status: newStatusBar()}
	t.dialogs = &screen.Dialogs{Window: p.Window, OnOpen: func() { t.day.say(good, "") }}
	s := scope{child, p.Desk, p.Order}
	t.waiting = &waiting{
		scope: s, display: screen.NewView(t.panel.show), setMinutes: t.panel.list.setMinutes,
		chart: screen.NewView(t.panel.showWeeks), weeksRead: screen.NewTask(child, nil),
	}
	t.day = newDay(s, screen.NewView(t.show), t, t.waiting)
	t.week = &week{scope: s, display: screen.NewView(t.showWeek), day: t.day, open: t.openDay}
	t.bar = newToolbar(t)
	t.setKeys()
	t.grid.body.day, t.grid.body.drag.now, t.grid.body.drag.after = t.day, s.now, s.After

	t.advice = widgets.Paragraph("")
	t.toAdd = widgets.NewPrimaryButton(lang.L("Add a practitioner…"), p.OnSettings)
	t.toAdd.Hidden = !p.Admin
	t.card = widgets.NewCard(widgets.Subheading(lang.L("Nobody to book for yet")), t.advice).Footed(widgets.NewFooter(nil, t.toAdd))
	t.empty = container.NewStack(widgets.Centered(t.card))
	t.empty.Hide()
	t.table.content.Hide()
	middle := container.NewStack(t.grid.content, t.table.content, t.empty)
	content := container.New(pageLayout{t.status.layout}, t.bar.content, middle, t.panel.content, t.status.content)
	t.status.grown, t.bar.grown = content.Refresh, content.Refresh
	t.grid.rescaled = func() {
		t.bar.placePrint()
		content.Refresh()
		t.grid.revealCursor()
	}
	t.page = widgets.NewPage(content, t.pageOptions())
	t.day.begin()
	return t
}

// Content is what the page shows.
func (t *Page) Content() fyne.CanvasObject { return t.page }

// Focus gives the focus to the day, or the week.
func (t *Page) Focus() {
	c := t.params.Window.Canvas()
	t.page.FocusFirst(c) // from then on its keys are heard with no focus, too
	switch {
	case t.isWeek:
		c.Focus(t.table)
	case t.empty.Visible() && t.toAdd.Visible():
		c.Focus(t.toAdd)
	case t.empty.Visible():
		c.Unfocus()
	default:
		c.Focus(t.grid.body)
		t.grid.revealCursor()
	}
}

// Refresh reads again what is shown. Cursor, focus and what is typed stay.
func (t *Page) Refresh() {
	t.day.refresh()
	t.week.refresh()
	t.refreshBooking()
}

// Close ends what goes on, and takes dialogs off the window. Drafts stay.
func (t *Page) Close() {
	t.dialogs.CloseAll()
	t.booking = nil
	t.stop()
}

// SetAdmin says whether who is signed in can add practitioners, once it is known.
func (t *Page) SetAdmin(admin bool) {
	if t.params.Admin == admin {
		return
	}
	t.params.Admin = admin
	t.toAdd.Hidden = !admin
	t.showEmpty(t.day.view().Empty)
}

// Date is the day that is shown, or was before the week.
func (t *Page) Date() data.Date { return t.day.date }

// NextStep makes what is chosen arrived, then with the practitioner, then done:
// of the day, or of the waiting room if that has the focus.
func (t *Page) NextStep() {
	if t.waitingHasKeys() {
		if v, ok := t.waitingChosen(); ok && t.panel.seesChosen() {
			t.day.stepOn(v)
		}
		return
	}
	if t.cursorIsSeen() {
		t.day.nextStep()
	}
}

// Arrive has a patient arrive for today's appointment, whatever is shown. told
// hears what came of it; the appointment has no id where nothing was done.
func (t *Page) Arrive(patient string, told func(a data.Appointment, said string)) {
	t.whenRead(func() { t.day.arrive(patient, told) })
}

// Undo takes back the last step, and shows it.
func (t *Page) Undo() {
	if t.isWeek {
		t.toggleWeek()
	}
	t.day.undo()
}

// book books where the cursor is, of the day or the week.
func (t *Page) book() {
	if !t.isWeek {
		t.day.book()
		return
	}
	date, practitioner := t.week.at()
	t.openBooking(Request{Practitioner: practitioner, Date: date})
}

// nextFree goes to the next free time from the cursor on, where Enter then books.
func (t *Page) nextFree() {
	if t.isWeek {
		t.openDay(t.week.at())
	}
	t.day.nextFree()
	t.params.Window.Canvas().Focus(t.grid.body)
}

// Book opens the dialog that books.
func (t *Page) Book(r Request) { t.openBooking(r) }

// WalkIn opens the dialog for somebody who came without an appointment.
func (t *Page) WalkIn() { t.openWalkIn() }

// Say says below the day what was just done elsewhere.
func (t *Page) Say(text string) {
	t.day.say(good, text)
	t.day.show()
}

// ShowToday shows today's day. Where that is shown already, the cursor stays.
func (t *Page) ShowToday() {
	if t.isWeek {
		t.toggleWeek()
	}
	if t.day.date != t.day.today() {
		t.day.goToday()
	}
}

// GoTo shows a day, with the cursor at an appointment.
func (t *Page) GoTo(a data.Appointment) {
	if t.isWeek {
		t.toggleWeek()
	}
	t.day.land(a)
}

func (t *Page) show(v dayView) {
	t.showEmpty(v.Empty)
	t.grid.show(v.Grid)
	if !t.isWeek {
		t.bar.show(v.Date, v.IsToday)
		keys := v.Keys
		if !t.grid.body.HasFocus() && keys != "" {
			keys = lang.L("The arrow keys lead into the day.")
		}
		t.status.show(v.Line, v.Alert, keys, v.Message, v.Severity, v.Busy)
	}
}

// focusChanged says which keys go somewhere now.
func (t *Page) focusChanged() {
	if t.day.read {
		t.show(t.day.display.Shown())
	}
}

// showEmpty says what to do where there is no practitioner.
func (t *Page) showEmpty(text string) {
	if isEmpty := text != ""; isEmpty != t.empty.Visible() {
		setShown(t.empty, isEmpty)
		setShown(t.grid.content, !isEmpty && !t.isWeek)
		t.bar.enable(!isEmpty)
	}
	if text == "" {
		return
	}
	if t.params.Admin {
		t.advice.SetText(text + " " + lang.L("Add those whom patients come to see, with their working hours."))
	} else {
		t.advice.SetText(text + " " + lang.L("Ask a Practice Admin to add somebody under Settings > Practitioners."))
	}
	t.empty.Refresh() // the card has the height of its words only once it is in sight
}

// setNow implements dayPane.
func (t *Page) setNow(minute int) { t.grid.setNow(minute) }

func (t *Page) showWeek(v weekView) {
	t.table.show(v)
	if t.isWeek {
		t.bar.show(v.Title, v.IsThisWeek)
		t.status.show(v.Line, "", v.Keys, v.Message, trouble, v.Busy)
	}
}

// toggleWeek shows the week instead of the day, or the day again.
func (t *Page) toggleWeek() {
	if t.empty.Visible() || t.day.moving != nil {
		return
	}
	t.isWeek = !t.isWeek
	c := t.params.Window.Canvas()
	wasFocused := c.Focused() == fyne.Focusable(t.grid.body) || c.Focused() == fyne.Focusable(t.table)
	setShown(t.grid.content, !t.isWeek)
	setShown(t.table.content, t.isWeek)
	t.bar.setWeek(t.isWeek)
	if t.isWeek {
		t.week.begin()
	} else {
		t.week.end()
		t.day.display.Forget()
		t.day.show()
	}
	if wasFocused {
		t.Focus()
	}
}

// openDay shows a day of the week.
func (t *Page) openDay(date data.Date, practitioner string) {
	t.toggleWeek()
	if practitioner != "" {
		t.day.cur.column = practitioner
	}
	t.day.goTo(date)
	t.params.Window.Canvas().Focus(t.grid.body)
}

// goOn goes to the next day or week.
func (t *Page) goOn(n int) {
	if t.isWeek {
		t.week.goWeeks(n)
	} else {
		t.day.goDays(n)
	}
}

func (t *Page) goToday() {
	if t.isWeek {
		t.week.goToday()
	} else {
		t.day.goToday()
	}
}

func (t *Page) goTo(date data.Date) {
	if t.isWeek {
		t.week.goTo(date)
	} else {
		t.day.goTo(date)
	}
}

// waitingChosen is who is chosen in the waiting room.
func (t *Page) waitingChosen() (data.Visit, bool) { return t.day.visit(t.panel.list.chosen) }

func setShown(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}
