package recovery

import (
	"context"
	"testing"

	"anteroom/auth"
	"anteroom/ui/widgets"
)

// TestForgetIsAsked: nothing is forgotten before the yes, and what fails is tried again.
func TestForgetIsAsked(t *testing.T) {
	d := newDesk(t)
	asked, done, fails := 0, 0, error(auth.ErrDisk)
	ask := func() *widgets.Dialog {
		AskToForget(ForgetParams{
			Host: d.host,
			Forget: func(context.Context) error {
				asked++
				return fails
			},
			Done: func() { done++ },
		})
		return d.window.Canvas().Overlays().Top().(*widgets.Dialog)
	}
	ask().Cancel().OnTapped()
	want(t, "asked after Cancel", asked, 0)
	q := ask()
	want(t, "an Enter too many", d.window.Canvas().Focused() == q.Cancel(), true)
	q.Primary().OnTapped()
	d.runUntil(t, "an error", func() bool { return q.Error() != "" })
	want(t, "done", done, 0)
	fails = nil
	q.Primary().OnTapped()
	d.runUntil(t, "the end", func() bool { return done == 1 })
	want(t, "asked", asked, 2)
	want(t, "the dialog is closed", d.window.Canvas().Overlays().Top() == nil, true)
}
