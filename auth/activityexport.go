package auth

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// Table takes the rows of an export. It also has to neutralise cells that a
// spreadsheet would read as a formula (OWASP: CSV injection).
type Table interface {
	Row(cells []string) error
	Flush() error
}

// exportColumns are an export's header. They are for programs too, so they are
// in no one's language.
var exportColumns = []string{"number", "time", "event", "by", "whom", "computer", "detail"}

// ExportActivity writes the entries that pass a filter into a table, the oldest first,
// with times in this computer's zone, and says how many it wrote. The export is logged
// before the first entry is written, with the number of all entries: an export that is
// killed half-way does not go unnoticed. After an error the table is incomplete. For
// admins; it needs step-up.
func (s *Session) ExportActivity(ctx context.Context, f ActivityFilter, out Table, progress Progress) (count int64, err error) {
	var end int64
	err = s.admin(ctx, true, func(c *change, me *user) error {
		end = c.register.Log.Count
		detail := fmt.Sprintf("%d entries", end)
		if f != (ActivityFilter{}) {
			detail = "some of " + detail
		}
		c.note(Entry{Event: EventActivityExported, By: me.ID, Detail: detail})
		return nil
	})
	if err != nil {
		return 0, err
	}
	return s.writeActivity(ctx, f, out, end, progress)
}

// writeActivity writes the entries up to end.
func (s *Session) writeActivity(ctx context.Context, f ActivityFilter, out Table, end int64, progress Progress) (count int64, err error) {
	lines := [][]string{exportColumns}
	for done := int64(0); ; {
		// Written between two transactions: one that a slow table keeps open would
		// keep the WAL from being written back.
		if err := writeRows(out, lines); err != nil {
			return count, fmt.Errorf("write export: %w", err)
		}
		progress.report(int(done), int(end))
		if done == end {
			return count, nil
		}
		if lines, done, err = s.exportPage(ctx, f, done, end); err != nil {
			return count, err
		}
		count += int64(len(lines))
	}
}

func writeRows(out Table, lines [][]string) error {
	for _, line := range lines {
		if err := out.Row(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

// exportPage reads the entries after a number, as lines, and says how far it came.
func (s *Session) exportPage(ctx context.Context, f ActivityFilter, after, end int64) (lines [][]string, done int64, err error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	err = s.adminLook(ctx, func(rd Reader, r *register, _ *user) error {
		book, err := r.entryOpener()
		if err != nil {
			return err
		}
		rows, err := rd.Activity(after, int(min(logPage, end-after)))
		if err != nil {
			return err
		}
		if done = end; len(rows) > 0 {
			done = min(end, rows[len(rows)-1].Seq)
		}
		for _, e := range book.read(rows, f) {
			if e.passes && e.seq <= end {
				lines = append(lines, exportLine(r.entry(e)))
			}
		}
		return nil
	})
	return lines, done, err
}

func exportLine(e ActivityEntry) []string {
	if e.Event == "" {
		return []string{strconv.FormatInt(e.Seq, 10), "", "", "", "", "", "does not open"}
	}
	at := e.At.Local().Format(time.RFC3339)
	return []string{strconv.FormatInt(e.Seq, 10), at, string(e.Event), e.By, e.Whom, e.Computer, e.Detail}
}
