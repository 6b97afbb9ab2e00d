package recovery

import (
	"context"
	"testing"

	"anteroom/auth"
	"anteroom/ui/screen/screentest"
	"anteroom/ui/widgets"
)

// TestForgetIsAsked: nothing is forgotten before the yes, and what fails is tried again.
func TestForgetIsAsked(t *testing.T) {
	screentest.RunInWindow(t, screentest.Light(), func(t *testing.T, w *screentest.Window) {
		d := w
		asked, done, fails := 0, 0, error(auth.ErrDisk)
		ask := func() *widgets.Dialog {
			AskToForget(ForgetParams{
				Scope: d.Scope, Window: d.Window,
				Forget: func(context.Context) error {
					asked++
					return fails
				},
				Done: func() { done++ },
			})
			return d.Window.Canvas().Overlays().Top().(*widgets.Dialog)
		}
		ask().Cancel().OnTapped()
		want(t, "asked after Cancel", asked, 0)
		q := ask()
		want(t, "an Enter too many", d.Focused() == q.Cancel(), true)
		q.Primary().OnTapped()
		d.Until(t, "an error", func() bool { return q.Error() != "" })
		want(t, "done", done, 0)
		fails = nil
		q.Primary().OnTapped()
		d.Until(t, "the end", func() bool { return done == 1 })
		want(t, "asked", asked, 2)
		want(t, "the dialog is closed", d.Window.Canvas().Overlays().Top() == nil, true)
	})
}
