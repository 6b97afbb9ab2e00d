package auth

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// ExportActivity writes the entries that a filter wants as CSV (RFC 4180), the
// oldest first: UTF-8 with a byte order mark, by which Excel knows it, times as
// in RFC 3339. It reads in parts, so that nobody waits for it; what is noted
// meanwhile is not in it. For admins; it needs step-up.
func (s *Session) ExportActivity(ctx context.Context, f ActivityFilter, w io.Writer, progress Progress) (count int64, err error) {
	var last int64
	err = s.admin(ctx, true, func(c *change, me *user) error {
		last = c.Log.Count
		c.note(Entry{Event: EventExported, By: me.ID})
		return nil
	})
	if err != nil {
		return 0, err
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return 0, fmt.Errorf("export activity: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write([]string{"number", "time", "event", "by", "whom", "computer", "detail"}); err != nil {
		return 0, fmt.Errorf("export activity: %w", err)
	}
	for after := int64(0); after < last; {
		var entries []ActivityEntry
		entries, after, err = s.readForward(ctx, f, after, last)
		if err != nil {
			return count, err
		}
		for _, e := range entries {
			if err := out.Write(e.record()); err != nil {
				return count, fmt.Errorf("export activity: %w", err)
			}
			count++
		}
		if progress != nil {
			progress(int(after), int(last))
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return count, fmt.Errorf("export activity: %w", err)
	}
	return count, nil
}

// readForward reads a part of the log, and says up to where.
func (s *Session) readForward(ctx context.Context, f ActivityFilter, after, last int64) (entries []ActivityEntry, read int64, err error) {
	err = s.p.look(ctx, func(rd Reader, r *register) error {
		if err := s.isAdmin(r); err != nil {
			return err
		}
		rows, err := rd.Activity(after, logPage)
		if err != nil {
			return err
		}
		opened, err := r.newLogOpener().open(rows)
		if err != nil {
			return err
		}
		read = last // no more, unless there are rows
		for i, e := range opened {
			if rows[i].Seq > last {
				break
			}
			if read = rows[i].Seq; f.wants(e) {
				entries = append(entries, r.show(read, e))
			}
		}
		return nil
	})
	return entries, read, err
}

// record is an entry as a line of CSV.
func (e ActivityEntry) record() []string {
	return []string{
		strconv.FormatInt(e.Seq, 10), e.At.Local().Format(time.RFC3339), string(e.Event),
		cell(e.By), cell(e.Whom), cell(e.Computer), cell(e.Detail),
	}
}

// cell keeps a spreadsheet from running a text as a formula (OWASP, CSV injection).
func cell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
