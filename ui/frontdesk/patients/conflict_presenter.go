package patients

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
	"anteroom/ui/words"
)

// conflictView is what two people typed into one field, and each chose.
type conflictView struct {
	Who       string
	Alert     string
	Questions []question
}

// readTheirs reads what somebody else saved before mine, and brings both
// together.
func (f *form) readTheirs(base, mine data.PatientForm) {
	var theirs data.Patient
	f.saves.Start(func(ctx context.Context) (err error) {
		theirs, err = f.desk.Patient(ctx, f.id)
		return err
	}, func(err error) {
		switch {
		case f.IsOver(err):
		case err != nil:
			f.refused(err)
		case theirs.ID != f.id:
			f.message = lang.L("This patient was merged with {{.Name}} meanwhile, so nothing was saved. Open {{.Name}} and change it there.",
				map[string]any{"Name": theirs.Name})
			f.update()
		default:
			f.reconcile(base, mine, theirs)
		}
	})
}

// reconcile takes what only one of the two changed, and asks about the rest.
func (f *form) reconcile(base, mine data.PatientForm, theirs data.Patient) {
	merged, questions := threeWay(base, mine, theirs.Form(), f.details.HealthNumber)
	if len(questions) == 0 {
		f.attempt(theirs, theirs.Form(), merged, f.bothSaved(theirs))
		return
	}
	for i := range questions {
		questions[i].Versions[0].Caption = lang.L("Yours")
		questions[i].Versions[1].Caption = f.whose(theirs)
	}
	f.pending = &pending{theirs: theirs, merged: merged, questions: questions}
	f.update()
	f.dialogs.choose(conflictView{Who: f.who(theirs), Alert: theirs.Alert, Questions: questions})
}

// chosen saves with what was chosen for each question.
func (f *form) chosen(versions []int) {
	p := f.pending
	if p == nil || f.saves.IsBusy() {
		return
	}
	f.pending = nil
	form := p.merged
	for i, q := range p.questions {
		setValues(&form, q.Fields, q.Versions[versions[i]].Values)
	}
	f.attempt(p.theirs, p.theirs.Form(), form, f.bothSaved(p.theirs))
}

func (f *form) bothSaved(theirs data.Patient) string {
	return lang.L("Saved, together with what {{.Name}} changed meanwhile.", map[string]any{"Name": f.who(theirs)})
}

// who changed a record.
func (f *form) who(p data.Patient) string {
	switch p.ChangedBy {
	case "":
		return lang.L("somebody else")
	case f.desk.Me():
		return lang.L("you, in another window,")
	}
	return f.desk.Called(p.ChangedBy)
}

// whose is the caption of a version.
func (f *form) whose(p data.Patient) string {
	when := words.Since(p.Changed, f.scope.now())
	switch p.ChangedBy {
	case "":
		return lang.L("Saved meanwhile, {{.Clock}}", map[string]any{"Clock": when})
	case f.desk.Me():
		return lang.L("Yours of another window, {{.Clock}}", map[string]any{"Clock": when})
	}
	return lang.L("{{.Name}}'s, {{.Clock}}", map[string]any{"Name": f.desk.Called(p.ChangedBy), "Clock": when})
}
