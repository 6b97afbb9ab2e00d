package screen

import "context"

// GoSlow is Go for work that may take long: lasting is told true where it goes on for longer than
// LastingAfter, and then false before done.
func (s Scope) GoSlow(slow func(context.Context) error, lasting func(bool), done func(error)) {
	lasts := false
	var t *Task
	t = NewTask(s, func() {
		if t.Stage() == Lasting {
			lasts = true
			lasting(true)
		}
	})
	t.Start(slow, func(err error) {
		if lasts {
			lasting(false)
		}
		done(err)
	})
}
