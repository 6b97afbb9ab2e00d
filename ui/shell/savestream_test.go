package shell

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"anteroom/auth"
	"anteroom/ui/paper"
)

// What writing fails with comes out as it is: step-up is asked for by it.
func TestSaveStream(t *testing.T) {
	path := filepath.Join(t.TempDir(), "activity.csv")
	for _, want := range []error{auth.ErrStepUp, auth.ErrSessionEnded, io.ErrClosedPipe} {
		if err := (&Window{files: paper.NewFiles(t.TempDir())}).saveStream(path, func(io.Writer) error { return fmt.Errorf("export: %w", want) }); !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
		if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("after %v there is a file: %v", want, err)
		}
	}
	write := func(w io.Writer) error {
		_, err := io.WriteString(w, "a")
		return err
	}
	if err := (&Window{files: paper.NewFiles(t.TempDir())}).saveStream(path, write); err != nil {
		t.Fatal(err)
	}
	var field *auth.FieldError
	if err := (&Window{files: paper.NewFiles(t.TempDir())}).saveStream(path, write); !errors.As(err, &field) || field.Problem != auth.ProblemTaken {
		t.Errorf("a file that is there: %v", err)
	}
}
