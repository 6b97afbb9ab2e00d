package auth

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"anteroom/auth/scram"
	"anteroom/auth/vault"
)

// The recovery kit is a holder whose private half is derived from what is
// printed on one page. It opens everything: it links a computer, and as a last
// resort lets an admin in again. Its secret is nowhere but on that page.

// What is typed of a kit or a linking code may have a slip, which is named
// before any key is tried.
type (
	// TypoError says in which group of what was typed there is a slip.
	TypoError = vault.TypoError
	// LengthError says that too little or too much was typed.
	LengthError = vault.LengthError
)

var (
	// ErrPrinted is in every error about what was typed.
	ErrPrinted = vault.ErrPrinted
	// ErrChecksum says that there is a slip that can't be placed.
	ErrChecksum = vault.ErrChecksum
)

// kit is what the register keeps of the recovery kit.
type kit struct {
	ID        string       `json:"id"`
	Public    vault.Public `json:"public"`
	Since     time.Time    `json:"since"`
	ValidFrom time.Time    `json:"counts"`           // since when it does
	By        string       `json:"by"`               // the admin's user id
	Records   []byte       `json:"records"`          // the records key, sealed to Public
	Access    []byte       `json:"access,omitempty"` // the KitAccess, sealed with the records key; none: made before there were servers
	Envelope  envelopeHash `json:"envelope"`
}

// Kit is a recovery kit that is being made. It counts for nothing before
// Session.ConfirmKit.
type Kit struct {
	secret   vault.KitSecret
	id       string
	practice string
	by       string
	made     time.Time
	replaces string // the id of the practice's kit then; "": there was none
}

// Groups are what is printed and typed: eight groups of five characters.
func (k *Kit) Groups() []string { return k.secret.Groups() }

// Number tells this kit's page from those of other kits. It is no secret.
func (k *Kit) Number() string { return kitNumber(k.id) }

func kitNumber(id string) string { return id[:4] + "-" + id[4:8] }

// Practice is the practice's name, for the page.
func (k *Kit) Practice() string { return k.practice }

// By is the name of who makes it, for the page.
func (k *Kit) By() string { return k.by }

// Made is when it was begun.
func (k *Kit) Made() time.Time { return k.made }

// id is the ID of a kit; "" of none.
func (k *kit) id() string {
	if k == nil {
		return ""
	}
	return k.ID
}

// LastGroupIs says whether the last group was typed as it is printed.
func (k *Kit) LastGroupIs(text string) bool { return k.secret.LastGroupIs(text) }

// Forget wipes the secret.
func (k *Kit) Forget() { k.secret.Wipe() }

// justSetUp says that this session set the practice up a moment ago and there
// is no kit yet.
func (s *Session) justSetUp(r *register) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return r.Kit == nil && !s.setUp.IsZero() && elapsed(s.p.now(), s.setUp) < formTime
}

// mayMakeKit refuses who has to prove who they are first. Who has just set the
// practice up has proven it.
func (s *Session) mayMakeKit(r *register) error {
	if !s.justSetUp(r) && !s.fresh() {
		return ErrStepUp
	}
	return nil
}

// kitOverdue says that there is no kit although the practice was not set up today.
func (r *register) kitOverdue(now time.Time) bool { return r.Kit == nil && !sameDay(r.Since, now) }

// NewKit begins to make a recovery kit, for admins. It needs step-up, but not
// for the first one right after the practice was set up. Where the practice is on a server, only
// the computer that owns that can: ErrAtServer.
func (s *Session) NewKit(ctx context.Context) (*Kit, error) {
	var k *Kit
	err := s.adminView(ctx, func(r *register, me *user) error {
		if err := s.p.mayInvite(); err != nil {
			return err
		}
		if err := s.mayMakeKit(r); err != nil {
			return err
		}
		k = &Kit{secret: vault.NewKitSecret(), id: newID(), practice: r.Name, by: me.Name, made: timestamp(s.p.now()), replaces: r.Kit.id()}
		return nil
	})
	return k, err
}

// ConfirmKit makes a kit count, for who types its last group off the page. The
// practice is re-keyed if there was a kit before: that one opens older copies
// only. A wrong group is a FieldError, a kit that was forgotten ErrNotFound; one that
// another kit was faster than is ErrConflict. It needs what NewKit needs.
func (s *Session) ConfirmKit(ctx context.Context, k *Kit, lastGroup string, progress Progress) error {
	secret := k.secret // Forget may come meanwhile
	switch {
	case secret.IsZero():
		return ErrNotFound
	case !secret.LastGroupIs(lastGroup):
		return &FieldError{FieldKit, ProblemDiffers}
	}
	private := secret.DeriveKeyPair(s.p.id)
	access, err := accessOf(secret)
	if err != nil {
		return err
	}
	err = s.admin(ctx, false, func(c *change, me *user) error {
		if c.Kit != nil && c.Kit.ID == k.id {
			return nil // confirmed already
		}
		if c.Kit.id() != k.replaces {
			return ErrConflict
		}
		if err := s.mayMakeKit(c.register); err != nil {
			return err
		}
		records, err := s.recordsKey(c.register, me)
		if err != nil {
			return err
		}
		isFirst, isNews := c.Kit == nil, !s.justSetUp(c.register)
		c.Kit = &kit{ID: k.id, Public: private.Public(), Since: k.made, ValidFrom: c.now, By: me.ID}
		c.Kit.sealAccess(c.Practice, records, access)
		c.note(Entry{Event: EventKitMade, By: me.ID, Detail: k.Number()})
		if isNews {
			c.addNews(NewsKitMade, me.ID, "", c.now)
		}
		if !isFirst {
			return c.rekey(records, progress)
		}
		if err := c.Kit.sealRecords(c.Practice, records); err != nil {
			return err
		}
		return c.putEnvelope(RecipientKit, c.Kit.ID, c.Kit.Public)
	})
	if err != nil {
		return err
	}
	if s.p.ForThisRun() {
		s.p.setRecipient(recipient{RecipientKit, k.id, private}) // the kit that opened this run opens it no more
	}
	if owner := s.p.owner(); owner != nil {
		s.p.admitting.Lock()
		defer s.p.admitting.Unlock()
		return owner.AdmitKit(context.WithoutCancel(ctx), access) // asked again, it is done again
	}
	return nil
}

