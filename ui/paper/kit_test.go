package paper

import (
	"bytes"
	"encoding/binary"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"pgregory.net/rapid"
)

var made = time.Date(2026, 11, 24, 9, 40, 0, 0, time.Local)

func kitOf(practice, by string) Kit {
	return Kit{Practice: practice, Number: "2", Made: made, By: by, Groups: strings.Fields("7KX2M 0QF4T 9DWZ1 B3HNC VJ86R 5YPGA 2E0SX K71QM")}
}

// written is a text of a document, and where on the page it begins, in
// millimetres from the left and the top.
type written struct {
	x, y float64
	text string
}

var (
	textPattern = regexp.MustCompile(`(?s)BT ([\d.]+) ([\d.]+) Td \(((?:\\.|[^\\)])*)\) Tj ET`)
	infoPattern = regexp.MustCompile(`(?s)/(Title|Author|Creator|Producer|Subject|Keywords|CreationDate|ModDate) \(((?:\\.|[^\\)])*)\)`)
)

// readable is a page's document with its content in clear.
func readable(t testing.TB, page interface {
	draw(FontSource) (*sheet, error)
}) []byte {
	t.Helper()
	s, err := page.draw(nil)
	if err != nil {
		t.Fatal(err)
	}
	s.pdf.SetCompression(false)
	content, err := s.bytes()
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// decode reads a string of a document: UTF-16, some of its bytes escaped.
func decode(t testing.TB, escaped []byte) string {
	t.Helper()
	var raw []byte
	for i := 0; i < len(escaped); i++ {
		if escaped[i] != '\\' {
			raw = append(raw, escaped[i])
			continue
		}
		i++
		if escaped[i] == 'r' {
			raw = append(raw, '\r')
		} else {
			raw = append(raw, escaped[i])
		}
	}
	if len(raw)%2 != 0 {
		t.Fatalf("%q is no UTF-16", raw)
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(raw[2*i:])
	}
	return string(utf16.Decode(units))
}

func texts(t testing.TB, document []byte) []written {
	t.Helper()
	const point = 25.4 / 72
	var all []written
	for _, m := range textPattern.FindAllSubmatch(document, -1) {
		x, errX := strconv.ParseFloat(string(m[1]), 64)
		y, errY := strconv.ParseFloat(string(m[2]), 64)
		if err := errors.Join(errX, errY); err != nil {
			t.Fatal(err)
		}
		all = append(all, written{x * point, 297 - y*point, decode(t, m[3])})
	}
	return all
}

func joined(all []written) string {
	var parts []string
	for _, w := range all {
		parts = append(parts, w.text)
	}
	return strings.Join(parts, " ")
}

// checkPage holds a document to one page of A4 whose texts lie within US Letter.
func checkPage(t testing.TB, document []byte) {
	t.Helper()
	if n := bytes.Count(document, []byte("/Type /Page\n")); n != 1 {
		t.Errorf("%d pages", n)
	}
	for _, want := range []string{"/Count 1\n", "/MediaBox [0 0 595.28 841.89]"} {
		if !bytes.Contains(document, []byte(want)) {
			t.Errorf("no %q in the document", want)
		}
	}
	for _, w := range texts(t, document) {
		if w.x < margin-0.01 || w.x > 210-margin || w.y < margin || w.y > bottom {
			t.Errorf("%q begins at %.1f, %.1f", w.text, w.x, w.y)
		}
	}
}

func TestKitSaysAll(t *testing.T) {
	k := kitOf("Brook Street Practice", "Anna Smith")
	document := readable(t, k)
	checkPage(t, document)
	all := texts(t, document)
	for i, group := range k.Groups {
		at := slices.IndexFunc(all, func(w written) bool { return w.text == group })
		if at < 1 || all[at-1].text != strconv.Itoa(i+1) {
			t.Fatalf("group %d is not on the page with its number", i+1)
		}
		if number := all[at-1]; number.y >= all[at].y || number.x-all[at].x > 1 {
			t.Errorf("the number of group %d is not above it", i+1)
		}
		if row := all[at-i%4*2]; row.y != all[at].y {
			t.Errorf("group %d is not in a row of four", i+1)
		}
	}
	text := joined(all)
	for _, want := range []string{
		"Anteroom", "Recovery kit", "Brook Street Practice", "24 Nov 2026, 9:40", "Kit number 2", "Made by Anna Smith",
		"What to do with it", "What never to do", "When you need it", "Choose “Use the recovery kit”.",
		"Never read it out to somebody who calls.", "Whoever has it and a copy of the data can open everything.",
		"This kit counts only once its last group was typed into Anteroom. If you made a newer kit, destroy this one once there is a newer backup.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
}

// TestKitOfAnyName: no name is too long or too strange for one page, and one
// that can't be printed whole gets a line to write on.
func TestKitOfAnyName(t *testing.T) {
	const byHand = "Write it here by hand:"
	for _, c := range []struct {
		name, want string
		whole      bool
	}{
		{strings.Repeat("W", 200), "", true},
		{strings.Repeat("Praxis Dr. Überall ", 11)[:200], "Überall Praxis", true},
		{strings.Repeat("Clinic 上 ", 30), "Clinic … Clinic", false},
		{"Smith & Sons (Ćwikła) \\ Ελλάδα", "Smith & Sons (Ćwikła) \\ Ελλάδα", true},
		{"Клиника на Тверской", "Клиника на Тверской", true},
		{"Tooth 🦷 House", "Tooth House", true},
		{"上海 Clinic", "… Clinic", false},
		{"上海诊所", "", false},
		{"عيادة", "", false},
		{"👩‍⚕️", "", false},
		{"\u202eBrook\x00\xff", "Brook…", false},
		{"", "", false},
	} {
		document := readable(t, kitOf(c.name, c.name))
		checkPage(t, document)
		text := joined(texts(t, document))
		if !strings.Contains(text, c.want) {
			t.Errorf("%q: %q is not on the page", c.name, c.want)
		}
		if got := !strings.Contains(text, byHand); got != c.whole {
			t.Errorf("%q: whole is %v", c.name, got)
		}
	}
}

// A name of 200 of the widest letters is there to the last of them.
func TestLongNameIsWhole(t *testing.T) {
	text := joined(texts(t, readable(t, kitOf(strings.Repeat("W", 200), "Anna"))))
	if n := strings.Count(text, "W"); n < 200 || strings.Contains(text, "…") {
		t.Errorf("%d letters of 200 are on the page", n)
	}
}

func TestKitOfRandomNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringN(0, 200, -1)
		k := kitOf(name.Draw(t, "practice"), name.Draw(t, "by"))
		k.Number = name.Draw(t, "number")
		s, err := k.draw(nil)
		if err != nil {
			t.Fatal(err)
		}
		if s.pdf.PageCount() != 1 || s.y > bottom {
			t.Errorf("%d pages, down to %.1f", s.pdf.PageCount(), s.y)
		}
		if _, err := s.bytes(); err != nil {
			t.Fatal(err)
		}
	})
}

