package conform

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest/limits"
	"anteroom/auth/totp"
)

// Processes runs the tests with several processes at one practice, of which some are
// killed. TestMain of the package must call Main.
func Processes(t *testing.T, e Engine) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Engine)
	}{
		{"OneCodeOneSession", testOneCodeOneSession}, {"OneGivenCodeOneSession", testOneGivenCodeOneSession},
		{"TurnOnElsewhere", testTurnOnElsewhere}, {"TwoAdminsRace", testTwoAdminsRace}, {"OneBooking", testOneBooking},
		{"Killed", testKilled}, {"KilledAtWork", testKilledAtWork}, {"KilledBeforeTheMark", testKilledBeforeTheAnchor}, {"KilledWhileRekeying", testKilledWhileRekeying},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, e) })
	}
}

// window is one window without a window. It is told the time with each command.
func window(at site, in io.Reader, out io.Writer) {
	var now time.Time
	var attempt *auth.Attempt
	var session *auth.Session
	ctx := context.Background()
	deps, err := at.deps(func() time.Time { return now })
	var p *auth.Practice
	if err == nil {
		p, err = auth.Open(ctx, deps)
	}
	answer(in, out, err, func(words []string) string {
		now = timeOf(words)
		text := strings.Join(words[2:], "\t")
		var state auth.State
		switch words[0] {
		case "password":
			attempt = p.NewAttempt()
			state, err = attempt.Password(ctx, cmp.Or(text, "asmith"), password)
		case "code":
			state, err = attempt.Code(ctx, text)
		case "other":
			state, err = attempt.OtherCode(ctx, text)
		case "check":
			err = session.Check(ctx)
		case "out":
			err = session.SignOut(ctx)
		}
		if state.Session != nil {
			session = state.Session
		}
		return fmt.Sprint(state.Step, " ", err)
	})
}

// What a window answers where all went well.
var (
	signedIn    = fmt.Sprint(auth.StepDone, " <nil>")
	asksForCode = fmt.Sprint(auth.StepCode, " <nil>")
	well        = fmt.Sprint(auth.StepPassword, " <nil>") // where nobody signs in
)

// oneWinner sees that exactly one gets what it wanted, and all others one of these.
func oneWinner(t *testing.T, all []*Process, won string, lost ...string) int {
	t.Helper()
	winner := -1
	for i, p := range all {
		switch got := p.Answer(); {
		case got == won && winner >= 0:
			t.Fatalf("two got %q", got)
		case got == won:
			winner = i
		default:
			wantOne(t, got, lost)
		}
	}
	if winner < 0 {
		t.Fatal("none won")
	}
	return winner
}

func wantOne(t *testing.T, got string, of []string) {
	t.Helper()
	for _, want := range of {
		if got == want {
			return
		}
	}
	t.Fatalf("got %q, want one of %q", got, of)
}

// Two processes give the same code at the same moment, a thousand times (fewer with
// -short); each time exactly one of them gets a session.
func testOneCodeOneSession(t *testing.T, e Engine) {
	c := newClinic(t, e)
	secret := c.turnOn()
	c.must(c.p.Close())
	windows := []*Process{c.start("window"), c.start("window")}
	wins := make([]int, len(windows))
	now := c.now
	for range limits.Rounds(1000) {
		now = now.Add(totp.Period)
		for _, w := range windows {
			w.tell("password", now)
			w.Expect(asksForCode)
		}
		for _, w := range windows {
			w.tell("code", now, totp.Code(secret, totp.StepAt(now)))
		}
		winner := oneWinner(t, windows, signedIn, fmt.Sprint(auth.StepCode, " ", auth.ErrCodeUsed))
		wins[winner]++
		windows[winner].tell("out", now)
		windows[winner].Expect(well)
	}
	t.Logf("sessions of the two processes: %v", wins)
}

