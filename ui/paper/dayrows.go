package paper

import (
	"cmp"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// signWidth is that of the sign of an alert, with its gap.
const signWidth = 4.6

// piece are lines of one style in a cell.
type piece struct {
	st    style
	lines []string
}

func (p piece) height() float64 { return p.st.leading() * float64(len(p.lines)) }

// row is one visit, broken into lines.
type row struct {
	cells [columnCount][]piece
	below []piece // from the patient's column on
	hour  int     // in which it begins
	alert bool
}

// dayPage is one page of the list.
type dayPage struct {
	table *table // nil: nobody works, nobody comes
	head  dayHead
	rows  []row
}

// alerts says that a row of the page has the sign of an alert.
func (p dayPage) alerts() bool {
	for _, r := range p.rows {
		if r.alert {
			return true
		}
	}
	return false
}

// pages breaks the list into pages, between rows.
func (d Day) pages(s *sheet) []dayPage {
	if len(d.Practitioners) == 0 {
		return []dayPage{{}}
	}
	if d.Together {
		all := d.everyone()
		first, later := d.headOfAll(s, len(all))
		return d.paginate(s, togetherTable, first, later, all)
	}
	var pages []dayPage
	for _, of := range d.Practitioners {
		visits := of.listed()
		first, later := d.headOf(s, of, len(visits))
		pages = append(pages, d.paginate(s, eachTable, first, later, visits)...)
	}
	return pages
}

// paginate breaks the rows of one list into pages, closer to each other where that saves one.
func (d Day) paginate(s *sheet, t table, first, later dayHead, visits []listed) []dayPage {
	var rows []row
	for _, v := range visits {
		rows = append(rows, d.row(s, &t, v))
	}
	pages := t.paginate(first, later, rows)
	t.pad = t.least
	if fewer := t.paginate(first, later, rows); len(fewer) < len(pages) {
		return fewer
	}
	return pages
}

func (t table) paginate(first, later dayHead, rows []row) []dayPage {
	var pages []dayPage
	page, room := dayPage{table: &t, head: first}, dayFoot-first.height
	for _, r := range rows {
		if t.height(r) > room && len(page.rows) > 0 {
			pages = append(pages, page)
			page, room = dayPage{table: &t, head: later}, dayFoot-later.height
		}
		page.rows = append(page.rows, r)
		room -= t.height(r)
	}
	return append(pages, page)
}

// height is that of a row, with what is around its lines.
func (t table) height(r row) float64 { return r.cellHeight() + height(r.below) + 2*t.pad }

// cells writes into the cells of one row.
type cells struct {
	*row
	s *sheet
	t *table
}

// row breaks what is written of a visit into the lines of its cells.
func (d Day) row(s *sheet, t *table, v listed) row {
	r := row{alert: strings.TrimSpace(v.Who.Alert) != "", hour: v.Start.Hour()}
	c := cells{&r, s, t}
	s.letters.where = words.TimeOfDay(v.Start)
	defer func() { s.letters.where = "" }()
	c.add(columnTime, 1, t.strong, words.TimeOfDay(v.Start))
	c.add(columnPractitioner, 1, t.text, practitionerName(s, v.by))
	c.addPatient(v.Who)
	c.add(columnBorn, 2, t.text, words.Born(v.Who.Born, d.Date, v.Who.State))
	c.addTyped(columnPhone, 2, cmp.Or(strings.TrimSpace(v.Who.Phone), v.Who.OtherPhone))
	c.addTyped(columnKind, 1, kindText(d.Kinds, v.Type))
	c.addNote(d.Date, v.Visit)
	return r
}

// cellHeight is that of the highest cell.
func (r *row) cellHeight() float64 {
	highest := 0.0
	for _, cell := range r.cells {
		highest = max(highest, height(cell))
	}
	return highest
}

func height(pieces []piece) float64 {
	h := 0.0
	for _, p := range pieces {
		h += p.height()
	}
	return h
}

// addPatient writes who comes. What can't be printed of a name is said, and the other name that the
// patient goes by helps if that can.
func (c cells) addPatient(who data.Summary) {
	name, whole := c.s.letters.print(who.Name)
	if strings.TrimSpace(who.Name) == "" {
		whole = true
		name = lang.L("Patient not known")
		if who.Damaged {
			name = lang.L("The patient's record can't be read.")
		}
	}
	if !whole {
		if known, all, _ := c.s.letters.printable(who.AlsoKnownAs); all {
			name = known
		}
	}
	c.add(columnPatient, 2, c.t.strong, name)
	if !whole {
		c.add(columnPatient, 2, rowSmall, nameElsewhere())
	}
}

// nameElsewhere says that a name, or a part of it, can't be printed.
func nameElsewhere() string { return lang.L("Name in other letters: see the screen") }

// addNote writes what is out of the ordinary: how far the visit is, unless it is merely booked, and
// what somebody noted, which is below the other cells where it is long.
func (c cells) addNote(day data.Date, v data.Visit) {
	var said []string
	if v.Damaged {
		said = append(said, lang.L("The record of this appointment can't be read."))
	}
	if v.Status != data.Booked {
		said = append(said, statusText(v.Status))
	}
	if v.WalkIn {
		said = append(said, lang.L("Walk-in"))
	}
	if data.DateOf(v.Start).Before(day) {
		said = append(said, lang.L("Since the day before"))
	}
	c.add(columnNote, 3, c.t.text, strings.Join(said, " · "))
	note, whole := c.typed(noteLines, v.Note)
	if len(said) == 0 && c.s.width(note, c.t.text) <= c.room(columnNote) {
		c.add(columnNote, 1, c.t.text, note)
	} else if note != "" {
		room := dayMargin + dayWidth - c.t.left(columnPatient)
		c.below = append(c.below, piece{c.t.text, c.s.few(note, room, noteLines, c.t.text)})
	}
	if !whole {
		c.add(columnNote, 2, rowSmall, textElsewhere())
	}
}

// noteLines are what a note can have: two hundred letters and more.
const noteLines = 2

// addTyped writes a text that somebody typed, and says so if not all of its
// letters can be printed.
func (c cells) addTyped(column, most int, text string) {
	known, whole := c.typed(most, text)
	c.add(column, most, c.t.text, known)
	if !whole {
		c.add(column, 2, rowSmall, textElsewhere())
	}
}

// typed is what can be printed of a text, and whether that is all; no more is looked at than so many
// lines can have.
func (c cells) typed(most int, text string) (known string, whole bool) {
	if strings.TrimSpace(text) == "" {
		return "", true
	}
	if runes := []rune(text); len(runes) > most*runesInLine {
		text = string(runes[:most*runesInLine])
	}
	return c.s.letters.print(text)
}

// textElsewhere says that a text, or a part of it, can't be printed.
func textElsewhere() string { return lang.L("In other letters: see the screen") }

// add writes a text into a cell, in so many lines at most.
func (c cells) add(column, most int, st style, text string) {
	if text != "" && c.t.widths[column] > 0 {
		c.cells[column] = append(c.cells[column], piece{st, c.s.few(text, c.room(column), most, st)})
	}
}

// room is how wide the texts of a column can be.
func (c cells) room(column int) float64 {
	w := c.t.widths[column] - cellGap
	if column == columnPatient && c.alert {
		w -= signWidth
	}
	return w
}

// draw writes the row at the sheet's y, with a line below it, which is darker where the hour ends.
func (r *row) draw(s *sheet, t *table, isLastOfHour bool) {
	for column, cell := range r.cells {
		x, y := t.left(column), s.y+t.pad
		if column == columnPatient && r.alert {
			s.warning(x, y+t.strong.ascent())
			x += signWidth
		}
		for i, p := range cell {
			if i == 0 { // all cells begin on one base line
				y += t.strong.ascent() - p.st.ascent()
			}
			y = s.lines(x, y, p.st, p.lines)
		}
	}
	y := s.y + t.pad + r.cellHeight()
	for _, p := range r.below {
		y = s.lines(t.left(columnPatient), y, p.st, p.lines)
	}
	s.y += t.height(*r)
	if isLastOfHour {
		s.rule(dayMargin, s.y, dayWidth)
	} else {
		s.hairline(dayMargin, s.y, dayWidth)
	}
}
