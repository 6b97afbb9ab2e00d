package exchange

import (
	"context"
	"io"
	"iter"
	"regexp"
	"strings"
	"sync"

	"anteroom/data"
)

// orders are those that are tried, the commonest first.
var orders = []data.DateOrder{data.DayFirst, data.MonthFirst, data.YearFirst}

// JudgeOrder says in which order dates are written: the one in which most of
// them are days that somebody can have been born on, so that one day after the
// twelfth decides. sure is false if the dates allow of another order too, in
// which some would be other days: then the fallback counts if it is as good. It
// is false too if they contradict each other.
func JudgeOrder(values iter.Seq[string], fallback data.DateOrder, today data.Date) (order data.DateOrder, sure bool) {
	j := judge{today: today}
	for value := range values {
		j.add(value)
	}
	return j.verdict(fallback)
}

// Judge is JudgeOrder of all the dates in a file.
func Judge(ctx context.Context, r io.ReadSeeker, o Options) (order data.DateOrder, sure bool, err error) {
	in, err := Open(r, o.Format)
	if err != nil {
		return o.Order, false, err
	}
	j := judge{today: o.Today}
	err = each(ctx, in, o.Format.Size, o.Progress, func(row Row) error {
		if row.Bad != nil {
			return nil
		}
		for i, t := range o.Targets {
			if t.IsDate() {
				j.add(row.Cells[i])
			}
		}
		return nil
	})
	if err != nil {
		return o.Order, false, err
	}
	order, sure = j.verdict(o.Order)
	return order, sure, nil
}

// judge counts what dates say of the order they are written in.
type judge struct {
	today  data.Date
	failed [3]int    // by order: values that are none in it
	only   [3][3]int // values that are dates in the first order and none in the second
	other  [3][3]int // values that are other days in the two
}

func (j *judge) add(value string) {
	value = dateText(value)
	if value == "" || len(value) > 40 || isISO(value) {
		return
	}
	var days [3]data.Date
	for _, o := range orders {
		if day, err := data.ParseDate(value, o, j.today); err == nil && !j.today.Before(day) {
			days[o] = day
		} else {
			j.failed[o]++
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
}

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
	return regexp.MustCompile(`(?i)[ T](0?0:00(:00(\.0+)?)?|12:00(:00)? ?AM)$`)
})

// dateText is a date without the spaces and midnight.
func dateText(value string) string {
	value = strings.TrimSpace(value)
	if !strings.Contains(value, ":") {
		return value
	}
	return midnight().ReplaceAllString(value, "")
}
