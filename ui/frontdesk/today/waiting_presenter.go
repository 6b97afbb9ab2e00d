package today

import (
	"slices"

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
	With  string // the practitioner
	Since string // "8:58"
	Alert bool
	Long  bool // for longer than the practice wants
}

// waitingView is what the waiting room shows.
type waitingView struct {
	Title   string
	Rows    []waitingRow
	Nobody  string // what is said where there is no row
	Figures string // of the day so far
}

// waiting decides what the waiting room shows: of today, whatever day is shown
// beside it.
type waiting struct {
	scope
	display    *screen.View[waitingView]
	setMinutes func(row int, r waitingRow) // of one row, the others stay as they are
	read       bool                        // it was, once
	details    data.Details
	list       []data.WaitingPatient // the longest first
	all        []data.Visit          // that begin today
	minutes    []int
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
		With: practitionerName(w.details, v.Practitioner), Since: words.TimeOfDay(v.Since.In(w.desk.Zone())),
		Long: w.details.WaitLimit > 0 && minutes > w.details.WaitLimit,
	}
}

func (w *waiting) view() waitingView {
	v := waitingView{Title: lang.L("Waiting {{.Count}}", map[string]any{"Count": len(w.list)}), Nobody: lang.L("Nobody is waiting.")}
	for i := range w.list {
		v.Rows = append(v.Rows, w.row(i))
	}
	f := data.FiguresOf(w.all)
	v.Figures = lang.L("Seen {{.Seen}} · did not attend {{.Absent}}", map[string]any{"Seen": f.Seen, "Absent": f.Absent})
	if f.MeanWait > 0 {
		v.Figures = lang.L("{{.Figures}} · mean wait {{.Wait}}", map[string]any{"Figures": v.Figures, "Wait": words.Wait(f.MeanWait)})
	}
	return v
}
