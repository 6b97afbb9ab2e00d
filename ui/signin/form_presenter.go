package signin

import (
	"errors"
	"maps"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// FieldConfirm is the second password of a form.
const FieldConfirm auth.Field = "confirm password"

// ErrDiffer says that the two passwords of a form are not the same.
var ErrDiffer = errors.New("the passwords differ")

// FormView is what a form shows.
type FormView struct {
	Errors    map[auth.Field]string // beside their fields
	Error     string                // about no field
	Strength  string                // of the password, in words
	Stage     screen.Stage
	CanSubmit bool
}

// FormDisplay shows a form.
type FormDisplay struct {
	View       *screen.View[FormView]
	FocusError func() // the first field that is wrong
	Retype     func() // hides the passwords, and empties them where they may open something
}

// Form is what forms with a new password have in common.
type Form struct {
	screen.Scope
	Task     *screen.Task
	display  FormDisplay
	adjust   func(*FormView) // nil: what is shown stays as it is
	strength strength
	errors   map[auth.Field]string
	failed   Failure
}

// NewForm makes a form, which Begin shows.
func NewForm(s screen.Scope) *Form {
	f := &Form{Scope: s}
	f.Task = screen.NewTask(s, f.refresh)
	f.strength = newStrength(s, f.refresh)
	return f
}

// Begin shows the form for the first time.
func (f *Form) Begin(d FormDisplay) {
	f.display = d
	f.refresh()
}

func (f *Form) refresh() { f.display.View.Show(f.view()) }

func (f *Form) view() FormView {
	v := FormView{
		Errors:    maps.Clone(f.errors),
		Error:     f.failed.Text(f.Now()),
		Strength:  f.strength.text,
		Stage:     f.Task.Stage(),
		CanSubmit: !f.Task.IsBusy(),
	}
	if f.adjust != nil {
		f.adjust(&v)
	}
	return v
}

// Fail puts each part of an error beside its field, the rest over the buttons. After that rest
// the passwords are typed anew: one of them may be valid already, or be with the next Enter.
func (f *Form) Fail(err error) {
	f.errors, f.failed = fieldErrors(err), Failure{}
	if len(f.errors) == 0 {
		f.failed = FailedAt(f.Now(), err)
	}
	f.refresh()
	if len(f.errors) == 0 && !isCancelled(err) {
		f.display.Retype()
		return
	}
	f.display.FocusError()
}

// Edited takes the error from a field.
func (f *Form) Edited(field auth.Field) {
	if f.errors[field] != "" {
		delete(f.errors, field)
		f.refresh()
	}
}

// Typed rates the new password while it is typed; names are what it must not contain.
func (f *Form) Typed(password string, names ...string) {
	f.Edited(auth.FieldPassword)
	f.strength.rate(password, names...)
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
	if errors.Is(err, ErrDiffer) {
		texts[FieldConfirm] = lang.L("The passwords differ. Type the same one twice.")
	}
	return texts
}
