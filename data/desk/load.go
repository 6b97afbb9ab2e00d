package desk

import (
	"context"
	"maps"
	"runtime"
	"sync"

	"anteroom/auth"
	"anteroom/data"
)

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
	err = m.fill(ctx, era, func(fn func(*auth.Page) error) error { return r.Pages(auth.TablePatient, fn) }, func(n int) { m.loaded.done += n })
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

// fill takes many patients into the memory. One goroutine reads and opens them,
// the others, one for each core, decode them and make the index.
func (m *Memory) fill(ctx context.Context, era int, each func(func(*auth.Page) error) error, done func(n int)) error {
	read := make(chan *auth.Page, 2)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			var p pageReader
			for page := range read {
				p.read(page)
				m.putPage(&p, era, done)
				page.Free()
			}
		})
	}
	err := each(func(page *auth.Page) error {
		read <- page
		return ctx.Err()
	})
	close(read)
	workers.Wait()
	return err
}

// pageReader is what is made of a page, in memory that is used again.
type pageReader struct {
	brief   brief
	all     []data.Summary
	rows    data.Prepared
	merged  map[string]string
	counted []brief
	size    int
}

func (p *pageReader) read(page *auth.Page) {
	p.all, p.counted, p.merged, p.size = p.all[:0], p.counted[:0], map[string]string{}, len(page.Records)
	for _, record := range page.Records {
		b := &p.brief
		*b = brief{Phones: b.Phones[:0]}
		switch {
		case decode(record, b) != nil:
			p.all = append(p.all, data.Summary{ID: record.ID, Damaged: true})
		case b.Merge != nil:
			p.merged[record.ID] = b.Merge.Into
		default:
			p.all = append(p.all, b.summary(record.ID))
			if b.Sex != "" || b.Gender != "" {
				p.counted = append(p.counted, brief{Sex: b.Sex, Gender: b.Gender})
			}
		}
	}
	p.rows.Set(p.all)
}

func (m *Memory) putPage(p *pageReader, era int, done func(n int)) {
	// Where the memory was dropped meanwhile the Sync is told at its end.
	_ = m.since(era, func() {
		m.index.PutPrepared(&p.rows)
		maps.Copy(m.merged, p.merged)
		for _, b := range p.counted {
			m.count(b, false)
		}
		m.counts.Patients++
		if done != nil {
			done(p.size)
		}
	})
}