// admitKit has the server let in the kit that the register has, and no other one, where
// this computer owns the database: the program may have been killed before it did, or the
// server's roles have been lost. It can be done at any later sign-in.
func (s *Session) admitKit(ctx context.Context) {
	owner := s.p.owner()
	if owner == nil {
		return
	}
	s.p.admitting.Lock() // a kit that is confirmed meanwhile is admitted after this one
	defer s.p.admitting.Unlock()
	var access KitAccess
	err := s.view(ctx, func(r *register, me *user) error {
		if r.Kit == nil || len(r.Kit.Access) == 0 {
			return nil
		}
		records, err := s.recordsKey(r, me)
		if err != nil {
			return err
		}
		if access = r.Kit.access(r.Practice, records); access == (KitAccess{}) {
			return fmt.Errorf("what the server knows of the kit: %w", ErrDamaged)
		}
		return nil
	})
	if err == nil {
		err = owner.AdmitKit(ctx, access)
	}
	if err != nil {
		slog.Warn("the server's role of the recovery kit may not be as the register says", "error", err)
	}
}

// accessOf is what a server knows of a kit.
func accessOf(secret vault.KitSecret) (KitAccess, error) {
	name, password := secret.Access()
	verifier, err := scram.Verifier(password)
	return KitAccess{name, verifier}, err
}

// sealAccess keeps what a server knows of the kit where only who is signed in opens it.
func (k *kit) sealAccess(practice string, records vault.Key, access KitAccess) {
	plain, err := json.Marshal(access)
	if err != nil {
		panic(fmt.Sprintf("auth: a kit's access: %v", err)) // unreachable: two texts
	}
	k.Access = records.Seal(plain, kitAccessAAD(practice, k.ID))
}

// access opens what sealAccess kept; zero where that is not there, or under another key.
func (k *kit) access(practice string, records vault.Key) (access KitAccess) {
	plain, err := records.Open(k.Access, kitAccessAAD(practice, k.ID))
	if err != nil || json.Unmarshal(plain, &access) != nil {
		return KitAccess{}
	}
	return access
}

func kitAccessAAD(practice, id string) vault.AAD {
	return vault.AAD{Practice: practice, Table: "access of the kit", Row: id}
}

// setRecipient says what opens the register key from now on.
func (p *Practice) setRecipient(rcpt recipient) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.recipient = rcpt
}

// currentRecipient is what opens the register key.
func (p *Practice) currentRecipient() recipient {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.recipient
}

// CheckKit says whether a typed key is the practice's kit: nil; ErrKitWrong;
// or what is wrong with how it was typed (ErrPrinted). For admins.
func (s *Session) CheckKit(ctx context.Context, text string) error {
	secret, err := vault.ParseKit(text)
	if err != nil {
		return err
	}
	return s.adminView(ctx, func(r *register, _ *user) error {
		switch {
		case r.Kit == nil:
			return ErrNoKit
		case !bytes.Equal(secret.DeriveKeyPair(r.Practice).Public(), r.Kit.Public):
			return ErrKitWrong
		}
		return nil
	})
}

// KitInfo is what an admin sees of the practice's kit.
type KitInfo struct {
	Made   time.Time // zero: there is none
	By     string
	Number string // as it is printed on the page
	Access bool   // it can connect a computer to a server
}

// Kit reads it as it is now. For admins.
func (s *Session) Kit(ctx context.Context) (KitInfo, error) {
	var info KitInfo
	err := s.adminView(ctx, func(r *register, _ *user) error {
		if r.Kit != nil {
			info = KitInfo{Made: r.Kit.Since, By: r.called(r.Kit.By), Number: kitNumber(r.Kit.ID), Access: len(r.Kit.Access) > 0}
		}
		return nil
	})
	return info, err
}

// sealRecords seals the records key to the kit.
func (k *kit) sealRecords(practice string, records vault.Key) (err error) {
	k.Records, err = vault.SealKey(records, k.Public, kitRecordsAAD(practice, k.ID))
	return err
}

// recordsKey opens the records key with the kit.
func (k *kit) recordsKey(practice string, private vault.Private) (vault.Key, error) {
	key, err := private.OpenKey(k.Records, kitRecordsAAD(practice, k.ID))
	if err != nil {
		return vault.Key{}, fmt.Errorf("open the records key: %w", ErrDamaged) // unreachable: the register is sealed
	}
	return key, nil
}

func kitRecordsAAD(practice, id string) vault.AAD {
	return vault.AAD{Practice: practice, Table: "records key of the kit", Row: id}
}
