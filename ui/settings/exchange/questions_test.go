package exchange

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"anteroom/data"
	"anteroom/data/exchange"
)

// TestImportAsksForValues: each value is asked about once, whatever rows have it, and what is
// answered stays when another column is chosen.
func TestImportAsksForValues(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.reads("Name,Status,Sex,Mail\nAnn,active,H,no mail\nBea,Married,M,no mail\nCleo,married,M,c@example.org\nDan,left,H,d@example.org\n")
		want := []valueView{
			{"Sex “H” · 2 rows", []string{"As in the file", "Male", "Female"}, 0},
			{"Sex “M” · 2 rows", []string{"As in the file", "Male", "Female"}, 0},
			{"Email “no mail” · 2 rows", []string{"Refuse these lines", "Leave it out"}, 0},
			{"Status “Married” · 2 rows", []string{"Leave it out: active", "Left the practice", "Deceased", "Refuse these lines"}, 0},
		}
		same := func(a, b valueView) bool {
			return a.Text == b.Text && a.Choice == b.Choice && slices.Equal(a.Choices, b.Choices)
		}
		if !slices.EqualFunc(s.view.Values, want, same) || !s.view.CanCheck {
			t.Fatalf("%+v", s.view.Values)
		}
		s.chooseAnswer(1, 2)
		s.chooseAnswer(2, 1)
		s.chooseAnswer(3, 1)
		s.chooseColumn(2, exchange.Target{})
		s.Settle()
		if len(s.view.Values) != 2 || s.view.Values[1].Choice != 1 {
			t.Errorf("%+v", s.view.Values)
		}
		s.chooseColumn(2, exchange.Target{Field: data.FieldSex, Part: exchange.Whole})
		s.Settle()
		s.chooseAnswer(1, 2)
		if got := s.view.Preview.Rows[1]; !slices.Equal(got, []string{"3", "✓ yes", "Bea", "female", "", "left"}) {
			t.Errorf("%q", got)
		}
		s.check()
		s.Settle()
		s.run()
		s.Settle()
		var got []string
		for _, p := range s.fake.patients[1:] {
			got = append(got, fmt.Sprint(p.Name, p.Sex, p.State))
		}
		if want := []string{"AnnH0", "Beafemale1", "Cleofemale1", "DanH1"}; !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
	})
}

// TestImportOfTooManyValues: a column of which most is no status is left out, and says so;
// who chooses it all the same is asked nothing.
func TestImportOfTooManyValues(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		var rows strings.Builder
		for i := range 20 {
			fmt.Fprintf(&rows, "Ann %d,active\n", i)
		}
		for i := range exchange.MaxValues + 1 {
			fmt.Fprintf(&rows, "Bea %d,stage %d\nCleo %d,stage 3\n", i, i, i)
		}
		s.reads("Name,Status\n" + rows.String())
		if c := s.view.Columns[1]; c.Target != 0 || sampleText(c) != "“stage 3” is not what the title says" || len(s.view.Values) > 0 {
			t.Errorf("%+v", s.view)
		}
		s.chooseColumn(1, exchange.Target{Field: data.FieldState, Part: exchange.Whole})
		s.check()
		s.Settle()
		s.check()
		s.Settle()
		if s.view.Step != importChecked || s.found.Refused != 2*(exchange.MaxValues+1) {
			t.Errorf("%+v", s.found.Totals)
		}
	})
}

// TestImportAsksForTheCentury: once per file, with one of its dates, before anything is checked.
func TestImportAsksForTheCentury(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newImportSample(t, b)
		s.reads("Name,Born\nAnn,14-Mai-31\nBea,14-Mai-81\nCleo,13.1.85\n")
		if v := s.view; v.Century != "Year of a birth date such as “14-Mai-81”" || !slices.Equal(v.Centuries, []string{"1981", "1881"}) || v.CenturyIs != -1 || v.CanCheck || v.Missing == "" {
			t.Fatalf("%+v", v)
		}
		for n, want := range [][]string{{"14 May 1931", "14 May 1981", "13 Jan 1985"}, {"14 May 1931", "14 May 1881", "13 Jan 1885"}} {
			s.chooseCentury(n == 1)
			var got []string
			for _, row := range s.view.Preview.Rows {
				got = append(got, row[3])
			}
			if v := s.view; v.CenturyIs != n || !v.CanCheck || !slices.Equal(got, want) {
				t.Errorf("%q, %+v", got, v)
			}
		}
		s.check()
		s.Settle()
		s.run()
		s.Settle()
		if p := s.fake.patients[len(s.fake.patients)-1]; p.Born.Year != 1885 {
			t.Errorf("%+v", p)
		}
		s.another()
		s.reads("Name,Born\nAnn,14.5.32\nBea,14.5.1981\n")
		if v := s.view; v.Century != "" || !v.CanCheck {
			t.Errorf("it is asked where it is no question: %+v", v)
		}
	})
}

// TestImportQuestionsByKeyboard: what is asked is answered without a mouse.
func TestImportQuestionsByKeyboard(t *testing.T) {
	bubble(t, func(t *testing.T, b *bubbled) {
		s := newPlainSample(t, b)
		s.readFile(t, "patients.csv", "Name,Born,Status\nAnn,14.5.91,married\nBea,13.1.81,active\n")
		s.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
		if !s.imports.file.earlier || !s.imports.view().CanCheck {
			t.Fatalf("%+v", s.imports.view())
		}
		s.press(fyne.KeyTab, fyne.KeySpace, fyne.KeyDown, fyne.KeyReturn)
		if got := s.imports.view().Values[0].Choice; got != 1 {
			t.Fatalf("%+v", s.imports.view().Values)
		}
	})
}
