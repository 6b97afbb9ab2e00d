package help

import (
	"slices"
	"testing"
)

func TestLabels(t *testing.T) {
	for _, c := range []struct {
		keys  []string
		isMac bool
		want  string
	}{
		{[]string{"Up", "Down", "Left", "Right"}, false, "Arrow keys"},
		{[]string{"Up", "Down"}, false, "Up, Down"},
		{[]string{"Ctrl+/", "Shift+F1"}, false, "Ctrl+/, Shift+F1"},
		{[]string{"Ctrl+Shift+L"}, true, "Cmd+Shift+L"},
		{[]string{"Ctrl++"}, true, "Cmd++"},
		{[]string{"Ctrl+-"}, false, "Ctrl+−"},
		{[]string{"F3"}, false, "F3"},
		{[]string{"F3"}, true, "Cmd+Enter"},
	} {
		if got := (Key{Keys: c.keys}).labels(c.isMac); got != c.want {
			t.Errorf("%q on a Mac (%v): %q, want %q", c.keys, c.isMac, got, c.want)
		}
	}
}

func TestFilter(t *testing.T) {
	topics := []Topic{
		{ID: "day", Title: "Today", Groups: []Group{
			{Title: "In the week", Keys: []Key{{[]string{"Enter"}, "Open that day"}}},
			{Keys: []Key{{[]string{"Ctrl+P"}, "Print the day"}, {[]string{"W"}, "Walk-in"}}},
		}},
		{ID: "lock", Title: "Locked", Groups: []Group{{Keys: []Key{{[]string{"Enter"}, "Unlock"}}}}},
	}
	for query, want := range map[string][]string{
		"":            {"Open that day", "Print the day", "Walk-in", "Unlock"},
		"ENTER":       {"Open that day", "Unlock"},
		"day print":   {"Print the day"},
		"week":        {"Open that day"},
		"today walk":  {"Walk-in"},
		"ctrl+p":      {"Print the day"},
		"lock print":  nil,
		"  xylophone": nil,
	} {
		var got []string
		for _, topic := range filter(topics, query, false) {
			for _, g := range topic.Groups {
				for _, k := range g.Keys {
					got = append(got, k.Does)
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}
