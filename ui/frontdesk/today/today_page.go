package today

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/layouts"
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
	OnFigures  func()          // to how many came, and for how long they waited
	OnBar      func()          // what is in the bar needs another width

	Below fyne.CanvasObject // stands below the waiting room; nil: nothing does
}

// Page is the day, with the waiting room beside it.
type Page struct {
	params  Params
	day     *day
	week    *week
	waiting *waiting
	dialogs *screen.Dialogs
	booking *booking // that is open; nil: none is

	bookingDialog *bookingDialog // of it

	page   *widgets.Page
	grid   *grid
	table  *weekTable
	panel  *waitPanel
	empty  *fyne.Container
	card   *widgets.Card
	advice *widgets.Text
	toAdd  *widgets.Button
	bar    *dateBar
	acts   *acts
	foot   *foot
	isWeek bool
	stop   context.CancelFunc
}

// New makes the page and begins to read what it shows.
func New(p Params) *Page {
	child, stop := p.Child()
	t := &Page{params: p, stop: stop, grid: newGrid(), table: newWeekTable()}
	t.acts = newActs(t)
	t.panel = newWaitPanel(t.acts.bar, p.Below, p.OnFigures)
	t.dialogs = &screen.Dialogs{Window: p.Window, OnOpen: func() { t.day.say(good, "") }}
	s := scope{child, p.Desk, p.Order}
	t.waiting = &waiting{scope: s, display: screen.NewView(t.panel.show), setMinutes: t.panel.list.setMinutes}
	t.day = newDay(s, screen.NewView(t.show), t, t.waiting)
	t.week = &week{scope: s, display: screen.NewView(t.showWeek), day: t.day, open: t.openDay}
	t.bar = newDateBar(t)
	t.foot = newFoot(func() {
		t.Focus() // the link goes
		t.Undo()
	}, func() {
		t.Focus()
		t.day.say(good, "")
		t.day.show()
	})
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
	content := container.New(pageLayout{}, t.panel.content, middle, t.foot.content)
	t.grid.rescaled = content.Refresh
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
	t.booking, t.bookingDialog = nil, nil
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

// pointed implements dayPane: a free time goes into the booking that is open.
func (t *Page) pointed(r Request) {
	if t.booking != nil {
		t.booking.place(r)
	}
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
		t.foot.show(v.Message, v.Severity, v.CanUndo, v.Busy)
	}
}

// showEmpty says what to do where there is no practitioner.
func (t *Page) showEmpty(text string) {
	if isEmpty := text != ""; isEmpty != t.empty.Visible() {
		widgets.SetVisible(t.empty, isEmpty)
		widgets.SetVisible(t.grid.content, !isEmpty && !t.isWeek)
		widgets.SetEnabled(t.bar.week, !isEmpty)
		t.acts.enable(!isEmpty)
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

// showNow implements dayPane.
func (t *Page) showNow() { t.grid.showNow() }

func (t *Page) showWeek(v weekView) {
	t.table.show(v)
	if t.isWeek {
		t.bar.show(v.Title, v.IsThisWeek)
		message, level := v.Message, trouble
		if message == "" {
			message, level = v.Line, hint
		}
		t.foot.show(message, level, false, v.Busy)
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
	widgets.SetVisible(t.grid.content, !t.isWeek)
	widgets.SetVisible(t.table.content, t.isWeek)
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

// pageLayout has the waiting room at the right of the day, and what there is to say over the day's foot.
type pageLayout struct{}

func (pageLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	panel, middle, foot := objects[0], objects[1], objects[2]
	side := panel.MinSize().Width
	day := max(0, size.Width-side-2*gap)
	layouts.Place(panel, day+gap, 0, side, size.Height-gap)
	layouts.Place(middle, 0, 0, day, size.Height)
	layouts.Place(foot, 0, 0, day, size.Height)
}

func (pageLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(layouts.HalfScaled(panelWidth+leastColumn)+4*gap, 8*layouts.LineHeight())
}
