package paper

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anteroom/data"
)

// sampleDay is a day of so many practitioners, each with so many visits.
func sampleDay(practitioners, visits int) Day {
	d := Day{
		Practice: "Brook Street Practice", Date: data.DateOf(made), Printed: made,
		Kinds: []data.AppointmentType{{ID: "k1"}, {ID: "k2", Name: "Blood test"}, {ID: "k3", Name: "Vaccination abroad"}},
	}
	midnight := d.Date.In(time.Local)
	for p := range practitioners {
		of := DayOf{Name: fmt.Sprintf("Dr Sample %d", p), Hours: []data.Span{{From: 510, To: 750}, {From: 840, To: 1080}}}
		for i := range visits {
			start := midnight.Add(8*time.Hour + time.Duration(i)*15*time.Minute)
			of.Visits = append(of.Visits, data.Visit{
				Appointment: data.Appointment{
					ID: fmt.Sprintf("a%d-%d", p, i), Start: start, End: start.Add(15 * time.Minute), Status: data.Booked, Type: "k1",
				},
				Who: data.Summary{
					ID: fmt.Sprintf("p%d-%d", p, i), Name: fmt.Sprintf("Patient%d-%d Invented", p, i),
					Born: data.Date{Year: 1950 + i, Month: time.March, Day: 1 + i%28}, Phone: fmt.Sprintf("020 7946 0%d%02d", p%10, i),
				},
			})
		}
		d.Practitioners = append(d.Practitioners, of)
	}
	return d
}

// A list has each visit once, under its practitioner, on as many pages as it needs.
func TestDayHasEveryVisit(t *testing.T) {
	d := sampleDay(3, 60)
	visits := d.Practitioners[1].Visits
	visits[0].Who.Alert, visits[1].Status, visits[2].Status = "Invented allergy", data.Absent, data.Cancelled
	visits[3].WalkIn, visits[3].Note = true, "brings a letter"
	document := readable(t, d)
	text := joined(texts(t, document))
	for p, of := range d.Practitioners {
		if got := strings.Count(text, of.Name+" "); got < 2 {
			t.Errorf("%s is named on %d pages", of.Name, got)
		}
		for i, v := range of.Visits {
			want := 1
			if p == 1 && i == 2 {
				want = 0 // it was called off
			}
			if got := strings.Count(text, v.Who.Name+" "); got != want {
				t.Errorf("%s stands there %d times", v.Who.Name, got)
			}
		}
	}
	for _, want := range []string{
		"Tuesday 24 November 2026 · 8:30–12:30, 14:00–18:00 · 60 appointments", "59 appointments", "Did not attend", "Walk-in", "brings a letter",
		"There is an alert on this patient: see the screen.", "Page 1 of ", "1 Mar 1950, 76", "020 7946 0000", "shred it after the day",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the list", want)
		}
	}
	if n := bytes.Count(document, []byte("/Type /Page\n")); n < 6 || n > 9 {
		t.Errorf("%d pages", n)
	}
}

// TestDayOfAnything: whatever names and notes there are, no text reaches into
// the next column and no row into another or off its page.
func TestDayOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringN(0, 300, -1), rapid.StringOfN(rapid.RuneFrom([]rune("Wi -…Ж上ش")), 0, 600, -1))
		d := sampleDay(1, rapid.IntRange(0, 12).Draw(t, "visits"))
		d.Together = rapid.Bool().Draw(t, "together")
		d.Practice, d.Practitioners[0].Name, d.Kinds[0].Name = text.Draw(t, "practice"), text.Draw(t, "practitioner"), text.Draw(t, "kind")
		for i := range d.Practitioners[0].Visits {
			v := &d.Practitioners[0].Visits[i]
			v.Who.Name, v.Who.AlsoKnownAs, v.Note = text.Draw(t, "name"), text.Draw(t, "also"), text.Draw(t, "note")
			v.Who.Phone, v.Who.OtherPhone, v.Who.Alert = text.Draw(t, "phone"), text.Draw(t, "other"), text.Draw(t, "alert")
			v.Damaged, v.Who.Damaged, v.WalkIn = rapid.Bool().Draw(t, "damaged"), rapid.Bool().Draw(t, "unknown"), rapid.Bool().Draw(t, "walk-in")
		}
		s, err := d.draw(nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range d.pages(s) {
			y := page.head.height
			for _, r := range page.rows {
				checkRow(t, s, page.table, r)
				y += page.table.height(r)
			}
			if y > dayFoot+0.01 {
				t.Errorf("rows down to %.1f", y)
			}
		}
		if _, err := s.bytes(); err != nil {
			t.Fatal(err)
		}
	})
}

