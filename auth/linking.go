package auth

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"anteroom/auth/vault"
)

// linkTime is how long a linking code counts.
const linkTime = 10 * time.Minute

// link is a linking code that was not used yet. The register key is sealed to
// it in an envelope, as to a computer.
type link struct {
	ID       string       `json:"id"`
	Public   vault.Public `json:"public"`
	By       string       `json:"by"` // the admin's id
	Until    time.Time    `json:"until"`
	Envelope written      `json:"envelope"`
}

// LinkingCode is what an admin reads out to link another account or computer.
type LinkingCode struct {
	Groups []string // four groups of five characters
	Until  time.Time
}

// NewLinkingCode makes a code of 80 bits that links one computer, within ten
// minutes. It needs step-up.
func (s *Session) NewLinkingCode(ctx context.Context) (LinkingCode, error) {
	secret := vault.NewLinkSecret()
	var out LinkingCode
	err := s.admin(ctx, true, func(c *change, me *user) error {
		l := link{ID: newID(), Public: secret.Holder(c.Practice).Public(), By: me.ID, Until: c.now.Add(linkTime)}
		c.Links = append(c.Links, l)
		out = LinkingCode{Groups: secret.Groups(), Until: l.Until}
		c.note(Entry{Event: EventLinkingCode, By: me.ID})
		return c.putEnvelope(HolderLink, l.ID, l.Public)
	})
	if err != nil {
		return LinkingCode{}, err
	}
	return out, nil
}

// isOver says whether a code does not count any more. A clock put back behind
// the newest stored event prolongs nothing.
func (r *register) isOver(l link, now time.Time) bool {
	if r.Changed.After(now) {
		now = r.Changed
	}
	return !now.Before(l.Until) || l.Until.Sub(now) > linkTime
}

// dropOldLinks takes codes that are over off the register.
func (c *change) dropOldLinks() error {
	over := func(l link) bool { return c.isOver(l, c.now) }
	if !slices.ContainsFunc(c.Links, over) {
		return nil
	}
	c.Links = slices.DeleteFunc(c.Links, over)
	return c.putAllEnvelopes()
}

// LinkWithCode links this account to a practice that it can't open, with a code
// that an admin made. A code with a slip is ErrPrinted; one that is unknown,
// used or over is ErrLinkCode. Other errors are those of Open.
func LinkWithCode(ctx context.Context, d Deps, text string) (*Practice, error) {
	secret, err := vault.ParseLink(text)
	if err != nil {
		return nil, err
	}
	store, err := d.Place.Open(ctx)
	if err != nil {
		return nil, err
	}
	p, err := linkWithCode(ctx, d, store, secret)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return p, nil
}

func linkWithCode(ctx context.Context, d Deps, store Store, secret vault.LinkSecret) (*Practice, error) {
	first, err := readFirst(ctx, store)
	if err != nil {
		return nil, err
	}
	private := secret.Holder(first.practice.ID)
	used, key, err := openAny(first, HolderLink, private)
	if err != nil {
		return nil, ErrLinkCode
	}
	r, err := openRegister(key, first.practice.ID, first.row)
	if err != nil {
		return nil, err
	}
	if err := r.checkClear(first.practice, first.envelopes); err != nil {
		return nil, err
	}
	return join(ctx, d, store, opened{r, key, markOf(r, first.row, d.Place.Name())}, func(c *change) error {
		i := slices.IndexFunc(c.Links, func(l link) bool { return l.ID == used && bytes.Equal(l.Public, private.Public()) })
		if i < 0 || c.isOver(c.Links[i], c.now) {
			return ErrLinkCode
		}
		by := c.Links[i].By
		c.Links = slices.Delete(c.Links, i, i+1)
		name := ""
		if u := c.userByID(by); u != nil {
			name = u.Name
		}
		c.note(Entry{Event: EventLinked, By: by, Detail: d.Computer.Name})
		c.tell(NewsLinked, name, d.Computer.Name, c.now)
		return c.putAllEnvelopes()
	})
}

// openAny opens the register key with a private half, whichever holder of that
// kind it is. None is ErrNotLinked.
func openAny(first firstRead, kind HolderKind, private vault.Private) (id string, key vault.Key, err error) {
	for _, e := range first.envelopes {
		if e.Kind != kind {
			continue
		}
		key, err := private.OpenKey(e.Sealed, envelopePlace(first.practice.ID, e.Kind, e.Holder))
		if err == nil {
			return e.Holder, key, nil
		}
	}
	return "", vault.Key{}, ErrNotLinked
}

// opened is a register that was opened, and with what.
type opened struct {
	register *register
	key      vault.Key
	found    mark
}

// join links this account. The binding is written first, then a mark of what
// was found, then the register: a crash in between leaves a binding that opens
// nothing, or all of it.
func join(ctx context.Context, d Deps, store Store, o opened, decide func(*change) error) (*Practice, error) {
	h := holder{HolderComputer, newID(), vault.NewHolder()}
	p := newPractice(d, store, o.register.Practice, h, o.key)
	if err := p.bind(ctx, o.found); err != nil {
		return nil, err
	}
	p.saw(o.register, o.found)
	p.marked = 0 // whoever vouched for the data did so for what comes now, too
	err := p.update(ctx, func(c *change) error {
		if err := decide(c); err != nil {
			return err
		}
		return c.addComputer(h, d.Computer)
	})
	if err != nil && !errors.Is(err, ErrUnmarked) { // stored, and newer than the mark, which is normal
		return nil, errors.Join(err, p.unbind())
	}
	p.rememberFolder(ctx, d.Place)
	return p, nil
}
