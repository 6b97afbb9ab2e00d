package signin

import (
	"errors"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
)

// fieldConfirm is the second password of a form.
const fieldConfirm auth.Field = "confirm password"

// errDiffer says that the two passwords of a form are not the same.
var errDiffer = errors.New("the passwords differ")

// formView is what a form shows.
type formView struct {
	Errors    map[auth.Field]string // beside their fields
	Error     string                // about no field
	Strength  string                // of the password, in words
	Waiting   waiting
	CanSubmit bool
}

type formDisplay interface {
	show(formView)
	focusFirstError()
	retype() // hides the passwords, and empties them where they may open something
}

// form is what forms with a new password have in common.
type form struct {
	display formDisplay
	seen    func() formView // what is shown; nil: view
	task    task
	meter   meter
	errors  map[auth.Field]string
	failed  failure
}

func (f *form) prepare(host Host) {
	f.task = newTask(host, f.refresh)
	f.meter = newMeter(host, f.refresh)
}

// begin shows the form for the first time.
func (f *form) begin(display formDisplay) {
	f.display = display
	f.refresh()
}

func (f *form) refresh() {
	if f.seen != nil {
		f.display.show(f.seen())
		return
	}
	f.display.show(f.view())
}

func (f *form) view() formView {
	return formView{
		Errors:    f.errors,
		Error:     f.failed.text(f.task.runner.Now()),
		Strength:  f.meter.text,
		Waiting:   f.task.waiting,
		CanSubmit: f.task.waiting == idle,
	}
}

// fail puts each part of an error beside its field, the rest over the buttons. After that rest
// the passwords are typed anew: one of them may count already, or count with the next Enter.
func (f *form) fail(err error) {
	f.errors, f.failed = fieldErrors(err), failure{}
	if len(f.errors) == 0 {
		f.failed = failedAt(f.task.runner.Now(), err)
	}
	f.refresh()
	if len(f.errors) == 0 && !calledOff(err) {
		f.display.retype()
		return
	}
	f.display.focusFirstError()
}

// edited takes the error from a field.
func (f *form) edited(field auth.Field) {
	if f.errors[field] != "" {
		delete(f.errors, field)
		f.refresh()
	}
}

func fieldErrors(err error) map[auth.Field]string {
	texts := map[auth.Field]string{}
	var all auth.FieldErrors
	var one *auth.FieldError
	if !errors.As(err, &all) && errors.As(err, &one) {
		all = auth.FieldErrors{one}
	}
	for _, wrong := range all {
		texts[wrong.Field] = words.Field(wrong)
	}
	if errors.Is(err, errDiffer) {
		texts[fieldConfirm] = lang.L("The passwords differ. Type the same one twice.")
	}
	return texts
}
