package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"anteroom/auth"
)

// events are all that package auth can note, read from its source.
func events(t *testing.T) []auth.Event {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../auth/activity.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []auth.Event
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Names) != 1 || !strings.HasPrefix(spec.Names[0].Name, "Event") || len(spec.Values) != 1 {
			return true
		}
		if text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value); err == nil {
			all = append(all, auth.Event(text))
		}
		return true
	})
	return all
}

// Every event has a sentence of its own, which ends, and names who and where.
func TestActivityHasASentenceForEachEvent(t *testing.T) {
	all := events(t)
	if len(all) < 40 {
		t.Fatalf("found only %d events", len(all))
	}
	seen := map[string]auth.Event{}
	for _, event := range all {
		text := Activity(auth.ActivityEntry{Event: event, By: "Anna", Whom: "Ben", Computer: "DESK", Detail: "detail"})
		if text == string(event) || strings.Contains(text, "<no value>") || strings.Contains(text, "..") {
			t.Errorf("%s: %q", event, text)
		}
		if other, ok := seen[text]; ok {
			t.Errorf("%s and %s are both %q", event, other, text)
		}
		seen[text] = event
		bare := Activity(auth.ActivityEntry{Event: event, Detail: "x"})
		if strings.Contains(bare, "  ") || strings.Contains(bare, " .") {
			t.Errorf("%s without names: %q", event, bare)
		}
	}
}

func TestActivitySentences(t *testing.T) {
	for want, e := range map[string]auth.ActivityEntry{
		"Anna signed in at DESK.":                                                    {Event: auth.EventSignIn, By: "Anna", Computer: "DESK"},
		"Somebody tried a username that nobody has at DESK.":                         {Event: auth.EventPasswordRefused, Computer: "DESK"},
		"A wrong password was typed for Ben.":                                        {Event: auth.EventPasswordRefused, Whom: "Ben"},
		"A code of Ben was refused. It was used already.":                            {Event: auth.EventCodeRefused, Whom: "Ben", Detail: auth.ErrCodeUsed.Error()},
		"Ann changed their name. It was Anna.":                                       {Event: auth.EventNameChanged, By: "Ann", Detail: "Anna"},
		"Anna made Ben a Practice Admin.":                                            {Event: auth.EventUserEdited, By: "Anna", Whom: "Ben", Detail: "staff to admin"},
		"Ben asked for help with the Auth Code. Dropped, for they came too soon: 3.": {Event: auth.EventHelpAsked, By: "Ben", Detail: "3 dropped"},
		"Anna changed what is asked: an Auth Code once a day on a computer, lock after 5 min, a hand-over code after a reset.": {
			Event: auth.EventPolicy, By: "Anna", Detail: "24 h, 5 min, hand-over"},
		"Anna changed what is asked: no Auth Code, lock after 10 min.": {Event: auth.EventPolicy, By: "Anna", Detail: "off, 10 min"},
	} {
		if got := Activity(e); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
