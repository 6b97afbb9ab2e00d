package data

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestSimilarFinds(t *testing.T) {
	smith := Summary{
		ID: "smith", Name: "John William Smith", AlsoKnownAs: "Jack", Born: Date{1981, 3, 4},
		Phone: "+44 20 7946 0123", RecordNumber: "A-102",
	}
	unborn := Summary{ID: "unborn", Name: "Robert Nowhere"}
	müller := Summary{ID: "müller", Name: "Jörg Müller-Lüdenscheidt", Born: Date{1970, 1, 2}}
	strauss := Summary{ID: "strauss", Name: "Soeren Strauss", AlsoKnownAs: "Mary Anne van der Berg", Born: Date{1975, 6, 7}}
	x := indexOf(smith, unborn, müller, strauss)
	for _, c := range []struct {
		why                       string
		name, born, phone, record string
		want                      string
	}{
		{"nothing", "", "", "", "", ""},
		{"same name and birth", "Smith, John William", "4/3/1981", "", "", "smith"},
		{"a word and birth", "J Smith", "4 mar 81", "", "", "smith"},
		{"another name and birth", "Jane Jones", "4/3/1981", "", "", ""},
		{"also known as, and birth", "Jack Jones", "4/3/1981", "", "", "smith"},
		{"one slip in five letters", "Johm Smiht", "4/3/1981", "", "", ""},
		{"slips", "Wiliam Smiht", "4/3/1981", "", "", "smith"},
		{"short forms", "Wil Smi", "4/3/1981", "", "", "smith"},
		{"too short forms", "Wi Sm", "4/3/1981", "", "", ""},
		{"one near word of several", "Smyth", "4/3/1981", "", "", ""},
		{"same name, other birth", "John William Smith", "5/3/1981", "", "", ""},
		{"same name, no birth typed", "John William Smith", "", "", "", "smith"},
		{"same name, half a birth typed", "John William Smith", "4/3", "", "", "smith"},
		{"part of the name, no birth", "John Smith", "", "", "", ""},
		{"same name, no birth known", "Nowhere Robert", "1/1/1990", "", "", "unborn"},
		{"near name, no birth known", "Nowhere Rob", "1/1/1990", "", "", ""},
		{"spelled out", "Joerg Mueller-Luedenscheidt", "", "", "", "müller"},
		{"spelled out in part", "Joerg Müller Lüdenscheidt", "", "", "", "müller"},
		{"a word of it, and birth", "Mueller", "2/1/1970", "", "", "müller"},
		{"stored spelled out", "Sören Strauß", "", "", "", "strauss"},
		{"in one word each, and birth", "Maryanne Vanderberg", "7/6/1975", "", "", "strauss"},
		{"phone", "Jane", "", "020 7946 0123", "", "smith"},
		{"phone without area", "", "", "79460123", "", "smith"},
		{"phone of another area", "", "", "0117 946 0123", "", ""},
		{"few digits", "", "", "60123", "", ""},
		{"record number", "", "", "", "a 102", "smith"},
		{"part of a record number", "", "", "", "a10", ""},
	} {
		form := PatientForm{FieldName: c.name, FieldBorn: c.born, FieldOtherPhone: c.phone, FieldRecordNumber: c.record}
		got := ""
		for _, s := range x.Similar(form, "", DayFirst, testToday) {
			got += s.ID
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.why, got, c.want)
		}
		if got := x.Similar(form, c.want, DayFirst, testToday); len(got) > 0 {
			t.Errorf("%s: %q although it is the one", c.why, got[0].ID)
		}
	}
}

func TestSimilarRanks(t *testing.T) {
	born := Date{1981, 3, 4}
	x := indexOf(
		Summary{ID: "g", Name: "Ann Lee"},
		Summary{ID: "f", Name: "Bob", Phone: "07700 900123"},
		Summary{ID: "e", Name: "Ann Jones", Born: born},
		Summary{ID: "d", Name: "Ann Marie", Phone: "07700 900123"},
		Summary{ID: "c", Name: "Anna Lee", Born: born},
		Summary{ID: "b", Name: "Bob", RecordNumber: "7"},
		Summary{ID: "a2", Name: "Lee Ann", Born: born, State: Deceased},
		Summary{ID: "a", Name: "Lee Ann", Born: born},
	)
	form := PatientForm{FieldName: "Ann Lee", FieldBorn: "4/3/1981", FieldPhone: "07700900123", FieldRecordNumber: "7"}
	var order []string
	for range 8 {
		got := x.Similar(form, "", DayFirst, testToday)
		if len(got) == 0 {
			break
		}
		if len(got) > maxSimilar {
			t.Fatalf("%d are shown", len(got))
		}
		order = append(order, got[0].ID)
		x.Remove(got[0].ID)
	}
	if want := []string{"a", "a2", "b", "c", "d", "e", "f", "g"}; !slices.Equal(order, want) {
		t.Errorf("got %q, want %q", order, want)
	}
}

func TestOneSlip(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"smith", "smith", true},
		{"smith", "smyth", true},
		{"smith", "smtih", true},
		{"smith", "smih", true},
		{"smith", "smithe", true},
		{"smith", "ssmith", true},
		{"smith", "msiht", false},
		{"smith", "smi", false},
		{"smith", "htims", false},
		{"jones", "honey", false},
		{"lees", "leas", false},
		{"müller", "muller", true},
		{"λουκας", "λουκάς", true},
		{"", "", false},
	} {
		if got := isOneSlip([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("%q, %q: %v", c.a, c.b, got)
		}
		if got := isOneSlip([]rune(c.b), []rune(c.a)); got != c.want {
			t.Errorf("%q, %q: %v", c.b, c.a, got)
		}
	}
}

func BenchmarkSimilar(b *testing.B) {
	all := invent(100_000)
	x := NewIndex()
	x.PutAll(all)
	var times []time.Duration
	for b.Loop() {
		for i := range 50 {
			s := all[i*1_997]
			form := PatientForm{FieldName: s.Name, FieldBorn: fmt.Sprintf("%d/%d/%d", s.Born.Day, s.Born.Month, s.Born.Year), FieldPhone: s.Phone, FieldRecordNumber: s.RecordNumber}
			start := time.Now()
			if got := x.Similar(form, "", DayFirst, testToday); got[0] != s {
				b.Fatalf("%+v is not like itself, but %+v", s, got)
			}
			times = append(times, time.Since(start))
		}
	}
	p50, p95 := percentiles(times)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(p50, "ms/form-p50")
	b.ReportMetric(p95, "ms/form-p95")
}

// TestSpelledOutIsNotTheSame: it is found and shown, never taken for one person unasked.
func TestSpelledOutIsNotTheSame(t *testing.T) {
	born := Date{1981, 3, 4}
	x := indexOf(Summary{ID: "mueller", Name: "Jörg Müller", Born: born}, Summary{ID: "anne", Name: "Mary Anne Smith-Jones", Born: born})
	for _, name := range []string{"Joerg Mueller", "Maryanne Smithjones"} {
		if s, ok := x.Same(Patient{Name: name, Born: born}); ok {
			t.Errorf("%q is taken for %q", name, s.Name)
		}
		if got := x.Similar(PatientForm{FieldName: name, FieldBorn: "4/3/1981"}, "", DayFirst, testToday); len(got) == 0 {
			t.Errorf("nobody is shown beside %q", name)
		}
	}
}
