package data

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

// names are those of summaries.
func names(all []Summary) (names []string) {
	for _, s := range all {
		names = append(names, s.Name)
	}
	return names
}

func indexOf(all ...Summary) *Index {
	x := NewIndex()
	for i, s := range all {
		if s.ID == "" {
			s.ID = fmt.Sprint("id", i)
		}
		x.Put(s)
	}
	return x
}

func TestSearchFinds(t *testing.T) {
	ada := Summary{
		Name: "Ada O’Brien-Núñez", AlsoKnownAs: "Biddy", Born: Date{1981, 3, 4},
		Phone: "+44 20 7946 0123", OtherPhone: "07700 900456", RecordNumber: "A-00102",
	}
	x := indexOf(ada, Summary{Name: "Zzz", Born: Date{1950, 12, 31}, Phone: "999999999", RecordNumber: "Z9"})
	for _, c := range []struct {
		query string
		order DateOrder
		found bool
	}{
		{"ada", DayFirst, true},
		{"ADA obrien", DayFirst, true},
		{"o'brien", DayFirst, true},
		{"O´Brien", DayFirst, true},
		{"nun ad", DayFirst, true},
		{"bridd", DayFirst, false},
		{"bidd", DayFirst, true},
		{"rien", DayFirst, true},
		{"ada smith", DayFirst, false},
		{"brien-nunez", DayFirst, true},
		{"4/3/1981", DayFirst, true},
		{"4/3/1981", MonthFirst, false},
		{"3/4/1981", MonthFirst, true},
		{"25/3/1981", DayFirst, false},
		{"04.03.1981", DayFirst, true},
		{"4.3.81", DayFirst, true},
		{"4 mar 1981", DayFirst, true},
		{"march 4, 1981", DayFirst, true},
		{"4th mar", DayFirst, true},
		{"mar 1981", DayFirst, true},
		{"mar 81", DayFirst, true},
		{"mar", DayFirst, false},
		{"apr 1981", DayFirst, false},
		{"1981", DayFirst, true},
		{"1982", DayFirst, false},
		{"1981-03-04", DayFirst, true},
		{"1981-03-04", MonthFirst, true},
		{"040381", DayFirst, true},
		{"030481", MonthFirst, true},
		{"810304", YearFirst, true},
		{"04031981", DayFirst, true},
		{"4 3 1981", DayFirst, true},
		{"4/3", DayFirst, true},
		{"4/3/", DayFirst, true},
		{"4/3/1", DayFirst, true},
		{"4/3/19", DayFirst, true},
		{"4/3/198", DayFirst, true},
		{"3/1981", DayFirst, true},
		{"٤/٣/١٩٨١", DayFirst, true},
		{"ada 1981", DayFirst, true},
		{"ada 4 mar 1981 obr", DayFirst, true},
		{"020 7946", DayFirst, true},
		{"02079460123", DayFirst, true},
		{"+44 20 7946", DayFirst, true},
		{"0044 20 7946 0123", DayFirst, true},
		{"(020) 7946-0123", DayFirst, true},
		{"0123", DayFirst, true},
		{"23", DayFirst, false},
		{"900456", DayFirst, true},
		{"07700 900 456", DayFirst, true},
		{"a-001", DayFirst, true},
		{"A00102", DayFirst, true},
		{"102", DayFirst, true},
		{"02", DayFirst, false},
		{"ada 0123", DayFirst, true},
	} {
		got := names(x.Search(c.query, 10, testToday, c.order))
		if found := slices.Contains(got, ada.Name); found != c.found {
			t.Errorf("%q (order %d) finds %q", c.query, c.order, got)
		}
	}
}

