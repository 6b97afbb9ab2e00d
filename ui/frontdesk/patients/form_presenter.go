package patients

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// formDialogs are the questions that the form leads to.
type formDialogs interface {
	choose(conflictView) // leads to chosen, or to nothing
	askIfSame(hit)       // leads to saveAnother, or to nothing
	askToDiscard()       // leads to discard
}

// form decides what the form of a patient does.
type form struct {
	scope
	display *screen.View[formView]
	fill    func(data.PatientForm) // with other texts than the person typed
	focus   func(data.Field)
	dialogs formDialogs
	id      string // "": a new patient
	onSaved func(id, said string)
	onBack  func()

	loaded  bool
	base    data.Patient     // as it was read
	start   data.PatientForm // the form as it began
	now     data.PatientForm // as it is typed
	sent    data.PatientForm // as it is being saved, or was
	details data.Details
	choices map[data.Field][]string

	errs      data.FieldErrors
	counted   bool // how many there are is said: a save was refused for them
	saves     *screen.Task
	reads     *screen.Task
	message   string
	fromDraft bool
	instead   string // the name that was asked for, where an older draft came up
	changedBy *data.Patient
	alike     latest[data.PatientForm, []hit]
	similar   []hit
	isAnother bool // who is the same as somebody here is meant to be another patient
	pending   *pending
}

// pending is a saving that waits for choices.
type pending struct {
	theirs    data.Patient
	merged    data.PatientForm
	questions []question
}

func newForm(s scope, id string) *form {
	f := &form{scope: s, id: id, reads: screen.NewTask(s.Scope, nil)}
	f.saves = screen.NewTask(s.Scope, f.update)
	f.alike = latest[data.PatientForm, []hit]{
		task: screen.NewTask(s.Scope, nil),
		ask: func(_ context.Context, form data.PatientForm) []hit {
			return newHits(f.desk.Similar(form, id), f.today(), "")
		},
		answered: func(_ data.PatientForm, similar []hit) {
			f.similar = similar
			f.update()
		},
	}
	return f
}

// open begins with the draft, or else with the record; a new one with a name.
func (f *form) open(name string) {
	if f.id == "" {
		f.loaded = true
		f.start[data.FieldName] = name
		f.now = f.start
		f.takeDraft()
		if f.fromDraft && name != "" && name != f.now[data.FieldName] {
			f.instead = name
		}
		f.fill(f.now)
		f.lookAlike()
	}
	f.refresh()
	f.update()
}

// takeDraft goes on with what was typed before.
func (f *form) takeDraft() {
	d, ok := readDraft(f.desk.Draft(DraftKey(f.id)))
	if !ok || d.Form == f.now {
		return
	}
	f.fromDraft, f.now = true, d.Form
	if f.id != "" { // saving finds out what others changed since
		f.base.Version, f.start = d.Version, d.Base
	}
}

// refresh reads the record, and what is offered in the form. What is typed stays.
func (f *form) refresh() {
	if f.saves.IsBusy() {
		return
	}
	var p data.Patient
	var details data.Details
	choices := map[data.Field][]string{}
	f.reads.Start(func(ctx context.Context) (err error) {
		choices[data.FieldSex] = sexes(f.desk.Choices(data.FieldSex))
		choices[data.FieldGender] = f.desk.Choices(data.FieldGender)
		if details, err = f.desk.Details(ctx); err != nil || f.id == "" {
			return err
		}
		p, err = f.desk.Patient(ctx, f.id)
		return err
	}, func(err error) {
		switch {
		case f.IsOver(err):
			return
		case errors.Is(err, auth.ErrDamaged) && f.id != "":
			f.message = lang.L("This record is damaged and can't be opened. Other patients are not affected. An older backup may still have it.")
		case err != nil:
			f.message = words.Error(err)
		default:
			f.details, f.choices = details, choices
			f.setRecord(p)
		}
		f.update()
	})
}

// sexes are the commonest ones here, and always the two that most people are.
func sexes(here []string) []string {
	const most = 4
	offered := slices.Clone(here[:min(len(here), most)])
	for _, sex := range []string{lang.L("female"), lang.L("male")} {
		if len(here) < 2 && !slices.ContainsFunc(here, func(other string) bool { return strings.EqualFold(other, sex) }) {
			offered = append(offered, sex)
		}
	}
	return offered
}

func (f *form) setRecord(p data.Patient) {
	switch {
	case f.id == "":
	case !f.loaded:
		f.loaded, f.base, f.start = true, p, p.Form()
		f.now = f.start
		f.takeDraft()
		f.fill(f.now)
	case p.Version != f.base.Version && !f.changed():
		f.base, f.start = p, p.Form()
		f.now = f.start
		f.fill(f.now)
	case p.Version != f.base.Version:
		f.changedBy = &p
	}
}

