package auth

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"anteroom/auth/keyring"
	"anteroom/auth/vault"
)

// A computer's binding is the private half of its holder key pair, in the OS
// keyring. Whoever has it opens the register: it can ask for a password, not
// read a patient.

// bindingCheck is the length in bytes of the checksum beside a private half:
// a damaged item is told from one that belongs to another practice.
const bindingCheck = 8

func bindingSum(private []byte, practice, computer string) []byte {
	sum := sha256.Sum256([]byte("anteroom binding\x00" + practice + "\x00" + computer + "\x00" + string(private)))
	return sum[:bindingCheck]
}

func encodeBinding(private vault.Private, practice, computer string) string {
	b := private.Bytes()
	return markText.EncodeToString(append(b, bindingSum(b, practice, computer)...))
}

// decodeBinding reads what encodeBinding wrote; otherwise keyring.ErrDamaged.
func decodeBinding(text, practice, computer string) (vault.Private, error) {
	raw, err := markText.DecodeString(text)
	if err != nil || len(raw) <= bindingCheck {
		return vault.Private{}, keyring.ErrDamaged
	}
	b, sum := raw[:len(raw)-bindingCheck], raw[len(raw)-bindingCheck:]
	if !bytes.Equal(sum, bindingSum(b, practice, computer)) {
		return vault.Private{}, keyring.ErrDamaged
	}
	private, err := vault.ParsePrivate(b)
	if err != nil {
		return vault.Private{}, keyring.ErrDamaged
	}
	return private, nil
}

// holder is who opened the register key here: this computer's binding or, for
// one run, the recovery kit.
type holder struct {
	kind    HolderKind
	id      string
	private vault.Private
}

// open opens the register key that lies sealed to this holder. No envelope is
// ErrNotLinked, one that does not open ErrDamaged.
func (h holder) open(practice string, envelopes []Envelope) (vault.Key, error) {
	for _, e := range envelopes {
		if e.Kind != h.kind || e.Holder != h.id {
			continue
		}
		key, err := h.private.OpenKey(e.Sealed, envelopePlace(practice, e.Kind, e.Holder))
		if err != nil {
			return vault.Key{}, fmt.Errorf("open envelope: %w", ErrDamaged)
		}
		return key, nil
	}
	return vault.Key{}, ErrNotLinked
}

// markKey authenticates this account's mark. It comes from the binding, so
// re-keying the practice leaves marks as they are.
func (h holder) markKey() vault.Key { return h.private.Subkey("mark") }

// readBinding reads the binding of one computer: keyring.ErrNotFound if this
// account has none, keyring.ErrDamaged if it can't be read.
func readBinding(ctx context.Context, kr Keyring, practice, computer string) (holder, error) {
	text, err := kr.Get(ctx, bindingItem(practice, computer))
	if err != nil {
		return holder{}, fmt.Errorf("read binding: %w", err)
	}
	private, err := decodeBinding(text, practice, computer)
	if err != nil {
		return holder{}, fmt.Errorf("read binding: %w", err)
	}
	return holder{HolderComputer, computer, private}, nil
}

// findBinding looks through the computers that have an envelope for the one
// that this account is. None is a *NotLinkedError.
func findBinding(ctx context.Context, kr Keyring, practice PracticeRow, envelopes []Envelope) (holder, error) {
	var none error = &NotLinkedError{Practice: practice.Name}
	for _, e := range envelopes {
		if e.Kind != HolderComputer {
			continue
		}
		h, err := readBinding(ctx, kr, practice.ID, e.Holder)
		switch {
		case err == nil:
			return h, nil
		case errors.Is(err, keyring.ErrDamaged):
			none = err // another one may be whole
		case !errors.Is(err, keyring.ErrNotFound):
			return holder{}, err
		}
	}
	return holder{}, none
}

// envelopePlace binds the register key's envelope to its holder.
func envelopePlace(practice string, kind HolderKind, holder string) vault.Place {
	return vault.Place{Practice: practice, Table: "envelope", Row: holder, Clear: []string{string(kind)}}
}

// written is what the register remembers of an envelope: its SHA-256, so that
// one added, removed or changed by hand is noticed.
type written []byte

func writtenOf(e Envelope) written {
	sum := sha256.Sum256(e.Sealed)
	return sum[:]
}

// wrote says whether these are exactly the envelopes that were written.
func (r *register) wrote(envelopes []Envelope) bool {
	known := r.holders()
	if len(envelopes) != len(known) {
		return false
	}
	for _, e := range envelopes {
		if sum, ok := known[holderName{e.Kind, e.Holder}]; !ok || !bytes.Equal(*sum, writtenOf(e)) {
			return false
		}
	}
	return true
}

// holderName tells holders apart.
type holderName struct {
	kind HolderKind
	id   string
}

// holders are all that have an envelope.
func (r *register) holders() map[holderName]*written {
	all := map[holderName]*written{}
	for _, c := range r.Computers {
		all[holderName{HolderComputer, c.ID}] = &c.Envelope
	}
	if r.Kit != nil {
		all[holderName{HolderKit, r.Kit.ID}] = &r.Kit.Envelope
	}
	for i := range r.Links {
		all[holderName{HolderLink, r.Links[i].ID}] = &r.Links[i].Envelope
	}
	return all
}

// putEnvelope seals the register key to a holder that the register lists.
func (c *change) putEnvelope(kind HolderKind, id string, public vault.Public) error {
	sealed, err := vault.SealKey(c.key, public, envelopePlace(c.Practice, kind, id))
	if err != nil {
		return err
	}
	e := Envelope{Kind: kind, Holder: id, Sealed: sealed}
	*c.holders()[holderName{kind, id}] = writtenOf(e)
	return c.tx.PutEnvelope(e)
}

// putAllEnvelopes writes the envelopes of all holders anew, and no others.
func (c *change) putAllEnvelopes() error {
	if err := c.tx.DeleteEnvelopes(); err != nil {
		return err
	}
	for _, k := range c.Computers {
		if err := c.putEnvelope(HolderComputer, k.ID, k.Public); err != nil {
			return err
		}
	}
	for _, l := range c.Links {
		if err := c.putEnvelope(HolderLink, l.ID, l.Public); err != nil {
			return err
		}
	}
	if c.Kit == nil {
		return nil
	}
	return c.putEnvelope(HolderKit, c.Kit.ID, c.Kit.Public)
}
