package exchange

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anteroom/data"
)

// judged is what Judge finds in a file.
func judged(t testing.TB, file string) (Findings, Options) {
	t.Helper()
	o := optionsOf(t, []byte(file))
	found, err := Judge(t.Context(), strings.NewReader(file), o)
	if err != nil {
		t.Fatal(err)
	}
	o.Order = found.Order
	return found, o
}

// asked are the values that are asked about, as text.
func asked(found Findings) string {
	var all []string
	for _, v := range found.Values {
		all = append(all, fmt.Sprintf("%s %q %d", targetName(v.Target), v.Text, v.Rows))
	}
	return strings.Join(all, ", ")
}

// TestAskedValues: what rows have in common that only people can tell is asked once, with
// how many rows have it.
func TestAskedValues(t *testing.T) {
	for _, test := range []struct{ titles, values, want string }{
		{"Status", "active|Married|MARRIED|left|waiting|", `Status "Married" 2, Status "waiting" 1`},
		{"Status", "?!|active|N/A", `Status "?!" 1`},
		{"Sex", "M|F|m|female|D|X", ""},
		{"Sex", "H|M|M|hombre", `Sex "M" 2, Sex "H" 1`},
		{"Gender", "F|N|F", `Gender "F" 2, Gender "N" 1`},
		{"Sex", "1|2|1", `Sex "1" 2, Sex "2" 1`},
		{"Email", "no mail|a@example.org|No mail|b.example.org|NONE|None", `Email "no mail" 2`},
		{"Mobile", "no phone|1|no phone|unknown", `Phone "no phone" 2`},
		{"DOB", "unknown|1.2.1990|Unknown|30.2.1990", `Date of birth "unknown" 2`},
		{"DOB", "1800-01-01|1800-01-01|0000-00-00|0000-00-00|00.00.0000|1990-01-02", `Date of birth "1800-01-01" 2`},
		{"Died on", "no|no|3 Mar 1999", `Status, death "no" 2`},
		{"Status since", "31.12.9999|31.12.9999", `Status since "31.12.9999" 2`},
		{"Notes", "none|none", ""},
		{"Allergies", "1|0|1|latex|latex|No|no", `Alert "1" 2`},
	} {
		found, _ := judged(t, "Name,"+test.titles+"\nSam,"+strings.ReplaceAll(test.values, "|", "\nSam,")+"\n")
		if got := asked(found); got != test.want || found.TooMany != "" {
			t.Errorf("%s %s: %s", test.titles, test.values, got)
		}
	}
	var many strings.Builder
	for i := range MaxValues + 1 {
		fmt.Fprintf(&many, "Sam,stage %d,none%d\nSam,left,none%d\n", i, i, i)
	}
	if found, _ := judged(t, "Name,Status,Email\n"+many.String()); found.TooMany != "stage 0" || len(found.Values) != MaxValues || found.Values[0].Target.Field != data.FieldEmail {
		t.Errorf("%q, %s", found.TooMany, asked(found))
	}
}

