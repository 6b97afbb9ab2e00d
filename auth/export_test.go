package auth

import (
	"context"
	"encoding/json"
)

// What the tests from outside need of the inside: what lies sealed and the
// package itself never hands out.

// KeepBackups says which backups stay.
var KeepBackups = keepBackups

// OpenedRegister is the register as a practice reads it now, as it lies under
// its seal.
func OpenedRegister(ctx context.Context, p *Practice) (plain []byte, err error) {
	err = p.view(ctx, func(r *register, _ mark) (err error) {
		plain, err = json.Marshal(r)
		return err
	})
	return plain, err
}
