package practitioners

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// practitionersPane shows the pane.
type practitionersPane interface {
	show(practitionersView)
	openNew()
}

// practitioners decides what "Practice details", "Practitioners" does.
type practitioners struct {
	pane.Details
	pane  practitionersPane
	order data.DateOrder
	newID func() string

	adds   bool   // it begins with a new one, once it is known who there is
	chosen string // id of the one whose row is chosen
	shown  practitionersView
}

// refresh reads the practitioners again; who is chosen stays chosen.
func (p *practitioners) refresh() { p.Read(p.show) }

// list is everybody, in the order of their columns; those who work here no more
// come last.
func (p *practitioners) list() []data.Practitioner {
	all := p.Now.Present()
	for _, one := range p.Now.Practitioners {
		if one.Gone {
			all = append(all, one)
		}
	}
	return all
}

func (p *practitioners) show() {
	if list := p.list(); p.row() < 0 && len(list) > 0 {
		p.chosen = list[0].ID
	}
	if v := p.view(); !reflect.DeepEqual(v, p.shown) {
		p.shown = v
		p.pane.show(v)
	}
	if p.adds && p.IsLoaded {
		p.adds = false
		p.pane.openNew()
	}
}

// choose says that a row was chosen.
func (p *practitioners) choose(row int) {
	if list := p.list(); row >= 0 && row < len(list) && row != p.row() {
		p.chosen, p.Good, p.Message = list[row].ID, "", ""
		p.show()
	}
}

// row is the chosen one, or -1.
func (p *practitioners) row() int {
	return slices.IndexFunc(p.list(), func(one data.Practitioner) bool { return one.ID == p.chosen })
}

// one is the chosen one.
func (p *practitioners) one() (data.Practitioner, bool) { return p.Now.Practitioner(p.chosen) }

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
func (p *practitioners) move(step int) {
	id := p.chosen
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
func (p *practitioners) setGone(one data.Practitioner, gone bool) {
	said := lang.L("{{.Name}} works here again.", map[string]any{"Name": one.Name})
	if gone {
		said = lang.L("{{.Name}} works here no more.", map[string]any{"Name": one.Name})
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

// practitionerDialog shows a sheet in which somebody is added or edited.
type practitionerDialog interface {
	screen.Form
	wrong(practitionerErrors)
	theirs(string) // what somebody else saved meanwhile
}

// practitionerTask is the work of one such sheet.
type practitionerTask struct {
	*screen.Act
	sheet practitionerDialog
	was   data.Practitioner // as it was read; without an id: a new one
}

func (p *practitioners) newTask(d practitionerDialog, was data.Practitioner) *practitionerTask {
	t := &practitionerTask{sheet: d, was: was}
	t.Act = screen.NewAct(p.Scope, d, p.show, p.refresh)
	return t
}

// proposed is what a new practitioner begins with: a colour that nobody has yet, and
// usual hours.
func (p *practitioners) proposed(colours int) data.Practitioner {
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

// save stores what was typed of a practitioner.
func (p *practitioners) save(t *practitionerTask, form practitionerForm) {
	read, wrong := form.read(t.was, p.Now, p.order, pane.Today(p.Scope, p.Desk))
	t.sheet.wrong(wrong)
	if wrong != (practitionerErrors{}) {
		return
	}
	isNew := t.was.ID == ""
	if isNew {
		read.ID = p.newID()
	}
	var saved data.Details
	t.Done = func() {
		p.chosen, p.Message = read.ID, ""
		p.Good = lang.L("Saved {{.Name}}.", map[string]any{"Name": read.Name})
		if isNew {
			p.Good = lang.L("Added {{.Name}}.", map[string]any{"Name": read.Name})
		}
		p.Take(saved)
		p.show()
	}
	t.Explain = func(err error) screen.Progress {
		var theirs pane.OvertakenError[data.Practitioner]
		switch {
		case errors.As(err, &theirs):
			was := t.was
			t.was = theirs.Theirs
			t.sheet.theirs(theirsText(theirs.Theirs, was))
			return screen.Progress{}
		case errors.Is(err, data.ErrNameTaken): // meanwhile
			t.sheet.wrong(practitionerErrors{Name: words.DetailName(data.ErrNameTaken)})
			return screen.Progress{}
		}
		return screen.Failed(err)
	}
	was := t.was
	t.Start(func(ctx context.Context) (err error) {
		saved, err = pane.ChangeDetails(ctx, p.Desk, func(d data.Details) (data.Details, error) { return withPractitioner(d, was, read) })
		return err
	})
}

// withPractitioner puts somebody new last, and takes the place of somebody who was
// edited; an pane.OvertakenError, if others changed them.
func withPractitioner(d data.Details, was, now data.Practitioner) (data.Details, error) {
	d.Practitioners = slices.Clone(d.Practitioners)
	i := slices.IndexFunc(d.Practitioners, func(one data.Practitioner) bool { return one.ID == now.ID })
	switch {
	case i < 0:
		d.Practitioners = append(d.Practitioners, now)
	case !samePractitioner(d.Practitioners[i], was):
		return d, pane.OvertakenError[data.Practitioner]{d.Practitioners[i]}
	default:
		d.Practitioners[i] = now
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
