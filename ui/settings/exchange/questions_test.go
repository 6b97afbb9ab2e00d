package exchange

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"anteroom/data"
	"anteroom/data/exchange"
)

// TestImportAsksForValues: each value is asked about once, whatever rows have it, and what is
// answered stays when another column is chosen.
func TestImportAsksForValues(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.reads("Name,Status,Sex,Mail\nAnn,active,H,no mail\nBea,Married,M,no mail\nCleo,married,M,c@example.org\nDan,left,H,d@example.org\n")
		want := []valueView{
			{question{"Sex “H” · 2 rows", []string{"As in the file", "Male", "Female"}}, 0},
			{question{"Sex “M” · 2 rows", []string{"As in the file", "Male", "Female"}}, 0},
			{question{"Email “no mail” · 2 rows", []string{"Refuse these lines", "Leave it out"}}, 0},
			{question{"Status “Married” · 2 rows", []string{"Leave it out: active", "Left the practice", "Deceased", "Refuse these lines"}}, 0},
		}
		if !reflect.DeepEqual(s.shown().Values, want) || !s.shown().CanCheck {
			t.Fatalf("%+v", s.shown().Values)
		}
		s.importer.chooseAnswer(1, 2)
		s.importer.chooseAnswer(2, 1)
		s.importer.chooseAnswer(3, 1)
		s.importer.chooseColumn(2, exchange.Target{})
		s.Settle()
		if len(s.shown().Values) != 2 || s.shown().Values[1].Choice != 1 {
			t.Errorf("%+v", s.shown().Values)
		}
		s.importer.chooseColumn(2, exchange.Target{Field: data.FieldSex, Part: exchange.Whole})
		s.Settle()
		s.importer.chooseAnswer(1, 2)
		if got := s.shown().Preview.Rows[1]; !slices.Equal(got, []string{"3", "✓ yes", "Bea", "female", "", "left"}) {
			t.Errorf("%q", got)
		}
		s.importer.check()
		s.Settle()
		s.imports()
		var got []string
		for _, name := range []string{"Ann", "Bea", "Cleo", "Dan"} {
			for _, p := range named(s.Sample, name) {
				got = append(got, fmt.Sprint(p.Name, p.Sex, p.State))
			}
		}
		if want := []string{"AnnH0", "Beafemale1", "Cleofemale1", "DanH1"}; !slices.Equal(got, want) {
			t.Errorf("%q", got)
		}
	})
}

// TestImportOfTooManyValues: a column of which most is no status is left out, and says so;
// who chooses it all the same is asked nothing.
func TestImportOfTooManyValues(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		var rows strings.Builder
		for i := range 20 {
			fmt.Fprintf(&rows, "Ann %d,active\n", i)
		}
		for i := range exchange.MaxValues + 1 {
			fmt.Fprintf(&rows, "Bea %d,stage %d\nCleo %d,stage 3\n", i, i, i)
		}
		s.reads("Name,Status\n" + rows.String())
		if c := s.shown().Columns[1]; c.Target != 0 || sampleText(c.columnField) != "“stage 3” is not what the title says" || len(s.shown().Values) > 0 {
			t.Errorf("%+v", s.shown())
		}
		s.importer.chooseColumn(1, exchange.Target{Field: data.FieldState, Part: exchange.Whole})
		s.importer.check()
		s.Settle()
		s.importer.check()
		s.Settle()
		if s.shown().Step != stepChecked || s.importer.found.Refused != 2*(exchange.MaxValues+1) {
			t.Errorf("%+v", s.importer.found.Totals)
		}
	})
}

// TestImportAsksForTheCentury: once per file, with one of its dates, before anything is checked.
func TestImportAsksForTheCentury(t *testing.T) {
	run(t, func(t *testing.T, s *sample) {
		s.reads("Name,Born\nAnn,14-Mai-31\nBea,14-Mai-81\nCleo,13.1.85\n")
		if v := s.shown(); v.Century != "Year of a birth date such as “14-Mai-81”" || !slices.Equal(v.Centuries, []string{"1981", "1881"}) || v.CenturyIs != -1 || v.CanCheck || v.Missing == "" {
			t.Fatalf("%+v", v)
		}
		for n, want := range [][]string{{"14 May 1931", "14 May 1981", "13 Jan 1985"}, {"14 May 1931", "14 May 1881", "13 Jan 1885"}} {
			s.importer.chooseCentury(n == 1)
			var got []string
			for _, row := range s.shown().Preview.Rows {
				got = append(got, row[3])
			}
			if v := s.shown(); v.CenturyIs != n || !v.CanCheck || !slices.Equal(got, want) {
				t.Errorf("%q, %+v", got, v)
			}
		}
		s.importer.check()
		s.Settle()
		s.imports()
		if all := named(s.Sample, "Cleo"); len(all) != 1 || all[0].Born.Year != 1885 {
			t.Errorf("%+v", all)
		}
		s.importer.another()
		s.reads("Name,Born\nAnn,14.5.32\nBea,14.5.1981\n")
		if v := s.shown(); v.Century != "" || !v.CanCheck {
			t.Errorf("it is asked where it is no question: %+v", v)
		}
	})
}
