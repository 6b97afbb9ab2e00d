package auth

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"anteroom/auth/totp"
	"anteroom/auth/vault"
)

// A register of the past is that of a backup, or of older data that somebody
// accepted with the kit. Nobody can tell all that was spent since, and none of it
// may be good again. So the practice goes on from a new register, built of what is
// named here: a field that a register gets later stays behind until somebody
// decides that it may survive.

// adoption is how a register of the past is taken on.
type adoption struct {
	computer string    // the one that stays linked
	records  vault.Key // the records key of then
	seen     anchor    // what this account saw last; zero: nothing
	present  *register // whose place it takes, where that can be read; nil
	forked   bool      // the present is of the same lineage, and a copy that went its own way
}

// pastLineage is a lineage of before, and how far it was known when it was left: it may
// have gone on elsewhere.
type pastLineage struct {
	Lineage string `json:"lineage"`
	Version int64  `json:"version"`       // the register goes on from this one, or was held against it; 0: from none
	Seen    int64  `json:"seen,omitzero"` // an account that had seen this one vouched
}

// UnmarshalJSON reads a lineage without versions, too, as released versions wrote it.
func (p *pastLineage) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		*p = pastLineage{}
		return json.Unmarshal(b, &p.Lineage)
	}
	type plain pastLineage
	return json.Unmarshal(b, (*plain)(p))
}

// adopt has the practice go on from the change's register, which is one of the
// past, in a new lineage and under new keys. One computer stays linked, everyone
// signs in again, and nothing that was handed out or used up is good any more.
func (c *change) adopt(a adoption) error {
	c.register = c.successor(a, c.now)
	return c.rekey(a.records, nil)
}

// goOn builds the register that goes on from one of the past.
func (r *register) successor(a adoption, now time.Time) *register {
	// The present knows best who may come in, unless the past goes on from it.
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

// takeStricter takes what is stricter of the other of two registers of which neither goes
// on from the other: who was deactivated, and failures. The last admin stays.
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

// supersedes says that r knows all that o does.
func (r *register) supersedes(o *register) bool {
	return r.Lineage == o.Lineage && r.Version > o.Version || r.pastLineageOf(o.Lineage).Version >= o.Version
}

// accountsFor says that nothing that an account spent until its mark is good in r, which is
// of another lineage: whoever began that one had seen as much, or voided it later.
func (r *register) accountsFor(a anchor) bool {
	p := r.pastLineageOf(a.Lineage)
	return p.Lineage != "" && (max(p.Version, p.Seen) >= a.Version || a.Changed.Before(r.Spent))
}

// pastLineageOf is how far r knows a lineage of before; zero: not at all.
func (r *register) pastLineageOf(lineage string) pastLineage {
	if i := slices.IndexFunc(r.Past, func(p pastLineage) bool { return p.Lineage == lineage }); i >= 0 {
		return r.Past[i]
	}
	return pastLineage{}
}

// pastLineages are the lineages that a successor of r goes on from or takes the place of.
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

// spentUntil is until when codes may have been used: now, or as late as this
// account saw something stored, where the clock was put back since. A clock that
// is further behind is lost: whoever opens the past vouches for it.
func (a adoption) spentUntil(now time.Time) time.Time {
	if ahead := a.seen.Changed.Sub(now); ahead > 0 && ahead <= clockLost {
		return a.seen.Changed
	}
	return now
}

// addForgotten adds the users of the past whom the present does not know, for the
// records may name them. Who has a username that somebody else has by now stays out.
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

// carryOver is the user as the past is gone on from: without sessions, trusts, recovery
// codes (the next sign-in with an Auth Code makes new ones) and whatever an admin
// made to be handed over. other is the same user in the other of two registers.
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

// carryOver is the password of a register of the past. One that an admin made to be
// changed proves nothing any more: it may have been.
func (p password) carryOver() password {
	next := password{Salt: p.Salt, Cost: p.Cost, OneTime: p.OneTime}
	if !p.OneTime {
		next.Verifier = p.Verifier
	}
	return next
}

// carryOver is the authenticator of a register of the past: all codes are used up that
// a phone can have shown until then, or that were taken a step early. ahead is by
// how much that phone is ahead of some computer's clock.
func (a *authenticator) carryOver(until time.Time, ahead totp.Step) *authenticator {
	return &authenticator{Secret: a.Secret, Last: max(a.Last, totp.StepAt(until)+ahead+1), Since: a.Since}
}

// useUp uses up what is used up in another register's copy of a.
func (a *authenticator) useUp(other *authenticator) {
	if a != nil && other != nil && bytes.Equal(a.Secret, other.Secret) {
		a.Last = max(a.Last, other.Last)
	}
}

// ahead is by how much u's phone is ahead of a computer's clock, as far as two
// codes showed that.
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

// carryOver is the reset of a register of the past: a hand-over code is asked for as it
// was, and none fits any more.
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
