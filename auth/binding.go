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

// A computer's binding is the private half of its key pair, in the OS keyring. It opens
// the register, which is enough to check a password, but no patient's record.

// bindingCheck is the length in bytes of the checksum after a private half. It tells a
// damaged item from one of another practice.
const bindingCheck = 8

func bindingSum(private []byte, practice, computer string) []byte {
	sum := sha256.Sum256([]byte("anteroom binding\x00" + practice + "\x00" + computer + "\x00" + string(private)))
	return sum[:bindingCheck]
}

func encodeBinding(private vault.Private, practice, computer string) string {
	b := private.Bytes()
	return strictBase64.EncodeToString(append(b, bindingSum(b, practice, computer)...))
}

// decodeBinding reads what encodeBinding wrote; otherwise keyring.ErrDamaged.
func decodeBinding(text, practice, computer string) (vault.Private, error) {
	raw, err := strictBase64.DecodeString(text)
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

// recipient is what opens the register key here: this computer's binding or, for one
// run, the recovery kit.
type recipient struct {
	kind    RecipientKind
	id      string
	private vault.Private
}

// open opens the register key that lies sealed to this recipient. No envelope is
// ErrNotLinked, one that does not open ErrDamaged.
func (rcpt recipient) open(practice string, envelopes []Envelope) (vault.Key, error) {
	for _, e := range envelopes {
		if e.Kind != rcpt.kind || e.Recipient != rcpt.id {
			continue
		}
		key, err := rcpt.private.OpenKey(e.Sealed, envelopeAAD(practice, e.Kind, e.Recipient))
		if err != nil {
			return vault.Key{}, fmt.Errorf("open envelope: %w", ErrDamaged)
		}
		return key, nil
	}
	return vault.Key{}, ErrNotLinked
}

// anchorKey authenticates this account's anchor. It is derived from the binding, so
// anchors stay valid when the practice gets new keys.
func (rcpt recipient) anchorKey() vault.Key { return rcpt.private.Subkey("mark") }

// readBinding reads the binding of one computer: keyring.ErrNotFound if this
// account has none, keyring.ErrDamaged if it can't be read.
func readBinding(ctx context.Context, kr Keyring, practice, computer string) (recipient, error) {
	text, err := kr.Get(ctx, bindingItem(practice, computer))
	if err != nil {
		return recipient{}, fmt.Errorf("read binding: %w", err)
	}
	private, err := decodeBinding(text, practice, computer)
	if err != nil {
		return recipient{}, fmt.Errorf("read binding: %w", err)
	}
	return recipient{RecipientComputer, computer, private}, nil
}

// findBinding finds, among the computers that have an envelope, the one whose binding
// this account has. None is a *NotLinkedError.
func findBinding(ctx context.Context, kr Keyring, practice PracticeRow, envelopes []Envelope) (recipient, error) {
	var none error = &NotLinkedError{Practice: practice.Name}
	for _, e := range envelopes {
		if e.Kind != RecipientComputer {
			continue
		}
		rcpt, err := readBinding(ctx, kr, practice.ID, e.Recipient)
		switch {
		case err == nil:
			return rcpt, nil
		case errors.Is(err, keyring.ErrDamaged):
			none = err // another one may be whole
		case !errors.Is(err, keyring.ErrNotFound):
			return recipient{}, err
		}
	}
	return recipient{}, none
}

// envelopeAAD binds the register key's envelope to its recipient.
func envelopeAAD(practice string, kind RecipientKind, holder string) vault.AAD {
	return vault.AAD{Practice: practice, Table: "envelope", Row: holder, Clear: []string{string(kind)}}
}

// envelopeHash is the SHA-256 of an envelope. The register keeps it, so that an envelope
// that somebody added, removed or changed in the database is noticed.
type envelopeHash []byte

func hashEnvelope(e Envelope) envelopeHash {
	sum := sha256.Sum256(e.Sealed)
	return sum[:]
}

// envelopesMatch says whether these are exactly the envelopes that the register lists.
func (r *register) envelopesMatch(envelopes []Envelope) bool {
	known := r.recipients()
	if len(envelopes) != len(known) {
		return false
	}
	for _, e := range envelopes {
		if sum, ok := known[recipientID{e.Kind, e.Recipient}]; !ok || !bytes.Equal(*sum, hashEnvelope(e)) {
			return false
		}
	}
	return true
}

// recipientID identifies a recipient.
type recipientID struct {
	kind RecipientKind
	id   string
}

// recipients are all that have an envelope, and what their envelopes must be.
func (r *register) recipients() map[recipientID]*envelopeHash {
	all := map[recipientID]*envelopeHash{}
	for _, c := range r.Computers {
		all[recipientID{RecipientComputer, c.ID}] = &c.Envelope
	}
	if r.Kit != nil {
		all[recipientID{RecipientKit, r.Kit.ID}] = &r.Kit.Envelope
	}
	for i := range r.Links {
		all[recipientID{RecipientLink, r.Links[i].ID}] = &r.Links[i].Envelope
	}
	return all
}

// putEnvelope seals the register key to a recipient that the register lists.
func (c *change) putEnvelope(kind RecipientKind, id string, public vault.Public) error {
	sealed, err := vault.SealKey(c.key, public, envelopeAAD(c.Practice, kind, id))
	if err != nil {
		return err
	}
	e := Envelope{Kind: kind, Recipient: id, Sealed: sealed}
	*c.recipients()[recipientID{kind, id}] = hashEnvelope(e)
	return c.tx.PutEnvelope(e)
}

// putAllEnvelopes writes the envelopes of all recipients again, and no others.
func (c *change) putAllEnvelopes() error {
	if err := c.tx.DeleteEnvelopes(); err != nil {
		return err
	}
	for _, k := range c.Computers {
		if err := c.putEnvelope(RecipientComputer, k.ID, k.Public); err != nil {
			return err
		}
	}
	for _, l := range c.Links {
		if err := c.putEnvelope(RecipientLink, l.ID, l.Public); err != nil {
			return err
		}
	}
	if c.Kit == nil {
		return nil
	}
	return c.putEnvelope(RecipientKit, c.Kit.ID, c.Kit.Public)
}
