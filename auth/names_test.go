package auth_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anteroom/auth"
	"anteroom/auth/keyring"
)

// tries is a wrong password for a username, and what came of it.
func (w *world) tries(p *auth.Practice, username string) (wait time.Duration, reason error) {
	w.t.Helper()
	_, err := p.NewAttempt().Password(w.ctx, username, "no password of anybody's")
	if err == nil {
		w.t.Fatal("a wrong password let somebody in")
	}
	return waitOf(err), reasonOf(err)
}

// TestNamesCannotBeFoundOut: four failures for a name that somebody has and for one
// that nobody has, then two hundred other names, as fast as the computer lets
// them be tried: the fifth costs both the same.
func TestNamesCannotBeFoundOut(t *testing.T) {
	w := newWorld(t)
	for range 4 {
		for _, name := range []string{"asmith", "nobody"} {
			w.tries(w.practice, name)
		}
	}
	var waited time.Duration
	for i := range 200 {
		wait, reason := w.tries(w.practice, fmt.Sprint("other ", i))
		if reason == auth.ErrWait {
			w.clock.Advance(wait)
			waited += wait
			wait, _ = w.tries(w.practice, fmt.Sprint("other ", i))
		}
		if i == 20 && wait != 2*time.Minute { // the third too many: asmith and nobody are two of the names
			t.Errorf("after %d names a wait of %v", i, wait)
		}
	}
	if waited < 40*time.Hour {
		t.Errorf("two hundred names took %v", waited)
	}
	// Both began again meanwhile, and do so again, alike.
	w.clock.Advance(24 * time.Hour)
	for i := range 8 {
		wait, known := w.tries(w.practice, "asmith")
		same, unknown := w.tries(w.practice, "nobody")
		if !errors.Is(known, unknown) || wait != same {
			t.Fatalf("try %d: %v and %v for a name of somebody's, %v and %v for one of nobody's", i+1, known, wait, unknown, same)
		}
	}

	// The same without time in between, from many computers.
	w = newWorld(t)
	var at []*auth.Practice
	for range 12 {
		at = append(at, w.linkedByCode().practice)
	}
	for range 4 {
		w.tries(w.practice, "asmith")
		w.tries(w.practice, "nobody")
	}
	for i := range 200 {
		if _, reason := w.tries(at[i%len(at)], fmt.Sprint("other ", i)); reason != auth.ErrCredentials {
			t.Fatalf("name %d: %v", i, reason)
		}
	}
	for _, name := range []string{"asmith", "nobody"} {
		if wait, reason := w.tries(w.practice, name); reason != auth.ErrCredentials || wait != 30*time.Second {
			t.Errorf("the fifth for %s: %v, %v", name, reason, wait)
		}
	}
}

// TestKnownOrUnknown: in two practices the same is tried in the same order, at two
// computers, over restarts and whatever the clock does. A name that somebody has
// in one nobody has in the other; every answer and every wait is the same.
func TestKnownOrUnknown(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		type office struct {
			*world
			at [2]*world
		}
		var offices [2]office
		for i, name := range []string{"bjones", "chall"} {
			w := newWorld(t)
			w.stepUp(w.anna, annaPassword, nil)
			_, err := w.anna.AddUser(w.ctx, auth.UserForm{Name: "Ben Jones", Username: name, Role: auth.Staff})
			w.must(err)
			offices[i] = office{w, [2]*world{w, w.linkedByCode()}}
		}
		names := []string{"bjones", "chall", "asmith", "BJONES ", "Chall"}
		for i := range 30 {
			names = append(names, fmt.Sprint("nobody ", i))
		}
		steps := []time.Duration{0, 0, 0, time.Second, 31 * time.Second, 2 * time.Minute, 16 * time.Minute, 25 * time.Hour, -time.Hour}
		for range rapid.IntRange(10, 120).Draw(rt, "tries") {
			name := names[min(rapid.IntRange(0, 2*len(names)).Draw(rt, "name"), len(names)+4)%len(names)]
			at := rapid.IntRange(0, 1).Draw(rt, "computer")
			passes := rapid.SampledFrom(steps).Draw(rt, "passes")
			restarts := rapid.IntRange(0, 9).Draw(rt, "restarts") == 0
			var reasons [2]error
			var waits [2]time.Duration
			for i, o := range offices {
				o.clock.Advance(passes)
				here := o.at[at]
				if restarts {
					here.practice = here.reopened()
				}
				waits[i], reasons[i] = here.tries(here.practice, name)
			}
			if !errors.Is(reasons[0], reasons[1]) || waits[0] != waits[1] {
				rt.Fatalf("%q: %v, %v where somebody has that name, %v, %v where nobody has", name, reasons[0], waits[0], reasons[1], waits[1])
			}
		}
	})
}

