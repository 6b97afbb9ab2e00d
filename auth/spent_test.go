package auth_test

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/auth/authtest"
	"anteroom/auth/totp"
)

// back is a way in which the practice goes on from a state from before: a backup, or
// the rows of that time. Those that read what they replace say so.
type back struct {
	reads bool
	goOn  func(w *world, path string, rows authtest.Rows)
}

// backWays are all of them.
var backWays = map[string]back{
	"restored with the kit": {true, func(w *world, path string, _ authtest.Rows) { w.goOnWith(w.withKit(path)) }},
	"restored by an admin": {true, func(w *world, path string, _ authtest.Rows) {
		r, err := w.anna.OpenRestore(w.ctx, path)
		w.must(err)
		w.must(r.Confirm(w.ctx))
		w.goOnWith(r)
	}},
	"restored over a damaged database": {false, func(w *world, path string, _ authtest.Rows) {
		rows := w.memory.Rows()
		rows.Register = &auth.SealedRow{Version: 1, Sealed: []byte("damaged")}
		w.memory.Put(rows)
		w.goOnWith(w.withKit(path))
	}},
	"restored on an empty machine": {false, func(w *world, path string, _ authtest.Rows) {
		empty := w.desk()
		empty.memory = &authtest.Memory{}
		w.copyBackups(empty)
		r := empty.withKit(path)
		w.memory, w.keyring = empty.memory, empty.keyring
		w.goOnWith(r)
	}},
	"older data accepted": {false, func(w *world, _ string, rows authtest.Rows) {
		w.memory.Put(rows)
		w.practice = w.rescued(true)
	}},
	"older data accepted without a keyring": {false, func(w *world, _ string, rows authtest.Rows) {
		w.memory.Put(rows)
		r := w.rescue()
		w.keyring.Fail = failingSet(1)
		var err error
		w.practice, err = r.Open(w.ctx, true)
		w.must(err)
		w.keyring.Fail = nil
	}},
}

func (w *world) goOnWith(r *auth.Restore) {
	w.t.Helper()
	var err error
	w.practice, _, err = r.Run(w.ctx)
	w.must(err)
}

// TestNothingSpentComesBack: no second factor that was used, replaced or handed out
// since is good again, nor one that nobody can tell whether it was.
func TestNothingSpentComesBack(t *testing.T) {
	for name, way := range backWays {
		t.Run(name, func(t *testing.T) {
			c := newClinic(t)
			c.must(c.ben.KeptRecoveryCodes(c.ctx))
			oneTime := c.oneTimeCode()
			caraPassword := c.addCara()
			path, rows := c.backUp(), c.memory.Rows()

			used, unused := c.codes[0], c.codes[1]
			c.in(c.other(used))
			c.clock.Advance(totp.Period)
			ben := c.signInBen().Session
			replaced, err := ben.NewRecoveryCodes(c.ctx)
			c.must(err)
			c.in(c.other(oneTime))
			c.prove()
			next := c.benPhone.code(c.clock.Now().Add(totp.Period))
			c.in(c.asked(auth.StepCode).Code(c.ctx, next))
			way.goOn(c.world, path, rows)

			a := c.asked(auth.StepCode)
			for what, give := range map[string]func() (auth.State, error){
				"a used recovery code":       func() (auth.State, error) { return a.OtherCode(c.ctx, used) },
				"a code of the replaced set": func() (auth.State, error) { return a.OtherCode(c.ctx, unused) },
				"a code of the new set":      func() (auth.State, error) { return a.OtherCode(c.ctx, replaced[0]) },
				"a used one-time code":       func() (auth.State, error) { return a.OtherCode(c.ctx, oneTime) },
			} {
				if _, err := give(); reasonOf(err) != auth.ErrRecoveryWrong && reasonOf(err) != auth.ErrOneTimeWrong {
					t.Errorf("%s: %v", what, err)
				}
			}
			c.clock.Advance(time.Millisecond)
			a = c.asked(auth.StepCode)
			for _, early := range []time.Duration{-totp.Period, 0, totp.Period} {
				if _, err := a.Code(c.ctx, c.benPhone.code(c.clock.Now().Add(early))); reasonOf(err) != auth.ErrCodeUsed && reasonOf(err) != auth.ErrWait {
					t.Errorf("the code %v from now: %v", early, err)
				}
			}
			if _, err := c.practice.NewAttempt().Password(c.ctx, "clind", caraPassword); reasonOf(err) != auth.ErrCredentials {
				t.Errorf("a one-time password: %v", err)
			}

			// Who has the phone gets in, with new recovery codes.
			c.clock.Advance(time.Hour)
			c.signInAnna(c.annaPhone)
			c.clock.Advance(totp.Period)
			state := c.signInBen()
			if len(state.Recovery) != 10 {
				t.Fatalf("%d new recovery codes", len(state.Recovery))
			}
			c.in(c.other(state.Recovery[0]))
			c.logIntact()
		})
	}
}