// TestSearchFindsNamesAsTyped: without a letter that the keyboard lacks, as one word or
// as several, whichever of them is stored.
func TestSearchFindsNamesAsTyped(t *testing.T) {
	for _, same := range [][]string{
		{"Müller", "Mueller", "mu\u0308ller", "MÜLLER", "mÜll", "muell"},
		{"Jörg", "Joerg", "joer"},
		{"Bjørn", "Bjoern", "Björn", "bjoe"},
		{"Straße", "Strasse", "STRAẞE"},
		{"Käthe", "Kaethe"},
		{"Æsa", "Äsa", "Aesa"},
		{"Håkon", "Haakon"},
		{"Đorđević", "Djordjevic"},
		{"Öztürk", "Oeztuerk"},
		{"Smith-Jones", "Smithjones", "Smith Jones", "smithj"},
		{"Mary Anne", "Maryanne", "mary-anne", "marya"},
		{"van der Berg", "Vanderberg", "Van Derberg", "vanderb"},
		{"O'Brien", "O Brien", "Obrien"},
		{"Müller-Lüdenscheidt", "Muellerluedenscheidt", "Müller Luedenscheidt", "muellerl"},
		{"李 明", "李明"},
	} {
		for i, stored := range same {
			if i > 0 && len(stored) < len(same[1]) { // only a beginning
				continue
			}
			x := indexOf(Summary{Name: "Ann " + stored}, Summary{Name: "Zed Zander", AlsoKnownAs: stored}, Summary{Name: "Hans Doe"})
			for _, typed := range same {
				if got := x.Search(strings.ToLower(typed), 10, testToday, DayFirst); len(got) != 2 {
					t.Errorf("%q finds %q where %q is stored", typed, names(got), stored)
				}
			}
		}
	}
	x := indexOf(Summary{Name: "Smith-Jones, Jo"}, Summary{Name: "Jones", AlsoKnownAs: "Smith"}, Summary{Name: "Müller"}, Summary{Name: "Sue Joel"})
	for typed, want := range map[string]int{
		"mithjones": 0, "smithjonesx": 0, "jonesjo": 1, "jonessmith": 0, "sjo": 0, "muler": 0, "meuller": 0, "mueller": 1, "muller": 1, "su": 1, "jol": 0,
	} {
		if got := x.Search(typed, 10, testToday, DayFirst); len(got) != want {
			t.Errorf("%q finds %q", typed, names(got))
		}
	}
}

func TestSearchRanks(t *testing.T) {
	x := indexOf(
		Summary{Name: "Joanne Lee"}, Summary{Name: "Jo Leeson"}, Summary{Name: "Lee Jo"}, Summary{Name: "Jo Lee", State: Left},
		Summary{Name: "Jo Lee", ID: "b", Born: Date{1990, 1, 1}}, Summary{Name: "Jo Lee", ID: "a", Born: Date{1980, 1, 1}}, Summary{Name: "Banjo Lee"},
	)
	want := []string{"Jo Lee", "Jo Lee", "Jo Lee", "Lee Jo", "Jo Leeson", "Joanne Lee", "Banjo Lee"}
	got := x.Search("jo lee", 10, testToday, DayFirst)
	if !slices.Equal(names(got), want) {
		t.Errorf("got %q, want %q", names(got), want)
	}
	if got[0].ID != "a" || got[1].ID != "b" || got[2].State != Left {
		t.Errorf("of one name, got %+v", got[:3])
	}
	x.Opened("b")
	if got := x.Search("jo lee", 1, testToday, DayFirst); got[0].ID != "b" {
		t.Errorf("the one opened last is not the first: %+v", got)
	}
	if got := names(x.Search("le j", 1, testToday, DayFirst)); got[0] != "Lee Jo" {
		t.Errorf("the one in the order typed is not the first: %q", got)
	}
}

func TestSearchOfManyIsAsDefined(t *testing.T) {
	const n = severalFrom*blockSize + 500
	x, r := NewIndex(), reference{patients: map[string]Summary{}}
	all := invent(n)
	x.PutAll(all)
	for _, s := range all {
		r.patients[s.ID] = s
	}
	asked := keys(typed(all))
	random := rand.New(rand.NewPCG(5, 6))
	random.Shuffle(len(asked), func(i, j int) { asked[i], asked[j] = asked[j], asked[i] })
	for _, text := range asked[:25] {
		want := r.search(text, 200, DayFirst)
		for _, limit := range []int{5, 200} {
			want := want[:min(limit, len(want))]
			if got := x.Search(text, limit, testToday, DayFirst); !slices.Equal(got, want) {
				t.Fatalf("%q, %d: got %q, want %q", text, limit, names(got), names(want))
			}
		}
	}
}

func TestRecentOnesComeBeforeTyping(t *testing.T) {
	x := indexOf(Summary{ID: "1"}, Summary{ID: "2"}, Summary{ID: "3"})
	for _, id := range []string{"1", "2", "3", "1", "nobody"} {
		x.Opened(id)
	}
	x.Remove("3")
	for _, query := range []string{"", " ", "-"} {
		if got := x.Search(query, 5, testToday, DayFirst); len(got) != 2 || got[0].ID != "1" || got[1].ID != "2" {
			t.Errorf("%q gives %+v", query, got)
		}
	}
	if got := x.Recent(1); len(got) != 1 || got[0].ID != "1" {
		t.Errorf("the most recent one is %+v", got)
	}
}

