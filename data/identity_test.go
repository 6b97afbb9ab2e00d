package data

import (
	"slices"
	"testing"
)

func TestIdentity(t *testing.T) {
	born, later := Date{1981, 3, 4}, Date{1981, 3, 5}
	for name, test := range map[string]struct {
		a, b    Patient
		want    Sameness
		differs []Field
	}{
		"all":             {Patient{Name: "Zoë Hara", Born: born, RecordNumber: "A-7"}, Patient{Name: "zoe  hara", Born: born, RecordNumber: "a 7"}, Identical, nil},
		"other signs":     {Patient{Name: "Ann", RecordNumber: "1-23"}, Patient{Name: "Ann", RecordNumber: "12-3"}, Unrelated, []Field{FieldRecordNumber}},
		"number":          {Patient{Name: "Ann", RecordNumber: "7"}, Patient{Name: "Bea", RecordNumber: "7"}, Contradicting, []Field{FieldName}},
		"number, no day":  {Patient{Name: "Ann", RecordNumber: "7", Born: born}, Patient{Name: "Ann", RecordNumber: "7"}, Compatible, nil},
		"number, day":     {Patient{Name: "Ann", RecordNumber: "7", Born: born}, Patient{Name: "Ann", RecordNumber: "7", Born: later}, Contradicting, []Field{FieldBorn}},
		"new card":        {Patient{Name: "Ann", Born: born, RecordNumber: "7", HealthNumber: "1"}, Patient{Name: "Ann", Born: born, RecordNumber: "7", HealthNumber: "2"}, Identical, []Field{FieldHealthNumber}},
		"birth":           {Patient{Name: "Ann", Born: born}, Patient{Name: "Ann", Born: born, RecordNumber: "7", HealthNumber: "1"}, Compatible, nil},
		"birth, numbers":  {Patient{Name: "Ann", Born: born, RecordNumber: "8"}, Patient{Name: "Ann", Born: born, RecordNumber: "7"}, Contradicting, []Field{FieldRecordNumber}},
		"birth, health":   {Patient{Name: "Ann", Born: born, HealthNumber: "1"}, Patient{Name: "Ann", Born: born, HealthNumber: "2"}, Contradicting, []Field{FieldHealthNumber}},
		"birth, one card": {Patient{Name: "Ann", Born: born, HealthNumber: "1"}, Patient{Name: "Ann", Born: born, HealthNumber: "1"}, Identical, nil},
		"twins":           {Patient{Name: "Ann", Born: born, Sex: "Male"}, Patient{Name: "Ann", Born: born, Sex: "female"}, Contradicting, []Field{FieldSex}},
		"another sex":     {Patient{Name: "Ann", Born: born, Sex: "diverse"}, Patient{Name: "Ann", Born: born, Sex: "female"}, Compatible, nil},
		"sex, one number": {Patient{Name: "Ann", RecordNumber: "7", Sex: "male"}, Patient{Name: "Ann", RecordNumber: "7", Sex: "female"}, Identical, []Field{FieldSex}},
		"sex, one card":   {Patient{Name: "Ann", Born: born, HealthNumber: "7", Sex: "male"}, Patient{Name: "Ann", Born: born, HealthNumber: "7", Sex: "female"}, Contradicting, []Field{FieldSex}},
		"birth, phones":   {Patient{Name: "Ann", Born: born, Phones: []string{"0401 111 111"}}, Patient{Name: "Ann", Born: born, Phones: []string{"0402 222 222", "9"}}, Contradicting, []Field{FieldPhone}},
		"birth, a phone":  {Patient{Name: "Ann", Born: born, Phones: []string{"8", "0401 111 111"}}, Patient{Name: "Ann", Born: born, Phones: []string{"+61 401 111 111", "9"}}, Compatible, nil},
		"phones, no day":  {Patient{Name: "Ann", Phones: []string{"8", "0401 111 111"}}, Patient{Name: "Ann", Phones: []string{"0401 111 111"}}, Compatible, nil},
		"phone, a day":    {Patient{Name: "Ann", Born: born, Phones: []string{"8"}}, Patient{Name: "Ann", Phones: []string{"8"}}, Unrelated, nil},
		"new phone":       {Patient{Name: "Ann", Born: born, HealthNumber: "1", Phones: []string{"8"}}, Patient{Name: "Ann", Born: born, HealthNumber: "1", Phones: []string{"9"}}, Identical, []Field{FieldPhone}},
		"no birth":        {Patient{Name: "Ann", Born: Date{1900, 1, 1}}, Patient{Name: "Ann", Born: Date{1900, 1, 1}}, Unrelated, nil},
		"card, no day":    {Patient{Name: "Ann", HealthNumber: "1"}, Patient{Name: "Ann", HealthNumber: "1", RecordNumber: "7"}, Identical, nil},
		"card, spaces":    {Patient{Name: "Ann", HealthNumber: "943 476 5919"}, Patient{Name: "Ann", HealthNumber: "9434765919"}, Identical, nil},
		"card, day":       {Patient{Name: "Ann", Born: born, HealthNumber: "1"}, Patient{Name: "Ann", Born: later, HealthNumber: "1"}, Contradicting, []Field{FieldBorn}},
		"turned name":     {Patient{Name: "Specimen, Dora", Born: born}, Patient{Name: "Dora Specimen", Born: born}, Compatible, nil},
		"apostrophes":     {Patient{Name: "Ann", RecordNumber: "1'23"}, Patient{Name: "Ann", RecordNumber: "12'3"}, Unrelated, []Field{FieldRecordNumber}},
		"a name alone":    {Patient{Name: "Ann"}, Patient{Name: "Ann"}, Unrelated, nil},
		"a card alone":    {Patient{Name: "Ann", HealthNumber: "1"}, Patient{Name: "Bea", HealthNumber: "1"}, Unrelated, []Field{FieldName}},
		"signs":           {Patient{Name: "=", Born: born}, Patient{Name: "-", Born: born}, Unrelated, []Field{FieldName}},
	} {
		a, b := test.a.Identity(), test.b.Summary().Identity()
		if got := a.Compare(b); got != test.want || b.Compare(a) != got || !slices.Equal(a.Differs(b), test.differs) {
			t.Errorf("%s: %d, %v", name, got, a.Differs(b))
		}
	}
}

