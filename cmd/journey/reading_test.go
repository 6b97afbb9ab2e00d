//go:build journey || bench

package journey

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"strings"
	"sync"
	"testing"
	"unicode"
)

// read returns all text in a picture, as tesseract sees it: once with a page's lines and columns in
// mind (3), once as scattered words (11). What one way misses between buttons or beside a barcode,
// the other finds.
func (d *desk) read(img *image.RGBA) string {
	d.Helper()
	ink := printed(img)
	var both [2]string
	var errs [2]error
	var wg sync.WaitGroup
	for i, layout := range []string{"3", "11"} {
		wg.Go(func() {
			both[i], errs[i] = d.feed(ink, "tesseract", "-", "-", "--psm", layout, "--dpi", "192")
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			d.Fatal(err)
		}
	}
	return both[0] + "\n" + both[1]
}

// tile is the side of the squares a picture is judged by: larger than a letter's stem, smaller than
// a button's padding.
const tile = 12

// printed makes of a screen what OCR was made for: black print on white paper, twice the size,
// as a PGM file. Light on dark, a coloured button, a dark page: all come out the same, because every
// pixel is as black as it differs from the commonest tone of its small tile.
func printed(img *image.RGBA) []byte {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	paper := make([]byte, w*h)
	for top := 0; top < h; top += tile {
		for left := 0; left < w; left += tile {
			bottom, right := min(top+tile, h), min(left+tile, w)
			var tones [256]int
			for y := top; y < bottom; y++ {
				for x := left; x < right; x++ {
					tone := color.GrayModel.Convert(img.RGBAAt(x, y)).(color.Gray).Y
					paper[y*w+x] = tone
					tones[tone]++
				}
			}
			ground := 0
			for tone, n := range tones {
				if n > tones[ground] {
					ground = tone
				}
			}
			for y := top; y < bottom; y++ {
				for x := left; x < right; x++ {
					differs := int(paper[y*w+x]) - ground
					paper[y*w+x] = byte(255 - max(differs, -differs))
				}
			}
		}
	}

	var pgm bytes.Buffer
	fmt.Fprintf(&pgm, "P5\n%d %d\n255\n", 2*w, 2*h)
	at := func(x, y int) int { return int(paper[min(max(y, 0), h-1)*w+min(max(x, 0), w-1)]) }
	for y := range 2 * h {
		for x := range 2 * w {
			nearX, nearY := x/2, y/2
			farX, farY := nearX+2*(x%2)-1, nearY+2*(y%2)-1
			pgm.WriteByte(byte((9*at(nearX, nearY) + 3*at(farX, nearY) + 3*at(nearX, farY) + at(farX, farY)) / 16))
		}
	}
	return pgm.Bytes()
}

// reads tells whether the text stands on the page, give or take one letter in seven: OCR slips.
func reads(page, text string) bool {
	p, t := letters(page), letters(text)
	return slips(p, t) <= len(t)*15/100
}

// letters leaves of a text what OCR gets right: no case, no spaces, no signs, no line ends,
// and one letter for those that look alike.
func letters(text string) []rune {
	var out []rune
	for _, r := range strings.ToLower(text) {
		switch {
		case strings.ContainsRune("il1|", r):
			out = append(out, 'i')
		case strings.ContainsRune("o0", r):
			out = append(out, 'o')
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			out = append(out, r)
		}
	}
	return out
}

// slips returns the smallest edit distance between the text and any stretch of the page
// (Sellers' algorithm: the usual table, but a match may begin anywhere for free).
func slips(page, text []rune) int {
	column := make([]int, len(text)+1)
	for i := range column {
		column[i] = i
	}
	best := len(text)
	for _, r := range page {
		diagonal := 0
		for i, want := range text {
			change := diagonal
			if r != want {
				change++
			}
			diagonal = column[i+1]
			column[i+1] = min(change, column[i]+1, column[i+1]+1)
		}
		best = min(best, column[len(text)])
	}
	return best
}

func TestReads(t *testing.T) {
	const page = "Set u p you r practice\n1. Install Google\nThe passwords differ."
	for text, want := range map[string]bool{
		"Set up your practice":     true,
		"PASSWORDS DIFFER":         true,
		"The passvords difter":     true, // two slips in eighteen letters
		"lnstall Goog1e":           true,
		"Enter Auth Code":          false,
		"The passwords are common": false,
		"Save":                     false,
	} {
		if got := reads(page, text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
