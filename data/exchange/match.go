package exchange

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"anteroom/data"
)

// Part is what of a field a column has.
type Part int

// The parts. Columns of one field are put together by their part, those of the
// same part as they stand in the file.
const (
	Ignored Part = iota // the column is left out
	Whole

	Given  // of a name, as the next two
	Middle // what stands between: other given names, "van der"
	Family

	Street // of an address, as the next three: the street and the number, on one line
	Line   // a line of its own
	Town   // town, postcode and region, on one line
	Country

	Death // of a state: the day of it, of who has one

	Titled  // of the notes: a line that begins with the column's title
	Further // of the phones: in a field that is empty, else in the notes so
)

// Target is what a column becomes. The zero Target leaves it out.
type Target struct {
	Field data.Field
	Part  Part
}

// IsDate says that a column has days.
func (t Target) IsDate() bool {
	return t.Part != Ignored && (t.Field == data.FieldBorn || t.Field == data.FieldSince || t.Part == Death)
}

// Targets are all that a column can become, in the order of the form.
func Targets() []Target {
	all := []Target{{}}
	for _, f := range data.Fields() {
		all = append(all, Target{f, Whole})
		switch f {
		case data.FieldName:
			all = append(all, Target{f, Given}, Target{f, Middle}, Target{f, Family})
		case data.FieldAddress:
			all = append(all, Target{f, Street}, Target{f, Line}, Target{f, Town}, Target{f, Country})
		case data.FieldState:
			all = append(all, Target{f, Death})
		case data.FieldOtherPhone:
			all = append(all, Target{f, Further})
		case data.FieldNotes:
			all = append(all, Target{f, Titled})
		}
	}
	return all
}

// several are the fields that can be made of several columns.
var several = map[data.Field]bool{
	data.FieldName: true, data.FieldAddress: true, data.FieldEmergency: true, data.FieldAlert: true, data.FieldNotes: true,
}

// Match says what each column of a file is: as Export writes them, as they were
// remembered, or by the titles that are common.
func Match(titles []string, remembered []data.ColumnMatch) []Target {
	m := matching{titles: titles, targets: make([]Target, len(titles))}
	if isOwn(titles) {
		m.own()
		return m.targets
	}
	known := make(map[string]Target, len(remembered))
	for _, r := range remembered {
		known[r.Column] = recalled(r)
	}
	done := make([]bool, len(titles))
	for i, title := range titles {
		target, ok := known[fold(title)]
		if done[i] = ok; ok {
			m.assign(i, target)
		}
	}
	var phones []int
	for i, title := range titles {
		switch t := titled(title); {
		case done[i]:
		case isPhone(t):
			phones = append(phones, i)
		default:
			m.assign(i, t)
		}
	}
	m.phones(phones)
	for i, title := range titles {
		if !done[i] && slices.Contains(weak, withoutOwner(titleKey(title))) && !m.taken(data.FieldRecordNumber) {
			m.assign(i, Target{data.FieldRecordNumber, Whole})
		}
	}
	m.names()
	m.addresses(done)
	return m.targets
}

// matching is the work on one header.
type matching struct {
	titles  []string
	targets []Target
}

func (m *matching) own() {
	for f, title := range ownTitles {
		m.targets[slices.Index(m.titles, title)] = Target{data.Field(f), Whole}
	}
}

// taken says that a column already has the whole of a field.
func (m *matching) taken(f data.Field) bool {
	return slices.Contains(m.targets, Target{f, Whole})
}

// assign gives a column its target, unless another has it and there can be only one.
func (m *matching) assign(column int, t Target) {
	if isPhone(t) && m.taken(t.Field) {
		t.Field = data.FieldPhone + data.FieldOtherPhone - t.Field
	}
	once := t.Part == Whole && (!several[t.Field] || t.Field == data.FieldName)
	switch {
	case !once || !m.taken(t.Field):
		m.targets[column] = t
	case isPhone(t):
		m.targets[column] = Target{data.FieldOtherPhone, Further}
	case slices.Contains(further, t.Field):
		m.targets[column] = Target{data.FieldNotes, Titled}
	}
}

// further are the fields of which people have more than one: the others go into the notes.
var further = []data.Field{data.FieldAlsoKnownAs, data.FieldEmail, data.FieldRecordNumber, data.FieldHealthNumber}

func isPhone(t Target) bool {
	return t.Part == Whole && (t.Field == data.FieldPhone || t.Field == data.FieldOtherPhone)
}

