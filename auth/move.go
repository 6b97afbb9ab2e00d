package auth

import (
	"context"
	"errors"
	"fmt"
)

// SignedInError says who else is signed in.
type SignedInError struct{ Names []string }

func (e *SignedInError) Error() string { return fmt.Sprintf("%d others are signed in", len(e.Names)) }

// Others are the names of who is signed in besides, at whatever computer. For admins.
func (s *Session) Others(ctx context.Context) ([]string, error) {
	var names []string
	err := s.adminView(ctx, func(r *register, _ *user) error {
		names = s.others(r)
		return nil
	})
	return names, err
}

func (s *Session) others(r *register) []string {
	return r.signedIn(func(o openSession) bool { return o.ID != s.entry() })
}

// Move copies the practice to another location, where it is from then on. put is called at
// most once, while nobody else writes: it copies all rows of from into a fresh database,
// calls finish on that, which writes a register in which nobody is signed in, and returns
// nil once the other location is in use. If put returns an error it must have changed
// nothing, and the practice stays here. After success, close this Practice. While others
// are signed in it is a *SignedInError, unless out says to sign them out. It needs step-up.
func (s *Session) Move(ctx context.Context, out bool, put func(from Reader, finish func(Store) error) error) error {
	moved, taken := false, errors.New("moved")
	err := s.p.store.Update(ctx, func(tx Tx) error {
		if long, ok := tx.(interface{ TakeTime() error }); ok {
			if err := long.TakeTime(); err != nil {
				return err
			}
		}
		o, err := s.p.readNow(tx, s.p.newest())
		if err != nil {
			return err
		}
		me, err := s.mayMove(o.register, out)
		if err != nil {
			return err
		}
		err = put(tx, func(fresh Store) error { return s.moveIn(ctx, fresh, o, me) })
		if moved = err == nil; moved {
			return taken // nothing was changed here, so there is nothing to commit
		}
		return err
	})
	if moved {
		s.Forget()
		_ = s.p.distrust(ErrReplaced)
		return nil
	}
	return err
}

func (s *Session) mayMove(r *register, out bool) (*user, error) {
	me, err := s.steppedUpAdmin(r)
	if err != nil {
		return nil, err
	}
	if names := s.others(r); len(names) > 0 && !out {
		return nil, &SignedInError{names}
	}
	return me, nil
}

// moveIn makes a copy the newest state of the practice.
func (s *Session) moveIn(ctx context.Context, fresh Store, o opened, me *user) error {
	there := newPractice(s.p.deps, fresh, s.p.id, s.p.currentRecipient(), o.key)
	there.computer = s.p.computer
	var kit KitAccess
	err := fresh.Update(ctx, func(tx Tx) error {
		c, err := o.changeCopy(tx, s.p.now())
		if errors.Is(err, ErrConflict) {
			return fmt.Errorf("the copy has another register: %w", ErrDamaged)
		}
		if err != nil {
			return err
		}
		if c.Kit != nil {
			records, err := s.recordsKey(c.register, me)
			if err != nil {
				return err
			}
			kit = c.Kit.access(c.Practice, records)
		}
		c.Sessions = nil
		c.note(Entry{Event: EventPracticeMoved, By: me.ID})
		if len(c.Links) > 0 { // the other location does not have their roles
			c.Links = nil
			if err := c.newRegisterKey(); err != nil {
				return err
			}
		}
		_, err = c.write(there)
		return err
	})
	if owner := there.owner(); err == nil && owner != nil {
		err = owner.AdmitKit(ctx, kit)
	}
	return err
}
