package idle

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	// watchPatience is how long a bus or service may take to answer. Nobody waits.
	watchPatience = 5 * time.Second
	// watchPause is the time until a bus that went away is tried again.
	watchPause = 30 * time.Second
)

// Watch calls lock, from a goroutine of its own, whenever the OS's session was
// locked or the computer is about to sleep, until ctx ends. It returns at once.
// One lock may be told more than once: by logind and by the desktop.
func Watch(ctx context.Context, lock func()) { watch(ctx, watchPause, lock) }

func watch(ctx context.Context, pause time.Duration, lock func()) {
	var mu sync.Mutex
	oneAtATime := func() {
		mu.Lock()
		defer mu.Unlock()
		if ctx.Err() == nil {
			lock()
		}
	}
	for _, listen := range []listener{listenToLogind, listenToDesktop} {
		go keepListening(ctx, pause, listen, oneAtATime)
	}
}

// listener listens on a bus until it goes away or ctx ends.
type listener func(ctx context.Context, lock func()) error

func keepListening(ctx context.Context, pause time.Duration, listen listener, lock func()) {
	for {
		err := listen(ctx, lock)
		if ctx.Err() != nil {
			return
		}
		slog.Debug("nobody tells of the session's lock", "err", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// ear hears the signals of a bus.
type ear struct {
	conn    *dbus.Conn
	signals chan *dbus.Signal // in their order
}

// newEar connects to a bus, until ctx ends or the ear is closed.
func newEar(ctx context.Context, dial func(...dbus.ConnOption) (*dbus.Conn, error)) (*ear, error) {
	patient, stop := context.WithTimeout(ctx, watchPatience)
	defer stop()
	conn, err := connect(patient, dial, dbus.WithContext(ctx), dbus.WithSignalHandler(dbus.NewSequentialSignalHandler()))
	if err != nil {
		return nil, err
	}
	e := &ear{conn: conn, signals: make(chan *dbus.Signal)}
	conn.Signal(e.signals)
	return e, nil
}

func (e *ear) close() { e.conn.Close() }

// match asks the bus for signals.
func (e *ear) match(ctx context.Context, options ...dbus.MatchOption) error {
	ctx, stop := context.WithTimeout(ctx, watchPatience)
	defer stop()
	return e.conn.AddMatchSignalContext(ctx, options...)
}

// call calls a method and stores its answer, unless ctx ends or it takes too long.
func (e *ear) call(ctx context.Context, service string, path dbus.ObjectPath, method string, answer any, args ...any) error {
	ctx, stop := context.WithTimeout(ctx, watchPatience)
	defer stop()
	return e.conn.Object(service, path).CallWithContext(ctx, method, dbus.FlagNoAutoStart, args...).Store(answer)
}

var errBusGone = errors.New("the bus went away")

// hear hands every signal on until one fails or the bus goes away, as it does when
// ctx ends.
func (e *ear) hear(heard func(*dbus.Signal) error) error {
	for signal := range e.signals {
		if err := heard(signal); err != nil {
			return err
		}
	}
	return errBusGone
}

// screenSavers are the interfaces under which desktops tell that they locked or
// blanked the screen: GNOME, KDE, Cinnamon, MATE, Xfce. Some tell logind only,
// some only this.
var screenSavers = []string{
	"org.gnome.ScreenSaver", "org.freedesktop.ScreenSaver",
	"org.cinnamon.ScreenSaver", "org.mate.ScreenSaver", "org.xfce.ScreenSaver",
}

// listenToDesktop hears when the desktop locks the screen.
func listenToDesktop(ctx context.Context, lock func()) error {
	e, err := newEar(ctx, dbus.SessionBusPrivateNoAutoStartup)
	if err != nil {
		return err
	}
	defer e.close()
	for _, name := range screenSavers {
		if err := e.match(ctx, dbus.WithMatchInterface(name), dbus.WithMatchMember("ActiveChanged")); err != nil {
			return err
		}
	}
	return e.hear(func(signal *dbus.Signal) error {
		if becameActive(signal) {
			lock()
		}
		return nil
	})
}

// becameActive says whether a signal tells that a screen saver came on.
func becameActive(signal *dbus.Signal) bool {
	return strings.HasSuffix(signal.Name, ".ActiveChanged") && isTrue(signal.Body)
}

// isTrue says that a signal carries true and nothing else.
func isTrue(body []any) bool {
	var is bool
	return len(body) == 1 && dbus.Store(body, &is) == nil && is
}
