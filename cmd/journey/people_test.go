//go:build journey || bench

package journey

import (
	"fmt"
	"strings"
	"time"
)

// The ordinary bad days of a practice: a phone at home, somebody who walks away, two people at one
// desk, a new phone.

// keepCodes has the new recovery codes put away. Copies are as good as paper here.
func (j *journey) keepCodes(p *person) {
	j.Helper()
	j.WaitFor("Your recovery codes", "I have put them away")
	j.ShotOnce("recovery-codes")
	p.codes = strings.Fields(j.Copied(func() { j.Key("Tab", "Tab", "Tab", "Return") })) // past Print and Save
	if len(p.codes) != 10 {
		j.Fatalf("%d recovery codes: %q", len(p.codes), p.codes)
	}
	j.Key("Tab", "Return")
}

// phoneAtHome signs in with a recovery code, which works once.
func (j *journey) phoneAtHome() {
	j.signOut()
	j.signIn(&j.ben)
	j.WaitFor("Enter Auth Code", "Use a recovery code", "Ask an admin for help")
	j.otherCode(j.ben.codes[0])
	j.atFrontDesk(&j.ben)
	j.WaitFor("You have 9 recovery codes left")
	j.Shot("recovery-code-used")

	j.signOut()
	j.signIn(&j.ben)
	j.WaitFor("Enter Auth Code")
	j.otherCode(j.ben.codes[0])
	j.WaitFor("That recovery code was used already")
	j.Shot("recovery-code-refused")
	j.Key("Escape")
	j.WaitFor("Enter Auth Code")
}

// otherCode types a code that is none of the authenticator's.
func (j *journey) otherCode(code string) {
	j.Helper()
	j.Key("Tab", "Return") // from the field to the link below it
	j.WaitFor("Use a recovery code", "Recovery code or one-time code")
	j.Fill(code)
}

// askForHelp asks, and has an admin's one-time code let in.
func (j *journey) askForHelp() {
	j.Key("Tab", "Tab", "Return") // past the recovery code
	j.WaitFor("A Practice Admin was told at")
	j.Shot("help-asked")
	j.Key("Escape")

	j.signIn(&j.anna)
	j.WaitFor("Enter Auth Code")
	j.Type(j.NextCode(j.anna.phone))
	j.atFrontDesk(&j.anna)
	j.WaitFor(j.ben.called()+" asks for help with the Auth Code", "Not now")
	j.Shot("help-wanted")
	j.Key(strings.Fields(strings.Repeat("Tab ", 10))...) // past three places, the search, the date, the name and Lock
	j.Key("Return")
	j.WaitFor("One-time code", "Make the code")
	j.Key("Tab", "Return")
	j.WaitFor("It can be used for", "Read it out")
	j.Shot("one-time-code")
	code := j.Copied(func() { j.Key("Return") })
	j.Key("Escape")
	j.signOut()

	j.signIn(&j.ben)
	j.WaitFor("Enter Auth Code")
	j.otherCode(code)
	j.atFrontDesk(&j.ben)
}

// lock hides what was being typed, and brings it back.
func (j *journey) lock() {
	const draft = "Ben Jones the Younger"
	j.Key("ctrl+shift+a")
	j.WaitFor("My account", "Recovery codes")
	j.Key("Return", "ctrl+a") // into the pane
	j.Type(draft)
	j.WaitFor("Move to a new phone")
	j.Shot("my-account")
	j.Key("ctrl+l")
	j.WaitFor("Locked", "Unlock", "Switch user")
	j.WaitGone("Move to a new phone")
	j.Shot("locked")
	j.Fill("not the password at all")
	j.WaitFor("That password is wrong")
	j.Fill(j.ben.password)
	j.WaitFor("My account", "Move to a new phone")
	j.Key("ctrl+a")
	if got := j.Copied(func() { j.Key("ctrl+c") }); got != draft {
		j.Fatalf("the draft came back as %q", got)
	}
	j.Type(j.ben.name)
}

