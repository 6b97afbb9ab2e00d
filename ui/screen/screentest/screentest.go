// Package screentest is what the tests of presenters and screens run in, and stands in for the
// dialogs of presenters, whose tests know no widget. Only
// tests import it.
package screentest

import "anteroom/ui/screen"

// Form is a dialog that notes what it showed.
type Form struct {
	Shown    []screen.Progress
	IsClosed bool
}

// ShowProgress implements screen.Form.
func (f *Form) ShowProgress(p screen.Progress) { f.Shown = append(f.Shown, p) }

// Close implements screen.Form.
func (f *Form) Close() { f.IsClosed = true }

// Last is what it shows.
func (f *Form) Last() (p screen.Progress) {
	if len(f.Shown) > 0 {
		p = f.Shown[len(f.Shown)-1]
	}
	return p
}

// Asker opens the question who is at the computer.
type Asker struct{ Proofs []*Proof }

// Open is for screen.NewStepUp.
func (a *Asker) Open(p *screen.Proof) screen.ProofDialog {
	d := &Proof{Proof: p}
	a.Proofs = append(a.Proofs, d)
	return d
}

// Last is the question that was asked last.
func (a *Asker) Last() *Proof { return a.Proofs[len(a.Proofs)-1] }

// Proof is a question that notes what it showed. Its Submit and Cancel answer it.
type Proof struct {
	*screen.Proof
	View     screen.ProofView
	Shown    int
	Retyped  int
	IsClosed bool
}

// Show implements screen.ProofDialog.
func (p *Proof) Show(v screen.ProofView) { p.View, p.Shown = v, p.Shown+1 }

// Retype implements screen.ProofDialog.
func (p *Proof) Retype() { p.Retyped++ }

// Close implements screen.ProofDialog.
func (p *Proof) Close() { p.IsClosed = true }
