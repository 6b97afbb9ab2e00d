package data

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// reference is the search by its definition, patient by patient.
type reference struct {
	patients map[string]Summary
	opened   map[string]int
	count    int
}

func (r *reference) search(query string, limit int, order DateOrder) []Summary {
	words := queryWords(query)
	type match struct {
		Summary
		rank []int
	}
	var all []match
	for _, s := range r.patients {
		if rank, ok := referenceRank(words, s, order); ok {
			all = append(all, match{s, append(rank, -r.opened[s.ID])})
		}
	}
	slices.SortFunc(all, func(a, b match) int {
		return cmp.Or(slices.Compare(a.rank, b.rank), strings.Compare(Fold(a.Name), Fold(b.Name)),
			cmp.Compare(a.Born.number(), b.Born.number()), strings.Compare(a.ID, b.ID))
	})
	var found []Summary
	for _, m := range all[:min(limit, len(all))] {
		found = append(found, m.Summary)
	}
	return found
}

// referenceRank is how many words match inside only, how many at the beginning
// only, the order, and whether the patient is gone.
func referenceRank(words []string, s Summary, order DateOrder) ([]int, bool) {
	least, ok := referenceCover(words, s, order)
	if !ok {
		return nil, false
	}
	names := slices.Concat(referenceSpellings(s)...)
	unordered, elsewhere, next := 0, 0, 0
	for _, word := range words {
		for _, w := range strings.Fields(Fold(word)) {
			begins := func(name string) bool { return strings.HasPrefix(name, w) }
			if i := slices.IndexFunc(names[next:], begins); i >= 0 {
				next += i + 1
			} else if slices.ContainsFunc(names, begins) {
				unordered = 1
			} else {
				elsewhere = 1
			}
		}
	}
	gone := 0
	if s.State != Active {
		gone = 1
	}
	return []int{least[2], least[1], unordered, elsewhere, gone}, true
}

// referenceCover tries every way to cut the words into terms.
func referenceCover(words []string, s Summary, order DateOrder) (least [3]int, ok bool) {
	if len(words) == 0 {
		return least, true
	}
	for n := 1; n <= len(words); n++ {
		for _, one := range referenceTerm(words, n, s, order) {
			rest, fits := referenceCover(words[n:], s, order)
			if !fits {
				break
			}
			for i := range rest {
				rest[i] += one[i]
			}
			if !ok || rest[2] < least[2] || rest[2] == least[2] && rest[1] < least[1] {
				least, ok = rest, true
			}
		}
	}
	return least, ok
}

// referenceTerm are the ways in which the first n words match as one term: how many
// whole, at the beginning, inside.
func referenceTerm(words []string, n int, s Summary, order DateOrder) (ways [][3]int) {
	text := strings.Join(words[:n], " ")
	one := func(kind int) {
		var way [3]int
		way[kind]++
		ways = append(ways, way)
	}
	number := func(number, asked string) {
		switch {
		case number == asked:
			one(0)
		case strings.HasPrefix(number, asked):
			one(1)
		case len(asked) >= 3 && strings.Contains(number, asked):
			one(2)
		}
	}
	numeric := 0
	for _, word := range words[:n] {
		if strings.Trim(word, ".,") != "" && strings.Trim(strings.Trim(word, ".,"), "0123456789") == "" {
			numeric++
		}
	}
	isDate := n == 1 || n <= 3 && (numeric == 3 || numeric < n)
	births := birthsOf(text, order, testToday)
	if isDate {
		for _, b := range births {
			if b.has(uint32(s.Born.number())) {
				if b.exact {
					one(0)
				} else {
					one(1)
				}
			}
		}
	}
	phonelike := n <= 6 && strings.Trim(text, "0123456789+()-./ ") == ""
	if n == 1 {
		ways = append(ways, referenceNames(text, s)...)
		if s.RecordNumber != "" {
			number(compact(s.RecordNumber), compact(text))
		}
	}
	if n > 1 && !phonelike || n == 1 && births != nil && strings.Trim(text, "0123456789") != "" {
		return ways
	}
	if !phonelike {
		return ways
	}
	if n > 1 && s.RecordNumber != "" && slices.ContainsFunc(phoneForms(text), func(d string) bool { return len(d) >= 3 }) {
		number(compact(s.RecordNumber), compact(text))
	}
	for _, phone := range append(phoneForms(s.Phone), phoneForms(s.OtherPhone)...) {
		for _, asked := range phoneForms(text) {
			if len(asked) >= 3 {
				number(phone, asked)
			}
		}
	}
	return ways
}