// addCara adds an admin who has not signed in yet, and gives the one-time password.
func (w *world) addCara() string {
	w.t.Helper()
	password, err := w.anna.AddUser(w.ctx, auth.UserForm{Name: "Cara Lind", Username: "clind", Role: auth.Admin})
	w.must(err)
	return password
}

// TestFailuresStay: failures and what they disabled don't fall by going back, as far
// as anybody can tell.
func TestFailuresStay(t *testing.T) {
	for name, way := range backWays {
		t.Run(name, func(t *testing.T) {
			c := newClinic(t)
			before, since := 97, 3
			if !way.reads {
				before, since = 100, 0 // nobody can tell what came later
			}
			c.failBen(before)
			path, rows := c.backUp(), c.memory.Rows()
			c.clock.Advance(time.Hour)
			c.failBen(since)
			c.clock.Advance(time.Hour)
			c.signInAnna(c.annaPhone)
			way.goOn(c.world, path, rows)
			c.clock.Advance(2 * time.Hour)
			c.signInAnna(c.annaPhone)
			if !c.seen().Disabled {
				t.Error("the authenticator works again")
			}
			_, err := c.asked(auth.StepCode).Code(c.ctx, c.benPhone.code(c.clock.Now()))
			c.refused(err, auth.ErrAuthenticatorDisabled)
		})
	}
}

// TestHandOverIsVoid: a reset that waits for its code has to be made again. Nobody
// gets a new barcode without it.
func TestHandOverIsVoid(t *testing.T) {
	for name, way := range backWays {
		t.Run(name, func(t *testing.T) {
			c := newClinic(t)
			c.askForHandOver()
			digits, err := c.anna.ResetTwoFactor(c.ctx, c.benID, "lost")
			c.must(err)
			path, rows := c.backUp(), c.memory.Rows()
			c.clock.Advance(time.Minute)
			c.signInAnna(c.annaPhone)
			way.goOn(c.world, path, rows)
			_, err = c.asked(auth.StepHandOver).HandOver(c.ctx, digits)
			c.refused(err, auth.ErrResetLapsed)
			c.clock.Advance(time.Minute)
			c.signInAnna(c.annaPhone)
			again, err := c.anna.ResetTwoFactor(c.ctx, c.benID, "once more")
			c.must(err)
			state, err := c.asked(auth.StepHandOver).HandOver(c.ctx, again)
			c.must(err)
			if state.Step != auth.StepEnrol {
				t.Errorf("%+v", state)
			}
		})
	}
}

// TestPhoneAhead: a phone that is ahead of this computer has shown later codes.
func TestPhoneAhead(t *testing.T) {
	for name, way := range backWays {
		t.Run(name, func(t *testing.T) {
			c := newClinic(t)
			c.clock.Advance(time.Hour)
			ahead := func() time.Time { return c.clock.Now().Add(10 * time.Minute) }
			c.in(c.asked(auth.StepCode).TwoCodes(c.ctx, c.benPhone.code(ahead().Add(-totp.Period)), c.benPhone.code(ahead())))
			path, rows := c.backUp(), c.memory.Rows()
			c.clock.Advance(2 * totp.Period)
			used := c.benPhone.code(ahead())
			c.in(c.asked(auth.StepCode).Code(c.ctx, used))
			c.clock.Advance(time.Minute)
			c.signInAnna(c.annaPhone)
			way.goOn(c.world, path, rows)
			c.clock.Advance(9 * time.Minute) // the clock shows what the phone did then
			_, err := c.asked(auth.StepCode).Code(c.ctx, used)
			if reasonOf(err) != auth.ErrCodeUsed && reasonOf(err) != auth.ErrCodeExpired {
				t.Errorf("a code that a phone ahead has shown: %v", err)
			}
			c.clock.Advance(2 * time.Minute)
			c.signInBen()
		})
	}
}