// phones gives the fields for phones to mobile ones first, to those at work last.
func (m *matching) phones(columns []int) {
	rank := func(column int) int {
		key := titleKey(m.titles[column])
		switch {
		case slices.ContainsFunc(mobiles, func(word string) bool { return strings.Contains(key, word) }):
			return 0
		case titled(m.titles[column]).Field == data.FieldPhone:
			return 1
		}
		return 2
	}
	free := 0
	for _, f := range []data.Field{data.FieldPhone, data.FieldOtherPhone} {
		if !m.taken(f) {
			free++
		}
	}
	slices.SortStableFunc(columns, func(a, b int) int { return rank(a) - rank(b) })
	slices.SortFunc(columns[:min(free, len(columns))], func(a, b int) int { // those as they stand in the file
		return cmp.Or(int(titled(m.titles[a]).Field-titled(m.titles[b]).Field), a-b)
	})
	for _, column := range columns {
		m.assign(column, titled(m.titles[column]))
	}
}

// names settles what "Name" is beside other columns of names: the family name
// beside "Vorname", the given name beside "Surname", and nothing beside both.
func (m *matching) names() {
	column := slices.Index(m.targets, Target{data.FieldName, Whole})
	given := slices.Contains(m.targets, Target{data.FieldName, Given})
	family := slices.Contains(m.targets, Target{data.FieldName, Family})
	if column < 0 || !given && !family {
		return
	}
	switch key := titleKey(m.titles[column]); {
	case fullNames()[key]:
		for i, t := range m.targets {
			if t.Field == data.FieldName && t.Part != Whole {
				m.targets[i] = Target{}
			}
		}
	case given && family:
		m.targets[column] = Target{}
	case given:
		m.targets[column].Part = Family
	default:
		m.targets[column].Part = Given
	}
}

// addresses puts another address beside one into the notes, and leaves out the full one beside its
// parts, but for those that were remembered.
func (m *matching) addresses(done []bool) {
	isAlone := func(i int) bool { return slices.Contains(addressesAlone, titleKey(m.titles[i])) }
	isSecondLine := func(i int) bool { return strings.ContainsAny(titleKey(m.titles[i]), "2345") } // which is no address
	parts := false
	for i, t := range m.targets {
		parts = parts || t.Field == data.FieldAddress && t.Part != Ignored && t.Part <= Line && !isAlone(i) && !isSecondLine(i)
	}
	other := parts
	for i, t := range m.targets {
		switch {
		case done[i] || t.Field != data.FieldAddress || !isAlone(i):
		case !other:
			other = true // the first one is the address
		case parts && slices.Contains(addressesWhole, titleKey(m.titles[i])):
			m.targets[i] = Target{}
		default:
			m.targets[i] = Target{data.FieldNotes, Titled}
		}
	}
}

// Remember adds what the columns of a file were to what is remembered. What was
// not used for long is forgotten.
func Remember(remembered []data.ColumnMatch, titles []string, targets []Target) []data.ColumnMatch {
	const most = 200
	var fresh []data.ColumnMatch
	for i, title := range titles {
		key := fold(title)
		if key == "" || len(key) > 200 || slices.ContainsFunc(fresh, func(r data.ColumnMatch) bool { return r.Column == key }) {
			continue
		}
		fresh = append(fresh, data.ColumnMatch{Column: key, Field: targets[i].Field, Part: kept(targets[i].Part)})
	}
	old := slices.DeleteFunc(slices.Clone(remembered), func(r data.ColumnMatch) bool {
		return slices.ContainsFunc(fresh, func(f data.ColumnMatch) bool { return f.Column == r.Column })
	})
	all := append(old, fresh...)
	return all[max(0, len(all)-most):]
}

// In the records 0 is the whole of a field, which most columns are.
func kept(p Part) int { return int(p) - int(Whole) }

func recalled(r data.ColumnMatch) Target {
	part := Part(r.Part + int(Whole))
	if int(r.Field) < 0 || int(r.Field) >= data.FieldCount || part <= Ignored || part > Further {
		return Target{}
	}
	return Target{r.Field, part}
}

// aside is what titles say beside the title.
var aside = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]`) })

// titleKey is a title as titlesOf has it.
func titleKey(title string) string {
	if key := fold(aside().ReplaceAllString(title, "")); key != "" {
		return key
	}
	return fold(title)
}

// titled is what a common title says; the zero Target if it is none.
func titled(title string) Target {
	key := titleKey(title)
	if t, ok := titlesOf()[key]; ok {
		return t
	}
	return titlesOf()[withoutOwner(key)]
}

// withoutOwner is the key of "Client ID" without the client.
func withoutOwner(key string) string {
	for _, owner := range owners {
		if rest, ok := strings.CutPrefix(key, owner); ok {
			return rest
		}
	}
	return key
}