// referenceSpellings are the words of each of a patient's names, in each spelling.
func referenceSpellings(s Summary) (all [][]string) {
	texts := []string{s.Name, s.AlsoKnownAs}
	for _, text := range texts[:2] {
		if other := referenceSpelling(text); other != "" {
			texts = append(texts, other)
		}
	}
	for _, text := range texts {
		all = append(all, strings.Fields(Fold(text)))
	}
	return all
}

// referenceSpelling is a text without the letters that can be spelled out; "": it has none.
func referenceSpelling(text string) string {
	text = norm.NFC.String(text)
	other := text
	for letter, spelled := range map[string]string{"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj"} {
		other = strings.ReplaceAll(strings.ReplaceAll(other, letter, spelled), strings.ToUpper(letter), spelled)
	}
	if other == text {
		return ""
	}
	return other
}

// referenceNames are the ways in which a text is found in names, in its two spellings.
func referenceNames(text string, s Summary) [][3]int {
	ways := referenceFolded(Fold(text), s)
	if other := referenceSpelling(text); other != "" {
		ways = append(ways, referenceFolded(Fold(other), s)...)
	}
	return ways
}

func referenceFolded(text string, s Summary) [][3]int {
	var sum [3]int
	for _, w := range strings.Fields(text) {
		kind := 3
		for _, names := range referenceSpellings(s) {
			for i, name := range names {
				switch {
				case name == w:
					kind = 0
				case strings.HasPrefix(name, w):
					kind = min(kind, 1)
				case strings.Contains(name, w), len(w) > 3 && strings.HasPrefix(strings.Join(names[i:], ""), w):
					kind = min(kind, 2)
				}
			}
		}
		if kind == 3 {
			return nil
		}
		sum[kind]++
	}
	return [][3]int{sum}
}

// drawName draws from a small alphabet, so that names and queries meet.
func drawName(t *rapid.T, label string) string {
	return rapid.OneOf(
		rapid.StringMatching(`([ABJabej1éü]{1,4}[ '-]){0,2}[ABJabej1éßüÖ]{1,5}`),
		rapid.SampledFrom([]string{"", "Jones Smith", "Smith Jo", "Ann Lee", "Lee Anne", "O'Brien", "Ann-Lee Jones", "Νίκος Λ", "李明", "J2 Jb", "Jörg Büb", "Joerg Bueb", "יוסי כהן", "mar may", "Ann 1981"}),
		rapid.String(),
	).Draw(t, label)
}

func drawDate(t *rapid.T) Date {
	return rapid.SampledFrom([]Date{{}, {1981, 3, 4}, {1981, 4, 3}, {1919, 3, 4}, {2019, 3, 4}, {1904, 3, 8}, {1981, 12, 31}, {2004, 2, 29}}).Draw(t, "born")
}

func drawNumber(t *rapid.T, label string) string {
	return rapid.OneOf(
		rapid.StringMatching(`[0-3]{0,6}`),
		rapid.SampledFrom([]string{"", "+44 20 7946 0123", "020 7946 0124", "0044 (0)20 7946 0125", "+1 212 555 0100", "07700 900123", "A-102", "1981", "040381", "٠٢٠ ٧٩٤٦"}),
	).Draw(t, label)
}

func drawSummary(t *rapid.T) Summary {
	return Summary{
		ID: fmt.Sprint("id", rapid.IntRange(0, 30).Draw(t, "id")), Name: drawName(t, "name"), AlsoKnownAs: drawName(t, "aka"), Born: drawDate(t),
		Phone: drawNumber(t, "phone"), OtherPhone: drawNumber(t, "other"), RecordNumber: drawNumber(t, "record"),
		Alert: rapid.SampledFrom([]string{"", "alert"}).Draw(t, "alert"),
		State: rapid.SampledFrom([]PatientState{Active, Active, Left, Deceased}).Draw(t, "state"),
	}
}

