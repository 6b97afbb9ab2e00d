package auth

import (
	"bytes"
	"context"
	"math"
	"slices"
)

// entryReader reads entries; a Reader is one.
type entryReader interface {
	Activity(after int64, limit int) ([]ActivityRow, error)
}

// verifyLog reads the whole log and gives the number of the first entry that is
// not as it was written, or is missing; 0: all is well.
func (r *register) verifyLog(rd entryReader) (broken int64, err error) {
	var head logHead
	for more := true; more && err == nil; {
		broken, more, err = r.verifyPage(rd, &head)
	}
	return broken, err
}

// verifyPage is verifyLog for the page of entries after head, which it moves to the
// last one that is right. The pages may be read in different transactions: what was
// written stays as it is.
func (r *register) verifyPage(rd entryReader, head *logHead) (broken int64, more bool, err error) {
	book, err := r.entryOpener()
	if err != nil {
		return 0, false, err
	}
	after := head.Count
	if after == 0 {
		after = math.MinInt64 // whatever somebody put before the first
	}
	rows, err := rd.Activity(after, logPage)
	if err != nil {
		return 0, false, err
	}
	right := book.countRight(rows, *head, r.Log.Count)
	if right > 0 {
		*head = logHead{Count: rows[right-1].Seq, Link: rows[right-1].Chain}
	}
	isAtEnd := head.Count == r.Log.Count
	switch {
	case isAtEnd && !bytes.Equal(head.Link, r.Log.Link):
		return head.Count, false, nil
	case isAtEnd && right < len(rows): // added behind the last one that was written
		return max(head.Count+1, rows[right].Seq), false, nil
	case right == logPage:
		return 0, true, nil
	case !isAtEnd:
		return head.Count + 1, false, nil
	}
	return 0, false, nil
}

// countRight is how many rows at the beginning of a page are the entries that follow
// head, in their order, up to the last of all.
func (b entryOpener) countRight(rows []ActivityRow, head logHead, last int64) int {
	isRight := make([]bool, len(rows))
	inParallel(len(rows), func(i int) {
		before := head
		if i > 0 {
			before = logHead{Count: rows[i-1].Seq, Link: rows[i-1].Chain}
		}
		isRight[i] = rows[i].Seq <= last && b.follows(rows[i], before)
	})
	if wrong := slices.Index(isRight, false); wrong >= 0 {
		return wrong
	}
	return len(rows)
}

// VerifyActivity reads the whole activity log and gives the number of the first
// entry that is not as it was written, or is missing; 0: the log is intact. It can
// be canceled. For admins.
func (s *Session) VerifyActivity(ctx context.Context, progress Progress) (broken int64, err error) {
	var head logHead
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		// A transaction for each page: one that is kept open for long would keep the
		// WAL from being written back.
		err := s.adminLook(ctx, func(rd Reader, r *register, _ *user) (err error) {
			broken, more, err = r.verifyPage(rd, &head)
			progress.report(int(head.Count), int(r.Log.Count))
			return err
		})
		if err != nil {
			return 0, err
		}
	}
	return broken, nil
}
