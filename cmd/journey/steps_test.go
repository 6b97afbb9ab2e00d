//go:build journey || bench

package journey

import (
	"context"
)

// A person in the practice.
type person struct {
	name, username, password string
	phone                    *phone
	codes                    []string // recovery codes
}

// called is how the settings name people.
func (p *person) called() string { return p.name + " (" + p.username + ")" }

// A journey is a desk with Anteroom open on it, and the people who come to it.
type journey struct {
	*desk
	practice  string
	anna, ben person
	window    *process
	kit       []string // the recovery kit's groups, as its page has them
}

// newJourney opens Anteroom for the first time.
func newJourney(d *desk) *journey {
	return &journey{
		desk:     d,
		window:   d.startAnteroom(),
		practice: "Brook Street & Söhne: Clinic",
		anna:     person{name: "Anna Smith", username: "asmith", password: "seven quiet herons wade"},
		ben:      person{name: "Ben Jones", username: "bjones"},
	}
}

func (j *journey) setUp() {
	j.WaitFor("Set up your practice", "Practice name", "Confirm password")
	j.Shot("set-up")

	j.Fill(j.practice, j.anna.name, j.anna.username, j.anna.password, "not the same at all")
	j.WaitFor("passwords differ")
	j.Shot("set-up-error")

	j.Key("ctrl+a") // the field with the error has the focus
	j.Fill(j.anna.password)
	j.makeKit()
	j.atFrontDesk(&j.anna)
	j.Shot("front-desk-admin")
}

func (j *journey) addBen() {
	j.openSettings("Users")
	j.WaitFor("Add user…", "Last sign-in")
	j.Key("shift+Tab", "Return") // from the list to the button above it
	j.WaitFor("Add user", "Role")
	j.Shot("add-user")
	j.Fill(j.ben.name, j.ben.username) // the role begins as Staff
	j.stepUp(&j.anna)

	j.WaitFor("One-time password", "Hand it over in person")
	j.Shot("one-time-password")
	j.ben.password = j.Copied(func() { j.Key("Return") }) // "Copy" has the focus
	j.Key("Escape")
	j.WaitFor(j.ben.name, "not set up")
	j.Shot("users")
	j.Key("Escape")
	j.atFrontDesk(&j.anna)
}

func (j *journey) turnOn() {
	j.openSettings("General")
	j.Key("Tab", "space") // from the name to the tick box
	j.WaitFor("Enable Two-Factor Authentication", "Every sign-in", "Save")
	j.Shot("practice-details")
	j.Key("Return")

	j.WaitFor("including you", j.anna.called()+" (you)", "Turn on", "Cancel")
	j.Shot("turn-on")
	j.Key("Tab", "Return")            // past Cancel, which has the focus
	const again = "Confirm it is you" // where adding Ben is over five minutes ago
	if j.WaitForOne(again, "Set up two-factor authentication") == again {
		j.stepUp(&j.anna)
	}
	j.enrol(&j.anna)

	j.WaitFor("Sign in to", j.practice, "Two-factor was turned on by", j.anna.name)
	j.Shot("signed-out")
}

func (j *journey) annaSignsIn() {
	j.signIn(&j.anna)
	j.WaitFor("Enter Auth Code", "Verify", "Back")
	j.Shot("auth-code")
	j.Type(j.NextCode(j.anna.phone)) // the sixth digit submits
	j.keepCodes(&j.anna)
	j.atFrontDesk(&j.anna)
	j.signOut()
}

func (j *journey) benEnrols() {
	j.signIn(&j.ben)
	j.WaitFor("Choose your own password", "Confirm password")
	j.Shot("own-password")
	j.ben.password = "brass kettle on the hob"
	j.Fill(j.ben.password, j.ben.password)

	j.enrol(&j.ben)
	j.keepCodes(&j.ben)
	j.atFrontDesk(&j.ben)
	j.Shot("front-desk-staff")
	j.signOut()
}

func (j *journey) benIsRefused() {
	j.signIn(&j.ben)
	j.WaitFor("Enter Auth Code")
	j.Type(j.UsedCode(j.ben.phone))
	j.WaitForOne("That code was used already", "That code has expired") // the second on a slow machine
	j.Shot("code-used")

	j.retype(j.WrongCode(j.ben.phone))
	j.WaitFor("That code is wrong")
	j.Shot("code-wrong")

	j.retype(j.NextCode(j.ben.phone))
	j.atFrontDesk(&j.ben)
	j.signOut()
}

func (j *journey) resetBen() {
	j.signIn(&j.anna)
	j.WaitFor("Enter Auth Code")
	j.Type(j.NextCode(j.anna.phone))
	j.atFrontDesk(&j.anna)

	j.openSettings("Users")
	j.WaitFor(j.ben.name)
	j.Key("Down") // from Anna to Ben
	j.WaitFor("Reset Two-Factor Auth")
	j.Key("Tab", "Tab", "Return") // past Edit
	j.WaitFor("Reset two-factor", "Reason")
	j.Shot("reset")
	j.Fill("Lost the old phone") // no step-up: the sign-in with a code was just now
	j.WaitFor(j.ben.name, "not set up")
	j.signOut()
}

func (j *journey) benEnrolsAgain() {
	old := j.ben.phone
	j.signIn(&j.ben)
	j.WaitFor("Set up two-factor authentication", "Two-factor was reset by "+j.anna.name)
	j.Shot("enrol-after-reset")
	if now := j.Scan(); now.secret == old.secret {
		j.Fatal("the barcode after the reset is the old one")
	}
	j.Type(j.NextCode(old))
	j.WaitFor("That code is wrong")

	j.Key("ctrl+a")
	j.enrol(&j.ben)
	j.keepCodes(&j.ben)
	j.atFrontDesk(&j.ben)
}

// startAgain starts the program a second time, as a double click on its icon does.
func (j *journey) startAgain() {
	ctx, cancel := context.WithTimeout(j.Context(), j.pace.limit(usualWait))
	defer cancel()
	second := j.command(ctx, programPath(), "--data", j.folder("data"))
	if out, err := second.CombinedOutput(); err != nil {
		j.Fatalf("the second start: %v\n%s", err, out)
	}
	if n := len(j.windows("Anteroom")); n != 1 {
		j.Fatalf("%d windows after a second start", n)
	}
	j.atFrontDesk(&j.ben)
}
