package auth

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestTrustIsPerComputer: a code given on one counts on no other, and the
// newer of clock and newest event decides.
func TestTrustIsPerComputer(t *testing.T) {
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	r := &register{Policy: Policy{TwoFactor: true, Frequency: Daily}, Changed: now, Computers: []*computer{{ID: "here"}}}
	u := &user{}
	r.addTrust(u, "here", now)
	for _, c := range []struct {
		computer string
		changed  time.Time
		now      time.Time
		want     bool
	}{
		{"here", now, now, true},
		{"there", now, now, false},
		{"here", now, now.Add(24*time.Hour - 1), true},
		{"here", now, now.Add(24 * time.Hour), false},
		{"here", now.Add(2 * time.Minute), now, true},
		{"here", now.Add(2*time.Minute + 1), now, false},
		{"here", now.Add(24 * time.Hour), now.Add(24*time.Hour - time.Minute), false},
		{"here", now.Add(-time.Hour), now.Add(-time.Minute), false}, // given in the future
	} {
		r.Changed = c.changed
		if got := r.trusted(u, c.computer, c.now); got != c.want {
			t.Errorf("%+v: got %v", c, got)
		}
	}
}

// TestWaitLengths holds the lengths that docs/security.md names.
func TestWaitLengths(t *testing.T) {
	s, m := time.Second, time.Minute
	for limit, want := range map[time.Duration][]time.Duration{
		maxPasswordWait: {0, 0, 0, 0, 0, 30 * s, 1 * m, 2 * m, 4 * m, 8 * m, 15 * m, 15 * m},
		maxCodeWait:     {0, 0, 0, 0, 0, 30 * s, 1 * m, 2 * m, 4 * m, 8 * m, 16 * m, 32 * m, time.Hour, time.Hour},
	} {
		for count, wait := range want {
			if got := (failures{Count: count}).length(limit); got != wait {
				t.Errorf("%d failures, at most %v: got %v, want %v", count, limit, got, wait)
			}
		}
		if got := (failures{Count: 1 << 30}).length(limit); got != limit {
			t.Errorf("very many failures: got %v, want %v", got, limit)
		}
	}
}

// TestNext holds what each set of facts leads to.
func TestNext(t *testing.T) {
	for _, c := range []struct {
		facts facts
		want  Step
	}{
		{facts{}, StepPassword},
		{facts{codeGiven: true, twoFactor: true, enrolled: true, trusted: true}, StepPassword},
		{facts{passwordGiven: true}, StepDone},
		{facts{passwordGiven: true, oneTime: true}, StepNewPassword},
		{facts{passwordGiven: true, enrolled: true}, StepDone},
		{facts{passwordGiven: true, twoFactor: true}, StepEnrol},
		{facts{passwordGiven: true, twoFactor: true, oneTime: true}, StepNewPassword},
		{facts{passwordGiven: true, twoFactor: true, enrolled: true}, StepCode},
		{facts{passwordGiven: true, twoFactor: true, enrolled: true, oneTime: true}, StepCode},
		{facts{passwordGiven: true, twoFactor: true, enrolled: true, codeGiven: true}, StepDone},
		{facts{passwordGiven: true, twoFactor: true, enrolled: true, trusted: true}, StepDone},
		{facts{passwordGiven: true, twoFactor: true, enrolled: true, codeGiven: true, oneTime: true}, StepNewPassword},
	} {
		if got := c.facts.next(); got != c.want {
			t.Errorf("%+v: got %v, want %v", c.facts, got, c.want)
		}
	}
}

