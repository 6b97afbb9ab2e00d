package paper

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Measures in millimetres. A page is A4, and what is on it lies within US
// Letter too, which is wider but 18 mm shorter.
const (
	margin = 20.0
	width  = 210 - 2*margin
	bottom = 265.0
)

// Faces of the program's own fonts.
const (
	plain = ""
	bold  = "B"
	mono  = "mono"
)

// ink is a colour.
type ink struct{ r, g, b int }

var (
	black = ink{0x18, 0x22, 0x2D}
	quiet = ink{0x52, 0x60, 0x6D}
	teal  = ink{0x0B, 0x6B, 0x6B}
	pale  = ink{0x9A, 0xD4, 0xCF}
	edge  = ink{0x7D, 0x8A, 0x97}
	faint = ink{0xC5, 0xCD, 0xD5}
	white = ink{0xFF, 0xFF, 0xFF}
)

// style is how a text looks; size in points.
type style struct {
	face  string
	size  float64
	ink   ink
	tight bool // lines are close to each other
}

// leading is the distance from line to line, in millimetres.
func (st style) leading() float64 {
	if st.tight {
		return st.size * millimetres * 1.22
	}
	return st.size * millimetres * 1.36
}

// ascent is how far below the top of a line its letters stand.
func (st style) ascent() float64 {
	if st.tight {
		return st.size * millimetres
	}
	return st.leading() * 0.76
}

// sheet is a page being written, from the top down, and those before it. Its
// errors wait in pdf.
type sheet struct {
	pdf      *fpdf.Fpdf
	letters  *letters
	pictures pictures // of fonts
	y        float64
}

// newSheet makes an empty page; fonts have what the program's own lack. Its description names
// no person, no computer and no folder.
func newSheet(title string, made time.Time, fonts FontSource) (*sheet, error) {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetTitle(title, true)
	pdf.SetAuthor("Anteroom", true)
	pdf.SetCreator("Anteroom", true)
	pdf.SetProducer("Anteroom", true)
	pdf.SetCreationDate(made)
	pdf.SetModificationDate(made)
	pdf.SetCatalogSort(true)
	pdf.SetMargins(margin, margin, margin)
	pdf.SetAutoPageBreak(false, 0)
	addFont(pdf, "text", plain, theme.DefaultTextFont())
	addFont(pdf, "text", bold, theme.DefaultTextBoldFont())
	addFont(pdf, mono, plain, theme.DefaultTextMonospaceFont())
	pdf.AddPage()
	letters, err := newLetters(theme.DefaultTextFont().Content(), fonts)
	if err != nil {
		return nil, err
	}
	return &sheet{pdf: pdf, letters: letters, pictures: newPictures(), y: margin}, nil
}

// addFont gives the document a copy of a font: what it does with the bytes
// must not reach the program's windows.
func addFont(pdf *fpdf.Fpdf, family, face string, font fyne.Resource) {
	pdf.AddUTF8FontFromBytes(family, face, slices.Clone(font.Content()))
}

// next begins another page, whose top is at y.
func (s *sheet) next(y float64) {
	s.pdf.AddPage()
	s.y = y
}

// bytes ends the page and gives the document.
func (s *sheet) bytes() ([]byte, error) {
	var out bytes.Buffer
	if err := s.pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("write the page: %w", err)
	}
	return out.Bytes(), nil
}

func (s *sheet) use(st style) {
	if st.face == mono {
		s.pdf.SetFont(mono, plain, st.size)
	} else {
		s.pdf.SetFont("text", st.face, st.size)
	}
	s.pdf.SetTextColor(st.ink.r, st.ink.g, st.ink.b)
}

// line writes one line whose letters stand on the base line y.
func (s *sheet) line(x, y float64, st style, text string) {
	s.use(st)
	for _, r := range s.letters.runs(text, st.face == bold) {
		if r.face != nil {
			s.drawRun(x, y, st, r)
		} else {
			s.pdf.Text(x, y, r.text)
		}
		x += s.widthOf(r, st)
	}
}

// width is how wide a line is, in millimetres.
func (s *sheet) width(text string, st style) float64 {
	s.use(st)
	w := 0.0
	for _, r := range s.letters.runs(text, st.face == bold) {
		w += s.widthOf(r, st)
	}
	return w
}

// widthOf is the width of a run in the style in use.
func (s *sheet) widthOf(r run, st style) float64 {
	if r.face != nil {
		return r.width * st.size * millimetres
	}
	return s.pdf.GetStringWidth(r.text)
}

// lines writes lines from the top y on and gives the y below them.
func (s *sheet) lines(x, y float64, st style, lines []string) float64 {
	for _, text := range lines {
		s.line(x, y+st.ascent(), st, text)
		y += st.leading()
	}
	return y
}

// text writes a text as wide as w from the top y on and gives the y below it.
func (s *sheet) text(x, y, w float64, st style, text string) float64 {
	return s.lines(x, y, st, s.wrap(text, w, st))
}

