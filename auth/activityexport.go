package auth

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"time"
)

// bom says to Excel that a CSV is UTF-8.
const bom = "\ufeff"

// exportColumns are an export's header. They are for programs too, so they are
// in no one's language.
var exportColumns = []string{"number", "time", "event", "by", "whom", "computer", "detail"}

// ExportActivity writes the entries that a filter lets pass as CSV (RFC 4180,
// UTF-8), the oldest first, times in this computer's zone, and says how many it
// wrote. It is noted in the log before the first is written, so that nobody takes
// some out and ends the program unnoticed; the number noted is that of all that
// there are. After an error what was written is no whole export. For admins; it
// needs step-up.
func (s *Session) ExportActivity(ctx context.Context, f ActivityFilter, w io.Writer, progress Progress) (count int64, err error) {
	var end int64
	err = s.admin(ctx, true, func(c *change, me *user) error {
		end = c.register.Log.Count
		detail := fmt.Sprintf("%d entries", end)
		if f != (ActivityFilter{}) {
			detail = "some of " + detail
		}
		c.note(Entry{Event: EventExported, By: me.ID, Detail: detail})
		return nil
	})
	if err != nil {
		return 0, err
	}
	return s.writeActivity(ctx, f, w, end, progress)
}

// writeActivity writes the entries up to end.
func (s *Session) writeActivity(ctx context.Context, f ActivityFilter, w io.Writer, end int64, progress Progress) (count int64, err error) {
	if _, err := io.WriteString(w, bom); err != nil {
		return 0, fmt.Errorf("write export: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	lines := [][]string{exportColumns}
	for done := int64(0); ; {
		// Written between two states, not within one: where w is slow, one that
		// is kept open would keep the WAL from being written back.
		if err := out.WriteAll(lines); err != nil {
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

// exportPage reads the entries after a number, as lines, and says how far it came.
func (s *Session) exportPage(ctx context.Context, f ActivityFilter, after, end int64) (lines [][]string, done int64, err error) {
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	err = s.adminLook(ctx, func(rd Reader, r *register, _ *user) error {
		book, err := r.logBook()
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
	line := []string{strconv.FormatInt(e.Seq, 10), at, string(e.Event), e.By, e.Whom, e.Computer, e.Detail}
	for i := range line {
		line[i] = harmless(line[i])
	}
	return line
}

// formula is what a spreadsheet takes for the beginning of a formula. Where lists
// are separated by semicolons, as in most of Europe, it begins a cell after each
// of those, within quotes or not, and takes the comma for text.
var formula = regexp.MustCompile("(^|;[ \"]*)([=+\\-@\t\r\n＝＋－＠])")

// harmless keeps a spreadsheet from taking a cell for a formula (OWASP, "CSV
// injection"): an apostrophe before it says that it is text.
func harmless(cell string) string { return formula.ReplaceAllString(cell, "$1'$2") }