func TestReplacedAndRemovedNeverShow(t *testing.T) {
	all := invent(3 * blockSize)
	x := NewIndex()
	x.PutAll(all)
	for i, s := range all {
		switch i % 3 {
		case 0:
			x.Remove(s.ID)
		case 1:
			s.Name = "Quonk " + strings.Repeat("x", i%50)
			x.Put(s)
		}
	}
	if x.Len() != 2*blockSize {
		t.Fatalf("%d are left", x.Len())
	}
	for i, s := range all {
		for _, found := range x.Search(s.Name, 50, testToday, DayFirst) {
			if found.ID == s.ID && i%3 != 2 {
				t.Fatalf("%q shows %+v", s.Name, found)
			}
		}
		if got, ok := x.Get(s.ID); ok == (i%3 == 0) || i%3 == 2 && got != s {
			t.Fatalf("got %+v %v for %+v", got, ok, s)
		}
	}
	if got := x.Search("quonk", 5_000, testToday, DayFirst); len(got) != blockSize {
		t.Errorf("%d replaced ones are found", len(got))
	}
	x.PutAll(all)
	if x.Len() != len(all) || len(x.blocks) != 3 {
		t.Errorf("%d in %d blocks once all are back", x.Len(), len(x.blocks))
	}
}

func TestSearchWhileOthersChange(t *testing.T) {
	all := invent(severalFrom*blockSize + 10)
	x := NewIndex()
	var done sync.WaitGroup
	done.Go(func() {
		for some := range slices.Chunk(all, 3_000) {
			x.PutAll(some)
		}
		for i := range 300 {
			s := all[i*7]
			s.Name += " Quonk"
			x.Put(s)
			x.Opened(s.ID)
			x.Remove(all[i*7+1].ID)
		}
	})
	for range 2 {
		done.Go(func() {
			for _, text := range keys(typed(all))[:100] {
				x.Search(text, 20, testToday, DayFirst)
				x.Recent(5)
				x.Get(all[0].ID)
				x.Similar(PatientForm{FieldName: all[5].Name}, "", DayFirst, testToday)
			}
		})
	}
	done.Wait()
	if got := x.Search("quonk", 1_000, testToday, DayFirst); len(got) != 300 {
		t.Errorf("%d found", len(got))
	}
}

// oddQueries are what nobody types who looks for a patient.
var oddQueries = []string{
	"\x00\x01\x02\x03\x04", "\x03", "\x04\x1f_", "A\x01B", "_", "''''", "\xff\xfe\xfd", "\u202e\u200f\u0301", "שלום", "+", "+ + +", "00", "+44", "(0)", "0/0/0", "99/99/9999", "1/2/3/4/5",
	strings.Repeat("a", 10_000), strings.Repeat("a ", 5_000), strings.Repeat("1 ", 5_000), strings.Repeat("1/", 5_000), strings.Repeat("a-", 5_000),
	strings.Repeat("é", 10_000), strings.Repeat("\u0301", 10_000), strings.Repeat("9", 10_000), strings.Repeat("+", 10_000), strings.Repeat("ﷺ", 1_000), "99999999999999999999",
}

// withOdd adds patients whose words are as odd.
func withOdd(all []Summary) []Summary {
	return append(all, Summary{ID: "long", Name: strings.Repeat("long ", 10_000), AlsoKnownAs: strings.Repeat("\u0301\u202e", 5_000), RecordNumber: strings.Repeat("9", 10_000)},
		Summary{ID: "odd", Name: "\x00\x01\x02\x03\x04", Phone: "+", OtherPhone: "00", Born: Date{-5, 77, 900}}, Summary{ID: "damaged", Damaged: true}, Summary{})
}

// TestOddQueries: they are answered, and what has them for words is kept and found.
// How fast is BenchmarkOddQueries' to say.
func TestOddQueries(t *testing.T) {
	all := withOdd(invent(20_000))
	x := NewIndex()
	x.PutAll(all)
	for _, query := range oddQueries {
		for _, limit := range []int{-1, 0, 1, 1 << 40} {
			x.Search(query, limit, testToday, DateOrder(len(query)%3))
		}
		x.Similar(PatientForm{FieldName: query, FieldBorn: query, FieldPhone: query, FieldRecordNumber: query}, "", DayFirst, testToday)
		x.Put(Summary{ID: query, Name: query, AlsoKnownAs: query, Phone: query, RecordNumber: query, Alert: query})
		if got, ok := x.Get(query); !ok || got.Name != query {
			t.Errorf("%.20q is not kept exactly", query)
		}
	}
	if got := x.Search("long", 5, testToday, DayFirst); len(got) == 0 || got[0] != all[20_000] {
		t.Errorf("the long one is not found")
	}
}