// right writes one line that ends at x.
func (s *sheet) right(x, y float64, st style, text string) {
	s.line(x-s.width(text, st), y, st, text)
}

// rule draws a line to write on.
func (s *sheet) rule(x, y, w float64) {
	s.pdf.SetDrawColor(edge.r, edge.g, edge.b)
	s.pdf.SetLineWidth(0.2)
	s.pdf.Line(x, y, x+w, y)
}

// box draws a frame with round corners.
func (s *sheet) box(x, y, w, h float64, c ink) {
	s.pdf.SetDrawColor(c.r, c.g, c.b)
	s.pdf.SetLineWidth(0.35)
	s.pdf.RoundedRect(x, y, w, h, 2.8, "1234", "D")
}

// hairline draws a line between rows.
func (s *sheet) hairline(x, y, w float64) {
	s.pdf.SetDrawColor(faint.r, faint.g, faint.b)
	s.pdf.SetLineWidth(0.15)
	s.pdf.Line(x, y, x+w, y)
}

// cut draws a line of dashes, along which a page is cut.
func (s *sheet) cut(x, y, w float64) {
	s.pdf.SetDashPattern([]float64{1.6, 1.6}, 0)
	s.rule(x, y, w)
	s.pdf.SetDashPattern(nil, 0)
}

// warning draws a sign of danger, 3.4 mm wide, that stands on the base line y.
func (s *sheet) warning(x, y float64) {
	const w, h = 3.4, 3.0
	s.fill(black)
	s.pdf.Polygon([]fpdf.PointType{{X: x, Y: y}, {X: x + w/2, Y: y - h}, {X: x + w, Y: y}}, "F")
	s.line(x+w/2-0.36, y-0.35, style{face: bold, size: 6.5, ink: white}, "!")
}

// logo draws the program's picture, size by size, at the left of y.
func (s *sheet) logo(x, y, size float64) {
	unit := size / 64
	at := func(px, py float64) fpdf.PointType { return fpdf.PointType{X: x + px*unit, Y: y + py*unit} }
	s.fill(teal)
	s.pdf.RoundedRect(x, y, size, size, 12*unit, "1234", "F")
	s.fill(white)
	s.pdf.Rect(x+24*unit, y+12*unit, 24*unit, 40*unit, "F")
	s.fill(pale)
	s.pdf.Polygon([]fpdf.PointType{at(24, 12), at(12, 18), at(12, 56), at(24, 52)}, "F")
	s.fill(teal)
	s.pdf.Circle(x+20*unit, y+35*unit, 1.6*unit, "F")
}

func (s *sheet) fill(c ink) { s.pdf.SetFillColor(c.r, c.g, c.b) }

// fit breaks a text into lines that fill at most w by h, in the first of the
// sizes with which it fits. What doesn't fit in the last size is cut.
func (s *sheet) fit(text string, w, h float64, st style, sizes ...float64) ([]string, style) {
	var lines []string
	most := 1
	for _, st.size = range sizes {
		lines, most = s.wrap(text, w, st), max(1, int(h/st.leading()))
		if len(lines) <= most {
			return lines, st
		}
	}
	last := []rune(lines[most-1])
	for len(last) > 0 && s.width(string(last)+"…", st) > w {
		last = last[:len(last)-1]
	}
	return append(lines[:most-1], strings.TrimSpace(string(last))+"…"), st
}

// few breaks a text into lines as wide as w, at most as many as said. What does
// not fit is cut.
func (s *sheet) few(text string, w float64, most int, st style) []string {
	if runes := []rune(text); len(runes) > most*runesInLine {
		text = string(runes[:most*runesInLine])
	}
	lines, _ := s.fit(text, w, (float64(most)+0.5)*st.leading(), st, st.size)
	return lines
}

// runesInLine is more than a line ever holds: nobody waits until a text of
// twenty thousand letters is broken into lines of which three are printed.
const runesInLine = 400

// wrap breaks a text into lines as wide as w: at spaces, and within a word that
// is wider than a line.
func (s *sheet) wrap(text string, w float64, st style) []string {
	var lines []string
	current := ""
	for _, word := range strings.Fields(text) {
		joined := strings.TrimSpace(current + " " + word)
		if s.width(joined, st) <= w {
			current = joined
			continue
		}
		if current != "" {
			lines = append(lines, current)
		}
		for s.width(word, st) > w {
			n := s.holds(word, w, st)
			lines = append(lines, word[:n])
			word = word[n:]
		}
		current = word
	}
	if current != "" {
		lines = append(lines, current)
	}
	return lines
}

// holds is how many bytes of a word go on a line: one letter at least.
func (s *sheet) holds(word string, w float64, st style) int {
	runes, n := []rune(word), 0
	for from, to := range clusters(runes) {
		if from > 0 && s.width(string(runes[:to]), st) > w {
			break
		}
		n += len(string(runes[from:to]))
	}
	return n
}
