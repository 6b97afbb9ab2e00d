package auth

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"anteroom/auth/totp"
	"anteroom/auth/vault"
)

// An old register comes from a backup, or from a rollback that somebody accepted with
// the kit. Codes that were used since, and access that was revoked since, must not
// become valid again, and the old register can't tell which these are. So the practice
// continues with a new register that takes over only the fields named here. A field
// that is added later is dropped until somebody decides that it may be taken over.

// adoption says how an old register is taken over.
type adoption struct {
	computer string    // the one that stays linked
	records  vault.Key // the records key of then
	seen     anchor    // what this account saw last; zero: nothing
	present  *register // whose place it takes, where that can be read; nil
	forked   bool      // the present is of the same lineage, and a copy that went its own way
}

// pastLineage is an earlier lineage, and the version up to which it was known when this
// one began. It may have been continued elsewhere.
type pastLineage struct {
	Lineage string `json:"lineage"`
	Version int64  `json:"version"`       // this one was the base of the register, or compared with it; 0: none
	Seen    int64  `json:"seen,omitzero"` // the version that the account had seen which began the new lineage
}

// UnmarshalJSON also reads a lineage without versions, as earlier releases wrote it.
func (p *pastLineage) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		*p = pastLineage{}
		return json.Unmarshal(b, &p.Lineage)
	}
	type plain pastLineage
	return json.Unmarshal(b, (*plain)(p))
}

// adopt continues the practice from the change's register, which is an old one, in a
// new lineage and under new keys. One computer stays linked, everyone has to sign in
// again, and codes that were handed out or used are void.
func (c *change) adopt(a adoption) error {
	c.register = c.successor(a, c.now)
	return c.rekey(a.records, nil)
}

// successor builds the register that continues an old one.
func (r *register) successor(a adoption, now time.Time) *register {
	// Users and policy come from the present register, unless r is the newer one.
	access, other, forked := r, a.present, false
	switch {
	case other == nil:
		other = &register{}
	case a.forked || !r.supersedes(other):
		forked = a.forked || !other.supersedes(r)
		access, other = other, r
	}
	until := a.spentUntil(now)
	next := &register{
		Format: registerFormat, Practice: r.Practice, Lineage: newID(), Past: a.pastLineages(r), Spent: until,
		Version: r.Version, Changed: r.Changed, Since: r.Since, Name: r.Name, Zone: r.Zone, Backup: r.Backup,
		Log: r.Log, LogKeys: r.LogKeys, Keys: r.Keys,
		Policy: access.Policy, News: access.News, Guesses: access.Guesses, UnknownNamesKey: access.UnknownNamesKey,
		Kit: r.Kit,
	}
	if access.Kit != nil { // a kit that was replaced stays so
		next.Kit = access.Kit
	}
	if k := r.computer(a.computer); k != nil {
		next.Computers = []*computer{k.carryOver()}
	}
	for _, u := range access.Users {
		next.Users = append(next.Users, u.carryOver(other.userByID(u.ID), a.computer, until))
	}
	if forked {
		next.takeStricter(other)
	}
	if other == r {
		next.addForgotten(r, a.computer, until)
	}
	return next
}

// takeStricter is for two registers of which neither continues the other: it takes over
// what is stricter in the other one, deactivated users and failures. The last admin
// stays active.
func (r *register) takeStricter(other *register) {
	for _, u := range r.Users {
		o := other.userByID(u.ID)
		if o == nil {
			continue
		}
		if o.Codes.Count > u.Codes.Count {
			u.Codes = o.Codes
		}
		if !o.Active && !r.isLastAdmin(u) {
			u.deactivate()
		}
	}
}

// supersedes says that r has every change that o has.
func (r *register) supersedes(o *register) bool {
	return r.Lineage == o.Lineage && r.Version > o.Version || r.pastLineageOf(o.Lineage).Version >= o.Version
}

// accountsFor says that nothing that was used up before the anchor a is valid in r, which
// is of another lineage: whoever began it had seen that state, or voided it later.
func (r *register) accountsFor(a anchor) bool {
	p := r.pastLineageOf(a.Lineage)
	return p.Lineage != "" && (max(p.Version, p.Seen) >= a.Version || a.Changed.Before(r.Spent))
}

// pastLineageOf is what r knows of an earlier lineage; zero: nothing.
func (r *register) pastLineageOf(lineage string) pastLineage {
	if i := slices.IndexFunc(r.Past, func(p pastLineage) bool { return p.Lineage == lineage }); i >= 0 {
		return r.Past[i]
	}
	return pastLineage{}
}

