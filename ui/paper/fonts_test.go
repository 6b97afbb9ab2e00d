package paper

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-text/typesetting/fontscan"
	"pgregory.net/rapid"
)

//go:embed testdata/fonts/*.ttf testdata/fonts/*.otf
var testFontFiles embed.FS

// testFonts are a computer's fonts that are the same everywhere.
func testFonts() (*fontscan.FontMap, error) {
	fonts := fontscan.NewFontMap(unlogged{})
	return fonts, fs.WalkDir(testFontFiles, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := testFontFiles.ReadFile(path)
		return errors.Join(err, fonts.AddFont(bytes.NewReader(content), path, ""))
	})
}

func noFonts() (*fontscan.FontMap, error) { return nil, errors.New("there are none") }

// emptyFonts are those of a computer without a font.
func emptyFonts() (*fontscan.FontMap, error) { return fontscan.NewFontMap(unlogged{}), nil }

func testLetters(t testing.TB, fonts FontSource) *letters {
	t.Helper()
	s, err := newSheet("", made, fonts)
	if err != nil {
		t.Fatal(err)
	}
	return s.letters
}

// otherWritings are names, and what a program that does not shape them would draw.
var otherWritings = []string{"أحمد محمد علي", "יעל כהן", "राजेश कुमार शर्मा", "สมชาย ใจดี", "王小明", "山田太郎"}

