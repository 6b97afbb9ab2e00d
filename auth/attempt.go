package auth

import (
	"bytes"
	"context"
	"sync"
	"time"

	"anteroom/auth/vault"
)

// Step is what a sign-in asks for.
type Step int

// The steps of a sign-in; policy, user and computer decide which ones come.
const (
	StepPassword    Step = iota // username and password
	StepCode                    // the Auth Code
	StepHandOver                // the digits that the admin who reset the authenticator hands over
	StepNewPassword             // a password instead of the one-time password
	StepEnrol                   // set up an authenticator and confirm it
	StepDone                    // there is a session
)

const (
	// codeTime is how long a sign-in waits for the Auth Code: time to fetch a phone.
	codeTime = 5 * time.Minute
	// formTime is how long it waits for a new password or an enrolment: time
	// to install an app.
	formTime = 15 * time.Minute
)

// State is where a sign-in stands and what the screen of its step needs.
type State struct {
	Step     Step
	NextCode time.Time  // StepCode: when the app shows a code not used up yet; zero: now
	Refused  error      // StepCode, StepHandOver: why a code would be refused now, a *Refusal; nil: it would be judged
	Help     time.Time  // StepCode: since when an admin knows that help is needed; zero: nobody asked
	Reset    *ResetNote // StepEnrol: who reset the authenticator there was; nil: nobody
	Session  *Session   // StepDone
	KitDue   bool       // StepDone: an admin, and the day after the set-up there is no recovery kit yet
	Recovery []string   // StepDone: ten new recovery codes, to be put away and shown this once (Session.KeptRecoveryCodes)
}

// Attempt is one sign-in, from the password to the session. Its methods may
// be called from any goroutine, one after the other.
type Attempt struct {
	p *Practice

	mu         sync.Mutex
	state      State
	since      time.Time // when the step began
	user       string
	epoch      int64     // of the user, when the password was right
	codeGiven  time.Time // when the Auth Code was right; zero: not given
	other      otherCode // what was given instead
	handedOver bool      // the hand-over code was right
	codesWrong int
	private    vault.Private // of the user; opens the records key
	enrolment  *Enrolment
}

// NewAttempt begins a sign-in.
func (p *Practice) NewAttempt() *Attempt { return &Attempt{p: p} }

// End forgets everything the attempt holds. A session it led to goes on.
func (a *Attempt) End() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.end()
}

func (a *Attempt) end() {
	a.state, a.user, a.enrolment, a.private = State{}, "", nil, vault.Private{}
	a.codeGiven, a.other, a.handedOver, a.codesWrong = time.Time{}, noOther, false, 0
}

// Password checks a username and password. A wrong password, an unknown user and a
// deactivated one give the same Refusal (ErrCredentials) after the same work and the
// same waits (ErrWait). It computes argon2id once.
func (a *Attempt) Password(ctx context.Context, username, text string) (State, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.end()
	charged, err := a.p.chargePassword(ctx, username, true)
	if err != nil {
		return a.state, err
	}
	stretched, err := a.p.stretchWhileAnchoring(ctx, text, charged)
	if err != nil {
		return a.state, err
	}
	var refusal *Refusal
	err = a.p.update(ctx, func(c *change) error {
		u := c.userByName(username)
		if u != nil && !bytes.Equal(u.Password.Salt, charged.salt) {
			return ErrConflict // the password was changed after the attempt was counted
		}
		if u == nil || !u.Active || !u.proves(stretched) {
			refusal = c.refusePassword(u, c.nameWait(username, a.p.computer, true))
			return nil
		}
		private, err := u.openPrivate(a.p.id, stretched)
		if err != nil {
			return ErrDamaged // unreachable: verifier and key come from one argon2id
		}
		c.forgetGuesses(username)
		if refusal = c.refuseLostClock(u); refusal != nil {
			return nil
		}
		a.user, a.epoch, a.private = u.ID, u.Epoch, private
		return a.advance(c, u)
	})
	if err == nil && a.user != "" && charged.cost != a.p.cost {
		a.p.raiseCost(ctx, a.user, text, stretched)
	}
	return a.outcome(err, refusal)
}

