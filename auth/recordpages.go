package auth

import (
	"slices"
	"sync"
)

// pageSize is how many records a Page has, at most.
const pageSize = 250

// Page is some records of a table, by id, in memory that is reused.
type Page struct {
	Records  []Record // their Plain is valid until Free
	plain    []byte
	outgrown [][]byte // what plain was before; the first records lie there
}

var pages = sync.Pool{New: func() any { return &Page{} }}

// Free wipes the page's memory and gives it back for reuse.
func (p *Page) Free() {
	clear(p.plain)
	for _, old := range p.outgrown {
		clear(old)
	}
	p.outgrown = nil
	clear(p.Records)
	p.plain, p.Records = p.plain[:0], p.Records[:0]
	pages.Put(p)
}

// Pages is Each for very many records: it gives fn a page at a time, which any goroutine
// may read, and which has to be freed (Page.Free).
func (r *RecordReader) Pages(table RecordTable, fn func(*Page) error) error {
	if err := r.own(table, ""); err != nil {
		return err
	}
	return r.pages(func(each func(RecordRow) error) error { return r.rd.EachRecord(table, each) }, fn)
}

// PagesOf is Pages of the patients of a committed import; if that is not there they are
// damaged.
func (r *RecordReader) PagesOf(batch string, fn func(*Page) error) error {
	return r.pages(func(each func(RecordRow) error) error {
		return eachRow("", func(after string) ([]RecordRow, error) { return r.rd.BatchRecords(batch, after, recordPage) }, each)
	}, fn)
}

func (r *RecordReader) pages(each func(func(RecordRow) error) error, fn func(*Page) error) error {
	page := pages.Get().(*Page)
	err := each(func(row RecordRow) error {
		how, err := r.importState(row)
		if err != nil || how == staged {
			return err
		}
		page.add(r, row, how)
		if len(page.Records) < pageSize {
			return nil
		}
		full := page
		page = pages.Get().(*Page)
		return fn(full)
	})
	if err != nil {
		page.Free()
		return err
	}
	return fn(page)
}

func (p *Page) add(r *RecordReader, row RecordRow, how importState) {
	from := len(p.plain)
	if cap(p.plain)-from < len(row.Sealed) {
		p.outgrown = append(p.outgrown, p.plain)
		p.plain = slices.Grow(p.plain, len(row.Sealed))
	}
	record := r.openedInto(p.plain, row, how)
	if record.Err == nil {
		p.plain = record.Plain
		record.Plain = p.plain[from:len(p.plain):len(p.plain)]
	}
	p.Records = append(p.Records, record)
}
