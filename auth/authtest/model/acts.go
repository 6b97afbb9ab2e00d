package model

import (
	"cmp"
	"strings"
	"time"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/totp"
)

// run holds a practice to the model through one random sequence of what people
// do, at two computers, with a clock that goes forward, back and astray.
func run(t *rapid.T, from beginning, location auth.Location, keyrings [computers + 1]auth.Keyring) {
	w := newWorld(t, from, location, keyrings)
	defer func() {
		for _, p := range append(w.windows[:], w.clerk) {
			p.Close()
		}
	}()
	t.Repeat(map[string]func(*rapid.T){
		"":              func(*rapid.T) { w.look() },
		"sign in":       func(*rapid.T) { w.tick(); w.signsIn() },
		"sign in again": func(*rapid.T) { w.tick(); w.signsIn() },
		"guess a name":  func(*rapid.T) { w.tick(); w.guessesName() },
		"guess names":   func(*rapid.T) { w.tick(); w.guessesNames() },
		"an admin acts": func(*rapid.T) { w.tick(); w.adminActs() },
		"at a desk":     func(*rapid.T) { w.tick(); w.deskActs() },
		"time": func(*rapid.T) {
			w.clock.Advance(rapid.SampledFrom([]time.Duration{
				time.Second, 31 * time.Second, 31 * time.Second, 5 * time.Minute, 11 * time.Minute, time.Hour, 25 * time.Hour, 8 * 24 * time.Hour,
			}).Draw(t, "passes"))
		},
		"wrong clock": func(*rapid.T) {
			w.clock.Advance(rapid.SampledFrom([]time.Duration{
				-10 * time.Second, -3 * time.Minute, -23 * time.Hour, -26 * time.Hour, 24 * 365 * time.Hour, -24 * 365 * time.Hour,
			}).Draw(t, "goes"))
		},
		"restart": func(*rapid.T) {
			i := rapid.IntRange(0, computers-1).Draw(t, "computer")
			w.tick() // the end of orphaned sessions is stored
			w.windows[i].Close()
			w.open(i)
		},
		"zone": func(*rapid.T) {
			w.zone = rapid.SampledFrom(zones).Draw(t, "zone")
		},
	})
	w.check()
	w.verify()
}

// zones are to which computers are set, daylight saving and all.
var zones = []*time.Location{time.UTC, mustLoad("Europe/Berlin"), mustLoad("America/New_York"), mustLoad("Pacific/Kiritimati")}

