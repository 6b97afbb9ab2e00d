package model

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/auth/totp"
)

const (
	maxPasswordWait = 15 * time.Minute
	maxCodeWait     = time.Hour
)

// signIn is a sign-in under way.
type signIn struct {
	*world
	*user
	computer int
	real     *auth.Attempt
	steps
	wrongs int
	epoch  int
}

// signsIn has somebody try to sign in, and go on until they are in or refused.
func (w *world) signsIn() {
	s := &signIn{world: w, user: w.anyUser(), computer: rapid.IntRange(0, computers-1).Draw(w.T, "computer")}
	s.real = w.windows[s.computer].NewAttempt()
	state, goOn := s.givePassword()
	for goOn {
		if state.Step != auth.StepDone && w.chance(15, "something comes in between") {
			w.adminActs()
		}
		switch state.Step {
		case auth.StepCode:
			state, goOn = s.giveSecond()
		case auth.StepHandOver:
			state, goOn = s.giveHandOver()
		case auth.StepNewPassword:
			state, goOn = s.choosePassword()
		case auth.StepEnrol:
			state, goOn = s.enrol()
		case auth.StepDone:
			s.done(state)
			return
		}
	}
}

// took compares where a step led with where the model says it does.
func (s *signIn) took(what string, state auth.State, err, want error) (auth.State, bool) {
	if !s.expect(what+" of "+s.name, err, want) {
		if state.Session != nil {
			s.Fatalf("%s: a session with a refusal", what)
		}
		return state, false
	}
	if next := s.next(s.user, s.steps, s.computer, s.now()); state.Step != next {
		s.Fatalf("after %s of %s: step %v, want %v", what, s.name, state.Step, next)
	}
	return state, true
}

// isOver says that an admin changed something since the password was right.
func (s *signIn) isOver() bool { return !s.active || s.user.epoch != s.epoch }

func (s *signIn) givePassword() (auth.State, bool) {
	text := s.password
	if s.chance(10, "wrong password") {
		text += "x"
	}
	var want error
	switch now := s.now(); {
	case s.signInWait(s.name, s.computer, now) > 0:
		want = auth.ErrWait
	case !s.active || text != s.password:
		s.fails(s.name, s.computer)
		want = auth.ErrCredentials
	default:
		delete(s.names, s.name)
		if s.isLost(now) && (s.role != auth.Admin || s.phone == nil) {
			want = auth.ErrClockBehind
		}
	}
	s.epoch = s.user.epoch
	state, err := s.real.Password(s.ctx, s.name, text)
	return s.took("the password", state, err, want)
}

// fails counts a name that failed at a computer.
func (w *world) fails(username string, computer int) {
	n := w.of(username)
	n.charge(w.now())
	n.tried[computer] = w.now()
}

// guessesName has somebody try a name that nobody has, or a known one with a wrong
// password: the refusal and the wait are the same.
func (w *world) guessesName() {
	computer := rapid.IntRange(0, computers-1).Draw(w.T, "computer")
	username := rapid.SampledFrom([]string{"anna", "ben", "cleo", "nobody", "no one"}).Draw(w.T, "name")
	for range rapid.IntRange(1, 6).Draw(w.T, "times") {
		w.guess(username, computer)
	}
}

// guessesNames has somebody go through a list.
func (w *world) guessesNames() {
	computer := rapid.IntRange(0, computers-1).Draw(w.T, "computer")
	for i := range rapid.IntRange(10, 24).Draw(w.T, "names") {
		w.guess(fmt.Sprint("name ", i), computer)
	}
}

func (w *world) guess(username string, computer int) {
	want, wait := auth.ErrWait, w.signInWait(username, computer, w.now())
	if wait <= 0 {
		w.fails(username, computer)
		want, wait = auth.ErrCredentials, w.signInWait(username, computer, w.now())
	}
	_, err := w.windows[computer].NewAttempt().Password(w.ctx, username, "nobody's password")
	w.expect("a guess at "+username, err, want)
	if refusal := (*auth.Refusal)(nil); errors.As(err, &refusal) && refusal.Wait != wait {
		w.Fatalf("a guess at %s at %v: a wait of %v, want %v", username, w.clock.Now(), refusal.Wait, wait)
	}
}

