package auth

import "time"

// resetTime is how long a reset with a hand-over code can be made use of.
const resetTime = 24 * time.Hour

// reset says that an admin took a user's authenticator away.
type reset struct {
	At   time.Time   `json:"at"`
	By   string      `json:"by"`             // the admin's user id
	Code *hashedCode `json:"code,omitempty"` // asked for before the new barcode; nil: nothing is
}

// resetNote is what is told of a reset to who has typed u's password; nil if there was none.
func (r *register) resetNote(u *user) *ResetNote {
	if u.Reset == nil {
		return nil
	}
	return &ResetNote{At: u.Reset.At, By: r.nameOf(u.Reset.By)}
}

// lapsed says that the reset has expired: it is a day old, or its code is void because an
// old register was adopted.
func (r *reset) lapsed(now time.Time) bool {
	return r != nil && r.Code != nil && (now.Before(r.At) || now.Sub(r.At) >= resetTime || len(r.Code.Sum) == 0)
}

// judgeHandOver judges a hand-over code. It stays valid until a new authenticator is
// confirmed: if the phone fails half-way no other reset is needed.
func (u *user) judgeHandOver(code string, now time.Time) error {
	switch {
	case u.Reset.lapsed(now):
		return ErrResetLapsed
	case !u.Reset.Code.is(u.ID, code):
		return ErrHandOverWrong
	}
	return nil
}

// refusesHandOver says why any hand-over code would be refused now; nil: it would not.
func (u *user) refusesHandOver(now, newest time.Time) error {
	if u.Reset.lapsed(newest) {
		return &Refusal{Reason: ErrResetLapsed, Now: now}
	}
	return u.refusesForNow(now)
}
