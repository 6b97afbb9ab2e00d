package keyring

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"

	gokeyring "github.com/zalando/go-keyring"
)

// osItems are the items in the OS keyring.
type osItems struct{}

func (osItems) get(name string) (string, error) { return gokeyring.Get(Service, name) }
func (osItems) set(name, value string) error    { return gokeyring.Set(Service, name, value) }
func (osItems) delete(name string) error        { return gokeyring.Delete(Service, name) }

// classify puts this package's error before an error of the OS, where it means
// one; any other it returns as it is.
func classify(err error) error {
	var corrupt base64.CorruptInputError
	var invalid hex.InvalidByteError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, gokeyring.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, gokeyring.ErrSetDataTooBig):
		return ErrTooBig
	case errors.Is(err, gokeyring.ErrUnsupportedPlatform):
		return fmt.Errorf("%w: %w", ErrNoService, err)
	case errors.As(err, &corrupt), errors.As(err, &invalid), errors.Is(err, hex.ErrLength):
		return ErrDamaged // the cause is dropped: it quotes from the value
	}
	if class := platformClass(err); class != nil && !errors.Is(err, class) {
		return fmt.Errorf("%w: %w", class, err)
	}
	return err
}
