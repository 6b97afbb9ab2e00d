package auth

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"anteroom/auth/vault"
)

// linkTime is how long a linking code is valid.
const linkTime = 10 * time.Minute

// link is a linking code that was not used yet. The register key is sealed to
// it in an envelope, as to a computer.
type link struct {
	ID       string       `json:"id"`
	Public   vault.Public `json:"public"`
	By       string       `json:"by"` // the admin's id
	Since    time.Time    `json:"since"`
	Until    time.Time    `json:"until"`
	Envelope envelopeHash `json:"envelope"`
}

// LinkingCode is what an admin reads out to link another account or computer.
type LinkingCode struct {
	ID     string
	Groups []string // four groups of five characters
	Until  time.Time
}

// NewLinkingCode makes a code of 80 bits that links one computer, within ten
// minutes. It needs step-up. Where the practice is on a server, only the computer that owns
// that can: ErrAtServer.
func (s *Session) NewLinkingCode(ctx context.Context) (LinkingCode, error) {
	secret := vault.NewLinkSecret()
	if err := s.invite(ctx, secret); err != nil {
		return LinkingCode{}, err
	}
	var out LinkingCode
	err := s.admin(ctx, true, func(c *change, me *user) error {
		l := link{ID: newID(), Public: secret.DeriveKeyPair(c.Practice).Public(), By: me.ID, Since: c.now, Until: c.now.Add(linkTime)}
		c.Links = append(c.Links, l)
		out = LinkingCode{ID: l.ID, Groups: secret.Groups(), Until: l.Until}
		c.note(Entry{Event: EventLinkingCode, By: me.ID})
		return c.putEnvelope(RecipientLink, l.ID, l.Public)
	})
	if err != nil {
		name, _ := secret.Access()
		s.p.withdrawInvite(ctx, name)
		return LinkingCode{}, err
	}
	return out, nil
}

// invite makes the code's role on the practice's server, if there is one, before the code
// is shown.
func (s *Session) invite(ctx context.Context, secret vault.LinkSecret) error {
	if err := s.mayChangeAccess(ctx); err != nil {
		return err
	}
	if err := s.p.mayInvite(); err != nil {
		return err
	}
	name, password := secret.Access()
	return s.p.invite(ctx, name, password, s.p.now().Add(linkTime))
}

// IsLinkingCodeValid says whether a code can still be used: it is neither used nor
// expired, and the practice did not get new keys since. For admins.
func (s *Session) IsLinkingCodeValid(ctx context.Context, id string) (bool, error) {
	counts := false
	err := s.adminView(ctx, func(r *register, _ *user) error {
		counts = slices.ContainsFunc(r.Links, func(l link) bool { return l.ID == id && !l.isOver(s.p.now()) })
		return nil
	})
	return counts, err
}

// isOver says whether a code has expired. It also has if the clock shows a time before
// the code was made.
func (l link) isOver(now time.Time) bool { return now.Before(l.Since) || !now.Before(l.Until) }

// dropOldLinks removes expired codes from the register.
func (c *change) dropOldLinks() error {
	over := func(l link) bool { return l.isOver(c.now) }
	if !slices.ContainsFunc(c.Links, over) {
		return nil
	}
	c.Links = slices.DeleteFunc(c.Links, over)
	return c.newRegisterKey()
}

