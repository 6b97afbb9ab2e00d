//go:build bench

package journey

import (
	"fmt"
	"math"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

const (
	// restTime is how long each screen is watched, which is longer than anything that
	// screens do now and then.
	restTime = 20 * time.Second
	// settleTime is left to a screen before: it may still be reading.
	settleTime = 3 * time.Second
	// restLimit is what a screen may take of a core at rest beyond a bare window, in percent,
	// while the machine is at its quickest: where the bare window takes twice as much, twice it.
	restLimit = 1.0
	// looks are how often a screen that takes too much is looked at again: a backup that is
	// made once a day is no unrest.
	looks = 5
)

// TestIdle measures what each screen takes of a core while nobody touches it, beside a bare
// window at the same time: Fyne looks for events 60 times a second, which costs what the machine is.
func TestIdle(t *testing.T) {
	d := newDesk(t, "1280x800")
	bare := d.start(filepath.Join(root, "bin", "bare"))
	d.untilReady(bare, "the bare window", func() bool { return len(d.windows("Bare")) > 0 })
	least := math.Inf(1)
	r := &rest{journey: newJourney(d), bare: bare, least: &least}
	fmt.Printf("\n%-32s %8s %8s\n", "at rest, % of a core", "screen", "bare")
	r.doorScreens()
	r.deskScreens()
	r.settingsScreens()
	r.signInScreens()
	r.window.kill()
	r.dayScreens()
	fmt.Printf("each watched for %v; a screen may take %.0f %% more than a bare window\n", restTime, restLimit)
}

// rest is a journey that stops at each screen.
type rest struct {
	*journey
	bare  *process
	least *float64 // what the bare window took when the machine was at its quickest
}

// at measures the screen that is shown.
func (r *rest) at(screen string) {
	r.Helper()
	r.untilStill()
	time.Sleep(settleTime)
	for range looks {
		if r.isAtRest(screen) {
			return
		}
	}
	r.Errorf("%s takes over %.0f %% of a core more than a bare window, each time", screen, restLimit)
}

func (r *rest) isAtRest(screen string) bool {
	r.Helper()
	ours, theirs, start := r.worked(r.window), r.worked(r.bare), time.Now()
	time.Sleep(restTime)
	took := time.Since(start)
	share := func(now, before time.Duration) float64 { return 100 * float64(now-before) / float64(took) }
	screenShare, bareShare := share(r.worked(r.window), ours), share(r.worked(r.bare), theirs)
	fmt.Printf("%-32s %8.2f %8.2f\n", screen, screenShare, bareShare)
	*r.least = min(*r.least, bareShare)
	return screenShare <= bareShare + restLimit*bareShare / *r.least
}

// worked is how long a process has had a core, its children not counted: by its own clock
// (clock_getcpuclockid(3)), which counts nanoseconds. /proc counts the ticks that hit it, and
// what wakes 60 times a second for a moment is hit too often or too seldom.
func (d *desk) worked(p *process) time.Duration {
	d.Helper()
	const precise = 2 // CPUCLOCK_SCHED
	var worked unix.Timespec
	if err := unix.ClockGettime(int32(^p.cmd.Process.Pid<<3|precise), &worked); err != nil { //nolint:gosec // a process's number is small
		d.Fatal(err)
	}
	return time.Duration(worked.Nano())
}

func (r *rest) doorScreens() {
	r.WaitFor("Set up your practice", "Practice name")
	r.at("set-up")
	r.setUp()
}

func (r *rest) deskScreens() {
	r.at("front desk, nothing selected")
	r.Key("ctrl+f")
	r.at("… the search")
	r.Key("Escape")
}

func (r *rest) settingsScreens() {
	for _, pane := range []string{"General", "Recovery", "Practitioners", "Appointments", "Server", "Users", "Computers", "Activity", "Backup", "Import and export", "My account"} {
		r.openSettings(pane)
		r.at("settings, " + pane)
		r.Key("Escape")
		r.atFrontDesk(&r.anna)
	}
	r.openSettings("Users")
	r.WaitFor("Add user…", "Last sign-in")
	r.Key("shift+Tab", "Return")
	r.WaitFor("Add user", "Role")
	r.at("… the form of a new user")
	r.Fill(r.ben.name, r.ben.username)
	r.WaitFor("Confirm it is you")
	r.at("… step-up, waiting")
	r.stepUp(&r.anna)
	r.WaitFor("One-time password")
	r.at("… a one-time password")
	r.Key("Escape")
	r.WaitFor(r.ben.name, "not set up")
	r.at("… after a step-up")
	r.Key("Escape")
	r.atFrontDesk(&r.anna)
}

func (r *rest) signInScreens() {
	r.turnOnAndRest()
	r.at("sign-in")
	r.signIn(&r.anna)
	r.WaitFor("Enter Auth Code", "Verify", "Back")
	r.at("Auth Code")
}

// dayScreens are those of a full day, which the demonstration has.
func (r *rest) dayScreens() {
	demo := &rest{bare: r.bare, least: r.least, journey: &journey{desk: r.desk,
		anna: person{name: "Ina Invented", username: "ina", password: demoPassword},
		ben:  person{name: "Sam Sample", username: "sam", password: demoPassword}}}
	demo.window = r.startDemo()
	demo.seeToday()
	demo.at("a full day")
	demo.Key("Down", "Down")
	demo.at("… an appointment lit")
	demo.Key("v")
	demo.WaitFor("appointments", "full")
	demo.at("… the week")
	demo.Key("v", "b")
	demo.WaitFor("Book an appointment", "Next free")
	demo.at("… a booking beside the day")
	demo.Key("Escape", "F1")
	demo.WaitFor("Arrow keys", "In the day")
	demo.at("… its help")
	demo.Key("Escape")
	demo.newPatient()
	demo.at("a patient's page")
	demo.Key("ctrl+l")
	demo.WaitFor("Locked", "Unlock")
	demo.at("the lock screen")
}

// turnOnAndRest is turnOn with a look at the enrolment dialog.
func (r *rest) turnOnAndRest() {
	r.openSettings("General")
	r.Key("Tab", "space")
	r.WaitFor("Enable Two-Factor Authentication", "Save")
	r.Key("Return")
	r.WaitFor("including you", "Turn on", "Cancel")
	r.Key("Tab", "Return")
	r.WaitForOne("Confirm it is you", "Scan Barcode") // the second while the last step-up counts
	if reads(r.read(r.look()), "Confirm it is you") {
		r.stepUp(&r.anna)
	}
	r.WaitFor("Set up two-factor authentication", "Scan Barcode")
	r.at("enrolment dialog")
	r.enrol(&r.anna)
	r.WaitFor("Sign in to", r.practice)
}
