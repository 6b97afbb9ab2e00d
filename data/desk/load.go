package desk

import (
	"context"
	"maps"

	"anteroom/auth"
	"anteroom/data"
)

// loadStep is how many patients are put into the index at a time.
const loadStep = 1000

// load reads every patient. The memory can be searched meanwhile: in what is
// there already.
func (m *Memory) load(ctx context.Context, r *auth.RecordReader, era int) error {
	_, last, _, err := r.Changes(0)
	if err != nil {
		return err
	}
	total, err := r.Count(auth.TablePatient)
	if err != nil {
		return err
	}
	err = m.since(era, func() {
		m.empty()
		m.loaded.total = total
	})
	if err != nil {
		return err
	}
	err = m.fill(ctx, era, func(fn func(auth.Record) error) error { return r.Each(auth.TablePatient, fn) }, func(n int) { m.loaded.done += n })
	if err != nil {
		return err
	}
	return m.since(era, func() {
		m.loaded.ready = true
		m.seen = last
		m.counts.Patients++
		m.counts.Appointments++
		m.counts.Details++
	})
}

// fill takes many patients into the memory. One core reads and opens them, the
// other decodes them and makes the index.
func (m *Memory) fill(ctx context.Context, era int, each func(func(auth.Record) error) error, done func(n int)) error {
	pages := make(chan []auth.Record, 4)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for page := range pages {
			m.putPage(page, era, done)
		}
	}()
	page := make([]auth.Record, 0, loadStep)
	err := each(func(record auth.Record) error {
		if page = append(page, record); len(page) == loadStep {
			pages <- page
			page = make([]auth.Record, 0, loadStep)
		}
		return ctx.Err()
	})
	if err == nil {
		pages <- page
	}
	close(pages)
	<-ended
	return err
}

func (m *Memory) putPage(page []auth.Record, era int, done func(n int)) {
	all := make([]data.Summary, 0, len(page))
	merged := map[string]string{}
	var counted []brief
	for _, record := range page {
		var b brief
		switch {
		case decode(record, &b) != nil:
			all = append(all, data.Summary{ID: record.ID, Damaged: true})
		case b.Merge != nil:
			merged[record.ID] = b.Merge.Into
		default:
			all = append(all, b.summary(record.ID))
			if b.Sex != "" || b.Gender != "" {
				counted = append(counted, b)
			}
		}
	}
	// Where the memory was dropped meanwhile the Sync is told at its end.
	_ = m.since(era, func() {
		m.index.PutAll(all)
		maps.Copy(m.merged, merged)
		for _, b := range counted {
			m.count(b, false)
		}
		m.counts.Patients++
		if done != nil {
			done(len(page))
		}
	})
}
