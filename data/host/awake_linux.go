package host

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"syscall"
	"time"

	"github.com/godbus/dbus/v5"
)

// keepAwake asks logind (https://systemd.io/INHIBITOR_LOCKS/): what it gives is closed with the
// program at the latest. Where there is no logind, nothing sends the computer to sleep by itself.
func keepAwake(ctx context.Context) (func(), error) {
	ctx, done := context.WithTimeout(ctx, 5*time.Second)
	defer done()
	bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	switch {
	case err == nil:
	case errors.Is(err, fs.ErrPermission), ctx.Err() != nil:
		return nil, fmt.Errorf("keep the computer awake: %w", err)
	default: // there is no such bus
		return func() {}, nil
	}
	defer bus.Close()
	var lock dbus.UnixFD
	err = bus.Object("org.freedesktop.login1", "/org/freedesktop/login1").CallWithContext(ctx, "org.freedesktop.login1.Manager.Inhibit", 0,
		"sleep:idle", "Anteroom", "This computer is the practice's server", "block").Store(&lock)
	var refused dbus.Error
	if errors.As(err, &refused) && refused.Name == "org.freedesktop.DBus.Error.ServiceUnknown" {
		return func() {}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("keep the computer awake: %w", err)
	}
	return sync.OnceFunc(func() { _ = syscall.Close(int(lock)) }), nil
}
