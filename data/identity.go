package data

import (
	"hash/maphash"
	"strings"
)

// Identity is what one patient is told from another by, in little memory.
type Identity struct {
	name, record, health uint64 // hashes; 0: not known
	born                 uint32 // Date.number; 0: not known
}

var identitySeed = maphash.MakeSeed()

// Identity is that of the patient.
func (p Patient) Identity() Identity {
	return Identity{identityHash(p.Name), identityHash(p.RecordNumber), identityHash(p.HealthNumber), uint32(p.Born.number())}
}

// Identity is that of the patient.
func (s Summary) Identity() Identity {
	return Patient{Name: s.Name, RecordNumber: s.RecordNumber, HealthNumber: s.HealthNumber, Born: s.Born}.Identity()
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
	Unrelated     Sameness = iota // neither the record number is the same, nor name and date of birth
	Compatible                    // one of them is, and nothing that is known of both is different
	Contradicting                 // one of them is, and something else is different
	Identical                     // number, name and date of birth are the same
)

// Compare says whether two may be one person. Another health number says nothing where
// the record number is the same: people get new ones.
func (a Identity) Compare(b Identity) Sameness {
	sameRecord := a.record != 0 && a.record == b.record
	sameBirth := a.name == b.name && a.born != 0 && a.born == b.born
	switch {
	case !sameRecord && !sameBirth:
		return Unrelated
	case a.name != b.name, differ(a.born, b.born), differ(a.record, b.record), !sameRecord && differ(a.health, b.health):
		return Contradicting
	case a.born == b.born && (sameRecord || a.health != 0 && a.health == b.health):
		return Identical
	}
	return Compatible
}

// Differs are the fields that are different, where both are known.
func (a Identity) Differs(b Identity) (fields []Field) {
	for _, f := range [...]struct {
		field  Field
		differ bool
	}{
		{FieldName, a.name != b.name},
		{FieldBorn, differ(a.born, b.born)},
		{FieldRecordNumber, differ(a.record, b.record)},
		{FieldHealthNumber, differ(a.health, b.health)},
	} {
		if f.differ {
			fields = append(fields, f.field)
		}
	}
	return fields
}

func differ[T uint32 | uint64](a, b T) bool { return a != 0 && b != 0 && a != b }

// keys are the record number, and the name with the date of birth. 0: it has none.
func (a Identity) keys() (keys [2]uint64) {
	keys[0] = a.record
	if a.born != 0 {
		keys[1] = a.name + uint64(a.born)*0x9E3779B97F4A7C15 // any large odd number
	}
	return keys
}

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
	next [2]int32 // another one with the same key; 0: none
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
