package exchange

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"anteroom/data"
)

// converted is a row of cells under titles, with "|" between.
func converted(titles, cells string) (data.Patient, []Refusal) {
	row := Row{Line: 7, Titles: strings.Split(titles, "|"), Cells: strings.Split(cells, "|")}
	return Convert(row, Options{Targets: Match(row.Titles, nil), Today: today})
}

func TestConvert(t *testing.T) {
	for _, test := range []struct{ titles, cells, want string }{
		{"Name", " Specimen, Sam ", `Name="Specimen, Sam"`},
		{"Surname|First name|Middle name", "Specimen|Sam|von der", `Name="Sam von der Specimen"`},
		{"Surname|First name", "|Sam", `Name="Sam"`},
		{"Name|Postcode|City|House number|Street|Country", "Sam|10999|Testham|1a|Sample Street|Nowhere", `Name="Sam" Address="1a Sample Street\n10999 Testham\nNowhere"`},
		{"Name|Address 1|Address 2|Address 3|Town", "Sam|Flat 1||Sample House|", `Name="Sam" Address="Flat 1\nSample House"`},
		{"Name|Address", "Sam|1 Street\r\nTestham\rTE1\vX", `Name="Sam" Address="1 Street\nTestham\nTE1\nX"`},
		{"Name|Next of kin|Next of kin phone", "Sam|Eve|07700 900001", `Name="Sam" Emergency contact="Eve, 07700 900001"`},
		{"Name|Address|Postal address", "Sam|1 Street|PO Box 7", `Name="Sam" Address="1 Street" Notes="Postal address: PO Box 7"`},
		{"Name|Address|Postal address", "Sam|1 Street|1 Street", `Name="Sam" Address="1 Street"`},
		{"Name|Address|Address 2", "Sam|1 Street|1 Street", `Name="Sam" Address="1 Street"`},
		{"Name|Alert|Allergies", "Sam|deaf|latex", `Name="Sam" Alert="deaf\nlatex"`},
		{"Name|DOB", "Sam|1981-03-04 00:00:00", `Name="Sam" Date of birth="1981-03-04"`},
		{"Name|DOB", "Sam|4/3/1981 12:00:00 AM", `Name="Sam" Date of birth="1981-03-04"`},
		{"Name|DOB|Date of death", "Sam|1/1/0001 12:00:00 AM|0001-01-01T00:00:00", `Name="Sam"`}, // as .NET writes none
		{"Name|DOB|Date of death", "Sam|1/1/1900|01.01.1900", `Name="Sam" Date of birth="1900-01-01"`},
		{"Name|DOB|Date of death", "Sam|0/1/1900|1/0/1900", `Name="Sam"`},
		{"Name|Date of death", "Sam|30/12/1899", `Name="Sam"`},
		{"Name|Date of death", "Sam|1/1/01", `Name="Sam" Status="deceased" Status since="2001-01-01"`},
		{"Name|Status", "Sam|Décédée", `Name="Sam" Status="deceased"`},
		{"Name|Status", "Sam|INACTIVE", `Name="Sam" Status="left"`},
		{"Name|Status|Status since", "Sam|Moved away|3.4.2020", `Name="Sam" Status="left" Status since="2020-04-03"`},
		{"Name|Status", "Sam|", `Name="Sam"`},
		{"Name|Status", "Sam|current", `Name="Sam"`},
		{`Name|MRN|Phone`, `Sam|="00123"|="07700 900001"`, `Name="Sam" Phone="07700 900001" Record number="00123"`},
		{`Name|Notes`, `Sam|="he said ""no"""`, `Name="Sam" Notes="he said \"no\""`},
		{"Surname|First name|Middle name|MRN|Phone|Email", "Null|Sam|NULL|0|N/A|-", `Name="Sam Null"`},
		{"Name|MRN|Phone", "Sam|7E2|07700 900001", `Name="Sam" Phone="07700 900001" Record number="7E2"`}, // what a practice may call a record
		{"Name|DOB|Status|Notes", `Sam|#REF!|\N|#n/a`, `Name="Sam"`},
		{"Name|MRN|Phone|Email|Alert", "Sam|NA|unknown|TBA|None", `Name="Sam"`},
		{"Name|MRN|Phone|NHS number|Work phone", "Sam|000000000000|(000) 000-0000|nil|0-0", `Name="Sam"`},
		{"First name|Middle name|Surname|MRN", "Na|Na|None|0-7", `Name="Na Na None" Record number="0-7"`}, // they are names
		{"First name|Surname", "N/A|One", `Name="One"`},
		{"First name|Surname", "-|O'Neill", `Name="O'Neill"`},
		{"Name|MRN|Phone", "Sam|12.0|61400123456.0", `Name="Sam" Phone="61400123456" Record number="12"`},
		{"Name|MRN|Phone", "Sam|'00123'|'+61400123456", `Name="Sam" Phone="+61400123456" Record number="00123"`},
		{"Name|Alert|Allergies", "Sam|0|False", `Name="Sam"`},
		{"Name|Alert|Allergies|Notes", "Sam|No|latex|No", `Name="Sam" Alert="latex" Notes="No"`},
		{"Name|DOB|Mobile", "Sum|02.01.1990|0123 456", `Name="Sum" Date of birth="1990-01-02" Phone="0123 456"`},
		{"Name|Mobile", "Page|0123 456", `Name="Page" Phone="0123 456"`},
		{"Name|DOB", "Sam|1980-01-31T00:00:00.000Z", `Name="Sam" Date of birth="1980-01-31"`},
		{"Name|DOB", "Sam|1980-01-31T00:00:00+00:00", `Name="Sam" Date of birth="1980-01-31"`},
		{"Name|DOB", "Sam|31/01/1980 12:00:00 a. m.", `Name="Sam" Date of birth="1980-01-31"`},
		{"Name|DOB", "Sam|31/01/1980 12:00:00\u202fAM", `Name="Sam" Date of birth="1980-01-31"`},
		{"Name|DOB", "Sam|3 maart 1980", `Name="Sam" Date of birth="1980-03-03"`},
		{"Name|DOB", "Sam|14 mei 1981", `Name="Sam" Date of birth="1981-05-14"`},
		{"Name|Notes", "Sam|none of these is 0", `Name="Sam" Notes="none of these is 0"`},
		{"Name|Phone|Work phone", "Sam||07700 900002", `Name="Sam" Phone="07700 900002"`},
		{"Name|Mobile|Home phone|Work phone|Notes", "Sam|1|2|3|deaf", `Name="Sam" Phone="1" Other phone="2" Notes="deaf\nWork phone: 3"`},
		{"Name|Mobile|Home phone|Work phone", "Sam||2|3", `Name="Sam" Phone="2" Other phone="3"`},
		{"Name|Mobile|Home phone|Work phone", "Sam|||3", `Name="Sam" Phone="3"`},
		{"Name|Mobile|Home phone|Work phone", "Sam|1|2|2", `Name="Sam" Phone="1" Other phone="2"`},
		{"Name|Mobile|Home phone|Work phone", "Sam|1||ask Eve", `Name="Sam" Phone="1" Notes="Work phone: ask Eve"`},
		{"Name|MRN|Chart number|Notes", "Sam|1|A7|deaf", `Name="Sam" Record number="1" Notes="deaf\nChart number: A7"`},
		{"Name|MRN|Chart number", "Sam|1|NULL", `Name="Sam" Record number="1"`},
	} {
		p, refusals := converted(test.titles, test.cells)
		got := strings.TrimSpace(strings.TrimPrefix(outcomeText(Outcome{Patient: p, Refusals: refusals}), "0:"))
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s\n%s", test.titles, test.cells, diff)
		}
	}
}

