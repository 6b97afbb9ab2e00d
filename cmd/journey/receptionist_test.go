//go:build journey || bench

package journey

import (
	"strings"
	"testing"
	"time"
)

// Five minutes of a receptionist in a practice of invented people, by keyboard alone.

const demoPassword = "seven quiet herons"

// TestReceptionist walks them in the smallest window that there is.
func TestReceptionist(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "1024x700")
	j := &journey{desk: d, anna: person{name: "Ina Invented", username: "ina", password: demoPassword},
		ben: person{name: "Sam Sample", username: "sam", password: demoPassword}}
	d.shots, d.lightAndDark = 100, true // after those of the other journey
	j.window = d.startDemo()
	j.walk("receptionist", []walkedStep{
		{"The demo says that it is one, and shows a full day", j.seeToday},
		{"A new patient: a wrong date is refused, a right one shown without doubt", j.newPatient},
		{"Find the patient, and book the next free time", j.bookNextFree},
		{"Walk in: arrived at once, and waiting", j.walkIn},
		{"With the practitioner, and a step too far is taken back", j.undoStep},
		{"The week, another day, and back", j.lookAround},
		{"What is typed and not saved waits for who signs out", j.leaveDraft},
		{"Switch user: the other one finds the new patient", j.otherFinds},
	})
}

// startDemo starts the program with its practice of invented people.
func (d *desk) startDemo() *process {
	d.Helper()
	p := d.start(programPath(), "--demo")
	d.Cleanup(func() {
		if d.Failed() {
			d.Logf("the program said:\n%s", p.said.String())
		}
	})
	d.focusWindow("Anteroom", p)
	return p
}

func (j *journey) seeToday() {
	j.WaitFor("Demo:", "invented", "Sign in to")
	j.signIn(&j.ben)
	j.WaitFor(j.ben.name, "Waiting 4", "Send in", "Figures")
	j.Shot("today")
}

const (
	walker = "Testa Walkington"
	born   = "4/3/1981"
)

func (j *journey) newPatient() {
	j.Key("ctrl+n")
	j.WaitFor("New patient", "Also known as")
	j.Type(walker)
	j.Key("Tab", "Tab")
	j.Type("31/2/1981")
	j.Key("Return")
	j.WaitFor("There is no such day")
	j.Shot("new-patient-error")
	j.Key("ctrl+a")
	j.Type(born)
	j.WaitFor("4 Mar 1981, ")
	j.Key("Return")
	j.WaitFor(walker, "4 Mar 1981", "Edit", "Appointments")
	j.Shot("patient")
}

func (j *journey) bookNextFree() {
	j.Key("ctrl+f")
	j.Type("walkin test")
	j.WaitFor(walker, "4 Mar 1981")
	j.Shot("find")
	j.Key("Return")
	j.WaitFor(walker, "Print next appointments")
	j.bookFromPage()
	j.Shot("booked")
}

// bookFromPage books the next free time from a patient's page.
func (j *journey) bookFromPage() {
	j.Key("Return") // Book has the focus
	j.WaitFor("Book an appointment", walker, "Next free")
	j.Shot("booking")
	j.Key("Return")                     // what is free first is filled in
	j.WaitFor("Booked", walker, "Undo") // before that goes by itself
	j.WaitGone("Book an appointment")
}

func (j *journey) walkIn() {
	j.Key("ctrl+t")
	j.Key("Home", "w")
	j.WaitFor("Walk-in")
	j.Type("walkington")
	j.WaitFor(walker, "4 Mar 1981")
	j.Shot("walk-in")
	j.Key("Return", "Return") // the patient, and the rest is filled in
	j.WaitFor("Waiting 5")
	j.Shot("walked-in")
}

func (j *journey) undoStep() {
	j.Key("F3")
	j.WaitFor("Waiting 4")
	j.Key("F3")
	j.WaitFor("done")
	j.Key("ctrl+z")
	j.WaitFor("Taken back")
	j.Key("ctrl+z")
	j.WaitFor("Waiting 5")
	j.Shot("undone")
}

func (j *journey) lookAround() {
	j.Key("v")
	j.WaitFor("appointments", "full")
	j.Shot("week")
	j.Key("v")
	j.Key("Page_Down")
	j.WaitFor(time.Now().AddDate(0, 0, 1).Format("Mon 2 Jan"))
	j.Key("Home")
	j.WaitFor("Waiting 5")
}

func (j *journey) leaveDraft() {
	j.Key("ctrl+n")
	j.WaitFor("New patient", "Also known as")
	j.Type("Halfway Typed")
	j.signOut()
	j.signIn(&j.ben)
	j.WaitFor("A new patient that you began is not saved yet", "Go on", "Throw away")
	j.Shot("draft")
	j.Key(strings.Fields(strings.Repeat("Tab ", 10))...) // past the bar
	j.Key("Return")
	j.WaitFor("New patient", "Halfway Typed")
	j.Key("Escape")
	j.WaitFor("Throw")
	j.Key("Tab", "Return")
	j.WaitFor("Waiting 5", "Figures")
}

func (j *journey) otherFinds() {
	j.Key("ctrl+shift+l")
	j.WaitFor("Switch user", "Somebody else")
	j.Key("Return") // the other one, who made the demo
	j.WaitFor("Sign in to", "Password")
	j.Fill(j.anna.password)
	j.atFrontDesk(&j.anna)
	j.Key("ctrl+f")
	j.Type("04.03.1981 walk")
	j.WaitFor(walker)
	j.Key("Return")
	j.WaitFor(walker, "4 Mar 1981", "Print next appointments")
	j.Key("ctrl+q")
	j.waitFor(j.window)
}
