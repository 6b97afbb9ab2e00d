package exchange

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anteroom/data"
)

// matched are the names of what columns are, of titles with commas between.
func matched(titles string, remembered []data.ColumnMatch) string {
	var names []string
	for _, target := range Match(strings.Split(titles, "|"), remembered) {
		names = append(names, targetName(target))
	}
	return strings.Join(names, "|")
}

func TestMatch(t *testing.T) {
	for titles, want := range map[string]string{
		"Full Name|DOB|Sex|Gender":                             "Name|Date of birth|Sex|Gender",
		"Last name|FIRST_NAME|middleName|Title":                "Name, family|Name, given|Name, middle|(nothing)",
		"Name|First name|Last name":                            "(nothing)|Name, given|Name, family",
		"Full name|First name|Last name":                       "Name|(nothing)|(nothing)",
		"Name|Vorname":                                         "Name, family|Name, given",
		"Nombre|Apellidos":                                     "Name, given|Name, family",
		"Nom|Prénom":                                           "Name, family|Name, given",
		"Voornaam|Tussenvoegsel|Achternaam":                    "Name, given|Name, middle|Name, family",
		"Patient's name|Date of birth (dd/mm/yyyy)|Birth-date": "(nothing)|Date of birth|(nothing)",
		"Patient name|Patient First Name|Patient Surname":      "Name|(nothing)|(nothing)",
		"Mobile|Home phone|Work phone|E-mail":                  "Phone|Other phone|Other phone, further|Email",
		"Work phone|Phone":                                     "Other phone|Phone",
		"Work phone|Business phone":                            "Other phone|Phone",
		"HmPhone|WkPhone|WirelessPhone":                        "Phone|Other phone, further|Other phone",
		"Telephone|Home phone|Mobile|Work phone":               "Phone|Other phone, further|Other phone|Other phone, further",
		"MRN|Chart number|E-mail|Email address|SSN|NHS number": "Record number|Notes, with its title|Email|Notes, with its title|Health number|Notes, with its title",
		"Nickname|Maiden name|Sex|Legal sex":                   "Also known as|Notes, with its title|Sex|(nothing)",
		"Street|Postcode|City|Country":                         "Address, street|Address, town|Address, town|Address, country",
		"Address line 1|Address line 2|Town":                   "Address, line|Address, line|Address, town",
		"Full address|Postal address|Country":                  "Address|Notes, with its title|Address, country",
		"Home address|Postal address":                          "Address|Notes, with its title",
		"Home Address|Address 2|City|Postcode":                 "Address|Address, line|Address, town|Address, town",
		"Street|City|Full address|Postal address":              "Address, street|Address, town|(nothing)|Notes, with its title",
		"Address|Mailing address":                              "Address|Notes, with its title",
		"Client ID|Home number|Work number":                    "Record number|Phone|Other phone",
		"NHS Number|MRN|ID":                                    "Health number|Record number|(nothing)",
		"Geschl.|Tel. privat|Vers.-Nr.|STATUSTEXT":             "Sex|Phone|Health number|Status",
		"Address1|City|Postal address|Home address":            "Address, line|Address, town|Notes, with its title|Notes, with its title",
		"ID|Name":                "Record number|Name",
		"Patient reference|Name": "Record number|Name",
		"Next of kin|Next of kin phone|Allergies|Warnings|Memo": "Emergency contact|Emergency contact|Alert|Alert|Notes",
		"Status|Known as|Favourite colour||#":                   "Status|Also known as|(nothing)|(nothing)|(nothing)",
		"Geburtsdatum|Geschlecht|Krankenversichertennummer":     "Date of birth|Sex|Health number",
		strings.Join(ownTitles[:], "|"):                         strings.Join(ownTitles[:], "|"),
	} {
		if diff := cmp.Diff(want, matched(titles, nil)); diff != "" {
			t.Errorf("%s\n%s", titles, diff)
		}
	}
}

