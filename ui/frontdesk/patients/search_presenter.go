package patients

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// readingTick is how often a search looks again while the memory is filled.
const readingTick = 300 * time.Millisecond

// keyGuard is how soon after a key that came too early a next one is meant: one that
// is held down repeats itself.
const keyGuard = 700 * time.Millisecond

// searchView is what a list under a search field shows.
type searchView struct {
	Hits   []hit
	Chosen int    // row; -1: none
	Note   string // how far the memory is filled
	Empty  string // says what to do where there is no row
	Typed  bool   // else these are the recent ones
	Keys   string // what they do with the row chosen
	Said   string // what came of an arrival
}

// search decides what a search field finds.
type search struct {
	scope
	display *screen.View[searchView]
	limit   int
	not     string // id that is left out
	open    func(id string)
	fresh   func(name string) // a new patient; nil: that is not offered

	// arriving has a patient arrive, and arrived leads to where that is to be seen.
	arriving func(id string, told func(a data.Appointment, said string))
	arrived  func(data.Appointment)

	printing func(p data.Patient, next []data.Visit)
	prints   *screen.Task

	asRow    bool // … as the last row
	expected *expected

	asks    latest[string, found]
	on      bool // somebody looks at the list
	polls   bool // it will look again by itself
	text    string
	got     found
	gotFor  string
	known   bool // got is there
	chosen  string
	moved   bool   // the person chose the row
	waiting func() // what a key asked for before there was a row for it
	said    string
	early   time.Time // when the key of an arrival was last heard before there was a row for it
}

// found is what the memory answers.
type found struct {
	hits        []hit
	done, total int
	ready       bool
}

// newRow stands for the row of a new patient, as ids do for the others.
const newRow = "\x00new"

func newSearch(o scope, limit int) *search {
	s := &search{scope: o, limit: limit}
	s.expected, s.prints = newExpected(o, s.update), screen.NewTask(o.Scope, nil)
	s.asks = latest[string, found]{task: screen.NewTask(o.Scope, nil), ask: s.look, answered: s.answered}
	return s
}

// lookFurther is among how many of those found who comes today is looked for, to stand first.
const lookFurther = listLimit

// look runs off the UI goroutine.
func (s *search) look(_ context.Context, text string) found {
	limit := s.limit
	if s.arriving != nil && text != "" {
		limit = max(limit, lookFurther)
	}
	if s.not != "" {
		limit++
	}
	var f found
	f.done, f.total, f.ready = s.desk.Loading()
	f.hits = newHits(s.desk.Search(text, limit), s.today(), s.not)
	return f
}

// begin starts to look, for what is typed by now.
func (s *search) begin() {
	s.on = true
	s.again()
}

// end stops looking.
func (s *search) end() {
	s.on, s.waiting, s.moved, s.said, s.chosen = false, nil, false, "", ""
	s.expected.forget()
}

// again asks the same again: the records changed.
func (s *search) again() {
	if !s.on {
		return
	}
	s.asks.want(s.text)
	if s.arriving != nil {
		s.expected.look()
	}
}

// typed says what the field has now.
func (s *search) typed(text string) {
	s.text = text
	s.moved, s.waiting, s.said, s.early = false, nil, "", time.Time{}
	s.begin()
}

func (s *search) answered(text string, f found) {
	isAnother := !s.known || s.gotFor != text
	if text != "" {
		f.hits = s.comingFirst(f.hits)
	}
	s.got, s.gotFor, s.known = f, text, true
	if !s.on {
		return
	}
	if !f.ready && !s.polls {
		s.polls = true
		s.After(readingTick, func() {
			s.polls = false
			s.again()
		})
	}
	// The selected row stays while it is there: a key is meant for whom was seen. That of a new patient stands for
	// nobody found yet.
	if s.row() < 0 || !s.moved && (isAnother || s.chosen == newRow) {
		s.moved = false
		s.chosen = s.first()
	}
	s.update()
	if act := s.waiting; act != nil {
		act()
	}
}

// comingFirst are as many hits as there is room for, those first who can arrive today: it is they who stand at the desk.
func (s *search) comingFirst(hits []hit) []hit {
	var coming, others []hit
	for _, h := range hits {
		if s.expected.known[h.ID].canArrive {
			coming = append(coming, h)
		} else {
			others = append(others, h)
		}
	}
	hits = append(coming, others...)
	return hits[:min(len(hits), s.limit)]
}

// first is the row that Enter opens if the person does not choose another one.
func (s *search) first() string {
	rows := s.rows()
	if s.gotFor == "" || len(rows) == 0 {
		return ""
	}
	return rows[0]
}

// rows are the ids of the rows, in their order.
func (s *search) rows() []string {
	var rows []string
	for _, h := range s.got.hits {
		rows = append(rows, h.ID)
	}
	if s.asRow {
		rows = append(rows, newRow)
	}
	return rows
}

