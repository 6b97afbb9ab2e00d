// Package zone knows the time zones of the IANA time zone database (RFC 6557): what people
// call them, and what their rules are.
package zone

import (
	"archive/zip"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/thlib/go-timezone-local/tzlocal"

	"anteroom/data"
)

// ErrUnknown says that no time zone is called so.
var ErrUnknown = errors.New("no known time zone")

// The database is in the public domain. The program has its own copy, so that all computers
// with one version of the program have the same rules: zone.tab, with UTC, and what Go has of
// it (lib/time/zoneinfo.zip).
//
//go:embed names.txt
var names string

//go:embed zoneinfo.zip
var database string

// Version is that of the database: the later the greater.
const Version = "2025c"

var files = sync.OnceValue(func() *zip.Reader {
	r, err := zip.NewReader(strings.NewReader(database), int64(len(database)))
	if err != nil {
		panic(fmt.Sprintf("zone: %v", err)) // unreachable: it is in the program
	}
	return r
})

var loaded sync.Map // locations by name

// entry is a zone that can be chosen.
type entry struct{ name, title, folded string }

var entries = sync.OnceValue(func() []entry {
	var all []entry
	for name := range strings.Lines(names) {
		name = strings.TrimSpace(name)
		title := titleOf(name)
		all = append(all, entry{name, title, data.Fold(title)})
	}
	slices.SortFunc(all, func(a, b entry) int { return strings.Compare(a.folded, b.folded) })
	return all
})

// Here is the zone that this computer is set to; "": that can't be told.
func Here(now time.Time) string {
	name, err := tzlocal.RuntimeTZ()
	if err != nil || name == "Etc/UTC" {
		name = "UTC" // of a computer that is set to none
	}
	location, err := Load(name)
	if err != nil || Offset(now.In(location)) != Offset(now.Local()) {
		return ""
	}
	return name
}

// Load finds a zone by its name in the database, such as "Europe/Berlin"; else ErrUnknown.
func Load(name string) (*time.Location, error) {
	if location, ok := loaded.Load(name); ok {
		return location.(*time.Location), nil
	}
	rules, err := fs.ReadFile(files(), name)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	location, err := time.LoadLocationFromTZData(name, rules)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnknown, err)
	}
	loaded.Store(name, location)
	return location, nil
}

// Title is a zone as people look for it: "Buenos Aires (America, Argentina)". One that is not
// offered is its name.
func Title(name string) string {
	title := titleOf(name)
	if found, err := Parse(title); err != nil || found != name {
		return name
	}
	return title
}

func titleOf(name string) string {
	parts := strings.Split(strings.ReplaceAll(name, "_", " "), "/")
	city := parts[len(parts)-1]
	if len(parts) == 1 {
		return city
	}
	return city + " (" + strings.Join(parts[:len(parts)-1], ", ") + ")"
}

// Parse reads a zone as people type it: its title, its city where that is the only one of
// that name, or its name in the database; else ErrUnknown.
func Parse(text string) (string, error) {
	text = strings.TrimSpace(text)
	if found := Matching(text, 2); len(found) > 0 && (len(found) == 1 || data.Fold(titleOf(found[0])) == data.Fold(text)) {
		return found[0], nil
	}
	if _, err := Load(text); err != nil {
		return "", err
	}
	return text, nil
}

// Matching are the names of the zones whose title begins with a text, by their titles and at
// most so many.
func Matching(text string, most int) []string {
	folded := data.Fold(text)
	var found []string
	for _, e := range entries() {
		if len(found) < most && folded != "" && strings.HasPrefix(e.folded, folded) {
			found = append(found, e.name)
		}
	}
	return found
}

// Offset is what a zone's clock is ahead of UTC at a time: "UTC+05:30".
func Offset(at time.Time) string { return at.Format("UTC-07:00") }

// The time in which Rules holds zones against each other.
var (
	rulesFrom = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	rulesTo   = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
)

// Rules are another value for a zone that shows other times in the years 2020 to 2099: by
// another version of the database, too.
func Rules(location *time.Location) []byte {
	sum := sha256.New()
	last := -1
	for at := rulesFrom.In(location); at.Before(rulesTo); at = next(at) {
		_, offset := at.Zone()
		if offset == last {
			continue
		}
		last = offset
		_, _ = fmt.Fprintln(sum, at.Unix(), offset) // a hash takes everything
	}
	return sum.Sum(nil)[:8]
}

// next is a later moment than at, and none after the next change of its clock. (Time.ZoneBounds
// ends the rules of a leap year a day early, and never gets over that day.)
func next(at time.Time) time.Time {
	_, end := at.ZoneBounds()
	switch {
	case end.IsZero():
		return rulesTo
	case !end.After(at):
		return at.Add(24 * time.Hour)
	}
	return end
}
