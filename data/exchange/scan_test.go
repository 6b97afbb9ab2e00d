package exchange

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// scanned are the rows of a text, with the line before each and what is wrong.
func scanned(t rapid.TB, src io.Reader, delim byte) (rows [][]string, lines []int, err error) {
	t.Helper()
	in := newScanner(src, delim)
	for {
		row, err := in.next()
		if errors.Is(err, io.EOF) {
			return rows, lines, nil
		}
		if err != nil {
			return rows, lines, err
		}
		if row.reason != nil {
			row.cells = []string{"!" + row.reason.Error(), strings.Join(row.cells, "|")}
		}
		rows, lines = append(rows, row.cells), append(lines, row.line)
	}
}

func TestScan(t *testing.T) {
	astray := "!" + ErrQuote.Error()
	for text, want := range map[string][][]string{
		"":                         nil,
		"a":                        {{"a"}},
		"a,b\r\nc,\n":              {{"a", "b"}, {"c", ""}},
		"a\rb\n\rc":                {{"a"}, {"b"}, {""}, {"c"}},
		`"a,""b""",c`:              {{`a,"b"`, "c"}},
		"\"a\nb\",\"c\r\nd\",e\nf": {{"a\nb", "c\r\nd", "e"}, {"f"}},
		`a"b,"c" , "d","",e "f"`:   {{`a"b`, "c", "d", "", `e "f"`}},
		" a , b":                   {{" a ", " b"}},
		"\"a\"b,c\nd":              {{astray, `"a"b,c`}, {"d"}},
		"a,\"b\nc,d\ne,f":          {{astray, `a,"b`}, {"c", "d"}, {"e", "f"}},
		"a,\"b\r\"c\",d":           {{astray, `a,"b`}, {"c", "d"}},
		"\x00,\xff":                {{"\x00", "\xff"}},
	} {
		got, _, err := scanned(t, strings.NewReader(text), ',')
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%q: %v\n%s", text, err, diff)
		}
	}
}

// TestScanLines: each row's line is where an editor shows it.
func TestScanLines(t *testing.T) {
	_, lines, err := scanned(t, strings.NewReader("a\r\n\r\n\"b\rc\nd\r\ne\",f\n\"g\"h\ni"), ',')
	if diff := cmp.Diff([]int{1, 2, 3, 7, 8}, lines); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

// TestScanRead: what is written in any of the ways that programs write comes
// back, however small the pieces in which it is read.
func TestScanRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		delim := rapid.SampledFrom(delimiters).Draw(t, "delimiter")
		cell := rapid.StringOf(rapid.SampledFrom([]rune("ab \"',;\t\r\né日")))
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 1, 4), 0, 6).Draw(t, "rows")
		var text strings.Builder
		for i, row := range rows {
			for j, cell := range row {
				bare := !strings.ContainsAny(cell, string(delim)+"\r\n") && !strings.HasPrefix(strings.TrimLeft(cell, " "), `"`)
				if j > 0 {
					text.WriteByte(delim)
				}
				if bare && rapid.Bool().Draw(t, "bare") && cell != "" {
					text.WriteString(cell)
				} else {
					text.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
				}
			}
			if i < len(rows)-1 || rapid.Bool().Draw(t, "last end") {
				text.WriteString(rapid.SampledFrom([]string{"\r\n", "\n", "\r"}).Draw(t, "end"))
			}
		}
		got, _, err := scanned(t, &slowly{text.String(), rapid.IntRange(1, 9).Draw(t, "piece")}, delim)
		if diff := cmp.Diff(rows, append([][]string{}, got...)); diff != "" || err != nil {
			t.Fatalf("%q: %v\n%s", text.String(), err, diff)
		}
	})
}

// slowly reads a text in small pieces.
type slowly struct {
	text  string
	piece int
}

func (s *slowly) Read(p []byte) (int, error) {
	if s.text == "" {
		return 0, io.EOF
	}
	n := copy(p, s.text[:min(s.piece, len(s.text))])
	s.text = s.text[n:]
	return n, nil
}

// repeated is the same text many times.
func repeated(begin, text string, times int) io.Reader {
	return io.MultiReader(strings.NewReader(begin), &repeater{text: text, times: times})
}

type repeater struct {
	text  string
	at    int
	times int
}

func (r *repeater) Read(p []byte) (n int, err error) {
	for n < len(p) && r.times > 0 {
		copied := copy(p[n:], r.text[r.at:])
		n, r.at = n+copied, r.at+copied
		if r.at == len(r.text) {
			r.at = 0
			r.times--
		}
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// TestScanHostile: whatever a file is made of, little of it is in memory and it
// comes to an end.
func TestScanHostile(t *testing.T) {
	const times = 4 << 20
	large, astray := "!"+ErrRowTooLarge.Error(), "!"+ErrQuote.Error()
	for name, test := range map[string]struct {
		src  io.Reader
		rows [][]string
		err  error
	}{
		"one line":             {repeated("", "a", times), [][]string{{large, ""}}, nil},
		"one quoted":           {io.MultiReader(repeated(`"`, "a", times), strings.NewReader("\"\nb")), [][]string{{large, ""}, {"b"}}, nil},
		"never ends":           {repeated(`"`, "a\n", times), nil, ErrQuote},
		"only delimiters":      {repeated("", ",", times), [][]string{{"!" + ErrTooManyCells.Error(), strings.Repeat(",", 4096)}}, nil},
		"only spaces":          {repeated("", " ", times), [][]string{{large, ""}}, nil},
		"spaces after a quote": {repeated(`"a"`, " ", times), [][]string{{astray, `"a"` + strings.Repeat(" ", 4093)}}, nil},
		"only quotes":          {repeated("", `"`, times), [][]string{{large, ""}}, nil},
		"long line after one":  {repeated(`"a"b`, "c", times), [][]string{{astray, `"a"b` + strings.Repeat("c", 4092)}}, nil},
		"all quotes astray":    {io.MultiReader(repeated("", "a\",\"b\n", 100_000), strings.NewReader("\"\"x")), nil, ErrTooManyCells},
	} {
		t.Run(name, func(t *testing.T) {
			in := newScanner(test.src, ',')
			var rows [][]string
			var err error
			for err == nil {
				var row record
				if row, err = in.next(); err == nil {
					if row.reason != nil {
						row.cells = []string{"!" + row.reason.Error(), strings.Join(row.cells, "|")}
					}
					rows = append(rows, row.cells)
				}
			}
			if cap(in.buf) > 4*maxRecord {
				t.Errorf("%d bytes in memory", cap(in.buf))
			}
			if test.err == nil && !errors.Is(err, io.EOF) || test.err != nil && !errors.Is(err, test.err) {
				t.Errorf("ended with %v", err)
			}
			if diff := cmp.Diff(test.rows, rows); test.rows != nil && diff != "" {
				t.Error(diff)
			}
		})
	}
}
