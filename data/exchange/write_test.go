package exchange

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"anteroom/data"
)

// invented are patients that nobody is.
func invented(t testing.TB) []data.Patient {
	t.Helper()
	var all []data.Patient
	for _, form := range []data.PatientForm{
		{
			data.FieldName: "Testa Specimen-Probe", data.FieldAlsoKnownAs: "'T'", data.FieldBorn: "4 Mar 1981",
			data.FieldSex: "female", data.FieldGender: "woman", data.FieldPhone: "+44 7700 900001", data.FieldOtherPhone: "'+1 555 0100",
			data.FieldEmail: "testa@example.org", data.FieldAddress: "1 Sample Street\nTestham", data.FieldRecordNumber: "-001",
			data.FieldHealthNumber: "000 000 0000", data.FieldEmergency: "Eve Example, 07700 900099", data.FieldAlert: "=latex; @night",
			data.FieldNotes: "- one\n- two \"quoted\"\n\t= three",
		},
		{data.FieldName: "@nonymous, Zoë مريم", data.FieldState: "left", data.FieldSince: "29 Feb 2024"},
		{data.FieldName: "=1+1", data.FieldState: "deceased", data.FieldBorn: "1 Jan 1930"},
	} {
		p, err := data.Patient{}.With(form, data.DayFirst, today)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// each one and no error.
func patients(all []data.Patient) iter.Seq2[data.Patient, error] {
	return func(yield func(data.Patient, error) bool) {
		for _, p := range all {
			if !yield(p, nil) {
				return
			}
		}
	}
}

func exported(t rapid.TB, all []data.Patient) []byte {
	t.Helper()
	var out bytes.Buffer
	if n, err := Export(context.Background(), &out, patients(all), nil); err != nil || n != len(all) {
		t.Fatal(n, err)
	}
	return out.Bytes()
}

// planned are the patients of a file, of which none may be refused.
func planned(t rapid.TB, file []byte) (all []data.Patient) {
	t.Helper()
	o := optionsOf(t, file)
	if o.Format.Encoding != UTF8 || o.Format.Damaged || o.Format.Delimiter != ',' {
		t.Fatalf("%+v", o.Format)
	}
	_, err := Plan(context.Background(), bytes.NewReader(file), o, func(one Outcome) error {
		if len(one.Refusals) > 0 {
			t.Fatalf("%+v", one.Refusals)
		}
		all = append(all, one.Patient)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func optionsOf(t rapid.TB, file []byte) Options {
	t.Helper()
	format, err := Sniff(context.Background(), bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	in, err := Open(bytes.NewReader(file), format)
	if err != nil {
		t.Fatal(err)
	}
	return Options{Format: format, Targets: Match(in.Titles(), nil), Order: data.MonthFirst, Today: today}
}

// TestOwnExport holds the file as it is: programs of practices read it.
func TestOwnExport(t *testing.T) {
	const name = "testdata/our-export.csv"
	got := exported(t, invented(t))
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(invented(t), planned(t, want)); diff != "" {
		t.Error(diff)
	}
}

// text draws what people, and those who mean harm, put into a field.
func text(lines bool, most int) *rapid.Generator[string] {
	letters := []rune("aZ é09'\"=+-@,;:.＝＋－＠\u202e\u0301\u200dمش日😀\ufeff\u00a0\u2028\ufffd")
	if lines {
		letters = append(letters, '\n', '\t')
	}
	own := rapid.StringOfN(rapid.SampledFrom(letters), 0, most, -1)
	any := rapid.StringN(0, most, -1)
	return rapid.Map(rapid.OneOf(own, any), func(s string) string {
		return strings.Map(func(r rune) rune {
			if data.HasControl(string(r), lines) {
				return -1
			}
			return r
		}, s)
	})
}

func patient(t *rapid.T) data.Patient {
	var form data.PatientForm
	for _, f := range data.Fields() {
		lines := f == data.FieldAddress || f == data.FieldAlert || f == data.FieldNotes
		form[f] = text(lines, 30).Draw(t, ownTitles[f])
	}
	form[data.FieldName] += "x" // a name has something to be seen
	day := rapid.Custom(func(t *rapid.T) string {
		if rapid.Bool().Draw(t, "no day") {
			return ""
		}
		return today.AddDays(-rapid.IntRange(0, 129*365).Draw(t, "days ago")).String()
	})
	form[data.FieldBorn] = day.Draw(t, "born")
	form[data.FieldEmail] = rapid.SampledFrom([]string{"", "@@x", "=a@b", "'+a@b"}).Draw(t, "email")
	for _, f := range []data.Field{data.FieldPhone, data.FieldOtherPhone} {
		if form[f] != "" {
			form[f] += rapid.SampledFrom([]string{"1", "٣"}).Draw(t, "digit")
		}
	}
	form[data.FieldState] = rapid.SampledFrom([]string{"", "left", "deceased"}).Draw(t, "state")
	form[data.FieldSince] = ""
	if form[data.FieldBorn] == "" {
		form[data.FieldSince] = day.Draw(t, "since")
	}
	p, err := data.Patient{}.With(form, data.DayFirst, today)
	if err != nil {
		t.Fatalf("%v: %q", err, form)
	}
	return p
}

// TestRoundTrip: what is exported comes back the same, field for field.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(patient), 1, 5).Draw(t, "patients")
		if diff := cmp.Diff(all, planned(t, exported(t, all))); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestGuard: whatever a cell has, it can't begin a formula after guard, and
// unguard gives it back.
func TestGuard(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "plain": "plain", "'quoted": "'quoted", "'": "'", "a=b": "a=b", "a-b": "a-b",
		"=1": "'=1", "+44": "'+44", "-": "'-", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx", "＝1": "'＝1",
		"'=1": "''=1", "''+1": "'''+1", " =1": " '=1", "\u00a0=1": "\u00a0'=1", "\u3000＠x": "\u3000'＠x", `"=1`: `"'=1`,
		"a;=1": "a;'=1", "a; '=1": "a; ''=1", "a\n=1": "a\n'=1", "\n=": "'\n'=",
	} {
		if got := guard(cell); got != want {
			t.Errorf("guard(%q) = %q, want %q", cell, got, want)
		}
		if got := unguard(want); got != cell {
			t.Errorf("unguard(%q) = %q, want %q", want, got, cell)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOf(rapid.SampledFrom([]rune("a\u00a0\u3000 '\"=+@;\t\r\n＝\xff"))).Draw(t, "cell")
		if got := unguard(guard(cell)); got != cell {
			t.Fatalf("%q came back as %q", cell, got)
		}
		for piece := range strings.FieldsFuncSeq(guard(cell), func(r rune) bool { return r == ';' || r == '\n' || r == '\r' }) {
			if begin := strings.TrimLeft(piece, " \u00a0\u3000\""); begin != "" && strings.ContainsAny(begin[:1], "=+-@") {
				t.Fatalf("%q has a formula", guard(cell))
			}
		}
	})
}

// TestForeignApostrophes stay: only our own files have ours.
func TestForeignApostrophes(t *testing.T) {
	file := []byte("Name,Notes\r\n'=Specimen,'+44 7700 900001\r\n")
	var got data.Patient
	_, err := Plan(t.Context(), bytes.NewReader(file), optionsOf(t, file), func(one Outcome) error {
		got = one.Patient
		return nil
	})
	if err != nil || got.Name != "'=Specimen" || got.Notes != "'+44 7700 900001" {
		t.Fatalf("%+v, %v", got, err)
	}
}

// TestOwnExportFromSpreadsheet: a spreadsheet saved it with other columns,
// another order and semicolons.
func TestOwnExportFromSpreadsheet(t *testing.T) {
	titles, row := []string{"Row"}, []string{"1"}
	for i := len(ownTitles) - 1; i >= 0; i-- {
		titles = append(titles, ownTitles[i])
		row = append(row, guard(cells(invented(t)[0])[i]))
	}
	for i, cell := range row {
		row[i] = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
	}
	file := []byte(strings.Join(titles, ";") + "\r\n" + strings.Join(row, ";") + "\r\n")
	o := optionsOf(t, file)
	want := invented(t)[0]
	want.HealthNumber, want.Phones[1] = "", "+1 555 0100" // nothing but zeros; the apostrophe is none of the number
	_, err := Plan(t.Context(), bytes.NewReader(file), o, func(one Outcome) error {
		if diff := cmp.Diff(want, one.Patient); diff != "" {
			t.Error(diff)
		}
		return nil
	})
	if err != nil || o.Format.Delimiter != ';' {
		t.Fatal(o.Format, err)
	}
}

// TestOwnExportIsNotTrusted where a spreadsheet may have spoiled it, and its rounded numbers never.
func TestOwnExportIsNotTrusted(t *testing.T) {
	file := strings.Join(ownTitles[:], ",") + "\nSam,,,,,,,,,-,,,,,,\nEve,,,,,,,,,#REF!,,,,,,\nTotal,,,,,2,,,,,,,,,,\nRoy,,,,,,,,,6.14E+10,,,,,,\n"
	for mark, want := range map[string]string{
		"":             "2: Name=\"Sam\"\n3: Name=\"Eve\"\n4: refused: column 0 \"\" \"\": a total, and nobody\n",
		"\xef\xbb\xbf": "2: Name=\"Sam\" Record number=\"-\"\n3: Name=\"Eve\" Record number=\"#REF!\"\n4: Name=\"Total\" Phone=\"2\"\n",
	} {
		want += "5: refused: column 10 \"Record number\" \"6.14E+10\": a number of which a spreadsheet kept the first digits only\n"
		var got strings.Builder
		_, err := Plan(t.Context(), strings.NewReader(mark+file), optionsOf(t, []byte(mark+file)), func(one Outcome) error {
			got.WriteString(outcomeText(one))
			return nil
		})
		if diff := cmp.Diff(want, got.String()); diff != "" || err != nil {
			t.Error(err, diff)
		}
	}
}

// TestExportLeavesOut what is merged, and stops at an error or the end of ctx.
func TestExportStops(t *testing.T) {
	all := invented(t)
	all[1].Merge = &data.Merge{Into: "p1"}
	var out bytes.Buffer
	if n, err := Export(t.Context(), &out, patients(all), nil); n != 2 || err != nil || strings.Contains(out.String(), "nonymous") {
		t.Error(n, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Export(ctx, &out, patients(all), nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	broken := errors.New("disk full")
	if _, err := Export(t.Context(), failing{broken}, patients(all), nil); !errors.Is(err, broken) {
		t.Error(err)
	}
	failed := func(yield func(data.Patient, error) bool) { yield(data.Patient{}, broken) }
	if _, err := Export(t.Context(), &out, failed, nil); !errors.Is(err, broken) {
		t.Error(err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
