package signin

import "context"

// errand is the task of a screen with a way back. Going back ends what is under
// way first and waits for that, so that nothing it brings is left behind: a
// practice that was opened all the same is shown.
type errand struct {
	*task
	onBack  func()
	leaving bool
}

func newErrand(host Host, changed, onBack func()) errand {
	t := newTask(host, changed)
	return errand{task: &t, onBack: onBack}
}

// start is task.start, but for an error after which the screen is left.
func (e *errand) start(slow func(context.Context) error, done func(error)) {
	e.task.start(slow, func(err error) {
		leaving := e.leaving
		e.leaving = false
		if leaving && err != nil {
			e.onBack()
			return
		}
		done(err)
	})
}

// back leaves the screen, once nothing is under way any more.
func (e *errand) back() {
	if e.waiting == idle {
		e.onBack()
		return
	}
	e.leaving = true
	e.cancel()
}
