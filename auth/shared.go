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
// has a role of its own there, except for the one that owns the database.
type Shared interface {
	Store
	Clock
	// Role is this computer's role; "": it owns the database, and makes the roles.
	Role() string
	// Invite allows making one role with the password of that verifier, until a time.
	Invite(ctx context.Context, name, verifier string, until time.Time) error
	// WithdrawInvite ends that.
	WithdrawInvite(ctx context.Context, name string) error
	// AdmitKit allows one recovery kit to make any number of roles, and no other kit any
	// more; the zero value: none.
	AdmitKit(ctx context.Context, kit KitAccess) error
	// Roles are the roles of computers that can sign in.
	Roles(ctx context.Context) ([]string, error)
	// RevokeRole revokes a computer's role for good, and returns when none of its
	// connections is left; ErrBusy: it can't be told whether that is so.
	RevokeRole(ctx context.Context, role string) error
}

// KitAccess is what a server knows of a recovery kit: its role's name, and the SCRAM-SHA-256
// verifier of its password (RFC 5802 §3). With that verifier somebody could pretend to be
// the server (§9), so it is sealed with the records key.
type KitAccess struct {
	Name     string `json:"name"`
	Verifier string `json:"verifier"`
}

// shared is the practice's database on a server; nil: it is on this computer only.
func (p *Practice) shared() Shared {
	of := p.store
	if s, ok := of.(*sharedStore); ok {
		of = s.Store
	}
	shared, _ := of.(Shared)
	return shared
}

// owner is shared if this computer owns the database, else nil.
func (p *Practice) owner() Shared {
	if s := p.shared(); s != nil && s.Role() == "" {
		return s
	}
	return nil
}

// mayInvite is ErrAtServer where another computer owns the server's database.
func (p *Practice) mayInvite() error {
	if p.isDesk() {
		return ErrAtServer
	}
	return nil
}

// invite makes a linking code's role on the server, if the practice is on one.
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

// withdrawInvite removes the role that invite made. It also expires by itself.
func (p *Practice) withdrawInvite(ctx context.Context, name string) {
	owner := p.owner()
	if owner == nil {
		return
	}
	if err := owner.WithdrawInvite(context.WithoutCancel(ctx), name); err != nil {
		slog.Warn("the role of a linking code stays until that is over", "error", err)
	}
}

// revokeUnlistedRoles revokes the roles of computers that the register does not list, if
// this computer owns the database. An error is only logged: each start tries again.
func (p *Practice) revokeUnlistedRoles(ctx context.Context) {
	owner := p.owner()
	if owner == nil {
		return
	}
	if err := p.revokeOtherRoles(ctx, owner, ""); err != nil {
		slog.Warn("the server's roles are not all as the register says", "error", err)
	}
}

// revokeOtherRoles revokes all roles except those of the register's computers; but is a
// computer whose role is revoked although the register lists it. The server is asked
// first, so that a computer that finishes linking in between is in the register when that
// is read. This computer's own role stays: in a run that the kit opened the register does
// not list it.
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

// noteServer notes this computer's role on the server, and which computer owns the
// server's database. It is part of every change.
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

// mayChangeAccess asks for a Practice Admin who has stepped up, before anything is done on a
// server.
func (s *Session) mayChangeAccess(ctx context.Context) error {
	return s.viewAs(ctx, s.steppedUpAdmin, func(*register, *user) error { return nil })
}

// revokeRole revokes the role of a computer before it is unlinked: after a crash in between
// it is still listed, instead of connected although nobody lists it.
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

// Leave unlinks this computer from a practice on a server, and ends the session: the
// practice gets new keys, this computer's role is revoked, and the practice's items are
// removed from this account's keyring. The computer that owns the server's database can't
// leave: ErrAtServer. It needs step-up.
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
		slog.Warn("the role of this computer is not revoked", "error", err) // its password is forgotten
	}
	s.p.forget(context.WithoutCancel(ctx))
	return nil
}

// forget removes the practice's items from this account's keyring.
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

// Snapshot identifies a state of the practice's data: two computers of one server must see
// the same.
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
