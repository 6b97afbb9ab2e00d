package today

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// box is an appointment in a column. Two can be compared.
type box struct {
	ID         string
	From, To   int // minutes of the day
	Lane, Of   int // of those beside each other
	Status     data.Status
	Sign       string // of the status
	Flags      string // that there is an alert, or a note
	Kind       int    // its place among the kinds, which its colour comes from; -1: it is none of them
	Name, Rest string // the rest: kind, note
}

// column is a practitioner's day.
type column struct {
	ID, Name string
	Colour   int
	Note     string // below the name: the hours, or that it is a day away
	Outside  string // in the times at which nobody works; "": the gaps say it
	Open     []data.Span
	Boxes    []box // by their beginning
}

const (
	quarter   = 15 // minutes between the free times that the cursor goes to
	leastLane = 10 // minutes that a short appointment takes in its column, or its words would not fit
)

// shownAround is how many minutes are shown before and after the hours and appointments of a day.
const shownAround = 60

// columnsOf are the columns of a day, and which part of it they show.
func columnsOf(d data.Details, day data.Date, zone *time.Location, visits []data.Visit) (columns []column, shown span) {
	byColumn := map[string][]data.Visit{}
	var drawn []data.Visit
	for _, v := range visits {
		if v.Status == data.Cancelled || v.Undone {
			continue
		}
		id := v.Practitioner
		if _, ok := d.Practitioner(id); !ok || v.Damaged {
			id = "" // a record that does not open says not whose it is
		}
		byColumn[id] = append(byColumn[id], v)
		drawn = append(drawn, v)
	}
	var there []data.Practitioner
	for _, p := range d.Practitioners {
		if p.Gone && len(byColumn[p.ID]) == 0 {
			continue
		}
		there = append(there, p)
		c := column{ID: p.ID, Name: p.Name, Colour: p.Colour, Open: p.On(day)}
		c.Note, c.Outside = hoursText(p, day)
		columns = append(columns, c)
	}
	if len(byColumn[""]) > 0 {
		columns = append(columns, column{Name: lang.L("Damaged records"), Colour: -1})
	}
	for i := range columns {
		c := &columns[i]
		c.Boxes = boxesOf(d, day, byColumn[c.ID])
	}
	hours := data.Shown(day, zone, there, drawn)
	return columns, span{max(0, hours.From-shownAround), min(minutesOfDay, hours.To+shownAround)}
}

// hoursText is what stands below a practitioner's name, and in the column where
// that is the whole day.
func hoursText(p data.Practitioner, day data.Date) (note, outside string) {
	why, away := p.AwayOn(day)
	switch hours := p.On(day); {
	case p.Gone:
		note = lang.L("works here no more")
	case away && why != "":
		note = lang.L("away: {{.Why}}", map[string]any{"Why": why})
	case away:
		note = lang.L("away")
	case len(hours) == 0:
		note = lang.L("not working")
	default:
		return spanText(hours[0].From, hours[len(hours)-1].To), ""
	}
	return note, note
}

func boxesOf(d data.Details, day data.Date, visits []data.Visit) []box {
	visits = slices.Clone(visits)
	slices.SortStableFunc(visits, func(a, b data.Visit) int {
		return cmp.Or(a.Start.Compare(b.Start), a.End.Compare(b.End), cmp.Compare(a.ID, b.ID))
	})
	drawn := slices.Clone(visits) // as the clock shows them, which may show two times alike
	boxes := make([]box, len(visits))
	for i, v := range visits {
		boxes[i] = newBox(d, day, v)
		drawn[i].Start = day.At(boxes[i].From, time.UTC)
		drawn[i].End = day.At(max(boxes[i].To, boxes[i].From+leastLane), time.UTC)
	}
	for i, lane := range data.Lanes(drawn) {
		boxes[i].Lane, boxes[i].Of = lane.Index, lane.Of
	}
	return boxes
}

func newBox(d data.Details, day data.Date, v data.Visit) box {
	of, _ := v.On(day, v.Start.Location())
	b := box{
		ID: v.ID, From: of.From, To: of.To, Status: v.Status, Sign: words.StatusSign(v.Status), Name: patientName(v),
		Kind: slices.IndexFunc(d.Types, func(t data.AppointmentType) bool { return t.ID == v.Type }),
	}
	if v.Note != "" {
		b.Flags = "✎"
	}
	if v.Who.Alert != "" {
		b.Flags += "⚠"
	}
	var rest []string
	if data.DateOf(v.Start) != day || data.DateOf(v.End.Add(-time.Second)) != day { // the axis has only a part of it
		rest = append(rest, timesText(v.Appointment))
	}
	if v.WalkIn {
		rest = append(rest, lang.L("walk-in"))
	}
	if name := typeName(d, v.Type); name != "" {
		rest = append(rest, name)
	}
	if v.Note != "" {
		rest = append(rest, v.Note)
	}
	b.Rest = strings.Join(rest, " · ")
	return b
}

// stop is where the cursor can be: at an appointment, or at a free time.
type stop struct {
	span
	visit string // "": it is free
}

// stops are the places for the cursor in a column, from the top.
func (c column) stops(shown span) []stop {
	var found []stop
	for _, b := range c.Boxes {
		found = append(found, stop{span{b.From, b.To}, b.ID})
	}
	for from := shown.from; from < shown.to; {
		to := from - from%quarter + quarter
		taken := slices.IndexFunc(c.Boxes, func(b box) bool {
			return b.Status.Takes() && b.From < to && from < b.To
		})
		if taken < 0 {
			found = append(found, stop{span: span{from, to}})
			from = to
			continue
		}
		if b := c.Boxes[taken]; b.From > from {
			found = append(found, stop{span: span{from, b.From}})
		}
		from = max(c.Boxes[taken].To, from+1)
	}
	slices.SortStableFunc(found, func(a, b stop) int { return a.from - b.from })
	return found
}

// cursor is where the cursor is. It stays at its appointment, wherever that goes.
type cursor struct {
	column string // a practitioner
	visit  string // "": at a free time
	minute int
}

// at is the stop that the cursor is at, or the nearest to it; -1: there is none.
func (c cursor) at(stops []stop) int {
	if c.visit != "" {
		if i := slices.IndexFunc(stops, func(s stop) bool { return s.visit == c.visit }); i >= 0 {
			return i
		}
	}
	return nearest(stops, c.minute, true)
}

// nearest is the stop nearest to a minute. Of those as near it is a free one, or
// an appointment, as asked for.
func nearest(stops []stop, minute int, free bool) int {
	best := -1
	for i, s := range stops {
		if best < 0 || s.far(minute) < stops[best].far(minute) ||
			s.far(minute) == stops[best].far(minute) && free && s.visit == "" && stops[best].visit != "" {
			best = i
		}
	}
	return best
}

// far is how far a minute is from a stop; 0: it is in it.
func (s stop) far(minute int) int {
	switch {
	case minute < s.from:
		return s.from - minute
	case minute >= s.to:
		return minute - s.to + 1
	}
	return 0
}
