package keyring

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/godbus/dbus/v5"
)

// The names of the Secret Service API, draft 0.2.
// https://specifications.freedesktop.org/secret-service-spec/
const (
	secretsName     = "org.freedesktop.secrets"
	secretsPath     = dbus.ObjectPath("/org/freedesktop/secrets")
	loginCollection = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	noObject        = dbus.ObjectPath("/") // "none", of aliases and prompts

	serviceInterface    = "org.freedesktop.Secret.Service"
	collectionInterface = "org.freedesktop.Secret.Collection"
	promptInterface     = "org.freedesktop.Secret.Prompt"
)

// secretService talks to the Secret Service over a connection of its own. The
// shared one of godbus, which go-keyring uses, also gets the signals that other
// parts of the program asked for.
type secretService struct {
	conn *dbus.Conn
}

// ready returns nil if the collection that go-keyring will use is there and
// unlocked, and asks the person to unlock it if need be. So go-keyring meets no
// prompt to unlock: it would wait without end, and not notice a dismissal.
func ready(ctx context.Context) error {
	s, err := openSecretService(ctx)
	if err != nil {
		return err
	}
	defer s.conn.Close()
	collection, err := s.collection(ctx)
	if err != nil {
		return err
	}
	if locked, err := s.locked(ctx, collection); err != nil || !locked {
		return err
	}
	if err := s.unlock(ctx, collection); err != nil {
		return err
	}
	locked, err := s.locked(ctx, collection)
	if err == nil && locked {
		err = ErrLocked
	}
	return err
}

// openSecretService connects to the session bus and has it start the service if
// it does not run.
func openSecretService(ctx context.Context) (*secretService, error) {
	conn, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return nil, fmt.Errorf("%w: connect to the session bus: %w", ErrNoService, err)
	}
	// Auth and Hello know no context: a bus that does not answer them is hung up on.
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	if err = conn.Auth(nil); err == nil {
		err = conn.Hello()
	}
	if err != nil {
		conn.Close()
		return nil, fmt.Errorf("%w: greet the session bus: %w", ErrNoService, err)
	}
	s := &secretService{conn: conn}
	if err := s.start(ctx); err != nil {
		conn.Close()
		return nil, err
	}
	return s, nil
}

// start has the bus start the service unless it runs. The bus itself answers
// these calls, so a service that is stopped does not hold them up.
func (s *secretService) start(ctx context.Context) error {
	// Asked first, as StartServiceByName refuses for a service that runs but has
	// no service file, such as KeePassXC.
	var runs bool
	err := s.conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, secretsName).Store(&runs)
	if err != nil || runs {
		return err
	}
	const noFlags = uint32(0)
	err = s.conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.StartServiceByName", 0, secretsName, noFlags).Err
	if err != nil {
		return fmt.Errorf("%w: start the secret service: %w", ErrNoService, err)
	}
	return nil
}

// collection returns the collection that go-keyring will use: "login", or else
// the default one. A service with neither holds nothing, and to make one is the
// person's own decision, in the desktop's settings: ErrNoCollection.
func (s *secretService) collection(ctx context.Context) (dbus.ObjectPath, error) {
	var all []dbus.ObjectPath
	if err := s.property(ctx, secretsPath, serviceInterface, "Collections", &all); err != nil {
		return "", fmt.Errorf("list the collections: %w", err)
	}
	if slices.Contains(all, loginCollection) {
		return loginCollection, nil
	}
	var path dbus.ObjectPath
	if err := s.call(ctx, secretsPath, serviceInterface+".ReadAlias", "default").Store(&path); err != nil {
		return "", fmt.Errorf("look for the default collection: %w", err)
	}
	if path == noObject {
		return "", ErrNoCollection
	}
	return path, nil
}

func (s *secretService) locked(ctx context.Context, collection dbus.ObjectPath) (bool, error) {
	var locked bool
	if err := s.property(ctx, collection, collectionInterface, "Locked", &locked); err != nil {
		return false, fmt.Errorf("see whether the keyring is locked: %w", err)
	}
	return locked, nil
}

// unlock asks the service to unlock the collection, and waits for the person's
// answer if the service wants to ask. No error does not mean that it is unlocked.
func (s *secretService) unlock(ctx context.Context, collection dbus.ObjectPath) error {
	var unlocked []dbus.ObjectPath
	var prompt dbus.ObjectPath
	err := s.call(ctx, secretsPath, serviceInterface+".Unlock", []dbus.ObjectPath{collection}).Store(&unlocked, &prompt)
	if err != nil {
		return fmt.Errorf("unlock the keyring: %w", err)
	}
	if prompt == noObject {
		return nil
	}
	if err := s.prompt(ctx, prompt); err != nil {
		return fmt.Errorf("ask to unlock the keyring: %w", err)
	}
	return nil
}

// prompt shows a prompt and waits until it is completed. If ctx ends first, the
// prompt is taken off the screen.
func (s *secretService) prompt(ctx context.Context, path dbus.ObjectPath) error {
	err := s.conn.AddMatchSignalContext(ctx, dbus.WithMatchObjectPath(path), dbus.WithMatchInterface(promptInterface))
	if err != nil {
		return err
	}
	signals := make(chan *dbus.Signal, 8)
	s.conn.Signal(signals)
	defer func() {
		if ctx.Err() != nil { // sent without waiting: the service may be stopped
			s.conn.Object(secretsName, path).Call(promptInterface+".Dismiss", dbus.FlagNoReplyExpected|dbus.FlagNoAutoStart)
		}
	}()

	const noWindow = ""
	if err := s.call(ctx, path, promptInterface+".Prompt", noWindow).Err; err != nil {
		return err
	}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case signal, open := <-signals:
			if !open {
				return dbus.ErrClosed
			}
			if signal.Path != path || signal.Name != promptInterface+".Completed" {
				continue
			}
			var dismissed bool
			var result dbus.Variant
			if err := dbus.Store(signal.Body, &dismissed, &result); err != nil {
				return err
			}
			if dismissed {
				return ErrDismissed
			}
			return nil
		}
	}
}

func (s *secretService) property(ctx context.Context, path dbus.ObjectPath, iface, name string, value any) error {
	return s.call(ctx, path, "org.freedesktop.DBus.Properties.Get", iface, name).Store(value)
}

func (s *secretService) call(ctx context.Context, path dbus.ObjectPath, method string, args ...any) *dbus.Call {
	return s.conn.Object(secretsName, path).CallWithContext(ctx, method, dbus.FlagNoAutoStart, args...)
}

// platformClass returns the error of this package that err stands for, or nil.
func platformClass(err error) error {
	if errors.Is(err, dbus.ErrClosed) || errors.Is(err, io.EOF) {
		return ErrNoService // the session bus went away
	}
	var answer dbus.Error
	if !errors.As(err, &answer) {
		return nil
	}
	switch answer.Name {
	case "org.freedesktop.Secret.Error.IsLocked":
		return ErrLocked
	case "org.freedesktop.DBus.Error.ServiceUnknown",
		"org.freedesktop.DBus.Error.NameHasNoOwner",
		"org.freedesktop.DBus.Error.NoReply": // the service went away
		return ErrNoService
	}
	return nil
}
