package appointments

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/screen"
	"anteroom/ui/settings/pane"
	"anteroom/ui/words"
)

// kindsPane shows the pane.
type kindsPane interface{ show(kindsView) }

// deskForm is what can be changed in the pane, beside the kinds.
type deskForm struct {
	Limit  string // minutes, as it was typed
	Number string // what the health number is called
}

// kinds decides what "Practice details", "Appointments" does: the kinds there are,
// and what holds for all of them.
type kinds struct {
	pane.Details
	pane  kindsPane
	newID func() string

	chosen string // id of the kind whose row is chosen
	shown  kindsView

	begun       bool // the form has been filled
	form        deskForm
	was         deskForm // as it is stored
	limitError  string
	numberError string
	saving      bool
	saved       bool
	problem     string // why it is not saved
}

// refresh reads the details again; what was changed in the form stays.
func (k *kinds) refresh() { k.Read(k.show) }

// list is all of them; those that are not offered any more come last.
func (k *kinds) list() []data.AppointmentType {
	all := k.Now.Offered()
	for _, kind := range k.Now.Types {
		if kind.Gone {
			all = append(all, kind)
		}
	}
	return all
}

func (k *kinds) show() {
	if list := k.list(); k.row() < 0 && len(list) > 0 {
		k.chosen = list[0].ID
	}
	if k.IsLoaded && !k.changed() {
		k.was = newDeskForm(k.Now)
		k.form, k.begun = k.was, true
	}
	if v := k.view(); !reflect.DeepEqual(v, k.shown) {
		k.shown = v
		k.pane.show(v)
	}
}

// choose says that a row was chosen.
func (k *kinds) choose(row int) {
	if list := k.list(); row >= 0 && row < len(list) && row != k.row() {
		k.chosen, k.Good, k.Message = list[row].ID, "", ""
		k.show()
	}
}

// row is the chosen one, or -1.
func (k *kinds) row() int {
	return slices.IndexFunc(k.list(), func(kind data.AppointmentType) bool { return kind.ID == k.chosen })
}

// kind is the chosen one.
func (k *kinds) kind() (data.AppointmentType, bool) { return k.Now.Type(k.chosen) }

// canRemove says that another kind stays.
func (k *kinds) canRemove(kind data.AppointmentType) bool {
	return kind.Gone || len(k.Now.Offered()) > 1
}

// setGone says that a kind is not offered any more, or again.
func (k *kinds) setGone(kind data.AppointmentType, gone bool) {
	if gone && !k.canRemove(kind) {
		return
	}
	said := lang.L("{{.Name}} is offered again.", map[string]any{"Name": words.KindName(kind)})
	if gone {
		said = lang.L("{{.Name}} is not offered any more.", map[string]any{"Name": words.KindName(kind)})
	}
	k.ChangeNow(func(d data.Details) data.Details {
		d.Types = slices.Clone(d.Types)
		for i := range d.Types {
			if d.Types[i].ID == kind.ID && (!gone || len(d.Offered()) > 1) {
				d.Types[i].Gone = gone
			}
		}
		return d
	}, said, k.show)
}

// kindForm is what is typed of a kind.
type kindForm struct{ Name, Minutes string }

// kindErrors is what is wrong with it, beside each field.
type kindErrors struct{ Name, Minutes string }

func newKindForm(kind data.AppointmentType) kindForm {
	f := kindForm{Name: words.KindName(kind), Minutes: strconv.Itoa(kind.Minutes)}
	if kind.ID == "" {
		f.Name = ""
	}
	return f
}

