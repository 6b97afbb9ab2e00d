package exchange

import (
	"context"
	"io"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"anteroom/data"
)

// orders are those that are tried, the commonest first.
var orders = []data.DateOrder{data.DayFirst, data.MonthFirst, data.YearFirst}

// Findings are what all rows of a file say of how it is to be taken, and what people have
// to say.
type Findings struct {
	Order   data.DateOrder
	Sure    bool
	Births  [3]Birth // by order: one in doubt, or none
	Values  []Value
	TooMany string // of the values that are no status, the commonest, where they are too many to be asked about
}

// Birth is a date of birth with a year of two digits, which may be of two centuries.
type Birth struct {
	Text string
	Year int // the later one
}

// Judge goes over all rows.
func Judge(ctx context.Context, r io.ReadSeeker, o Options) (Findings, error) {
	found := Findings{Order: o.Order}
	in, err := Open(r, o.Format)
	if err != nil {
		return found, err
	}
	j, v := judge{today: o.Today}, values{}
	err = each(ctx, in, o.Format.Size, o.Progress, func(row Row) error {
		for i, t := range o.Targets {
			if !t.Asks() || row.Bad != nil {
				continue
			}
			text := row.text(i, t)
			if text == "" {
				continue
			}
			if t.Field == data.FieldBorn {
				found.addBirth(text, o.Today)
			}
			if t.IsDate() && !j.add(text) || isUnclear(t, text, row.asIs) {
				v.count(Value{Target: t, Text: text})
			}
		}
		return nil
	})
	if err != nil {
		return found, err
	}
	found.Order, found.Sure = j.verdict(o.Order)
	found.Values, found.TooMany = v.verdict()
	return found, nil
}

func (f *Findings) addBirth(text string, today data.Date) {
	if text = dateText(text); !hasShortYear(text) {
		return
	}
	for _, o := range orders {
		if f.Births[o].Text != "" {
			continue
		}
		if earlier, ok := earlierBirth(text, o, today); ok {
			f.Births[o] = Birth{text, earlier.Year + 100}
		}
	}
}

// hasShortYear says that no number of a date is a year of four digits: quickly, for most have one.
func hasShortYear(date string) bool {
	digits := 0
	for i, r := range date + " " {
		switch {
		case unicode.IsDigit(r):
			digits++
		case digits > 2 && digits != 6, i > 40:
			return false
		default:
			digits = 0
		}
	}
	return date != ""
}

// earlierBirth is a date of birth in the earlier of the two centuries that its year of two
// digits can be of. ok is false if it can be of one only: nobody is born in the future, or
// older than anybody ever was.
func earlierBirth(text string, order data.DateOrder, today data.Date) (earlier data.Date, ok bool) {
	const oldest = 122
	later, err1 := data.ParseDate(text, order, today)
	earlier, err2 := data.ParseDate(text, order, data.Date{Year: today.Year - 100, Month: today.Month, Day: today.Day})
	ok = err1 == nil && err2 == nil && later != earlier && !earlier.Before(data.Date{Year: today.Year - oldest, Month: today.Month, Day: today.Day})
	return earlier, ok
}

// judge counts what dates say of the order they are written in.
type judge struct {
	today  data.Date
	failed [3]int    // by order: values that are none in it
	only   [3][3]int // values that are dates in the first order and none in the second
	other  [3][3]int // values that are other days in the two
}

// day is a date in an order; the zero Date if nobody can have been born then.
func (j *judge) day(value string, o data.DateOrder) data.Date {
	day, err := data.ParseDate(value, o, j.today)
	if err != nil || j.today.Before(day) || day.Year < j.today.Year-data.Oldest {
		return data.Date{}
	}
	return day
}

// add counts a date. ok is false if it is no day in any order.
func (j *judge) add(value string) (ok bool) {
	value = dateText(value)
	switch {
	case value == "":
		return true
	case len(value) > 40:
		return false
	case isISO(value):
		return !j.day(value, data.DayFirst).IsZero()
	}
	var days [3]data.Date
	for _, o := range orders {
		if days[o] = j.day(value, o); days[o].IsZero() {
			j.failed[o]++
		} else {
			ok = true
		}
	}
	for _, a := range orders {
		for _, b := range orders {
			switch {
			case days[a] == days[b]:
			case days[b].IsZero():
				j.only[a][b]++
			case !days[a].IsZero():
				j.other[a][b]++
			}
		}
	}
	return ok
}

// verdict is the order in which most dates are days that somebody can have been born on, so that
// one day after the twelfth decides. sure is false if the dates allow of another order too, in
// which some would be other days: then the fallback counts if it is as good. It is false too if
// they contradict each other.
func (j *judge) verdict(fallback data.DateOrder) (order data.DateOrder, sure bool) {
	order = fallback
	for _, o := range orders {
		if j.failed[o] < j.failed[order] {
			order = o
		}
	}
	for _, o := range orders {
		pro, contra := j.only[order][o], j.only[o][order]
		alike := pro == 0 && contra == 0 && j.other[order][o] == 0
		decided := pro > 0 && contra*20 <= pro
		if !alike && !decided {
			return order, false
		}
	}
	return order, true
}

// isISO says that a date begins with its year: it is the same in any order.
func isISO(date string) bool { return len(date) == 10 && date[4] == '-' && date[7] == '-' }

// midnight is the time that databases write behind a date. Another time stays,
// and is refused: it may be that of another zone, where the day is another.
var midnight = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)[ T](0?0:00(:00(\.0+)?)?(Z|\+00:?00)?|12:00(:00)?[ \x{a0}\x{202f}]?a\.?[ \x{a0}]?m\.?)$`)
})

// dateText is a date without the spaces and midnight.
func dateText(value string) string {
	value = strings.TrimSpace(value)
	if !strings.Contains(value, ":") {
		return value
	}
	return midnight().ReplaceAllString(value, "")
}
