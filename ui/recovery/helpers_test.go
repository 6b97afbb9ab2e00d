package recovery

import (
	"context"
	"testing"
	"time"

	"anteroom/ui/screen/screentest"
	"anteroom/ui/uitest"
)

func TestMain(m *testing.M) { uitest.Main(m) }

type desk = screentest.Window

const testPassword = "seven quiet herons wade"

// answer is what a function of the window gives back, after some time.
type answer struct {
	err   error
	after time.Duration
}

// answers gives one after the other, and counts.
type answers struct {
	list  []answer
	asked int
}

func (a *answers) next(ctx context.Context) error {
	now := a.list[0]
	a.list = a.list[1:]
	a.asked++
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(now.after):
		return now.err
	}
}

func hang(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func want[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
