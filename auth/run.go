package auth

import (
	"anteroom/auth/keyring"
	"anteroom/auth/vault"
)

// newRun is a practice that the kit opens without a keyring.
func newRun(d Deps, store Store, id string, rcpt recipient, key vault.Key) *Practice {
	d.Keyring = &keyring.Memory{}
	p := newPractice(d, store, id, rcpt, key)
	p.computer = newID()
	return p
}

// ForThisRun says that the kit opened the practice without this computer's
// keyring: the next start needs the kit again.
func (p *Practice) ForThisRun() bool { return p.currentRecipient().kind == RecipientKit }