// giveSecond gives one of the second factors, right or wrong.
func (s *signIn) giveSecond() (auth.State, bool) {
	kinds := []string{"code", "code", "code", "old code", "wrong code", "recovery", "spent recovery", "one-time", "wrong one-time", "two codes", "help"}
	switch kind := rapid.SampledFrom(kinds).Draw(s.T, "second factor"); kind {
	case "code":
		return s.giveCode(totp.StepAt(s.now()) + totp.Step(rapid.IntRange(-2, 2).Draw(s.T, "phone")))
	case "old code":
		return s.giveCode(s.usedUpTo)
	case "two codes":
		return s.giveTwo(totp.Step(rapid.SampledFrom([]int{-61, -60, -3, 0, 1, 40, 60, 61}).Draw(s.T, "clock off")))
	case "help":
		return s.askForHelp()
	case "wrong code":
		return s.giveCode(totp.StepAt(s.now()) + 1000)
	default:
		return s.giveOther(kind)
	}
}

// askForHelp asks the admins, once in ten minutes.
func (s *signIn) askForHelp() (auth.State, bool) {
	since, err := s.real.AskForHelp(s.ctx)
	if !s.expect("asking for help", err, when(s.isOver(), auth.ErrAttemptOver)) {
		return auth.State{}, false
	}
	if s.help.IsZero() || s.now().Sub(s.help).Abs() >= 10*time.Minute {
		s.help = s.now()
	}
	if !since.Equal(s.help) {
		s.Fatalf("help since %v, want %v", since, s.help)
	}
	return auth.State{Step: auth.StepCode}, s.chance(60, "goes on")
}

// factor judges a second factor by the rules that all share.
func (s *signIn) factor(isCode bool, judge func() error) error {
	now := s.now()
	switch {
	case s.isOver(), s.phone == nil:
		return auth.ErrAttemptOver
	case !isCode && s.isLost(now):
		return auth.ErrClockBehind
	case isCode && s.disabled():
		return auth.ErrAuthenticatorDisabled
	case s.codes.wait(now, maxCodeWait) > 0:
		return auth.ErrWait
	}
	s.codes.charge(now)
	err := judge()
	if err != nil && isCode && s.disabled() {
		return auth.ErrAuthenticatorDisabled
	}
	if err != nil {
		if s.wrongs++; s.wrongs == 5 {
			return auth.ErrAttemptOver
		}
	}
	return err
}

func (s *signIn) gaveCode() {
	s.code = true
	if s.isLost(s.now()) {
		s.newest = s.now()
	}
	s.giveTrust(s.user, s.computer, s.now())
}

func (s *signIn) giveCode(step totp.Step) (auth.State, bool) {
	text := "123456"
	if s.phone != nil {
		for !s.reads(step, totp.StepAt(s.now()), s.computer) {
			step += 1000 // a wrong one instead
		}
		text = totp.Code(s.phone, step)
	}
	want := s.factor(true, func() error { return s.judgeCode(step, totp.StepAt(s.now()), s.computer) })
	if want == nil {
		s.gaveCode()
	}
	state, err := s.real.Code(s.ctx, text)
	return s.again(s.took("a code", state, err, want))
}

// again goes on with the same step after a refusal that leaves the sign-in open.
func (s *signIn) again(state auth.State, ok bool) (auth.State, bool) {
	return state, ok || state.Step == auth.StepCode && s.chance(60, "tries again")
}

func (s *signIn) giveTwo(off totp.Step) (auth.State, bool) {
	at := totp.StepAt(s.now()) + off
	one, two := "123456", "234567"
	if s.phone != nil {
		one, two = totp.Code(s.phone, at-1), totp.Code(s.phone, at)
	}
	want := s.factor(true, func() error {
		switch {
		case off < -60 || off > 60:
			return auth.ErrTwoCodes
		case at <= s.usedUpTo:
			return auth.ErrCodeUsed
		}
		s.usedUpTo, s.codes = at, failures{}
		s.offset[s.computer] = off
		if off >= -1 && off <= 1 {
			s.offset[s.computer] = 0
		}
		return nil
	})
	if want == nil {
		s.gaveCode()
	}
	state, err := s.real.TwoCodes(s.ctx, one, two)
	return s.again(s.took("two codes", state, err, want))
}

func (s *signIn) giveOther(kind string) (auth.State, bool) {
	text := "0000-0000-0000-0000"
	if kind == "wrong one-time" || kind == "one-time" {
		text = "00000000"
	}
	switch {
	case kind == "recovery" && len(s.recovery) > 0:
		text = s.recovery[0]
	case kind == "spent recovery" && len(s.spent) > 0:
		text = s.spent[0]
	case kind == "one-time" && s.given != nil:
		text = s.given.code
	}
	want := s.factor(false, func() error { return s.judgeOther(text) })
	if want == nil {
		s.other = true
	}
	state, err := s.real.OtherCode(s.ctx, strings.ToUpper(text))
	return s.again(s.took(kind+" code", state, err, want))
}

