package today

import (
	"context"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/screen"
)

// dayPane moves the now-line, and opens the dialogs that the day leads to.
type dayPane interface {
	setNow(minute int) // moves the now-line; -1: it is another day
	showNow()          // brings it into the upper third of what is in sight
	openVisit(data.Visit)
	openBooking(Request)
	pointed(Request) // a mouse pointed at a free time
	askReason(data.Visit)
	ask(question)
	askWhich(c pick, chosen func(row int), none func())
}

// question is one before something that has to be meant.
type question struct {
	Title, Text, Primary, Cancel string
	Yes, No                      func()
}

// pick is a question with several answers, each a row.
type pick struct {
	Title, Text, Primary string
	Rows                 [][pickColumns]string
}

const pickColumns = 3

// severity is how a message is meant.
type severity int

// The severities.
const (
	good severity = iota
	hint
	trouble
)

// day decides what the page "Today" shows and does.
type day struct {
	scope
	display *screen.View[dayView]
	pane    dayPane
	waiting *waiting
	form    *visitForm // that is open; nil: none is

	date    data.Date
	details data.Details
	visits  []data.Visit // of the date
	todays  []data.Visit // of today and yesterday, for the waiting room
	read    bool         // both were read once
	then    []func()     // to be done once they were
	loaded  data.Date    // what visits are of
	reads   int          // readings that were begun: only the newest counts
	atToday data.Date    // what "today" was when the clock last ticked

	cur     cursor
	shownOf span // the part of the day that is shown
	columns []column
	moving  *moving
	found   cursor // by next free

	queue    []step
	working  bool
	asking   bool // whether a step is taken back all the same
	busy     bool // for longer than screen.LastingAfter
	arriving bool // somebody is, until it is told what came of it
	stretch  map[string]int
	stepped  map[string]time.Time // when a step of an appointment was last taken, or its key heard

	message  string
	severity severity
	canUndo  bool   // what the message says can be taken back
	unsay    func() // stops waiting until the message was read
	failed   string // why the day can't be shown
}

func newDay(s scope, display *screen.View[dayView], pane dayPane, w *waiting) *day {
	d := &day{scope: s, display: display, pane: pane, waiting: w, stretch: map[string]int{}, stepped: map[string]time.Time{}, unsay: func() {}}
	d.date, d.atToday = s.today(), s.today()
	return d
}

// begin shows the day without waiting for the disk, and then what is on it.
func (d *day) begin() {
	d.show()
	d.refresh()
	d.tick()
}

// tick moves what the clock moves, at each minute.
func (d *day) tick() {
	now := d.now()
	if today := d.today(); today != d.atToday {
		wasToday := d.date == d.atToday
		d.atToday = today
		if wasToday && d.moving == nil {
			d.goTo(today)
		} else {
			d.refresh()
		}
	}
	d.setNow()
	d.waiting.tick()
	d.After(now.Truncate(time.Minute).Add(time.Minute).Sub(now), d.tick)
}

func (d *day) setNow() {
	if d.date != d.today() {
		d.pane.setNow(-1)
		return
	}
	now := d.now()
	d.pane.setNow(now.Hour()*60 + now.Minute())
}

// refresh reads the day again. The cursor stays at its appointment.
func (d *day) refresh() {
	d.reads++
	number, date, today := d.reads, d.date, d.today()
	var details data.Details
	var visits, todays []data.Visit
	d.GoSlow(func(ctx context.Context) (err error) {
		if details, err = d.desk.Details(ctx); err != nil {
			return err
		}
		if todays, err = d.desk.Between(ctx, today.AddDays(-1), today); err != nil || date == today {
			visits = data.OnDay(todays, date, d.desk.Zone())
			return err
		}
		visits, err = d.desk.Day(ctx, date)
		return err
	}, d.sayBusy, func(err error) {
		if number != d.reads {
			return // what was read later counts
		}
		if d.IsOver(err) || errors.Is(err, auth.ErrLocked) {
			return // what is shown stays: the unlocking has it read again
		}
		if err != nil {
			d.failed = unread(err, d.loaded == date, lang.L("This day can't be read now."))
			d.show()
			d.waiting.fail()
			return
		}
		d.failed = ""
		d.setDay(details, date, visits, todays)
	})
}

func (d *day) sayBusy(on bool) {
	d.busy = on
	d.show()
}

func (d *day) setDay(details data.Details, date data.Date, visits, todays []data.Visit) {
	first := !d.read
	d.details, d.visits, d.todays, d.loaded, d.read = details, visits, todays, date, true
	d.layOut()
	if m := d.moving; m != nil && !m.isDropped && d.isOutdated(m) {
		d.endMove(m)
	}
	if first {
		d.cur = d.firstCursor()
	}
	d.follow()
	d.show()
	if first {
		d.pane.showNow()
	}
	d.waiting.setVisits(details, todays)
	d.refreshForm()
	then := d.then
	d.then = nil
	for _, act := range then {
		act()
	}
}