// TestNamesInAnyWriting are drawn whole, as outlines, with all that is around them as text.
func TestNamesInAnyWriting(t *testing.T) {
	plain := len(readable(t, sampleDay(1, 1)))
	for _, name := range otherWritings {
		d := sampleDay(1, 1)
		d.Practitioners[0].Visits[0].Who.Name = name
		s, err := d.draw(testFonts)
		if err != nil {
			t.Fatal(err)
		}
		s.pdf.SetCompression(false)
		document, err := s.bytes()
		if err != nil {
			t.Fatal(err)
		}
		text := joined(texts(t, document))
		if len(s.letters.missing) > 0 || strings.Contains(text, nameElsewhere()) || strings.Contains(text, "…") {
			t.Errorf("%s: missing %q: %s", name, s.letters.missing, text)
		}
		if curves := bytes.Count(document, []byte(" c\n")); curves < 10 || len(document) < plain {
			t.Errorf("%s: %d curves", name, curves)
		}
		if !strings.Contains(text, "8:00") || !strings.Contains(text, "Dr Sample 0") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// TestLettersAreShaped: Arabic letters join, an Indic sign goes before the letter that it follows, a
// Thai mark takes no room.
func TestLettersAreShaped(t *testing.T) {
	l := testLetters(t, testFonts)
	one := func(text string) run {
		t.Helper()
		runs := l.runs(text, false)
		if len(runs) != 1 || runs[0].face == nil {
			t.Fatalf("%s: %d runs", text, len(runs))
		}
		return runs[0]
	}
	arabic := one("محمد")
	for i, r := range []rune("دمحم") { // from left to right
		nominal, _ := arabic.face.NominalGlyph(r)
		if joins := arabic.glyphs[i].GlyphID != nominal; !joins {
			t.Errorf("%c stands alone", r)
		}
	}
	if devanagari := one("र्मा"); len(devanagari.glyphs) >= len([]rune("र्मा")) {
		t.Errorf("%d glyphs: the mark above is not made of two letters", len(devanagari.glyphs))
	}
	if with, without := one("ดี"), one("ด"); with.width != without.width {
		t.Errorf("a mark takes %v", with.width-without.width)
	}
	if two, both := one("王").width, one("王小").width; both != 2*two {
		t.Errorf("%v, and two %v", two, both)
	}
}

// TestRightToLeft: parts stand where a person expects them, numbers among them too.
func TestRightToLeft(t *testing.T) {
	l := testLetters(t, testFonts)
	for text, want := range map[string]string{
		"Dr أحمد 12 علي (x)": "Dr |علي|" + " 12 |أحمد| (x)",
		"علي (Ali) 25":       "25 (Ali) |علي",
		"Ola 王 Sample":       "Ola |王| Sample",
		"כהן, 7":             "7 ,|כהן",
		"(כהן)":              "(|כהן|)",
		"a 王":                "a |王",
		// Names beside what is not theirs.
		leftToRight("علي") + " 8:30–12:30, 14:00":       "علي| 8:30–12:30, 14:00",
		leftToRight("علي") + " · " + leftToRight("עין"): "علي| · |עין",
		leftToRight("Ola") + " 8:30":                    "Ola 8:30",
	} {
		var parts []string
		for _, r := range l.runs(text, true) {
			part := r.text
			if r.face != nil {
				part = string([]rune(text)[r.from:r.to])
			}
			parts = append(parts, part)
		}
		got := strings.Join(parts, "|")
		if squeeze(got) != squeeze(want) {
			t.Errorf("%s: %s, not %s", text, got, want)
		}
	}
}

// squeeze drops spaces and what parts runs: which of two runs has the space between them is the
// algorithm's business.
func squeeze(text string) string { return strings.NewReplacer(" ", "", "|", "").Replace(text) }

// TestSigns: an emoji shows where a font has it, in one picture if it is of several characters, and
// what no font has is left out and said.
func TestSigns(t *testing.T) {
	kit := kitOf("Brook 🏥 Street 👩‍⚕️ 👩‍⚕️", "Anna Smith")
	s, err := kit.draw(testFonts)
	if err != nil {
		t.Fatal(err)
	}
	document, err := s.bytes()
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(document, []byte("/Subtype /Image")); n != 2*2 { // each with its mask
		t.Errorf("%d pictures", n)
	}
	checkPage(t, document)
	s, err = kit.draw(emptyFonts)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{kit.Practice}; !slices.Equal(s.letters.missing, want) {
		t.Errorf("missing: %q", s.letters.missing)
	}
	if text := joined(texts(t, readable(t, kit))); !strings.Contains(text, "Brook Street") || strings.Contains(text, "Write it here by hand") {
		t.Error(text)
	}
}

// TestMissingIsNamed with its time and its writing, once, whatever kind of computer without fonts it is.
func TestMissingIsNamed(t *testing.T) {
	d := sampleDay(1, 3)
	visits := d.Practitioners[0].Visits
	visits[0].Who.Name, visits[1].Who.Name, visits[1].Note, visits[2].Who.Name = "王小明", "אבי", "ملاحظة", "Ola"
	d.Practice = "Ward 王"
	for name, fonts := range map[string]FontSource{"nil": nil, "none": noFonts, "empty": emptyFonts} {
		document, err := d.PDF(t.Context(), fonts)
		if err != nil {
			t.Fatal(err)
		}
		if want := []string{"8:00 Chinese: 王小明", "8:15 Hebrew: אבי", "8:15 Arabic: ملاحظة", "Chinese: Ward 王"}; !slices.Equal(document.Missing, want) {
			t.Errorf("%s: %q", name, document.Missing)
		}
	}
	document, err := d.PDF(t.Context(), testFonts) // which have ב and ו not
	if want := []string{"8:15 Hebrew: אבי", "8:15 Arabic: ملاحظة"}; err != nil || !slices.Equal(document.Missing, want) {
		t.Errorf("%q, %v", document.Missing, err)
	}
}

// TestBoxesAreNoLetters: macOS has a font that shows a box for whatever there is.
func TestBoxesAreNoLetters(t *testing.T) {
	for family, want := range map[string]bool{".LastResort": false, "Other": true} {
		l := testLetters(t, func() (*fontscan.FontMap, error) {
			content, err := testFontFiles.ReadFile("testdata/fonts/hebrew.ttf")
			fonts := fontscan.NewFontMap(unlogged{})
			return fonts, errors.Join(err, fonts.AddFont(bytes.NewReader(content), "boxes", family))
		})
		if _, whole := l.print("כהן"); whole != want {
			t.Errorf("%s: printed: %v", family, whole)
		}
	}
}

// TestSameFontsSameBytes, also where a page has pictures.
func TestSameFontsSameBytes(t *testing.T) {
	d := sampleDay(2, 20)
	for i := range d.Practitioners[1].Visits {
		d.Practitioners[1].Visits[i].Who.Name = otherWritings[i%len(otherWritings)]
	}
	d.Practice, d.Practitioners[0].Name = "🏥 عيادة", "Dr 王 👩‍⚕️"
	var first []byte
	for range 5 {
		document, err := d.PDF(t.Context(), testFonts)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = document.Content
		}
		if !bytes.Equal(first, document.Content) {
			t.Fatal("two documents of one day differ")
		}
	}
}

// TestPagesWithoutTheirFonts: whatever is wrong with the computer's fonts, a page is made.
func TestPagesWithoutTheirFonts(t *testing.T) {
	kit := kitOf("王小明", "Anna Smith")
	want, err := kit.PDF(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, fonts := range map[string]FontSource{
		"damaged": func() (*fontscan.FontMap, error) { panic("index out of range") },
		"none":    noFonts,
		"empty":   emptyFonts,
		"hanging": func() (*fontscan.FontMap, error) {
			time.Sleep(time.Hour)
			return nil, nil
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			begun := time.Now()
			got, err := kit.PDF(t.Context(), fonts)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s: %v", name, err)
			}
			if took := time.Since(begun); took > fontPatience {
				t.Errorf("%s took %v", name, took)
			}
			time.Sleep(time.Hour)
		})
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := kit.PDF(ctx, func() (*fontscan.FontMap, error) {
			time.Sleep(time.Hour)
			return nil, nil
		})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("called off: %v", err)
		}
		time.Sleep(time.Hour)
	})
}

