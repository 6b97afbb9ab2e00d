package practitioners

import (
	"crypto/rand"
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// presenter decides what "Practice details", "Practitioners" does.
type presenter struct {
	pane.Details
	shown   *screen.View[view]
	openNew func() // opens the dialog for a new one
	order   data.DateOrder

	adds   bool // it begins with a new one, once it is known who there is
	chosen pane.Selection[data.Practitioner]
}

func newPresenter(p pane.Params, d *desk.Desk, v *screen.View[view], openNew func()) *presenter {
	return &presenter{Details: pane.Details{Scope: p.Scope, Desk: d}, chosen: pane.NewSelection(func(one data.Practitioner) string { return one.ID }), shown: v, openNew: openNew, order: p.Order}
}

// refresh reads the practitioners again; who is chosen stays chosen.
func (p *presenter) refresh() { p.Read(p.show) }

// list is everybody, in the order of their columns; those who work here no more
// come last.
func (p *presenter) list() []data.Practitioner {
	all := p.Now.Present()
	for _, one := range p.Now.Practitioners {
		if one.Gone {
			all = append(all, one)
		}
	}
	return all
}

func (p *presenter) show() {
	p.chosen.Keep(p.list())
	p.shown.Show(p.view())
	if p.adds && p.IsLoaded {
		p.adds = false
		p.openNew()
	}
}

// choose says that a row was chosen.
func (p *presenter) choose(row int) {
	if p.chosen.Choose(p.list(), row) {
		p.Good, p.Message = "", ""
		p.show()
	}
}

// one is the chosen one.
func (p *presenter) one() (data.Practitioner, bool) { return p.Now.Practitioner(p.chosen.ID) }

// neighbour is the place of the next one who works here, before (-1) or behind
// (1) the place i; -1: there is none.
func neighbour(all []data.Practitioner, i, step int) int {
	for i += step; i >= 0 && i < len(all); i += step {
		if !all[i].Gone {
			return i
		}
	}
	return -1
}

// move moves the chosen one's column by a place.
func (p *presenter) move(step int) {
	id := p.chosen.ID
	p.ChangeNow(func(d data.Details) data.Details {
		i := slices.IndexFunc(d.Practitioners, func(one data.Practitioner) bool { return one.ID == id })
		if i < 0 || d.Practitioners[i].Gone {
			return d
		}
		if j := neighbour(d.Practitioners, i, step); j >= 0 {
			d.Practitioners = pane.Swapped(d.Practitioners, i, j)
		}
		return d
	}, "", p.show)
}

// setGone says that somebody works here no more, or again.
func (p *presenter) setGone(one data.Practitioner, gone bool) {
	said := lang.L("{{.Name}} works here again.", pane.Named(one.Name))
	if gone {
		said = lang.L("{{.Name}} works here no more.", pane.Named(one.Name))
	}
	p.ChangeNow(func(d data.Details) data.Details {
		d.Practitioners = slices.Clone(d.Practitioners)
		for i := range d.Practitioners {
			if d.Practitioners[i].ID == one.ID {
				d.Practitioners[i].Gone = gone
			}
		}
		return d
	}, said, p.show)
}

// edit is the work of the dialog in which somebody is added or edited.
type edit struct {
	*pane.Edit[data.Practitioner]
	showErrors func(formErrors)
}

// newEdit begins it; without an id it is for somebody new.
func (p *presenter) newEdit(f screen.Form, was data.Practitioner, showErrors func(formErrors), showTheirs func(string)) *edit {
	e := &edit{pane.NewEdit(&p.Details, f, was, p.refresh), showErrors}
	e.OnOvertaken = func(theirs, was data.Practitioner) { showTheirs(theirsText(theirs, was)) }
	e.OnNameTaken = func() { showErrors(formErrors{Name: words.DetailName(data.ErrNameTaken)}) }
	return e
}

// proposed is what a new practitioner begins with: a colour that nobody has yet, and
// usual hours.
func (p *presenter) proposed(colours int) data.Practitioner {
	var used []int
	for _, one := range p.Now.Present() {
		used = append(used, one.Colour)
	}
	proposed := data.Practitioner{Colour: len(used) % colours}
	for i := range colours {
		if !slices.Contains(used, i) {
			proposed.Colour = i
			break
		}
	}
	for day := time.Monday; day <= time.Friday; day++ {
		proposed.Hours[day] = []data.Span{{From: 9 * 60, To: 17 * 60}}
	}
	return proposed
}

// save stores what was typed.
func (p *presenter) save(e *edit, typed form) {
	read, wrong := typed.read(e.Was, p.Now, p.order, pane.Today(p.Scope, p.Desk))
	e.showErrors(wrong)
	if wrong != (formErrors{}) {
		return
	}
	said := lang.L("Saved {{.Name}}.", pane.Named(read.Name))
	if read.ID == "" {
		read.ID, said = rand.Text(), lang.L("Added {{.Name}}.", pane.Named(read.Name))
	}
	e.Save(func(d data.Details, was data.Practitioner) (data.Details, error) {
		return withPractitioner(d, was, read)
	}, func() {
		p.chosen.ID, p.Good, p.Message = read.ID, said, ""
		p.show()
	})
}

func withPractitioner(d data.Details, was, now data.Practitioner) (_ data.Details, err error) {
	id := func(one data.Practitioner) string { return one.ID }
	if d.Practitioners, err = pane.Put(d.Practitioners, was, now, id, samePractitioner); err != nil {
		return d, err
	}
	return d, pane.NameTaken(d)
}

func samePractitioner(a, b data.Practitioner) bool {
	for d := range a.Hours {
		if !slices.Equal(a.Hours[d], b.Hours[d]) {
			return false
		}
	}
	return a.ID == b.ID && a.Name == b.Name && a.Colour == b.Colour && a.Gone == b.Gone && slices.Equal(a.Away, b.Away)
}
