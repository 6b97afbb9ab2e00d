package paper

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/words"
)

// dayHead is the practitioner's name as it stands above each of their pages.
type dayHead struct {
	name   piece
	note   string
	height float64 // down to where the rows begin
}

// newDayHead breaks a name into lines.
func newDayHead(s *sheet, name string) dayHead {
	const top, facts, columns = dayMargin + 6, 6.5, 6.5
	known, whole := s.letters.print(name)
	h := dayHead{}
	switch {
	case name == "":
		known = lang.L("Practitioner not known")
	case known == "":
		known = nameElsewhere()
	case !whole:
		h.note = nameElsewhere()
	}
	st := style{bold, 16, black}
	lines, st := s.fit(known, dayWidth, 16, st, 16, 13, 11)
	h.name = piece{st, lines}
	h.height = top + st.leading()*float64(len(lines)) + facts + columns
	if h.note != "" {
		h.height += rowSmall.leading()
	}
	return h
}

// drawPage writes one page of the list, the number of so many.
func (d Day) drawPage(s *sheet, p dayPage, number, of int) {
	d.drawTop(s, number, of)
	if p.head.height == 0 {
		s.y = s.text(dayMargin, s.y+2, dayWidth, style{bold, 16, black}, longDate(d.Date))
		s.y = s.text(dayMargin, s.y+2, dayWidth, body, lang.L("No appointments"))
		d.drawFoot(s, p)
		return
	}
	s.y = s.lines(dayMargin, s.y, p.head.name.st, p.head.name.lines)
	if p.head.note != "" {
		s.y = s.text(dayMargin, s.y, dayWidth, rowSmall, p.head.note)
	}
	facts := lang.N("{{.Date}} · {{.Hours}} · {{.Count}} appointments", p.count,
		map[string]any{"Date": longDate(d.Date), "Hours": hoursText(p.of.Hours), "Count": p.count})
	s.line(dayMargin, s.y+3.8, rowText, s.few(facts, dayWidth, 1, rowText)[0])
	if len(p.rows) > 0 {
		drawColumns(s, p.head.height)
	}
	s.y = p.head.height
	for _, r := range p.rows {
		r.draw(s)
	}
	d.drawFoot(s, p)
}

// drawTop writes whose list this is and which page.
func (d Day) drawTop(s *sheet, number, of int) {
	const room = 40.0 // for the number
	if practice, _ := s.letters.print(d.Practice); practice != "" {
		s.line(dayMargin, s.y+3, rowSmall, s.few(practice, dayWidth-room, 1, rowSmall)[0])
	}
	s.right(dayMargin+dayWidth, s.y+3, rowSmall, lang.L("Page {{.Number}} of {{.Count}}", map[string]any{"Number": number, "Count": of}))
	s.y += 6
}

// drawColumns writes the titles of the columns, above y.
func drawColumns(s *sheet, y float64) {
	titles := [columnCount]string{
		lang.L("Time"), lang.L("Patient, born"), lang.L("Phone"), lang.L("Kind"), lang.L("Status"), lang.L("Note"),
	}
	x := dayMargin
	for i, title := range titles {
		s.line(x, y-1.6, columnOf, s.few(title, columnWidths[i]-cellGap, 1, columnOf)[0])
		x += columnWidths[i]
	}
	s.rule(dayMargin, y, dayWidth)
}

// drawFoot writes the small print.
func (d Day) drawFoot(s *sheet, p dayPage) {
	y := dayFoot + 4.2
	if p.alerts() {
		text := lang.L("There is an alert on this patient: see the screen.")
		s.warning(dayMargin, y)
		s.line(dayMargin+signWidth, y, rowSmall, s.few(text, dayWidth-signWidth, 1, rowSmall)[0])
	}
	text := lang.L("Printed {{.Date}}, {{.Clock}}. What changed since is on the screen. This page names patients: shred it after the day.",
		map[string]any{"Date": words.Day(d.Printed), "Clock": words.TimeOfDay(d.Printed)})
	s.line(dayMargin, bottom, rowSmall, s.few(text, dayWidth, 1, rowSmall)[0])
}
