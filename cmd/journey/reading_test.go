//go:build journey || bench

package journey

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
)

// A layout is how tesseract looks for text in a picture. What one way misses between buttons or
// beside a barcode, the other finds.
type layout string

const (
	asPage  layout = "3"  // with a page's lines and columns in mind
	asWords layout = "11" // as scattered words
)

// read returns all text in a picture, as tesseract sees it in both ways.
func (d *desk) read(img *image.RGBA) string {
	d.Helper()
	ink := printed(withoutBarcode(img))
	return d.readInk(ink, asPage) + "\n" + d.readInk(ink, asWords)
}

// readInk returns the text in what printed made. Each reading tells how fast the machine is now.
func (d *desk) readInk(ink []byte, as layout) string {
	d.Helper()
	start := time.Now()
	text, err := d.feed(ink, "tesseract", "-", "-", "--psm", string(as), "--dpi", "192")
	if err != nil {
		d.Fatal(err)
	}
	d.pace.note(time.Since(start))
	return text
}

// A word is one that was read, and where it stands on the screen.
type word struct {
	text  string
	place image.Rectangle
}

// words are those in what printed made, in the order of reading.
func (d *desk) words(ink []byte, as layout) (all []word) {
	d.Helper()
	table, err := d.feed(ink, "tesseract", "-", "-", "--psm", string(as), "--dpi", "192", "tsv")
	if err != nil {
		d.Fatal(err)
	}
	for _, line := range strings.Split(table, "\n") {
		cells := strings.Split(line, "\t")
		if len(cells) != 12 || strings.TrimSpace(cells[11]) == "" {
			continue
		}
		var n [4]int // left, top, width, height, of a picture twice as large as the screen
		for i := range n {
			if n[i], err = strconv.Atoi(cells[6+i]); err != nil {
				break
			}
		}
		if err == nil {
			all = append(all, word{cells[11], image.Rect(n[0]/2, n[1]/2, (n[0]+n[2])/2, (n[1]+n[3])/2)})
		}
	}
	return all
}

// placeOf is where a text stands, of one word or several in a line; empty: nowhere. Of several places it is the topmost.
func placeOf(all []word, text string) (place image.Rectangle) {
	want := strings.Fields(text)
	for i := range all {
		at := all[i].place
		for j, part := range want {
			if i+j >= len(all) || !strings.EqualFold(strings.Trim(all[i+j].text, ".,:;…"), part) {
				at = image.Rectangle{}
				break
			}
			at = at.Union(all[i+j].place)
		}
		if !at.Empty() && (place.Empty() || at.Min.Y < place.Min.Y) {
			place = at
		}
	}
	return place
}

// withoutBarcode blanks a barcode, which OCR takes for writing and then loses lines around it. It
// alone is pure black on the screen: Anteroom's colours have none.
func withoutBarcode(img *image.RGBA) *image.RGBA {
	const tile = 8
	out := image.NewRGBA(img.Rect)
	copy(out.Pix, img.Pix)
	for y := 0; y < img.Rect.Max.Y; y += tile {
		for x := 0; x < img.Rect.Max.X; x += tile {
			place := image.Rect(x, y, x+tile, y+tile).Intersect(img.Rect)
			if hasBlack(img, place) {
				draw.Draw(out, place, image.White, image.Point{}, draw.Src)
			}
		}
	}
	return out
}

func hasBlack(img *image.RGBA, place image.Rectangle) bool {
	for y := place.Min.Y; y < place.Max.Y; y++ {
		for x := place.Min.X; x < place.Max.X; x++ {
			if c := img.RGBAAt(x, y); c.R == 0 && c.G == 0 && c.B == 0 {
				return true
			}
		}
	}
	return false
}

// printed makes of a screen what OCR was made for: black print on white paper, twice the size, as a
// PGM file. Every pixel is as black as it differs from the tone that is the commonest around it, so
// light on dark, a coloured button and a dark page all come out the same.
func printed(img *image.RGBA) []byte {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	tones := make([]byte, w*h)
	for y := range h {
		for x := range w {
			tones[y*w+x] = color.GrayModel.Convert(img.RGBAAt(x, y)).(color.Gray).Y
		}
	}
	paper := make([]byte, w*h)
	for y := range h {
		flattenRow(paper, tones, w, h, y)
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

// flattenRow does one row of printed. It slides a window along the row, larger than any letter and
// flat enough for a button, and keeps count of the tones in it, in 32 shades.
func flattenRow(paper, tones []byte, w, h, y int) {
	const reachX, reachY, shade = 16, 8, 8
	var count, sum [256 / shade]int
	column := func(x, by int) {
		if x < 0 || x >= w {
			return
		}
		for row := max(y-reachY, 0); row <= min(y+reachY, h-1); row++ {
			tone := tones[row*w+x]
			count[tone/shade] += by
			sum[tone/shade] += by * int(tone)
		}
	}
	for x := -reachX; x < reachX; x++ {
		column(x, 1)
	}
	for x := range w {
		column(x+reachX, 1)
		column(x-reachX-1, -1)
		ground := 0
		for i := range count {
			if count[i] > count[ground] {
				ground = i
			}
		}
		differs := int(tones[y*w+x]) - sum[ground]/count[ground]
		paper[y*w+x] = byte(255 - max(differs, -differs))
	}
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
