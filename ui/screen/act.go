package screen

import (
	"context"
	"errors"

	"anteroom/auth"
	"anteroom/ui/words"
)

// Progress is what a dialog shows of the act that it asked for.
type Progress struct {
	Busy  bool
	Doing string // what goes on; "": nothing that has a name
	Whole bool   // it can't be called off any more
	Done  int    // of Total, while it is busy
	Total int    // 0: how far it is can't be told
	Error string // what went wrong and what to do

	// Err is what Error says, for who counts down in it.
	Err error

	// Field, if not empty, is the input that Error is about.
	Field auth.Field
}

// Failed is the progress of what failed.
func Failed(err error) Progress {
	p := Progress{Error: words.Error(err), Err: err}
	var field *auth.FieldError
	if errors.As(err, &field) {
		p.Field = field.Field
	}
	return p
}

// Form is a dialog that asks for an act. It stays open until the act is done.
type Form interface {
	ShowProgress(Progress)
	Close()
}

// Act is one act that a dialog asks for, with step-up where that is needed.
type Act struct {
	Done   func() // it was done; the dialog is closed; nil: nobody asks
	Unsure func() // it failed, or came too late to be called off: look how things are; nil: nobody asks
	// Explain says why it failed; nil: as usual.
	Explain func(error) Progress
	// Whole says that its answer is told also when the screen was left meanwhile.
	Whole bool
	Over  func() // the act is over, however it ended; nil: nobody asks

	scope Scope
	form  Form
	task  *Task
}

// NewAct makes the act of a dialog. done is called after it, and unsure where it can't be told
// what became of it.
func NewAct(s Scope, form Form, done, unsure func()) *Act {
	return &Act{scope: s, form: form, task: NewTask(s, nil), Done: done, Unsure: unsure}
}

// Start does it, unless it is being done.
func (a *Act) Start(do func(context.Context) error) {
	if a.task.IsBusy() {
		return
	}
	a.form.ShowProgress(Progress{Busy: true})
	a.task.Run(a.scope.Proven(do), func(err error, isLeft bool) {
		if a.Whole || !isLeft {
			a.finish(err)
		}
	})
}

// Report shows how far it is; ctx is what do was given.
func (a *Act) Report(ctx context.Context) auth.Progress {
	return throttled(a.scope, ctx, func(done, total int) {
		a.form.ShowProgress(Progress{Busy: true, Done: done, Total: total})
	})
}

// Show shows a progress while it is being done.
func (a *Act) Show(p Progress) {
	if a.task.IsBusy() {
		a.form.ShowProgress(p)
	}
}

// Refuse shows why it can't be done as it was asked for.
func (a *Act) Refuse(p Progress) { a.form.ShowProgress(p) }

// IsBusy says that it is being done.
func (a *Act) IsBusy() bool { return a.task.IsBusy() }

// Commit says that it can't be called off any more.
func (a *Act) Commit() { a.task.Commit() }

// Cancel calls it off when the dialog is closed. What was stored before that stays, and Done is
// called for it as usual.
func (a *Act) Cancel() { a.task.Cancel() }

func (a *Act) finish(err error) {
	call(a.Over)
	switch {
	case err == nil:
		a.form.Close()
		call(a.Done)
	case errors.Is(err, auth.ErrSessionEnded):
		a.form.Close()
		a.scope.OnEnded(err)
	case errors.Is(err, ErrNotProven):
		a.form.ShowProgress(Progress{})
	case errors.Is(err, context.Canceled):
		call(a.Unsure)
	default:
		a.form.ShowProgress(a.why(err))
		call(a.Unsure)
	}
}

func (a *Act) why(err error) Progress {
	if a.Explain != nil {
		return a.Explain(err)
	}
	return Failed(err)
}

// call calls what may be nil.
func call(f func()) {
	if f != nil {
		f()
	}
}