// TestComputerWaits: where more than twenty names fail, everybody waits who signs
// in there, known or not, and longer with each. Who got in is no name that
// fails; who is signed in goes on; at other computers nobody notices.
func TestComputerWaits(t *testing.T) {
	w := newWorld(t)
	other := w.linkedByCode()
	ben := w.ben()
	for i := range 20 {
		if wait, reason := w.tries(w.practice, fmt.Sprint("name ", i)); reason != auth.ErrCredentials || wait != 0 {
			t.Fatalf("name %d: %v, %v", i+1, reason, wait)
		}
	}
	for _, want := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 15 * time.Minute, 15 * time.Minute} {
		wait, reason := w.tries(w.practice, want.String()+w.clock.Now().String())
		if reason != auth.ErrCredentials || wait != want {
			t.Fatalf("%v, %v, want a wait of %v", reason, wait, want)
		}
		w.practice = w.reopened() // over restarts
		for _, name := range []string{"asmith", "bjones", "name 1", "a new name"} {
			_, err := w.practice.NewAttempt().Password(w.ctx, name, annaPassword)
			if w.refused(err, auth.ErrWait); waitOf(err) != want {
				t.Fatalf("%s waits %v, want %v", name, waitOf(err), want)
			}
		}
		w.must(ben.StepUp(w.ctx, benPassword, ""))
		_, err := other.practice.NewAttempt().Password(w.ctx, "asmith", annaPassword)
		w.must(err)
		w.clock.Advance(want)
	}
	_, err := w.practice.NewAttempt().Password(w.ctx, "bjones", benPassword)
	w.must(err)
	if wait, reason := w.tries(w.practice, "asmith"); reason != auth.ErrCredentials || wait != 15*time.Minute {
		t.Errorf("a sign-in has others guess on: %v, %v", reason, wait)
	}
}

// shut has so many names fail at a computer that everybody waits there.
func (w *world) shut(p *auth.Practice) {
	w.t.Helper()
	for i := range 21 {
		if _, reason := w.tries(p, fmt.Sprint("passer-by ", i)); reason != auth.ErrCredentials {
			w.t.Fatalf("name %d: %v", i+1, reason)
		}
	}
	if _, reason := w.tries(p, "asmith"); reason != auth.ErrWait {
		w.t.Fatalf("at a computer that waits: %v", reason)
	}
}

// slipsAreFree says that a slip costs nothing at a computer, known names and
// unknown ones alike.
func (w *world) slipsAreFree(p *auth.Practice) {
	w.t.Helper()
	for _, name := range []string{"asmith", "bjones", "passer-by 1", "a new name"} {
		if wait, reason := w.tries(p, name); reason != auth.ErrCredentials || wait != 0 {
			w.t.Errorf("%s: %v, %v", name, reason, wait)
		}
	}
}

// TestLiftAtAComputer: an admin sees who waits because of where they sign in, and
// ends it for all there. Elsewhere a wait goes on.
func TestLiftAtAComputer(t *testing.T) {
	w := newWorld(t)
	other := w.linkedByCode()
	w.ben()
	w.shut(w.practice)
	w.shut(other.practice)
	waits := func() (names []string) {
		users, err := w.anna.Users(w.ctx)
		w.must(err)
		for _, u := range users {
			if !u.WaitUntil.IsZero() {
				names = append(names, u.Username)
			}
		}
		return names
	}
	if got := waits(); !slices.Equal(got, []string{"asmith", "bjones"}) {
		t.Errorf("who waits: %q", got)
	}
	w.stepUp(w.anna, annaPassword, nil)
	ben := w.idOf("Ben Jones")
	w.must(w.anna.LiftWait(w.ctx, ben))
	w.slipsAreFree(w.practice)
	if got := waits(); len(got) != 0 {
		t.Errorf("who waits: %q", got)
	}
	w.refused(w.anna.LiftWait(w.ctx, ben), auth.ErrConflict)
	if _, reason := w.tries(other.practice, "asmith"); reason != auth.ErrWait {
		t.Errorf("at another computer: %v", reason)
	}
}

