package today

import (
	"context"
	"time"

	"fyne.io/fyne/v2/lang"

	"anteroom/data"
)

// nextFree fills in the practitioner's next free time: from what is typed on,
// and after it if it was found before.
func (b *booking) nextFree() {
	p, ok := b.day.details.Practitioner(b.form.Practitioner)
	length, err := parseLength(b.form.Length)
	if !ok || err != nil {
		b.errs[fieldLength] = err
		b.show()
		return
	}
	from := roundUp(b.now(), quarter)
	if day, err := parseDay(b.form.Date, b.order, b.today()); err == nil {
		minute, err := data.ParseTime(b.form.Start)
		if err == nil {
			minute += lengthStep // what is there is not the next one
		}
		if at := day.At(minute, b.desk.Zone()); at.After(from) {
			from = at
		}
	}
	b.day.searchFree(p, b.visit.ID, from, time.Duration(length)*time.Minute, b.sayBusy, func(start time.Time, ok bool, err error) {
		switch {
		case b.saving, b.IsOver(err): // what is being saved stays as it is
			return
		case err != nil:
			b.err = problem(err)
		case !ok:
			b.warning = lang.L("{{.Name}} has nothing free in the next eight weeks.", map[string]any{"Name": p.Name})
		default:
			b.fill(start)
		}
		b.show()
	})
}

func (b *booking) fill(start time.Time) {
	b.form.Date, b.form.Start = data.DateOf(start).String(), data.EntryTime(start.Hour()*60+start.Minute())
	b.errs[fieldDate], b.errs[fieldStart], b.warning, b.err = nil, nil, "", ""
	b.keep()
}

func (b *booking) sayBusy(on bool) {
	b.busy = ""
	if on {
		b.busy = lang.L("One moment…")
	}
	b.show()
}

// firstFree gives a walk-in to who is free first, or to a practitioner.
func (b *booking) firstFree(practitioner string) {
	candidates := b.day.details.Present()
	if p, ok := b.day.details.Practitioner(practitioner); ok {
		candidates = []data.Practitioner{p}
	}
	if len(candidates) == 0 {
		return
	}
	now, details := b.now().Truncate(time.Minute), b.day.details
	length := time.Duration(b.lengthOf(b.form.Type)) * time.Minute
	var ids []string
	for _, p := range candidates {
		ids = append(ids, p.ID)
	}
	var free []data.Slot
	b.Go(func(ctx context.Context) error {
		visits, err := b.desk.Day(ctx, data.DateOf(now))
		free = data.NextFree(details, visits, ids, now, length, 1, 1)
		return err
	}, func(err error) {
		if b.closed || b.typed || b.saving || err != nil && b.IsOver(err) {
			return
		}
		switch {
		case err != nil:
			b.err = problem(err)
		case len(free) > 0:
			b.form.Practitioner = free[0].Practitioner
			b.opened.Practitioner = b.form.Practitioner
			b.fill(free[0].Start)
		default:
			b.form.Practitioner = candidates[0].ID
			b.fill(now)
			b.warning = lang.L("Nobody has a free time today any more.")
			if practitioner != "" {
				b.warning = lang.L("{{.Name}} has no free time today any more.", map[string]any{"Name": candidates[0].Name})
			}
		}
		b.show()
	})
}
