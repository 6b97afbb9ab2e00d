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

// findBinding looks through the computers that have an envelope for the one
// that this account is. None is ErrNotLinked.
func findBinding(ctx context.Context, kr Keyring, practice string, envelopes []Envelope) (Envelope, vault.Private, error) {
	for _, e := range envelopes {
		if e.Kind != HolderComputer {
			continue
		}
		text, err := kr.Get(ctx, bindingItem(practice, e.Holder))
		if errors.Is(err, keyring.ErrNotFound) {
			continue
		}
		if err != nil {
			return Envelope{}, vault.Private{}, fmt.Errorf("read binding: %w", err)
		}
		private, err := decodeBinding(text, practice, e.Holder)
		if err != nil {
			return Envelope{}, vault.Private{}, fmt.Errorf("read binding: %w", err)
		}
		return e, private, nil
	}
	return Envelope{}, vault.Private{}, ErrNotLinked
}

// envelopePlace binds the register key's envelope to its holder.
func envelopePlace(practice string, kind HolderKind, holder string) vault.Place {
	return vault.Place{Practice: practice, Table: "envelope", Row: holder, Clear: []string{string(kind)}}
}
