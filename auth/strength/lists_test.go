package strength

import (
	"bufio"
	"encoding/json"
	"flag"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// zxcvbnTS is where the sources lie: with it, TestLists writes the lists again (lists/README.md).
var zxcvbnTS = flag.String("zxcvbn-ts", "", "a clone of zxcvbn-ts, to make the lists from")

// Of the rarer words only long ones are kept: a short one that is not found is judged by its few letters,
// a long one would be judged far too kindly.
const (
	rareRank   = 8000
	rareLength = 8
)

// A source is the first words of a list of zxcvbn-ts, the most common first; or, with flat, a list
// in the order of the alphabet, whose words count all the same.
type source struct {
	file string
	most int
	flat bool
}

// sources of each list: those of one list are ranked beside each other, for nobody knows which language
// a password will be in.
var sources = map[string][]source{
	"passwords": {{"common/src/passwords.json", 24000, false}},
	"names": {
		{"en/src/firstnames.json", 5000, true}, {"de/src/firstnames.json", 1200, true},
		{"fr/src/lastnames.json", 2600, true}, {"es-es/src/firstnames.json", 1200, false},
		{"pt-br/src/firstnames.json", 2500, false},
		{"en/src/lastnames.json", 8000, false}, {"de/src/lastnames.json", 3000, false},
		{"fr/src/firstnames.json", 11000, true}, {"es-es/src/lastnames.json", 3000, false},
		{"it/src/lastnames.json", 600, true}, {"pt-br/src/lastnames.json", 400, true},
	},
	"words": {
		{"en/src/commonWords.json", 45000, false}, {"de/src/commonWords.json", 15000, false},
		{"fr/src/commonWords.json", 15000, false}, {"es-es/src/commonWords.json", 15000, false},
		{"pt-br/src/commonWords.json", 15000, false}, {"it/src/commonWords.json", 15000, false},
	},
}

// TestLists sees that every list can be searched, and that together they stay small.
func TestLists(t *testing.T) {
	if *zxcvbnTS != "" {
		writeLists(t)
	}
	total := 0
	for name, l := range map[string]list{"passwords": passwords, "names": names, "words": words} {
		total += len(l)
		last := ""
		for line := range strings.Lines(string(l)) {
			word := strings.TrimSuffix(line, "\n")
			word, rank := word[:len(word)-1], word[len(word)-1]
			if rank < 'A' || rank > 'Z' || !ascii(word) || Plain(word) != word || len(word) < shortestWord {
				t.Errorf("%s: %q", name, line)
			}
			if line <= last {
				t.Errorf("%s: %q after %q", name, line, last)
			}
			last = line
		}
	}
	if total < 500_000 || total > 1_100_000 {
		t.Errorf("the lists have %d bytes", total)
	}
}

// writeLists makes the lists. A word that several have stands in the one where it comes first.
func writeLists(t *testing.T) {
	t.Helper()
	best := map[string]float64{}
	in := map[string]string{}
	put := func(name, word string, rank float64) {
		word = Plain(word)
		if !ascii(word) || len(word) < shortestWord || name == "words" && rank > rareRank && len(word) < rareLength ||
			math.Log2(rank)+kindBits >= newScan(split(word)).cost(0, len(word)) {
			return
		}
		if old, there := best[word]; !there || rank < old {
			best[word], in[word] = rank, name
		}
	}
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		for _, src := range sources[name] {
			for i, word := range readWords(t, src) {
				rank := float64(i + 1)
				if src.flat {
					rank = float64(src.most)
				}
				put(name, word, rank)
				put(name, SpelledOut(word), rank)
			}
		}
	}
	for line := range strings.Lines(readText(t, filepath.Join("lists", "own.txt"))) {
		for _, word := range ownWords(strings.TrimSpace(line)) {
			put("passwords", word, 32)
			put("passwords", SpelledOut(word), 32)
		}
	}
	for name := range sources {
		var lines []string
		for word, list := range in {
			if list == name {
				lines = append(lines, word+string(rune('A'+int(math.Round(math.Log2(best[word])))))+"\n")
			}
		}
		slices.Sort(lines)
		if err := os.WriteFile(filepath.Join("lists", name+".txt"), []byte(strings.Join(lines, "")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Log("written: build again to see them")
}

// ownWords are what stands in a line of own.txt, without blanks and signs: a word, a phrase and its first
// words, three and more; of a row (">") each two to four that follow each other.
func ownWords(line string) []string {
	if strings.HasPrefix(line, "#") {
		return nil
	}
	row, isRow := strings.CutPrefix(line, ">")
	parts := strings.FieldsFunc(row, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	all := []string{strings.Join(parts, "")}
	for from := range parts {
		for to := from + 2; to <= len(parts); to++ {
			if isRow && to-from <= 4 || !isRow && from == 0 && to >= 3 {
				all = append(all, strings.Join(parts[from:to], ""))
			}
		}
	}
	return all
}

func readWords(t *testing.T, src source) []string {
	t.Helper()
	var all []string
	text := readText(t, filepath.Join(*zxcvbnTS, "packages", "languages", filepath.FromSlash(src.file)))
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		t.Fatal(err)
	}
	return all[:min(len(all), src.most)]
}

func readText(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// readLines are the lines of a file in testdata that are not comments.
func readLines(t *testing.T, file string) []string {
	t.Helper()
	var lines []string
	scanner := bufio.NewScanner(strings.NewReader(readText(t, filepath.Join("testdata", file))))
	for scanner.Scan() {
		if line := scanner.Text(); !strings.HasPrefix(line, "# ") {
			lines = append(lines, line)
		}
	}
	return lines
}
