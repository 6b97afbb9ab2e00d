package auth_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/auth/totp"
)

// model is what anybody would expect of sign-in, in a few words: what is true
// of Ben and the policy, without a register, keys or transactions.
type model struct {
	password  string
	oneTime   bool
	phone     *phone
	usedUpTo  totp.Step
	twoFactor bool
	frequency auth.Frequency
	trusted   time.Time // until when a code given here counts
}

// attempt is what Ben has proven in the sign-in under way.
type attempt struct {
	real     *auth.Attempt
	password bool
	code     bool
	enrol    *auth.Enrolment
}

// TestNoWayAround: whatever is typed in whatever order, with admins changing
// things and time passing in between, a session begins only after everything
// that the policy asks for; and who gives everything gets one.
func TestNoWayAround(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		oneTime := w.addBen()
		m := &model{password: oneTime, oneTime: true, frequency: auth.EverySignIn}
		a := &attempt{real: w.practice.NewAttempt()}
		var anna *phone

		users, err := w.anna.Users(w.ctx)
		w.must(err)
		ben := users[1].ID
		fresh := func() { a.password, a.code, a.enrol = false, false, nil }
		stepUp := func() { w.stepUp(w.anna, annaPassword, anna) }

		// judge compares what a step gave with what the model allows.
		judge := func(state auth.State, err error) {
			rt.Helper()
			if err != nil {
				if state.Session != nil {
					rt.Fatalf("a session with an error: %v", err)
				}
				if state.Step == auth.StepPassword {
					fresh()
				}
				return
			}
			if state.Step != auth.StepDone {
				if state.Session != nil {
					rt.Fatalf("a session at step %v", state.Step)
				}
				return
			}
			now := w.clock.Now()
			second := !m.twoFactor || m.phone != nil && (a.code || now.Before(m.trusted))
			if !a.password || m.oneTime || !second {
				rt.Fatalf("a session without everything: %+v of %+v", a, m)
			}
			if err := state.Session.Check(w.ctx); err != nil {
				rt.Fatal(err)
			}
			fresh() // the attempt itself may be used again
		}
		gaveCode := func(step totp.Step) {
			a.code = true
			m.usedUpTo = step
			m.trusted = time.Time{}
			if m.twoFactor {
				m.trusted = w.clock.Now().Add(m.frequency.Length())
			}
		}

		password := func() {
			fresh()
			a.password = true
			state, err := a.real.Password(w.ctx, "bjones", m.password)
			if err == nil && !m.twoFactor && !m.oneTime && state.Step != auth.StepDone {
				rt.Fatalf("with all given: %+v", state)
			}
			if err != nil && !errors.Is(err, auth.ErrWait) {
				rt.Fatalf("the right password: %v", err)
			}
			judge(state, err)
		}
		code := func(offset totp.Step) {
			if m.phone == nil {
				judge(a.real.Code(w.ctx, "123456"))
				return
			}
			now := totp.StepAt(w.clock.Now())
			step := now + offset
			asked := a.password
			state, err := a.real.Code(w.ctx, totp.Code(m.phone.secret, step))
			if err == nil {
				if !asked || offset < -1 || offset > 1 || step <= m.usedUpTo {
					rt.Fatalf("code of step %d counted at %d, used up to %d", step, now, m.usedUpTo)
				}
				gaveCode(step)
			}
			judge(state, err)
		}
		newPassword := func() {
			state, err := a.real.NewPassword(w.ctx, benPassword)
			if err == nil {
				m.password, m.oneTime = benPassword, false
			}
			judge(state, err)
		}
		enrol := func() {
			e, err := a.real.Enrolment(w.ctx)
			if err != nil {
				fresh()
				return
			}
			if m.phone != nil {
				rt.Fatal("a second enrolment for who has a phone")
			}
			a.enrol = e
		}
		confirm := func() {
			text := "000000"
			var p *phone
			if a.enrol != nil {
				p = scan(t, a.enrol)
				text = p.code(w.clock.Now())
			}
			state, err := a.real.Confirm(w.ctx, text)
			if err == nil {
				if p == nil || !a.password {
					rt.Fatal("enrolled without a barcode or a password")
				}
				m.phone = p
				gaveCode(totp.StepAt(w.clock.Now()))
			}
			judge(state, err)
		}

		rt.Repeat(map[string]func(*rapid.T){
			"right password":          func(*rapid.T) { password() },
			"right password and code": func(*rapid.T) { password(); code(0) },
			"first sign-in":           func(*rapid.T) { password(); newPassword(); enrol(); confirm() },
			"enrol after a reset":     func(*rapid.T) { password(); enrol(); confirm() },
			"wrong password": func(*rapid.T) {
				fresh()
				judge(a.real.Password(w.ctx, "bjones", m.password+"x"))
			},
			"unknown user": func(*rapid.T) {
				fresh()
				judge(a.real.Password(w.ctx, "jones", m.password))
			},
			"code": func(rt *rapid.T) { code(totp.Step(rapid.IntRange(-3, 2).Draw(rt, "step"))) },
			"wrong code": func(*rapid.T) {
				code := "12x"
				if m.phone != nil {
					code = wrongCode(m.phone.secret, w.clock.Now())
				}
				state, err := a.real.Code(w.ctx, code)
				if err == nil {
					rt.Fatal("a wrong code counted")
				}
				judge(state, err)
			},
			"new password": func(*rapid.T) { newPassword() },
			"enrol":        func(*rapid.T) { enrol() },
			"confirm":      func(*rapid.T) { confirm() },
			"leave":        func(*rapid.T) { a.real.End(); fresh() },
			"time passes": func(rt *rapid.T) {
				w.clock.Advance(time.Duration(rapid.SampledFrom([]int{1, 31, 301, 3600, 90000, 700000}).Draw(rt, "seconds")) * time.Second)
			},
			"two-factor on": func(rt *rapid.T) {
				if m.twoFactor {
					return
				}
				stepUp()
				form := auth.SettingsForm{Name: w.practice.Name(), Was: w.policy(), Ends: w.sessions(), Policy: auth.Policy{
					Idle:      auth.DefaultIdle,
					TwoFactor: true, Frequency: rapid.SampledFrom(auth.Frequencies).Draw(rt, "frequency"),
				}}
				if anna == nil {
					e, err := w.anna.NewEnrolment(w.ctx)
					w.must(err)
					anna = scan(t, e)
					form.Enrolment, form.Code = e, anna.code(w.clock.Now())
				}
				w.must(w.anna.SaveSettings(w.ctx, form))
				m.twoFactor, m.frequency, m.trusted = true, form.Policy.Frequency, time.Time{}
				w.clock.Advance(totp.Period)
				w.signInAnna(anna)
			},
			"two-factor off": func(*rapid.T) {
				stepUp()
				w.must(w.anna.SaveSettings(w.ctx, auth.SettingsForm{Name: w.practice.Name(), Was: w.policy(), Policy: auth.Policy{Idle: auth.DefaultIdle, Frequency: m.frequency}}))
				m.twoFactor, m.trusted = false, time.Time{}
			},
			"reset two-factor": func(*rapid.T) {
				stepUp()
				_, err := w.anna.ResetTwoFactor(w.ctx, ben, "new phone")
				if (err == nil) != (m.phone != nil) {
					rt.Fatalf("reset: %v", err)
				}
				if err == nil {
					m.phone, m.usedUpTo, m.trusted = nil, 0, time.Time{}
				}
			},
			"reset password": func(*rapid.T) {
				stepUp()
				oneTime, err := w.anna.ResetPassword(w.ctx, ben)
				w.must(err)
				m.password, m.oneTime, m.trusted = oneTime, true, time.Time{}
			},
		})
	})
}
