package auth

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"anteroom/auth/scram"
)

// Shared is a Store that several computers share: a database on a server. Each computer
// has a role of its own there, but for the one that owns the database.
type Shared interface {
	Store
	Clock
	// Role is the role of this computer; "": it owns the database, and makes the roles.
	Role() string
	// Invite lets who knows the password of that verifier make one role, until then.
	Invite(ctx context.Context, name, verifier string, until time.Time) error
	// WithdrawInvite takes that back.
	WithdrawInvite(ctx context.Context, name string) error
	// AdmitKit lets a recovery kit make roles, as many as there are, and no other one; the
	// zero value: none.
	AdmitKit(ctx context.Context, kit KitAccess) error
	// Desks are the roles of computers that can sign in.
	Roles(ctx context.Context) ([]string, error)
	// Part shuts the role of a computer for good, and returns when none of its
	// connections is left; ErrBusy: it can't be told.
	RevokeRole(ctx context.Context, role string) error
}

// KitAccess is what a server knows of a recovery kit: how it is called there, and what
// proves who has it (a verifier of SCRAM-SHA-256, RFC 5802 §3). Who has that could pass for
// the server (§9), so it is sealed where only who is signed in opens it.
type KitAccess struct {
	Name     string `json:"name"`
	Verifier string `json:"verifier"`
}

// shared is the practice's database on a server; nil: it lies on this computer only.
func (p *Practice) shared() Shared {
	of := p.store
	if s, ok := of.(*sharedStore); ok {
		of = s.Store
	}
	shared, _ := of.(Shared)
	return shared
}

// owner is shared where this computer owns the database.
func (p *Practice) owner() Shared {
	if s := p.shared(); s != nil && s.Role() == "" {
		return s
	}
	return nil
}

// mayInvite refuses to make what lets computers in where the server does not take it.
func (p *Practice) mayInvite() error {
	if p.isDesk() {
		return ErrAtServer
	}
	return nil
}

// invite has the server let a linking code in, if the practice is on one.
func (p *Practice) invite(ctx context.Context, name, password string, until time.Time) error {
	owner := p.owner()
	if owner == nil {
		return nil
	}
	verifier, err := scram.Verifier(password)
	if err != nil {
		return err
	}
	return owner.Invite(ctx, name, verifier, until)
}

// withdrawInvite takes back what invite made, of no use by now. It ends by itself, too.
func (p *Practice) withdrawInvite(ctx context.Context, name string) {
	owner := p.owner()
	if owner == nil {
		return
	}
	if err := owner.WithdrawInvite(context.WithoutCancel(ctx), name); err != nil {
		slog.Warn("the role of a linking code stays until that is over", "error", err)
	}
}

// revokeUnlistedRoles shuts the desks that the register does not have, where this computer owns the
// database. It can be done at any later start.
func (p *Practice) revokeUnlistedRoles(ctx context.Context) {
	owner := p.owner()
	if owner == nil {
		return
	}
	if err := p.revokeOtherRoles(ctx, owner, ""); err != nil {
		slog.Warn("the server's roles are not all as the register says", "error", err)
	}
}

