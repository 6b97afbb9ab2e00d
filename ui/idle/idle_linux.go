package idle

import (
	"context"
	"fmt"
	"os"

	"github.com/godbus/dbus/v5"
)

// meters are what a Linux desktop may have. GetSessionIdleTime of
// org.freedesktop.ScreenSaver is not among them: KDE says seconds and answers
// milliseconds, does so on X11 only, where the server tells just as well, and has
// answered 0 for ever on Wayland; others answer seconds, or not at all. A time that
// may be wrong by a thousand, or never pass, locks too early or never.
func meters() []meter {
	all := []meter{&monitor{}}
	if display := xDisplay(os.Getenv); display != "" {
		all = append(all, &xServer{display: display})
	}
	return all
}

// xDisplay is the display of the X server that knows of every input; "": there is
// none. On Wayland, Xwayland sees only what goes to X11's own windows: to it, who
// works in another program is away.
func xDisplay(env func(string) string) string {
	if env("WAYLAND_DISPLAY") != "" || env("XDG_SESSION_TYPE") == "wayland" {
		return ""
	}
	return env("DISPLAY")
}

// connect connects to the bus that dial finds. It gives up when ctx ends; options
// may tie the connection to another one.
func connect(ctx context.Context, dial func(...dbus.ConnOption) (*dbus.Conn, error), options ...dbus.ConnOption) (*dbus.Conn, error) {
	conn, err := dial(options...)
	if err != nil {
		return nil, fmt.Errorf("connect to the bus: %w", err)
	}
	// Auth and Hello know no context: a bus that does not answer them is hung up on.
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	if err = conn.Auth(nil); err == nil {
		err = conn.Hello()
	}
	if err != nil {
		conn.Close()
		return nil, fmt.Errorf("greet the bus: %w", err)
	}
	return conn, nil
}
