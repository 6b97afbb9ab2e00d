package paper

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// Measures of the list, in millimetres: upright, so that it goes on a board and
// lies within US Letter as all pages do.
const (
	dayMargin = 14.0
	dayWidth  = 210 - 2*dayMargin
	dayFoot   = 257.0 // where the rows end; below it the small print
	rowPad    = 1.1
	cellGap   = 2.5
	signWidth = 4.6 // of the sign of an alert, with its gap
)

var (
	rowBold  = style{bold, 9.5, black}
	rowText  = style{plain, 9.5, black}
	rowNote  = style{plain, 8.5, black}
	rowSmall = style{plain, 8, quiet}
	columnOf = style{bold, 8, quiet}
)

// The columns, in their order.
const (
	columnTime = iota
	columnPatient
	columnPhone
	columnKind
	columnStatus
	columnNote
	columnCount
)

// columnWidths fill dayWidth; each has its gap at the right.
var columnWidths = [columnCount]float64{15, 54, 32, 27, 22, 32}

// piece are lines of one style in a cell.
type piece struct {
	st    style
	lines []string
}

// row is one visit, broken into lines.
type row struct {
	cells  [columnCount][]piece
	alert  bool
	height float64
}

// dayPage is one page of the list: rows of one practitioner.
type dayPage struct {
	of    DayOf
	count int // of all the practitioner's visits
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
	var pages []dayPage
	for _, of := range d.Practitioners {
		visits := of.listed()
		empty := dayPage{of: of, count: len(visits), head: newDayHead(s, of.Name)}
		page, room := empty, dayFoot-empty.head.height
		for _, v := range visits {
			r := d.row(s, v)
			if r.height > room && len(page.rows) > 0 {
				pages = append(pages, page)
				page, room = empty, dayFoot-empty.head.height
			}
			page.rows = append(page.rows, r)
			room -= r.height
		}
		pages = append(pages, page)
	}
	if len(pages) == 0 { // nobody works, nobody comes: a page that says so
		pages = append(pages, dayPage{})
	}
	return pages
}

// row breaks what is written of a visit into the lines of its cells.
func (d Day) row(s *sheet, v data.Visit) row {
	r := row{alert: strings.TrimSpace(v.Who.Alert) != ""}
	r.add(s, columnTime, 1, rowBold, words.TimeOfDay(v.Start))
	r.add(s, columnTime, 1, rowSmall, lang.L("{{.Minutes}} min", map[string]any{"Minutes": int(v.Length().Minutes())}))
	r.addPatient(s, v.Who, d.Date)
	r.addPhones(s, v.Who.Phone, v.Who.OtherPhone)
	r.addTyped(s, columnKind, 2, rowText, kindText(d.Kinds, v.Type))
	if data.DateOf(v.Start).Before(d.Date) {
		r.add(s, columnKind, 2, rowSmall, lang.L("Since the day before"))
	}
	if v.WalkIn {
		r.add(s, columnKind, 1, rowSmall, lang.L("Walk-in"))
	}
	status := rowText
	if v.Status == data.Absent {
		status = rowBold
	}
	r.add(s, columnStatus, 2, status, statusText(v.Status))
	if v.Damaged {
		r.add(s, columnNote, 3, rowNote, lang.L("The record of this appointment can't be read."))
	}
	r.addTyped(s, columnNote, 5, rowNote, v.Note)
	for _, cell := range r.cells {
		height := 0.0
		for _, p := range cell {
			height += p.st.leading() * float64(len(p.lines))
		}
		r.height = max(r.height, height)
	}
	r.height += 2 * rowPad
	return r
}

// addPatient writes who comes: the name, and the date of birth with the age on
// the day. What can't be printed of a name is said, and the other name that the
// patient goes by helps if that can.
func (r *row) addPatient(s *sheet, who data.Summary, day data.Date) {
	name, whole := s.letters.print(who.Name)
	if strings.TrimSpace(who.Name) == "" {
		whole = true
		name = lang.L("Patient not known")
		if who.Damaged {
			name = lang.L("The patient's record can't be read.")
		}
	}
	if !whole {
		if known, all, _ := s.letters.printable(who.AlsoKnownAs); all {
			name = known
		}
	}
	const elsewhere = 2 // lines
	if name == "" {
		r.add(s, columnPatient, elsewhere, rowNote, nameElsewhere())
	}
	r.add(s, columnPatient, 2, rowBold, name)
	r.add(s, columnPatient, 1, rowSmall, words.Born(who.Born, day, who.State))
	if name != "" && !whole {
		r.add(s, columnPatient, elsewhere, rowSmall, nameElsewhere())
	}
}

// nameElsewhere says that a name, or a part of it, can't be printed.
func nameElsewhere() string { return lang.L("Name in other letters: see the screen") }

// addPhones writes the numbers, each on one line if it can: smaller, if not
// all of them are short.
func (r *row) addPhones(s *sheet, phones ...string) {
	st := rowText
	for _, phone := range phones {
		known, _ := s.letters.print(phone)
		if s.width(known, rowText) > r.room(columnPhone) {
			st = rowNote
		}
	}
	for _, phone := range phones {
		r.addTyped(s, columnPhone, 2, st, phone)
	}
}

// addTyped writes a text that somebody typed, and says so if not all of its
// letters can be printed.
func (r *row) addTyped(s *sheet, column, most int, st style, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	if runes := []rune(text); len(runes) > most*runesInLine { // no more is looked at
		text = string(runes[:most*runesInLine])
	}
	known, whole := s.letters.print(text)
	r.add(s, column, most, st, known)
	if !whole {
		r.add(s, column, 2, rowSmall, lang.L("In other letters: see the screen"))
	}
}

// add writes a text into a cell, in so many lines at most.
func (r *row) add(s *sheet, column, most int, st style, text string) {
	if text != "" {
		r.cells[column] = append(r.cells[column], piece{st, s.few(text, r.room(column), most, st)})
	}
}

// room is how wide the texts of a column can be.
func (r *row) room(column int) float64 {
	w := columnWidths[column] - cellGap
	if column == columnPatient && r.alert {
		w -= signWidth
	}
	return w
}

// draw writes the row at the sheet's y, with a line below it.
func (r *row) draw(s *sheet) {
	x := dayMargin
	for column, cell := range r.cells {
		y, left := s.y+rowPad, x
		if column == columnPatient && r.alert {
			s.warning(left, y+rowBold.leading()*0.76)
			left += signWidth
		}
		for i, p := range cell {
			if i == 0 { // all cells begin on one base line
				y += (rowText.leading() - p.st.leading()) * 0.76
			}
			y = s.lines(left, y, p.st, p.lines)
		}
		x += columnWidths[column]
	}
	s.y += r.height
	s.hairline(dayMargin, s.y, dayWidth)
}
