package keyring

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/godbus/dbus/v5"
)

func TestAnswersOverDBus(t *testing.T) {
	answer := func(name string) error {
		return fmt.Errorf("attempt: %w", dbus.Error{Name: name, Body: []any{"any text"}})
	}
	tests := []struct{ err, want error }{
		{answer("org.freedesktop.Secret.Error.IsLocked"), ErrLocked},
		{answer("org.freedesktop.DBus.Error.ServiceUnknown"), ErrNoService},
		{answer("org.freedesktop.DBus.Error.NameHasNoOwner"), ErrNoService},
		{answer("org.freedesktop.DBus.Error.NoReply"), ErrNoService},
		{answer("org.freedesktop.DBus.Error.AccessDenied"), nil},
		{dbus.ErrClosed, ErrNoService},
		{io.EOF, ErrNoService},
		{errors.New("locked"), nil},
	}
	for _, test := range tests {
		err := classify(test.err)
		if !errors.Is(err, test.err) {
			t.Errorf("classify(%v) lost the cause: %v", test.err, err)
		}
		if got := platformClass(test.err); !errors.Is(got, test.want) || got != nil && !errors.Is(err, got) {
			t.Errorf("classify(%v) = %v, want class %v", test.err, err, test.want)
		}
	}
}
