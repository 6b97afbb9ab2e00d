package screen_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/screen/screentest"
)

// newAct is the act of a dialog, and what it told besides.
func newAct(b *screentest.Bubble) (act *screen.Act, f *screentest.Form, told *[]string) {
	b.StepUp = screen.NewStepUp(nil, b.Runner, nil) // nothing here asks who is there
	f, told = &screentest.Form{}, &[]string{}
	tell := func(what string) func() { return func() { *told = append(*told, what) } }
	act = screen.NewAct(b.Scope, f, tell("done"), tell("unsure"))
	act.Over = tell("over")
	return act, f, told
}

func TestActEnds(t *testing.T) {
	for name, c := range map[string]struct {
		err      error
		told     []string
		isClosed bool
		ends     int
		last     screen.Progress
	}{
		"done":       {nil, []string{"over", "done"}, true, 0, screen.Progress{Busy: true}},
		"ended":      {auth.ErrSessionEnded, []string{"over"}, true, 1, screen.Progress{Busy: true}},
		"not proven": {screen.ErrNotProven, []string{"over"}, false, 0, screen.Progress{}},
		"called off": {context.Canceled, []string{"over", "unsure"}, false, 0, screen.Progress{Busy: true}},
		"failed":     {auth.ErrDiskFull, []string{"over", "unsure"}, false, 0, screen.Failed(auth.ErrDiskFull)},
	} {
		t.Run(name, func(t *testing.T) {
			screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
				act, f, told := newAct(b)
				act.Start(func(context.Context) error { return c.err })
				act.Start(func(context.Context) error { t.Error("a second Enter is obeyed"); return nil })
				b.Settle()
				if !slices.Equal(*told, c.told) || f.IsClosed != c.isClosed || len(b.Ended) != c.ends || f.Last() != c.last {
					t.Errorf("told %q, closed: %v, ends: %v, %+v", *told, f.IsClosed, b.Ended, f.Shown)
				}
			})
		})
	}
}

// TestActOfAScreenThatIsLeft: nobody is told but by an act whose answer is worth it.
func TestActOfAScreenThatIsLeft(t *testing.T) {
	for _, isWhole := range []bool{false, true} {
		screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
			act, f, told := newAct(b)
			act.Whole = isWhole
			act.Start(func(context.Context) error { time.Sleep(time.Second); return nil })
			b.Leave()
			if b.Pass(time.Minute); f.IsClosed != isWhole || len(*told) > 0 != isWhole {
				t.Errorf("whole: %v, closed: %v, told %q", isWhole, f.IsClosed, *told)
			}
		})
	}
}

// TestActReports: the bar moves no more than ten times a second, not before a second, and not after
// Cancel.
func TestActReports(t *testing.T) {
	const steps, stepTime = 100, 40 * time.Millisecond
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		act, f, _ := newAct(b)
		long := func(ctx context.Context) error {
			report := act.Report(ctx)
			for i := range steps {
				time.Sleep(stepTime)
				report(i+1, steps)
			}
			return ctx.Err()
		}
		act.Start(long)
		if b.Pass(screen.LongAfter - stepTime); len(f.Shown) != 1 {
			t.Errorf("before a second: %+v", f.Shown)
		}
		b.Pass(time.Minute)
		if n, most := len(f.Shown), int((steps*stepTime-screen.LongAfter)/screen.ProgressTick)+2; n > most || n < most/2 || !f.IsClosed {
			t.Errorf("shown %d times, at most %d; closed: %v", n, most, f.IsClosed)
		}
		if p := f.Shown[1]; !p.Busy || p.Total != steps || p.Done < 20 {
			t.Errorf("the first progress: %+v", p)
		}
	})
	screentest.Run(t, func(t *testing.T, b *screentest.Bubble) {
		act, f, told := newAct(b)
		act.Start(func(ctx context.Context) error {
			report := act.Report(ctx)
			time.Sleep(2 * screen.LongAfter)
			report(1, steps)
			return auth.ErrDiskFull
		})
		act.Cancel()
		if b.Pass(time.Minute); len(f.Shown) != 2 || f.Shown[1].Total != 0 || len(*told) != 2 {
			t.Errorf("after Cancel: %+v, told %q", f.Shown, *told)
		}
	})
}
