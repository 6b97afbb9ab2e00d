package today

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/screen"
)

// daysOfWeek are the columns of the week, from Monday.
const daysOfWeek = 7

// weekView is what the week shows.
type weekView struct {
	Title      string
	IsThisWeek bool
	Days       [daysOfWeek]weekDay
	Rows       []weekRow
	Row, Day   int // where the cursor is
	Line       string
	Message    string
	Busy       string
}

type weekDay struct {
	Text    string
	IsToday bool
}

type weekRow struct {
	ID, Name string
	Colour   int
	Cells    [daysOfWeek]weekCell
}

// weekCell is a practitioner's day in short.
type weekCell struct {
	Count int
	Text  string  // the number of visits, or that nobody works
	Sub   string  // how full it is
	Fill  float32 // the same, 0 to 1
	Open  bool
}

// week decides what the week shows.
type week struct {
	scope
	display *screen.View[weekView]
	day     *day
	open    func(data.Date, string) // a day of a practitioner

	monday data.Date
	cursor struct{ row, day int }
	visits []data.Visit
	loaded data.Date // what they are of
	sums   []data.WeekRow
	reads  int
	busy   bool
	failed string
	isOpen bool
}

// begin shows the week of the day that is shown.
func (w *week) begin() {
	w.isOpen = true
	w.display.Forget()
	w.monday = mondayOf(w.day.date)
	w.cursor.row = max(0, w.day.columnAt())
	w.goTo(w.day.date)
}

func (w *week) end() { w.isOpen = false }

func mondayOf(d data.Date) data.Date { return data.WeekStart(d, time.Monday) }

// refresh reads the week again.
func (w *week) refresh() {
	if !w.isOpen {
		return
	}
	w.reads++
	number, monday := w.reads, w.monday
	var visits []data.Visit
	w.GoSlow(func(ctx context.Context) (err error) {
		visits, err = w.desk.Between(ctx, monday, monday.AddDays(daysOfWeek-1))
		return err
	}, w.sayBusy, func(err error) {
		if number != w.reads || w.IsOver(err) {
			return
		}
		w.failed = ""
		if err != nil {
			w.failed = unread(err, w.loaded == monday, lang.L("This week can't be read now."))
		} else {
			w.visits, w.loaded = visits, monday
		}
		w.sum()
		w.show()
	})
}

func (w *week) sayBusy(on bool) {
	w.busy = on
	w.show()
}

func (w *week) goWeeks(n int) {
	w.monday = w.monday.AddDays(n * daysOfWeek)
	w.sum()
	w.show()
	w.refresh()
}

func (w *week) goToday() { w.goTo(w.today()) }

// goTo shows the week of a day, with the cursor at it.
func (w *week) goTo(date data.Date) {
	w.monday = mondayOf(date)
	w.sum()
	w.cursor.day = (int(date.Weekday()) + 6) % daysOfWeek
	w.show()
	w.refresh()
}

// move moves the cursor; beyond the ends of the week the next one follows.
func (w *week) move(rows, days int) {
	w.cursor.row = min(max(w.cursor.row+rows, 0), max(0, len(w.sums)-1))
	switch w.cursor.day += days; {
	case w.cursor.day < 0:
		w.cursor.day = daysOfWeek - 1
		w.goWeeks(-1)
	case w.cursor.day >= daysOfWeek:
		w.cursor.day = 0
		w.goWeeks(1)
	}
	w.show()
}

// choose puts the cursor where a mouse points, and says what that is; "": nothing
// is there.
func (w *week) choose(row, day int) (id string) {
	if row < 0 || row >= len(w.sums) || day < 0 || day >= daysOfWeek {
		return ""
	}
	w.cursor.row, w.cursor.day = row, day
	w.show()
	return w.cell()
}

// cell is what the cursor is at, somebody's day; "" is nobody's.
func (w *week) cell() string {
	date, practitioner := w.at()
	if practitioner == "" {
		return ""
	}
	return practitioner + " " + date.String()
}

// openThat goes to the day that both presses of a double click hit, if the cursor
// is still there.
func (w *week) openThat(id string) {
	if id == w.cell() {
		w.enter()
	}
}

// enter goes to the day at the cursor.
func (w *week) enter() { w.open(w.at()) }

// at is the day and the practitioner at the cursor; "" is nobody.
func (w *week) at() (data.Date, string) {
	id := ""
	if w.cursor.row < len(w.sums) {
		id = w.sums[w.cursor.row].Practitioner.ID
	}
	return w.monday.AddDays(w.cursor.day), id
}

// sum sums the week up; before it is read, with no visits.
func (w *week) sum() {
	visits := w.visits
	if w.loaded != w.monday {
		visits = nil
	}
	w.sums = data.Week(w.day.details, visits, w.monday, w.desk.Zone())
}

func (w *week) show() {
	if w.isOpen {
		w.display.Show(w.view())
	}
}

func (w *week) view() weekView {
	sunday := w.monday.AddDays(daysOfWeek - 1)
	v := weekView{
		Title:      lang.L("{{.From}} – {{.To}}", map[string]any{"From": nearDateText(w.monday, sunday), "To": nearDateText(sunday, w.today())}),
		IsThisWeek: w.monday == mondayOf(w.today()),
		Row:        w.cursor.row, Day: w.cursor.day, Message: w.failed,
	}
	if w.busy {
		v.Busy = lang.L("One moment…")
	}
	for i := range v.Days {
		date := w.monday.AddDays(i)
		v.Days[i] = weekDay{date.In(time.UTC).Format("Mon 2"), date == w.today()}
	}
	for _, sum := range w.sums {
		row := weekRow{ID: sum.Practitioner.ID, Name: sum.Practitioner.Name, Colour: sum.Practitioner.Colour}
		for i := range row.Cells {
			row.Cells[i] = cellOf(sum.Days[i])
		}
		v.Rows = append(v.Rows, row)
	}
	if w.cursor.row < len(v.Rows) {
		row := v.Rows[w.cursor.row]
		cell := row.Cells[w.cursor.day]
		text := cell.Text
		if cell.Open {
			text = lang.N("{{.Count}} appointments, {{.Full}} full", cell.Count, map[string]any{"Count": cell.Count, "Full": cell.Sub})
		}
		v.Line = dayText(w.monday.AddDays(w.cursor.day)) + " · " + row.Name + " · " + text
	}
	return v
}

// cellOf is a practitioner's day in short.
func cellOf(d data.WeekDay) weekCell {
	if d.Working == 0 && d.Count == 0 {
		if d.Away {
			return weekCell{Text: lang.L("away")}
		}
		return weekCell{Text: "–"}
	}
	c := weekCell{Count: d.Count, Text: strconv.Itoa(d.Count), Fill: 1, Open: true}
	if d.Working > 0 {
		c.Fill = min(1, float32(d.Booked)/float32(d.Working))
	}
	c.Sub = lang.L("{{.Percent}} %", map[string]any{"Percent": int(c.Fill*100 + 0.5)})
	return c
}
