package auth_test

import (
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/auth/authtest"
)

// A practice that goes on in two places from one state: what is spent in the one is
// not good again by what is brought from the other.

// forks are the ways to make another one, at a computer of its own.
var forks = map[string]func(c *clinic) *world{
	"restored elsewhere": func(c *clinic) *world {
		path := c.backUp()
		b := c.desk()
		b.memory = &authtest.Memory{}
		c.copyBackups(b)
		b.goOnWith(b.withKit(path))
		return b
	},
	"copied elsewhere": func(c *clinic) *world { // the same lineage
		b := c.desk()
		b.memory = &authtest.Memory{}
		b.memory.Put(c.memory.Rows())
		b.practice = b.rescued(false)
		return b
	},
}

// brought is a backup of a fork at c's computer.
func (c *clinic) brought(fork *world) (path string) {
	c.t.Helper()
	path = fork.backUp()
	fork.copyBackups(c.world)
	return path
}

// atWork has Anna sign in some times, a while later.
func (w *world) atWork() {
	w.t.Helper()
	for range 12 {
		w.clock.Advance(time.Minute)
		w.signInAnna(w.annaPhone)
	}
}

// TestForkBringsNobodyBack: who was shut out here, and with what, stays so when a
// backup of the other place is restored, however far that went on.
func TestForkBringsNobodyBack(t *testing.T) {
	for name, fork := range forks {
		t.Run(name, func(t *testing.T) {
			c := newClinic(t)
			c.put("p", "Grete")
			c.prove()
			c.addCara()
			b := fork(c)
			c.clock.Advance(time.Minute)

			c.signInAnna(c.annaPhone)
			c.prove()
			stolen := c.benPhone
			_, err := c.anna.ResetTwoFactor(c.ctx, c.benID, "stolen")
			c.must(err)
			c.enrol(benPassword, "")
			const chosen = "copper lantern by the sea"
			c.must(c.ben.ChangePassword(c.ctx, benPassword, chosen))
			c.must(c.anna.Deactivate(c.ctx, c.idOf("Cara Lind")))
			b.atWork()
			c.goOnWith(c.withKit(c.brought(b)))

			c.holdPresent(chosen, stolen)
			c.holdUsers("Anna Smith", "Ben Jones")
		})
	}
}

// TestForkIsHeldStrictly: who was deactivated in either place stays so, and an
// authenticator that was disabled in either stays disabled.
func TestForkIsHeldStrictly(t *testing.T) {
	for name, fork := range forks {
		for where, atFork := range map[string]bool{"here": false, "there": true} {
			t.Run(name+", "+where, func(t *testing.T) {
				c := newClinic(t)
				c.prove()
				c.addCara()
				b := fork(c)
				c.clock.Advance(time.Minute)
				at := *c // where it is done
				if atFork {
					at.world = b
				}
				at.failBen(100)
				at.clock.Advance(time.Hour)
				at.signInAnna(c.annaPhone)
				at.prove()
				at.must(at.anna.Deactivate(c.ctx, at.idOf("Cara Lind")))
				c.clock.Advance(time.Minute)
				c.signInAnna(c.annaPhone)
				b.atWork()
				c.goOnWith(c.withKit(c.brought(b)))

				c.clock.Advance(time.Hour)
				c.signInAnna(c.annaPhone)
				c.holdUsers("Anna Smith", "Ben Jones")
				_, err := c.asked(auth.StepCode).Code(c.ctx, c.benPhone.code(c.clock.Now()))
				c.refused(err, auth.ErrAuthenticatorDisabled)
			})
		}
	}
}

// TestForkLeavesAnAdmin: two admins who deactivated each other, each in one place, are
// not both out.
func TestForkLeavesAnAdmin(t *testing.T) {
	w := newWorld(t)
	cara := w.cara()
	caraID, annaID := w.idOf("Cara Lind"), w.idOf("Anna Smith")
	path := w.backUp()
	b := w.desk()
	b.memory = &authtest.Memory{}
	w.copyBackups(b)
	b.goOnWith(b.withKit(path))
	w.clock.Advance(time.Minute)
	w.stepUp(cara, annaPassword, nil)
	w.must(cara.Deactivate(w.ctx, annaID))
	b.signInAnna(nil)
	b.stepUp(b.anna, annaPassword, nil)
	b.must(b.anna.Deactivate(w.ctx, caraID))
	w.clock.Advance(time.Minute)
	path = b.backUp()
	b.copyBackups(w)
	w.goOnWith(w.withKit(path))
	a := w.practice.NewAttempt()
	state, err := a.Password(w.ctx, "clind", annaPassword)
	w.must(err)
	w.anna = state.Session
	w.holdUsers("Cara Lind")
}

// TestForkInItsPlace: the database of the other place, where this account saw more than
// that one was begun from, opens with no linking code; and what was spent here is not
// good in it once the kit was used.
func TestForkInItsPlace(t *testing.T) {
	c := newClinic(t)
	b := forks["restored elsewhere"](c)
	c.clock.Advance(time.Hour)
	used := c.benPhone.code(c.clock.Now())
	c.in(c.asked(auth.StepCode).Code(c.ctx, used))
	b.signInAnna(c.annaPhone)
	code := b.linkingCode()
	c.memory.Put(b.memory.Rows())
	lineage := b.register(b.practice).Lineage

	_, err := auth.LinkWithCode(c.ctx, c.deps(), code)
	c.refused(err, auth.ErrOtherHistory)
	c.practice = c.rescued(true)
	if c.register(c.practice).Lineage == lineage {
		t.Error("nothing was adopted")
	}
	_, err = c.asked(auth.StepCode).Code(c.ctx, used)
	c.refused(err, auth.ErrCodeUsed)
}

// TestLinkedToWhatWentOn: what an account saw in the lineage from before is known where it
// was spent before the next one began: a linking code is enough then.
func TestLinkedToWhatWentOn(t *testing.T) {
	w := newWorld(t)
	other := w.linkedByKit()
	path := w.backUp()
	other.signInAnna(nil) // more than w saw
	w.clock.Advance(time.Minute)
	backWays["restored over a damaged database"].goOn(w, path, authtest.Rows{})
	w.signInAnna(nil)
	var err error
	other.practice, err = auth.LinkWithCode(w.ctx, other.deps(), w.linkingCode())
	w.must(err)
	w.practice = w.reopened()
}
