//go:build journey || bench

package journey

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"time"
)

// Press moves the focus to the button with this label and presses it.
func (d *desk) Press(label string) {
	d.Helper()
	d.seek("Tab", "shift+Tab", label, 0)
	d.Key("space")
}

// Tick moves the focus to the tick box with this label, which stands at its right, and changes it.
func (d *desk) Tick(label string) {
	d.Helper()
	d.seek("Tab", "shift+Tab", label, 320)
	d.Key("space")
}

// Choose goes down a list that has the focus to the line that reads so.
func (d *desk) Choose(label string) {
	d.Helper()
	d.seek("Down", "Up", label, 0)
}

// seek presses a key until the focus is on what reads as the label. What changes on the screen with
// a press is the old place of the focus and the new one, so the first change that reads so is the
// label's getting the focus; only the very first can be its losing it, and the next press tells.
// Reach says how far to the right of the change to read.
func (d *desk) seek(forth, back, label string, reach int) {
	d.Helper()
	for i := range 40 {
		if !d.changeReads(forth, label, reach) {
			continue
		}
		if i > 0 {
			return
		}
		if d.changeReads(forth, label, reach) {
			d.Key(back)
			return
		}
	}
	d.Fatalf("%s never led to %q; the screen reads:\n%s", forth, label, d.read(d.look()))
}

// changeReads presses a key and tells whether the label stands where the screen changed.
func (d *desk) changeReads(key, label string, reach int) bool {
	d.Helper()
	before := d.look()
	d.Key(key)
	// A press may change nothing, so this is the one wait that is allowed to be in vain.
	for end := time.Now().Add(300 * time.Millisecond); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if moved(before, d.look()) > aCursor {
			break
		}
	}
	d.untilStill()
	return reads(d.read(onlyChanged(before, d.look(), reach)), label)
}

// onlyChanged returns the second picture, blank but for what differs from the first, with a margin.
func onlyChanged(before, after *image.RGBA, reach int) *image.RGBA {
	const margin = tile
	out := image.NewRGBA(after.Rect)
	draw.Draw(out, out.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	for y := 0; y < after.Rect.Max.Y; y += tile {
		for x := 0; x < after.Rect.Max.X; x += tile {
			here := image.Rect(x, y, x+tile, y+tile).Intersect(after.Rect)
			if same(before, after, here) {
				continue
			}
			near := image.Rect(x-margin, y-margin, x+tile+margin+reach, y+tile+margin).Intersect(after.Rect)
			draw.Draw(out, near, after, near.Min, draw.Src)
		}
	}
	return out
}

func same(a, b *image.RGBA, r image.Rectangle) bool {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		from, to := a.PixOffset(r.Min.X, y), a.PixOffset(r.Max.X, y)
		if !bytes.Equal(a.Pix[from:to], b.Pix[from:to]) {
			return false
		}
	}
	return true
}
