//go:build journey || bench

package journey

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A walked step is one that a test goes through and prints.
type walkedStep struct {
	name string
	walk func()
}

// TestTour is the journey of the help page, on its own: what `make run` shows without a display.
func TestTour(t *testing.T) {
	j := newJourney(newDesk(t, "1280x800"))
	j.walk("tour", j.helpPage())
	fmt.Printf("\nThe tour set up a practice, turned two-factor authentication on, enrolled two people by\n"+
		"barcode, signed in with Auth Codes and refused others, and reset an authenticator for a new phone.\n"+
		"%d pictures of it are in %s.\n", j.shots, pictures)
}

// TestWine is the tour with the program for Windows (ANTEROOM_BIN).
func TestWine(t *testing.T) {
	j := newJourney(newDesk(t, "1280x800"))
	j.walk("wine", j.helpPage())
}

// helpPage is the main job of Anteroom, in the order a practice meets it.
func (j *journey) helpPage() []walkedStep {
	return []walkedStep{
		{"Set up your practice", j.setUp},
		{"Add a Staff user", j.addBen},
		{"Turn two-factor on: everyone is signed out", j.turnOn},
		{"The admin signs in with an Auth Code", j.annaSignsIn},
		{"Staff: one-time password, own password, barcode", j.benEnrols},
		{"A used code is refused, and a wrong one", j.benIsRefused},
		{"The admin resets Staff's two-factor", j.resetBen},
		{"Staff scans a new barcode, the old phone is out", j.benEnrolsAgain},
	}
}

// TestJourney goes from the help page's journey on to all else that a practice meets. It and
// TestReceptionist run side by side: there is much to wait for in both.
func TestJourney(t *testing.T) {
	t.Parallel()
	j := newJourney(newDesk(t, "1280x800"))
	j.lightAndDark = true
	j.walk("journey", append(j.helpPage(), []walkedStep{
		{"A second start leaves it to the first window", j.startAgain},
		{"Phone at home: a recovery code, once", j.phoneAtHome},
		{"Ask an admin for help: a one-time code", j.askForHelp},
		{"Lock: nothing is on the screen, and the draft comes back", j.lock},
		{"Move to a new phone, the old one in hand", j.move},
		{"Two people at one desk: switch user", j.switchUsers},
		{"Activity: what happened, and that nobody changed it", j.activity},
		{"Walk away: after a minute it locks", j.walkAway},
		{"An older database, an edited one and none are refused", j.tamper},
		{"A keyring that does not answer is waited for", j.silentKeyring},
		{"A backup on demand, and a linking code for another account", j.linkAnother},
		{"Another computer: not linked, nothing to read, then the kit", j.copiedElsewhere},
		{"The keyring's entries are lost: the kit links again", j.emptiedKeyring},
		{"No keyring at all: the kit opens the practice for one run", j.noKeyring},
		{"Older data opens with the kit and a typed word", j.acceptOlder},
		{"An empty machine: a backup, and the kit", j.restoreOnEmpty},
		{"The last resort: the kit lets an admin in again", j.letAdminIn},
		{"After it all, the files show the practice's name alone", j.searchFiles},
	}...))
}

// TestMain removes the pictures of earlier runs.
func TestMain(m *testing.M) {
	if err := os.RemoveAll(filepath.Join(root, pictures)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// walk goes through steps in their order and prints how each went.
func (j *journey) walk(name string, steps []walkedStep) {
	j.Helper()
	start := time.Now()
	for i, s := range steps {
		j.step(fmt.Sprintf("%s %2d/%d. %s", name, i+1, len(steps), s.name), s.walk)
	}
	fmt.Printf("%s: %d steps in %.0f s\n", name, len(steps), time.Since(start).Seconds())
}

// step walks one step and prints how it went.
func (j *journey) step(name string, walk func()) {
	start, verdict := time.Now(), "FAILED"
	defer func() { // also when a step ends the test
		fmt.Printf("%s: %s (%.1f s)\n", name, verdict, time.Since(start).Seconds())
		j.saveFailure()
	}()
	walk()
	verdict = "ok"
}
