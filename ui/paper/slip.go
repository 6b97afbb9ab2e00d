package paper

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// Slip is what a patient takes home: when to come next, and nothing else that
// the practice knows of them. It is the top of an ordinary page, to be cut off
// once across and folded to the size of a hand: a document of a small page is
// blown up by some viewers, and makes some printers wait for small paper.
type Slip struct {
	Practice string // its name
	Name     string // the patient's
	Printed  time.Time
	Next     []Next // in the order of time
}

// Next is one appointment on a slip.
type Next struct {
	Start        time.Time
	Practitioner string // a name
	Kind         string // a name
}

// slipMost is how many appointments a slip has: a page's worth.
const slipMost = 8

// NewSlip is the slip of a patient's visits that are still to come, of those
// given.
func NewSlip(practice string, who data.Summary, printed time.Time, details data.Details, visits []data.Visit) Slip {
	slip := Slip{Practice: practice, Name: who.Name, Printed: printed}
	for _, v := range visits {
		if v.Status != data.Booked || v.Undone || v.Start.Before(printed) {
			continue
		}
		by, _ := details.Practitioner(v.Practitioner)
		slip.Next = append(slip.Next, Next{v.Start, by.Name, kindText(details.Types, v.Type)})
	}
	slices.SortStableFunc(slip.Next, func(a, b Next) int { return a.Start.Compare(b.Start) })
	return slip
}

// PDF is the slip as a document of one page, the same bytes each time.
func (l Slip) PDF(ctx context.Context, fonts FontSource) (Document, error) {
	return document(ctx, fonts, l.draw)
}

var (
	slipDate = style{face: bold, size: 18, ink: black}
	slipText = style{face: plain, size: 13, ink: black}
)

func (l Slip) draw(fonts FontSource) (*sheet, error) {
	const least = 99.0 // a third of A4
	s, err := newSheet(lang.L("Next appointments"), l.Printed, fonts)
	if err != nil {
		return nil, fmt.Errorf("slip: %w", err)
	}
	s.y = 14
	printed := lang.L("Printed {{.Date}}", map[string]any{"Date": words.Day(l.Printed)})
	s.right(margin+width, s.y+3.5, small, printed)
	l.drawName(s, l.Practice, width-40, style{face: plain, size: 12, ink: black}, 12, 10)
	s.y += 1.5
	l.drawName(s, l.Name, width, style{face: bold, size: 18, ink: black}, 18, 15, 12)
	s.y += 1
	s.rule(margin, s.y, width)
	s.y += 4
	l.drawNext(s)
	s.y = max(s.y+3, least)
	s.cut(0, s.y, 210)
	return s, nil
}

// drawName writes a name in two lines at most, as large as it can. One that
// can't be printed whole gets a line, to be written by hand.
func (l Slip) drawName(s *sheet, name string, w float64, st style, sizes ...float64) {
	known, whole := s.letters.print(name)
	if !whole {
		s.y += 9
		s.rule(margin, s.y, w/2)
		s.y += 2
		return
	}
	lines, st := s.fit(known, w, 2.2*st.leading(), st, sizes...)
	s.y = s.lines(margin, s.y, st, lines)
}

// drawNext writes the appointments, each a date with its time and below it who
// is seen, and for what.
func (l Slip) drawNext(s *sheet) {
	if len(l.Next) == 0 {
		s.y = s.text(margin, s.y, width, slipText, lang.L("No appointment is booked."))
		return
	}
	s.y = s.text(margin, s.y, width, slipText, lang.N("Your next appointments", len(l.Next))) + 3
	for i, n := range l.Next {
		if i == slipMost {
			rest := len(l.Next) - slipMost
			s.y = s.text(margin, s.y, width, slipText, lang.N("and {{.Count}} more: ask at the desk", rest, map[string]any{"Count": rest}))
			return
		}
		l.drawOne(s, n)
	}
}

func (l Slip) drawOne(s *sheet, n Next) {
	when := lang.L("{{.Date}}, {{.Clock}}", map[string]any{"Date": longDate(data.DateOf(n.Start)), "Clock": words.TimeOfDay(n.Start)})
	s.y = s.lines(margin, s.y, slipDate, s.few(when, width, 1, slipDate))
	practitioner, kind := printable(s, n.Practitioner), printable(s, n.Kind)
	what := practitioner
	switch {
	case practitioner == "":
		what = kind
	case kind != "":
		what = lang.L("{{.Practitioner}} · {{.Kind}}", map[string]any{"Practitioner": leftToRight(practitioner), "Kind": leftToRight(kind)})
	}
	s.y = s.lines(margin, s.y, slipText, s.few(what, width, 2, slipText)) + 3
}

// printable is what can be printed of a text; of none that can, it says so.
func printable(s *sheet, text string) string {
	known, _ := s.letters.print(text)
	if known == "" && strings.TrimSpace(text) != "" {
		return lang.L("(in other letters: ask at the desk)")
	}
	return known
}
