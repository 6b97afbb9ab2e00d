package auth

import (
	"strings"
	"testing"
	"time"
)

// TestTrustIsPerComputer: a code given on one counts on no other, and the
// newer of clock and newest event decides.
func TestTrustIsPerComputer(t *testing.T) {
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	r := &register{Policy: Policy{TwoFactor: true, Frequency: Daily}, Changed: now}
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

// TestWaitLengths holds the lengths of DESIGN §4.
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

// TestStrangers: the newest 200 unknown names are kept, as keyed hashes.
func TestStrangers(t *testing.T) {
	p := &Practice{}
	r := &register{}
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	waiting := r.strangerByName(p.key, "waits", now)
	waiting.Count, waiting.Last = 9, now
	for i := range 300 {
		r.strangerByName(p.key, strings.Repeat("x", i+1), now).Count++
	}
	if len(r.Strangers) != maxStrangers {
		t.Fatalf("%d strangers", len(r.Strangers))
	}
	if r.strangerByName(p.key, "waits", now).Count != 9 {
		t.Fatal("other names pushed a running wait out")
	}
	r.strangerByName(p.key, strings.Repeat("X", 300), now).Count++
	if last := r.Strangers[maxStrangers-1]; last.Failures.Count != 2 || strings.Contains(last.Hash, "x") {
		t.Fatalf("%+v", last)
	}
}

// TestChain: each entry is linked to the one before, and the head says so.
func TestChain(t *testing.T) {
	p := &Practice{id: "p"}
	var head logHead
	var rows []ActivityRow
	for range 5 {
		row, err := head.appendEntry(p.key, p.id, Entry{Event: EventSignIn})
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	link := func(rows []ActivityRow) string {
		var before []byte
		for _, row := range rows {
			before = chainLink(p.key, before, row)
		}
		return string(before)
	}
	if link(rows) != string(head.Link) || head.Count != 5 {
		t.Fatal("the head is not the end of the chain")
	}
	swapped := append([]ActivityRow{}, rows...)
	swapped[1], swapped[2] = swapped[2], swapped[1]
	for _, bad := range [][]ActivityRow{rows[1:], rows[:4], swapped} {
		if link(bad) == string(head.Link) {
			t.Fatal("a changed log has the same end")
		}
	}
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
		"the SMITH of all things":            ProblemHasName,
		"we love BROOK and water":            ProblemHasName,
		"violet tractor 91 sleeps":           "",
		"ann is not a name of four letters!": "",
		"  spaces at both ends, and émoji 🩺": "",
	} {
		err := CheckPassword(text, "Brook St: Clinic", "Ann Smith", "asmith")
		var got Problem
		if f, ok := err.(*FieldError); ok {
			got = f.Problem
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
