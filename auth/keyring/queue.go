package keyring

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// queue performs calls one at a time, first come, first served, on one goroutine
// that lives only while there is something to do. So however often a hanging
// call is retried, one goroutine hangs. The zero value is ready to use.
type queue struct {
	mu    sync.Mutex
	calls []*call // the first is under way, the others wait
}

// call is one piece of work and those who wait for it.
type call struct {
	key string
	run func(context.Context) (string, error)

	// ctx ends when nobody waits any more; it is not that of any one waiter, as
	// one who joined may have more patience.
	ctx     context.Context
	cancel  context.CancelFunc
	waiters int // guarded by queue.mu

	done  chan struct{} // closed, under queue.mu, once value and err stand
	value string
	err   error
}

// do waits for run to be performed and returns its result, or ErrNoAnswer when
// ctx ends. A call whose waiters have all gone before its turn is not performed.
//
// Calls with the same key, unless it is empty, share one result. It is no older
// than one of their own: as calls never overlap, a write that was answered before
// somebody joined a read was also done before that read began.
func (q *queue) do(ctx context.Context, key string, run func(context.Context) (string, error)) (string, error) {
	if ctx.Err() != nil {
		return "", noAnswer(ctx)
	}
	c := q.join(key, run)
	select {
	case <-c.done:
	case <-ctx.Done():
		if !q.leave(c) {
			return "", noAnswer(ctx)
		}
	}
	return c.value, c.err
}

// join finds a call with this key that somebody waits for, or queues a new one.
func (q *queue) join(key string, run func(context.Context) (string, error)) *call {
	q.mu.Lock()
	defer q.mu.Unlock()
	if key != "" {
		for _, c := range q.calls {
			// One that everybody left is being given up: its answer may be that.
			if c.key == key && c.waiters > 0 {
				c.waiters++
				return c
			}
		}
	}
	c := &call{key: key, run: run, waiters: 1, done: make(chan struct{})}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	q.calls = append(q.calls, c)
	if len(q.calls) == 1 {
		go q.work(c)
	}
	return c
}

// leave takes one waiter off c and reports whether c was answered meanwhile. The
// last one out ends c's context and, unless c is under way, c.
func (q *queue) leave(c *call) (answered bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	select {
	case <-c.done:
		return true
	default:
	}
	c.waiters--
	if c.waiters == 0 {
		c.cancel()
		if i := slices.Index(q.calls, c); i > 0 {
			q.calls = slices.Delete(q.calls, i, i+1)
		}
	}
	return false
}

// work performs c and then all calls that wait behind it.
func (q *queue) work(c *call) {
	for c != nil {
		if c.ctx.Err() == nil {
			c.value, c.err = c.run(c.ctx)
		}
		c = q.finish(c)
	}
}

// finish tells those who wait for c, and returns the next call, if any.
func (q *queue) finish(c *call) (next *call) {
	q.mu.Lock()
	defer q.mu.Unlock()
	c.cancel()
	close(c.done)
	q.calls = slices.Delete(q.calls, 0, 1)
	if len(q.calls) == 0 {
		return nil
	}
	return q.calls[0]
}

func noAnswer(ctx context.Context) error {
	return fmt.Errorf("%w: %w", ErrNoAnswer, context.Cause(ctx))
}
