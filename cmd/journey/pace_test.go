//go:build journey || bench

package journey

import (
	"image"
	"strings"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"
)

const (
	// usualWait is the upper bound of a wait on a quiet machine, where next to all is there within
	// a second or two.
	usualWait = 20 * time.Second

	// usualReading is how long one reading of a full screen takes on a quiet machine.
	usualReading = time.Second

	// unknownSlowness is assumed until the first reading.
	unknownSlowness = 30
)

// A pace is how fast the machine is found to be, by what its readings of the screen take. It makes
// the limits of waits as long as a busy machine needs.
type pace struct {
	slowness float64 // how many times longer than usual everything takes; 0: not known yet
}

// note learns from a reading. It believes a slow one at once and a fast one by half, because what
// keeps a machine busy comes and goes.
func (p *pace) note(reading time.Duration) {
	found := float64(reading) / float64(usualReading)
	p.slowness = max(1, found, (found+p.slowness)/2)
}

// limit is how long to wait now for what usually has come within a time.
func (p *pace) limit(usual time.Duration) time.Duration {
	if p.slowness == 0 {
		return unknownSlowness * usual
	}
	return time.Duration(p.slowness * float64(usual))
}

// measurePace reads a page of known text, whatever the screen shows.
func (d *desk) measurePace() {
	d.Helper()
	const lines = 40
	page := image.NewGray(image.Rect(0, 0, 1280, 800))
	pen := font.Drawer{Dst: page, Src: image.White, Face: basicfont.Face7x13}
	for line := range lines {
		pen.Dot = fixed.P(40, 40+18*line)
		pen.DrawString(strings.Repeat("How fast is this machine today? ", 4))
	}
	screen := image.NewRGBA(page.Rect)
	for i, tone := range page.Pix {
		copy(screen.Pix[4*i:], []byte{tone, tone, tone, 255})
	}
	d.readInk(printed(screen), asPage)
}

// until polls for a state, and fails the test when it has not come within the limit.
func (d *desk) until(usual time.Duration, what string, holds func() bool) {
	d.Helper()
	d.untilOr(usual, holds, func(waited time.Duration) {
		d.Helper()
		d.Fatalf("waited %v in vain for %s", waited, what)
	})
}

// untilOr polls for a state, and calls giveUp when it has not come within the limit. Before that it
// measures once more how fast the machine is: what keeps it busy may have begun meanwhile.
func (d *desk) untilOr(usual time.Duration, holds func() bool, giveUp func(waited time.Duration)) {
	d.Helper()
	for start := time.Now(); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Since(start) < d.pace.limit(usual) {
			continue
		}
		d.measurePace()
		if waited := time.Since(start); waited > d.pace.limit(usual) {
			giveUp(waited.Round(time.Second))
		}
	}
}
