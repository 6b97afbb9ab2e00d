package figures

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/screen"
	"anteroom/ui/words"
)

// days is how far back the figures go, today included.
const days = 28

// view is what the page shows.
type view struct {
	Today []figure
	Weeks []data.DayFigures // up to today; none: they were not read yet
	Said  string            // in their place
}

// figure is a number, and what it counts.
type figure struct{ Number, Name string }

// presenter counts who came, and for how long they waited.
type presenter struct {
	screen.Scope
	desk    *desk.Desk
	display *screen.View[view]
	reads   *screen.Task
	again   bool // the records changed while they were being read
	weeks   []data.DayFigures
	today   data.Figures
	wasRead bool
	failed  string
}

// refresh counts anew.
func (p *presenter) refresh() {
	if p.reads.IsBusy() {
		p.again = true
		return
	}
	zone := p.desk.Zone()
	today := data.DateOf(p.Now().In(zone))
	var weeks []data.DayFigures
	var now data.Figures
	p.reads.Start(func(ctx context.Context) error {
		visits, err := p.desk.Between(ctx, today.AddDays(1-days), today)
		weeks = data.FourWeeks(visits, today, zone)
		now = data.FiguresOf(slices.DeleteFunc(visits, func(v data.Visit) bool { return data.DateOf(v.Start.In(zone)) != today }))
		return err
	}, func(err error) {
		switch {
		case p.IsOver(err) || errors.Is(err, auth.ErrLocked):
			return
		case err != nil:
			p.failed = words.Error(err)
		default:
			p.weeks, p.today, p.wasRead, p.failed = weeks, now, true, ""
		}
		p.display.Show(p.view())
		if p.again {
			p.again = false
			p.refresh()
		}
	})
	p.display.Show(p.view())
}

func (p *presenter) view() view {
	if p.failed != "" {
		return view{Said: p.failed}
	}
	if !p.wasRead {
		return view{Said: lang.L("The last four weeks are shown here.")}
	}
	wait := lang.L("nobody")
	if p.today.MeanWait > 0 {
		wait = words.Wait(p.today.MeanWait)
	}
	return view{Weeks: p.weeks, Today: []figure{
		{strconv.Itoa(p.today.Seen), lang.L("seen today")},
		{strconv.Itoa(p.today.Absent), lang.L("did not attend")},
		{wait, lang.L("waited, on average")},
	}}
}

// barText is a day of the chart in words.
func barText(d data.DayFigures) string {
	of := map[string]any{"Day": d.Day.In(time.UTC).Format("Mon 2 Jan"), "Seen": d.Seen, "Absent": d.Absent}
	if d.Absent == 0 {
		return lang.L("{{.Day}}: {{.Seen}} seen.", of)
	}
	return lang.L("{{.Day}}: {{.Seen}} seen, {{.Absent}} did not attend.", of)
}
