//go:build bench

package journey

import (
	"bytes"
	"fmt"
	"os"
	"testing"
	"time"
)

// TestPaint measures how long after a key the first picture of what it leads to is on the screen, of the full day of the
// demo. What takes the time of starting xdotool is measured beside it, and taken off. It prints; the budget is kept by who
// reads it.
func TestPaint(t *testing.T) {
	d := newDesk(t, "1366x768")
	j := &journey{desk: d, ben: person{name: "Sam Sample", username: "sam", password: demoPassword}}
	j.window = d.startDemo()
	j.WaitFor("Sign in to")
	j.signIn(&j.ben)
	j.WaitFor("Waiting 4")
	j.Key("Down") // the day has the keys
	const runs = 15
	fmt.Printf("\n%-34s %8s\n", "from a key to the first picture", "median")
	started := make([]time.Duration, 0, runs)
	for range runs {
		start := time.Now()
		d.tool("xdotool", "getmouselocation")
		started = append(started, time.Since(start))
	}
	for _, k := range []struct {
		what        string
		there, back string
	}{
		{"to another appointment (Down)", "Down", "Up"},
		{"another day (Page Down)", "Page_Down", "Page_Up"},
		{"today (Home)", "Page_Down", "Home"},
		{"the week, and the day (V)", "v", "v"},
		{"the search (Ctrl+F)", "ctrl+f", "Escape"},
		{"a booking beside the day (B)", "b", "Escape"},
	} {
		var took []time.Duration
		for i := range 2 * runs {
			key := k.there
			if i%2 == 1 {
				key = k.back
			}
			d.untilStill()
			first := d.firstPaint(key)
			if i%2 == 0 == (k.what != "today (Home)") {
				took = append(took, max(0, first-median(started)))
			}
		}
		fmt.Printf("%-34s %5d ms\n", k.what, median(took).Milliseconds())
	}
	fmt.Printf("medians of %d; starting xdotool takes %d ms\n", runs, median(started).Milliseconds())
	j.window.kill()
}

// firstPaint presses a key, and says after how long the screen was another.
func (d *desk) firstPaint(key string) time.Duration {
	d.Helper()
	read := func() []byte {
		frame, err := os.ReadFile(d.frame)
		if err != nil {
			d.Fatal(err)
		}
		return frame
	}
	before, start := read(), time.Now()
	pressed := make(chan error, 1)
	go func() {
		_, err := d.try("xdotool", "key", key)
		pressed <- err
	}()
	for bytes.Equal(before, read()) {
		if time.Since(start) > usualWait {
			d.Fatalf("%s changes nothing on the screen", key)
		}
	}
	took := time.Since(start)
	if err := <-pressed; err != nil {
		d.Fatal(err)
	}
	return took
}