// checkRow holds a row's texts to their cells.
func checkRow(t *rapid.T, s *sheet, table *table, r row) {
	for _, p := range r.below {
		for _, line := range p.lines {
			if table.left(columnPatient)+s.width(line, p.st) > dayMargin+dayWidth+0.01 {
				t.Errorf("%q below the cells is too wide", line)
			}
		}
	}
	for column, cell := range r.cells {
		height, left := 0.0, 0.0
		if column == columnPatient && r.alert {
			left = signWidth
		}
		for _, p := range cell {
			height += p.st.leading() * float64(len(p.lines))
			for _, line := range p.lines {
				if left+s.width(line, p.st) > table.widths[column]-cellGap+0.01 {
					t.Errorf("%q is wider than column %d", line, column)
				}
			}
		}
		if height+2*table.pad > table.height(r)+0.01 {
			t.Errorf("column %d is %.1f high in a row of %.1f", column, height, table.height(r))
		}
	}
}

// A list of a day on which nobody works says so.
func TestDayOfNobody(t *testing.T) {
	document := readable(t, Day{Practice: "Brook Street Practice", Date: data.DateOf(made), Printed: made})
	text := joined(texts(t, document))
	if !strings.Contains(text, "No appointments") || bytes.Count(document, []byte("/Type /Page\n")) != 1 {
		t.Error(text)
	}
}

// A list lies within US Letter too, and begins each practitioner on a page. A usual day of one
// fits it.
func TestDayPages(t *testing.T) {
	for visits, pages := range map[int]int{25: 1, 40: 1, 60: 2} {
		d := sampleDay(3, visits)
		var want, heads []string
		for i := range 3 * pages {
			name := fmt.Sprintf("Dr Sample %d", i/pages)
			if i%pages > 0 {
				name += " · Tuesday 24 November 2026"
			}
			want = append(want, name)
		}
		for _, page := range pagesOf(t, readable(t, d)) {
			onPaper(t, page)
			heads = append(heads, page[2].text)
			if want := fmt.Sprintf("Page %d of %d", len(heads), 3*pages); page[1].text != want {
				t.Errorf("%q, not %q", page[1].text, want)
			}
		}
		if !slices.Equal(heads, want) {
			t.Errorf("%d visits: pages of %q", visits, heads)
		}
	}
}

// onPaper holds a page to what A4 and US Letter share.
func onPaper(t *testing.T, page []written) {
	t.Helper()
	for _, w := range page {
		if w.x < dayMargin-0.01 || w.x > 210-dayMargin || w.y < dayTop || w.y > bottom {
			t.Errorf("%q begins at %.1f, %.1f", w.text, w.x, w.y)
		}
	}
}