// someText is text of all writings, with what is odd between them.
func someText(t *rapid.T, name string) string {
	odd := []rune("aW é…Ж12()[]«»,.-/\n\t\u0301\u0bcd\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\u034f\ufe0f\ufeff\ufffd\U0001F3FB\U000E0067\U0001F1E6🏥👩⚕١٢۳")
	letters := []rune(strings.Join(otherWritings, "") + "ब்ၿ가힣각𝔘\U0010FFFF")
	return rapid.OneOf(
		rapid.StringOfN(rapid.SampledFrom(append(letters, odd...)), 0, 120, -1),
		rapid.StringN(0, 60, -1),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 60), func(b []byte) string { return string(b) }),
	).Draw(t, name)
}

// TestLinesOfAnything: whatever text there is, all of it that print leaves is drawn, in a line that is
// as wide as was said before.
func TestLinesOfAnything(t *testing.T) {
	s, err := newSheet("", made, testFonts)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		text, _ := s.letters.print(someText(t, "text"))
		again, whole, _ := s.letters.printable(text)
		if text != "" && (again != text || !whole) {
			t.Errorf("%q becomes %q", text, again)
		}
		st := rapid.SampledFrom([]style{body, eachTable.strong}).Draw(t, "style")
		w := rapid.Float64Range(5, width).Draw(t, "width")
		lines := s.wrap(text, w, st)
		for _, line := range lines {
			if got := s.width(line, st); got > w+0.01 && len(slices.Collect(firsts(line))) > 1 {
				t.Errorf("%q is %v wide, not %v", line, got, w)
			}
			s.line(0, 0, st, line)
			covered := 0
			for _, r := range s.letters.runs(line, st.face == bold) {
				covered += r.to - r.from
			}
			if covered != len([]rune(line)) {
				t.Errorf("%d of %q are drawn", covered, line)
			}
		}
		if squeeze(strings.Join(lines, "")) != squeeze(text) {
			t.Errorf("%q became %q", text, lines)
		}
		if err := s.pdf.Error(); err != nil {
			t.Fatal(err)
		}
	})
}

// firsts are where the clusters of a line begin.
func firsts(line string) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for from := range clusters([]rune(line)) {
			if !yield(from) {
				return
			}
		}
	}
}

func BenchmarkDayInOtherWritings(b *testing.B) {
	d := sampleDay(4, 35)
	for p := range d.Practitioners {
		for i := range d.Practitioners[p].Visits {
			d.Practitioners[p].Visits[i].Who.Name = otherWritings[i%len(otherWritings)]
		}
	}
	d.Together = true
	for name, fonts := range map[string]FontSource{"own": testFonts, "system": SystemFonts} {
		b.Run(fmt.Sprint(name), func(b *testing.B) {
			for b.Loop() {
				if _, err := d.PDF(b.Context(), fonts); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