// changed says that there is something to lose.
func (f *form) changed() bool { return f.loaded && f.now != f.start }

// edit says what a field has now.
func (f *form) edit(field data.Field, text string) {
	if f.now[field] == text || f.saves.IsBusy() {
		return
	}
	f.now[field] = text
	f.errs = slices.DeleteFunc(f.errs, func(e *data.FieldError) bool { return e.Field == field })
	f.isAnother = false
	f.keep()
	f.lookAlike()
	f.update()
}

// left says at once what is wrong with a field that the cursor has left. Of an
// empty one only saving says it.
func (f *form) left(field data.Field) {
	if f.now[field] == "" || f.errs.Of(field) != nil || f.saves.IsBusy() {
		return
	}
	var errs data.FieldErrors
	if _, err := f.base.With(f.now, f.order, f.today()); !errors.As(err, &errs) {
		return
	}
	for _, e := range errs {
		if e.Field == field {
			at, _ := slices.BinarySearchFunc(f.errs, field, func(e *data.FieldError, f data.Field) int { return cmp.Compare(e.Field, f) })
			f.errs = slices.Insert(f.errs, at, e)
			f.update()
		}
	}
}

// keep keeps what is typed for a lock, a sign-out or a restart.
func (f *form) keep() {
	text := ""
	if f.changed() {
		text = draft{Version: f.base.Version, Base: f.start, Form: f.now}.text()
	}
	f.desk.SetDraft(DraftKey(f.id), text)
}

// lookAlike looks for the same person among the patients that there are.
func (f *form) lookAlike() {
	if f.id == "" {
		f.alike.want(f.now)
	}
}

// cancel leaves the form, after asking where something was typed.
func (f *form) cancel() {
	if f.changed() {
		f.dialogs.askToDiscard()
		return
	}
	f.discard()
}

// discard throws away what was typed, and leaves the form.
func (f *form) discard() {
	f.desk.SetDraft(DraftKey(f.id), "")
	f.onBack()
}

// startAfresh throws away the draft that the form began with.
func (f *form) startAfresh() {
	f.desk.SetDraft(DraftKey(f.id), "")
	f.fromDraft, f.errs, f.counted, f.message = false, nil, false, ""
	if f.id == "" {
		f.start = data.PatientForm{data.FieldName: f.instead}
		f.now, f.instead = f.start, ""
		f.fill(f.now)
		f.lookAlike()
		f.update()
		return
	}
	f.loaded = false
	f.refresh()
}

// save saves the form.
func (f *form) save() {
	if f.saves.IsBusy() || !f.loaded {
		return
	}
	f.sent, f.message = f.now, ""
	f.attempt(f.base, f.start, f.now, "")
}

// attempt saves mine over a record, whose fields were base when mine began.
func (f *form) attempt(on data.Patient, base, mine data.PatientForm, said string) {
	p, err := on.With(mine, f.order, f.today())
	if err != nil {
		f.refused(err)
		return
	}
	f.errs, f.counted = nil, false
	isSure := f.id != "" || f.isAnother
	var saved data.Patient
	f.saves.Start(func(ctx context.Context) (err error) {
		if !isSure {
			if same, ok := f.desk.Same(p); ok {
				return &data.AlreadyHere{Who: same}
			}
		}
		saved, err = f.desk.SavePatient(ctx, p)
		return err
	}, func(err error) {
		if errors.Is(err, auth.ErrConflict) && f.id != "" {
			f.readTheirs(base, p.Form())
			return
		}
		var here *data.AlreadyHere
		switch {
		case f.IsOver(err):
		case errors.As(err, &here):
			f.update()
			f.dialogs.askIfSame(newHit(here.Who, f.today()))
		case err != nil:
			f.refused(err)
		default:
			f.saved(saved, said)
		}
	})
}

// saveAnother saves who seems to be here already, as it was asked.
func (f *form) saveAnother() {
	if f.saves.IsBusy() {
		return
	}
	f.isAnother, f.now, f.message = true, f.sent, ""
	f.attempt(f.base, f.start, f.sent, "")
}

// refused says why nothing was saved, beside the field where it is about one.
func (f *form) refused(err error) {
	f.errs, f.message = nil, ""
	if f.counted = errors.As(err, &f.errs); f.counted {
		f.update()
		f.focus(f.errs[0].Field)
		return
	}
	f.message = words.Error(err)
	f.update()
}

// needLook says how many fields are wrong, and nothing of none.
func needLook(fields int) string {
	if fields == 0 {
		return ""
	}
	return lang.N("{{.Count}} fields need another look.", fields, map[string]any{"Count": fields})
}

func (f *form) saved(p data.Patient, said string) {
	f.desk.SetDraft(DraftKey(f.id), "")
	f.now, f.start = p.Form(), p.Form()
	f.onSaved(p.ID, cmp.Or(said, lang.L("Saved.")))
}
