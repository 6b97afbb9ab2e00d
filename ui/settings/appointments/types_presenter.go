package appointments

import (
	"crypto/rand"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// presenter decides what "Practice details", "Appointments" does: the appointment types there
// are, and what holds for all of them.
type presenter struct {
	pane.Details
	shown  *screen.View[view]
	chosen pane.Selection[data.AppointmentType]

	isBegun     bool // the form has been filled
	form        form
	was         form // as it is stored
	limitError  string
	numberError string
	saving      *screen.Task
	isSaved     bool
	problem     string // why it is not saved
}

func newPresenter(p pane.Params, d *desk.Desk, v *screen.View[view]) *presenter {
	made := &presenter{Details: pane.Details{Scope: p.Scope, Desk: d}, chosen: pane.NewSelection(func(t data.AppointmentType) string { return t.ID }), shown: v}
	made.saving = screen.NewTask(p.Scope, made.show)
	return made
}

// refresh reads the details again; what was changed in the form stays.
func (p *presenter) refresh() { p.Read(p.show) }

// list is all of them; those that are not offered any more come last.
func (p *presenter) list() []data.AppointmentType {
	all := p.Now.Offered()
	for _, t := range p.Now.Types {
		if t.Gone {
			all = append(all, t)
		}
	}
	return all
}

func (p *presenter) show() {
	p.chosen.Keep(p.list())
	if p.IsLoaded && !p.isChanged() {
		p.was = newForm(p.Now)
		p.form, p.isBegun = p.was, true
	}
	p.shown.Show(p.view())
}

// choose says that a row was chosen.
func (p *presenter) choose(row int) {
	if p.chosen.Choose(p.list(), row) {
		p.Good, p.Message = "", ""
		p.show()
	}
}

// one is the chosen one.
func (p *presenter) one() (data.AppointmentType, bool) { return p.Now.Type(p.chosen.ID) }

// canRemove says that another type stays.
func (p *presenter) canRemove(t data.AppointmentType) bool {
	return t.Gone || len(p.Now.Offered()) > 1
}

// setGone says that a type is not offered any more, or again.
func (p *presenter) setGone(t data.AppointmentType, gone bool) {
	if gone && !p.canRemove(t) {
		return
	}
	said := lang.L("{{.Name}} is offered again.", pane.Named(words.KindName(t)))
	if gone {
		said = lang.L("{{.Name}} is not offered any more.", pane.Named(words.KindName(t)))
	}
	p.ChangeNow(func(d data.Details) data.Details {
		d.Types = slices.Clone(d.Types)
		for i := range d.Types {
			if d.Types[i].ID == t.ID && (!gone || len(d.Offered()) > 1) {
				d.Types[i].Gone = gone
			}
		}
		return d
	}, said, p.show)
}

// typeForm is what is typed of a type.
type typeForm struct{ Name, Minutes string }

// typeErrors is what is wrong with it, beside each field.
type typeErrors struct{ Name, Minutes string }

func newTypeForm(t data.AppointmentType) typeForm {
	f := typeForm{Name: words.KindName(t), Minutes: strconv.Itoa(t.Minutes)}
	if t.ID == "" {
		f.Name = ""
	}
	return f
}

// read makes a type of the form; what is wrong with it is said instead. The name that nobody gave
// stays one in the words of the screens.
func (f typeForm) read(was data.AppointmentType, stored data.Details) (data.AppointmentType, typeErrors) {
	now, wrong := was, typeErrors{}
	name := strings.TrimSpace(f.Name)
	if was.ID == "" || name != words.KindName(was) {
		now.Name = name
	}
	now.Minutes, wrong.Minutes = minutesTyped(f.Minutes, data.MinTypeMinutes, data.MaxTypeMinutes)
	var all []data.AppointmentType
	for _, o := range stored.Types {
		if o.ID != was.ID {
			o.Name = words.KindName(o)
			all = append(all, o)
		}
	}
	named := now
	named.Name = name
	rules := data.Details{Types: append(all, named)}
	wrong.Name = words.DetailName(pane.DetailWrong(rules, data.TypeName, len(all)))
	return now, wrong
}

// minutesTyped is a number of minutes, or what is wrong with it.
func minutesTyped(text string, least, most int) (minutes int, wrong string) {
	minutes, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || minutes < least || minutes > most {
		return 0, lang.L("Type a number of minutes from {{.Least}} to {{.Most}}.", map[string]any{"Least": least, "Most": most})
	}
	return minutes, ""
}

// edit is the work of the dialog in which a type is added or edited.
type edit struct {
	*pane.Edit[data.AppointmentType]
	showErrors func(typeErrors)
}

// newEdit begins it; without an id it is for a new type.
func (p *presenter) newEdit(f screen.Form, was data.AppointmentType, showErrors func(typeErrors), showTheirs func(string)) *edit {
	e := &edit{pane.NewEdit(&p.Details, f, was, p.refresh), showErrors}
	e.OnOvertaken = func(theirs, _ data.AppointmentType) { showTheirs(pane.OvertakenText([]string{typeText(theirs)})) }
	e.OnNameTaken = func() { showErrors(typeErrors{Name: words.DetailName(data.ErrNameTaken)}) }
	return e
}

// save stores what was typed of a type.
func (p *presenter) save(e *edit, typed typeForm) {
	read, wrong := typed.read(e.Was, p.Now)
	e.showErrors(wrong)
	if wrong != (typeErrors{}) {
		return
	}
	if read.ID == "" {
		read.ID = rand.Text()
	}
	e.Save(func(d data.Details, was data.AppointmentType) (data.Details, error) { return withType(d, was, read) }, func() {
		p.chosen.ID, p.Message = read.ID, ""
		p.Good = lang.L("Saved {{.Name}}.", pane.Named(words.KindName(read)))
		p.show()
	})
}

func withType(d data.Details, was, now data.AppointmentType) (_ data.Details, err error) {
	id := func(t data.AppointmentType) string { return t.ID }
	same := func(a, b data.AppointmentType) bool { return a == b }
	if d.Types, err = pane.Put(d.Types, was, now, id, same); err != nil {
		return d, err
	}
	return d, pane.NameTaken(d)
}