// TestKitDescribesNobody: what programs show of a file without opening it, and
// catalogues keep, has no name in it.
func TestKitDescribesNobody(t *testing.T) {
	got := map[string]string{}
	for _, m := range infoPattern.FindAllSubmatch(readable(t, kitOf("Brook Street Practice", "Anna Smith")), -1) {
		got[string(m[1])] = strings.TrimPrefix(string(m[2]), "D:")
		if !bytes.HasPrefix(m[2], []byte("D:")) {
			got[string(m[1])] = strings.TrimPrefix(decode(t, m[2]), "\ufeff")
		}
	}
	for key, want := range map[string]string{
		"Title": "Recovery kit", "Author": "Anteroom", "Creator": "Anteroom", "Producer": "Anteroom",
		"CreationDate": "20261124094000", "ModDate": "20261124094000", "Subject": "", "Keywords": "",
	} {
		if got[key] != want {
			t.Errorf("%s: %q, not %q", key, got[key], want)
		}
	}
}

func TestSameKitSameBytes(t *testing.T) {
	k := kitOf("Brook Street Practice", "Anna Smith")
	first, err := k.PDF(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	second, err := k.PDF(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) || !bytes.HasPrefix(first, []byte("%PDF-")) {
		t.Error("two documents of one kit differ")
	}
}

func TestOnlyAKeyIsPrinted(t *testing.T) {
	good := kitOf("", "").Groups
	for name, change := range map[string]func([]string) []string{
		"none":      func([]string) []string { return nil },
		"too few":   func(g []string) []string { return g[:7] },
		"too many":  func(g []string) []string { return append(g, "7KX2M") },
		"short":     func(g []string) []string { g[3] = "B3HN"; return g },
		"long":      func(g []string) []string { g[3] = "B3HNCC"; return g },
		"space":     func(g []string) []string { g[3] = "B3 NC"; return g },
		"not ASCII": func(g []string) []string { g[3] = "B3HÑ"; return g },
	} {
		k := kitOf("Brook Street Practice", "Anna Smith")
		k.Groups = change(slices.Clone(good))
		_, err := k.PDF(t.Context(), nil)
		if !errors.Is(err, ErrGroups) {
			t.Errorf("%s: %v", name, err)
		} else if strings.Contains(err.Error(), "B3") {
			t.Errorf("%s: the error tells a group", name)
		}
	}
}

// The note on letters is there only for keys it is true of.
func TestNoteOnLetters(t *testing.T) {
	const note = "The key has no letter O, I or L"
	k := kitOf("Brook Street Practice", "Anna Smith")
	if !strings.Contains(joined(texts(t, readable(t, k))), note) {
		t.Error("no note")
	}
	k.Groups[7] = "K71Ql"
	if strings.Contains(joined(texts(t, readable(t, k))), note) {
		t.Error("a note that is not true")
	}
}

// TestWrap: no line is too wide, and nothing is lost.
func TestWrap(t *testing.T) {
	s, err := newSheet("", made, nil)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		text, _ := s.letters.print(rapid.StringOfN(rapid.RuneFrom([]rune("aW .-éЖ…")), 0, 200, -1).Draw(t, "text"))
		w := rapid.Float64Range(10, width).Draw(t, "width")
		lines := s.wrap(text, w, body)
		for _, line := range lines {
			if s.pdf.GetStringWidth(line) > w {
				t.Fatalf("%q is wider than %v", line, w)
			}
		}
		squeeze := func(text string) string { return strings.ReplaceAll(text, " ", "") }
		if squeeze(strings.Join(lines, "")) != squeeze(text) {
			t.Fatalf("%q became %q", text, lines)
		}
	})
}
