package screen

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"anteroom/auth"
	"anteroom/ui/uitest"
	"anteroom/ui/work"
)

// bubble is a screen in a synctest bubble.
type bubble struct {
	uitest.Queue
	Scope
	leave  context.CancelFunc
	stages []Stage
	ends   []error
}

func inBubble(t *testing.T, fn func(t *testing.T, b *bubble)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &bubble{}
		b.Scope = Scope{Runner: work.Runner{Dispatch: b.Dispatch, Now: time.Now}, OnEnded: func(err error) { b.ends = append(b.ends, err) }}
		b.Ctx, b.leave = context.WithCancel(t.Context())
		defer func() {
			b.leave()
			b.Settle()
		}()
		fn(t, b)
	})
}

// pass lets the bubble's time pass.
func (b *bubble) pass(d time.Duration) {
	time.Sleep(d) // of the bubble's time
	b.Settle()
}

func (b *bubble) newTask() (t *Task) {
	t = NewTask(b.Scope, func() { b.stages = append(b.stages, t.Stage()) })
	return t
}

// lasting is work that takes a while, and then gives err; it can be called off.
func lasting(d time.Duration, err error) func(context.Context) error {
	return func(ctx context.Context) error {
		select {
		case <-time.After(d):
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func TestTaskSaysHowLongItLasts(t *testing.T) {
	inBubble(t, func(t *testing.T, b *bubble) {
		failed := errors.New("failed")
		var got []error
		task := b.newTask()
		done := func(err error) { got = append(got, err) }
		task.Start(lasting(6*time.Second, failed), done)
		task.Start(lasting(0, nil), done) // one is under way
		b.pass(7 * time.Second)
		if !slices.Equal(b.stages, []Stage{Begun, Lasting, Long, Stalled}) || len(got) != 1 || !errors.Is(got[0], failed) || task.IsBusy() {
			t.Errorf("%v, %v, busy: %v", b.stages, got, task.IsBusy())
		}
		b.stages = nil
		task.Start(lasting(LastingAfter-1, nil), done)
		b.pass(time.Minute)
		if !slices.Equal(b.stages, []Stage{Begun}) || len(got) != 2 {
			t.Errorf("%v, %v", b.stages, got)
		}
	})
}

func TestTaskIsCalledOff(t *testing.T) {
	inBubble(t, func(t *testing.T, b *bubble) {
		var got error
		task := b.newTask()
		task.Cancel() // nothing goes on
		task.Start(lasting(time.Hour, nil), func(err error) { got = err })
		task.Commit()
		task.Cancel()
		if b.Settle(); !task.IsBusy() {
			t.Error("what can't be called off was")
		}
		b.pass(time.Hour)
		task.Start(lasting(time.Hour, nil), func(err error) { got = err })
		task.Cancel() // the next can be called off again
		if b.Settle(); !errors.Is(got, context.Canceled) || task.IsBusy() {
			t.Errorf("%v, busy: %v", got, task.IsBusy())
		}
	})
}

func TestTaskOfAScreenThatIsLeft(t *testing.T) {
	inBubble(t, func(t *testing.T, b *bubble) {
		var late []bool
		b.newTask().Start(lasting(time.Second, nil), func(error) { t.Error("a screen that is gone was told") })
		b.newTask().Run(func(context.Context) error { time.Sleep(time.Second); return nil }, func(_ error, isLeft bool) { late = append(late, isLeft) })
		b.leave()
		if b.pass(time.Minute); !slices.Equal(late, []bool{true}) {
			t.Error(late)
		}
	})
}

// TestReplace: of what comes while something is under way only the newest is asked, and no older
// answer is told.
func TestReplace(t *testing.T) {
	inBubble(t, func(t *testing.T, b *bubble) {
		var begun, told []string
		task := b.newTask()
		for _, question := range []string{"a", "ab", "abc"} {
			task.Replace(func(ctx context.Context) error {
				begun = append(begun, question)
				return lasting(time.Second, nil)(ctx)
			}, func(error) { told = append(told, question) })
			b.Settle()
		}
		b.pass(time.Second) // for the first
		if b.pass(time.Second); !slices.Equal(begun, []string{"a", "abc"}) || !slices.Equal(told, []string{"abc"}) {
			t.Errorf("begun %q, told %q", begun, told)
		}
	})
}

// TestLeave: going back ends what is under way first; what came of it all the same is told.
func TestLeave(t *testing.T) {
	for name, c := range map[string]struct {
		slow func(context.Context) error
		want string
	}{
		"called off": {lasting(time.Hour, nil), "left"},
		"too late":   {func(context.Context) error { time.Sleep(time.Second); return nil }, "done"},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, b *bubble) {
				got := ""
				task := b.newTask()
				task.Start(c.slow, func(error) { got += "done" })
				task.Leave(func() { got += "left" })
				b.pass(time.Minute)
				want := c.want
				if task.Leave(func() { got += ", left" }); got != want+", left" {
					t.Errorf("%q, want %q first", got, want)
				}
			})
		})
	}
}

