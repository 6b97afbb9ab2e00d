package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"anteroom/ui/work"
)

// Prover asks for step-up over whatever screen there is.
type Prover struct{ stepUp *stepUp }

// NewProver makes a Prover for a session at a window.
func NewProver(session prover, runner work.Runner, window fyne.Window) *Prover {
	s := &sheets{window: window}
	return &Prover{&stepUp{session: session, runner: runner, open: s.openProof}}
}

// Do runs an action; where that gives auth.ErrStepUp it asks who is there, and
// runs it again. An answer that is taken back is context.Canceled. The dialog
// closes when ctx ends. Do waits: it belongs off the UI goroutine.
func (p *Prover) Do(ctx context.Context, action func(context.Context) error) error {
	return p.stepUp.do(ctx, action)
}
