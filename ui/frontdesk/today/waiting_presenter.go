package today

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

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
	Nobody  string // what is said where there is no row
	Figures []string
}

// weeksShown is how far back the chart goes.
const weeksShown = 4

// weeksEvery is how often the days before today are counted again at most.
const weeksEvery = time.Minute

// waiting decides what the waiting room shows: of today, whatever day is shown
// beside it.
type waiting struct {
	scope
	display    *screen.View[waitingView]
	setMinutes func(row int, r waitingRow) // of one row, the others stay as they are
	chart      *screen.View[[]data.DayFigures]

	read    bool // it was, once
	details data.Details
	list    []data.WaitingPatient // the longest first
	all     []data.Visit          // that begin today
	minutes []int

	weeks     []data.DayFigures
	weeksAt   time.Time
	weeksOf   data.Date
	weeksRead *screen.Task
}

// setVisits shows the appointments of today, and who waits since yesterday.
func (w *waiting) setVisits(d data.Details, todays []data.Visit) {
	w.read = true
	w.details, w.list = d, data.Waiting(todays, w.now())
	w.all = slices.DeleteFunc(slices.Clone(todays), func(v data.Visit) bool { return data.DateOf(v.Start) != w.today() })
	w.minutes = w.minutes[:0]
	for _, v := range w.list {
		w.minutes = append(w.minutes, w.minutesOf(v))
	}
	w.display.Show(w.view())
	w.readWeeks()
	w.showWeeks()
}

// fail says that today's appointments could not be read. What was read before stays.
func (w *waiting) fail() {
	if !w.read {
		w.display.Show(waitingView{Title: lang.L("Waiting"), Nobody: lang.L("It can't be read now.")})
	}
}

// tick counts the minutes. Only rows whose minute is another one change.
func (w *waiting) tick() {
	for i, v := range w.list {
		if minutes := w.minutesOf(v); minutes != w.minutes[i] {
			w.minutes[i] = minutes
			shown := w.display.Shown().Rows
			shown[i] = w.row(i)
			w.setMinutes(i, shown[i])
		}
	}
}

func (w *waiting) minutesOf(v data.WaitingPatient) int {
	return max(0, int(w.now().Sub(v.Since).Minutes()))
}

func (w *waiting) row(i int) waitingRow {
	v, minutes := w.list[i], w.minutes[i]
	return waitingRow{
		ID: v.ID, Wait: lengthText(minutes), Name: patientName(v.Visit), Alert: v.Who.Alert != "",
		With: practitionerName(w.details, v.Practitioner),
		Long: w.details.WaitLimit > 0 && minutes > w.details.WaitLimit,
	}
}

func (w *waiting) view() waitingView {
	v := waitingView{Title: lang.L("Waiting {{.Count}}", map[string]any{"Count": len(w.list)}), Nobody: lang.L("Nobody is waiting.")}
	for i := range w.list {
		v.Rows = append(v.Rows, w.row(i))
	}
	f := data.FiguresOf(w.all)
	v.Figures = []string{
		lang.L("Seen {{.Seen}} · did not attend {{.Absent}}", map[string]any{"Seen": f.Seen, "Absent": f.Absent}),
	}
	if f.MeanWait > 0 {
		v.Figures = append(v.Figures, lang.L("Mean wait {{.Wait}}", map[string]any{"Wait": words.Wait(f.MeanWait)}))
	}
	return v
}

// readWeeks counts the days before today, now and then.
func (w *waiting) readWeeks() {
	today, now := w.today(), w.now()
	if w.weeksRead.IsBusy() || w.weeksOf == today && now.Sub(w.weeksAt) < weeksEvery {
		return
	}
	var counted []data.DayFigures
	w.weeksRead.Start(func(ctx context.Context) error {
		visits, err := w.desk.Between(ctx, today.AddDays(1-7*weeksShown), today)
		counted = data.FourWeeks(visits, today, w.desk.Zone())
		return err
	}, func(err error) {
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
	shown := append([]data.DayFigures(nil), w.weeks...)
	if last := &shown[len(shown)-1]; last.Day == w.today() {
		last.Figures = data.FiguresOf(w.all)
	}
	w.chart.Show(shown)
}

// barText is a day of the chart in words.
func barText(d data.DayFigures) string {
	of := map[string]any{"Day": d.Day.In(time.UTC).Format("Mon 2 Jan"), "Seen": d.Seen, "Absent": d.Absent}
	if d.Absent == 0 {
		return lang.L("{{.Day}}: {{.Seen}} seen.", of)
	}
	return lang.L("{{.Day}}: {{.Seen}} seen, {{.Absent}} did not attend.", of)
}