// TestIdentities finds the surest of several, not the first.
func TestIdentities(t *testing.T) {
	born := Date{1981, 3, 4}
	var x Identities
	if _, _, same := x.Find(Patient{Name: "Ann", Born: born}.Identity()); same != Unrelated {
		t.Error("found among none")
	}
	for i := range 3000 { // more than stand in one piece
		x.Add(Patient{Name: "Nobody", HealthNumber: "1"}.Identity(), 100+i)
	}
	for who, p := range []Patient{
		4: {Name: "Cleo", HealthNumber: "5"},
		5: {Name: "Dan", Phones: []string{"8"}},
		0: {Name: "Bea", RecordNumber: "7"},
		{Name: "Ann", Born: born},
		{Name: "Ann", Born: born, RecordNumber: "8"},
		{Name: "Ann", RecordNumber: "9"},
	} {
		x.Add(p.Identity(), who)
	}
	for number, want := range map[string]struct {
		who  int
		same Sameness
	}{"": {1, Compatible}, "7": {0, Contradicting}, "8": {2, Identical}, "9": {2, Contradicting}, "10": {2, Contradicting}} {
		who, _, same := x.Find(Patient{Name: "Ann", Born: born, RecordNumber: number}.Identity())
		if who != want.who || same != want.same {
			t.Errorf("%q: %d, %d", number, who, same)
		}
	}
	for who, p := range map[int]Patient{4: {Name: "Cleo", Born: born, HealthNumber: "5"}, 5: {Name: "Dan", Phones: []string{"9", "8"}}} {
		if got, _, same := x.Find(p.Identity()); got != who || same != Compatible {
			t.Errorf("%s: %d, %d", p.Name, got, same)
		}
	}
}
