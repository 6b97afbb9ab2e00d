package auth

import (
	"context"
	"slices"
	"strings"
	"time"

	"anteroom/auth/vault"
)

// computer is one OS account on one machine that holds the register key.
type computer struct {
	ID       string       `json:"id"`
	Name     string       `json:"name"`
	Account  string       `json:"account"`
	Public   vault.Public `json:"public"`
	Since    time.Time    `json:"since"`
	LastUsed time.Time    `json:"lastUsed"`
	Folder   string       `json:"folder,omitempty"` // where its backups go; "": beside the database
	People   []string     `json:"people,omitempty"` // ids of who signed in there, the newest first
	Role     string       `json:"role,omitempty"`   // of it on the practice's server; "": none
	Envelope envelopeHash `json:"envelope"`
}

// maxPeople bounds how many are remembered who signed in at a computer.
const maxPeople = 30

// used notes that a user signed in at the computer.
func (k *computer) used(user string) {
	others := slices.DeleteFunc(k.People, func(id string) bool { return id == user })
	k.People = append([]string{user}, others...)
	k.People = k.People[:min(len(k.People), maxPeople)]
}

// computer is the linked computer of that id, or nil.
func (r *register) computer(id string) *computer {
	for _, c := range r.Computers {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// addComputer links a computer.
func (c *change) addComputer(rcpt recipient, who Computer) error {
	c.Computers = append(c.Computers, &computer{
		ID: rcpt.id, Name: CleanName(who.Name), Account: CleanName(who.Account), Public: rcpt.private.Public(), Since: c.now, LastUsed: c.now,
	})
	return c.putEnvelope(RecipientComputer, rcpt.id, rcpt.private.Public())
}

// dropComputer takes a computer off the register, with its sessions and trusts.
// Its envelope goes with the next putAllEnvelopes.
func (c *change) dropComputer(id string) {
	c.Computers = slices.DeleteFunc(c.Computers, func(o *computer) bool { return o.ID == id })
	c.Sessions = slices.DeleteFunc(c.Sessions, func(o openSession) bool { return o.Computer == id })
	for _, u := range c.Users {
		u.Trusts = slices.DeleteFunc(u.Trusts, func(t trust) bool { return t.Computer == id })
		u.setOffset(id, 0)
	}
}

// ComputerInfo is what an admin sees of a linked computer.
type ComputerInfo struct {
	ID       string
	Name     string // of the machine, or as an admin renamed it
	Account  string // of the OS
	Since    time.Time
	LastUsed time.Time // the newest sign-in there
	This     bool      // this computer
	SignedIn []string  // names of who is signed in there now
}

// Computers lists the linked ones, by name. For admins.
func (s *Session) Computers(ctx context.Context) ([]ComputerInfo, error) {
	var out []ComputerInfo
	err := s.adminView(ctx, func(r *register, _ *user) error {
		for _, c := range r.Computers {
			out = append(out, ComputerInfo{
				ID: c.ID, Name: r.computerName(c.ID), Account: CleanName(c.Account), // of earlier releases too
				Since: c.Since, LastUsed: c.LastUsed,
				This: c.ID == s.p.computer, SignedIn: r.signedInAt(c.ID),
			})
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b ComputerInfo) int {
		return strings.Compare(usernameKey(a.Name), usernameKey(b.Name))
	})
	return out, err
}

// signedInAt are the names of who is signed in at a computer.
func (r *register) signedInAt(computer string) []string {
	return r.signedIn(func(o openSession) bool { return o.Computer == computer })
}

// signedIn are the names of the users of some of the open sessions, each once.
func (r *register) signedIn(isOne func(openSession) bool) []string {
	var names []string
	for _, o := range r.Sessions {
		if name := r.called(o.User); r.userByID(o.User) != nil && isOne(o) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// RenameComputer gives a computer a name that people know it by. It needs step-up.
func (s *Session) RenameComputer(ctx context.Context, id, name string) error {
	name, err := cleanName(FieldComputer, name)
	if err != nil {
		return err
	}
	return s.admin(ctx, true, func(c *change, me *user) error {
		k := c.computer(id)
		if k == nil {
			return ErrNotFound
		}
		k.Name = name
		c.note(Entry{Event: EventComputerRenamed, By: me.ID, Detail: name})
		return nil
	})
}

// Unlink removes a computer: its sessions and trusts end and the practice gets new keys.
// A computer can't unlink itself: ErrThisComputer. It needs step-up. It can be canceled
// until it is done.
//
// On a server the computer's role is revoked first, for good. The computer that owns the
// server's database can't be unlinked: ErrAtServer.
func (s *Session) Unlink(ctx context.Context, id string, progress Progress) error {
	if err := s.revokeRole(ctx, id); err != nil {
		return err
	}
	return s.admin(ctx, true, func(c *change, me *user) error {
		switch {
		case c.computer(id) == nil:
			return ErrNotFound
		case id == s.p.computer:
			return ErrThisComputer
		}
		return s.unlink(c, me, id, progress)
	})
}

// unlink takes a computer off the register, and gives the practice new keys.
func (s *Session) unlink(c *change, me *user, id string, progress Progress) error {
	records, err := s.recordsKey(c.register, me)
	if err != nil {
		return err
	}
	name := c.computerName(id)
	c.dropComputer(id)
	c.note(Entry{Event: EventUnlinked, By: me.ID, Detail: name})
	c.addNews(NewsUnlinked, me.ID, name, c.now)
	return c.rekey(records, progress)
}