func TestConvertRefuses(t *testing.T) {
	for _, test := range []struct {
		titles, cells string
		column        int
		title         string
		reason        error
	}{
		{"Phone", "07700 900001", 0, "", data.ErrEmpty},
		{"Phone|Surname|First name", "07700 900001||", 3, "First name", data.ErrEmpty},
		{"First name|Surname", ".|N/A", 1, "First name", data.ErrEmpty},
		{"Name|DOB", "Sam|30/2/1990", 2, "DOB", data.ErrNoSuchDay},
		{"Name|DOB", "Sam|25/11/2026", 2, "DOB", data.ErrFuture},
		{"Name|DOB", "Sam|1/1/1880", 2, "DOB", data.ErrTooLongAgo},
		{"Name|DOB", "Sam|1990-03-04T23:00:00Z", 2, "DOB", data.ErrNotADate},
		{"Name|DOB", "Sam|29648", 2, "DOB", data.ErrNotADate},
		{"Name|Status", "Sam|sometimes", 2, "Status", data.ErrUnknownChoice},
		{"Name|Status", "Sam|?!", 2, "Status", data.ErrUnknownChoice},
		{"Name|Email", "Sam|nowhere", 2, "Email", data.ErrNotAnEmail},
		{"Name|Mobile", "Sam|ask", 2, "Mobile", data.ErrNotAPhone},
		{"Name|Mobile", "Sam|6.14E+10", 2, "Mobile", ErrRounded},
		{"Name|MRN", "Sam|1,23457E+11", 2, "MRN", ErrRounded},
		{"Name|Mobile|Home phone|Work phone", "Sam|1|2|6.14E+10", 4, "Work phone", ErrRounded},
		{"Name|Mobile|Home phone|Work phone", "Sam|1|2|ask \ufffd", 4, "Work phone", ErrCharacters},
		{"Name|Date of death", "Sam|2/1/1850", 2, "Date of death", data.ErrTooLongAgo},
		{"Name|Mobile", "Total: 215 patients|", 0, "", ErrTotal},
		{"Name|DOB", "Total number of patients: 2|", 0, "", ErrTotal},
		{"Name|DOB", "Records: 2|", 0, "", ErrTotal},
		{"Name|DOB", "2 patients|", 0, "", ErrTotal},
		{"Name|DOB", "Page 1 of 1|", 0, "", ErrTotal},
		{"Name|DOB", "Printed 24/11/2026|", 0, "", ErrTotal},
		{"Name|DOB", "*** End of report ***|", 0, "", ErrTotal},
		{"Name|DOB|Mobile", "Gesamt|215|", 0, "", ErrTotal},
		{"Name|Notes", "Sam|" + strings.Repeat("x", 20_001), 2, "Notes", data.ErrTooLong},
		{"Name|Notes", "Sam|a\x01", 2, "Notes", data.ErrControl},
		{"Name|Notes", "Sam|a\xff", 2, "Notes", ErrCharacters},
		{"Name", "Sam\nSpecimen", 1, "Name", data.ErrControl},
		{"Name|Street|City", "Sam|1 Street|Test\x02ham", 3, "City", data.ErrControl},
		{"Name|Street|City|Town", "Sam||Testham|" + strings.Repeat("x", 1001), 3, "City", data.ErrTooLong},
		{"Name|Street|City", "Sam||Test\x02ham", 3, "City", data.ErrControl},
	} {
		_, got := converted(test.titles, test.cells)
		want := []Refusal{{Line: 7, Column: test.column, Title: test.title, Reason: test.reason}}
		if diff := cmp.Diff(want, got, cmpopts.EquateErrors(), cmpopts.IgnoreFields(Refusal{}, "Value")); diff != "" {
			t.Errorf("%s: %.40s\n%s", test.titles, test.cells, diff)
		}
	}
	_, several := converted("Name|DOB|Email", "|x|y")
	if len(several) != 3 || several[1].Value != "x" {
		t.Errorf("%+v", several)
	}
	row := Row{Cells: []string{"Sam", "1/1/1990", "2/1/1990"}, Titles: []string{"Name", "DOB", "Born"}}
	born := Target{data.FieldBorn, Whole}
	if _, got := Convert(row, Options{Targets: []Target{{data.FieldName, Whole}, born, born}, Today: today}); len(got) != 1 || !errors.Is(got[0].Reason, ErrTwice) {
		t.Errorf("%+v", got)
	}
	row.Cells[2] = row.Cells[1]
	if _, got := Convert(row, Options{Targets: []Target{{data.FieldName, Whole}, born, born}, Today: today}); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestJudgeOrder(t *testing.T) {
	day, month, year := data.DayFirst, data.MonthFirst, data.YearFirst
	many := slices.Repeat([]string{"13/1/1990"}, 100)
	for _, test := range []struct {
		values   []string
		fallback data.DateOrder
		want     data.DateOrder
		sure     bool
	}{
		{nil, month, month, true},
		{[]string{"", "?", "13 Mar 1990"}, month, month, true},
		{[]string{"1990-03-04", "19900304x"}, month, month, true},
		{[]string{"3/4/1990", "5/6/1991"}, month, month, false},
		{[]string{"3/4/1990", "5/6/1991"}, day, day, false},
		{[]string{"4/4/1990"}, day, day, true},
		{[]string{"3/4/1990", "13/6/1991"}, month, day, true},
		{[]string{"3/4/1990", "6/13/1991"}, day, month, true},
		{[]string{"3/4/1990 00:00", "6/13/1991 00:00"}, day, month, true},
		{[]string{"03041990", "13061991"}, month, day, true},
		{[]string{"81-03-04"}, day, year, true},
		{[]string{"3/12/2026"}, day, month, true}, // nobody is born tomorrow
		{[]string{"13/1/1990", "1/13/1990"}, day, day, false},
		{append(many, "1/13/1990"), month, day, true},
		{[]string{"13/1/1990"}, year, year, true}, // four digits at the end: never year first
	} {
		file := "Name,DOB\nSam," + strings.Join(test.values, "\nSam,") + "\n"
		o := optionsOf(t, []byte(file))
		o.Order = test.fallback
		if found, err := Judge(t.Context(), strings.NewReader(file), o); err != nil || found.Sure != test.sure || found.Order != test.want {
			t.Errorf("%.60q: %v, %v, %v", test.values, found.Order, found.Sure, err)
		}
	}
}

// TestPreview: the first rows are shown and then come again.
func TestPreview(t *testing.T) {
	file := []byte("Name\nA\nB\nC\n")
	in, err := Open(bytes.NewReader(file), optionsOf(t, file).Format)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{2, 1, 20} {
		rows, err := in.Preview(n)
		if err != nil || len(rows) != min(n, 3) || rows[0].Line != 2 {
			t.Error(n, rows, err)
		}
	}
	for _, want := range []string{"A", "B", "C"} {
		if row, err := in.Read(); err != nil || row.Cells[0] != want {
			t.Error(row, err)
		}
	}
	if _, err := in.Preview(1); err != nil {
		t.Error(err)
	}
}
