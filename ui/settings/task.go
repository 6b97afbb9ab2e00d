package settings

import (
	"context"
	"errors"

	"anteroom/auth"
	"anteroom/ui/words"
)

// progress is what a dialog shows of the act it asked for.
type progress struct {
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

// taskDialog shows a task. It stays open until the task is done.
type taskDialog interface {
	show(progress)
	close()
}

// task is one act that a dialog asks for. Where it needs step-up it asks.
type task struct {
	office
	dialog taskDialog
	done   func() // it was done; the dialog is closed
	unsure func() // it failed, or came too late to be cancelled: look how things are
	// explain says why it failed; nil: as usual.
	explain func(error) progress
	// whole says that its answer counts, too, when the settings were left meanwhile.
	whole bool
	over  func() // the act is over, however it ended; nil: nobody asks

	stop  context.CancelFunc // nil while nothing is under way
	bound bool               // what is under way can't be called off any more
}

// start runs the act, unless one is under way already.
func (t *task) start(act func(context.Context) error) {
	if t.stop != nil {
		return
	}
	ctx, stop := context.WithCancel(t.ctx)
	t.stop, t.bound = stop, false
	t.dialog.show(progress{Busy: true})
	answered := t.ctx
	if t.whole {
		answered = context.WithoutCancel(t.ctx)
	}
	t.runner.Go(answered, func(context.Context) error { return t.stepUp.do(ctx, act) }, t.finish)
}

// meter shows how far the act is.
func (t *task) meter(ctx context.Context) auth.Progress {
	return t.office.meter(ctx, func(done, total int) {
		t.dialog.show(progress{Busy: true, Done: done, Total: total})
	})
}

// cancel stops the act when the dialog is closed. What was stored before that
// stays, and done is called for it as usual.
func (t *task) cancel() {
	if t.stop != nil && !t.bound {
		t.stop()
	}
}

func (t *task) finish(err error) {
	t.stop()
	t.stop = nil
	if t.over != nil {
		t.over()
	}
	switch {
	case err == nil:
		t.dialog.close()
		t.done()
	case errors.Is(err, auth.ErrSessionEnded):
		t.dialog.close()
		t.ended(err)
	case errors.Is(err, errCancelled):
		t.dialog.show(progress{})
	case errors.Is(err, context.Canceled):
		t.unsure()
	default:
		t.dialog.show(t.why(err))
		t.unsure()
	}
}

func (t *task) why(err error) progress {
	if t.explain != nil {
		return t.explain(err)
	}
	return failed(err)
}

func failed(err error) progress {
	p := progress{Error: words.Error(err), Err: err}
	var field *auth.FieldError
	if errors.As(err, &field) {
		p.Field = field.Field
	}
	return p
}