// row is the number of the chosen one, or -1.
func (s *search) row() int {
	if s.chosen == "" {
		return -1
	}
	return slices.Index(s.rows(), s.chosen)
}

// move goes so many rows down.
func (s *search) move(by int) {
	rows := s.rows()
	if !s.known || len(rows) == 0 {
		return
	}
	s.choose(min(max(s.row()+by, 0), len(rows)-1))
}

// choose says that the person chose a row.
func (s *search) choose(row int) {
	rows := s.rows()
	if row < 0 || row >= len(rows) {
		return
	}
	s.moved, s.waiting = true, nil
	if s.chosen != rows[row] {
		s.chosen, s.said = rows[row], ""
		s.update()
	}
}

// isSeen says that the rows are those of the text typed, or that the person chose
// one of them since.
func (s *search) isSeen() bool { return s.known && (s.gotFor == s.text || s.moved) }

// enter opens the row that the person chose, or the first one as soon as the rows
// are those of the text typed.
func (s *search) enter() {
	s.waiting = s.enter
	if !s.isSeen() {
		return
	}
	row := s.row()
	switch {
	case row < 0 && !s.got.ready && s.text != "", s.chosen == newRow && !s.moved && !s.got.ready:
		// who is not found yet may be among those still to be read
	case row < 0:
	case s.chosen == newRow:
		s.waiting = nil
		s.fresh(s.newName())
	default:
		s.waiting = nil
		s.open(s.chosen)
	}
}

// arrive has the patient of the selected row arrive for today's appointment. It
// never waits for a row: nobody saw that one.
func (s *search) arrive() {
	s.waiting = nil
	switch {
	case !s.on:
		return
	case !s.isSeen(), s.Now().Sub(s.early) < keyGuard:
		s.early = s.Now()
		s.say(lang.L("The list was not there yet, so nobody arrived. Look who is lit, then press the key again."))
		return
	case s.row() < 0 || s.chosen == newRow:
		s.say(lang.L("Choose who arrived: the arrow keys lead to them."))
		return
	}
	text := s.text
	s.arriving(s.chosen, func(a data.Appointment, said string) {
		switch {
		case !s.on: // the search was left meanwhile
		case a.ID != "" && s.text == text: // else what is typed since would go
			s.arrived(a)
		default:
			s.say(said)
		}
	})
}

func (s *search) say(text string) {
	s.said = text
	s.update()
}

// newName is the name that a new patient begins with: what was typed, unless
// that is a date or a number.
func (s *search) newName() string {
	if strings.ContainsFunc(s.text, unicode.IsDigit) {
		return ""
	}
	return strings.TrimSpace(s.text)
}

func (s *search) update() {
	if !s.on {
		return
	}
	v := searchView{Hits: s.hits(), Chosen: s.row(), Typed: s.gotFor != "", Said: s.said, Keys: s.keys()}
	if !s.got.ready {
		v.Note = lang.L("Reading patients…")
		if s.got.total > 0 {
			v.Note = lang.L("Reading patients… {{.Done}} of {{.Total}}", map[string]any{
				"Done": words.Number(int64(s.got.done)), "Total": words.Number(int64(s.got.total)),
			})
		}
	}
	v.Empty = s.emptyText()
	if s.asRow {
		h := hit{Title: lang.L("New patient…")}
		if name := s.newName(); name != "" {
			h.Title = lang.L("New patient “{{.Name}}”", map[string]any{"Name": shortened(name, shortName)})
		}
		v.Hits = append(slices.Clone(v.Hits), h)
	}
	s.display.Show(v)
}

// hits are those found, with when they come today.
func (s *search) hits() []hit {
	hits := slices.Clone(s.got.hits)
	for i := range hits {
		c := s.expected.known[hits[i].ID]
		hits[i].Today, hits[i].CanArrive = c.text, c.canArrive
	}
	return hits
}

// keys say what Enter and F3 do with the row chosen.
func (s *search) keys() string {
	switch {
	case s.row() < 0 || s.arriving == nil:
		return ""
	case s.chosen == newRow:
		return lang.L("Enter: begin a new patient")
	case s.expected.known[s.chosen].canArrive:
		return joined(lang.L("Enter: open"), lang.L("F3: arrived"))
	}
	return lang.L("Enter: open")
}

func (s *search) emptyText() string {
	switch {
	case !s.got.ready:
		return "" // the note says it
	case s.gotFor != "":
		return lang.L("Nobody found for “{{.Text}}”. Look at the spelling, or type a date of birth, a phone number or a record number.",
			map[string]any{"Text": shortened(s.gotFor, shortName)})
	case s.got.total == 0:
		return lang.L("There are no patients yet. Make the first one with “New patient…”.")
	}
	return lang.L("Type a name, a date of birth, a phone number or a record number. Patients you open stand here the next time.")
}