// pastLineages are those that a successor of r continues or replaces.
func (a adoption) pastLineages(r *register) []pastLineage {
	all := append(slices.Clone(r.Past), pastLineage{Lineage: r.Lineage, Version: r.Version})
	if n := a.present; n != nil {
		all = append(append(all, n.Past...), pastLineage{Lineage: n.Lineage, Version: n.Version})
	}
	var out []pastLineage
	for _, p := range append(all, pastLineage{Lineage: a.seen.Lineage, Seen: a.seen.Version}) {
		i := slices.IndexFunc(out, func(o pastLineage) bool { return o.Lineage == p.Lineage })
		switch {
		case p.Lineage == "":
		case i < 0:
			out = append(out, p)
		default:
			out[i].Version, out[i].Seen = max(out[i].Version, p.Version), max(out[i].Seen, p.Seen)
		}
	}
	return out
}

// spentUntil is the time until which codes may have been used: now, or the newest event
// that this account has seen stored, if the clock was put back since. If it is behind by
// more than clockLost, the clock is believed: whoever adopts the register confirms it.
func (a adoption) spentUntil(now time.Time) time.Time {
	if ahead := a.seen.Changed.Sub(now); ahead > 0 && ahead <= clockLost {
		return a.seen.Changed
	}
	return now
}

// addForgotten adds users who are only in the old register, because records may name
// them. One whose username belongs to somebody else by now is deactivated.
func (r *register) addForgotten(past *register, computer string, until time.Time) {
	for _, u := range past.Users {
		if r.userByID(u.ID) != nil {
			continue
		}
		made := u.carryOver(nil, computer, until)
		made.NewsSeen = 0 // of other news
		if r.userByName(u.Username) != nil {
			made.deactivate()
		}
		r.Users = append(r.Users, made)
	}
}

// carryOver is the user in the new register: without sessions, trusts, recovery codes
// (the next sign-in with an Auth Code makes new ones) and one-time secrets of an admin.
// other is the same user in the other of the two registers.
func (u *user) carryOver(other *user, computer string, until time.Time) *user {
	next := &user{
		ID: u.ID, Name: u.Name, Username: u.Username, Role: u.Role, Active: u.Active, Epoch: u.Epoch + 1,
		Password: u.Password.carryOver(), Public: u.Public,
		Codes: u.Codes, Offsets: u.offsetsAt(computer), Reset: u.Reset.carryOver(),
		PasswordReset: u.PasswordReset, LastSignIn: u.LastSignIn, NewsSeen: u.NewsSeen,
	}
	if !u.Password.OneTime {
		next.Private, next.Records = u.Private, u.Records
	}
	if u.Authenticator != nil {
		next.Authenticator = u.Authenticator.carryOver(until, max(u.ahead(), other.ahead()))
	}
	if other != nil {
		next.Epoch = max(next.Epoch, other.Epoch+1)
		next.Authenticator.useUp(other.Authenticator)
	}
	return next
}

// carryOver is the password in the new register. A one-time password is void: it may
// have been changed since.
func (p password) carryOver() password {
	next := password{Salt: p.Salt, Cost: p.Cost, OneTime: p.OneTime}
	if !p.OneTime {
		next.Verifier = p.Verifier
	}
	return next
}

// carryOver is the authenticator in the new register: all codes count as used that the
// phone can have shown until then, or one step later. ahead is how many steps the phone
// is ahead of a computer's clock.
func (a *authenticator) carryOver(until time.Time, ahead totp.Step) *authenticator {
	return &authenticator{Secret: a.Secret, Last: max(a.Last, totp.StepAt(until)+ahead+1), Since: a.Since}
}

// useUp marks the steps as used that another register's copy of a has as used.
func (a *authenticator) useUp(other *authenticator) {
	if a != nil && other != nil && bytes.Equal(a.Secret, other.Secret) {
		a.Last = max(a.Last, other.Last)
	}
}

// ahead is the largest known number of steps by which u's phone is ahead of a
// computer's clock.
func (u *user) ahead() (most totp.Step) {
	if u == nil {
		return 0
	}
	for _, o := range u.Offsets {
		most = max(most, o.Steps)
	}
	return most
}

// offsetsAt are u's offsets to the clocks of one computer and of a server.
func (u *user) offsetsAt(computer string) []clockOffset {
	var at []clockOffset
	for _, o := range u.Offsets {
		if o.Computer == computer || o.Computer == serverClock {
			at = append(at, o)
		}
	}
	return at
}

// carryOver is the reset in the new register: a hand-over code is still asked for, but
// none is valid any more.
func (r *reset) carryOver() *reset {
	if r == nil {
		return nil
	}
	next := &reset{At: r.At, By: r.By}
	if r.Code != nil {
		next.Code = &hashedCode{}
	}
	return next
}

// carryOver is the computer that stays linked.
func (k *computer) carryOver() *computer {
	return &computer{
		ID: k.ID, Name: k.Name, Account: k.Account, Public: k.Public, Since: k.Since, LastUsed: k.LastUsed,
		Folder: k.Folder, People: k.People, Envelope: k.Envelope,
	}
}
