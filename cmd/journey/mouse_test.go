//go:build journey || bench

package journey

import (
	"strconv"
	"testing"
)

// TestReceptionistByMouse walks some of the receptionist's minutes with the mouse; what is typed is only what has to be.
func TestReceptionistByMouse(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "1366x768")
	j := &journey{desk: d, anna: person{name: "Ina Invented", username: "ina", password: demoPassword}}
	d.shots, d.lightAndDark = 200, true // after those of the other journeys
	j.window = d.startDemo()
	j.walk("receptionist by mouse", []walkedStep{
		{"Sign in, and send in who waits the longest", j.sendIn},
		{"Book: the day stays to be seen, and a free time that is offered is clicked", j.bookByMouse},
		{"The menu of an appointment, by the right button", j.menuOfAppointment},
		{"Another place, the figures, and back", j.placesByMouse},
		{"Lock, by the sign", j.lockByMouse},
	})
}

func (j *journey) sendIn() {
	j.WaitFor("Demo:", "Sign in to")
	j.signIn(&j.anna)
	j.WaitFor("Waiting 4", "Send in")
	j.Click("Send in") // the topmost is who waits the longest
	j.Click("Undo")    // which is there for a while only
	j.WaitFor("Waiting 4", "Taken back")
	j.Click("Send in")
	j.WaitFor("Waiting 3")
}

// chipBelow is how far below its title the first offer is.
const chipBelow = 27

func (j *journey) bookByMouse() {
	j.Click("Book")
	j.WaitFor("Book an appointment", "Next free", "Nurse Sam Sample") // who has a column of the day beside it
	j.Type("exam")
	j.WaitFor("Found")
	j.Shot("mouse-found")
	j.Click("Exampleshaw")
	j.WaitGone("Found")
	at := j.find("Next free")
	j.tool("xdotool", "mousemove", strconv.Itoa(at.X), strconv.Itoa(at.Y+chipBelow), "click", "1") // the first offer
	j.Shot("mouse-offers")
	j.clickPrimary()
	j.WaitFor("Booked", "Exampleshaw")
	j.Shot("mouse-booked")
}

// clickPrimary presses the button at the lower right of the booking.
func (j *journey) clickPrimary() {
	j.Helper()
	at := j.find("Cancel")
	j.tool("xdotool", "mousemove", strconv.Itoa(at.X+100), strconv.Itoa(at.Y), "click", "1")
}

func (j *journey) menuOfAppointment() {
	j.RightClick("Exampleshaw")
	j.WaitFor("Open patient", "Did not attend", "Book again")
	j.Shot("mouse-menu")
	j.Click("Open patient")
	j.WaitFor("Exampleshaw", "Appointments", "Edit", "Book")
	j.Shot("mouse-patient")
}

func (j *journey) placesByMouse() {
	j.Click("Today")
	j.WaitFor("Waiting 3", "Figures")
	j.Click("Figures")
	j.WaitFor("Last four weeks", "seen today")
	j.Click("Back")
	j.WaitFor("Waiting 3")
	j.Click("Settings")
	j.WaitFor("Practice details", "General", "Users")
	j.Click("Today")
	j.WaitFor("Waiting 3")
}

// lockByMouse clicks the sign at the right end of the bar, beside the name.
func (j *journey) lockByMouse() {
	at := j.find(j.anna.name)
	j.tool("xdotool", "mousemove", strconv.Itoa(1341), strconv.Itoa(at.Y), "click", "1")
	j.WaitFor("Password", "Unlock")
	j.Key("ctrl+q")
	j.waitFor(j.window)
}