// TestSpentWithTheClockPutBack: where this account saw later times than the clock
// shows now, codes of until then are used up.
func TestSpentWithTheClockPutBack(t *testing.T) {
	c := newClinic(t)
	rows := c.memory.Rows()
	c.clock.Advance(time.Hour)
	used := c.benPhone.code(c.clock.Now())
	c.in(c.asked(auth.StepCode).Code(c.ctx, used))
	c.clock.Advance(-20 * time.Minute)
	backWays["older data accepted"].goOn(c.world, "", rows)
	c.clock.Advance(20 * time.Minute)
	_, err := c.asked(auth.StepCode).Code(c.ctx, used)
	c.refused(err, auth.ErrCodeUsed)
	c.clock.Advance(2 * totp.Period)
	c.signInBen()
}

// TestWhoMayComeInStays as it is now where the database that a backup replaces can
// be read: who was shut out since, and with what, does not come back.
func TestWhoMayComeInStays(t *testing.T) {
	for name, way := range backWays {
		if !way.reads {
			continue
		}
		t.Run(name, func(t *testing.T) {
			c := newClinic(t)
			c.put("p", "Grete")
			c.prove()
			c.addCara()
			path := c.backUp()
			c.clock.Advance(time.Minute)

			c.prove()
			old := c.benPhone
			_, err := c.anna.ResetTwoFactor(c.ctx, c.benID, "stolen")
			c.must(err)
			c.enrol(benPassword, "")
			const chosen = "copper lantern by the sea"
			c.must(c.ben.ChangePassword(c.ctx, benPassword, chosen))
			c.must(c.anna.Deactivate(c.ctx, c.idOf("Cara Lind")))
			_, err = c.anna.AddUser(c.ctx, auth.UserForm{Name: "Dan Wu", Username: "dwu", Role: auth.Staff})
			c.must(err)
			was := c.policy()
			p := was
			p.Idle = auth.MinIdle
			c.must(c.anna.SaveSettings(c.ctx, auth.SettingsForm{Name: c.practice.Name(), Policy: p, Was: was}))
			way.goOn(c.world, path, authtest.Rows{})

			c.holdPresent(chosen, old)
			if got := c.policy(); got != p {
				t.Errorf("policy %+v", got)
			}
			c.holdUsers("Anna Smith", "Ben Jones", "Dan Wu")
			c.told(auth.NewsRestored, map[bool]string{true: "Anna Smith (asmith)"}[name == "restored by an admin"], "reception")
		})
	}
}

// holdPresent fails the test unless Ben has the password and the phone that he chose
// since, not those from before, and Anna reads the records.
func (c *clinic) holdPresent(chosen string, before *phone) {
	c.t.Helper()
	c.clock.Advance(2 * totp.Period)
	_, err := c.practice.NewAttempt().Password(c.ctx, "bjones", benPassword)
	c.refused(err, auth.ErrCredentials)
	a := c.practice.NewAttempt()
	_, err = a.Password(c.ctx, "bjones", chosen)
	c.must(err)
	_, err = a.Code(c.ctx, before.code(c.clock.Now()))
	c.refused(err, auth.ErrCodeWrong)
	c.in(a.Code(c.ctx, c.benPhone.code(c.clock.Now())))
	c.signInAnna(c.annaPhone)
	c.reads("p", "Grete")
}

// holdUsers fails the test unless these are the active users.
func (w *world) holdUsers(want ...string) {
	w.t.Helper()
	users, err := w.anna.Users(w.ctx)
	w.must(err)
	var active []string
	for _, u := range users {
		if u.Active {
			active = append(active, u.Name)
		}
	}
	if !slices.Equal(active, want) {
		w.t.Errorf("active are %q, want %q", active, want)
	}
}

// TestUsersWhoWereForgotten: who is in the backup and unknown to the present data
// comes back with the backup; but not to a username that somebody else has by now.
func TestUsersWhoWereForgotten(t *testing.T) {
	w := newWorld(t)
	early := w.backUp()
	w.clock.Advance(24 * time.Hour)
	w.ben()
	w.cara()
	late := w.backUp()
	w.clock.Advance(time.Minute)
	backWays["restored over a damaged database"].goOn(w, early, authtest.Rows{})
	w.signInAnna(nil)
	w.holdUsers("Anna Smith")
	w.stepUp(w.anna, annaPassword, nil)
	_, err := w.anna.AddUser(w.ctx, auth.UserForm{Name: "Bea Jones", Username: "bjones", Role: auth.Staff})
	w.must(err)
	w.run(w.withKit(late))
	w.holdUsers("Anna Smith", "Bea Jones", "Cara Lind")

	ben := w.idOf("Ben Jones")
	w.stepUp(w.anna, annaPassword, nil)
	_, err = w.anna.Reactivate(w.ctx, ben)
	var field *auth.FieldError
	if !asField(err, &field) || field.Field != auth.FieldUsername || field.Problem != auth.ProblemTaken {
		t.Fatalf("a user whose username somebody else has: %v", err)
	}
	w.must(w.edit(ben, auth.UserForm{Name: "Ben Jones", Username: "ben", Role: auth.Staff}))
	oneTime, err := w.anna.Reactivate(w.ctx, ben)
	w.must(err)
	_, err = w.practice.NewAttempt().Password(w.ctx, "ben", oneTime)
	w.must(err)
	w.holdUsers("Anna Smith", "Bea Jones", "Ben Jones", "Cara Lind")
}

