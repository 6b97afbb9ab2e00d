package signin

import (
	"anteroom/auth"
	"anteroom/data/zone"
	"anteroom/ui/widgets"
)

// offeredZones is how many time zones are offered while one is typed.
const offeredZones = 3

// ZoneField is a field for the practice's time zone: its city is typed, and chosen from the
// few of that name.
type ZoneField struct{ *widgets.ChoiceEntry }

// NewZoneField returns an empty field.
func NewZoneField(changed func()) ZoneField {
	var f ZoneField
	f.ChoiceEntry = widgets.NewChoiceEntry(func(text string) {
		f.offer(text)
		changed()
	})
	return f
}

// Name is the zone's name in the IANA database, or what was typed where that is none.
func (f ZoneField) Name() string {
	name, err := zone.Parse(f.Text())
	if err != nil {
		return f.Text()
	}
	return name
}

// CheckZone says what is wrong with the name of a zone; nil: nothing.
func CheckZone(name string) *auth.FieldError {
	if name == "" {
		return &auth.FieldError{Field: auth.FieldZone, Problem: auth.ProblemEmpty}
	}
	if _, err := zone.Load(name); err != nil {
		return &auth.FieldError{Field: auth.FieldZone, Problem: auth.ProblemUnknown}
	}
	return nil
}

// SetName fills the field.
func (f ZoneField) SetName(name string) { f.SetText(zone.Title(name)) }

// offer offers the zones that begin with what was typed, unless that is one of them.
func (f ZoneField) offer(text string) {
	var titles []string
	for _, name := range zone.Matching(text, offeredZones) {
		title := zone.Title(name)
		if title == text {
			return // it was gone to by Down, from the others
		}
		titles = append(titles, title)
	}
	f.SetChoices(titles)
}
