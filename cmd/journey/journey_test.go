//go:build journey

package journey

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestJourney is the main job of Anteroom from end to end, in the order a practice meets it.
func TestJourney(t *testing.T) {
	if err := os.RemoveAll(filepath.Join(root, pictures)); err != nil {
		t.Fatal(err)
	}
	j := newJourney(newDesk(t, "1280x800"))
	fmt.Println()
	for i, step := range []struct {
		name string
		walk func()
	}{
		{"Set up your practice", j.setUp},
		{"Add a Staff user", j.addBen},
		{"Turn two-factor on: everyone is signed out", j.turnOn},
		{"The admin signs in with an Auth Code", j.annaSignsIn},
		{"Staff: one-time password, own password, barcode", j.benEnrols},
		{"A used code is refused, and a wrong one", j.benIsRefused},
		{"The admin resets Staff's two-factor", j.resetBen},
		{"Staff scans a new barcode, the old phone is out", j.benEnrolsAgain},
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
	} {
		j.step(i+1, step.name, step.walk)
	}
}

// step walks one step of the journey and prints how it went.
func (j *journey) step(number int, name string, walk func()) {
	fmt.Printf("%3d. %s … ", number, name)
	start, verdict := time.Now(), "FAILED"
	defer func() { // also when a step ends the test
		fmt.Printf("%s (%.1f s)\n", verdict, time.Since(start).Seconds())
		j.saveFailure()
	}()
	walk()
	verdict = "ok"
}
