package data

import (
	"iter"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// What people write in dates: in English, German, French, Spanish, Portuguese, Italian and Dutch.
var (
	months = [12]string{
		`january januar jänner janvier enero janeiro gennaio januari`,
		`february februar feber février febrero fevereiro febbraio februari`,
		`march märz maerz mrz mars marzo março maart mrt`,
		`april avril abril aprile`,
		`may mai mayo maio maggio mei`,
		`june juni juin junio junho giugno`,
		`july juli juillet julio julho luglio`,
		`august août agosto augustus`,
		`september septembre septiembre setembro settembre`,
		`october oktober octobre octubre outubro ottobre`,
		`november novembre noviembre novembro`,
		`december dezember décembre diciembre dezembro dicembre`,
	}
	weekdays = `monday tuesday wednesday thursday friday saturday sunday
		montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
		lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo
		segunda terça quarta quinta sexta feira lunedì martedì mercoledì giovedì venerdì
		maandag dinsdag woensdag donderdag vrijdag zaterdag zondag`
	// Words of one or two letters, too.
	between = `of de del di den der am le du el il em`
)

// shortestName is how many letters of a name are enough, where no other one begins so.
const shortestName = 3

// monthNames are all beginnings of the names of months, folded; of those that several
// months have, 0.
var monthNames = sync.OnceValue(func() map[string]time.Month {
	all := make(map[string]time.Month)
	for i, names := range months {
		month := time.Month(i + 1)
		for name := range strings.FieldsSeq(names) {
			for start := range beginnings(Fold(name)) {
				if other, taken := all[start]; taken && other != month {
					all[start] = 0
				} else {
					all[start] = month
				}
			}
		}
	}
	return all
})

// monthNamed is the month of a name of three letters or more; 0: none, or several.
func monthNamed(word string) time.Month { return monthNames()[Fold(word)] }

// asides are the words of a date that say nothing, folded.
var asides = sync.OnceValue(func() map[string]bool {
	all := make(map[string]bool)
	for word := range strings.FieldsSeq(between) {
		all[word] = true
	}
	for name := range strings.FieldsSeq(weekdays) {
		for start := range beginnings(Fold(name)) {
			if monthNames()[start] == 0 { // "mar" is March, and the beginning of mardi
				all[start] = true
			}
		}
	}
	return all
})

func isAside(word string) bool { return asides()[Fold(word)] }

// beginnings are those of a name that have enough letters, and the name.
func beginnings(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for n := shortestName; n <= utf8.RuneCountInString(name); n++ {
			if !yield(string([]rune(name)[:n])) {
				return
			}
		}
	}
}
