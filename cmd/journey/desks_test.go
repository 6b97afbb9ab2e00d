//go:build journey

package journey

import (
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Two computers of one practice: the one at the front is its server.

// ordinaryUser is who runs the programs where the test runs as root, whom PostgreSQL refuses;
// nil: who runs the test.
func ordinaryUser(t *testing.T) *syscall.Credential {
	t.Helper()
	if os.Getuid() != 0 {
		return nil
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		t.Fatal(err)
	}
	uid, err1 := strconv.ParseUint(nobody.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(nobody.Gid, 10, 32)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

// A branch is what the journey of two computers goes through.
type branch struct {
	front, back *journey
	address     string // of the server
}

// TestDesks shares a practice, links a second computer, and takes the server away from both.
func TestDesks(t *testing.T) {
	d := newDeskOf(t, "1280x800", ordinaryUser(t))
	d.shots = 200 // after those of the other journeys
	d.lightAndDark = os.Getenv("ANTEROOM_SCREENS") != ""
	t.Cleanup(func() { stopServers(d.home) })
	b := &branch{front: newJourney(d)}
	b.front.walk("desks", []walkedStep{
		{"Set up a practice, and a second person", b.setUp},
		{"Share with other computers: everything is ticked, and moved", b.share},
		{"Link a second computer, from its first start", b.link},
		{"Two-factor on at the front: the other one is out", b.turnOn},
		{"Booked at the front, seen at the back", b.book},
		{"The server hangs: both say so, what was typed stays, and it goes on", b.hang},
		{"The server is killed: it comes back, and nothing is lost", b.kill},
		{"The second computer is unlinked, and out", b.unlink},
		{"Work on this computer only", b.workAlone},
	})
}

func (b *branch) setUp() {
	b.front.setUp()
	b.front.addBen()
}

func (b *branch) share() {
	j := b.front
	j.openSettings("Server")
	j.WaitFor("This practice is on this computer only", "Share with other computers")
	j.Shot("server-alone")
	j.Key("Return")
	if j.WaitForOne("Confirm it is you", "Nobody else is signed in") == "Confirm it is you" { // on a slow machine
		j.stepUp(&j.anna)
	}
	j.WaitFor("Move and share", "PostgreSQL is installed", "Room on the disk", "A recovery kit exists", "Today's backup is good", "stays awake", "Nobody else is signed in")
	j.Shot("desks-share")
	j.Key("Tab", "Return") // past Cancel
	j.WaitWithin(time.Minute, "Sign in to", j.practice, "Other computers connect to")
	j.Shot("shared")
	b.address = j.Copied(func() { j.Key("shift+Tab", "Return") })
	j.Key("Tab")
	j.signIn(&j.anna)
	j.atFrontDesk(&j.anna)
}

func (b *branch) link() {
	j := b.front
	j.openSettings("Server")
	j.WaitFor("This computer is the practice's server.", "connected", "State", "Link a computer")
	j.Shot("desks-server")
	j.Key("Return")
	j.stepUp(&j.anna)
	j.WaitFor("within ten minutes")
	j.Shot("desks-link")
	code := j.Copied(func() { j.Key("Return") }) // "Copy" has the focus
	j.Key("Escape")
	j.Key("Escape")
	j.atFrontDesk(&j.anna)

	other := newDeskOf(j.TB, "1280x800", j.user)
	other.shots, other.lightAndDark = 250, j.lightAndDark
	b.back = j.at(other)
	k := b.back
	k.window = k.startAnteroom()
	k.WaitFor("Set up your practice", "Connect to the practice's server")
	k.Key("shift+Tab", "Return") // from the first field to what comes last
	k.WaitFor("Connect to the practice's server", "Address", "Linking code", "Use the recovery kit instead")
	k.Fill("127.0.0.1:1", code)
	k.WaitFor("does not answer")
	k.Shot("desks-connect-nobody")
	k.Key("ctrl+a")
	k.Type(b.address)
	k.WaitFor(b.address)
	k.Shot("desks-connect")
	k.Key("Return")
	k.WaitFor("Sign in to", k.practice, "linked now")
	k.signIn(&k.ben)
	k.WaitFor("Choose your own password")
	k.ben.password = "brass kettle on the hob"
	k.Fill(k.ben.password, k.ben.password)
	k.atFrontDesk(&k.ben)
	j.ben = k.ben
}

func (b *branch) turnOn() {
	j, k := b.front, b.back
	j.turnOn()
	turned := time.Now()
	k.WaitFor("Sign in to", "Two-factor was turned on by", j.anna.name)
	j.took("the other computer was out", turned, 2*time.Second)
	k.Shot("desks-out")
	j.signIn(&j.anna)
	j.WaitFor("Enter Auth Code")
	j.Type(j.NextCode(j.anna.phone))
	j.keepCodes(&j.anna)
	j.atFrontDesk(&j.anna)
	k.signIn(&k.ben)
	k.enrol(&k.ben)
	k.keepCodes(&k.ben)
	k.atFrontDesk(&k.ben)
}

// took says how long something took, and holds it to what it may take beside reading the screen
// a few times.
func (j *journey) took(what string, since time.Time, most time.Duration) {
	j.Helper()
	const readings = 4
	took, limit := time.Since(since), j.pace.limit(most+readings*usualReading)
	fmt.Printf("%s %.1f s after that, reading the screen included\n", what, took.Seconds())
	if took > limit {
		j.Errorf("%s after %v, later than %v", what, took, limit)
	}
}

func (b *branch) book() {
	j, k := b.front, b.back
	j.openSettings("Practitioners")
	j.WaitFor("Add practitioner…", "There is nobody yet")
	j.Key("shift+Tab", "Return")
	j.WaitFor("Add practitioner", "Days away, one a line")
	j.Type("Dr Ann Example")
	j.Key("Tab", "Tab") // past the colour, to Monday's hours
	j.Type("8:00-18:00")
	j.Key("Return")
	j.WaitFor("Dr Ann Example", "This week", "Mon")
	j.Key("Escape")
	j.atFrontDesk(&j.anna)
	j.newPatient()
	j.bookFromPage()
	k.Key("ctrl+f")
	k.Type("walkington")
	k.WaitFor(walker, "4 Mar 1981")
	k.Key("Return")
	k.WaitFor(walker, "Print next appointments", "booked")
}

// server is the process of the server at the front, and those that it began.
func (b *branch) server() (all []int) {
	j := b.front
	j.Helper()
	text, err := os.ReadFile(filepath.Join(j.home, "data", "server", "postmaster.pid"))
	if err != nil {
		j.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	out, _ := j.try("ps", "-o", "pid=", "--ppid", first)
	for _, field := range append(strings.Fields(out), first) {
		pid, err := strconv.Atoi(field)
		if err != nil {
			j.Fatal(err)
		}
		all = append(all, pid)
	}
	return all
}

func (b *branch) signal(s syscall.Signal) {
	b.front.Helper()
	for _, pid := range b.server() {
		_ = syscall.Kill(pid, s) // one may have ended
	}
}

func (b *branch) hang() {
	j, k := b.front, b.back
	k.Key("ctrl+n")
	k.WaitFor("New patient", "Also known as")
	k.Type("Halfway Typed")
	b.signal(syscall.SIGSTOP)
	stopped := time.Now()
	for _, one := range []*journey{j, k} {
		one.WaitWithin(12*time.Second, "has not answered since", "what you typed is still here")
		one.took("the line was there", stopped, 12*time.Second)
	}
	k.Shot("desks-away")
	k.Key("Tab", "Tab")
	k.Type(born)
	k.Key("Return")
	k.WaitFor("Halfway Typed", "has not answered since")
	k.Shot("desks-away-refused")
	b.signal(syscall.SIGCONT)
	begun := time.Now()
	j.WaitGone("has not answered since")
	j.took("the line was gone", begun, 2*time.Second)
	k.Key("Return")
	k.WaitFor("Halfway Typed", "Print next appointments")
	j.Key("ctrl+f")
	j.Type("halfway")
	j.WaitFor("Halfway Typed", "4 Mar 1981")
	j.Key("Escape")
}

func (b *branch) kill() {
	j, k := b.front, b.back
	b.signal(syscall.SIGKILL)
	k.Key("ctrl+f")
	k.Type("walkington")
	k.WaitFor(walker)
	k.Key("Escape")
	b.untilServed()
	j.Key("ctrl+n")
	j.WaitFor("New patient", "Also known as")
	j.Fill("After Crash")
	j.WaitFor("After Crash", "Print next appointments")
	k.Key("ctrl+f")
	k.Type("after crash")
	k.WaitFor("After Crash")
	k.Key("Escape")
}

// untilServed waits until the program at the front has started its server anew.
func (b *branch) untilServed() {
	j := b.front
	j.Helper()
	j.until(time.Minute, "the server to be back", func() bool {
		for _, one := range []*journey{b.front, b.back} {
			if reads(one.read(one.look()), "has not answered") {
				return false
			}
		}
		_, err := j.try("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/"+b.port())
		return err == nil
	})
}

func (b *branch) port() string {
	if _, port, found := strings.Cut(b.address, ":"); found {
		return port
	}
	return "54320"
}

func (b *branch) unlink() {
	j, k := b.front, b.back
	j.openSettings("Computers")
	j.WaitFor("Linking code…", "this computer")
	j.Key("Down")
	j.WaitFor("Unlink")
	j.Key("Tab", "Tab", "Return") // past Rename
	j.WaitFor("Unlink")
	j.Shot("desks-unlink")
	j.Key("Tab", "Return") // past Cancel
	k.WaitFor("This computer was unlinked from the practice")
	k.Shot("desks-unlinked")
	j.Key("Escape")
	j.atFrontDesk(&j.anna)
}

func (b *branch) workAlone() {
	j := b.front
	j.openSettings("Server")
	j.WaitFor("Work on this computer only")
	j.Key("Tab", "Return")
	j.WaitFor("ALONE")
	j.Fill("ALONE")
	j.WaitWithin(time.Minute, "Sign in to", "on this computer only again")
	j.Shot("desks-alone")
	j.signInWithCode()
	for _, name := range []string{walker, "Halfway Typed", "After Crash"} { // nothing of what was saved is lost
		j.Key("ctrl+f")
		j.Type(strings.ToLower(name))
		j.Key("Return")
		j.WaitFor(name, "Print next appointments")
	}
	j.quit()
}

// stopServers stops what a program has left running on purpose.
func stopServers(home string) {
	_ = filepath.WalkDir(home, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Base(path) != "postmaster.pid" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil
		}
		first, _, _ := strings.Cut(string(text), "\n")
		if pid, err := strconv.Atoi(first); err == nil {
			_ = syscall.Kill(pid, syscall.SIGQUIT)
		}
		return nil
	})
}
