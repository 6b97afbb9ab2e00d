package auth

import (
	"bytes"
	"context"
	"crypto/subtle"
	"time"
)

// recoveryCount is how many recovery codes a user has at a time.
const recoveryCount = 10

// recoveryCodes are a user's single-use codes, instead of an Auth Code.
type recoveryCodes struct {
	Made  time.Time      `json:"made"`
	Kept  bool           `json:"kept"` // the user said so; else the next sign-in with a code shows new ones
	Salt  []byte         `json:"salt"`
	Codes []recoveryCode `json:"codes"`
}

type recoveryCode struct {
	Sum  []byte    `json:"sum"`
	Used time.Time `json:"used,omitzero"`
}

// left is how many can be used yet.
func (r *recoveryCodes) left() int {
	if r == nil {
		return 0
	}
	n := 0
	for _, c := range r.Codes {
		if c.Used.IsZero() {
			n++
		}
	}
	return n
}

// newRecoveryCodes gives u ten new codes, instead of those there were.
func (c *change) newRecoveryCodes(u *user) []string {
	made := &recoveryCodes{Made: c.now, Salt: newCodeSalt()}
	var shown []string
	for range recoveryCount {
		code := newLetters()
		plain, _ := parseLetters(code)
		shown = append(shown, code)
		made.Codes = append(made.Codes, recoveryCode{Sum: codeSum(made.Salt, u.ID, plain)})
	}
	u.Recovery = made
	c.note(Entry{Event: EventRecoveryMade, By: u.ID})
	return shown
}

// judgeRecovery judges a recovery code and uses it up.
func (u *user) judgeRecovery(code string, now time.Time) error {
	if u.Recovery == nil {
		return ErrRecoveryWrong
	}
	sum := codeSum(u.Recovery.Salt, u.ID, code)
	for i := range u.Recovery.Codes {
		found := &u.Recovery.Codes[i]
		if subtle.ConstantTimeCompare(found.Sum, sum) != 1 {
			continue
		}
		if !found.Used.IsZero() {
			return ErrRecoveryUsed
		}
		found.Used = now
		return nil
	}
	return ErrRecoveryWrong
}

// NewRecoveryCodes gives the session's user ten new recovery codes; the old ones become
// void. ErrEnrolmentNeeded says that the user has no authenticator. It needs step-up.
func (s *Session) NewRecoveryCodes(ctx context.Context) ([]string, error) {
	var shown []string
	err := s.p.stored(s.update(ctx, func(c *change, me *user) error {
		switch {
		case me.Authenticator == nil:
			return ErrEnrolmentNeeded
		case !s.fresh():
			return ErrStepUp
		}
		shown = c.newRecoveryCodes(me)
		s.showed(me.Recovery)
		return nil
	}))
	if err != nil {
		return nil, err
	}
	return shown, nil
}

// KeptRecoveryCodes notes that the user has stored the codes last shown in this session.
// Until then each sign-in with an Auth Code makes new ones and shows them. ErrConflict
// says that another session showed newer ones.
func (s *Session) KeptRecoveryCodes(ctx context.Context) error {
	return s.p.stored(s.update(ctx, func(_ *change, me *user) error {
		if me.Recovery == nil || !bytes.Equal(me.Recovery.Salt, s.lastShown()) {
			return ErrConflict
		}
		me.Recovery.Kept = true
		return nil
	}))
}

// showed remembers which recovery codes the session's user was shown.
func (s *Session) showed(codes *recoveryCodes) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown = codes.Salt
}

// lastShown is the salt of the recovery codes that were shown last; no two sets
// share one.
func (s *Session) lastShown() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shown
}
