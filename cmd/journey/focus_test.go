//go:build journey || bench

package journey

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"time"
)

// Press moves the focus to the button or tick box with this label and presses it.
func (d *desk) Press(label string) {
	d.Helper()
	d.seek("Tab", "shift+Tab", label)
	d.Key("space")
}

// seek presses a key until the focus is on what reads as the label. What changes on the screen with
// a press is the old place of the focus and the new one. So the first change that reads as the label
// is its getting the focus; only the very first press can be its losing it, and the next one tells.
func (d *desk) seek(forth, back, label string) {
	d.Helper()
	const presses = 40
	for i := range presses {
		if !d.changeReads(forth, label) {
			continue
		}
		if i > 0 {
			return
		}
		if d.changeReads(forth, label) {
			d.Key(back)
			return
		}
	}
	d.Fatalf("%d times %s did not lead to %q; the screen reads:\n%s", presses, forth, label, d.read(d.look()))
}

// changeReads presses a key and tells whether the label stands where the screen changed.
func (d *desk) changeReads(key, label string) bool {
	d.Helper()
	before := d.look()
	d.Key(key)
	// A press may change nothing, so this one wait may be in vain.
	for end := time.Now().Add(300 * time.Millisecond); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if moved(before, d.look()) > aCursor {
			break
		}
	}
	d.untilStill()
	after := d.look()
	return reads(d.read(onlyChanged(before, after)), label)
}

// onlyChanged returns the second picture, blank but for the places where the first was different.
// A place is a whole rectangle: a ring around a button brings the button with it.
func onlyChanged(before, after *image.RGBA) *image.RGBA {
	const tile = 12 // changes nearer than this are one place
	changed := map[image.Point]bool{}
	for y := 0; y < after.Rect.Max.Y; y += tile {
		for x := 0; x < after.Rect.Max.X; x += tile {
			if !same(before, after, image.Rect(x, y, x+tile, y+tile).Intersect(after.Rect)) {
				changed[image.Pt(x, y)] = true
			}
		}
	}

	out := image.NewRGBA(after.Rect)
	draw.Draw(out, out.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	for at := range changed {
		place := grow(image.Rectangle{}, at, tile, changed).Intersect(after.Rect)
		draw.Draw(out, place, after, place.Min, draw.Src)
	}
	return out
}

// grow widens a place by a changed tile and, in turn, by all that touch it, taking them off the map.
func grow(place image.Rectangle, at image.Point, tile int, changed map[image.Point]bool) image.Rectangle {
	if !changed[at] {
		return place
	}
	delete(changed, at)
	place = place.Union(image.Rectangle{at, at.Add(image.Pt(tile, tile))})
	for _, dy := range []int{-tile, 0, tile} {
		for _, dx := range []int{-tile, 0, tile} {
			place = grow(place, at.Add(image.Pt(dx, dy)), tile, changed)
		}
	}
	return place
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
