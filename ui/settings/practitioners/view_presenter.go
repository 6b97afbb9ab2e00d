package practitioners

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// view is what the pane shows.
type view struct {
	Rows   []data.Practitioner
	Today  data.Date // the rows say who is away
	Chosen int       // number of the chosen row, or -1
	Empty  string    // what the list says while it has no rows

	Name       string // the chosen one again, in full
	Colour     int    // -1: there is none
	ColourName string
	Hours      string
	Away       string
	Gone       bool // works here no more

	CanEdit bool
	CanUp   bool
	CanDown bool
	Good    string
	Error   string
}

func (p *presenter) today() data.Date { return pane.Today(p.Scope, p.Desk) }

func (p *presenter) view() view {
	v := view{Chosen: p.chosen.Row(p.list()), Colour: -1, Good: p.Good, Error: p.Message}
	if !p.IsLoaded {
		return v
	}
	v.Empty = lang.L("There is nobody yet whom patients come to see. “Add practitioner…” begins a column of the day.")
	v.Rows, v.Today = p.list(), p.today()
	one, ok := p.one()
	if !ok {
		return v
	}
	v.Name, v.CanEdit, v.Gone = one.Name, true, one.Gone
	v.Colour, v.ColourName = one.Colour, colourName(one.Colour)
	v.Hours, v.Away = hoursInFull(one), awayInFull(one)
	if i := slices.IndexFunc(p.Now.Practitioners, func(o data.Practitioner) bool { return o.ID == one.ID }); !one.Gone {
		v.CanUp = neighbour(p.Now.Practitioners, i, -1) >= 0
		v.CanDown = neighbour(p.Now.Practitioners, i, 1) >= 0
	}
	return v
}

func colourName(number int) string {
	names := words.Colours()
	return names[(number%len(names)+len(names))%len(names)]
}

// weekText is in short when somebody works in the week of today.
func weekText(p data.Practitioner, today data.Date) string {
	if p.Gone {
		return lang.L("Works here no more")
	}
	monday := today.AddDays(-int(today.Weekday()+6) % 7)
	var week [7][]data.Span
	for i, day := range words.Week() {
		week[day] = p.On(monday.AddDays(i))
	}
	if text := shortHours(week); text != "" {
		return text
	}
	if shortHours(p.Hours) != "" {
		return lang.L("Away this week")
	}
	return lang.L("No hours yet")
}

// shortHours are the hours of a week, with days that are alike together:
// "Mon–Thu 9:00–17:00; Fri 9:00–12:00"; "" is none.
func shortHours(hours [7][]data.Span) string {
	var parts []string
	done := map[time.Weekday]bool{}
	for _, day := range words.Week() {
		if len(hours[day]) == 0 || done[day] {
			continue
		}
		alike := func(other time.Weekday) bool { return slices.Equal(hours[day], hours[other]) }
		for _, other := range words.Week() {
			done[other] = done[other] || alike(other)
		}
		parts = append(parts, lang.L("{{.Days}} {{.Hours}}", map[string]any{"Days": daysText(alike), "Hours": data.FormatSpans(hours[day])}))
	}
	return strings.Join(parts, "; ")
}

// daysText are the days of a week that are of some sort: "Mon–Wed, Fri".
func daysText(is func(time.Weekday) bool) string {
	week := words.Week()
	var parts []string
	for from := 0; from < len(week); from++ {
		if !is(week[from]) {
			continue
		}
		to := from
		for to+1 < len(week) && is(week[to+1]) {
			to++
		}
		part := words.ShortWeekday(week[from])
		if to > from {
			part = lang.L("{{.From}}–{{.To}}", map[string]any{"From": part, "To": words.ShortWeekday(week[to])})
		}
		parts = append(parts, part)
		from = to
	}
	return strings.Join(parts, ", ")
}

func hoursInFull(p data.Practitioner) string {
	if text := shortHours(p.Hours); text != "" {
		return text
	}
	return lang.L("No hours yet: nothing can be booked inside them.")
}

// awayText is in short when somebody is away next.
func awayText(p data.Practitioner, today data.Date) string {
	if p.Gone {
		return ""
	}
	var next data.DayRange
	for _, r := range p.Away {
		if !r.To.Before(today) && (next.From.IsZero() || r.From.Before(next.From)) {
			next = r
		}
	}
	switch {
	case next.From.IsZero():
		return "–"
	case !today.Before(next.From):
		return lang.L("now, until {{.Day}}", map[string]any{"Day": next.To.String()})
	case next.From == next.To:
		return next.From.String()
	}
	return lang.L("from {{.Day}}", map[string]any{"Day": next.From.String()})
}

func awayInFull(p data.Practitioner) string {
	if len(p.Away) == 0 {
		return lang.L("None")
	}
	return strings.ReplaceAll(data.FormatAway(p.Away), "\n", "; ")
}

// theirsText is what somebody else saved of a practitioner who is being edited.
func theirsText(theirs, was data.Practitioner) string {
	var parts []string
	add := func(label, value string) { parts = append(parts, pane.FactText(label, value)) }
	switch {
	case theirs.Gone && !was.Gone:
		return lang.L("Somebody else removed {{.Name}} meanwhile. What you typed is still here: press Save again to keep it, or Cancel.", map[string]any{"Name": theirs.Name})
	case !theirs.Gone && was.Gone:
		add(lang.L("Name"), theirs.Name)
	case theirs.Name != was.Name:
		add(lang.L("Name"), theirs.Name)
	}
	if theirs.Colour != was.Colour {
		add(lang.L("Colour"), colourName(theirs.Colour))
	}
	if !samePractitioner(data.Practitioner{Hours: theirs.Hours}, data.Practitioner{Hours: was.Hours}) {
		add(lang.L("Hours"), hoursInFull(theirs))
	}
	if !slices.Equal(theirs.Away, was.Away) {
		add(lang.L("Days away"), awayInFull(theirs))
	}
	return pane.OvertakenText(parts)
}
