package conform

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Some tests need several processes at one place: the test's own binary again, as a
// child that takes a line and answers a line. It learns from its environment what it is.
const (
	roleEnv     = "ANTEROOM_TEST_ROLE"
	locationEnv = "ANTEROOM_TEST_PLACE"
	folderEnv   = "ANTEROOM_TEST_FOLDER"
)

// Role is what a child does at a place, which Engine.Spec or the test named.
type Role func(place string, in io.Reader, out io.Writer)

// roles are those of the tests for every engine.
var roles = map[string]func(at site, in io.Reader, out io.Writer){
	"window":   window,
	"unmarked": unanchoredWindow,
	"unlinker": unlinker,
	"rival":    rival,
	"booker":   booker,
	"worker":   worker,
}

// Main is for TestMain of a package that runs Processes: in a child it is that, and
// otherwise runs the tests. more are roles of the package's own tests, for Start.
func Main(m *testing.M, e Engine, more map[string]Role) {
	role, place := os.Getenv(roleEnv), os.Getenv(locationEnv)
	if role == "" {
		os.Exit(m.Run())
	}
	if run, ok := roles[role]; ok {
		run(site{e, place, os.Getenv(folderEnv)}, os.Stdin, os.Stdout)
		return
	}
	more[role](place, os.Stdin, os.Stdout)
}

// Commands runs a child's command for each line it is told, and answers with its error.
// Before that it says whether it opened what it needs.
func Commands(in io.Reader, out io.Writer, opened error, run func(words []string) error) {
	answer(in, out, opened, func(words []string) string {
		return "did " + strings.ReplaceAll(fmt.Sprint(run(words)), "\n", "; ")
	})
}

func answer(in io.Reader, out io.Writer, opened error, run func(words []string) string) {
	fmt.Fprintln(out, "open", opened)
	for lines := bufio.NewScanner(in); lines.Scan(); {
		fmt.Fprintln(out, run(strings.Split(lines.Text(), "\t")))
	}
}

// Die ends this process as a kill or a power cut would: nothing runs any more.
func Die() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {}
}

// Process is a running child. It ends with its test.
type Process struct {
	t   testing.TB
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

// Start starts a child in a role, and waits until it has opened what it needs.
func Start(t testing.TB, role, place string) *Process {
	t.Helper()
	return start(t, role, site{location: place})
}

func start(t testing.TB, role string, at site) *Process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	// Under the race detector a process would wait for a second at its end.
	cmd.Env = append(os.Environ(), roleEnv+"="+role, locationEnv+"="+at.location, folderEnv+"="+at.folder, "GORACE=atexit_sleep_ms=0")
	cmd.Stderr = os.Stderr
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err := errors.Join(err1, err2, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	p := &Process{t, cmd, in, bufio.NewScanner(out)}
	t.Cleanup(func() { p.Kill(); p.End() })
	p.Expect("open <nil>")
	return p
}

// Send tells it one line.
func (p *Process) Send(words ...string) { fmt.Fprintln(p.in, strings.Join(words, "\t")) }

// tell tells it one line, which begins with a command and the time.
func (p *Process) tell(command string, now time.Time, words ...string) {
	p.Send(append([]string{command, strconv.FormatInt(now.UnixMilli(), 10)}, words...)...)
}

// timeOf is the time that tell told.
func timeOf(words []string) time.Time {
	ms, _ := strconv.ParseInt(words[1], 10, 64)
	return time.UnixMilli(ms)
}

// Said waits for its answer; false: it ended instead.
func (p *Process) Said() bool { return p.out.Scan() }

// Answer is what it answers; that it ended fails the test.
func (p *Process) Answer() string {
	p.t.Helper()
	if !p.Said() {
		p.t.Fatalf("the child ended: %v", p.out.Err())
	}
	return p.out.Text()
}

// Do is what it answers to one line.
func (p *Process) Do(words ...string) string {
	p.t.Helper()
	p.Send(words...)
	return p.Answer()
}

// Expect fails the test where it answers anything else.
func (p *Process) Expect(want string) {
	p.t.Helper()
	if got := p.Answer(); got != want {
		p.t.Fatalf("got %q, want %q", got, want)
	}
}

// Dies waits until it is dead; an answer fails the test.
func (p *Process) Dies() {
	p.t.Helper()
	if p.Said() {
		p.t.Fatalf("it lives, and says %q", p.out.Text())
	}
	p.End()
}

// Kill kills it, and does not wait.
func (p *Process) Kill() { p.cmd.Process.Kill() }

// End lets it end, and waits for that.
func (p *Process) End() {
	p.in.Close()
	p.cmd.Wait()
}
