package paper

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// Day is the list of one day's appointments: one for everyone, or a list for each practitioner.
type Day struct {
	Practice      string // its name
	Date          data.Date
	Printed       time.Time
	Practitioners []DayOf
	Kinds         []data.AppointmentType // what the visits' kinds are called
	// Together is one list for everyone, in the order of the day, for the front desk. Otherwise
	// each practitioner begins a page: those go to different rooms, and none needs the
	// others' patients.
	Together bool
}

// DayOf is the part of one practitioner.
type DayOf struct {
	ID, Name string      // "": nobody knows whose appointments these are
	Hours    []data.Span // none: away, or no day of work
	Visits   []data.Visit
}

// NewDay is the list of those who work on a day or have visits then. Visits of a
// practitioner whom the details don't have come last, under no name.
func NewDay(practice string, date data.Date, printed time.Time, details data.Details, visits []data.Visit) Day {
	day := Day{Practice: practice, Date: date, Printed: printed, Kinds: details.Types}
	of := map[string][]data.Visit{}
	for _, v := range visits {
		id := v.Practitioner
		if _, known := details.Practitioner(id); !known {
			id = ""
		}
		if counts(v) {
			of[id] = append(of[id], v)
		}
	}
	for _, p := range details.Practitioners {
		hours := p.On(date)
		if p.Gone {
			hours = nil
		}
		if len(hours) > 0 || len(of[p.ID]) > 0 {
			day.Practitioners = append(day.Practitioners, DayOf{p.ID, p.Name, hours, of[p.ID]})
		}
	}
	if rest := of[""]; len(rest) > 0 {
		day.Practitioners = append(day.Practitioners, DayOf{Visits: rest})
	}
	return day
}

// counts says that a visit is on the list: not one that was called off.
func counts(v data.Visit) bool { return v.Status != data.Cancelled && !v.Undone }

// Only is the list of one practitioner.
func (d Day) Only(id string) Day {
	d.Practitioners = slices.DeleteFunc(slices.Clone(d.Practitioners), func(of DayOf) bool { return of.ID != id })
	return d
}

// listed is a visit on the list, and whose it is.
type listed struct {
	data.Visit
	by string // a name
}

// listed are the visits of one practitioner on the list, in the order of the day.
func (d DayOf) listed() []listed {
	var all []listed
	for _, v := range d.Visits {
		if counts(v) {
			all = append(all, listed{v, d.Name})
		}
	}
	slices.SortStableFunc(all, func(a, b listed) int {
		return cmp.Or(a.Start.Compare(b.Start), a.End.Compare(b.End), strings.Compare(a.ID, b.ID))
	})
	return all
}

// everyone are the visits of all practitioners in the order of the day. Those that begin at one
// time stand in that of the practitioners.
func (d Day) everyone() []listed {
	var all []listed
	for _, of := range d.Practitioners {
		all = append(all, of.listed()...)
	}
	slices.SortStableFunc(all, func(a, b listed) int { return a.Start.Compare(b.Start) })
	return all
}

// PDF is the list as a document, the same bytes each time.
func (d Day) PDF(ctx context.Context, fonts FontSource) (Document, error) {
	return document(ctx, fonts, d.draw)
}

func (d Day) draw(fonts FontSource) (*sheet, error) {
	s, err := newSheet(lang.L("Day list"), d.Printed, fonts)
	if err != nil {
		return nil, fmt.Errorf("day list: %w", err)
	}
	pages := d.pages(s)
	for i, page := range pages {
		if i > 0 {
			s.next(dayTop)
		}
		s.y = dayTop
		d.drawPage(s, page, i+1, len(pages))
	}
	return s, nil
}

// longDate is a day in words: "Tuesday 24 November 2026".
func longDate(d data.Date) string { return d.In(time.UTC).Format("Monday 2 January 2006") }

// hoursText are a practitioner's hours: "8:30–12:00, 14:00–18:00".
func hoursText(hours []data.Span) string {
	if len(hours) == 0 {
		return lang.L("No working hours")
	}
	return data.FormatSpans(hours)
}

// kindText is what a kind of appointment is called; "" for one that is unknown.
func kindText(kinds []data.AppointmentType, id string) string {
	i := slices.IndexFunc(kinds, func(k data.AppointmentType) bool { return k.ID == id })
	if i < 0 {
		return ""
	}
	return words.KindName(kinds[i])
}

// statusText is a status in a word or two.
func statusText(s data.Status) string {
	switch s {
	case data.Booked:
		return lang.L("Booked")
	case data.Arrived:
		return lang.L("Arrived")
	case data.With:
		return lang.L("With practitioner")
	case data.Done:
		return lang.L("Done")
	case data.Absent:
		return lang.L("Did not attend")
	case data.Cancelled:
		return lang.L("Cancelled")
	}
	return string(s)
}
