//go:build !linux && !darwin && !windows

package host

import (
	"context"
	"errors"
)

func keepAwake(context.Context) (func(), error) {
	return nil, errors.New("nothing is known here that keeps the computer awake")
}
