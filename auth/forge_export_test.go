package auth

import (
	"context"

	"anteroom/auth/vault"
)

// envTx keeps the envelopes that a forger makes.
type envTx struct {
	Tx
	out []Envelope
}

func (t *envTx) DeleteEnvelopes() error       { t.out = nil; return nil }
func (t *envTx) PutEnvelope(e Envelope) error { t.out = append(t.out, e); return nil }

// Forge is what somebody can make who once could open the register (an old copy and the
// binding of then), and sees the clear columns of the database of now.
func Forge(ctx context.Context, old Store, kr Keyring, version, count int64, link []byte) (SealedRow, []Envelope, error) {
	first, err := readFirst(ctx, old)
	if err != nil {
		return SealedRow{}, nil, err
	}
	rcpt, err := findBinding(ctx, kr, first.practice, first.envelopes)
	if err != nil {
		return SealedRow{}, nil, err
	}
	key, err := rcpt.open(first.practice.ID, first.envelopes)
	if err != nil {
		return SealedRow{}, nil, err
	}
	r, err := openRegister(key, first.practice.ID, first.row)
	if err != nil {
		return SealedRow{}, nil, err
	}
	tx := &envTx{}
	c := &change{register: r, tx: tx, key: vault.NewKey()}
	c.dropComputer(rcpt.id)
	c.Sessions = nil
	c.Version = version + 1
	c.Log = logHead{Count: count, Link: link}
	c.newLogKey()
	records := vault.NewKey()
	for _, u := range c.Users {
		if err := c.sealRecords(u, records); err != nil {
			return SealedRow{}, nil, err
		}
	}
	if err := c.putAllEnvelopes(); err != nil {
		return SealedRow{}, nil, err
	}
	row, err := c.seal(c.key)
	return row, tx.out, err
}

// LinkKey is the register key that a linking code opens in a copy.
func LinkKey(ctx context.Context, s Store, text string) (vault.Key, error) {
	secret, err := vault.ParseLink(text)
	if err != nil {
		return vault.Key{}, err
	}
	first, err := readFirst(ctx, s)
	if err != nil {
		return vault.Key{}, err
	}
	_, key, err := openAny(first, RecipientLink, secret.DeriveKeyPair(first.practice.ID))
	return key, err
}

// OpensWith says whether a register opens with a key.
func OpensWith(k vault.Key, practice string, row SealedRow) bool {
	_, err := openRegister(k, practice, row)
	return err == nil
}