// LinkWithCode links this account to a practice that it can't open, with a code that an
// admin made. A code with a typing mistake is ErrPrinted; one that is unknown, used or
// expired, or whose maker is no admin any more, is ErrLinkCode. Other errors are those
// of Open: data that does not continue what this account saw takes the kit.
func LinkWithCode(ctx context.Context, d Deps, text string) (*Practice, error) {
	secret, err := vault.ParseLink(text)
	if err != nil {
		return nil, err
	}
	store, err := d.Location.Open(ctx)
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
	private := secret.DeriveKeyPair(first.practice.ID)
	used, key, err := openAny(first, RecipientLink, private)
	if err != nil {
		return nil, ErrLinkCode
	}
	o, err := first.open(key, d.Location.Name())
	if err != nil {
		return nil, err
	}
	mine, err := readKeyringState(ctx, d, o.register)
	if err != nil {
		return nil, err
	}
	if err := mine.history(ctx, store, o.found); err != nil && !o.register.accountsFor(mine.anchor) {
		return nil, err // a successor of what this account saw is fine; for an older state it takes the kit
	}
	p, err := join(ctx, d, store, o, mine, func(c *change, _ recipient) error {
		i := slices.IndexFunc(c.Links, func(l link) bool { return l.ID == used && bytes.Equal(l.Public, private.Public()) })
		if i < 0 || c.Links[i].isOver(c.now) {
			return ErrLinkCode
		}
		by := c.userByID(c.Links[i].By)
		if by == nil || !by.Active || by.Role != Admin {
			return ErrLinkCode // its maker must still be an admin
		}
		c.Links = slices.Delete(c.Links, i, i+1)
		c.note(Entry{Event: EventLinked, By: by.ID, Detail: d.Computer.Name})
		c.addNews(NewsLinked, by.ID, d.Computer.Name, c.now)
		return nil
	})
	if errors.Is(err, ErrNotLinked) { // new keys since the code opened the register
		err = ErrLinkCode
	}
	return p, err
}

// openAny opens the register key with a private half, by trying the envelopes of all
// recipients of a kind. If none opens it is ErrNotLinked.
func openAny(first firstRead, kind RecipientKind, private vault.Private) (id string, key vault.Key, err error) {
	for _, e := range first.envelopes {
		if e.Kind != kind {
			continue
		}
		key, err := private.OpenKey(e.Sealed, envelopeAAD(first.practice.ID, e.Kind, e.Recipient))
		if err == nil {
			return e.Recipient, key, nil
		}
	}
	return "", vault.Key{}, ErrNotLinked
}

// errNoKeyring says that the keyring could not be written, which linking does first.
// Nothing was changed. It comes with the keyring's error.
var errNoKeyring = errors.New("the keyring does not take a binding")

// join links this account again, under a new register key, and removes its earlier links.
// The binding and an anchor are written first, then the register: a crash in between
// leaves a binding that opens nothing, and the anchor of what this account saw.
func join(ctx context.Context, d Deps, store Store, o opened, mine keyringState, decide func(*change, recipient) error) (*Practice, error) {
	rcpt := recipient{RecipientComputer, newID(), vault.GenerateKeyPair()}
	p := newPractice(d, store, o.register.Practice, rcpt, o.key)
	known := o.found
	if mine.seen {
		known = mine.anchor // kept until the register is written
	}
	keys := &undo{keyring: p.keyring}
	if err := keys.bind(ctx, p, known); err != nil {
		keys.undo()
		return nil, err
	}
	p.recordSeen(o.register, o.found)
	// The anchor is not read before the next one is written: whoever accepted the data
	// accepted this change of it too.
	err := p.update(ctx, func(c *change) error {
		if err := decide(c, rcpt); err != nil {
			return err
		}
		for _, id := range mine.items {
			c.dropComputer(id)
		}
		if err := c.addComputer(rcpt, d.Computer); err != nil {
			return err
		}
		return c.newRegisterKey() // a code or an older binding must not open it any more
	})
	if err != nil && !errors.Is(err, ErrNotAnchored) { // stored, and newer than the anchor, which is normal
		keys.undo()
		return nil, err
	}
	p.forgetItems(ctx, mine.items)
	p.rememberFolder(ctx, d.Location)
	return p, nil
}

// forgetItems removes what the keyring has of earlier links of this account.
func (p *Practice) forgetItems(ctx context.Context, computers []string) {
	for _, id := range computers {
		if err := p.keyring.Delete(ctx, bindingItem(p.id, id)); err != nil {
			slog.Warn("an old binding stays in the keyring", "error", err) // it opens nothing any more
		}
	}
}
