package auth

import (
	"bytes"
	"context"

	"anteroom/auth/vault"
)

// logPage is how many entries are read at a time.
const logPage = 1000

// logReader reads entries; a Reader is one.
type logReader interface {
	Activity(after int64, limit int) ([]ActivityRow, error)
}

// logKeys are the subkeys of a log key, which are dear to derive.
type logKeys struct{ seal, chain vault.Key }

// logOpener opens entries, one after the other.
type logOpener struct {
	*register
	known map[int64]logKeys // by the first entry under the key
}

func (r *register) newLogOpener() *logOpener { return &logOpener{r, map[int64]logKeys{}} }

// keys are those of an entry.
func (o *logOpener) keys(seq int64) (logKeys, error) {
	from := o.logKeyFrom(seq)
	if keys, ok := o.known[from]; ok {
		return keys, nil
	}
	key, err := o.logKey(seq)
	if err != nil {
		return logKeys{}, err
	}
	keys := logKeys{key.Subkey("activity"), key.Subkey("activity chain")}
	o.known[from] = keys
	return keys, nil
}

// logKeyFrom is the first entry that is under the same key as an entry.
func (r *register) logKeyFrom(seq int64) int64 {
	for i := len(r.LogKeys) - 1; i >= 0; i-- {
		if r.LogKeys[i].From <= seq {
			return r.LogKeys[i].From
		}
	}
	return 0
}

// opensAs says whether a sealed entry is what was written as that number.
func (o *logOpener) opensAs(seq int64, sealed []byte) bool {
	keys, err := o.keys(seq)
	if err != nil {
		return false
	}
	_, err = keys.seal.Open(sealed, activityPlace(o.Practice, seq))
	return err == nil
}

// verifyLog reads the whole log and gives its first entry that was changed,
// moved, removed or added; Seq 0 if all is as it was written.
func (r *register) verifyLog(ctx context.Context, rd logReader, progress Progress) (LogBreak, error) {
	o, head := r.newLogOpener(), logHead{}
	for {
		if err := ctx.Err(); err != nil {
			return LogBreak{}, err
		}
		page, err := rd.Activity(head.Count, logPage)
		if err != nil {
			return LogBreak{}, err
		}
		for _, row := range page {
			if fault := o.fault(row, head); fault != "" {
				return LogBreak{head.Count + 1, fault}, nil
			}
			head = logHead{Count: row.Seq, Link: row.Chain}
		}
		if progress != nil {
			progress(int(head.Count), int(r.Log.Count))
		}
		if len(page) < logPage {
			break
		}
	}
	switch {
	case head.Count < r.Log.Count:
		return LogBreak{head.Count + 1, LogCut}, nil
	case !bytes.Equal(head.Link, r.Log.Link):
		return LogBreak{head.Count, LogChanged}, nil
	}
	return LogBreak{}, nil
}

// fault says what is wrong with the row that comes after another; "": nothing.
func (o *logOpener) fault(row ActivityRow, before logHead) LogFault {
	seq := before.Count + 1
	switch {
	case seq > o.Log.Count:
		return LogAdded
	case row.Seq != seq:
		return LogMissing
	}
	if !o.opensAs(seq, row.Sealed) {
		if o.isAnother(seq, row.Sealed) {
			return LogMoved
		}
		return LogChanged
	}
	keys, err := o.keys(seq)
	if err != nil || !bytes.Equal(row.Chain, chainOf(keys.chain, before.Link, row)) {
		return LogChanged
	}
	return ""
}

// isAnother says whether a sealed entry is a genuine one of another number.
func (o *logOpener) isAnother(seq int64, sealed []byte) bool {
	for other := int64(1); other <= o.Log.Count; other++ {
		if other != seq && o.opensAs(other, sealed) {
			return true
		}
	}
	return false
}

// VerifyActivity reads the whole activity log and says how its first entry that
// is not as it was written is broken; Seq 0: it is intact. For admins.
func (s *Session) VerifyActivity(ctx context.Context, progress Progress) (LogBreak, error) {
	var found LogBreak
	err := s.p.look(ctx, func(rd Reader, r *register) error {
		if err := s.isAdmin(r); err != nil {
			return err
		}
		var err error
		found, err = r.verifyLog(ctx, rd, progress)
		return err
	})
	return found, err
}

// isAdmin is nil for a good session of a Practice Admin.
func (s *Session) isAdmin(r *register) error {
	me, err := s.me(r)
	if err != nil {
		return err
	}
	if me.Role != Admin {
		return ErrForbidden
	}
	return nil
}
