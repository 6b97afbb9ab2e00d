package demo

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"time"

	"anteroom/data"
)

// Invented stands in the notes of everybody here.
const Invented = "Invented for the demo."

// youngest is how many days before the day of the demo the last were born: before
// its first appointment.
const youngest = 60

// Patients are n invented patients, for benchmarks: the same for a seed, and the
// first ones whatever n is. They are all born by 2026.
func Patients(n int, seed uint64) iter.Seq[data.Patient] {
	return patients(n, seed, data.Date{Year: 2026, Month: time.January, Day: 1})
}

func patients(n int, seed uint64, today data.Date) iter.Seq[data.Patient] {
	return func(yield func(data.Patient) bool) {
		for i := range n {
			if !yield(patient(i, source(seed, forPatients, uint64(i)), today)) {
				return
			}
		}
	}
}

var (
	sexes   = []string{"female", "female", "female", "male", "male", "male", "intersex", ""}
	genders = []string{"", "", "", "", "woman", "man", "non-binary"}
	alerts  = []string{"Hard of hearing: face them and speak slowly", "Uses a wheelchair", "Afraid of needles", "Needs an interpreter",
		"Brings a guide dog", "Two people of this name: ask for the date of birth", "Faints easily"}
	more = []string{"Comes by bus; mornings are hard.", "Prefers a call to a letter.", "Likes to be called by the first name.",
		"Asked for large print.\nTold about the ramp at the back door.", "Comes with a daughter, who may hear everything."}
	streets = []string{"Example Street", "Sample Road", "Placeholder Lane", "Nowhere Close", "Invented Avenue", "Fiction Square", "Pretend Hill", "Demo Row"}
	towns   = []string{"Sampleton", "Exampleford", "Nowhereham", "Inventbury", "Testwick"}
)

func patient(i int, r *rand.Rand, today data.Date) data.Patient {
	p := data.Patient{
		ID:           newID(r),
		Name:         name(r),
		Born:         today.AddDays(-youngest - age(r)),
		Sex:          pick(r, sexes),
		Gender:       pick(r, genders),
		Phones:       []string{phone(r)},
		Address:      fmt.Sprintf("%d %s\n%s\nZZ%d %dZZ", 1+r.IntN(200), pick(r, streets), pick(r, towns), 1+r.IntN(99), 1+r.IntN(9)),
		RecordNumber: fmt.Sprintf("D-%06d", i+1),
		HealthNumber: fmt.Sprintf("999 %03d %04d", r.IntN(1000), r.IntN(10_000)), // numbers with 999 are for tests
		Notes:        Invented,
	}
	if r.IntN(3) == 0 {
		p.Phones = append(p.Phones, phone(r))
	}
	if r.IntN(10) < 7 {
		p.Email = fmt.Sprintf("invented.%d@example.org", i+1)
	}
	if r.IntN(14) == 0 {
		p.AlsoKnownAs = name(r)
	}
	if r.IntN(4) == 0 {
		p.Emergency = name(r) + ", " + phone(r)
	}
	if r.IntN(16) == 0 {
		p.Alert = pick(r, alerts)
	}
	if r.IntN(5) == 0 {
		p.Notes += "\n" + pick(r, more)
	}
	switch r.IntN(100) {
	case 0, 1, 2:
		p.State, p.Since = data.Left, today.AddDays(-r.IntN(youngest))
	case 3:
		p.State = data.Deceased
		if r.IntN(2) == 0 {
			p.Since = today.AddDays(-r.IntN(youngest))
		}
	case 4:
		p.Born = data.Date{} // not known
	}
	return p
}

// age is somebody's age in days: up to 102 years, few of them old.
func age(r *rand.Rand) int {
	const most = 102 * 365
	return min(r.IntN(most), r.IntN(most)+20*365)
}

// phones are ranges that Ofcom keeps free for film and fiction, with how many of
// the last digits (https://www.ofcom.org.uk: "Telephone numbers for use in TV and
// radio drama programmes").
var phones = []string{
	"020 7946 0%03d", "020 7946 0%03d", "020 7946 0%03d", "07700 900%03d", "07700 900%03d", "0113 496 0%03d", "0114 496 0%03d", "0115 496 0%03d",
	"0116 496 0%03d", "0117 496 0%03d", "0118 496 0%03d", "0121 496 0%03d", "0131 496 0%03d", "0141 496 0%03d", "0151 496 0%03d", "0161 496 0%03d",
	"0191 498 0%03d", "028 9649 6%03d", "029 2018 0%03d", "01632 960%03d", "03069 990%03d", "0808 157 0%03d", "+44 7700 900%03d",
}

func phone(r *rand.Rand) string { return fmt.Sprintf(pick(r, phones), r.IntN(1000)) }
