package patients

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// expected knows who comes today, for the lists of a search. It is read aside, and again where appointments changed.
type expected struct {
	scope
	changed func()
	asks    latest[asOf, comings]
	asked   asOf
	known   map[string]coming // by the patient's id
}

// asOf is what an answer depends on.
type asOf struct {
	date       data.Date
	generation int64
}

// comings are who comes; err: it could not be read.
type comings struct {
	of  map[string]coming
	err error
}

// coming says when somebody comes today.
type coming struct {
	text      string
	canArrive bool
}

func newExpected(s scope, changed func()) *expected {
	e := &expected{scope: s, changed: changed}
	e.asks = latest[asOf, comings]{task: screen.NewTask(s.Scope, nil), ask: e.read, answered: e.answered}
	return e
}

// look reads it, unless it is known.
func (e *expected) look() {
	now := asOf{e.today(), e.desk.Generations().Appointments}
	if now != e.asked {
		e.asked = now
		e.asks.want(now)
	}
}

// forget has the next look read it, also where nobody has told of a change yet. What was known stays till then.
func (e *expected) forget() { e.asked = asOf{} }

// read runs off the UI goroutine.
func (e *expected) read(ctx context.Context, as asOf) (c comings) {
	visits, err := e.desk.Day(ctx, as.date)
	if err != nil {
		return comings{err: err}
	}
	details, err := e.desk.Details(ctx)
	c = comings{map[string]coming{}, err}
	for _, v := range visits {
		if v.Damaged || data.DateOf(v.Start) != as.date {
			continue
		}
		who := v.Who.ID // of the one that it was merged into
		if who == "" {
			who = v.Patient
		}
		c.of[who] = c.of[who].with(v, details)
	}
	return c
}

// with adds an appointment: one that somebody can arrive for counts, or else the last one.
func (c coming) with(v data.Visit, details data.Details) coming {
	practitioner, _ := details.Practitioner(v.Practitioner)
	of := map[string]any{"Time": words.TimeOfDay(v.Start), "Practitioner": practitioner.Name, "Status": words.Status(v.Status)}
	text := ""
	switch v.Status {
	case data.Booked:
		text = lang.L("today {{.Time}} {{.Practitioner}}", of)
	case data.Cancelled, data.Done:
		return c
	default:
		text = lang.L("{{.Status}}, {{.Time}} {{.Practitioner}}", of)
	}
	text = words.StatusSign(v.Status) + " " + strings.TrimSpace(text)
	switch canArrive := v.Status.Becomes(data.Arrived); {
	case canArrive && c.canArrive:
		return coming{joined(c.text, text), true}
	case canArrive || !c.canArrive:
		return coming{text, canArrive}
	}
	return c
}

func (e *expected) answered(as asOf, c comings) {
	switch {
	case as != e.asked:
		return
	case c.err != nil: // nothing is said of it: the day says why it can't be read
		e.forget()
		return
	}
	e.known = c.of
	e.changed()
}
