package auth

import (
	"bytes"
	"context"
	"math"
	"slices"
	"sync/atomic"
)

// logReader reads entries; a Reader is one.
type logReader interface {
	Activity(after int64, limit int) ([]ActivityRow, error)
}

// verifyLog reads the whole log and gives its first entry that is not as it was
// written; Seq 0: all is.
func (r *register) verifyLog(rd logReader) (LogBreak, error) {
	var head logHead
	for {
		found, more, err := r.verifyPage(rd, &head)
		if err != nil || !more || found.Seq != 0 {
			return found, err
		}
	}
}

// verifyPage is verifyLog for the entries that follow head, which it moves on.
// The pages need not be of one state: what was written stays as it is.
func (r *register) verifyPage(rd logReader, head *logHead) (found LogBreak, more bool, err error) {
	book, err := r.logBook()
	if err != nil {
		return LogBreak{}, false, err
	}
	after := head.Count
	if after == 0 {
		after = math.MinInt64 // whatever somebody put before the first
	}
	rows, err := rd.Activity(after, logPage)
	if err != nil {
		return LogBreak{}, false, err
	}
	isRight := make([]bool, len(rows))
	inParallel(len(rows), func(i int) {
		before := *head
		if i > 0 {
			before = logHead{Count: rows[i-1].Seq, Link: rows[i-1].Chain}
		}
		isRight[i] = rows[i].Seq <= r.Log.Count && book.follows(rows[i], before)
	})
	wrong := slices.Index(isRight, false)
	right := rows
	if wrong >= 0 {
		right = rows[:wrong]
	}
	if n := len(right); n > 0 {
		*head = logHead{Count: right[n-1].Seq, Link: right[n-1].Chain}
	}
	switch {
	case head.Count == r.Log.Count && !bytes.Equal(head.Link, r.Log.Link):
		return LogBreak{head.Count, LogChanged}, false, nil
	case wrong >= 0:
		found, err = r.explain(rd, book, rows[wrong], *head)
		return found, false, err
	case len(rows) == logPage:
		return LogBreak{}, true, nil
	case head.Count < r.Log.Count:
		return LogBreak{head.Count + 1, LogCut}, false, nil
	}
	return LogBreak{}, false, nil
}

// explain says what happened where a row does not follow the last one that was
// right.
func (r *register) explain(rd logReader, book logBook, row ActivityRow, last logHead) (LogBreak, error) {
	next := last.Count + 1
	switch {
	case row.Seq < next: // before the first
		return LogBreak{max(1, row.Seq), LogAdded}, nil
	case last.Count == r.Log.Count:
		return LogBreak{row.Seq, LogAdded}, nil
	case row.Seq > r.Log.Count:
		return LogBreak{next, LogCut}, nil
	case row.Seq > next:
		return LogBreak{next, LogMissing}, nil
	case book.openAs(row.Sealed, next) != nil:
		return LogBreak{next, LogChanged}, nil // its link is
	}
	was := book.numberOf(row.Sealed, r.Log.Count)
	if was < next { // none, or a copy of one that stands in its own place
		after, err := rd.Activity(next, 1)
		if err != nil {
			return LogBreak{}, err
		}
		if len(after) == 1 && book.openAs(after[0].Sealed, next) != nil {
			return LogBreak{next, LogAdded}, nil // and pushed the entry of that number on
		}
	}
	if was == 0 {
		return LogBreak{next, LogChanged}, nil
	}
	return LogBreak{next, LogMoved}, nil
}

// numberOf is the number up to count as whose entry something opens; 0: none.
func (b logBook) numberOf(sealed []byte, count int64) int64 {
	var found atomic.Int64
	inParallel(int(count), func(i int) {
		if b.openAs(sealed, int64(i)+1) != nil {
			found.Store(int64(i) + 1)
		}
	})
	return found.Load()
}

// VerifyActivity reads the whole activity log and gives its first entry that is
// not as it was written, and what happened to it; Seq 0: the log is intact.
// It can be called off. For admins.
func (s *Session) VerifyActivity(ctx context.Context, progress Progress) (LogBreak, error) {
	var head logHead
	var found LogBreak
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return LogBreak{}, err
		}
		// A state for each page: one that is kept open for long would keep the
		// WAL from being written back.
		err := s.adminLook(ctx, func(rd Reader, r *register, _ *user) (err error) {
			found, more, err = r.verifyPage(rd, &head)
			progress.report(int(head.Count), int(r.Log.Count))
			return err
		})
		if err != nil {
			return LogBreak{}, err
		}
	}
	return found, nil
}
