package auth

import (
	"context"
	"encoding/json"
	"errors"
	"time"
)

// What the tests from outside need of the inside: what lies sealed and the
// package itself never hands out.

// KeepBackups says which backups stay.
var KeepBackups = keepBackups

// OpenedRegister is the register as a practice reads it now, as it lies under
// its seal.
func OpenedRegister(ctx context.Context, p *Practice) (plain []byte, err error) {
	err = p.view(ctx, func(r *register, _ anchor) (err error) {
		plain, err = json.Marshal(r)
		return err
	})
	return plain, err
}

// FillLog writes n entries made by entry, as changes do, many at a time. The
// reference of time stays that of the clock, whatever they are dated.
func FillLog(ctx context.Context, p *Practice, n int, entry func(i int) Entry) error {
	const atOnce = 10_000
	for from := 0; from < n; from += atOnce {
		err := p.update(ctx, func(c *change) error {
			for i := from; i < min(n, from+atOnce); i++ {
				e := entry(i)
				c.now = e.At
				c.note(e)
			}
			c.now = timestamp(p.now())
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Kept is what tells one register that is kept from another.
func Kept(p *Practice) any { return p.cached.Load() }

// KeptRegister is the register that is kept, and what its row has under its seal;
// both are nil where none is kept.
func KeptRegister(p *Practice) (kept, sealed []byte, err error) {
	k := p.cached.Load()
	if k == nil {
		return nil, nil, nil
	}
	anew, err := openRegister(k.key, p.id, k.row)
	if err != nil {
		return nil, nil, err
	}
	kept, err1 := json.Marshal(k.register)
	sealed, err2 := json.Marshal(anew)
	return kept, sealed, errors.Join(err1, err2)
}

// TellAsBefore stores names where earlier releases stored them: in news, the
// notice, the kit and the note of every user's reset.
func TellAsBefore(ctx context.Context, p *Practice, at time.Time, by, whom string) error {
	return p.update(ctx, func(c *change) error {
		c.addNews(NewsLetIn, by, whom, at)
		c.Notice, c.Kit.By = &Notice{At: at, By: by}, by
		for _, u := range c.Users {
			u.Reset = &reset{At: at, By: by}
		}
		return nil
	})
}

// NameComputersAsBefore gives all computers a name as earlier releases stored it.
func NameComputersAsBefore(ctx context.Context, p *Practice, name string) error {
	return p.update(ctx, func(c *change) error {
		for _, k := range c.Computers {
			k.Name = name
		}
		return nil
	})
}
