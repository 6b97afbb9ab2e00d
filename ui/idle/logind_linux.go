package idle

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"syscall"

	"github.com/godbus/dbus/v5"
)

// The names of logind.
// https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html
const (
	loginName    = "org.freedesktop.login1"
	loginPath    = dbus.ObjectPath("/org/freedesktop/login1")
	loginManager = loginName + ".Manager"
	loginSession = loginName + ".Session"
	autoSession  = loginPath + "/session/auto"

	busName    = "org.freedesktop.DBus"
	properties = busName + ".Properties"
)

// logind is what is listened to on the system bus.
type logind struct {
	*ear
	lock    func()
	session dbus.ObjectPath // ours; "": there is none
	delay   dbus.UnixFD     // while it is open the computer waits to sleep; -1: none
}

// listenToLogind hears when our session is locked, and when the computer is about
// to sleep.
func listenToLogind(ctx context.Context, lock func()) error {
	e, err := newEar(ctx, dbus.SystemBusPrivate)
	if err != nil {
		return err
	}
	defer e.close()
	l := &logind{ear: e, lock: lock, delay: -1}
	defer l.letSleep()
	err = l.match(ctx, dbus.WithMatchSender(busName), dbus.WithMatchInterface(busName),
		dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, loginName))
	if err != nil {
		return fmt.Errorf("ask to be told of logind's start: %w", err)
	}
	if err := l.begin(ctx); err != nil {
		return err
	}
	return l.hear(func(signal *dbus.Signal) error { return l.heard(ctx, signal) })
}

// begin asks for the signals, and locks if the session is locked already.
func (l *logind) begin(ctx context.Context) error {
	err := l.match(ctx, dbus.WithMatchSender(loginName), dbus.WithMatchObjectPath(loginPath),
		dbus.WithMatchInterface(loginManager), dbus.WithMatchMember("PrepareForSleep"))
	if err != nil {
		return fmt.Errorf("ask to be told of sleep: %w", err)
	}
	l.session, err = l.ownSession(ctx)
	var answer dbus.Error
	switch {
	case errors.As(err, &answer): // there is none; sleep is told all the same
		slog.Debug("no session of logind's", "err", err)
	case err != nil:
		return fmt.Errorf("look for the session: %w", err)
	default:
		if err := l.matchSession(ctx); err != nil {
			return err
		}
	}
	l.delaySleep(ctx)
	return nil
}

// matchSession asks for the signals of our session.
func (l *logind) matchSession(ctx context.Context) error {
	for _, wanted := range [][2]string{{loginSession, "Lock"}, {properties, "PropertiesChanged"}} {
		err := l.match(ctx, dbus.WithMatchSender(loginName), dbus.WithMatchObjectPath(l.session),
			dbus.WithMatchInterface(wanted[0]), dbus.WithMatchMember(wanted[1]))
		if err != nil {
			return fmt.Errorf("ask to be told of the session's lock: %w", err)
		}
	}
	var locked bool
	err := l.call(ctx, loginName, l.session, properties+".Get", &locked, loginSession, "LockedHint")
	if err == nil && locked { // an old logind has no such hint
		l.lock()
	}
	return nil
}

// ownSession finds the session that this program belongs to. Programs that the
// desktop starts as services of the user's belong to none; then it is the one the
// environment names, or the one logind takes for the user's.
func (l *logind) ownSession(ctx context.Context) (dbus.ObjectPath, error) {
	var session dbus.ObjectPath
	err := l.call(ctx, loginName, loginPath, loginManager+".GetSessionByPID", &session, uint32(os.Getpid()))
	if err == nil {
		return session, nil
	}
	if id := os.Getenv("XDG_SESSION_ID"); id != "" {
		if l.call(ctx, loginName, loginPath, loginManager+".GetSession", &session, id) == nil {
			return session, nil
		}
	}
	// Signals come from the session's own path, so "auto" is asked for its name.
	var id string
	if err := l.call(ctx, loginName, autoSession, properties+".Get", &id, loginSession, "Id"); err != nil {
		return "", err
	}
	err = l.call(ctx, loginName, loginPath, loginManager+".GetSession", &session, id)
	return session, err
}

func (l *logind) heard(ctx context.Context, signal *dbus.Signal) error {
	switch signal.Name {
	case loginManager + ".PrepareForSleep":
		if isTrue(signal.Body) {
			l.lock()
			l.letSleep()
		} else {
			l.delaySleep(ctx)
		}
	case loginSession + ".Lock":
		l.lock()
	case properties + ".PropertiesChanged":
		// GNOME and others lock by themselves, and tell logind by this hint.
		if isHinted(signal.Body) {
			l.lock()
		}
	case busName + ".NameOwnerChanged":
		var name, before, now string
		if dbus.Store(signal.Body, &name, &before, &now) == nil && name == loginName && now != "" {
			l.letSleep() // what an earlier logind gave
			return l.begin(ctx)
		}
	}
	return nil
}

// isHinted says that LockedHint became true.
func isHinted(body []any) bool {
	var of string
	var changed map[string]dbus.Variant
	var invalid []string
	if dbus.Store(body, &of, &changed, &invalid) != nil || of != loginSession {
		return false
	}
	locked, _ := changed["LockedHint"].Value().(bool)
	return locked
}

// delaySleep has the computer wait, before it sleeps, until letSleep: without it
// the lock may be told too late to be seen to. Where it is refused, the window
// notices after the sleep.
func (l *logind) delaySleep(ctx context.Context) {
	if l.delay >= 0 {
		return
	}
	var delay dbus.UnixFD
	err := l.call(ctx, loginName, loginPath, loginManager+".Inhibit", &delay,
		"sleep", "Anteroom", "Hides what is on its window", "delay")
	if err != nil {
		slog.Debug("the computer does not wait for us before it sleeps", "err", err)
		return
	}
	l.delay = delay
}

func (l *logind) letSleep() {
	if l.delay >= 0 {
		syscall.Close(int(l.delay))
		l.delay = -1
	}
}