// revokeOtherRoles shuts the roles of all computers but those of the register, and of one of
// those: what that says of itself is not asked. The server is asked first: who finished
// linking in between is in the register. The own role is not shut either: that of a run
// that the kit opened is not in the register.
func (p *Practice) revokeOtherRoles(ctx context.Context, server Shared, but string) error {
	roles, err := server.Roles(ctx)
	if err != nil {
		return err
	}
	stay := []string{server.Role()}
	err = p.view(ctx, func(r *register, _ anchor) error {
		for _, c := range r.Computers {
			if c.ID != but {
				stay = append(stay, c.Role)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, role := range roles {
		if !slices.Contains(stay, role) {
			err = errors.Join(err, server.RevokeRole(ctx, role))
		}
	}
	return err
}

// noteServer notes which role a computer has where the practice lies, and which computer
// owns that place. It is so each time that something is written.
func (c *change) noteServer(p *Practice) {
	shared, own := p.shared(), c.computer(p.computer)
	switch {
	case shared == nil:
		c.Server = ""
		for _, k := range c.Computers {
			k.Role = ""
		}
	case own == nil: // a run that the kit opened
	case shared.Role() == "":
		c.Server, own.Role = own.ID, ""
	default:
		own.Role = shared.Role()
	}
}

// mayChangeAccess refuses who may not change which computers come in, before anything is
// done on a server.
func (s *Session) mayChangeAccess(ctx context.Context) error {
	return s.viewAs(ctx, s.steppedUpAdmin, func(*register, *user) error { return nil })
}

// revokeRole shuts the role of a computer that is about to be unlinked: the other way round a
// computer that nobody lists any more could go on.
func (s *Session) revokeRole(ctx context.Context, id string) error {
	shared := s.p.shared()
	if shared == nil {
		return nil
	}
	err := s.viewAs(ctx, s.steppedUpAdmin, func(r *register, _ *user) error {
		switch {
		case r.computer(id) == nil:
			return ErrNotFound
		case id == s.p.computer:
			return ErrThisComputer
		case id == r.Server:
			return ErrAtServer
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.p.revokeOtherRoles(ctx, shared, id)
}

// Leave takes this computer off a practice that lies on a server, and ends the session:
// the practice is re-keyed, as when another one unlinks it, and its role is shut. Nothing
// of the practice's is left in this account's keyring. The computer that owns the server's
// database stays: ErrAtServer. It needs step-up.
func (s *Session) Leave(ctx context.Context, progress Progress) error {
	if err := s.mayChangeAccess(ctx); err != nil {
		return err
	}
	shared := s.p.shared()
	if shared == nil || shared.Role() == "" {
		return ErrAtServer
	}
	err := s.admin(ctx, true, func(c *change, me *user) error {
		return s.unlink(c, me, s.p.computer, progress)
	})
	if err != nil {
		return err
	}
	s.Forget()
	if err := shared.RevokeRole(context.WithoutCancel(ctx), shared.Role()); err != nil {
		slog.Warn("the role of this computer is not shut", "error", err) // its password is forgotten
	}
	s.p.forget(context.WithoutCancel(ctx))
	return nil
}

// forget removes what this account's keyring has of the practice.
func (p *Practice) forget(ctx context.Context) {
	for _, item := range []string{bindingItem(p.id, p.computer), anchorItem(p.id), folderItem(p.deps.Location)} {
		if err := p.keyring.Delete(ctx, item); err != nil {
			slog.Warn("an item stays in the keyring", "error", err) // it opens nothing any more
		}
	}
}

// ServerName is the name of the computer that owns the server's database; "": there is none,
// or it can't be read now.
func (p *Practice) ServerName(ctx context.Context) (name string) {
	err := p.view(ctx, func(r *register, _ anchor) error {
		name = r.computerName(r.Server)
		return nil
	})
	if err != nil {
		slog.Warn("the name of the server's computer can't be read", "error", err)
	}
	return name
}

// Snapshot tells the practice's data as it is now from any other: what two desks of one
// server see must be the same.
type Snapshot struct {
	Sum    []byte // SHA-256 of the sealed register
	Change int64  // its version
	Server string // the name of the computer that owns the server's database; "": there is none
}

// Snapshot reads it as it is now. For admins.
func (s *Session) Snapshot(ctx context.Context) (Snapshot, error) {
	var state Snapshot
	err := s.p.view(ctx, func(r *register, found anchor) error {
		if _, err := s.adminMe(r); err != nil {
			return err
		}
		state = Snapshot{Sum: found.Hash, Change: r.Version, Server: r.computerName(r.Server)}
		return nil
	})
	return state, err
}
