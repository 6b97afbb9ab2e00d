package paper

import (
	"bytes"
	"image"
	"image/draw"
	_ "image/jpeg" // fonts have pictures of both kinds
	"image/png"
	"strconv"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
	"github.com/go-text/typesetting/shaping"
)

// millimetres in a point, the unit of sizes.
const millimetres = 25.4 / 72

// pictureOf is what can be drawn of a glyph, a font.GlyphOutline or a font.GlyphBitmap; nil: nothing.
// The outlines of a font of pictures are their boxes, those of one in colours the same in black.
func pictureOf(face *font.Face, glyph font.GID) font.GlyphData {
	if bitmap, ok := face.GlyphDataBitmap(tables.GlyphID(glyph)); ok && (bitmap.Format == font.PNG || bitmap.Format == font.JPG) {
		return bitmap
	}
	if outline, ok := face.GlyphDataOutline(tables.GlyphID(glyph)); ok && len(outline.Segments) > 0 {
		return outline
	}
	return nil
}

// drawRun draws glyphs from x on, on the base line y. All outlines are one path: a viewer makes a
// letter that is a mere stroke bolder than the others if it is a path of its own.
func (s *sheet) drawRun(x, y float64, st style, r run) {
	em, drawn := st.size*millimetres, false
	s.fill(st.ink)
	for _, g := range r.glyphs {
		at := fpdf.PointType{X: x + inEm(g.XOffset)*em, Y: y - inEm(g.YOffset)*em}
		switch picture := pictureOf(r.face, g.GlyphID).(type) {
		case font.GlyphOutline:
			s.outline(at, em/float64(r.face.Upem()), picture)
			drawn = true
		case font.GlyphBitmap:
			if drawn {
				s.pdf.DrawPath("F")
				drawn = false
			}
			s.drawBitmap(at, em, r.face, g, picture)
		}
		x += inEm(g.Advance) * em
	}
	if drawn {
		s.pdf.DrawPath("F")
	}
}

// outline adds a glyph to the path, scale millimetres for each of its units.
func (s *sheet) outline(at fpdf.PointType, scale float64, outline font.GlyphOutline) {
	place := func(p font.SegmentPoint) (x, y float64) { return at.X + float64(p.X)*scale, at.Y - float64(p.Y)*scale }
	var last font.SegmentPoint
	for i, segment := range outline.Segments {
		args := segment.ArgsSlice()
		end := args[len(args)-1]
		x, y := place(end)
		switch segment.Op {
		case opentype.SegmentOpMoveTo:
			if i > 0 {
				s.pdf.ClosePath()
			}
			s.pdf.MoveTo(x, y)
		case opentype.SegmentOpLineTo:
			s.pdf.LineTo(x, y)
		case opentype.SegmentOpQuadTo: // PDF has cubic curves only
			x1, y1 := place(thirds(last, args[0]))
			x2, y2 := place(thirds(end, args[0]))
			s.pdf.CurveBezierCubicTo(x1, y1, x2, y2, x, y)
		case opentype.SegmentOpCubeTo:
			x1, y1 := place(args[0])
			x2, y2 := place(args[1])
			s.pdf.CurveBezierCubicTo(x1, y1, x2, y2, x, y)
		}
		last = end
	}
	s.pdf.ClosePath()
}

// thirds is the point two thirds of the way from p to q.
func thirds(p, q font.SegmentPoint) font.SegmentPoint {
	return font.SegmentPoint{X: p.X + (q.X-p.X)*2/3, Y: p.Y + (q.Y-p.Y)*2/3}
}

// picture names a glyph that is a picture.
type picture struct {
	font  *font.Font
	glyph font.GID
}

// pictures are those of a document.
type pictures struct {
	names map[picture]string
	wider map[picture]float64 // how much wider than its glyph each is made
	last  int                 // the width of the one before, in pixels
}

func newPictures() pictures {
	return pictures{names: map[picture]string{}, wider: map[picture]float64{}}
}

// drawBitmap draws a picture of a font where its glyph has its box.
func (s *sheet) drawBitmap(at fpdf.PointType, em float64, face *font.Face, g shaping.Glyph, bitmap font.GlyphBitmap) {
	options, of := fpdf.ImageOptions{ImageType: "PNG"}, picture{face.Font, g.GlyphID}
	if s.pictures.names[of] == "" {
		content, err := s.pictures.add(of, bitmap.Data)
		if err != nil {
			return
		}
		s.pdf.RegisterImageOptionsReader(s.pictures.names[of], options, content)
	}
	w, h := inEm(g.Width)*em*s.pictures.wider[of], -inEm(g.Height)*em
	s.pdf.ImageOptions(s.pictures.names[of], at.X+inEm(g.XBearing)*em, at.Y-inEm(g.YBearing)*em, w, h, false, options, 0, "")
}

// add gives a picture in the one form that fpdf surely reads, and a name. Each is wider than that before
// it, by columns of nothing: fpdf puts pictures in the order of their widths, and those of one width
// in another order each time.
func (p *pictures) add(of picture, data []byte) (*bytes.Buffer, error) {
	source, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	size := source.Bounds().Size()
	p.last = max(size.X, p.last+1)
	plain := image.NewNRGBA(image.Rect(0, 0, p.last, size.Y))
	draw.Draw(plain, image.Rectangle{Max: size}, source, source.Bounds().Min, draw.Src)
	p.names[of], p.wider[of] = "picture "+strconv.Itoa(len(p.names)), float64(p.last)/float64(size.X)
	var out bytes.Buffer
	return &out, png.Encode(&out, plain)
}