// TestRemember: what was chosen for a title counts the next time, "nothing" too.
func TestRemember(t *testing.T) {
	titles := []string{"Full name", "Favourite colour", "Sex", "Strasse", "", "Phone", "Phone"}
	chosen := []Target{
		{data.FieldName, Whole}, {data.FieldNotes, Whole}, {}, {data.FieldAddress, Country}, {},
		{data.FieldOtherPhone, Whole}, {data.FieldPhone, Whole},
	}
	if got := matched("Street|Postal address", []data.ColumnMatch{{Column: "postaladdress", Field: data.FieldAddress}}); got != "Address, street|Address" {
		t.Error(got)
	}
	old := []data.ColumnMatch{{Column: "sex", Field: data.FieldGender}, {Column: "kept", Field: data.FieldEmail}}
	remembered := Remember(old, titles, chosen)
	if got := matched("favourite COLOUR|Sex|Straße|Kept|Full name|Phone", remembered); got != "Notes|(nothing)|Address, country|Email|Name|Other phone" {
		t.Error(got)
	}
	kept := Remember(nil, []string{"Wer", "Tel", "Kasse"}, []Target{{data.FieldName, Whole}, {data.FieldOtherPhone, Further}, {data.FieldNotes, Titled}})
	if got := matched("Kasse|Tel|Wer", kept); got != "Notes, with its title|Other phone, further|Name" {
		t.Error(got)
	}
	if got := matched(strings.Join(ownTitles[:], "|"), []data.ColumnMatch{{Column: "name", Field: data.FieldNotes}}); got != strings.Join(ownTitles[:], "|") {
		t.Error(got)
	}
	if got := matched("a|b|c", []data.ColumnMatch{{Column: "a", Field: 99}, {Column: "b", Part: 77}, {Column: "c", Part: -9}}); got != "(nothing)|(nothing)|(nothing)" {
		t.Error(got)
	}
	for i := range 300 {
		remembered = Remember(remembered, []string{strings.Repeat("x", i)}, []Target{{data.FieldName, Whole}})
	}
	if len(remembered) != 200 || slices.ContainsFunc(remembered, func(r data.ColumnMatch) bool { return r.Column == "sex" }) {
		t.Error(len(remembered))
	}
}

// TestTargets: a column can become anything that Match makes of one.
func TestTargets(t *testing.T) {
	all := Targets()
	for title, target := range titlesOf() {
		if !slices.Contains(all, target) {
			t.Errorf("%s: %+v", title, target)
		}
		if strings.TrimSpace(title) == "" {
			t.Error("a title that folds to nothing")
		}
	}
	if len(all) != 1+data.FieldCount+10 || all[0] != (Target{}) {
		t.Error(all)
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"": "", " O'Néill-Smith ": "oneillsmith", "Straße": "strasse", "E-Mail (privat)": "emailprivat", "N° 5": "n5", "!?": "", "\xff": "",
	} {
		if got := fold(text); got != want {
			t.Errorf("fold(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestFit: what is in a column counts more than its title.
func TestFit(t *testing.T) {
	for _, test := range []struct {
		title string
		cells []string
		want  Target
		unfit string
	}{
		{"Status", []string{"left", "married", "single"}, Target{}, "married"},
		{"Status", []string{"left", "married", "", "NULL"}, Target{data.FieldState, Whole}, ""},
		{"Status", []string{"", "-"}, Target{data.FieldState, Whole}, ""},
		{"State", []string{"Active", "Inactive"}, Target{}, "Active"},
		{"Birthday", []string{"yes", "no"}, Target{}, "yes"},
		{"DOB", []string{"31.1.1990", "1/31/1990"}, Target{data.FieldBorn, Whole}, ""},
		{"Date of death", []string{"unknown", "at home"}, Target{}, "unknown"},
		{"Mail", []string{"by post", "by post"}, Target{}, "by post"},
		{"Mail", []string{"by post"}, Target{data.FieldEmail, Whole}, ""},
		{"Tel", []string{"yes", "yes"}, Target{}, "yes"},
		{"Gender", []string{"M", "F", "?"}, Target{data.FieldSex, Whole}, ""},
		{"Gender", []string{"M", "non-binary"}, Target{data.FieldGender, Whole}, ""},
		{"Gender", []string{""}, Target{data.FieldGender, Whole}, ""},
		{"Notes", []string{"anything"}, Target{data.FieldNotes, Whole}, ""},
	} {
		var rows []Row
		for _, cell := range test.cells {
			rows = append(rows, Row{Cells: []string{cell}})
		}
		got, unfit := Fit(Match([]string{test.title}, nil), rows, today)
		if got[0] != test.want || unfit[0] != test.unfit {
			t.Errorf("%s %q: %+v, unfit %q", test.title, test.cells, got[0], unfit[0])
		}
	}
}

// TestTitlesAreOfOneTarget: which of two is meant would depend on their order.
func TestTitlesAreOfOneTarget(t *testing.T) {
	seen := make(map[string]Target)
	for _, c := range common {
		for title := range strings.SplitSeq(c.titles, ",") {
			if other, taken := seen[fold(title)]; taken && other != c.target {
				t.Errorf("%s: %v and %v", strings.TrimSpace(title), other, c.target)
			}
			seen[fold(title)] = c.target
		}
	}
	for title := range fullNames() {
		if other, taken := seen[title]; taken {
			t.Errorf("%s is a full name, and %v", title, other)
		}
	}
}
