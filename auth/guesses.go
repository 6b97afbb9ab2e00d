package auth

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"anteroom/auth/vault"
)

// Failed passwords are counted by the username that was typed, whether a user has it or
// not. Both are treated the same, so that neither the answer nor the wait tells whether
// a username exists (OWASP: user enumeration).

const (
	// guessSlots is the number of slots to which usernames are hashed. Two names in one
	// slot share their wait: with twenty names, this happens in one of 5,500 practices.
	guessSlots = 1 << 20
	// guessesKept is how long failures are kept after the last one. A sign-in resets those
	// of a known name; those of an unknown one would stay for ever.
	guessesKept = 24 * time.Hour
	// freeNames is how many names can fail at one computer within guessesKept before the
	// computer has to wait: enough for a team's mistakes, too few for a list of names.
	freeNames = 20
)

// guesses are the failed passwords of the usernames of one slot.
type guesses struct {
	Slot     uint32               `json:"slot"`
	Failures failures             `json:"failures"`
	Tried    map[string]time.Time `json:"tried,omitempty"` // when last, by the id of the computer; "": one that is not linked
}

// unknownName is how earlier releases stored the failures of a username that no user had.
type unknownName struct {
	Hash     string   `json:"hash"`
	Failures failures `json:"failures"`
}

// unknownNamesKey hashes typed usernames. It stays when other keys change: otherwise all
// waits would end then.
func (r *register) unknownNamesKey() vault.Key {
	key, err := vault.ParseKey(r.UnknownNamesKey)
	if err != nil {
		panic(fmt.Sprintf("auth: strangers' key: %v", err)) // unreachable: the register is sealed
	}
	return key
}

// slotOf is the slot of a typed username, by a keyed hash: sometimes a password is typed
// there by mistake, and nobody can choose names that share a slot.
func (r *register) slotOf(username string) uint32 {
	return slotOfSum(r.unknownNamesKey().Subkey("strangers").MAC([]byte(usernameKey(username))))
}

func slotOfSum(sum []byte) uint32 { return binary.BigEndian.Uint32(sum) % guessSlots }

// findGuesses are those in a slot, or nil.
func (r *register) findGuesses(slot uint32) *guesses {
	for i := range r.Guesses {
		if r.Guesses[i].Slot == slot {
			return &r.Guesses[i]
		}
	}
	return nil
}

// guessesIn finds or adds a slot. The pointer is valid until the next one is added.
func (r *register) guessesIn(slot uint32) *guesses {
	if g := r.findGuesses(slot); g != nil {
		return g
	}
	r.Guesses = append(r.Guesses, guesses{Slot: slot})
	return &r.Guesses[len(r.Guesses)-1]
}

// guessesOf are those of a typed username.
func (r *register) guessesOf(username string) *guesses { return r.guessesIn(r.slotOf(username)) }

// forgetGuesses resets a username's failures: its password was right, or is a new one.
func (r *register) forgetGuesses(username string) {
	slot := r.slotOf(username)
	r.Guesses = slices.DeleteFunc(r.Guesses, func(g guesses) bool { return g.Slot == slot })
}

// moveGuesses copies the failures of an old username to the new one. The old one keeps
// its wait, so that nobody can tell that a user had it.
func (c *change) moveGuesses(from, to string) {
	c.tidyGuesses(c.now)
	old := c.guessesOf(from).Failures
	c.guessesOf(to).Failures.atLeast(old)
}

// atLeast takes over other failures where these are more.
func (f *failures) atLeast(o failures) {
	if o.Count-o.Lifted > f.Count-f.Lifted {
		f.Count, f.Lifted = o.Count, o.Lifted
	}
	if o.Last.After(f.Last) {
		f.Last = o.Last
	}
}