func TestReport(t *testing.T) {
	inBubble(t, func(t *testing.T, b *bubble) {
		var shown []int
		var task *Task
		task = NewTask(b.Scope, func() {
			if done, total := task.Progress(); total == 100 {
				shown = append(shown, done)
			}
		})
		task.Start(func(ctx context.Context) error {
			report := task.Report(ctx)
			for i := range 100 {
				time.Sleep(20 * time.Millisecond)
				report(i, 100)
			}
			return nil
		}, func(error) {})
		b.pass(time.Minute)
		if len(shown) < 8 || len(shown) > 14 || shown[0] < 48 {
			t.Errorf("shown: %v", shown)
		}
		if done, total := task.Progress(); done == 0 || total != 100 {
			t.Errorf("%d of %d", done, total)
		}
	})
}

func TestScopeIsOver(t *testing.T) {
	inBubble(t, func(t *testing.T, b *bubble) {
		if b.IsOver(auth.ErrLocked) || b.IsOver(nil) || len(b.ends) != 0 {
			t.Errorf("%v", b.ends)
		}
		if !b.IsOver(auth.ErrSessionEnded) || len(b.ends) != 1 {
			t.Errorf("%v", b.ends)
		}
	})
}

func TestChildAndAfter(t *testing.T) {
	inBubble(t, func(t *testing.T, b *bubble) {
		child, leave := b.Child()
		got := ""
		child.After(time.Second, func() { got += "a" })
		stop := child.After(time.Second, func() { got += "b" })
		stop()
		b.pass(2 * time.Second)
		child.After(time.Second, func() { got += "c" })
		leave()
		b.After(time.Second, func() { got += "d" })
		if b.pass(2 * time.Second); got != "ad" {
			t.Error(got)
		}
	})
}

// TestStageWaitsForThePerson: who is asked who they are takes their time, and after that Cancel
// comes, whenever they answered.
func TestStageWaitsForThePerson(t *testing.T) {
	const step = 130 * time.Millisecond // the UI goroutine is never quite on time
	for _, asked := range []time.Duration{3500 * time.Millisecond, 4500 * time.Millisecond, 50 * time.Second} {
		inBubble(t, func(t *testing.T, b *bubble) {
			b.StepUp = &StepUp{isAsking: true}
			task := b.newTask()
			task.Start(lasting(time.Hour, nil), func(error) {})
			for range asked / step {
				b.pass(step)
			}
			if task.Stage() != Lasting {
				t.Errorf("stage %v while somebody is asked", task.Stage())
			}
			b.StepUp.isAsking = false
			for range 10 * time.Second / step {
				b.pass(step)
			}
			if task.Stage() != Stalled {
				t.Errorf("asked for %v: stage %v for good", asked, task.Stage())
			}
		})
	}
}
