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

// FillLog writes n entries made by entry, as changes do, many at a time.
func FillLog(ctx context.Context, p *Practice, n int, entry func(i int) Entry) error {
	const atOnce = 10_000
	for from := 0; from < n; from += atOnce {
		err := p.update(ctx, func(c *change) error {
			for i := from; i < min(n, from+atOnce); i++ {
				e := entry(i)
				c.now = e.At
				c.note(e)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
