package paper

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/ui/words"
)

// dayHead is what stands above the rows of a page.
type dayHead struct {
	pieces []piece
	height float64 // down to where the rows begin
}

var (
	headText  = style{face: bold, size: 16, ink: black}
	headLater = style{face: bold, size: 11, ink: black}
	headSmall = style{face: plain, size: 8.5, ink: quiet}
)

// add writes a text into the head, in so many lines at most, smaller where it is long.
func (h *dayHead) add(s *sheet, most int, st style, text string, smaller ...float64) {
	if text == "" {
		return
	}
	lines, st := s.fit(text, dayWidth, (float64(most)+0.5)*st.leading(), st, append([]float64{st.size}, smaller...)...)
	h.pieces = append(h.pieces, piece{st, lines})
}

// finish says how high the head is: below it are the titles of the columns.
func (h *dayHead) finish() dayHead {
	const top, columns = dayTop + 6, 6.5
	h.height = top + columns
	h.height += height(h.pieces)
	return *h
}

// headOf is the head of a practitioner's list, on its first page and on later ones.
func (d Day) headOf(s *sheet, of DayOf, count int) (first, later dayHead) {
	name, whole := s.letters.print(of.Name)
	note := ""
	switch {
	case of.Name == "":
		name = lang.L("Practitioner not known")
	case name == "":
		name = nameElsewhere()
	case !whole:
		note = nameElsewhere()
	}
	date := longDate(d.Date)
	first.add(s, 2, headText, name, 13, 11)
	first.add(s, 1, headSmall, note)
	first.add(s, 1, rowText, lang.N("{{.Date}} · {{.Hours}} · {{.Count}} appointments", count,
		map[string]any{"Date": date, "Hours": hoursText(of.Hours), "Count": count}))
	later.add(s, 1, headLater, lang.L("{{.Name}} · {{.Date}}", map[string]any{"Name": leftToRight(cut(name)), "Date": date}))
	return first.finish(), later.finish()
}

// cut is a name that leaves room for a date beside it.
func cut(name string) string {
	const most = 50
	if runes := []rune(name); len(runes) > most {
		return strings.TrimSpace(string(runes[:most])) + "…"
	}
	return name
}

// headOfAll is the head of the list for everyone: who works when.
func (d Day) headOfAll(s *sheet, count int) (first, later dayHead) {
	facts := []string{lang.N("{{.Count}} appointments", count, map[string]any{"Count": count})}
	for _, of := range d.Practitioners {
		facts = append(facts, lang.L("{{.Name}} {{.Hours}}", map[string]any{"Name": leftToRight(cut(practitionerName(s, of.Name))), "Hours": hoursText(of.Hours)}))
	}
	date := longDate(d.Date)
	first.add(s, 1, headText, date)
	first.add(s, 3, headSmall, strings.Join(facts, " · "))
	later.add(s, 1, headLater, date)
	return first.finish(), later.finish()
}

// practitionerName is a name as it stands among others.
func practitionerName(s *sheet, name string) string {
	known, _ := s.letters.print(name)
	switch {
	case name == "":
		return lang.L("Practitioner not known")
	case known == "":
		return nameElsewhere()
	}
	return known
}

// drawPage writes one page of the list, the number of so many.
func (d Day) drawPage(s *sheet, p dayPage, number, of int) {
	d.drawTop(s, number, of)
	if p.table == nil {
		s.y = s.text(dayMargin, s.y+2, dayWidth, headText, longDate(d.Date))
		s.y = s.text(dayMargin, s.y+2, dayWidth, body, lang.L("No appointments"))
		d.drawFoot(s, p)
		return
	}
	for _, piece := range p.head.pieces {
		s.y = s.lines(dayMargin, s.y, piece.st, piece.lines)
	}
	if len(p.rows) > 0 {
		p.table.drawTitles(s, p.head.height)
	}
	s.y = p.head.height
	for i, r := range p.rows {
		isLastOfHour := i+1 < len(p.rows) && p.rows[i+1].hour != r.hour
		r.draw(s, p.table, isLastOfHour)
	}
	d.drawFoot(s, p)
}

// drawTop writes whose list this is and which page.
func (d Day) drawTop(s *sheet, number, of int) {
	const room = 40.0 // for the number
	if practice, _ := s.letters.print(d.Practice); practice != "" {
		s.line(dayMargin, s.y+3, headSmall, s.few(practice, dayWidth-room, 1, headSmall)[0])
	}
	s.right(dayMargin+dayWidth, s.y+3, headSmall, lang.L("Page {{.Number}} of {{.Count}}", map[string]any{"Number": number, "Count": of}))
	s.y += 6
}

// drawFoot writes the small print.
func (d Day) drawFoot(s *sheet, p dayPage) {
	y := dayFoot + 4.2
	if p.alerts() {
		text := lang.L("There is an alert on this patient: see the screen.")
		s.warning(dayMargin, y)
		s.line(dayMargin+signWidth, y, footText, s.few(text, dayWidth-signWidth, 1, footText)[0])
	}
	text := lang.L("Printed {{.Date}}, {{.Clock}}. What changed since is on the screen. This page names patients: shred it after the day.",
		map[string]any{"Date": words.Day(d.Printed), "Clock": words.TimeOfDay(d.Printed)})
	s.line(dayMargin, bottom, footText, s.few(text, dayWidth, 1, footText)[0])
}
