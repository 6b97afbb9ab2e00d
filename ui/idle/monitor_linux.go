package idle

import (
	"context"
	"errors"
	"time"

	"github.com/godbus/dbus/v5"
)

// monitors are the idle monitors of compositors, under all the names that the one
// of Mutter goes by. They know of every input, on Wayland and on X11.
// https://gitlab.gnome.org/GNOME/mutter/-/blob/main/data/dbus-interfaces/org.gnome.Mutter.IdleMonitor.xml
var monitors = []struct {
	service string // and interface
	path    dbus.ObjectPath
}{
	{"org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core"},
	{"org.cinnamon.Muffin.IdleMonitor", "/org/cinnamon/Muffin/IdleMonitor/Core"},
}

// monitor is the compositor's idle monitor.
type monitor struct {
	conn *dbus.Conn // nil: not connected
}

func (*monitor) name() string { return "the compositor's idle monitor" }

func (m *monitor) idle(ctx context.Context) (time.Duration, error) {
	if m.conn == nil {
		conn, err := connect(ctx, dbus.SessionBusPrivateNoAutoStartup)
		if err != nil {
			return 0, err
		}
		m.conn = conn
	}
	var causes []error
	for _, known := range monitors {
		var ms uint64
		err := m.conn.Object(known.service, known.path).
			CallWithContext(ctx, known.service+".GetIdletime", dbus.FlagNoAutoStart).Store(&ms)
		if err == nil {
			return idleTime(ms, time.Millisecond)
		}
		causes = append(causes, err)
	}
	return 0, errors.Join(causes...)
}

func (m *monitor) close() {
	if m.conn != nil {
		m.conn.Close()
		m.conn = nil
	}
}