// NewPassword replaces the one-time password. A weak one, or the one-time
// password again, is a FieldError. It computes argon2id twice.
func (a *Attempt) NewPassword(ctx context.Context, text string) (State, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.check(StepNewPassword); err != nil {
		return a.state, err
	}
	var names []string
	var old password
	err := a.p.view(ctx, func(r *register, _ anchor) error {
		u, err := a.userNow(r)
		if err != nil {
			return err
		}
		names, old = []string{r.Name, u.Name, u.Username}, u.Password
		return nil
	})
	if err != nil {
		return a.outcome(err, nil)
	}
	if err := CheckPassword(text, names...); err != nil {
		return a.state, err
	}
	again, err := vault.Stretch(text, old.Salt, old.Cost)
	if err != nil {
		return a.state, err
	}
	if (&user{Password: old}).proves(again) {
		return a.state, &FieldError{FieldPassword, ProblemSame}
	}
	made, private, err := a.p.makePassword(a.user, text, false)
	if err != nil {
		return a.state, err
	}
	return a.outcome(a.p.update(ctx, func(c *change) error {
		u, err := a.userNow(c.register)
		if err != nil {
			return err
		}
		records, err := c.recordsKey(u, a.private)
		if err != nil {
			return err
		}
		if err := c.setPassword(u, made, records); err != nil {
			return err
		}
		a.private = private
		u.Epoch++ // ends what others have under way with the one-time password
		a.epoch = u.Epoch
		c.note(Entry{Event: EventPasswordChanged, By: u.ID})
		return a.advance(c, u)
	}), nil)
}

// advance decides what comes next and, when nothing does, starts the session
// in the same transaction.
func (a *Attempt) advance(c *change, u *user) error {
	f := facts{
		passwordGiven: true,
		codeGiven:     !a.codeGiven.IsZero(),
		otherGiven:    a.other != noOther,
		handOver:      u.Reset != nil && u.Reset.Code != nil && !a.handedOver,
		oneTime:       u.Password.OneTime,
		twoFactor:     c.Policy.TwoFactor,
		enrolled:      u.Authenticator != nil,
		trusted:       c.trusted(u, a.p.computer, c.now),
		clockLost:     c.clockIsLost(c.now),
	}
	a.state = State{Step: f.next()}
	a.since = a.p.now()
	switch a.state.Step {
	case StepCode:
		a.state.NextCode = u.nextCode(c.now, a.p.clockOwner())
		a.state.Refused = u.refusesCodes(c.now)
		a.state.Help = c.helpAsked(u)
	case StepHandOver:
		a.state.Reset = c.resetNote(u)
		a.state.Refused = u.refusesHandOver(c.now, c.newest())
	case StepEnrol:
		a.state.Reset = c.resetNote(u)
	case StepDone:
		a.finish(c, u)
	}
	return nil
}

// finish starts the session.
func (a *Attempt) finish(c *change, u *user) {
	s := c.startSession(a.p, u, a.private)
	s.proven, s.byRecovery = a.codeGiven, a.other == recoveryGiven
	c.closeHelpRequest(u) // they are in
	if u.Role == Admin {
		c.forgetNamesTried(c.linked(a.p.computer)) // of two admins at one computer none could lift its wait
	}
	if !a.codeGiven.IsZero() && (u.Recovery == nil || !u.Recovery.Kept) {
		a.state.Recovery = c.newRecoveryCodes(u)
		s.showed(u.Recovery)
	}
	a.state.Session = s
	a.state.KitDue = u.Role == Admin && c.kitOverdue(c.now)
	c.note(Entry{Event: EventSignIn, By: u.ID})
}

// outcome is the result of a step after its transaction. If that failed the attempt may
// already have gone to the next step inside it, so it has to start again.
func (a *Attempt) outcome(err error, refusal *Refusal) (State, error) {
	if err != nil {
		a.end()
		return a.state, err
	}
	if refusal != nil {
		return a.state, refusal
	}
	state := a.state
	if state.Step == StepDone {
		a.end() // the session has its own copy of the keys
		go state.Session.admitKit(context.Background())
	}
	return state, nil
}

// check says whether the attempt is at a step and in time.
func (a *Attempt) check(step Step) error {
	limit := formTime
	if step == StepCode || step == StepHandOver {
		limit = codeTime
	}
	now := a.p.now()
	if a.state.Step != step || elapsed(now, a.since) >= limit {
		a.end()
		return &Refusal{Reason: ErrAttemptOver, Now: now}
	}
	return nil
}

// userNow is the attempt's user, unless an admin changed something since the password
// was accepted: then the attempt is over. A clock that is far behind is refused here
// as at the password.
func (a *Attempt) userNow(r *register) (*user, error) {
	u, now := r.userByID(a.user), a.p.now()
	switch {
	case u == nil || !u.Active || u.Epoch != a.epoch:
		return nil, &Refusal{Reason: ErrAttemptOver, Now: now}
	case r.clockIsLost(now) && !u.canResetClock():
		return nil, &Refusal{Reason: ErrClockBehind, Now: now}
	}
	return u, nil
}