func drawQuery(t *rapid.T) string {
	part := rapid.OneOf(
		rapid.StringMatching(`[abje1]{1,5}`),
		rapid.StringMatching(`[abjeüö]{1,2}(ue|oe|ü|ö)[abje]{0,2}`),
		rapid.StringMatching(`[0-3]{1,4}`),
		rapid.SampledFrom([]string{"jo", "sm", "ann", "lee", "o'br", "mar", "4 mar 1981", "mar 1981", "1981", "4/3/1981", "4/3/81", "04.03.19", "1981-03-04", "040381", "04031981",
			"4/3", "3/1981", "4 3 1981", "+44 20 79", "020 7946", "0044", "(020) 7946-01", "07700 9", "a102", "a-1", "-", "'", "Ann-Lee", "λ", "明", "כה", "٤/٣/١٩٨١", "annlee", "leeann", "jonessm", "jörg", "joergb", "büb", "march 4, 1981", "4th mar", "mar 19", "2"}),
		rapid.String(),
	)
	return strings.Join(rapid.SliceOfN(part, 0, 4).Draw(t, "query"), " ")
}

// TestEveryWayToTypeAName: with its letters as they are, spelled out, or without their
// signs; its words apart or as one, also where they are stored otherwise.
func TestEveryWayToTypeAName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zäöüøåđéß]{2,6}`), 1, 4).Draw(t, "words")
		together := func(label string, gaps ...string) (name string) {
			for i, word := range words {
				if i > 0 {
					name += rapid.SampledFrom(gaps).Draw(t, label)
				}
				name += word
			}
			return name
		}
		stored, typed := together("stored", " ", "-"), together("typed", "", " ", "-")
		if rapid.Bool().Draw(t, "stored as one") {
			stored, typed = typed, stored
		}
		forms := []string{stored, norm.NFD.String(stored), strings.ToUpper(stored)}
		asTyped := []string{typed, norm.NFD.String(typed), Fold(typed)}
		if other := referenceSpelling(typed); other != "" {
			asTyped = append(asTyped, other)
		}
		if other := referenceSpelling(stored); other != "" && rapid.Bool().Draw(t, "stored spelled out") {
			forms, asTyped = []string{other}, slices.Delete(asTyped, 2, 3) // but for that: "muller" is not Mueller
		}
		name, query := rapid.SampledFrom(forms).Draw(t, "form"), rapid.SampledFrom(asTyped).Draw(t, "as typed")
		if got := indexOf(Summary{Name: name}).Search(query, 1, testToday, DayFirst); len(got) == 0 {
			t.Fatalf("%q does not find %q", query, name)
		}
	})
}

func TestSearchIsAsDefined(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, r := NewIndex(), reference{patients: map[string]Summary{}, opened: map[string]int{}}
		t.Repeat(map[string]func(*rapid.T){
			"put": func(t *rapid.T) {
				s := drawSummary(t)
				x.Put(s)
				r.patients[s.ID] = s
			},
			"put all": func(t *rapid.T) {
				all := rapid.SliceOfN(rapid.Custom(drawSummary), 0, 20).Draw(t, "all")
				x.PutAll(all)
				for _, s := range all {
					r.patients[s.ID] = s
				}
			},
			"remove": func(t *rapid.T) {
				id := drawSummary(t).ID
				x.Remove(id)
				delete(r.patients, id)
				delete(r.opened, id)
			},
			"open": func(t *rapid.T) {
				id := drawSummary(t).ID
				x.Opened(id)
				if _, ok := r.patients[id]; ok {
					r.count++
					r.opened[id] = r.count
				}
			},
			"search": func(t *rapid.T) {
				query, limit := drawQuery(t), rapid.SampledFrom([]int{1, 3, 50}).Draw(t, "limit")
				order := DateOrder(rapid.IntRange(0, 2).Draw(t, "order"))
				want := r.search(query, limit, order)
				if len(queryWords(query)) == 0 {
					want = r.recent(limit)
				}
				got := x.Search(query, limit, testToday, order)
				if !slices.Equal(got, want) {
					t.Fatalf("%q:\ngot  %+v\nwant %+v", query, got, want)
				}
			},
			"": func(t *rapid.T) {
				if x.Len() != len(r.patients) {
					t.Fatalf("%d patients, want %d", x.Len(), len(r.patients))
				}
				for id, s := range r.patients {
					if got, ok := x.Get(id); !ok || got != s {
						t.Fatalf("got %+v %v, want %+v", got, ok, s)
					}
				}
			},
		})
	})
}

func (r *reference) recent(limit int) (recent []Summary) {
	ids := slices.SortedFunc(maps.Keys(r.opened), func(a, b string) int { return r.opened[b] - r.opened[a] })
	for _, id := range ids[:min(limit, len(ids))] {
		recent = append(recent, r.patients[id])
	}
	return recent
}