// read makes a kind of the form; what is wrong with it is said instead. The name
// that nobody gave stays one in the words of the screens.
func (f kindForm) read(was data.AppointmentType, stored data.Details) (data.AppointmentType, kindErrors) {
	now, wrong := was, kindErrors{}
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

// kindDialog shows a sheet in which a kind is added or edited.
type kindDialog interface {
	screen.Form
	wrong(kindErrors)
	theirs(string) // what somebody else saved meanwhile
}

// kindTask is the work of one such sheet.
type kindTask struct {
	*screen.Act
	sheet kindDialog
	was   data.AppointmentType // as it was read; without an id: a new one
}

func (k *kinds) newTask(d kindDialog, was data.AppointmentType) *kindTask {
	t := &kindTask{sheet: d, was: was}
	t.Act = screen.NewAct(k.Scope, d, k.show, k.refresh)
	return t
}

// save stores what was typed of a kind.
func (k *kinds) save(t *kindTask, form kindForm) {
	read, wrong := form.read(t.was, k.Now)
	t.sheet.wrong(wrong)
	if wrong != (kindErrors{}) {
		return
	}
	if t.was.ID == "" {
		read.ID = k.newID()
	}
	var saved data.Details
	t.Done = func() {
		k.chosen, k.Message = read.ID, ""
		k.Good = lang.L("Saved {{.Name}}.", map[string]any{"Name": words.KindName(read)})
		k.Take(saved)
		k.show()
	}
	t.Explain = func(err error) screen.Progress {
		var theirs pane.OvertakenError[data.AppointmentType]
		switch {
		case errors.As(err, &theirs):
			t.was = theirs.Theirs
			t.sheet.theirs(pane.OvertakenText([]string{kindFact(theirs.Theirs)}))
			return screen.Progress{}
		case errors.Is(err, data.ErrNameTaken): // meanwhile
			t.sheet.wrong(kindErrors{Name: words.DetailName(data.ErrNameTaken)})
			return screen.Progress{}
		}
		return screen.Failed(err)
	}
	was := t.was
	t.Start(func(ctx context.Context) (err error) {
		saved, err = pane.ChangeDetails(ctx, k.Desk, func(d data.Details) (data.Details, error) { return withKind(d, was, read) })
		return err
	})
}

// withKind puts a new kind last, and one that was edited in its place; an
// pane.OvertakenError, if others changed it.
func withKind(d data.Details, was, now data.AppointmentType) (data.Details, error) {
	d.Types = slices.Clone(d.Types)
	i := slices.IndexFunc(d.Types, func(o data.AppointmentType) bool { return o.ID == now.ID })
	switch {
	case i < 0:
		d.Types = append(d.Types, now)
	case d.Types[i] != was:
		return d, pane.OvertakenError[data.AppointmentType]{d.Types[i]}
	default:
		d.Types[i] = now
	}
	return d, pane.NameTaken(d)
}

// canSave says that the form has something to save.
func (k *kinds) canSave() bool { return !k.saving && k.changed() }

// changed says that the form is not as it is stored.
func (k *kinds) changed() bool { return k.begun && k.form != k.was }

// edit takes what the form holds now. While it is being saved it stays as it is.
func (k *kinds) edit(form deskForm) {
	if form == k.form || !k.begun {
		return
	}
	if !k.saving {
		k.form = form
		k.limitError, k.numberError, k.problem, k.saved = "", "", "", false
	}
	k.show()
}

// saveForm stores the form.
func (k *kinds) saveForm() {
	if !k.canSave() {
		return
	}
	var limit int
	limit, k.limitError = minutesTyped(k.form.Limit, data.MinWait, data.MaxWait)
	number := strings.TrimSpace(k.form.Number)
	k.numberError = words.DetailName(pane.DetailWrong(data.Details{HealthNumber: number}, data.HealthNumberName, 0))
	if k.limitError+k.numberError != "" {
		k.show()
		return
	}
	k.saving, k.problem, k.saved = true, "", false
	k.show()
	var saved data.Details
	was := k.was
	k.Runner.Go(k.Ctx, func(ctx context.Context) (err error) {
		saved, err = pane.ChangeDetails(ctx, k.Desk, func(d data.Details) (data.Details, error) {
			if now := newDeskForm(d); now != was {
				return d, pane.OvertakenError[data.Details]{d}
			}
			d.WaitLimit, d.HealthNumber = limit, number
			return d, nil
		})
		return err
	}, func(err error) {
		k.saving = false
		k.formSaved(saved, err)
	})
}

// formSaved says how it went.
func (k *kinds) formSaved(saved data.Details, err error) {
	var theirs pane.OvertakenError[data.Details]
	switch {
	case errors.Is(err, auth.ErrSessionEnded):
		k.OnEnded(err)
		return
	case errors.As(err, &theirs):
		k.problem = formOvertakenText(deskFormTexts(theirs.Theirs, k.was))
		k.Take(theirs.Theirs)
		k.was = newDeskForm(theirs.Theirs)
	case err != nil:
		k.problem = words.Error(err)
	default:
		k.Take(saved)
		k.saved = true
		k.was = newDeskForm(saved)
		k.form = k.was
	}
	k.show()
}

func newDeskForm(d data.Details) deskForm {
	return deskForm{Limit: strconv.Itoa(d.WaitLimit), Number: d.HealthNumber}
}
