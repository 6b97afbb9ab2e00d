package shell

import (
	"testing"
	"time"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/ui/words"
)

// TestTodayAfterALockedNight: at midnight a locked desk reads nothing, and the day
// is there as soon as it is unlocked.
func TestTodayAfterALockedNight(t *testing.T) {
	inNewOffice(t, func(t *testing.T, o *office) {
		o.setUp()
		now := time.Now()
		midnight := data.DateOf(now).AddDays(1).In(time.Local)
		time.Sleep(midnight.Add(-2 * time.Minute).Sub(now))
		o.open()
		o.signIn()
		o.pass(time.Second)
		o.fillDesk()
		o.bookZora(midnight.Add(10 * time.Hour))
		o.pass(2 * time.Second)
		want(t, "tomorrow is shown", o.shows("Zora Alone"), false)
		o.window.menu.lock.Action()
		o.at(routeLock)
		o.pass(3 * time.Minute)
		want(t, "it is another day", time.Now().After(midnight), true)
		o.unlock()
		o.pass(time.Second / 2)
		want(t, "the day", o.shows("Zora Alone"), true)
		want(t, "why it is not", o.shows(words.Error(auth.ErrLocked)), false)
	})
}