// refreshForm shows the appointment of the open dialog as it is by now.
func (d *day) refreshForm() {
	if d.form == nil {
		return
	}
	if v, ok := d.visit(d.form.visit.ID); ok {
		d.form.setVisit(v)
	}
}

// layOut makes the columns of what is known.
func (d *day) layOut() {
	d.columns, d.shownOf = columnsOf(d.details, d.date, d.desk.Zone(), d.visitsShown())
}

// visitsShown are those of the date; none as long as they are not read.
func (d *day) visitsShown() []data.Visit {
	if d.loaded != d.date {
		return nil
	}
	return d.visits
}

// firstCursor is where the day begins: now, or with the first hour.
func (d *day) firstCursor() cursor {
	if len(d.columns) == 0 {
		return cursor{}
	}
	c := cursor{column: d.columns[0].ID, minute: d.shownOf.from + 60}
	if d.date == d.today() {
		now := d.now()
		c.minute = min(max(now.Hour()*60+now.Minute(), d.shownOf.from), d.shownOf.to-1)
	}
	return c
}

// follow has the cursor go where its appointment went, or stay where that was.
func (d *day) follow() {
	if m := d.moving; m != nil && !d.isOutdated(m) {
		if v, ok := d.visit(m.visit.ID); ok {
			m.visit = v
		}
	}
	for _, c := range d.columns {
		if i := slices.IndexFunc(c.Boxes, func(b box) bool { return b.ID == d.cur.visit }); i >= 0 && d.cur.visit != "" {
			if c.Boxes[i].From > d.cur.minute || d.cur.minute >= c.Boxes[i].To || c.ID != d.cur.column {
				d.cur.minute = c.Boxes[i].From
			}
			d.cur.column = c.ID
			return
		}
	}
	if d.loaded == d.date {
		d.cur.visit = ""
	}
	if d.columnAt() < 0 && len(d.columns) > 0 {
		d.cur.column = d.columns[0].ID
	}
}

// columnAt is the number of the cursor's column, or -1.
func (d *day) columnAt() int { return d.columnOf(d.cur.column) }

func (d *day) columnOf(practitioner string) int {
	return slices.IndexFunc(d.columns, func(c column) bool { return c.ID == practitioner })
}

// stop is where the cursor is; ok is false where there is no column.
func (d *day) stop() (s stop, ok bool) {
	i := d.columnAt()
	if i < 0 {
		return stop{}, false
	}
	stops := d.columns[i].stops(d.shownOf)
	at := d.cur.at(stops)
	if at < 0 {
		return stop{}, false
	}
	return stops[at], true
}

// chosen is the appointment at the cursor.
func (d *day) chosen() (v data.Visit, ok bool) {
	s, ok := d.stop()
	if !ok || s.visit == "" {
		return data.Visit{}, false
	}
	return d.visit(s.visit)
}

// visit is an appointment of the day shown, or of today.
func (d *day) visit(id string) (v data.Visit, ok bool) {
	for _, list := range [][]data.Visit{d.visits, d.todays} {
		for _, other := range list {
			if other.ID == id && (!ok || other.Version > v.Version) {
				v, ok = other, true
			}
		}
	}
	return v, ok
}

// goTo shows another day.
func (d *day) goTo(date data.Date) {
	if !date.Valid() {
		return
	}
	d.say(good, "")
	if date != d.date {
		d.date = date
		d.cur.visit = ""
		d.layOut()
		d.follow()
		d.show()
		d.setNow()
	}
	d.refresh()
}

func (d *day) goDays(days int) { d.goTo(d.date.AddDays(days)) }

func (d *day) goToday() {
	d.goTo(d.today())
	if d.moving == nil && d.read {
		d.cur = d.firstCursor()
		d.show()
		d.pane.showNow()
	}
}

// sayTime is how long a message stays that nobody has to act on.
const sayTime = 30 * time.Second

// say shows a message until something else is done; what is no trouble goes by itself, too.
func (d *day) say(s severity, text string) {
	d.message, d.severity, d.canUndo = text, s, false
	d.unsay()
	d.unsay = func() {}
	if text != "" && s != trouble {
		d.unsay = d.After(sayTime, func() {
			d.say(good, "")
			d.show()
		})
	}
}

// sayDone says what was done and can be taken back.
func (d *day) sayDone(text string) {
	d.say(good, text)
	d.canUndo = text != ""
}

func (d *day) show() { d.display.Show(d.view()) }