func mustLoad(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

func (w *world) signOut(s *session) {
	w.must(s.real.SignOut(w.ctx))
	w.gone = append(w.gone, s)
	s.user.sessions = without(s.user.sessions, func(o *session) bool { return o == s })
}

// guard is why a session can do nothing but be checked, opened and signed out;
// nil: it can do what its user may.
func (w *world) guard(s *session) error {
	switch {
	case s.locked:
		return auth.ErrLocked
	case s.isDayOld(w.now(), w.newer()):
		return auth.ErrFullSignIn
	}
	return nil
}

// isFresh says that a session need not prove itself again.
func (w *world) isFresh(s *session) bool {
	since := w.now().Sub(s.proven)
	return !s.proven.IsZero() && since >= 0 && since < 5*time.Minute
}

// provesPassword is what becomes of the right or a wrong password at a desk.
func (w *world) provesPassword(u *user, right bool) error {
	switch now, n := w.now(), w.of(u.name); {
	case n.wait(now, maxPasswordWait) > 0:
		return auth.ErrWait
	case !right:
		n.charge(now)
		return auth.ErrCredentials
	}
	delete(w.names, u.name)
	return nil
}

// givesCode is what becomes of the Auth Code of now at a desk.
func (w *world) givesCode(s *session, now totp.Step) error {
	u := s.user
	switch {
	case u.disabled():
		return auth.ErrAuthenticatorDisabled
	case u.codes.wait(w.now(), maxCodeWait) > 0:
		return auth.ErrWait
	}
	u.codes.charge(w.now())
	return u.judgeCode(now, now, s.computer)
}

// stepUp proves a session again, if that works.
func (w *world) stepUp(s *session, right bool) {
	u, text, code := s.user, s.user.password, ""
	if !right {
		text += "x"
	}
	now := totp.StepAt(w.now())
	if u.phone != nil {
		code = totp.Code(u.phone, now)
	}
	want := w.guard(s)
	if want == nil {
		want = w.provesPassword(u, right)
	}
	if want == nil && u.phone != nil {
		want = w.givesCode(s, now)
	}
	if w.expect("step-up of "+u.name, s.real.StepUp(w.ctx, text, code), want) {
		s.proven = w.now()
	}
}

// deskActs has somebody who is signed in do something for themselves.
func (w *world) deskActs() {
	s := w.anySession(func(*session) bool { return true })
	if s == nil {
		return
	}
	u := s.user
	right := !w.chance(15, "wrong password")
	text := u.password
	if !right {
		text += "x"
	}
	switch rapid.SampledFrom([]string{"out", "lock", "unlock", "step-up", "password", "codes", "phone", "elsewhere"}).Draw(w.T, "act") {
	case "out":
		w.signOut(s)
	case "lock":
		s.real.Lock()
		s.locked, s.proven = true, time.Time{}
	case "unlock":
		want := error(auth.ErrFullSignIn)
		if !s.isDayOld(w.now(), w.newer()) {
			want = w.provesPassword(u, right)
		}
		if w.expect("unlocking of "+u.name, s.real.Unlock(w.ctx, text), want) {
			s.locked = false
		}
	case "step-up":
		w.stepUp(s, right)
	case "password":
		w.changePassword(s, text, right)
	case "codes":
		w.newCodes(s)
	case "phone":
		w.movePhone(s)
	case "elsewhere":
		w.endElsewhere(s)
	}
}

func (w *world) changePassword(s *session, present string, right bool) {
	u := s.user
	chosen := passwords[0]
	for _, p := range passwords {
		if p != present {
			chosen = p
		}
	}
	want := w.guard(s)
	if want == nil {
		want = w.provesPassword(u, right)
	}
	if !w.expect("a new password of "+u.name, s.real.ChangePassword(w.ctx, present, chosen), want) {
		return
	}
	u.password, u.oneTime = chosen, false
	delete(w.names, u.name)
	w.end(u, s)
	u.cutOff()
	u.sessions = []*session{s}
}

func (w *world) newCodes(s *session) {
	u := s.user
	want := w.guard(s)
	switch {
	case want != nil:
	case u.phone == nil:
		want = auth.ErrEnrolmentNeeded
	case !w.isFresh(s):
		want = auth.ErrStepUp
	}
	codes, err := s.real.NewRecoveryCodes(w.ctx)
	if w.expect("new recovery codes of "+u.name, err, want) {
		u.recovery, u.spent, u.kept = codes, nil, false
	}
}

func (w *world) movePhone(s *session) {
	u, now := s.user, totp.StepAt(w.now())
	if why := w.guard(s); why != nil {
		_, err := s.real.MovePhone(w.ctx, "123456")
		w.expect("a move in a session that is shut", err, why)
		return
	}
	if u.phone == nil {
		_, err := s.real.MovePhone(w.ctx, "123456")
		w.expect("a move without a phone", err, auth.ErrAttemptOver)
		return
	}
	old := u.phone
	want := w.givesCode(s, now)
	m, err := s.real.MovePhone(w.ctx, totp.Code(old, now))
	if !w.expect("the old phone of "+u.name, err, want) {
		return
	}
	if w.chance(30, "leaves it") {
		return
	}
	secret := w.secretOf(m.Enrolment)
	w.must(s.real.ConfirmMove(w.ctx, m, w.codeNow(secret)))
	u.offset[s.computer] = 0 // for that code fits without
	u.phone, u.usedUpTo, u.trusted, u.since = secret, now, [2]time.Time{}, [2]time.Time{}
}

func (w *world) endElsewhere(s *session) {
	account, err := s.real.Account(w.ctx)
	if !w.expect("the account of "+s.user.name, err, w.guard(s)) {
		return
	}
	if len(account.SignedIn) != len(s.user.sessions) {
		w.Fatalf("%s is signed in %d times, want %d", s.user.name, len(account.SignedIn), len(s.user.sessions))
	}
	for _, o := range account.SignedIn {
		if !o.This {
			w.must(s.real.EndSession(w.ctx, o.ID))
			s.user.sessions = without(s.user.sessions, func(other *session) bool {
				ended := other != s && other.real.Check(w.ctx) != nil
				if ended {
					w.gone = append(w.gone, other)
				}
				return ended
			})
			return
		}
	}
}

// adminActs has a Practice Admin, or somebody who would be one, do something to
// somebody.
func (w *world) adminActs() {
	s := w.anySession(func(s *session) bool {
		return (s.user.role == auth.Admin || w.chance(10, "staff")) && (w.guard(s) == nil || w.chance(20, "shut"))
	})
	if s == nil {
		return
	}
	if w.chance(80, "proves it") {
		w.stepUp(s, true)
	}
	act := rapid.SampledFrom([]string{"reset", "one-time code", "lift", "deactivate", "reactivate", "password", "role", "dismiss", "policy", "policy"}).Draw(w.T, "act")
	switch u := w.anyUser(); {
	case s.user.role != auth.Admin:
		w.expect("an act of Staff", s.real.LiftWait(w.ctx, u.id), cmp.Or(w.guard(s), auth.ErrForbidden))
	case act == "policy":
		w.setPolicy(s)
	default:
		w.actOn(act, s, u)
	}
}

// may is the first reason that holds, after the step-up.
func (w *world) may(s *session, reasons ...error) error {
	if why := w.guard(s); why != nil {
		return why
	}
	if !w.isFresh(s) {
		return auth.ErrStepUp
	}
	for _, reason := range reasons {
		if reason != nil {
			return reason
		}
	}
	return nil
}

func when(holds bool, reason error) error {
	if holds {
		return reason
	}
	return nil
}

func (w *world) actOn(act string, s *session, u *user) {
	now := w.now()
	last := when(w.isLastAdmin(u), auth.ErrLastAdmin)
	self := when(u == s.user, auth.ErrSelf)
	switch act {
	case "reset":
		code, err := s.real.ResetTwoFactor(w.ctx, u.id, "lost")
		if w.expect(act, err, w.may(s, last, when(u.phone == nil && u.handOver == nil, auth.ErrConflict))) {
			u.dropPhone()
			w.cutOff(u)
			u.help = time.Time{}
			if w.policy.HandOver {
				u.handOver = &given{code: plain(code), since: now, until: now.Add(24 * time.Hour)}
			}
		}
	case "one-time code":
		code, err := s.real.NewOneTimeCode(w.ctx, u.id)
		if w.expect(act, err, w.may(s, self, when(!u.active || u.phone == nil, auth.ErrConflict))) {
			u.given = &given{code: plain(code.Code), since: now, until: now.Add(10 * time.Minute), newest: w.newest}
			u.codes.lifted, u.help = u.codes.count, time.Time{}
		}
	case "lift":
		passwords, none := w.of(u.name), w.waitOf(u, now) <= 0
		if w.expect(act, s.real.LiftWait(w.ctx, u.id), w.may(s, when(none, auth.ErrConflict))) {
			passwords.lifted, u.codes.lifted = passwords.count, u.codes.count
			for computer, used := range u.used {
				if used {
					w.calm(computer)
				}
			}
		}
	case "deactivate":
		if w.expect(act, s.real.Deactivate(w.ctx, u.id), w.may(s, last)) {
			u.active, u.given, u.help = false, nil, time.Time{}
			w.cutOff(u)
		}
	case "reactivate":
		password, err := s.real.Reactivate(w.ctx, u.id)
		if w.expect(act, err, w.may(s, when(u.active, auth.ErrConflict))) {
			u.active, u.password, u.oneTime = true, password, true
			delete(w.names, u.name)
			u.epoch++
		}
	case "password":
		password, err := s.real.ResetPassword(w.ctx, u.id)
		if w.expect(act, err, w.may(s, when(!u.active, auth.ErrConflict), self, last)) {
			u.password, u.oneTime = password, true
			delete(w.names, u.name)
			w.cutOff(u)
		}
	case "dismiss":
		if w.expect(act, s.real.DismissHelp(w.ctx, u.id, u.help), cmp.Or(w.guard(s), when(u.help.IsZero(), auth.ErrNotFound))) {
			u.help = time.Time{}
		}
	case "role":
		role := rapid.SampledFrom([]auth.Role{auth.Admin, auth.Staff}).Draw(w.T, "role")
		was := auth.UserForm{Name: u.name, Username: u.name, Role: u.role}
		err := s.real.EditUser(w.ctx, u.id, was, auth.UserForm{Name: u.name, Username: u.name, Role: role})
		if w.expect(act, err, w.may(s, when(role != u.role, last))) && role != u.role {
			u.role = role
			w.cutOff(u)
		}
	}
}

func plain(code string) string { return strings.ReplaceAll(code, " ", "") }

// setPolicy has an admin choose another policy.
func (w *world) setPolicy(s *session) {
	was := w.policy
	to := auth.Policy{
		TwoFactor: rapid.Bool().Draw(w.T, "two-factor"), Frequency: rapid.SampledFrom(auth.Frequencies).Draw(w.T, "frequency"),
		Idle: rapid.SampledFrom([]int{1, 10, 60}).Draw(w.T, "idle"), HandOver: rapid.Bool().Draw(w.T, "hand-over"),
	}
	form := auth.SettingsForm{Name: "Clinic", Policy: to, Was: was}
	var err error
	form.Ends, err = authtest.SignedIn(w.ctx, s.real)
	w.expect("who is signed in", err, w.guard(s))
	on := to.TwoFactor && !was.TwoFactor
	longer := to.Frequency.Length() > was.Frequency.Length()
	shorter := to.Frequency.Length() < was.Frequency.Length()
	stays := to.TwoFactor && was.TwoFactor
	weaker := was.TwoFactor && !to.TwoFactor || stays && longer || to.Idle > was.Idle || was.HandOver && !to.HandOver
	var secret totp.Secret
	if on && s.user.phone == nil && w.may(s) == nil {
		e, err := s.real.NewEnrolment(w.ctx)
		w.must(err)
		secret = w.secretOf(e)
		form.Enrolment, form.Code = e, w.codeNow(secret)
	}
	want := when((on || weaker) && !w.isFresh(s), auth.ErrStepUp)
	if to == was {
		want = nil
	}
	if !w.expect("a policy", s.real.SaveSettings(w.ctx, form), cmp.Or(w.guard(s), want)) || to == was {
		return
	}
	w.policy = to
	if secret != nil {
		s.user.dropPhone()
		s.user.phone, s.user.usedUpTo = secret, totp.StepAt(w.now())
	}
	for _, u := range w.users {
		switch {
		case on:
			w.cutOff(u)
		case !to.TwoFactor, stays && shorter:
			u.trusted, u.since = [2]time.Time{}, [2]time.Time{}
		}
	}
}
