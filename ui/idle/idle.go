// Package idle tells how long nobody has touched this computer, by the OS's own
// measure, and when the OS locks its session or goes to sleep.
//
//   - Linux: the idle monitor of the compositor over D-Bus (GNOME's Mutter,
//     Cinnamon's Muffin), else the X server's MIT-SCREEN-SAVER extension.
//   - Windows: GetLastInputInfo.
//   - macOS: what ioreg says of the HID system and of the console. It was never tried.
//
// Elsewhere, and on Wayland compositors other than those two, nothing tells:
// ErrUnknown. Whoever asks then has their own window's input only.
package idle

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// ErrUnknown means that this system does not tell, or not at the moment. The causes are wrapped beside it.
var ErrUnknown = errors.New("the system does not tell how long it was idle")

// Source says how long ago keyboard or mouse were last touched, anywhere on this
// computer.
type Source interface {
	// Idle returns ErrUnknown where the system does not tell.
	Idle(ctx context.Context) (time.Duration, error)
}

const (
	// patience is how long one way may take. All of them together take less than
	// the second after which whoever asks goes by their own window.
	patience = 400 * time.Millisecond
	// rest is how long a way that failed is left alone. It is less than a person
	// is warned before the lock, so a hiccup locks nobody out.
	rest = 10 * time.Second
)

// System is the OS as a Source.
type System struct {
	ways []*way // the best first
	now  func() time.Time
	rest time.Duration
	by   string // the way that answered last, for the log

	ctx  context.Context // ends with Close
	stop context.CancelFunc
}

var _ Source = (*System)(nil)

// New finds what this system has. It asks nothing yet and never blocks. Idle is
// asked from one goroutine at a time, off the UI goroutine.
func New() *System { return newSystem(time.Now, meters()...) }

func newSystem(now func() time.Time, meters ...meter) *System {
	s := &System{now: now, rest: rest}
	s.ctx, s.stop = context.WithCancel(context.Background())
	for _, m := range meters {
		s.ways = append(s.ways, &way{meter: m, patience: patience, turn: make(chan struct{}, 1)})
	}
	return s
}

// Idle implements Source. A way that does not answer in time, or with an error,
// gives way to the next, and is tried anew after a rest.
func (s *System) Idle(ctx context.Context) (time.Duration, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	var causes []error
	for _, w := range s.ways {
		now := s.now()
		if now.Before(w.again) {
			causes = append(causes, w.err)
			continue
		}
		idle, err := w.ask(ctx)
		if err == nil {
			s.answered(w.meter.name())
			return idle, nil
		}
		w.err = fmt.Errorf("ask %s: %w", w.meter.name(), err)
		w.again = now.Add(s.rest)
		causes = append(causes, w.err)
	}
	s.answered("")
	return 0, fmt.Errorf("%w: %w", ErrUnknown, errors.Join(causes...))
}

// answered notes in the log who tells, where that changes.
func (s *System) answered(by string) {
	if s.by != by {
		s.by = by
		slog.Debug("who tells how long the computer was idle", "by", by)
	}
}

// Close hangs up. A question under way ends with ErrUnknown.
func (s *System) Close() error {
	s.stop()
	for _, w := range s.ways {
		w.close()
	}
	return nil
}

// meter measures how long nobody touched the computer. Its methods are called
// one at a time.
type meter interface {
	name() string
	// idle connects if need be. It may hang, but ends soon after ctx if it can.
	idle(ctx context.Context) (time.Duration, error)
	// close disconnects; the next idle connects anew.
	close()
}

// errHangs: what was asked earlier has not come back yet.
var errHangs = errors.New("it hangs")

// way is a meter, with patience that ends.
type way struct {
	meter    meter
	patience time.Duration
	turn     chan struct{} // holds one while the meter is in use

	again time.Time // it failed, and is not asked before
	err   error     // of that failure
}

// ask asks the meter. One that hangs keeps its turn, so that however often it is
// asked, one goroutine hangs.
func (w *way) ask(ctx context.Context) (time.Duration, error) {
	select {
	case w.turn <- struct{}{}:
	default:
		return 0, errHangs
	}
	ctx, cancel := context.WithTimeout(ctx, w.patience)
	defer cancel()
	type answer struct {
		idle time.Duration
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		var a answer
		a.idle, a.err = w.meter.idle(ctx)
		if a.err != nil || ctx.Err() != nil {
			w.meter.close()
		}
		<-w.turn
		answers <- a
	}()
	select {
	case a := <-answers:
		return a.idle, a.err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// close closes the meter, unless it is in use: then whoever uses it does.
func (w *way) close() {
	select {
	case w.turn <- struct{}{}:
		w.meter.close()
		<-w.turn
	default:
	}
}
