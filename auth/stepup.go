package auth

import (
	"context"
	"time"

	"anteroom/auth/totp"
)

// stepUpTime is how long a step-up is valid.
const stepUpTime = 5 * time.Minute

// StepUpNeed says what StepUp would ask for now.
type StepUpNeed struct {
	Fresh    bool      // nothing: the last step-up is still valid
	Code     bool      // an Auth Code beside the password
	NextCode time.Time // when the app shows a code not used up yet; zero: now
}

// StepUpNeed reads it as it is now.
func (s *Session) StepUpNeed(ctx context.Context) (StepUpNeed, error) {
	var need StepUpNeed
	err := s.view(ctx, func(_ *register, me *user) error {
		need = StepUpNeed{Fresh: s.fresh(), Code: me.Authenticator != nil, NextCode: me.nextCode(s.p.now(), s.p.clockOwner())}
		return nil
	})
	return need, err
}

func (s *Session) fresh() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return isFresh(s.proven, s.p.now())
}

// isFresh says that a step-up at that time, zero for none, is still valid.
func isFresh(proven, now time.Time) bool {
	since := elapsed(now, proven)
	return !proven.IsZero() && since >= 0 && since < stepUpTime
}

// StepUp authenticates the session's user again: by the password and, if the user is
// enrolled, an Auth Code. Both count as attempts. For five minutes after it the session
// may do what gives access or weakens the policy. ErrConflict says that the password was
// changed in between.
func (s *Session) StepUp(ctx context.Context, text, codeText string) error {
	code, codeErr := totp.Parse(codeText)
	var enrolled bool
	err := s.view(ctx, func(_ *register, me *user) error {
		enrolled = me.Authenticator != nil
		return nil
	})
	if err != nil {
		return err
	}
	if enrolled && codeErr != nil {
		return &Refusal{Reason: ErrCodeFormat, Now: s.p.now()}
	}
	var epoch int64
	_, err = s.provePassword(ctx, s.me, text, func(c *change, me *user) {
		epoch = me.Epoch
		if enrolled = me.Authenticator != nil; !enrolled {
			c.note(Entry{Event: EventStepUp, By: me.ID})
		}
	})
	if err != nil {
		return err
	}
	if enrolled {
		same := func(me *user) error {
			if me.Epoch != epoch {
				return ErrConflict // another password meanwhile
			}
			return nil
		}
		err := s.giveCode(ctx, code, same, func(c *change, me *user) { c.note(Entry{Event: EventStepUp, By: me.ID}) })
		if err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked { // meanwhile
		return ErrLocked
	}
	s.proven = s.p.now()
	return nil
}
