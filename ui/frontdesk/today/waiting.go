package today

import (
	"context"
	"reflect"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// waitingPane shows the waiting room.
type waitingPane interface {
	show(waitingView)
	setMinutes(row int, r waitingRow) // of one row, the others stay as they are
	showWeeks([]dayFigures)
}

// waitingRow is somebody who waits.
type waitingRow struct {
	ID    string
	Wait  string // "22 min"
	Name  string
	With  string
	Alert bool
	Long  bool // for longer than the practice wants
}

// waitingView is what the waiting room shows.
type waitingView struct {
	Title   string
	Rows    []waitingRow
	Figures []string
}

// dayFigures are a day of the chart.
type dayFigures struct {
	Date         data.Date
	Seen, Absent int
}

// weeksShown is how far back the chart goes.
const weeksShown = 4

// weeksEvery is how often the days before today are counted again at most.
const weeksEvery = time.Minute

// waiting decides what the waiting room shows: of today, whatever day is shown
// beside it.
type waiting struct {
	office
	pane    waitingPane
	details data.Details
	list    []data.Visit // who waits, the longest first
	all     []data.Visit
	minutes []int
	shown   waitingView

	weeks, shownWeeks []dayFigures
	weeksAt           time.Time
	weeksOf           data.Date
	weeksReads        bool
}

// take shows today's appointments.
func (w *waiting) take(d data.Details, todays []data.Visit) {
	w.details, w.all, w.list = d, todays, waiters(todays)
	w.minutes = w.minutes[:0]
	for _, v := range w.list {
		w.minutes = append(w.minutes, w.minutesOf(v))
	}
	if v := w.view(); !reflect.DeepEqual(v, w.shown) {
		w.shown = v
		w.pane.show(v)
	}
	w.readWeeks()
	w.showWeeks()
}

// tick counts the minutes. Only rows whose minute is another one change.
func (w *waiting) tick() {
	for i, v := range w.list {
		if minutes := w.minutesOf(v); minutes != w.minutes[i] {
			w.minutes[i] = minutes
			w.shown.Rows[i] = w.row(i)
			w.pane.setMinutes(i, w.shown.Rows[i])
		}
	}
}

func (w *waiting) minutesOf(v data.Visit) int {
	since := v.Stamped(data.Arrived)
	if since.IsZero() {
		return 0
	}
	return max(0, int(w.now().Sub(since).Minutes()))
}

func (w *waiting) row(i int) waitingRow {
	v, minutes := w.list[i], w.minutes[i]
	return waitingRow{
		ID: v.ID, Wait: lengthText(minutes), Name: patientName(v), Alert: v.Who.Alert != "",
		With: practitionerName(w.details, v.Practitioner),
		Long: w.details.WaitLimit > 0 && minutes > w.details.WaitLimit,
	}
}

func (w *waiting) view() waitingView {
	v := waitingView{Title: lang.L("Waiting {{.Count}}", map[string]any{"Count": len(w.list)})}
	for i := range w.list {
		v.Rows = append(v.Rows, w.row(i))
	}
	f := figuresOf(w.all)
	v.Figures = []string{
		lang.L("Seen {{.Count}}", map[string]any{"Count": f.seen}),
		lang.L("Did not attend {{.Count}}", map[string]any{"Count": f.absent}),
	}
	if f.meanWait > 0 {
		v.Figures = append(v.Figures, lang.L("Mean wait {{.Wait}}", map[string]any{"Wait": words.Wait(f.meanWait)}))
	}
	return v
}

// readWeeks counts the days before today, now and then.
func (w *waiting) readWeeks() {
	today, now := w.today(), w.now()
	if w.weeksReads || w.weeksOf == today && now.Sub(w.weeksAt) < weeksEvery {
		return
	}
	w.weeksReads = true
	var counted []dayFigures
	w.runner.Go(w.ctx, func(ctx context.Context) error {
		visits, err := w.desk.Between(ctx, today.AddDays(1-7*weeksShown), today)
		counted = countDays(visits, today)
		return err
	}, func(err error) {
		w.weeksReads = false
		w.weeksAt, w.weeksOf = now, today
		if err == nil { // else the chart stays as it was, and what is wrong is said for the day itself
			w.weeks = counted
			w.showWeeks()
		}
	})
}

// showWeeks shows the chart, with today as it is by now.
func (w *waiting) showWeeks() {
	if len(w.weeks) == 0 {
		return
	}
	shown := append([]dayFigures(nil), w.weeks...)
	if last := &shown[len(shown)-1]; last.Date == w.today() {
		f := figuresOf(w.all)
		last.Seen, last.Absent = f.seen, f.absent
	}
	if !reflect.DeepEqual(shown, w.shownWeeks) {
		w.shownWeeks = shown
		w.pane.showWeeks(shown)
	}
}

// countDays counts who was seen and who did not attend, day by day.
func countDays(visits []data.Visit, today data.Date) []dayFigures {
	byDay := map[data.Date][]data.Visit{}
	for _, v := range visits {
		date := data.DateOf(v.Start.In(time.Local))
		byDay[date] = append(byDay[date], v)
	}
	var counted []dayFigures
	for i := 1 - 7*weeksShown; i <= 0; i++ {
		date := today.AddDays(i)
		f := figuresOf(byDay[date])
		counted = append(counted, dayFigures{date, f.seen, f.absent})
	}
	return counted
}

// barText is a day of the chart in words.
func barText(d dayFigures) string {
	of := map[string]any{"Day": dayText(d.Date), "Seen": d.Seen, "Absent": d.Absent}
	if d.Absent == 0 {
		return lang.L("{{.Day}}: {{.Seen}} seen.", of)
	}
	return lang.L("{{.Day}}: {{.Seen}} seen, {{.Absent}} did not attend.", of)
}
