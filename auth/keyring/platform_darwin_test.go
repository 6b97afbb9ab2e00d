package keyring

import (
	"errors"
	"fmt"
	"os/exec"
	"testing"
)

// TestPlatformClass: the exit code counts, whatever language the text is in.
func TestPlatformClass(t *testing.T) {
	for code, want := range map[int]error{
		exitItemNotFound: ErrNotFound, exitInteractionNotAllowed: ErrLocked, exitUserCanceled: ErrDismissed,
	} {
		err := exec.Command("/bin/sh", "-c", fmt.Sprintf("exit %d", code)).Run()
		if got := classify(err); !errors.Is(got, want) {
			t.Errorf("%d is %v", code, got)
		}
	}
}