// TestOneListForEveryone has all visits in the order of time with their practitioners, those of a full
// day of four on three sheets.
func TestOneListForEveryone(t *testing.T) {
	d := sampleDay(4, 35)
	for p := range d.Practitioners {
		for i := range d.Practitioners[p].Visits {
			if v := &d.Practitioners[p].Visits[i]; i%5 == p {
				v.Note, v.Status = "Phone before, for the bus is often late", data.Arrived
			}
		}
	}
	d.Together = true
	pages := pagesOf(t, readable(t, d))
	if len(pages) != 3 {
		t.Errorf("%d pages", len(pages))
	}
	text := ""
	for _, page := range pages {
		onPaper(t, page)
		text += joined(page) + " "
	}
	last := -1
	for i := range 35 {
		for p := range 4 {
			want := fmt.Sprintf("Dr Sample %d Patient%d-%d Invented", p, p, i)
			at := strings.Index(text, want)
			if at <= last || strings.Count(text, want+" ") != 1 {
				t.Errorf("%q stands at %d, what goes before at %d", want, at, last)
			}
			last = at
		}
	}
	for _, want := range []string{"Tuesday 24 November 2026 140 appointments · Dr Sample 0 8:30–12:30, 14:00–18:00 · Dr Sample 1", "Phone before, for the bus is often late"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the list", want)
		}
	}
	for _, st := range []style{togetherTable.strong, togetherTable.text, eachTable.strong, eachTable.text, rowSmall, headSmall, footText, titles} {
		if st.size < 8 {
			t.Errorf("letters of %v points", st.size)
		}
	}
}

// TestRowsMoveCloser where that saves a page, and only there.
func TestRowsMoveCloser(t *testing.T) {
	saved := 0
	for visits := range 60 {
		s, err := newSheet("", made, nil)
		if err != nil {
			t.Fatal(err)
		}
		pages := sampleDay(1, visits).pages(s)
		var rows []row
		for _, page := range pages {
			rows = append(rows, page.rows...)
		}
		usual := len(eachTable.paginate(pages[0].head, pages[len(pages)-1].head, rows))
		if isClose := pages[0].table.pad == eachTable.least; isClose != (usual > len(pages)) {
			t.Errorf("%d visits on %d pages, as usual %d, are close: %v", visits, len(pages), usual, isClose)
		}
		saved += usual - len(pages)
	}
	if saved == 0 {
		t.Error("no page is saved")
	}
}

// TestOnlyOne is the list of one practitioner, as it is among the others.
func TestOnlyOne(t *testing.T) {
	d := sampleDay(3, 5)
	for i := range d.Practitioners {
		d.Practitioners[i].ID = fmt.Sprint(i)
	}
	text := joined(texts(t, readable(t, d.Only("1"))))
	if !strings.Contains(text, "Dr Sample 1") || strings.Contains(text, "Dr Sample 0") || strings.Contains(text, "Dr Sample 2") {
		t.Error(text)
	}
	if len(d.Practitioners) != 3 {
		t.Error("the others are gone from the day")
	}
}

// pagesOf are the texts of a document, page by page.
func pagesOf(t testing.TB, document []byte) [][]written {
	var pages [][]written
	for _, stream := range bytes.Split(document, []byte("endstream")) {
		if all := texts(t, stream); len(all) > 0 {
			pages = append(pages, all)
		}
	}
	return pages
}

// TestDayInOtherLetters: what can't be printed is said to be on the screen, and
// a name that can be printed stands for one that can't.
func TestDayInOtherLetters(t *testing.T) {
	const name, other = "Name in other letters: see the screen", "In other letters: see the screen"
	for _, c := range []struct {
		name, also, note string
		want, not        []string
	}{
		{"Ola Sample", "Olli", "brings a letter", []string{"Ola Sample", "brings a letter"}, []string{name, other, "Olli"}},
		{"Анна Прикладенко", "", "Σοφία", []string{"Анна Прикладенко", "Σοφία"}, []string{name, other}},
		{"Adébáyọ̀ Ọláolúwa", "", "", []string{"Adébáyọ̀ Ọláolúwa"}, []string{name}},
		{"王小明", "Wang Xiaoming", "", []string{"Wang Xiaoming", name}, []string{other}},
		{"王小明 Example", "", "", []string{"… Example", name}, nil},
		{"محمد", "", "יש מכתב", []string{name, other}, nil},
		{"", "", "", []string{"Patient not known"}, []string{name}},
	} {
		d := sampleDay(1, 1)
		v := &d.Practitioners[0].Visits[0]
		v.Who.Name, v.Who.AlsoKnownAs, v.Note = c.name, c.also, c.note
		text := joined(texts(t, readable(t, d)))
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%q: %q is not on the list: %s", c.name, want, text)
			}
		}
		for _, no := range c.not {
			if strings.Contains(text, no) {
				t.Errorf("%q: %q is on the list", c.name, no)
			}
		}
	}
}