// TestAnswers: an answer counts for all rows that have the value, however it is written.
func TestAnswers(t *testing.T) {
	for _, test := range []struct {
		titles, value string
		answer        Answer
		want          string
	}{
		{"Status", "married", Refuse, "refused: not one of the choices"},
		{"Status", "MARRIED", LeaveOut, ""},
		{"Status", "Married", BeLeft, `Status="left"`},
		{"Status", "married", BeDeceased, `Status="deceased"`},
		{"Sex", "M", Keep, `Sex="M"`},
		{"Sex", "M", BeFemale, `Sex="female"`},
		{"Sex", "h", BeMale, `Sex="male"`},
		{"Email", "no mail", Refuse, "refused: not an email address"},
		{"Email", "no mail", LeaveOut, ""},
		{"DOB", "unknown", Refuse, "refused: not a date"},
		{"DOB", "unknown", LeaveOut, ""},
		{"Allergies", "Yes", Keep, `Alert="Allergies: Yes"`},
		{"Allergies", "Yes", LeaveOut, ""},
		{"Died on", "at home", Refuse, "refused: not a date"},
		{"Died on", "no", LeaveOut, ""},
		{"Died on", "at home", BeDeceased, `Status="deceased"`},
	} {
		row := Row{Titles: []string{"Name", test.titles}, Cells: []string{"Sam", test.value}}
		o := Options{Targets: Match(row.Titles, nil), Today: today, Answers: Answers{}}
		o.Answers.Set(Value{Target: o.Targets[1], Text: strings.ToLower(test.value)}, test.answer)
		p, refusals := Convert(row, o)
		got := strings.TrimSpace(strings.TrimPrefix(outcomeText(Outcome{Patient: p}), `0: Name="Sam"`))
		if len(refusals) > 0 {
			got = "refused: " + refusals[0].Reason.Error()
		}
		if got != test.want {
			t.Errorf("%s %q, %d: %s", test.titles, test.value, test.answer, got)
		}
		if value := (Value{Target: o.Targets[1], Text: test.value}); o.Answers.Of(value) != test.answer || (Answers{}).Of(value) != Choices(value.Target)[0] {
			t.Errorf("%s %q is answered by %d", test.titles, test.value, o.Answers.Of(value))
		}
	}
}

// TestAnswerIsOfOneDate: 31-2 is not 3-12, although the digits are the same.
func TestAnswerIsOfOneDate(t *testing.T) {
	row := Row{Titles: []string{"Name", "DOB"}, Cells: []string{"Sam", "3-12-1990"}}
	o := Options{Targets: Match(row.Titles, nil), Today: today, Answers: Answers{}}
	o.Answers.Set(Value{Target: o.Targets[1], Text: "31-2-1990"}, LeaveOut)
	if p, refusals := Convert(row, o); len(refusals) > 0 || p.Born.IsZero() {
		t.Errorf("%+v, %v", p, refusals)
	}
}

// TestCentury: a year of two digits is asked about where somebody can have been born in both
// centuries, and nowhere else.
func TestCentury(t *testing.T) {
	for values, want := range map[string]Birth{
		"14-Mai-81|1.2.99":   {},                // 2081 is to come
		"14.5.03|14.5.05":    {"14.5.05", 2005}, // nobody of 1903 lives
		"14.5.02":            {},
		"14-Mai-06|1.1.2005": {"14-Mai-06", 2006},
		"24.11.26":           {"24.11.26", 2026},
		"25.11.26":           {}, // tomorrow
		"140506":             {"140506", 2006},
		"14.5.1906|04051906": {},
		"29.2.00|29.2.08":    {"29.2.08", 2008},
	} {
		found, o := judged(t, "Name,DOB,Since\nSam,"+strings.ReplaceAll(values, "|", ",\nSam,")+",5.5.10\n")
		if diff := cmp.Diff(want, found.Births[data.DayFirst]); diff != "" {
			t.Error(values, diff)
		}
		o.Order = data.DayFirst
		for _, o.Earlier = range []bool{false, true} {
			row := Row{Titles: []string{"Name", "DOB"}, Cells: []string{"Sam", want.Text}}
			p, refusals := Convert(row, o)
			if year := want.Year - map[bool]int{true: 100}[o.Earlier]; want.Text != "" && (len(refusals) > 0 || p.Born.Year != year) {
				t.Errorf("%s, earlier %v: %v, %v", want.Text, o.Earlier, p.Born, refusals)
			}
		}
	}
	// The order is another question: it says which number is the year.
	found, _ := judged(t, "Name,DOB\nSam,10-05-06\n")
	if want := [3]Birth{{"10-05-06", 2006}, {"10-05-06", 2006}, {"10-05-06", 2010}}; found.Births != want {
		t.Errorf("%+v", found.Births)
	}
}
