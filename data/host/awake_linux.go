package host

import (
	"context"
	"fmt"
	"sync"
	"syscall"
	"time"

	"github.com/godbus/dbus/v5"
)

// keepAwake asks logind (https://systemd.io/INHIBITOR_LOCKS/): what it gives is closed with the
// program at the latest.
func keepAwake(ctx context.Context) (func(), error) {
	ctx, done := context.WithTimeout(ctx, 5*time.Second)
	defer done()
	bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	if err != nil {
		return nil, fmt.Errorf("keep the computer awake: %w", err)
	}
	defer bus.Close()
	var lock dbus.UnixFD
	err = bus.Object("org.freedesktop.login1", "/org/freedesktop/login1").CallWithContext(ctx, "org.freedesktop.login1.Manager.Inhibit", 0,
		"sleep:idle", "Anteroom", "This computer is the practice's server", "block").Store(&lock)
	if err != nil {
		return nil, fmt.Errorf("keep the computer awake: %w", err)
	}
	return sync.OnceFunc(func() { _ = syscall.Close(int(lock)) }), nil
}
