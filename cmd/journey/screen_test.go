//go:build journey || bench

package journey

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// look takes a picture of the screen. Xvfb keeps it in a file, in the format of xwd (X11/XWDFile.h):
// a header of big-endian words, a colour table, then rows of blue, green, red and a byte of nothing.
func (d *desk) look() *image.RGBA {
	d.Helper()
	file, err := os.ReadFile(d.frame)
	if err != nil {
		d.Fatal(err)
	}
	word := func(i int) int { return int(binary.BigEndian.Uint32(file[4*i:])) }
	headerSize, width, height, rowSize, colours := word(0), word(4), word(5), word(12), word(19)
	pixels := file[headerSize+12*colours:]

	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		from, to := pixels[y*rowSize:], img.Pix[y*img.Stride:]
		for i := 0; i < 4*width; i += 4 {
			to[i], to[i+1], to[i+2], to[i+3] = from[i+2], from[i+1], from[i], 255
		}
	}
	return img
}

func encode(img image.Image) []byte {
	var b bytes.Buffer
	(&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, img)
	return b.Bytes()
}

// WaitFor waits until each of the texts can be read on the screen, all at once.
func (d *desk) WaitFor(texts ...string) {
	d.Helper()
	d.WaitWithin(usualWait, texts...)
}

// WaitWithin is WaitFor for what takes longer than usual by itself.
func (d *desk) WaitWithin(usual time.Duration, texts ...string) {
	d.Helper()
	d.waitText(usual, fmt.Sprintf("%q on the screen", texts), func(page string, _ bool) bool {
		return !slices.ContainsFunc(texts, func(text string) bool { return !reads(page, text) })
	})
}

// WaitForOne waits until one of the texts can be read on the screen, and says which.
func (d *desk) WaitForOne(texts ...string) (read string) {
	d.Helper()
	d.waitText(usualWait, fmt.Sprintf("one of %q on the screen", texts), func(page string, _ bool) bool {
		i := slices.IndexFunc(texts, func(text string) bool { return reads(page, text) })
		if i >= 0 {
			read = texts[i]
		}
		return i >= 0
	})
	return read
}

// WaitGone waits until the text can't be read on the screen any more.
func (d *desk) WaitGone(text string) {
	d.Helper()
	d.waitText(usualWait, fmt.Sprintf("%q to leave the screen", text), func(page string, inBothWays bool) bool {
		return inBothWays && !reads(page, text)
	})
}

// waitText reads each new picture of the screen until one holds what is waited for: in the second
// way only where the first was not enough and the screen still shows the same.
func (d *desk) waitText(usual time.Duration, what string, holds func(page string, inBothWays bool) bool) {
	d.Helper()
	var last *image.RGBA
	var page string
	d.untilOr(usual, func() bool {
		img := d.look()
		if last != nil && bytes.Equal(img.Pix, last.Pix) {
			return false // read already
		}
		ink := printed(withoutBarcode(img))
		if page = d.readInk(ink, asPage); holds(page, false) {
			return true
		}
		if moved(img, d.look()) > aCursor {
			return false
		}
		last, page = img, page+"\n"+d.readInk(ink, asWords)
		return holds(page, true)
	}, func(waited time.Duration) {
		d.Helper()
		d.Fatalf("waited %v in vain for %s; it reads:\n%s", waited, what, page)
	})
}

// pictures is where the tour goes, seen from the top of the repository.
const pictures = "build/tour"

// Shot keeps a picture of the screen, in the journeys light and dark. The files of the tour are
// numbered; those for the docs (ANTEROOM_SCREENS names the folder) are not, so they can be linked to.
func (d *desk) Shot(name string) {
	d.Helper()
	if !d.lightAndDark {
		d.ShotAsIs(name)
		return
	}
	d.shots++
	wasLight := isLight(d.look())
	for _, light := range []bool{true, false} {
		d.setLight(light)
		shade := map[bool]string{true: "light", false: "dark"}[light]
		img := d.look()
		d.save(img, pictures, fmt.Sprintf("%02d-%s-%s.png", d.shots, name, shade))
		if folder := os.Getenv("ANTEROOM_SCREENS"); folder != "" {
			d.save(img, folder, fmt.Sprintf("%s-%s.png", name, shade))
		}
	}
	d.setLight(wasLight)
}

// ShotAsIs is Shot in the colours that there are, without a key.
func (d *desk) ShotAsIs(name string) {
	d.Helper()
	d.shots++
	d.save(d.look(), pictures, fmt.Sprintf("%02d-%s.png", d.shots, name))
	if folder := os.Getenv("ANTEROOM_SCREENS"); folder != "" {
		d.save(d.look(), folder, name+".png")
	}
}

// ShotOnce is Shot for a screen that comes more than once.
func (d *desk) ShotOnce(name string) {
	d.Helper()
	if d.taken[name] {
		return
	}
	d.taken[name] = true
	d.Shot(name)
}

func (d *desk) setLight(light bool) {
	d.Helper()
	if isLight(d.look()) == light {
		return
	}
	d.Key("ctrl+shift+d")
	d.until(usualWait, "the other colours", func() bool { return isLight(d.look()) == light })
	d.untilStill()
}

// isLight tells by a pixel of the page, near the lower left corner. It asks for no exact colour,
// because an open dialog puts a shade over the page.
func isLight(img *image.RGBA) bool {
	at := img.RGBAAt(img.Rect.Min.X+8, img.Rect.Max.Y-8)
	return int(at.R)+int(at.G)+int(at.B) > 3*96
}

// untilStill waits until nothing moves but, at most, a cursor.
func (d *desk) untilStill() {
	d.Helper()
	last := d.look()
	d.until(usualWait, "the screen to be still", func() bool {
		now := d.look()
		still := moved(last, now) <= aCursor
		last = now
		return still
	})
}

// aCursor is as many bytes as a blinking cursor changes, at most.
const aCursor = 4 * 100

// moved returns in how many bytes two pictures differ.
func moved(a, b *image.RGBA) int {
	n := 0
	for i, v := range a.Pix {
		if v != b.Pix[i] {
			n++
		}
	}
	return n
}

// save writes a picture into a folder of the repository.
func (d *desk) save(img image.Image, folder, name string) {
	d.Helper()
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(root, folder)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		d.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), encode(img), 0o644); err != nil {
		d.Fatal(err)
	}
}

// saveFailure keeps what the screen shows when a test fails.
func (d *desk) saveFailure() {
	if !d.Failed() {
		return
	}
	name := strings.ReplaceAll(d.Name(), "/", "-") + "-failed.png"
	d.save(d.look(), pictures, name)
	d.Logf("what the screen showed then: %s/%s", pictures, name)
}
