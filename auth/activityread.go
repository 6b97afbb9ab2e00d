package auth

import (
	"bytes"
	"context"
	"time"
)

const (
	// lookBack is how many entries one call looks at, and lookFor for how long,
	// before it answers with what it has.
	lookBack = 20_000
	lookFor  = 100 * time.Millisecond
	// lookPage is how many it reads at a time.
	lookPage = 500
	// olderInARow entries that are all older than what is wanted end a search.
	olderInARow = 5000
)

// skim reads the time and the event from the beginning of an entry, as appendEntry
// writes it. That is enough to drop most entries without decoding all of their JSON.
func skim(plain []byte) (e Entry, ok bool) {
	rest, ok := bytes.CutPrefix(plain, []byte(`{"at":"`))
	at, rest, ok2 := bytes.Cut(rest, []byte(`","event":"`))
	event, _, ok3 := bytes.Cut(rest, []byte(`"`))
	when, err := time.Parse(time.RFC3339Nano, string(at))
	return Entry{At: when, Event: Event(event)}, ok && ok2 && ok3 && err == nil
}

// mentions says that an entry may be about the filter's person.
func (f ActivityFilter) mentions(plain []byte) bool {
	return f.Person == "" || bytes.Contains(plain, []byte(f.Person))
}

func (f ActivityFilter) matches(e Entry) bool {
	return (f.Person == "" || e.By == f.Person || e.Whom == f.Person) && f.matchesSkimmed(e)
}

func (f ActivityFilter) matchesSkimmed(e Entry) bool {
	return (f.Kind == "" || e.Event.Kind() == f.Kind) &&
		(f.From.IsZero() || !e.At.Before(f.From)) &&
		(f.Until.IsZero() || e.At.Before(f.Until))
}

// isLongAfter says that an entry is over a day older than all that is wanted.
func (f ActivityFilter) isLongAfter(e Entry) bool {
	return !f.From.IsZero() && e.At.Before(f.From.Add(-clockLost))
}

// search goes through the log from any number back to its beginning.
//
// Entries are in the order in which they were written. Their times may not be, because
// a clock can be put back. But while the clock is more than a day behind the newest
// stored event, only somebody who corrects that can sign in. So when an entry is more
// than a day older than From, nearly always all before it are older than From too. The
// exceptions are few: the search ends only after olderInARow such entries in a row.
type search struct {
	book   entryOpener
	filter ActivityFilter
	next   int64 // it goes on before this number; 0: it has ended
	older  int   // so many in a row

	mine string // id of who asks about themselves; "": nobody
}

// search begins one in what the register knows to be written.
func (r *register) search(f ActivityFilter, before int64) (*search, error) {
	book, err := r.entryOpener()
	if err != nil {
		return nil, err
	}
	if before <= 0 || before > r.Log.Count {
		before = r.Log.Count + 1
	}
	if before == 1 {
		before = 0
	}
	return &search{book: book, filter: f, next: before}, nil
}

// page looks at the next entries, so many, and gives fn those that pass the
// filter, the newest first, until fn has enough of them.
func (s *search) page(rd Reader, size int, fn func(filteredEntry) (enough bool)) error {
	rows, err := rd.ActivityBefore(s.next, size)
	if err != nil {
		return err
	}
	for _, e := range s.book.read(rows, s.filter) {
		s.took(e)
		if e.seq > 0 && e.passes && !s.isNoise(e) && fn(e) || s.next == 0 {
			return nil
		}
	}
	if len(rows) < size {
		s.next = 0
	}
	return nil
}

// took notes how far the search has come.
func (s *search) took(e filteredEntry) {
	s.next = e.seq
	switch {
	case e.older:
		s.older++
	case e.Event != "":
		s.older = 0
	}
	if e.seq <= 1 || s.older == olderInARow {
		s.next = 0
	}
}

// entry is an entry with the present names of its users. A user who is not in the
// register, for example after a restore, is shown by id.
func (r *register) entry(e filteredEntry) ActivityEntry {
	return ActivityEntry{
		Seq: e.seq, At: e.At, Event: e.Event,
		By: r.called(e.By), Whom: r.called(e.Whom), Computer: r.computerName(e.Computer), Detail: CleanText(e.Detail), // older ones have what the OS said
	}
}

// adminLook runs fn in a read transaction, for a Practice Admin.
func (s *Session) adminLook(ctx context.Context, fn func(rd Reader, r *register, me *user) error) error {
	return s.p.look(ctx, func(rd Reader, r *register) error {
		me, err := s.adminMe(r)
		if err != nil {
			return err
		}
		return fn(rd, r, me)
	})
}

// Activity reads at most limit entries of the log that a filter lets pass, the
// newest first, from before a number on; 0: from the end. It answers after some
// 100 ms whatever it has found by then: while the page has a Next there may be
// more. An entry that does not open passes every filter, has no Event, and
// VerifyActivity says what is wrong. For admins.
func (s *Session) Activity(ctx context.Context, f ActivityFilter, before int64, limit int) (ActivityPage, error) {
	var page ActivityPage
	err := s.adminLook(ctx, func(rd Reader, r *register, _ *user) error {
		found, err := r.search(f, before)
		if err != nil {
			return err
		}
		begun := s.p.now()
		page.Count = r.Log.Count
		page.Entries, err = r.find(rd, found, limit, func() bool { return s.p.now().Sub(begun) >= lookFor })
		page.Next = found.next
		return err
	})
	if err != nil {
		return ActivityPage{}, err
	}
	return page, nil
}

// MyActivity are the newest entries about the session's user, done by them or
// to them. It looks back over the newest 20,000 entries.
func (s *Session) MyActivity(ctx context.Context, limit int) (entries []ActivityEntry, err error) {
	err = s.p.look(ctx, func(rd Reader, r *register) error {
		me, err := s.me(r)
		if err != nil {
			return err
		}
		found, err := r.search(ActivityFilter{Person: me.ID}, 0)
		if err != nil {
			return err
		}
		found.mine = me.ID
		entries, err = r.find(rd, found, limit, func() bool { return false })
		return err
	})
	return entries, err
}

// isNoise says that an entry tells nothing to who asks what happened to their
// account: what does not open, their own unlocking and step-up, and what they did
// to others.
func (s *search) isNoise(e filteredEntry) bool {
	isOwn := e.By == s.mine && (e.Event == EventUnlocked || e.Event == EventStepUp || e.Whom != "" && e.Whom != s.mine)
	return s.mine != "" && (e.Event == "" || isOwn)
}

// find goes on with a search until there are limit entries, lookBack were looked
// at, or it is late.
func (r *register) find(rd Reader, found *search, limit int, isLate func() bool) (entries []ActivityEntry, err error) {
	limit = max(1, limit)
	for looked := 0; looked < lookBack && len(entries) < limit && found.next > 0 && !isLate(); looked += lookPage {
		err := found.page(rd, lookPage, func(e filteredEntry) bool {
			entries = append(entries, r.entry(e))
			return len(entries) == limit
		})
		if err != nil {
			return nil, err
		}
	}
	return entries, nil
}
