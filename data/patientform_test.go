package data_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anteroom/data"
)

// form is a form with a name and the given fields.
func form(fields map[data.Field]string) data.PatientForm {
	var f data.PatientForm
	f[data.FieldName] = "Testa Muster"
	for field, text := range fields {
		f[field] = text
	}
	return f
}

// TestWithRefuses: each refusal stands beside its field, alone, and nothing of
// the form reaches the patient.
func TestWithRefuses(t *testing.T) {
	before := data.Patient{ID: "one", Version: 3, Name: "Invented Person", Phones: []string{"020 7946 0001"}, Notes: "as it was"}
	long := func(n int) string { return strings.Repeat("é", n) }
	tests := []struct {
		field data.Field
		text  string
		want  error
	}{
		{data.FieldName, "", data.ErrEmpty},
		{data.FieldName, " \t\u00a0", data.ErrEmpty},
		{data.FieldName, "\u200b\u200f", data.ErrEmpty}, // nothing of it is seen
		{data.FieldBorn, "soon", data.ErrNotADate},
		{data.FieldBorn, "31/2/1981", data.ErrNoSuchDay},
		{data.FieldBorn, "29/2/2023", data.ErrNoSuchDay},
		{data.FieldBorn, "16/6/2026", data.ErrFuture},
		{data.FieldBorn, "1/1/3000", data.ErrFuture},
		{data.FieldBorn, "31/12/1895", data.ErrTooLongAgo},
		{data.FieldBorn, "1/1/0000", data.ErrTooLongAgo},
		{data.FieldPhone, "ring the bell", data.ErrNotAPhone},
		{data.FieldOtherPhone, "-", data.ErrNotAPhone},
		{data.FieldEmail, "testa", data.ErrNotAnEmail},
		{data.FieldEmail, "@example.org", data.ErrNotAnEmail},
		{data.FieldEmail, "testa@", data.ErrNotAnEmail},
		{data.FieldEmail, "testa muster@example.org", data.ErrNotAnEmail},
		{data.FieldState, "asleep", data.ErrUnknownChoice},
		{data.FieldAddress, long(1_001), data.ErrTooLong},
		{data.FieldAlert, long(1_001), data.ErrTooLong},
		{data.FieldNotes, long(20_001), data.ErrTooLong},
	}
	lines := []data.Field{
		data.FieldName, data.FieldAlsoKnownAs, data.FieldSex, data.FieldGender, data.FieldPhone, data.FieldOtherPhone,
		data.FieldEmail, data.FieldRecordNumber, data.FieldHealthNumber, data.FieldEmergency,
	}
	for _, field := range append(slices.Clone(lines), data.FieldAddress, data.FieldAlert, data.FieldNotes) {
		for _, control := range []string{"\x00", "\x07", "\x1b[31m", "\r", "\v", "\x7f", "\u0085", "\xff"} {
			tests = append(tests, struct {
				field data.Field
				text  string
				want  error
			}{field, "1@a" + control + "b", data.ErrControl})
		}
	}
	for _, field := range lines {
		tests = append(tests, struct {
			field data.Field
			text  string
			want  error
		}{field, "1@" + long(199), data.ErrTooLong})
		for _, end := range []string{"\n", "\t", "\u2028", "\u2029"} {
			tests = append(tests, struct {
				field data.Field
				text  string
				want  error
			}{field, "1@a" + end + "b", data.ErrControl})
		}
	}
	for _, tc := range tests {
		got, err := before.With(form(map[data.Field]string{tc.field: tc.text}), data.DayFirst, today)
		var errs data.FieldErrors
		if !errors.As(err, &errs) {
			t.Errorf("field %d, %.40q: %v", tc.field, tc.text, err)
			continue
		}
		if len(errs) != 1 || !errors.Is(errs.Of(tc.field), tc.want) || !errors.Is(errs[0], tc.want) {
			t.Errorf("field %d, %.40q: %v beside %d, %d in all", tc.field, tc.text, errs[0], errs[0].Field, len(errs))
		}
		if !cmp.Equal(got, before) {
			t.Errorf("field %d, %.40q: the patient was changed", tc.field, tc.text)
		}
	}
}

