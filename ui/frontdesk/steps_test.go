package frontdesk

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"anteroom/ui/frontdesk/firststeps"
	"anteroom/ui/looks"
	"anteroom/ui/uitest"
	"anteroom/ui/work"
)

// withSteps are a front desk's that shows the first steps.
func withSteps(p *Params) {
	p.Admin, p.OnStep, p.OnStepsGone = true, func(firststeps.Step) {}, func() {}
}

// TestGallerySteps sees that the first steps leave room for who is waiting, at 200 % too.
func TestGallerySteps(t *testing.T) {
	uitest.InEachLook(func(look *looks.Theme, suffix string) {
		for name, size := range map[string]fyne.Size{"steps": {Width: 1024, Height: 700}, "steps-wide": {Width: 1366, Height: 768}} {
			bubble(t, func(t *testing.T, ctx context.Context, q *uitest.Queue, r work.Runner) {
				s := newScreenSample(t, ctx, q, r, look, newPractice(t, "").Anna, withSteps)
				s.window.Resize(size)
				time.Sleep(refreshTime)
				q.Settle()
				steps := s.steps.Content()
				foot := fyne.CurrentApp().Driver().AbsolutePositionForObject(steps).Y + steps.Size().Height
				if !steps.Visible() || foot > size.Height {
					t.Errorf("%s: they are there: %v, and end at %v of %v", name+suffix, steps.Visible(), foot, size.Height)
				}
				uitest.SavePicture(t, s.window, size, "desk-"+name+suffix)
			})
		}
	})
}