func (s *signIn) judgeOther(text string) error {
	if len(strings.ReplaceAll(text, " ", "")) == 8 {
		switch {
		case s.given == nil || text != s.given.code:
			return auth.ErrOneTimeWrong
		case s.given.used:
			return auth.ErrOneTimeUsed
		case s.given.isOver(s.now()), s.given.isOld(s.newest):
			return auth.ErrOneTimeExpired
		}
		s.given.used = true
		s.codes.count-- // of this one
		s.codes.lifted = s.codes.count
		if !s.disabled() { // else it stays so
			s.codes = failures{}
		}
		return nil
	}
	for i, code := range s.recovery {
		if code == text {
			s.recovery, s.spent = append(s.recovery[:i:i], s.recovery[i+1:]...), append(s.spent, code)
			s.codes = failures{}
			return nil
		}
	}
	for _, code := range s.spent {
		if code == text {
			return auth.ErrRecoveryUsed
		}
	}
	return auth.ErrRecoveryWrong
}

func (s *signIn) giveHandOver() (auth.State, bool) {
	if s.handOver == nil { // somebody changed that: the sign-in is over
		state, err := s.real.HandOver(s.ctx, "12345678")
		return s.took("no hand-over", state, err, auth.ErrAttemptOver)
	}
	text := s.handOver.code
	if s.chance(20, "wrong digits") {
		text = "00000000"
	}
	now := s.now()
	var want error
	switch {
	case s.isOver():
		want = auth.ErrAttemptOver
	case s.handOver.isOver(s.newest):
		want = auth.ErrResetLapsed
	case s.isLost(now):
		want = auth.ErrClockBehind
	case s.codes.wait(now, maxCodeWait) > 0:
		want = auth.ErrWait
	case text != s.handOver.code:
		s.codes.charge(now)
		want = auth.ErrHandOverWrong
	default:
		s.codes, s.handedOver = failures{}, true
	}
	state, err := s.real.HandOver(s.ctx, text)
	if s.isOver() && err != nil {
		return state, false // which refusal comes first does not matter
	}
	return s.took("the hand-over", state, err, want)
}

func (s *signIn) choosePassword() (auth.State, bool) {
	chosen := rapid.SampledFrom(passwords).Draw(s.T, "new password")
	state, err := s.real.NewPassword(s.ctx, chosen)
	if s.isOver() {
		return s.took("a new password too late", state, err, auth.ErrAttemptOver)
	}
	s.password, s.oneTime = chosen, false
	delete(s.names, s.name)
	s.user.epoch++
	s.epoch = s.user.epoch
	return s.took("a new password", state, err, nil)
}

func (s *signIn) enrol() (auth.State, bool) {
	e, err := s.real.Enrolment(s.ctx)
	if s.isOver() {
		s.expect("an enrolment too late", err, auth.ErrAttemptOver)
		return auth.State{}, false
	}
	s.must(err)
	secret := s.secretOf(e)
	state, err := s.real.Confirm(s.ctx, s.codeNow(secret))
	s.dropPhone()
	s.phone, s.usedUpTo = secret, totp.StepAt(s.now())
	s.gaveCode()
	return s.took("a first code", state, err, nil)
}

// done holds the session to what was given for it.
func (s *signIn) done(state auth.State) {
	if state.Session == nil {
		s.Fatal("no session")
	}
	s.help, s.used[s.computer] = time.Time{}, true // they are in
	if s.role == auth.Admin {
		s.calm(s.computer)
	}
	made := &session{real: state.Session, user: s.user, computer: s.computer, since: s.now(), began: s.newer()}
	if s.code {
		made.proven = s.now()
	}
	if due := s.code && !s.kept; due != (len(state.Recovery) == 10) {
		s.Fatalf("%d new recovery codes, due: %v", len(state.Recovery), due)
	}
	s.sessions = append(s.sessions, made)
	if len(state.Recovery) > 0 {
		s.recovery, s.spent = state.Recovery, nil
		if s.chance(70, "puts them away") {
			s.must(made.real.KeptRecoveryCodes(s.ctx))
			s.kept = true
		}
	}
	if len(s.sessions) > 3 {
		s.signOut(s.sessions[0])
	}
}