// tidyGuesses removes failures that are over. Times in the future, after a clock was put
// back, become now; moved says so.
func (r *register) tidyGuesses(now time.Time) (moved bool) {
	r.Guesses = slices.DeleteFunc(r.Guesses, func(g guesses) bool {
		return g.Failures.Count == 0 || now.Sub(g.Failures.Last) >= guessesKept
	})
	for i := range r.Guesses {
		g := &r.Guesses[i]
		if g.Failures.Last.After(now) {
			g.Failures.Last, moved = now, true
		}
		for computer, at := range g.Tried {
			if at.After(now) {
				g.Tried[computer], moved = now, true
			}
		}
	}
	return moved
}

// namesTried are the failures of a computer where many names were tried: one for each
// recent name that did not sign in since.
func (r *register) namesTried(computer string, now time.Time) failures {
	names, last := 0, time.Time{}
	for _, g := range r.Guesses {
		if at, ok := g.Tried[computer]; ok && now.Sub(at) < guessesKept {
			names++
			last = later(last, at)
		}
	}
	return failures{Count: max(0, names-freeNames+freeFailures), Last: last}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// chargeName counts an attempt with a typed username as failures.charge does,
// unless the name or, at the sign-in, the whole computer waits.
func (c *change) chargeName(username, computer string, isSignIn bool) (left time.Duration, moved bool) {
	moved = c.tidyGuesses(c.now)
	if left = c.nameWait(username, computer, isSignIn); left > 0 {
		return left, moved
	}
	g := c.guessesOf(username)
	g.Failures.charge(c.now, maxPasswordWait)
	if isSignIn {
		if g.Tried == nil {
			g.Tried = map[string]time.Time{}
		}
		g.Tried[c.linked(computer)] = c.now
	}
	return 0, moved
}

// nameWait is what is left of the wait of a typed username and, at the sign-in, of the
// computer. Unlock and step-up don't wait for the computer: others may have caused that.
func (c *change) nameWait(username, computer string, isSignIn bool) time.Duration {
	left := c.guessesOf(username).Failures.left(c.now, maxPasswordWait)
	if isSignIn {
		left = max(left, c.namesTried(c.linked(computer), c.now).left(c.now, maxPasswordWait))
	}
	return left
}

// linked is the id of a computer; "" if it is not linked, as in a run that the kit
// opened: with a new id each such run would start without failures.
func (r *register) linked(computer string) string {
	if r.computer(computer) == nil {
		return ""
	}
	return computer
}

// passwordWait is how long u has to wait: for the name's failures, and for those of
// many names at a computer where u signs in.
func (r *register) passwordWait(u *user, now time.Time) (left time.Duration) {
	if g := r.findGuesses(r.slotOf(u.Username)); g != nil {
		left = g.Failures.left(now, maxPasswordWait)
	}
	for _, computer := range r.usedBy(u) {
		left = max(left, r.namesTried(computer, now).left(now, maxPasswordWait))
	}
	return left
}

// usedBy are the ids of the computers where u signs in.
func (r *register) usedBy(u *user) (ids []string) {
	for _, k := range r.Computers {
		if slices.Contains(k.People, u.ID) {
			ids = append(ids, k.ID)
		}
	}
	return ids
}

// forgetNamesTried forgets which names failed at a computer. The failures of each name
// itself stay.
func (r *register) forgetNamesTried(computer string) {
	for i := range r.Guesses {
		delete(r.Guesses[i].Tried, computer)
	}
}

// takeOldGuesses takes over the failures that earlier releases stored with each user and
// in a list of unknown names.
func (r *register) takeOldGuesses() error {
	for _, s := range r.UnknownNames {
		sum, err := hex.DecodeString(s.Hash)
		if err != nil || len(sum) < 4 {
			return fmt.Errorf("read strangers: %w", ErrDamaged)
		}
		r.guessesIn(slotOfSum(sum)).Failures.atLeast(s.Failures)
	}
	r.UnknownNames = nil
	for _, u := range r.Users {
		if u.Password.Failures != (failures{}) {
			r.guessesOf(u.Username).Failures.atLeast(u.Password.Failures)
			u.Password.Failures = failures{}
		}
	}
	return nil
}