// TestNewDay: those who work on the day or have visits then, in their order, and
// last the visits of nobody who is known.
func TestNewDay(t *testing.T) {
	day := data.DateOf(made)
	var works [7][]data.Span
	works[day.Weekday()] = []data.Span{{From: 540, To: 720}}
	details := data.Details{Practitioners: []data.Practitioner{
		{ID: "works", Name: "Works", Hours: works},
		{ID: "off", Name: "Off"},
		{ID: "away", Name: "Away", Hours: works, Away: []data.DayRange{{From: day, To: day}}},
		{ID: "visited", Name: "Visited", Hours: works, Away: []data.DayRange{{From: day, To: day}}},
		{ID: "gone", Name: "Gone", Hours: works, Gone: true},
		{ID: "gonevisited", Name: "Gone but visited", Hours: works, Gone: true},
	}}
	visit := func(by string, s data.Status, undone bool) data.Visit {
		return data.Visit{Appointment: data.Appointment{Practitioner: by, Status: s, Undone: undone, Start: made, End: made.Add(time.Hour)}}
	}
	d := NewDay("", day, made, details, []data.Visit{
		visit("who?", data.Done, false), visit("visited", data.Booked, false), visit("off", data.Cancelled, false),
		visit("away", data.Booked, true), visit("gonevisited", data.Absent, false), visit("", data.Booked, false),
	})
	var got []string
	for _, of := range d.Practitioners {
		got = append(got, fmt.Sprintf("%s %s %d", of.Name, hoursText(of.Hours), len(of.Visits)))
	}
	want := []string{"Works 9:00–12:00 0", "Visited No working hours 1", "Gone but visited No working hours 1", " No working hours 2"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// TestOverMidnightOnPaper: a visit that began the day before says so.
func TestOverMidnightOnPaper(t *testing.T) {
	d := sampleDay(1, 2)
	v := &d.Practitioners[0].Visits[0].Appointment
	v.Start, v.End = d.Date.At(-15, time.Local), d.Date.At(25, time.Local)
	if text := joined(texts(t, readable(t, d))); !strings.Contains(text, "23:45") || strings.Count(text, "Since the day before") != 1 {
		t.Errorf("%q", text)
	}
}

// The order in which visits are given is not that of the list.
func TestSameDaySameBytes(t *testing.T) {
	d := sampleDay(2, 30)
	first, err := d.PDF(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, of := range d.Practitioners {
		slices.Reverse(of.Visits)
	}
	second, err := d.PDF(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Content, second.Content) || !bytes.HasPrefix(first.Content, []byte("%PDF-")) {
		t.Error("two documents of one day differ")
	}
	describesNobody(t, readable(t, d))
}

// describesNobody: what programs show of a file without opening it has no name in it.
func describesNobody(t *testing.T, document []byte) {
	t.Helper()
	found := infoPattern.FindAllSubmatch(document, -1)
	if len(found) < 6 {
		t.Errorf("%d words about the document", len(found))
	}
	for _, m := range found {
		if bytes.HasPrefix(m[2], []byte("D:")) {
			continue
		}
		switch text := strings.TrimPrefix(decode(t, m[2]), "\ufeff"); text {
		case "Anteroom", "Day list", "Next appointments":
		default:
			t.Errorf("%s says %q", m[1], text)
		}
	}
}

func BenchmarkDayPDF(b *testing.B) {
	d := sampleDay(10, 40)
	for b.Loop() {
		if _, err := d.PDF(b.Context(), nil); err != nil {
			b.Fatal(err)
		}
	}
}