// spender is Ben, who uses up all kinds of second factors.
type spender struct {
	*clinic
	unused, spent []string // recovery and one-time codes
	failed        int      // in a row
}

// spend does something of a kind.
func (s *spender) spend(kind string) {
	now := s.clock.Now()
	switch kind {
	case "code":
		s.signInBen()
	case "code a step early":
		s.in(s.asked(auth.StepCode).Code(s.ctx, s.benPhone.code(now.Add(totp.Period))))
	case "recovery code":
		if len(s.unused) == 0 {
			return
		}
		s.in(s.other(s.unused[0]))
		s.spent, s.unused = append(s.spent, s.unused[0]), s.unused[1:]
	case "new codes":
		session := s.signInBen().Session
		fresh, err := session.NewRecoveryCodes(s.ctx)
		s.must(err)
		s.must(session.KeptRecoveryCodes(s.ctx))
		s.spent, s.unused = append(s.spent, s.unused...), fresh
	case "one-time code":
		code := s.oneTimeCode()
		s.in(s.other(code))
		s.spent = append(s.spent, code)
	case "failures":
		s.failBen(3)
		s.failed += 3
		return
	}
	s.failed = 0
}

// holdFailures fails the test unless at least so many of Ben's codes failed in a row.
func (c *clinic) holdFailures(want int) {
	c.t.Helper()
	plain, err := auth.OpenedRegister(c.ctx, c.practice)
	c.must(err)
	var r struct {
		Users []struct {
			ID    string
			Codes struct{ Count int }
		}
	}
	c.must(json.Unmarshal(plain, &r))
	for _, u := range r.Users {
		if u.ID == c.benID && u.Codes.Count < want {
			c.t.Fatalf("%d failures, want %d", u.Codes.Count, want)
		}
	}
}

// TestSpentAtRandom: whatever was used, replaced, failed and backed up in whatever
// order, nothing that was spent before the practice goes back is good after it.
func TestSpentAtRandom(t *testing.T) {
	kinds := []string{"code", "code a step early", "recovery code", "new codes", "one-time code", "failures"}
	ways := slices.Sorted(maps.Keys(backWays))
	rapid.Check(t, func(rt *rapid.T) {
		s := &spender{clinic: newClinic(t)}
		s.must(s.ben.KeptRecoveryCodes(s.ctx))
		s.unused = s.codes
		var path string
		var rows authtest.Rows
		var failed int
		acts := rapid.IntRange(0, 8).Draw(rt, "acts")
		for i, then := 0, rapid.IntRange(0, acts).Draw(rt, "backed up after"); i <= acts; i++ {
			if i == then {
				path, rows, failed = s.backUp(), s.memory.Rows(), s.failed
			}
			if i < acts {
				s.clock.Advance(time.Hour)
				s.spend(rapid.SampledFrom(kinds).Draw(rt, "act"))
			}
		}
		s.clock.Advance(totp.Period)
		s.signInAnna(s.annaPhone)
		s.clock.Advance(time.Duration(rapid.IntRange(0, 90).Draw(rt, "seconds")) * time.Second)
		way := backWays[rapid.SampledFrom(ways).Draw(rt, "way")]
		way.goOn(s.world, path, rows)

		if way.reads {
			failed = s.failed
		}
		s.holdFailures(failed)
		for at := totp.Step(-1); at <= 1; at++ {
			if _, err := s.asked(auth.StepCode).Code(s.ctx, s.benPhone.code(s.clock.Now().Add(at.Length()))); err == nil {
				rt.Fatalf("the code of %v from now is good", at.Length())
			}
		}
		old := append(s.spent, s.unused...)
		for range min(len(old), 12) {
			s.clock.Advance(time.Hour)
			code := rapid.SampledFrom(old).Draw(rt, "spent")
			if _, err := s.other(code); err == nil {
				rt.Fatalf("%q is good again", code)
			}
		}
		s.clock.Advance(time.Hour)
		s.signInAnna(s.annaPhone)
		s.signInBen()
	})
}
