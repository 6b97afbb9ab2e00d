package auth

import (
	"context"
	"time"
)

const (
	// oneTimeCodeTime is how long a one-time code is valid.
	oneTimeCodeTime = 10 * time.Minute
	// letInTime: if a user gets a new password and a one-time code within this time every
	// admin is told, because whoever has both can sign in as that user.
	letInTime = 24 * time.Hour
)

// oneTimeCode is an admin's code, valid once instead of a user's Auth Code. It is kept
// after its use, so that a second use gets its own message.
type oneTimeCode struct {
	Code   hashedCode `json:"code"`
	Since  time.Time  `json:"since"`
	Until  time.Time  `json:"until"`
	Newest time.Time  `json:"newest"` // stored event when it was made: ahead of Since where the clock was put back
	Used   time.Time  `json:"used,omitzero"`
}

// isOver says whether the code is too old, by the clock or by what was stored
// since, or the clock was put back behind the making of it.
func (o *oneTimeCode) isOver(now, newest time.Time) bool {
	return now.Before(o.Since) || !now.Before(o.Until) || newest.Sub(o.Newest) >= oneTimeCodeTime
}

// judgeOneTime judges a one-time code and uses it up.
func (u *user) judgeOneTime(code string, now, newest time.Time) error {
	switch o := u.OneTime; {
	case o == nil || !o.Code.is(u.ID, code):
		return ErrOneTimeWrong
	case !o.Used.IsZero():
		return ErrOneTimeUsed
	case o.isOver(now, newest):
		return ErrOneTimeExpired
	default:
		o.Used = now
		return nil
	}
}

// OneTimeCode is what an admin reads out to who has no phone at hand.
type OneTimeCode struct {
	Code  string // eight digits in two groups
	Until time.Time
}

// NewOneTimeCode makes a code that once, within ten minutes, lets a user in
// instead of an Auth Code, beside the password. Two-factor stays on; a wait for
// second factors ends. An earlier code that was not used becomes void. One's own
// is ErrSelf; of who has no authenticator, ErrConflict. It needs step-up.
func (s *Session) NewOneTimeCode(ctx context.Context, id string) (OneTimeCode, error) {
	code := newDigits()
	plain, _ := parseDigits(code)
	var until time.Time
	err := s.adminOn(ctx, id, func(c *change, me, u *user) error {
		switch {
		case u == me:
			return ErrSelf
		case !u.Active || u.Authenticator == nil:
			return ErrConflict
		}
		until = c.now.Add(oneTimeCodeTime)
		u.OneTime = &oneTimeCode{Code: hashCode(u.ID, plain), Since: c.now, Until: until, Newest: c.newest()}
		u.Codes.lift()
		c.closeHelpRequest(u)
		c.note(Entry{Event: EventOneTimeMade, By: me.ID, Whom: u.ID})
		c.newsIfLetIn(u, me, u.PasswordReset)
		return nil
	})
	if err != nil {
		return OneTimeCode{}, err
	}
	return OneTimeCode{code, until}, nil
}

// newsIfLetIn tells every admin when a user gets a new password and a one-time
// code within a day; other is when the one came that was given before.
func (c *change) newsIfLetIn(u, by *user, other time.Time) {
	if letsInWith(other, c.now) {
		c.addNews(NewsLetIn, by.ID, u.ID, c.now)
	}
}

// letsInWith says whether what was given before is so recent that, together with what is
// given now, it is enough to sign in.
func letsInWith(before, now time.Time) bool {
	return !before.IsZero() && now.Sub(before).Abs() < letInTime
}