// Two processes give the same recovery code, or the same one-time code, at the same
// moment, a thousand times (fewer with -short); each time exactly one of them gets a
// session.
func testOneGivenCodeOneSession(t *testing.T, e Engine) {
	c := newClinic(t, e)
	secret := c.turnOn()
	a := c.p.NewAttempt()
	_, err := a.Password(t.Context(), "asmith", password)
	c.must(err)
	c.now = c.now.Add(totp.Period) // the code that turned it on is used up
	state, err := a.Code(t.Context(), totp.Code(secret, totp.StepAt(c.now)))
	c.must(err)
	c.anna = state.Session
	id, ben, _ := c.addUser("ben", auth.Staff)
	enrolment, err := ben.Enrolment(t.Context())
	c.must(err)
	state, err = ben.Confirm(t.Context(), totp.Code(c.secretOf(enrolment), totp.StepAt(c.now)))
	c.must(err)
	recovery, session := state.Recovery, state.Session

	windows := []*Process{c.start("window"), c.start("window")}
	for round := range limits.Rounds(1000) {
		var given string
		var used error
		if round%2 == 0 {
			code, err := c.anna.NewOneTimeCode(t.Context(), id)
			c.must(err)
			given, used = strings.ReplaceAll(code.Code, " ", ""), auth.ErrOneTimeUsed
		} else {
			if len(recovery) == 0 {
				recovery, err = session.NewRecoveryCodes(t.Context())
				c.must(err)
			}
			given, recovery, used = recovery[0], recovery[1:], auth.ErrRecoveryUsed
		}
		for _, w := range windows {
			w.tell("password", c.now, "ben")
			w.Expect(asksForCode)
		}
		for _, w := range windows {
			w.tell("other", c.now, given)
		}
		winner := oneWinner(t, windows, signedIn, fmt.Sprint(auth.StepCode, " ", used))
		windows[winner].tell("out", c.now)
		windows[winner].Expect(well)
	}
}

// Turning two-factor on in one process ends the other's session at its next check, which
// a window makes every second.
func testTurnOnElsewhere(t *testing.T, e Engine) {
	c := newClinic(t, e)
	other := c.start("window")
	other.tell("password", c.now)
	other.Expect(signedIn)
	for range 3 {
		other.tell("check", c.now)
		other.Expect(well)
	}
	c.turnOn()
	other.tell("check", c.now)
	other.Expect(fmt.Sprint(auth.StepPassword, " ", auth.ErrSessionEnded))
}

// A process killed at random moments loses no confirmed change, leaves no half one, and
// is not taken for a rollback.
func testKilled(t *testing.T, e Engine) {
	c := newClinic(t, e)
	secret := c.turnOn()
	c.must(c.p.Close()) // so that nobody else has it open
	now, all := c.now.Add(totp.Period), 0
	whole := c.start("window")
	start := time.Now()
	whole.tell("password", now)
	whole.Expect(asksForCode)
	whole.tell("code", now, totp.Code(secret, totp.StepAt(now)))
	whole.Expect(signedIn)
	span := 3 * time.Since(start)
	whole.End()
	for range limits.Rounds(20) {
		victim := c.start("window")
		confirmed := totp.Step(0)
		kill := time.AfterFunc(rand.N(span), victim.Kill)
		for range 100 {
			now = now.Add(totp.Period)
			step := totp.StepAt(now)
			victim.tell("password", now)
			if !victim.Said() {
				break
			}
			victim.tell("code", now, totp.Code(secret, step))
			if !victim.Said() {
				break
			}
			confirmed = step
			all++
		}
		kill.Stop()
		victim.Kill()
		victim.End()

		// The confirmed code is used up, whatever the kill hit. A failure that
		// was charged and never judged may have to be waited for.
		now = now.Add(15 * time.Minute)
		next := c.start("window")
		next.tell("password", now)
		next.Expect(asksForCode)
		if confirmed != 0 {
			next.tell("code", confirmed.Start(), totp.Code(secret, confirmed))
			if got := next.Answer(); strings.HasPrefix(got, fmt.Sprint(auth.StepDone)) {
				t.Fatalf("a confirmed code counted again: %s", got)
			}
		}
		next.End()
	}
	t.Logf("%d sign-ins were confirmed", all)
}
