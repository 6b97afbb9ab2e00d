package auth

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"
)

// fate is what becomes of a field of a register of the past.
type fate int

const (
	stays fate = iota // as it was
	anew              // it is another one
	left              // nothing is left of it
)

// fates name every field. A new one has to be added here, and with it decided
// whether it may survive: what was spent since must not.
var fates = map[reflect.Type]map[string]fate{
	reflect.TypeFor[register](): {
		"Format": anew, "Practice": stays, "Lineage": anew, "Past": anew, "Spent": anew, "Version": stays, "Changed": stays,
		"Since": stays, "Name": stays, "Zone": stays, "Policy": stays, "Users": anew, "Computers": anew, "Server": left, "Kit": stays,
		"Links": left, "Help": left, "Sessions": left, "Guesses": stays, "UnknownNames": left, "News": stays, "Notice": left,
		"Backup": stays, "Log": stays, "LogKeys": stays, "Keys": stays, "UnknownNamesKey": stays,
	},
	reflect.TypeFor[user](): {
		"ID": stays, "Name": stays, "Username": stays, "Role": stays, "Active": stays, "Epoch": anew,
		"Password": anew, "Public": stays, "Private": stays, "Records": stays, "Authenticator": anew,
		"Codes": stays, "Recovery": left, "OneTime": left, "SignedOut": left, "Offsets": stays, "Reset": anew,
		"PasswordReset": stays, "Trusts": left, "LastSignIn": stays, "NewsSeen": stays,
	},
	reflect.TypeFor[password]():      {"Salt": stays, "Cost": stays, "Verifier": stays, "OneTime": stays, "Failures": left},
	reflect.TypeFor[authenticator](): {"Secret": stays, "Last": anew, "Since": stays},
	reflect.TypeFor[reset]():         {"At": stays, "By": stays, "Code": anew},
	reflect.TypeFor[computer](): {
		"ID": stays, "Name": stays, "Account": stays, "Public": stays, "Since": stays, "LastUsed": stays,
		"Folder": stays, "People": stays, "Role": left, "Envelope": stays,
	},
	reflect.TypeFor[kit](): {
		"ID": stays, "Public": stays, "Since": stays, "ValidFrom": stays, "By": stays, "Records": stays, "Access": stays, "Envelope": stays,
	},
	reflect.TypeFor[failures](): {"Count": stays, "Last": stays, "Lifted": stays},
	reflect.TypeFor[Zone]():     {"Name": stays, "Changes": stays},
	reflect.TypeFor[Policy]():   {"TwoFactor": stays, "Frequency": stays, "Idle": stays, "HandOver": stays},
}

// TestAdoptNamesEveryField: what a register of the past has survives only if it is
// named, down to what a user's password and authenticator have.
func TestAdoptNamesEveryField(t *testing.T) {
	past := &register{}
	fill(reflect.ValueOf(past).Elem())
	past.Lineage = "y"
	past.Users[0].Password.OneTime = false // else it proves nothing any more
	const here = "x"                       // what fill writes
	next := past.successor(adoption{computer: here}, time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC))
	before, after := past.Users[0], next.Users[0]
	for _, pair := range [][2]any{
		{*past, *next},
		{*before, *after},
		{before.Password, after.Password},
		{*before.Authenticator, *after.Authenticator},
		{*before.Reset, *after.Reset},
		{*past.Computers[0], *next.Computers[0]},
		{*past.Kit, *next.Kit},
		{before.Codes, after.Codes},
		{past.Policy, next.Policy},
		{past.Zone, next.Zone},
	} {
		holdFates(t, reflect.ValueOf(pair[0]), reflect.ValueOf(pair[1]))
	}
}

func holdFates(t *testing.T, before, after reflect.Value) {
	t.Helper()
	kind := before.Type()
	named := maps.Clone(fates[kind])
	for i := range kind.NumField() {
		name := kind.Field(i).Name
		what := fmt.Sprintf("%s.%s", kind.Name(), name)
		f, ok := named[name]
		delete(named, name)
		b, a := before.Field(i), after.Field(i)
		same := reflect.DeepEqual(b.Interface(), a.Interface())
		switch {
		case !ok:
			t.Errorf("%s: nobody decided whether it survives", what)
		case b.IsZero() && b.Kind() != reflect.Bool:
			t.Errorf("%s was not filled", what)
		case f == stays && !same:
			t.Errorf("%s was %v, is %v", what, b, a)
		case f == anew && (same || a.IsZero()):
			t.Errorf("%s is not made anew: %v", what, a)
		case f == left && !a.IsZero():
			t.Errorf("%s survives: %v", what, a)
		}
	}
	if len(named) > 0 {
		t.Errorf("%s has no fields %v", kind.Name(), slices.Collect(maps.Keys(named)))
	}
}

// fill sets every field, of what lies within, too.
func fill(v reflect.Value) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key)
		fill(value)
		v.SetMapIndex(key, value)
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Uint8, reflect.Uint32:
		v.SetUint(7)
	default:
		panic("fill: " + v.Type().String())
	}
}

// TestPastOfReleasedVersions: they stored lineages alone. How far one was known is not
// known then, and it is stored from now on.
func TestPastOfReleasedVersions(t *testing.T) {
	var r register
	if err := json.Unmarshal([]byte(`{"past":["a",{"lineage":"b","version":7,"seen":9}]}`), &r); err != nil {
		t.Fatal(err)
	}
	if want := []pastLineage{{Lineage: "a"}, {"b", 7, 9}}; !slices.Equal(r.Past, want) {
		t.Fatalf("%+v", r.Past)
	}
	for a, want := range map[*anchor]bool{
		{Lineage: "a", Version: 1}:  false,
		{Lineage: "b", Version: 9}:  true,
		{Lineage: "b", Version: 10}: false,
		{Lineage: "c", Version: 0}:  false,
	} {
		if got := r.accountsFor(*a); got != want {
			t.Errorf("%+v is known: %v", a, got)
		}
	}
	plain, err := json.Marshal(r.Past)
	if want := `[{"lineage":"a","version":0},{"lineage":"b","version":7,"seen":9}]`; err != nil || string(plain) != want {
		t.Errorf("%s, %v", plain, err)
	}
	for o, want := range map[*register]bool{
		{Lineage: "a", Version: 1}: false, {Lineage: "b", Version: 7}: true, {Lineage: "b", Version: 8}: false,
	} {
		if got := r.supersedes(o); got != want {
			t.Errorf("goes on from %s %d: %v", o.Lineage, o.Version, got)
		}
	}
}
