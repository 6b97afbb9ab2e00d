package keyring

import (
	"errors"
	"fmt"
	"testing"

	"golang.org/x/sys/windows"
)

func TestPlatformClass(t *testing.T) {
	for code, want := range map[windows.Errno]error{
		windows.ERROR_NO_SUCH_LOGON_SESSION: ErrNoService, windows.ERROR_ACCESS_DENIED: windows.ERROR_ACCESS_DENIED,
	} {
		if err := classify(fmt.Errorf("read: %w", code)); !errors.Is(err, want) || !errors.Is(err, code) {
			t.Errorf("%v is %v", code, err)
		}
	}
	if err := classify(windows.ERROR_ACCESS_DENIED); errors.Is(err, ErrNoService) {
		t.Errorf("denied is %v", err)
	}
}
