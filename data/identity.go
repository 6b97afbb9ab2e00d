package data

import (
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
)

// Identity is what one patient is told from another by, in little memory.
type Identity struct {
	name, record, health uint64            // hashes; 0: not known
	born                 uint32            // Date.number; 0: not known
	phones               [maxPhones]uint32 // the last digits; 0: there is none
	sex                  uint8             // 1 male, 2 female; 0: not known, or another
}

var identitySeed = maphash.MakeSeed()

// Identity is that of the patient.
func (p Patient) Identity() Identity {
	i := Identity{name: identityHash(turned(p.Name)), record: numberHash(p.RecordNumber), health: identityHash(compact(p.HealthNumber))}
	if p.Born != noBirth {
		i.born = uint32(p.Born.number())
	}
	for n, phone := range p.Phones[:min(len(p.Phones), maxPhones)] {
		i.phones[n] = phoneEnd(phone)
	}
	switch strings.ToLower(p.Sex) {
	case "male":
		i.sex = 1
	case "female":
		i.sex = 2
	}
	return i
}

// noBirth is what many programs write where the date of birth is not known.
var noBirth = Date{1900, 1, 1}

// turned is "Dora Specimen" for "Specimen, Dora".
func turned(name string) string {
	family, given, ok := strings.Cut(name, ",")
	if !ok || strings.Contains(given, ",") {
		return name
	}
	return given + " " + family
}

// phoneEnd is the last digits of a phone number, which are the same with the country or without.
func phoneEnd(phone string) uint32 {
	digits := phoneDigits(phone)
	n, _ := strconv.Atoi(digits[max(0, len(digits)-phoneTail):]) // digits, few, or none: 0
	return uint32(n)
}

// Identity is that of the patient.
func (s Summary) Identity() Identity {
	return Patient{
		Name: s.Name, RecordNumber: s.RecordNumber, HealthNumber: s.HealthNumber, Born: s.Born, Sex: s.Sex, Phones: []string{s.Phone, s.OtherPhone},
	}.Identity()
}

// numberHash is identityHash of a number, in which apostrophes part what stands beside them.
func numberHash(text string) uint64 {
	return identityHash(strings.Map(func(r rune) rune {
		if strings.ContainsRune(apostrophes, r) {
			return ' '
		}
		return r
	}, text))
}

func identityHash(text string) uint64 {
	if text == "" {
		return 0
	}
	folded := Fold(text)
	if folded == "" { // nothing but signs
		folded = strings.TrimSpace(text)
	}
	return maphash.String(identitySeed, folded)
}

// Sameness says whether two may be one person; what says more comes later.
type Sameness int

const (
	Unrelated     Sameness = iota // neither the record number is the same, nor the name with the date of birth or with another number
	Compatible                    // one of them is, and nothing that is known of both is different
	Contradicting                 // one of them is, and something else is different
	Identical                     // number, name and date of birth are the same
)

// Compare says whether two may be one person. Another health number or sex says nothing where
// the record number is the same: people get new ones. Other phones say something only where no
// number is the same. A phone makes one of two of whom nothing more than the name is known.
func (a Identity) Compare(b Identity) Sameness {
	sameRecord, sameName := a.record != 0 && a.record == b.record, a.name == b.name
	sameBirth, sameHealth := sameName && a.born != 0 && a.born == b.born, sameName && a.health != 0 && a.health == b.health
	samePhone := sameName && !a.isKnown() && !b.isKnown() && a.sharesPhone(b)
	switch {
	case !sameRecord && !sameBirth && !sameHealth && !samePhone:
		return Unrelated
	case !sameName, differ(a.born, b.born), differ(a.record, b.record), !sameRecord && (differ(a.health, b.health) || differ(a.sex, b.sex)),
		!sameRecord && !sameHealth && a.otherPhones(b):
		return Contradicting
	case a.born == b.born && (sameRecord || sameHealth):
		return Identical
	}
	return Compatible
}

// isKnown says that more than a name and phones tell who it is.
func (a Identity) isKnown() bool { return a.born != 0 || a.record != 0 || a.health != 0 }

func (a Identity) sharesPhone(b Identity) bool {
	return slices.ContainsFunc(a.phones[:], func(phone uint32) bool { return phone != 0 && slices.Contains(b.phones[:], phone) })
}

// otherPhones says that both have phones, and none is the same.
func (a Identity) otherPhones(b Identity) bool {
	none := [maxPhones]uint32{}
	return a.phones != none && b.phones != none && !a.sharesPhone(b)
}

// Differs are the fields that are different, where both are known.
func (a Identity) Differs(b Identity) (fields []Field) {
	for _, f := range [...]struct {
		field  Field
		differ bool
	}{
		{FieldName, a.name != b.name},
		{FieldBorn, differ(a.born, b.born)},
		{FieldSex, differ(a.sex, b.sex)},
		{FieldPhone, a.otherPhones(b)},
		{FieldRecordNumber, differ(a.record, b.record)},
		{FieldHealthNumber, differ(a.health, b.health)},
	} {
		if f.differ {
			fields = append(fields, f.field)
		}
	}
	return fields
}

func differ[T uint8 | uint32 | uint64](a, b T) bool { return a != 0 && b != 0 && a != b }

// keys are the record number, and the name with the date of birth and with the health number;
// of who has none of these, with each phone. 0: it has none.
func (a Identity) keys() (keys [identityKeys]uint64) {
	named := func(number uint64) uint64 {
		if number == 0 {
			return 0
		}
		return a.name + number*0x9E3779B97F4A7C15 // any large odd number
	}
	if a.isKnown() {
		return [...]uint64{a.record, named(uint64(a.born)), named(a.health)}
	}
	for n, phone := range a.phones {
		keys[n] = named(uint64(phone))
	}
	return keys
}

const identityKeys = 3

// Identities finds, among many, the one that may be the same person as another. The zero
// value has none.
type Identities struct {
	all   [][]identified // in pieces, which are not copied as they become more
	count int32
	first map[uint64]int32 // with a key, counted from 1
}

const identitiesPiece = 1024

// at is one of them, counted from 1.
func (x *Identities) at(n int32) *identified {
	return &x.all[(n-1)/identitiesPiece][(n-1)%identitiesPiece]
}

type identified struct {
	Identity
	who  int32
	next [identityKeys]int32 // another one with the same key; 0: none
}

// Add adds one, under a number that Find gives back.
func (x *Identities) Add(i Identity, who int) {
	if x.first == nil {
		x.first = map[uint64]int32{}
	}
	if x.count%identitiesPiece == 0 {
		x.all = append(x.all, make([]identified, identitiesPiece))
	}
	x.count++
	added := x.at(x.count)
	added.Identity, added.who = i, int32(who)
	for k, key := range i.keys() {
		switch first := x.first[key]; {
		case key == 0:
		case first == 0:
			x.first[key] = x.count
		default:
			before := x.at(first)
			added.next[k], before.next[k] = before.next[k], x.count
		}
	}
}

// Find is whom one may be: of several the first of those of whom most can be said.
func (x *Identities) Find(i Identity) (who int, other Identity, same Sameness) {
	// Of many who share a thing, such as a number that stands for none, a few are enough to
	// see that they contradict.
	const most = 16
	for k, key := range i.keys() {
		at := x.first[key]
		for n := 0; key != 0 && at != 0 && n < most; n++ {
			one := x.at(at)
			if s := i.Compare(one.Identity); s > same {
				who, other, same = int(one.who), one.Identity, s
			}
			at = one.next[k]
		}
	}
	return who, other, same
}
