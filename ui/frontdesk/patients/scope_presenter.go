package patients

import (
	"context"
	"time"

	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/screen"
)

// scope is what the presenters here share.
type scope struct {
	screen.Scope
	desk  *desk.Desk
	order data.DateOrder
}

// now is the time on the practice's clock.
func (s scope) now() time.Time { return s.Now().In(s.desk.Zone()) }

func (s scope) today() data.Date { return data.DateOf(s.now()) }

// latest asks questions that take a while. The answer to an older one is dropped, so nothing
// flickers and no answer is about something else than asked.
type latest[Q, A any] struct {
	task     *screen.Task
	ask      func(context.Context, Q) A // off the UI goroutine
	answered func(Q, A)
}

func (l *latest[Q, A]) want(q Q) {
	var a A
	l.task.Replace(func(ctx context.Context) error {
		a = l.ask(ctx, q)
		return nil
	}, func(error) { l.answered(q, a) })
}