// TestWithRefusesAll: every field says what is wrong with it, in their order.
func TestWithRefusesAll(t *testing.T) {
	var f data.PatientForm
	f[data.FieldBorn], f[data.FieldPhone], f[data.FieldEmail] = "30 Feb 1981", "none", "none"
	f[data.FieldState], f[data.FieldSince] = "left", "1/1/2030"
	_, err := data.Patient{}.With(f, data.DayFirst, today)
	var errs data.FieldErrors
	if !errors.As(err, &errs) {
		t.Fatal(err)
	}
	want := []data.Field{data.FieldName, data.FieldBorn, data.FieldPhone, data.FieldEmail, data.FieldSince}
	var got []data.Field
	for _, e := range errs {
		got = append(got, e.Field)
	}
	if !slices.Equal(got, want) || errs.Of(data.FieldNotes) != nil {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestWithState: somebody left or died on a day that is not before their birth
// nor after today; who comes has no such day.
func TestWithState(t *testing.T) {
	for _, tc := range []struct {
		state, since string
		want         data.Date
		err          error
	}{
		{"", "", data.Date{}, nil},
		{"", "1/1/2020", data.Date{}, nil},
		{"left", "", data.Date{}, nil},
		{"left", "1/1/2020", date(2020, time.January, 1), nil},
		{"deceased", "4/3/1981", date(1981, time.March, 4), nil},
		{"deceased", "15/6/2026", today, nil},
		{"deceased", "3/3/1981", data.Date{}, data.ErrEndsBefore},
		{"deceased", "16/6/2026", data.Date{}, data.ErrFuture},
		{"left", "soon", data.Date{}, data.ErrNotADate},
		{"left", "1/1/0001", data.Date{}, data.ErrTooLongAgo},
	} {
		f := form(map[data.Field]string{data.FieldBorn: "4/3/1981", data.FieldState: tc.state, data.FieldSince: tc.since})
		p, err := data.Patient{}.With(f, data.DayFirst, today)
		var errs data.FieldErrors
		if errors.As(err, &errs) && (len(errs) != 1 || errs.Of(data.FieldSince) == nil) || !errors.Is(err, tc.err) || p.Since != tc.want {
			t.Errorf("%q since %q: %v, %v", tc.state, tc.since, p.Since, err)
		}
	}
}

// TestWithKeeps: what is not refused is kept exactly, but for the spaces around
// it and the line ends of Windows.
func TestWithKeeps(t *testing.T) {
	long := strings.Repeat("Notes of 20 letters.", 500)
	for _, tc := range []struct {
		field data.Field
		text  string
		want  string // "": the same
	}{
		{data.FieldNotes, long, ""},
		{data.FieldNotes, strings.Repeat("e\u0301", 10_000), ""},
		{data.FieldNotes, "first\n\n\tsecond   line\nthird", ""},
		{data.FieldNotes, "first\r\nsecond\r\n", "first\nsecond"},
		{data.FieldNotes, " \n in the middle \n ", "in the middle"},
		{data.FieldNotes, "one\u2028two", ""},
		{data.FieldAddress, "1 Invented Street\nNowhere", ""},
		{data.FieldName, "محمد المثال", ""},
		{data.FieldName, "דוגמה בן־המצאה", ""},
		{data.FieldName, "\u202bמשה\u202c 3", ""},              // marks of direction
		{data.FieldName, "می\u200cخواهم", ""},                  // a joiner that keeps letters apart
		{data.FieldName, "Zoe\u0308 A\u030angstro\u0308m", ""}, // combining, not composed
		{data.FieldName, "Zoë Ångström", ""},
		{data.FieldName, "ผู้ทดสอบ", ""},
		{data.FieldName, "測試・〇〇", ""},
		{data.FieldName, "Nguyễn Thị Thử", ""},
		{data.FieldName, "👩‍👩‍👧‍👦", ""},
		{data.FieldName, "  Ola   Nordmann ", "Ola   Nordmann"},
		{data.FieldName, strings.Repeat("長", 200), ""},
		{data.FieldName, "=cmd|' /C calc'!A0", ""},
		{data.FieldAlsoKnownAs, "<b>\"';--", ""},
		{data.FieldPhone, "+44 (0)20 7946 0001 ext. 5", ""},
		{data.FieldPhone, "٠٢٠ ٧٩٤٦", ""},
		{data.FieldEmail, "\"odd@name\"+tag@例え.example", ""},
		{data.FieldHealthNumber, "000 000 0000", ""},
	} {
		p, err := data.Patient{}.With(form(map[data.Field]string{tc.field: tc.text}), data.DayFirst, today)
		want := tc.want
		if want == "" {
			want = tc.text
		}
		if got := p.Form()[tc.field]; err != nil || got != want {
			t.Errorf("%.40q became %.40q: %v", tc.text, got, err)
		}
	}
	if utf8.RuneCountInString(long) != 10_000 {
		t.Error("the notes are not of 10,000 characters")
	}
}

// TestWithReadsInOrder: a birth date is read in the order of the system.
func TestWithReadsInOrder(t *testing.T) {
	f := form(map[data.Field]string{data.FieldBorn: "4/3/81"})
	for order, want := range map[data.DateOrder]data.Date{
		data.DayFirst:   date(1981, time.March, 4),
		data.MonthFirst: date(1981, time.April, 3),
		data.YearFirst:  {}, // the 81st is no day
	} {
		p, err := data.Patient{}.With(f, order, today)
		if p.Born != want || (err != nil) != want.IsZero() {
			t.Errorf("order %d: %v, %v", order, p.Born, err)
		}
	}
}

// TestWithLeavesTheRest: what no field has stays, and the patient that was given
// shares nothing with the new one.
func TestWithLeavesTheRest(t *testing.T) {
	at := time.Date(2026, time.June, 1, 9, 0, 0, 0, time.UTC)
	before := data.Patient{
		ID: "one", Version: 3, Name: "Invented Person", Phones: []string{"1", "2"},
		Absorbed: []string{"two"}, Merge: &data.Merge{Into: "three"}, Changed: at, ChangedBy: "asmith",
	}
	f := before.Form()
	f[data.FieldPhone], f[data.FieldOtherPhone] = "", "5"
	after, err := before.With(f, data.DayFirst, today)
	if err != nil {
		t.Fatal(err)
	}
	want := before
	want.Phones = []string{"5"}
	if diff := cmp.Diff(want, after); diff != "" {
		t.Error(diff)
	}
	if before.Phones[0] != "1" {
		t.Error("the patient before has the new number")
	}
}

// anyLine draws what a field of one line keeps.
func anyLine() *rapid.Generator[string] {
	return rapid.StringMatching(`[^\pC\pZ\x{115f}\x{1160}\x{3164}\x{ffa0}\x{2800}]([^\pC\x{2028}\x{2029}]{0,40}[^\pC\pZ])?`)
}

// anyPatient draws one whose fields are as With makes them.
func anyPatient() *rapid.Generator[data.Patient] {
	return rapid.Custom(func(t *rapid.T) data.Patient {
		maybe := func(label string) string {
			return rapid.OneOf(rapid.Just(""), anyLine()).Draw(t, label)
		}
		p := data.Patient{
			ID: "one", Version: rapid.Int64Range(0, 9).Draw(t, "version"),
			Name: rapid.StringMatching(`\pL[^\pC\x{2028}\x{2029}]{0,40}\pL`).Draw(t, "name"), AlsoKnownAs: maybe("aka"), Sex: maybe("sex"), Gender: maybe("gender"),
			Address: maybe("address"), RecordNumber: maybe("record"), HealthNumber: maybe("health"),
			Emergency: maybe("emergency"), Alert: maybe("alert"), Notes: maybe("notes"),
			Email: rapid.SampledFrom([]string{"", "testa@example.org", "ü@例え.example"}).Draw(t, "email"),
			State: data.PatientState(rapid.IntRange(0, 2).Draw(t, "state")),
		}
		for range rapid.IntRange(0, 2).Draw(t, "phones") {
			p.Phones = append(p.Phones, rapid.StringMatching(`\+?[0-9][0-9 ()-]{0,20}[0-9]`).Draw(t, "phone"))
		}
		first := date(1896, time.January, 1)
		if rapid.Bool().Draw(t, "dated") {
			p.Born = first.AddDays(rapid.IntRange(0, 47_000).Draw(t, "born"))
			first = p.Born
		}
		if p.State != data.Active && rapid.Bool().Draw(t, "since known") {
			p.Since = first.AddDays(rapid.IntRange(0, 600).Draw(t, "since"))
		}
		if today.Before(p.Since) {
			p.Since = today
		}
		return p
	})
}

// TestFormAndBack: a patient whose form is shown and stored unchanged is the same.
func TestFormAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPatient().Draw(t, "patient")
		order := rapid.SampledFrom([]data.DateOrder{data.DayFirst, data.MonthFirst, data.YearFirst}).Draw(t, "order")
		got, err := p.With(p.Form(), order, today)
		if diff := cmp.Diff(p, got); err != nil || diff != "" {
			t.Fatalf("%v\n%s", err, diff)
		}
	})
}

func TestSummary(t *testing.T) {
	p := data.Patient{ID: "one", Name: "Ola Nordmann", AlsoKnownAs: "Ola", Born: today, Phones: []string{"1", "2"},
		RecordNumber: "R1", Alert: "deaf", State: data.Left}
	want := data.Summary{ID: "one", Name: "Ola Nordmann", AlsoKnownAs: "Ola", Born: today, Phone: "1", OtherPhone: "2",
		RecordNumber: "R1", Alert: "deaf", State: data.Left}
	if got := p.Summary(); got != want {
		t.Errorf("%+v", got)
	}
	p.Phones = p.Phones[:1]
	want.OtherPhone = ""
	if got := p.Summary(); got != want {
		t.Errorf("%+v", got)
	}
	p.Phones, want.Phone = nil, ""
	if got := p.Summary(); got != want {
		t.Errorf("%+v", got)
	}
}
