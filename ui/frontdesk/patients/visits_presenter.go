package patients

import (
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// So many appointments are in sight at first, of those to come and of those before; where all are, the list of those
// before scrolls from so many on.
const (
	mostNext = 3
	mostPast = 5
	longPast = 14
)

// nextRow is an appointment that is still to come.
type nextRow struct {
	ID   string
	When string // and how far it is
	What string // with whom, kind, length
	Note string

	IsExpected           bool // it is today, and nobody arrived for it yet
	CanArrive, CanCancel bool
	CanMove              bool
	CanBookLike          bool
}

// showVisits shows the appointments.
func (r *record) showVisits(v *recordView) {
	next, past := r.next(), r.past()
	if len(next)+len(past) > 0 {
		v.Count = lang.L("{{.Next}} to come, {{.Past}} before", map[string]any{"Next": len(next), "Past": len(past)})
	}
	if len(next) > mostNext || len(past) > mostPast {
		v.Unfold = lang.L("Show all {{.Count}} appointments", map[string]any{"Count": len(next) + len(past)})
		if r.every {
			v.Unfold = lang.L("Show fewer appointments")
		}
	}
	v.CanPrint = len(next) > 0
	v.PastRows = min(len(past), longPast)
	if !r.every {
		next, past = next[:min(len(next), mostNext)], past[:min(len(past), mostPast)]
		v.PastRows = len(past)
	}
	for _, visit := range next {
		row := r.nextRow(visit)
		v.Next, v.IsExpected = append(v.Next, row), v.IsExpected || row.IsExpected
	}
	for _, visit := range past {
		v.Past = append(v.Past, r.pastRow(visit))
	}
	v.Chosen = slices.IndexFunc(past, func(p data.Visit) bool { return p.ID == r.chosen })
}

// inOrder has the appointments that are still to come first, the nearest at the
// top, then the others, the newest first. next is how many are to come.
func inOrder(visits []data.Visit, now time.Time) (ordered []data.Visit, next int) {
	var past []data.Visit
	for _, v := range visits {
		if toCome(v, now) {
			ordered = append(ordered, v)
		} else {
			past = append(past, v)
		}
	}
	slices.SortStableFunc(ordered, func(a, b data.Visit) int { return a.Start.Compare(b.Start) })
	slices.SortStableFunc(past, func(a, b data.Visit) int { return b.Start.Compare(a.Start) })
	return append(ordered, past...), len(ordered)
}

// toCome says that an appointment is not over. Who is late today may come yet.
func toCome(v data.Visit, now time.Time) bool {
	isLate := v.Status == data.Booked && data.DateOf(v.Start) == data.DateOf(now.In(v.Start.Location()))
	return v.Status == data.Booked && v.End.After(now) || isLate || v.Status == data.Arrived || v.Status == data.With
}

// nextRow is an appointment with what can be done to it.
func (r *record) nextRow(v data.Visit) nextRow {
	row := nextRow{ID: v.ID, When: joined(whenText(v.Start, r.today()), words.StatusWithSign(v.Status))}
	if v.Damaged {
		row.What = lang.L("This appointment can't be opened.")
		return row
	}
	row.IsExpected = v.Status == data.Booked && data.DateOf(v.Start) == r.today()
	row.CanArrive, row.CanCancel = v.Status.Becomes(data.Arrived), v.Status.Becomes(data.Cancelled)
	row.CanMove, row.CanBookLike = v.Status == data.Booked || v.Status == data.Arrived, true
	length := lang.L("{{.Minutes}} min", map[string]any{"Minutes": int(v.Length().Minutes())})
	row.What = joined(r.practitioner(v), r.kind(v), length)
	row.Note = shortened(inLine(v.Note), noteShown)
	return row
}

// noteShown is how much of a note stands at its appointment.
const noteShown = 120

// pastRow is an appointment as a row: when, with whom, kind, how far it came.
func (r *record) pastRow(v data.Visit) []string {
	row := []string{whenText(v.Start, r.today()), r.practitioner(v), r.kind(v), words.StatusWithSign(v.Status)}
	if v.Damaged {
		row[1] = lang.L("This appointment can't be opened.")
	}
	return row
}

func (r *record) practitioner(v data.Visit) string {
	p, _ := r.now.details.Practitioner(v.Practitioner)
	return p.Name
}

func (r *record) kind(v data.Visit) string {
	if k, ok := r.now.details.Type(v.Type); ok {
		return words.KindName(k)
	}
	return ""
}

// whenText is a time with its day: without the year where that is this one, and by its word where it is near.
func whenText(at time.Time, today data.Date) string {
	of := map[string]any{"Time": words.TimeOfDay(at)}
	switch date := data.DateOf(at); {
	case date == today:
		return lang.L("Today {{.Time}}", of)
	case date == today.AddDays(1):
		return lang.L("Tomorrow {{.Time}}", of)
	case date.Year == today.Year:
		return at.Format("Mon 2 Jan") + " " + words.TimeOfDay(at)
	}
	return at.Format("Mon 2 Jan 2006") + " " + words.TimeOfDay(at)
}
