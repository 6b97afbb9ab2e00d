package conform

import (
	"testing"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

// TestMemory: the database in memory, which other tests use, keeps the same rules.
func TestMemory(t *testing.T) {
	Suite(t, Engine{
		New:       func(testing.TB) auth.Location { return &authtest.Memory{} },
		Again:     func(_ testing.TB, p auth.Location) auth.Location { return p },
		NoBackups: true,
	})
}
