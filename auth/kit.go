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

// The recovery kit is a recipient whose private half is derived from what is printed on
// one page. It opens everything: it links a computer and, as a last resort, resets an
// admin's sign-in. Its secret is only on that page.

// A kit or a linking code may be typed with a mistake, which is found by check symbols
// before any key is tried.
type (
	// TypoError says in which group there is a typing mistake.
	TypoError = vault.TypoError
	// LengthError says that too little or too much was typed.
	LengthError = vault.LengthError
)

var (
	// ErrPrinted is in every error about what was typed.
	ErrPrinted = vault.ErrPrinted
	// ErrChecksum says that there is a mistake, but not in which group.
	ErrChecksum = vault.ErrChecksum
)

// kit is what the register keeps of the recovery kit.
type kit struct {
	ID        string       `json:"id"`
	Public    vault.Public `json:"public"`
	Since     time.Time    `json:"since"`
	ValidFrom time.Time    `json:"counts"`           // when it was confirmed
	By        string       `json:"by"`               // the admin's user id
	Records   []byte       `json:"records"`          // the records key, sealed to Public
	Access    []byte       `json:"access,omitempty"` // the KitAccess, sealed with the records key; none: made before there were servers
	Envelope  envelopeHash `json:"envelope"`
}

// Kit is a recovery kit that is being made. It has no effect before Session.ConfirmKit.
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

// mayMakeKit asks for step-up, but not right after the set-up of the practice, which
// authenticated the user just as well.
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

// ConfirmKit makes a kit valid once its last group was typed from the printed page. If
// there was a kit before, the practice gets new keys: the earlier kit only opens older
// copies. A wrong group is a FieldError, a kit whose secret was wiped ErrNotFound; if
// another kit was confirmed meanwhile it is ErrConflict. It needs what NewKit needs.
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
		s.p.setRecipient(recipient{RecipientKit, k.id, private}) // the kit that opened this run does not open it any more
	}
	if owner := s.p.owner(); owner != nil {
		s.p.admitting.Lock()
		defer s.p.admitting.Unlock()
		return owner.AdmitKit(context.WithoutCancel(ctx), access) // a second call repeats it
	}
	return nil
}

// admitKit gives the server the access data of the register's kit, if this computer owns
// the database: the program may have been killed before, or the server's roles were lost.
// An error is only logged, because each sign-in tries again.
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

// accessOf derives what a server knows of a kit.
func accessOf(secret vault.KitSecret) (KitAccess, error) {
	name, password := secret.Access()
	verifier, err := scram.Verifier(password)
	return KitAccess{name, verifier}, err
}

// sealAccess seals what a server knows of the kit with the records key.
func (k *kit) sealAccess(practice string, records vault.Key, access KitAccess) {
	plain, err := json.Marshal(access)
	if err != nil {
		panic(fmt.Sprintf("auth: a kit's access: %v", err)) // unreachable: two texts
	}
	k.Access = records.Seal(plain, kitAccessAAD(practice, k.ID))
}

// access opens what sealAccess sealed; zero if there is none, or it has another key.
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

// setRecipient sets what opens the register key from now on.
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