// TestAdminCalmsAComputer: once its wait is over, an admin's sign-in has everybody
// begin again there.
func TestAdminCalmsAComputer(t *testing.T) {
	w := newWorld(t)
	w.ben()
	w.shut(w.practice)
	w.clock.Advance(15 * time.Minute)
	w.signInAnna(nil)
	w.slipsAreFree(w.practice)
}

// TestReceptionNeverWaits: five people at one computer who mistype their name
// twice and their password twice, and get in, five days a week.
func TestReceptionNeverWaits(t *testing.T) {
	w := newWorld(t)
	w.stepUp(w.anna, annaPassword, nil)
	people := []string{"asmith"}
	passwords := []string{annaPassword}
	for i := range 4 {
		name := fmt.Sprint("person", i)
		oneTime, err := w.anna.AddUser(w.ctx, auth.UserForm{Name: name, Username: name, Role: auth.Staff})
		w.must(err)
		people, passwords = append(people, name), append(passwords, oneTime)
	}
	for day := range 5 {
		for i, name := range people {
			for _, slip := range []string{name + "q", name + "w", name, name} {
				if wait, reason := w.tries(w.practice, slip); reason != auth.ErrCredentials || wait != 0 {
					t.Fatalf("day %d, %s: %v, %v", day, slip, reason, wait)
				}
			}
			_, err := w.practice.NewAttempt().Password(w.ctx, name, passwords[i])
			w.must(err)
		}
		w.clock.Advance(24 * time.Hour)
	}
}

// TestRunOfTheKitWaits: a run that the kit opened is at a computer that is not
// linked; the next such run goes on waiting.
func TestRunOfTheKitWaits(t *testing.T) {
	w := newWorld(t)
	w.keyring.Fail = func(_, _ string) error { return keyring.ErrLocked }
	for _, names := range []int{21, 0} {
		p := w.rescued(false)
		for i := range names {
			w.tries(p, fmt.Sprint("name ", i))
		}
		if _, reason := w.tries(p, "another"); !p.ForThisRun() || reason != auth.ErrWait {
			t.Fatalf("for this run: %v, %v", p.ForThisRun(), reason)
		}
		w.must(p.Close())
	}
}

// TestRenamedWaitsOn: a new username is no fresh start, and the old one gives
// nothing away.
func TestRenamedWaitsOn(t *testing.T) {
	w := newWorld(t)
	w.addBen()
	for range 7 {
		wait, _ := w.tries(w.practice, "bjones")
		w.clock.Advance(wait)
	}
	w.clock.Advance(-time.Minute)
	w.stepUp(w.anna, annaPassword, nil)
	was := auth.UserForm{Name: "Ben Jones", Username: "bjones", Role: auth.Staff}
	w.must(w.anna.EditUser(w.ctx, w.idOf("Ben Jones"), was, auth.UserForm{Name: "Ben Jones", Username: "ben", Role: auth.Staff}))
	for _, name := range []string{"bjones", "ben"} {
		if wait, reason := w.tries(w.practice, name); reason != auth.ErrWait || wait != time.Minute {
			t.Errorf("%s: %v, %v", name, reason, wait)
		}
	}
	users, err := w.anna.Users(w.ctx)
	w.must(err)
	i := slices.IndexFunc(users, func(u auth.UserInfo) bool { return u.Username == "ben" })
	if left := users[i].WaitUntil.Sub(w.clock.Now()); left != time.Minute {
		t.Errorf("the admin sees a wait of %v", left)
	}
	w.must(w.anna.LiftWait(w.ctx, users[i].ID))
	if _, reason := w.tries(w.practice, "ben"); reason != auth.ErrCredentials {
		t.Errorf("after the lift: %v", reason)
	}
}
