//go:build journey || bench

package journey

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
)

// A process is a running program, and what it said on its standard error.
type process struct {
	cmd   *exec.Cmd
	said  notes
	ended chan struct{}
}

func (p *process) kill() {
	syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) // the whole group
	<-p.ended
}

// untilReady waits for what a process does, as long as it lives.
func (d *desk) untilReady(p *process, what string, holds func() bool) {
	d.Helper()
	d.until(usualWait, what, func() bool {
		select {
		case <-p.ended:
			d.Fatalf("waited for %s, but it ended: %v\n%s", what, p.cmd.ProcessState, p.said.String())
		default:
		}
		return holds()
	})
}

// waitFor waits until a process has ended by itself.
func (d *desk) waitFor(p *process) {
	d.Helper()
	d.until(usualWait, "the program to end", func() bool {
		select {
		case <-p.ended:
			return true
		default:
			return false
		}
	})
}

// notes is a buffer that can be read while a program still writes to it.
type notes struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (n *notes) Write(b []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.buf.Write(b)
}

func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.buf.String()
}

// root is the top of the repository, seen from where go test runs us.
const root = "../.."

func programPath() string {
	if path := os.Getenv("ANTEROOM_BIN"); path != "" {
		return path
	}
	return filepath.Join(root, "bin", "anteroom")
}

// startAnteroom starts the program on the desk's one data folder and waits for its window.
func (d *desk) startAnteroom() *process {
	d.Helper()
	return d.startOn(d.folder("data"))
}

// program is the program as the desk's user may run it.
func (d *desk) program() string {
	d.Helper()
	if d.user == nil {
		return programPath()
	}
	path := filepath.Join(d.folder("bin"), "anteroom") // the folder it lies in may be closed
	if _, err := os.Stat(path); err == nil {
		return path
	}
	content, err := os.ReadFile(programPath())
	if err == nil {
		err = os.WriteFile(path, content, 0o700)
	}
	if err != nil {
		d.Fatal(err)
	}
	d.own(path)
	return path
}

// startOn is startAnteroom on another folder.
func (d *desk) startOn(folder string) *process {
	d.Helper()
	p := d.start(d.program(), "--data", folder)
	d.Cleanup(func() {
		if d.Failed() {
			d.Logf("the program said:\n%s", p.said.String())
		}
	})
	d.focusWindow("Anteroom", p)
	return p
}

// focusWindow waits for the window with this title and gives it the keyboard.
func (d *desk) focusWindow(title string, p *process) {
	d.Helper()
	d.untilReady(p, "the window "+title, func() bool { return len(d.windows(title)) > 0 })
	d.tool("xdotool", "windowactivate", "--sync", d.windows(title)[0])
}