// move moves to a new phone with the old one in hand.
func (j *journey) move() {
	old := j.ben.phone
	j.Key("Tab", "Tab", "Return") // from the name past Change password; Save is off
	j.WaitFor("Type a code from your old phone")
	j.Type(j.NextCode(old))
	j.enrol(&j.ben)
	j.WaitFor("Moved. The old phone")
	if j.ben.phone.secret == old.secret {
		j.Fatal("the new phone has the old key")
	}
	j.Key("Escape")
	j.atFrontDesk(&j.ben)
}

// switchUsers has two people share the desk.
func (j *journey) switchUsers() {
	j.Key("ctrl+shift+l")
	j.WaitFor("Switch user", "locked since", "Somebody else")
	j.Shot("switch-user")
	j.Key("Return") // the first who was not just here
	j.WaitFor("Sign in to", "Password")
	j.Fill(j.anna.password)
	j.WaitFor("Enter Auth Code")
	j.Type(j.NextCode(j.anna.phone))
	j.atFrontDesk(&j.anna)

	start := time.Now()
	j.Key("ctrl+shift+l")
	j.WaitFor("Switch user", "Somebody else")
	j.Key("Return") // to who was here before
	j.WaitFor("Locked", "Unlock")
	j.Fill(j.ben.password)
	j.atFrontDesk(&j.ben)
	fmt.Printf("switched users in %.1f s, reading the screen included\n", time.Since(start).Seconds())

	j.signOutOne()
	j.Key("Return") // to who is still here
	j.WaitFor("Locked", "Unlock")
	j.Fill(j.anna.password)
	j.atFrontDesk(&j.anna)
}

// activity looks at what happened, and has it verified.
func (j *journey) activity() {
	j.openSettings("Activity")
	j.WaitFor("What needs you", "The last 30 days", "Sign-ins")
	j.Shot("activity")
	// Back from the bars past the list of panes, the five of the line at the top, the log and "Export".
	j.Key(strings.Fields(strings.Repeat("shift+Tab ", 9))...)
	j.Key("Return")
	j.WaitFor("Intact: all", "signed in at")
	j.Shot("activity-verified")
	j.Key("Escape")
	j.atFrontDesk(&j.anna)
}

// signOutOne signs out at a desk where others have their work.
func (j *journey) signOutOne() {
	j.Helper()
	j.Key("ctrl+shift+o")
	j.WaitFor("Sign in to", "Username", "Switch user")
	j.Key("ctrl+shift+l")
	j.WaitFor("Switch user", "Somebody else")
}

// walkAway leaves the desk: after a minute nothing of it is on the screen.
func (j *journey) walkAway() {
	j.setIdle("1")
	j.Key("Escape")
	j.atFrontDesk(&j.anna)
	j.Key("shift")                                    // the last touch, but for the next
	j.WaitWithin(90*time.Second, "Anteroom locks in") // 40 s after the last touch
	j.ShotAsIs("about-to-lock")
	j.Key("shift")
	last := time.Now()
	j.WaitGone("Anteroom locks in")
	j.atFrontDesk(&j.anna)

	const limit = time.Minute
	time.Sleep(time.Until(last.Add(limit - 10*time.Second)))
	j.measurePace()
	time.Sleep(time.Until(last.Add(limit + j.pace.limit(time.Second))))
	img := j.look()
	page := j.read(img)
	if reads(page, "Find a patient") || !reads(page, "Locked") {
		j.Fatalf("%v after the last touch the screen reads:\n%s", time.Since(last), page)
	}
	j.Fill(j.anna.password)
	j.atFrontDesk(&j.anna)
	j.setIdle("60")
	j.Key("Escape")
	j.atFrontDesk(&j.anna)
	j.signOut()
}

// setIdle sets after how many minutes the window locks. A longer time is asked for twice.
func (j *journey) setIdle(minutes string) {
	j.Helper()
	j.openSettings("General")
	j.WaitFor("minutes idle")
	j.Key("Tab", "Tab", "Tab", "Tab", "ctrl+a") // past two-factor, how often, and the hand-over
	j.Type(minutes)
	j.Key("Return")
	if minutes == "60" {
		j.WaitFor("Confirm it is you")
		j.Fill(j.anna.password, j.NextCode(j.anna.phone))
	}
	j.WaitFor("Saved")
}
