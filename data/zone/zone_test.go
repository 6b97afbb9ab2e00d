package zone_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"anteroom/data/zone"
)

// TestParse: a zone is found as people type it.
func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"sydney":              "Australia/Sydney",
		" Sydney (Australia)": "Australia/Sydney",
		"Australia/Sydney":    "Australia/Sydney",
		"new york":            "America/New_York",
		"são paulo":           "America/Sao_Paulo",
		"knox":                "America/Indiana/Knox",
		"Asia/Calcutta":       "Asia/Calcutta", // of the database, not of the list
		"utc":                 "UTC",
		"vienna":              "Europe/Vienna",
	} {
		if got, err := zone.Parse(text); got != want || err != nil {
			t.Errorf("%q is %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "local", "Local", "Atlantis", "s", "../../etc/passwd"} {
		if got, err := zone.Parse(text); !errors.Is(err, zone.ErrUnknown) {
			t.Errorf("%q is %q, %v", text, got, err)
		}
	}
}

// TestNames: each zone of the list is known on every system, and found by its title.
func TestNames(t *testing.T) {
	found := 0
	for letter := 'a'; letter <= 'z'; letter++ {
		for _, name := range zone.Matching(string(letter), 500) {
			found++
			if _, err := zone.Load(name); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if again, err := zone.Parse(zone.Title(name)); again != name || err != nil {
				t.Errorf("%s is found as %q, %v", name, again, err)
			}
		}
	}
	for _, name := range []string{"Etc/UTC", "Asia/Calcutta"} {
		if title := zone.Title(name); title != name {
			t.Errorf("%s, which is not offered, is called %s", name, title)
		}
	}
	if found < 400 {
		t.Errorf("there are %d", found)
	}
}

// TestRules: zones that show the same have the same rules, whatever they are called.
func TestRules(t *testing.T) {
	load := func(name string) *time.Location {
		location, err := zone.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		return location
	}
	berlin := zone.Rules(load("Europe/Berlin"))
	if !bytes.Equal(berlin, zone.Rules(load("Europe/Paris"))) {
		t.Error("Paris shows another time than Berlin")
	}
	for _, name := range []string{"Europe/London", "UTC", "Africa/Lagos"} {
		if bytes.Equal(berlin, zone.Rules(load(name))) {
			t.Errorf("%s shows the same as Berlin", name)
		}
	}
	if bytes.Equal(zone.Rules(time.FixedZone("", 3600)), zone.Rules(time.FixedZone("", 7200))) {
		t.Error("an hour makes no difference")
	}
}

// TestHere: this computer's zone is one that can be loaded, with this computer's rules.
func TestHere(t *testing.T) {
	if name := zone.Here(time.Now()); name != "" {
		hasOffsetHere(t, name)
	}
	t.Setenv("TZ", "Pacific/Kiritimati") // time.Local was there before
	if name := zone.Here(time.Now()); name != "" {
		hasOffsetHere(t, name)
	}
}

func hasOffsetHere(t *testing.T, name string) {
	t.Helper()
	here, err := zone.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	if zone.Offset(time.Now().In(here)) != zone.Offset(time.Now().Local()) {
		t.Errorf("%s is not what this computer shows", name)
	}
}
