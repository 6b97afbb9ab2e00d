// Package keyring is the OS keyring, with patience that ends and honest errors.
//
// The stores behind it (Secret Service, Keychain, Credential Manager) may wait
// for a person, or for ever. So every call here ends with its context, and at
// most one call is under way in the OS at any time: the others wait their turn,
// and reads of the same item share one answer. A call that hangs in the OS keeps
// its turn until it answers; nothing else can be done about it from outside.
//
// Items belong to the service [Service] and are told apart by name. A name is
// made by the program, from identifiers; it must be valid UTF-8 without control
// characters, is no secret, and appears in errors. Values never do.
package keyring

import (
	"context"
	"errors"
	"fmt"
)

// Service is the name under which all items of this program are kept.
const Service = "Anteroom"

// maxValue is in bytes: CRED_MAX_CREDENTIAL_BLOB_SIZE of Windows, the smallest
// limit of the platforms.
// https://learn.microsoft.com/windows/win32/api/wincred/ns-wincred-credentialw
const maxValue = 5 * 512

// The states of a keyring in which a call cannot be served. Every error of this
// package wraps one of them, or says what was attempted and wraps what the OS
// answered.
var (
	// ErrNotFound: the keyring is open and has no such item.
	ErrNotFound = errors.New("no such item")

	// ErrLocked: the keyring is locked, and asking for it did not open it.
	ErrLocked = errors.New("the keyring is locked")

	// ErrDismissed: the prompt to unlock the keyring was dismissed. A desktop on
	// which the prompt cannot be shown may report the same.
	ErrDismissed = errors.New("the keyring's prompt was dismissed")

	// ErrNoService: this computer has no keyring service that answers.
	ErrNoService = errors.New("no keyring service")

	// ErrNoCollection: the service answers, but has no keyring that could hold an
	// item: none was made yet, or none is the default.
	ErrNoCollection = errors.New("the keyring service has no default keyring")

	// ErrNoAnswer: the context ended before the keyring answered. The error
	// wraps the context's cause too.
	ErrNoAnswer = errors.New("no answer from the keyring")

	// ErrTooBig: the value has more than 2,560 bytes, or the OS finds name and
	// value together too long.
	ErrTooBig = errors.New("too big for the keyring")

	// ErrDamaged: the item is there but cannot be read. Callers also use it for
	// a value that is not what they wrote.
	ErrDamaged = errors.New("the item is damaged")
)

// errNotDone is for a keyring that reports success and has not done it: so it
// looks when a prompt to write or delete is dismissed, as go-keyring drops that.
var errNotDone = errors.New("the keyring reported success but did not do it")

// items is what the OS keeps. Its calls may hang.
type items interface {
	get(name string) (string, error)
	set(name, value string) error
	delete(name string) error
}

// Keyring gives access to the items of this program. Its methods may be called
// from several goroutines; writes are performed in the order they were called.
type Keyring struct {
	// ready makes sure, before items is touched, that the keyring is there and
	// open. It returns soon after its context has ended, with any error: by then
	// nobody waits for it.
	ready func(context.Context) error
	items items
	queue queue
}

// New returns the OS keyring of the user who runs the program. A program needs
// one; two would not wait for each other.
func New() *Keyring {
	return &Keyring{ready: ready, items: osItems{}}
}

// Get returns the value of an item, or one of this package's errors.
func (k *Keyring) Get(ctx context.Context, name string) (string, error) {
	value, err := k.do(ctx, "get "+name, func() (string, error) {
		return k.items.get(name)
	})
	if err != nil {
		return "", fmt.Errorf("keyring: read %q: %w", name, err)
	}
	return value, nil
}

// Set creates or replaces an item, and reads it back before it reports success.
// If ctx ends before the write has begun, nothing is written; if it ends
// afterwards, the write may still happen. Both are ErrNoAnswer. A write that is
// still under way is done before any later call begins.
func (k *Keyring) Set(ctx context.Context, name, value string) error {
	if len(value) > maxValue {
		return fmt.Errorf("keyring: write %q: %w", name, ErrTooBig)
	}
	_, err := k.do(ctx, "", func() (string, error) {
		return "", k.write(name, value)
	})
	if err != nil {
		return fmt.Errorf("keyring: write %q: %w", name, err)
	}
	return nil
}

// Delete removes an item. No such item is ErrNotFound. As with Set, ErrNoAnswer
// leaves open whether a deletion that had begun happens.
func (k *Keyring) Delete(ctx context.Context, name string) error {
	_, err := k.do(ctx, "", func() (string, error) {
		return "", k.remove(name)
	})
	if err != nil {
		return fmt.Errorf("keyring: delete %q: %w", name, err)
	}
	return nil
}

// do performs one call on items when its turn comes and the keyring is open.
// Calls with the same key, unless it is empty, share one answer.
func (k *Keyring) do(ctx context.Context, key string, run func() (string, error)) (string, error) {
	return k.queue.do(ctx, key, func(ctx context.Context) (string, error) {
		if err := k.ready(ctx); err != nil {
			return "", classify(err)
		}
		if err := ctx.Err(); err != nil {
			return "", err // nobody waits any more: leave it undone
		}
		value, err := run()
		return value, classify(err)
	})
}

func (k *Keyring) write(name, value string) error {
	if err := k.items.set(name, value); err != nil {
		return err
	}
	got, err := k.items.get(name)
	if err = classify(err); errors.Is(err, ErrNotFound) {
		return errNotDone
	} else if err != nil {
		return fmt.Errorf("read back: %w", err)
	}
	if got != value {
		return errNotDone
	}
	return nil
}

func (k *Keyring) remove(name string) error {
	if err := k.items.delete(name); err != nil {
		return err
	}
	_, err := k.items.get(name)
	if err = classify(err); err == nil {
		return errNotDone
	} else if !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("look again: %w", err)
	}
	return nil
}
