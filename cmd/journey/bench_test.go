//go:build bench

package journey

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A contestant is a program whose start is measured.
type contestant struct {
	name    string
	command []string
	hung    bool // while the keyring does not answer
	shown   func(*image.RGBA) bool
	took    []time.Duration
	memory  []int // kB
}

// TestStart measures, in turn, how long each program takes until its window is painted, Anteroom
// also until it asks for the sign-in, and the memory it holds then. It prints; the budgets are kept
// by who reads it.
func TestStart(t *testing.T) {
	d := newDesk(t, "1280x800")
	keepassxc, err := exec.LookPath("keepassxc")
	if err != nil {
		t.Fatal("keepassxc is not installed: run make bench")
	}
	quietKeePassXC(d)

	j := newJourney(d)
	j.setUp()
	j.window.kill()

	anteroom := []string{programPath(), "--data", d.folder("data")}
	contestants := []*contestant{
		{name: "bare Fyne window", command: []string{filepath.Join(root, "bin", "bare")}, shown: painted},
		{name: "Anteroom, painted", command: anteroom, shown: painted},
		{name: "… sign-in", command: anteroom, shown: asks},
		{name: "… the keyring hung", command: anteroom, shown: painted, hung: true},
		{name: "KeePassXC", command: []string{keepassxc}, shown: painted},
	}
	for _, c := range contestants {
		asInstalled(t, c.command[0])
	}
	const runs = 9
	for range runs {
		for _, c := range contestants {
			if c.hung {
				j.signalKeyring(syscall.SIGSTOP)
			}
			d.measure(c)
			j.signalKeyring(syscall.SIGCONT)
		}
	}

	bare := contestants[0]
	fmt.Printf("\n%-20s %10s %8s %10s %10s\n", "", "start", "ratio", "memory", "more")
	for _, c := range contestants {
		took, memory := median(c.took), median(c.memory)
		fmt.Printf("%-20s %7d ms %8.2f %7.1f MB %+7.1f MB\n", c.name, took.Milliseconds(),
			float64(took)/float64(median(bare.took)),
			float64(memory)/1024, float64(memory-median(bare.memory))/1024)
	}
	fmt.Printf("medians of %d runs in turn\n", runs)
}

// asInstalled makes the OS read a program's file anew. What was just built lies in its cache
// in larger pieces than what is read from a disk, and a program that starts from them holds up
// to 9 MB more.
func asInstalled(t *testing.T, path string) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := errors.Join(file.Sync(), unix.Fadvise(int(file.Fd()), 0, 0, unix.FADV_DONTNEED)); err != nil {
		t.Fatal(err)
	}
}

// measure starts a program, waits for its first whole picture and ends it.
func (d *desk) measure(c *contestant) {
	d.Helper()
	d.until(usualWait, "an empty screen", func() bool { return !painted(d.look()) })
	start := time.Now()
	p := d.start(c.command[0], c.command[1:]...)
	for !c.shown(d.look()) {
		if time.Since(start) > d.pace.limit(usualWait) {
			d.Fatalf("%s paints nothing:\n%s", c.name, p.said.String())
		}
		time.Sleep(15 * time.Millisecond) // looking takes of the cores, too
	}
	c.took = append(c.took, time.Since(start))
	c.memory = append(c.memory, d.resident(p))
	p.kill()
}

// painted tells whether there is anything to see in the middle of the screen: letters have many
// tones, an empty window has one.
func painted(img *image.RGBA) bool {
	tones := map[color.RGBA]bool{}
	middle := image.Rect(440, 250, 840, 550)
	for y := middle.Min.Y; y < middle.Max.Y; y++ {
		for x := middle.Min.X; x < middle.Max.X; x++ {
			if tones[img.RGBAAt(x, y)] = true; len(tones) > 8 {
				return true
			}
		}
	}
	return false
}

// asks tells whether a form is there: its main button is an area in the dark theme's colour for that.
func asks(img *image.RGBA) bool {
	button, area := color.RGBA{R: 0x62, G: 0xCC, B: 0xC4, A: 0xFF}, 0
	for y := range img.Rect.Max.Y {
		for x := range img.Rect.Max.X {
			if img.RGBAAt(x, y) == button {
				area++
			}
		}
	}
	return area > 1000
}

// resident returns the kB of memory a process holds.
func (d *desk) resident(p *process) int {
	d.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		d.Fatal(err)
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	kB, err := strconv.Atoi(strings.Fields(after)[0])
	if err != nil {
		d.Fatal(err)
	}
	return kB
}

// quietKeePassXC answers the questions it asks at its very first start.
func quietKeePassXC(d *desk) {
	d.Helper()
	const settings = "[General]\nUpdateCheckMessageShown=true\nSingleInstance=false\n"
	file := filepath.Join(d.folder("config/keepassxc"), "keepassxc.ini")
	if err := os.WriteFile(file, []byte(settings), 0o600); err != nil {
		d.Fatal(err)
	}
}

func median[T int | time.Duration](all []T) T {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}
