package patients

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// hit is a patient in a list.
type hit struct {
	ID     string // "": a new patient
	Title  string
	More   string // the other names
	Today  string // when they come
	Detail string
	Sign   string // an alert, and that they come no more
	Warn   bool

	CanArrive bool // for an appointment of today
}

func newHit(s data.Summary, today data.Date) hit {
	if s.Damaged {
		return hit{
			ID: s.ID, Title: lang.L("Damaged record"), Sign: "⚠", Warn: true,
			Detail: lang.L("This record can't be opened."),
		}
	}
	h := hit{ID: s.ID, Title: s.Name, Warn: s.Alert != ""}
	if s.AlsoKnownAs != "" {
		h.More = lang.L("also {{.Name}}", map[string]any{"Name": s.AlsoKnownAs})
	}
	number, alert, state := "", "", ""
	if s.RecordNumber != "" {
		number = lang.L("No. {{.Number}}", map[string]any{"Number": s.RecordNumber})
	}
	if s.Alert != "" {
		alert = lang.L("⚠ Alert")
	}
	switch s.State {
	case data.Left:
		state = lang.L("Left")
	case data.Deceased:
		state = lang.L("Deceased")
	}
	h.Detail, h.Sign = joined(words.Born(s.Born, today, s.State), s.Phone, number), joined(alert, state)
	return h
}

func newHits(all []data.Summary, today data.Date, not string) []hit {
	hits := make([]hit, 0, len(all))
	for _, s := range all {
		if not == "" || s.ID != not {
			hits = append(hits, newHit(s, today))
		}
	}
	return hits
}

// shortName is how much of a typed name stands in a line.
const shortName = 40

// shortened is the beginning of a text, with a sign that there is more.
func shortened(text string, letters int) string {
	if runes := []rune(text); len(runes) > letters {
		return strings.TrimSpace(string(runes[:letters-1])) + "…"
	}
	return text
}

// inLine is a text of several lines as one.
func inLine(text string) string { return strings.Join(strings.Fields(text), " ") }