// TestChain: each entry is linked to the one before, and the head says so.
func TestChain(t *testing.T) {
	r := &register{Practice: "p"}
	r.newLogKey()
	var rows []ActivityRow
	for i := range 6 {
		if i == 3 {
			r.newLogKey() // as re-keying does
		}
		row, err := r.appendEntry(Entry{Event: EventSignIn})
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	if r.LogKeys[1].From != 4 {
		t.Fatalf("the second key is from entry %d on", r.LogKeys[1].From)
	}
	changed := func(change func(rows []ActivityRow) []ActivityRow) logRows {
		copied := make([]ActivityRow, len(rows))
		for i, row := range rows {
			copied[i] = ActivityRow{row.Seq, bytes.Clone(row.Sealed), bytes.Clone(row.Chain)}
		}
		return change(copied)
	}
	for name, c := range map[string]struct {
		log  logRows
		want int64
	}{
		"as written": {rows, 0},
		"changed":    {changed(func(rows []ActivityRow) []ActivityRow { rows[4].Sealed[20] ^= 1; return rows }), 5},
		"relinked":   {changed(func(rows []ActivityRow) []ActivityRow { rows[1].Chain[0] ^= 1; return rows }), 2},
		"one gone":   {changed(func(rows []ActivityRow) []ActivityRow { return append(rows[:2], rows[3:]...) }), 3},
		"first gone": {rows[1:], 1},
		"tail cut":   {rows[:4], 5},
		"all gone":   {nil, 1},
		"swapped": {changed(func(rows []ActivityRow) []ActivityRow {
			rows[1].Sealed, rows[2].Sealed = rows[2].Sealed, rows[1].Sealed
			return rows
		}), 2},
		"swapped across keys, with their links": {changed(func(rows []ActivityRow) []ActivityRow {
			rows[1], rows[4] = rows[4], rows[1]
			rows[1].Seq, rows[4].Seq = 2, 5
			return rows
		}), 2},
		"written over by another": {changed(func(rows []ActivityRow) []ActivityRow {
			rows[4].Sealed, rows[4].Chain = rows[1].Sealed, rows[1].Chain
			return rows
		}), 5},
		"gone, and the rest moved up": {changed(func(rows []ActivityRow) []ActivityRow {
			rows = append(rows[:2], rows[3:]...)
			for i := range rows {
				rows[i].Seq = int64(i) + 1
			}
			return rows
		}), 3},
		"tail cut, and something behind it": {changed(func(rows []ActivityRow) []ActivityRow {
			rows[4].Seq = 9
			return rows[:5]
		}), 5},
		"a copy in between": {changed(func(rows []ActivityRow) []ActivityRow {
			return inserted(rows, 3, rows[1])
		}), 4},
		"something in between": {changed(func(rows []ActivityRow) []ActivityRow {
			return inserted(rows, 1, ActivityRow{Sealed: []byte("x"), Chain: []byte("x")})
		}), 2},
		"one added": {changed(func(rows []ActivityRow) []ActivityRow {
			return append(rows, ActivityRow{Seq: 7, Sealed: rows[0].Sealed, Chain: rows[5].Chain})
		}), 7},
		"one added far away": {changed(func(rows []ActivityRow) []ActivityRow {
			return append(rows, ActivityRow{Seq: 99, Sealed: rows[0].Sealed, Chain: rows[5].Chain})
		}), 99},
		"one added before the first": {changed(func(rows []ActivityRow) []ActivityRow {
			return append([]ActivityRow{{Seq: 0, Sealed: rows[0].Sealed, Chain: rows[0].Chain}}, rows...)
		}), 1},
		"a whole other end": {changed(func(rows []ActivityRow) []ActivityRow {
			other := &register{Practice: "p", LogKeys: r.LogKeys, Log: logHead{Count: 5, Link: rows[4].Chain}}
			row, _ := other.appendEntry(Entry{Event: EventSignOut})
			rows[5] = row
			return rows
		}), 6},
		"one more, that the register does not know": {changed(func(rows []ActivityRow) []ActivityRow {
			other := *r
			row, _ := other.appendEntry(Entry{Event: EventSignOut})
			return append(rows, row)
		}), 7},
	} {
		if got, err := r.verifyLog(c.log); err != nil || got != c.want {
			t.Errorf("%s: %d, %v; want %d", name, got, err, c.want)
		}
	}
	if got, err := (&register{}).verifyLog(logRows{{Seq: 0}}); err != nil || got != 1 {
		t.Errorf("a row in a log without entries: %d, %v", got, err)
	}
}

// inserted puts a row in between; those after it get the next numbers.
func inserted(rows []ActivityRow, at int, row ActivityRow) []ActivityRow {
	rows = slices.Insert(rows, at, row)
	for i := range rows {
		rows[i].Seq = int64(i) + 1
	}
	return rows
}

// logRows are a Reader of an activity log.
type logRows []ActivityRow

func (l logRows) Activity(after int64, limit int) (page []ActivityRow, err error) {
	for _, row := range l {
		if row.Seq > after && len(page) < limit {
			page = append(page, row)
		}
	}
	return page, nil
}

func TestPasswords(t *testing.T) {
	for text, want := range map[string]Problem{
		"":                                   ProblemEmpty,
		"elevenchars":                        ProblemShort,
		strings.Repeat("é", 11):              ProblemShort,
		strings.Repeat("long words ", 12):    ProblemLong,
		"password1234":                       ProblemCommon,
		"aaaaaaaaaaaaaaaa":                   ProblemCommon,
		"qwertyuiop123":                      ProblemCommon,
		"motdepasse12":                       ProblemCommon,
		"contraseña12":                       ProblemCommon,
		"contrasen\u0303a12":                 ProblemCommon,
		"1qaz2wsx3edc4rfv":                   ProblemCommon,
		"5m1th5m1th123456":                   ProblemCommon,
		"anteroomanteroom":                   ProblemHasName,
		"my Anteroom, and violet tractors":   ProblemHasName,
		"geese of muller in a tub":           ProblemHasName,
		"geese of MÜLLER in a tub":           ProblemHasName,
		"geese of Mueller in a tub":          ProblemHasName,
		"the SMITH of all things":            ProblemHasName,
		"we love BROOK and water":            ProblemHasName,
		"smith1970smith":                     ProblemHasName,
		"a-n-t-e-r-o-o-m!":                   ProblemHasName,
		"A.n.t.e.r.o.o.m-2024":               ProblemHasName,
		"s.m.i.t.h.1.9!":                     ProblemHasName,
		"Br/ook and violet tractors":         ProblemHasName,
		"many tractorsSmith here":            ProblemHasName,
		"brookstclinic and a tractor":        ProblemHasName,
		"the clinic sleeps, violet tractor":  "",
		"a tractor that says abrook7 twice":  ProblemHasName, // it ends at a change from letter to digit
		"violet tractor 91 sleeps":           "",
		"ann is not a name of four letters!": "",
		"  spaces at both ends, and émoji 🩺": "",
	} {
		err := CheckPassword(text, "Brook St: Clinic", "Ann Smith-Müller", "asmith")
		var got Problem
		if f := (*FieldError)(nil); errors.As(err, &f) {
			got = f.Problem
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestNamesInWords sees that a short name inside another word costs nobody their passphrase, and that the
// words that practices' names have in common do not, either.
func TestNamesInWords(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       Problem
	}{
		{"Rose", "drei Prosecco im Garten", ""},
		{"Rose", "drei Rosen im Prosecco", ProblemHasName},
		{"Mark", "im Supermarkt gibt es Reis", ""},
		{"Mark", "meine Reise mit MeinMark", ProblemHasName},
		{"Erik", "meine Reise nach Amerika", ""},
		{"Erik", "meine Reise zu Erik im Mai", ProblemHasName},
		{"Martin", "so smart in blue kettles", ""},
		{"Martin", "blue kettles of mar-tin", ProblemHasName},
		{"Schneider", "die Fensterbrettschneiderei", ProblemHasName},
		{"Praxis am Park", "blauer Parkplatz am See", ""},
		{"Praxis am Park", "Praxis am Park, und drei Wolken", ProblemHasName},
		{"High Street Surgery", "the street was wet and grey", ""},
		{"High Street Surgery", "highstreetsurgery and geese", ProblemHasName},
		{"Ärztehaus für Medizin", "meine Medizin schmeckt nach Zimt", ""},
	} {
		var got Problem
		if f := (*FieldError)(nil); errors.As(CheckPassword(c.text, c.name), &f) {
			got = f.Problem
		}
		if got != c.want {
			t.Errorf("%q for %q: got %q, want %q", c.text, c.name, got, c.want)
		}
	}
}

// TestStored: a change that only lacks its anchor is done, unless its anchor could not be
// written because the data is another one.
func TestStored(t *testing.T) {
	late := fmt.Errorf("%w: locked", ErrNotAnchored)
	if err := (&Practice{}).stored(late); err != nil {
		t.Errorf("the keyring is locked: %v", err)
	}
	if err := (&Practice{untrusted: ErrOtherHistory}).stored(late); !errors.Is(err, ErrNotAnchored) {
		t.Errorf("the data is not trusted any more: %v", err)
	}
	if err := (&Practice{}).stored(ErrDiskFull); !errors.Is(err, ErrDiskFull) {
		t.Errorf("the disk is full: %v", err)
	}
}
