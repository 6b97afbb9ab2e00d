package store

import (
	"errors"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

// TestRestoreFailsLate: wherever putting a backup in place fails, the practice
// opens at the next start: as it was, or restored.
func TestRestoreFailsLate(t *testing.T) {
	for _, step := range []string{stepFilled, stepAside, stepRenamed, stepCleared} {
		t.Run(step, func(t *testing.T) {
			f := newFolder(t)
			kr := authtest.NewKeyring()
			d := auth.Deps{Location: f, Keyring: kr, Now: time.Now, Cost: authtest.Cheap}
			p, s, err := auth.SetUp(t.Context(), d, setUpForm)
			if err != nil {
				t.Fatal(err)
			}
			file, err := s.BackUp(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.StepUp(t.Context(), password, ""); err != nil {
				t.Fatal(err)
			}
			r, err := s.OpenRestore(t.Context(), file.Path)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(r.Confirm(t.Context()), p.Close()); err != nil {
				t.Fatal(err)
			}
			f.trap = func(at string) error {
				if at == step {
					return errors.New("the disk fails")
				}
				return nil
			}
			if _, _, err := r.Run(t.Context()); err == nil {
				t.Fatal("it did not fail")
			}
			f.trap = nil
			p, err = auth.Open(t.Context(), d)
			if err != nil {
				t.Fatalf("then: %v", err)
			}
			if err := p.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}
