package today

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// dayView is what the page shows of a day.
type dayView struct {
	Date     string
	IsToday  bool
	Grid     gridView
	Line     string // what is chosen
	Message  string
	Severity severity
	CanUndo  bool // what the message says
	Busy     string
	Empty    string // instead of the grid: what to do where there is no practitioner
}

// gridView is the day as a grid.
type gridView struct {
	Shown   span
	Columns []column
	Cursor  mark
	Ghost   ghost
}

// mark is where the cursor is in the grid.
type mark struct {
	Column int // -1: nowhere
	span
	Visit string
	Text  string // for who can't see it
}

// ghost is an appointment that is being moved, as it would be dropped here.
type ghost struct {
	Column int // -1: none is, or not over the day
	span
	Visit           string
	When, With, Who string
	at              slot
}

func (d *day) view() dayView {
	v := dayView{
		Date:     nearDayText(d.date, d.today()),
		IsToday:  d.date == d.today(),
		Message:  d.message,
		Severity: d.severity,
		CanUndo:  d.canUndo && d.failed == "",
		Grid:     gridView{Shown: d.shownOf, Columns: d.columns, Cursor: mark{Column: -1}, Ghost: ghost{Column: -1}},
	}
	if d.failed != "" {
		v.Message, v.Severity = d.failed, trouble
	}
	if d.busy {
		v.Busy = lang.L("One moment…")
	}
	if d.read && len(d.columns) == 0 {
		v.Empty = lang.L("No practitioner is set up yet, so there is nobody to book for.")
		return v
	}
	if d.moving != nil {
		v.Grid.Ghost = d.ghost()
		v.Line = d.movingLine(v.Grid.Ghost)
		v.Grid.Cursor.Text = v.Line
		if v.Message == "" {
			v.Message, v.Severity = v.Line+". "+movingKeys(d.moving), hint
		}
		return v
	}
	v.Grid.Cursor = d.mark()
	line, alert := d.chosenLine()
	v.Line, v.Grid.Cursor.Text = line, line
	if alert != "" {
		v.Grid.Cursor.Text += ", " + alert
	}
	return v
}

func (d *day) mark() mark {
	s, ok := d.stop()
	if !ok {
		return mark{Column: -1}
	}
	return mark{Column: d.columnAt(), span: s.span, Visit: s.visit}
}

// chosenLine says what the cursor is at, and what there is to know of its patient.
func (d *day) chosenLine() (line, alert string) {
	s, ok := d.stop()
	if !ok {
		return "", ""
	}
	column := d.columns[d.columnAt()]
	visit, isVisit := d.visit(s.visit)
	if !isVisit {
		word := lang.L("free")
		if !column.isOpen(s.from) {
			word = lang.L("free, outside working hours")
			if column.Outside != "" {
				word = column.Outside
			}
		}
		return strings.Join([]string{minuteText(d.freeMinute(s)), word, column.Name}, " · "), ""
	}
	return strings.Join(append([]string{timesText(visit.Appointment), patientName(visit)}, d.stateParts(visit, column.Name)...), " · "), visit.Who.Alert
}

// stateParts are what an appointment is, besides when and whose.
func (d *day) stateParts(v data.Visit, practitioner string) []string {
	parts := []string{statusBeside(v.Status, practitioner)}
	if v.WalkIn {
		parts = append(parts, lang.L("walk-in"))
	}
	if name := typeName(d.details, v.Type); name != "" {
		parts = append(parts, name)
	}
	return parts
}

// about is all that there is to say of an appointment, in a bubble beside it.
type about struct {
	Name, When, State string
	Alert, Note, Keys string
}

// about says it.
func (d *day) about(id string) (a about, ok bool) {
	v, ok := d.visit(id)
	if !ok {
		return about{}, false
	}
	practitioner := practitionerName(d.details, v.Practitioner)
	a = about{
		Name: patientName(v), Alert: v.Who.Alert, Note: v.Note, Keys: visitKeys(v),
		When:  strings.Join([]string{timesText(v.Appointment), lengthText(int(v.Length().Minutes())), practitioner}, " · "),
		State: words.StatusSign(v.Status) + " " + strings.Join(d.stateParts(v, practitioner), " · "),
	}
	if who := whoText(v.Who, d.today()); who != "" && !v.Damaged {
		a.State += "\n" + who
	}
	return a, true
}

// isOpen says that the practitioner works at a minute of the day.
func (c column) isOpen(minute int) bool {
	for _, s := range c.Open {
		if s.From <= minute && minute < s.To {
			return true
		}
	}
	return false
}

// stepKey is the key of the next step. F3 is the system's on macOS.
func stepKey() string {
	if runtime.GOOS == "darwin" {
		return lang.L("Cmd+Enter")
	}
	return "F3"
}

// visitKeys are the keys that an appointment of its status has a use for.
func visitKeys(v data.Visit) string {
	parts := []string{lang.L("Enter: open")}
	if next := nextStatus(v.Status); next != "" {
		parts = append(parts, lang.L("{{.Key}}: {{.Status}}", map[string]any{"Key": stepKey(), "Status": words.Status(next)}))
	}
	if canMove(v.Status) {
		parts = append(parts, lang.L("M: move · + −: longer, shorter"))
	}
	if v.Status.Becomes(data.Cancelled) {
		parts = append(parts, lang.L("Del: cancel"))
	}
	return strings.Join(parts, " · ")
}

// nextStatus is the one step further; "": there is none.
func nextStatus(s data.Status) data.Status {
	switch s {
	case data.Booked, data.Absent:
		return data.Arrived
	case data.Arrived:
		return data.With
	case data.With:
		return data.Done
	}
	return ""
}

// canMove says that an appointment is still to come.
func canMove(s data.Status) bool { return s == data.Booked || s == data.Arrived }
