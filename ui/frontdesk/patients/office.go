package patients

import (
	"context"
	"errors"
	"time"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/work"
)

// office is what the presenters here share.
type office struct {
	ctx    context.Context // ends when the page is left
	runner work.Runner
	desk   *desk.Desk
	order  data.DateOrder
	ended  func(error) // the session is over
}

// now is the time on the practice's clock.
func (o office) now() time.Time { return o.runner.Now().In(o.desk.Zone()) }

func (o office) today() data.Date { return data.DateOf(o.now()) }

// isOver hands on that the session is over.
func (o office) isOver(err error) bool {
	over := errors.Is(err, auth.ErrSessionEnded)
	if over {
		o.ended(err)
	}
	return over
}

// latest puts questions to slow work, off the UI goroutine and one at a time.
// Of those that come meanwhile only the newest counts: older answers are not
// told, so nothing flickers and no answer is about something else than asked.
type latest[Q, A any] struct {
	office
	ask  func(context.Context, Q) A
	told func(Q, A)

	busy bool
	next *Q
}

func (l *latest[Q, A]) want(q Q) {
	if l.busy {
		l.next = &q
		return
	}
	l.busy = true
	var a A
	l.runner.Go(l.ctx, func(ctx context.Context) error {
		a = l.ask(ctx, q)
		return nil
	}, func(error) {
		l.busy = false
		if next := l.next; next != nil {
			l.next = nil
			l.want(*next)
			return
		}
		l.told(q, a)
	})
}
